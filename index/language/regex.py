"""Regular expressions that are compiled when they are first used.

The rules of the language and of the forms of documents are some four hundred
expressions, and a command meets a part of them: compiled where they stand,
they would take a tenth of a second of each. And of an expression it is told
which words stand in all that it matches: to look for them is much faster than
to try it.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any, cast

# Of the texts that a part matches so many are told apart, and of longer words no more is won.
_MOST_TEXTS = 64
_TELLING = 4
_Texts = frozenset[str]
# All that a part of an expression matches, None where that is too much, or not told; and the texts that it needs.
_Told = tuple[_Texts | None, _Texts]
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
    _, found = _of_sequence(_parser.parse(pattern))
    return tuple(sorted(one for one in found if not any(other in one for other in found - {one})))


def _of_sequence(parts: Iterable[tuple[Any, Any]]) -> _Told:
    """Needed are the most telling texts: of a part, or of those beside each other whose texts are all known."""
    needs, run = [], _EMPTY
    for part in parts:
        texts, need = _of_part(*part)
        if texts is None or len(texts) * len(run) > _MOST_TEXTS:
            needs += [run, need]
            run = _EMPTY
        else:
            run = frozenset(a + b for a in run for b in texts)
    return None if needs else run, max([run, *needs], key=_telling)


def _of_part(operator: Any, value: Any) -> _Told:
    if operator in (ops.ASSERT, ops.ASSERT_NOT, ops.AT):
        return _EMPTY, _EMPTY
    letters = value if operator is ops.IN else [(operator, value)]
    if all(kind is ops.LITERAL for kind, _ in letters):
        return frozenset(chr(code) for _, code in letters), _EMPTY
    if operator is ops.SUBPATTERN:
        return _of_sequence(value[-1])
    if operator is ops.BRANCH:
        return _of_branches([_of_sequence(branch) for branch in value[1]])
    if operator in (ops.MIN_REPEAT, ops.MAX_REPEAT):
        least, most, repeated = value
        texts, need = _of_sequence(repeated)
        texts = None if texts is None or most != 1 else texts if least else texts | _EMPTY
        return texts, need if least else _EMPTY
    return None, _EMPTY


def _of_branches(told: Sequence[_Told]) -> _Told:
    known = [texts for texts, _ in told if texts is not None]
    every = frozenset[str]().union(*known)
    is_known = len(known) == len(told) and len(every) <= _MOST_TEXTS
    return every if is_known else None, frozenset[str]().union(*(need for _, need in told))


def _telling(texts: _Texts) -> tuple[int, int]:
    return min(_TELLING, *map(len, texts)), -len(texts)
