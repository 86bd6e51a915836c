"""Which texts stand in all that a regular expression matches: what rules say that they need is compared with it.

As prefilters are drawn from expressions in Google Code Search (Cox, 2012) and RE2.
"""

from collections.abc import Iterable, Sequence
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

# Of the texts that a part matches so many are told apart, and of longer words no more is won.
_MOST_TEXTS = 64
_TELLING = 4
_Texts = frozenset[str]
# All that a part of an expression matches, None where that is too much, or not told; and the texts that it needs.
_Told = tuple[_Texts | None, _Texts]
_EMPTY: _Texts = frozenset([""])


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
