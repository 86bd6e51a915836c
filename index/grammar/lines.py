"""Lines of a document as exact spans, whether they are set in bold, and how they lie to one another."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.language.sentences import continues
from index.language.span import Span, trimmed
from index.model.types import Document

# A page break inside a paragraph ends a line too.
_LINE = re.compile(r"[^\n\f\v\u2028\u2029]+")
# Of a line in bold, this much; a lone space or mark is often left plain.
_MOSTLY = 0.8
# Line ends with a blank line between them.
_BLANK = 2


@dataclass(frozen=True, slots=True)
class Line:
    """A line that holds something, without the white space around it; `bold`: set in bold or as a heading."""

    span: Span
    text: str
    bold: bool


def document_lines(document: Document) -> tuple[Line, ...]:
    """Every line of the running text that holds something, in order, each as it stands."""
    bold = _Emphasis(document.emphasis)
    found = []
    for match in _LINE.finditer(document.text, 0, document.running_end):
        if span := trimmed(document.text, match.start(), match.end()):
            found.append(Line(span, span.of(document.text), bold.covers(span)))
    return tuple(found)


def paragraphs(document: Document, lines: Sequence[Line]) -> list[Line]:
    """The paragraphs that `lines` make: in a text set off by blank lines, a line that none precedes goes on.

    Bold and plain lines are never put together.
    """
    joined: list[Line] = []
    for line in lines:
        before = joined[-1] if joined else None
        if before and before.bold == line.bold and document.text.count("\n", before.span.end, line.span.start) < _BLANK:
            span = Span(before.span.start, line.span.end)
            joined[-1] = Line(span, span.of(document.text), line.bold)
        else:
            joined.append(line)
    return joined


class _Emphasis:
    """The emphasised spans, to be asked which lines they cover."""

    def __init__(self, spans: tuple[Span, ...]) -> None:
        self._spans = sorted(spans)
        self._starts = [span.start for span in self._spans]

    def covers(self, span: Span) -> bool:
        first = max(0, bisect_right(self._starts, span.start) - 1)
        covered = 0
        for emphasised in self._spans[first:]:
            if emphasised.start >= span.end:
                break
            covered += max(0, min(emphasised.end, span.end) - max(emphasised.start, span.start))
        return covered >= _MOSTLY * (span.end - span.start)


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
