"""Regular expressions that are compiled when they are first used.

The rules of the language and of the forms of documents are some four hundred
expressions, and a command meets a part of them: compiled where they stand,
they would take a tenth of a second of each. And of an expression it is told
which words stand in all that it matches: to look for them is much faster than
to try it.
"""

import re
from collections.abc import Iterable
from functools import cache, reduce
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any, cast

# Of the texts that a part matches so many are told apart, and of longer words no more is won.
_MOST_TEXTS = 64
_TELLING = 4
_Texts = frozenset[str]
_EMPTY: _Texts = frozenset([""])


class _Regex:
    """What `re.compile` gives, from its first use on."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self._given = flags

    def __getattr__(self, name: str) -> Any:
        """Called once for each name: what was found stands beside it from then on, and costs no more than there."""
        found = getattr(re.compile(self.pattern, self._given), name)
        setattr(self, name, found)
        return found


def regex(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """The expression of this `pattern`; re.error where it is none, when it is first used.

    The `re` of a match is what was compiled: equal in its pattern, not the same.
    """
    return cast("re.Pattern[str]", _Regex(pattern, flags))


@cache
def needed(pattern: str) -> tuple[str, ...]:
    """Texts of which one stands in all that the expression matches, as they are written in it; (""), where none does.

    Chosen are those that are long and few. As prefilters are drawn from
    expressions in Google Code Search (Cox, 2012) and RE2. In small letters
    they also hold for what matches without regard to capitals, casefolded.
    """
    found = _need(_parser.parse(pattern))
    return tuple(sorted(one for one in found if not any(other in one for other in found - {one})))


def _need(parts: Iterable[tuple[Any, Any]]) -> _Texts:
    """The most telling texts of a sequence: of its parts, or of those beside each other whose texts are all known."""
    needs, run = [], _EMPTY
    for part in parts:
        texts = _texts(part)
        if texts is None or len(texts) * len(run) > _MOST_TEXTS:
            needs += [run, _need_of_one(part)]
            run = _EMPTY
        else:
            run = _joined(run, texts)
    return max([run, *needs], key=_telling)


def _telling(texts: _Texts) -> tuple[int, int]:
    return min(_TELLING, *map(len, texts)), -len(texts)


def _need_of_one(part: tuple[Any, Any]) -> _Texts:
    operator, value = part
    if operator is ops.SUBPATTERN:
        return _need(value[-1])
    if operator is ops.BRANCH:
        return frozenset[str]().union(*map(_need, value[1]))
    if operator in (ops.MIN_REPEAT, ops.MAX_REPEAT) and value[0]:
        return _need(value[-1])
    return _EMPTY


def _joined(ours: _Texts, theirs: _Texts) -> _Texts:
    return frozenset(a + b for a in ours for b in theirs)


def _texts(part: tuple[Any, Any]) -> _Texts | None:
    """All that a part of an expression matches; None where that is too much, or not told."""
    operator, value = part
    if operator in (ops.ASSERT, ops.ASSERT_NOT, ops.AT):
        return _EMPTY
    letters = value if operator is ops.IN else [part]
    if all(kind is ops.LITERAL for kind, _ in letters):
        return frozenset(chr(code) for _, code in letters)
    if operator is ops.SUBPATTERN:
        return _texts_of_all(value[-1])
    if operator is ops.BRANCH:
        branches = [_texts_of_all(one) for one in value[1]]
        return _bounded(frozenset[str]().union(*(one or () for one in branches))) if all(branches) else None
    if operator in (ops.MIN_REPEAT, ops.MAX_REPEAT) and value[1] == 1:
        once = _texts_of_all(value[-1])
        return once and (once if value[0] else once | _EMPTY)
    return None


def _texts_of_all(parts: Iterable[tuple[Any, Any]]) -> _Texts | None:
    def then(texts: _Texts | None, part: tuple[Any, Any]) -> _Texts | None:
        more = texts and _texts(part)
        return _bounded(_joined(texts, more)) if texts and more else None

    return reduce(then, parts, cast("_Texts | None", _EMPTY))


def _bounded(texts: _Texts) -> _Texts | None:
    return texts if len(texts) <= _MOST_TEXTS else None
