"""Lines of a document as exact spans, whether they are set in bold, and how they lie to one another."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.language.regex import regex
from index.language.sentences import continues
from index.language.span import Span, trimmed
from index.model.types import Document

# A page break inside a paragraph ends a line too.
_LINE = regex(r"[^\n\f\v\u2028\u2029]+")
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
    first = 0
    for place, line in enumerate(lines):
        after = lines[place + 1] if place + 1 < len(lines) else None
        if after and after.bold == line.bold and document.text.count("\n", line.span.end, after.span.start) < _BLANK:
            continue
        span = Span(lines[first].span.start, line.span.end)
        joined.append(Line(span, span.of(document.text), line.bold))
        first = place + 1
    return joined


class _Emphasis:
    """The emphasised spans, to be asked which lines they cover."""

    def __init__(self, spans: tuple[Span, ...]) -> None:
        self._spans = sorted(spans)
        self._starts = [span.start for span in self._spans]

    def covers(self, span: Span) -> bool:
        first = max(0, bisect_right(self._starts, span.start) - 1)
        covered = 0
        for place in range(first, len(self._spans)):
            emphasised = self._spans[place]
            if emphasised.start >= span.end:
                break
            covered += max(0, min(emphasised.end, span.end) - max(emphasised.start, span.start))
        return covered >= _MOSTLY * (span.end - span.start)


def joined_lines(text: str, begin: int, end: int) -> Iterator[Span]:
    """The lines of `text[begin:end]` that hold something, trimmed, broken sentences joined."""
    while begin < end:
        start, stop = begin, _line_end(text, begin, end)
        while stop < end:
            following = _line_end(text, stop + 1, end)
            if not continues(text[start:stop], text[stop + 1 : following]):
                break
            start, stop = stop + 1, following
        if line := trimmed(text, begin, stop):
            yield line
        begin = stop + 1


def _line_end(text: str, begin: int, end: int) -> int:
    found = text.find("\n", begin, end)
    return end if found < 0 else found


def adjacent(text: str, start: int) -> bool:
    """Whether the line before the one that starts at `start` holds text."""
    breaks = 0
    while start > 0 and breaks < _BLANK and text[start - 1].isspace():
        start -= 1
        breaks += text[start] == "\n"
    return breaks == 1
