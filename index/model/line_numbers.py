"""The line of a text that a code point stands on, as an editor counts it."""

from bisect import bisect_right
from functools import lru_cache


def line_number(text: str, offset: int) -> int:
    """The line, from 1, of code point `offset`; the beginnings of the lines are kept for the next question."""
    return bisect_right(_line_starts(text), offset)


@lru_cache(maxsize=4)
def _line_starts(text: str) -> tuple[int, ...]:
    starts = [0]
    while (end := text.find("\n", starts[-1])) >= 0:
        starts.append(end + 1)
    return tuple(starts)
