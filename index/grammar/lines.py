"""Lines of a document as exact spans, and how they lie to one another."""

from collections.abc import Iterator

from index.sentences import continues
from index.types import Span, trimmed


def joined_lines(text: str, begin: int, end: int) -> Iterator[Span]:
    """The lines of `text[begin:end]` that hold something, trimmed, broken sentences joined."""
    while begin < end:
        stop = text.find("\n", begin, end)
        stop = end if stop < 0 else stop
        while stop < end and continues(text[begin:stop].rpartition("\n")[2], text[stop + 1 : end].partition("\n")[0]):
            following = text.find("\n", stop + 1, end)
            stop = end if following < 0 else following
        if line := trimmed(text, begin, stop):
            yield line
        begin = stop + 1


def adjacent(text: str, start: int) -> bool:
    """Whether the line before the one that starts at `start` holds text."""
    before = text[:start]
    return before[len(before.rstrip()) :].count("\n") == 1
