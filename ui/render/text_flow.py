"""The document's words as HTML: the one place where they become markup.

Every stretch of text stands in an element that says at which code point of
the canonical text it begins (`data-start`), so that what a person selects
has exact offsets. Footnote marks and links are ours and carry none. Escaping
is markupsafe's: nothing but a `Markup` gets in unescaped.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from markupsafe import Markup

from index.language.span import Span, trimmed
from index.language.values.references import mentions
from index.model.tables import title
from index.model.types import Document, Footnote, Table
from rag.texts.answers import TEXTS, Language
from ui.texts.page import TEXTS as PAGE_TEXTS

# Where a mention of a question or an annex leads, None for one that is not in the document.
Target = Callable[[int | str], str | None]


@dataclass(frozen=True, slots=True)
class Mark:
    """An element of that name around a span, with attributes that are written already."""

    span: Span
    tag: str
    attributes: Markup = field(default_factory=Markup)


@dataclass(frozen=True, slots=True)
class Flow:
    """Writes spans of one document; `target` names the unit that a reference in the text leads to.

    Each of `marks` stands around what it has in common with what is written, the earlier within the later.
    """

    document: Document
    notes: tuple[Footnote, ...]
    language: Language
    target: Target
    marks: tuple[Mark, ...] = ()

    def paragraphs(self, span: Span, marked: Span | None = None) -> Markup:
        """The lines of `span` as paragraphs, footnotes behind their marks, `marked` marked."""
        lines = lines_of(self.document.text, span)
        notes = self._notes_by_line(lines, span)
        return Markup("").join(
            Markup('<p class="{}">{}</p>').format(
                "item" if _is_item(line.of(self.document.text)) else "text", self._line(line, notes[line], marked)
            )
            for line in lines
        )

    def line(self, span: Span, marked: Span | None = None) -> Markup:
        """`span` in one run, with its footnotes."""
        return self._line(span, [note for note in self.notes if span.start < note.mark <= span.end], marked)

    def table(self, table: Table, marked: Span | None = None) -> Markup:
        """A table with its rows and columns, the cell `marked` marked; a first row of one cell is its caption."""
        rows = list(table.rows)
        caption = Markup("")
        if title(table, self.document.text) and (first := rows.pop(0)[0]):
            caption = Markup("<caption>{}</caption>").format(self.line(first))
        head = Markup("").join(Markup('<th scope="col">{}</th>').format(self._cell(cell, marked)) for cell in rows[0])
        body = Markup("").join(Markup("<tr>{}</tr>").format(self._row(row, marked)) for row in rows[1:])
        return Markup(
            '<div class="table" role="region" tabindex="0" aria-label="{}"><table>{}<thead><tr>{}</tr></thead>'
            "<tbody>{}</tbody></table></div>"
        ).format(PAGE_TEXTS[self.language]["table"], caption, head, body)

    def _row(self, row: Sequence[Span | None], marked: Span | None) -> Markup:
        return Markup("").join(
            (Markup('<th scope="row">{}</th>') if column == 0 else Markup("<td>{}</td>")).format(
                self._cell(cell, marked)
            )
            for column, cell in enumerate(row)
        )

    def _cell(self, cell: Span | None, marked: Span | None) -> Markup:
        return self.line(cell, marked if cell == marked else None) if cell else Markup("")

    def _notes_by_line(self, lines: Sequence[Span], span: Span) -> dict[Span, list[Footnote]]:
        """Each footnote with the line that its mark stands in or behind."""
        found: dict[Span, list[Footnote]] = {line: [] for line in lines}
        for note in self.notes:
            before = [line for line in lines if line.start < note.mark]
            if before and span.start < note.mark <= span.end:
                found[before[-1]].append(note)
        return found

    def _line(self, span: Span, notes: Iterable[Footnote], marked: Span | None) -> Markup:
        text = self.document.text
        inserts: dict[int, Markup] = {}
        for note in notes:
            at = min(note.mark, span.end)
            inserts[at] = inserts.get(at, Markup("")) + self.note(note)
        links = [(place, unit) for place, key in mentions(text, span) if (unit := self.target(key))]
        edges = {span.start, span.end, *inserts}
        marks = [mark for mark in self.marks if mark.span.start < span.end and span.start < mark.span.end]
        for inner in (*([marked] if marked else []), *(place for place, _ in links), *(mark.span for mark in marks)):
            edges |= {edge for edge in (inner.start, inner.end) if span.start < edge < span.end}
        places = sorted(edges)
        parts: list[Markup] = []
        for start, end in pairwise(places):
            piece = Span(start, end)
            parts.append(inserts.get(start, Markup("")))
            written = self._piece(piece, marked is not None and marked.contains(piece), _link(links, piece))
            for mark in marks:
                if mark.span.contains(piece):
                    written = Markup("<{}{}>{}</{}>").format(mark.tag, mark.attributes, written, mark.tag)
            parts.append(written)
        return Markup("").join((*parts, inserts.get(span.end, Markup(""))))

    def _piece(self, span: Span, is_marked: bool, unit: str | None) -> Markup:
        text = span.of(self.document.text)
        piece = Markup('<span data-start="{}">{}</span>').format(span.start, text)
        if unit:
            piece = Markup('<a href="?document={}&amp;unit={}" data-unit="{}">{}</a>').format(
                self.document.id, unit, unit, piece
            )
        return Markup("<mark>{}</mark>").format(piece) if is_marked else piece

    def note(self, note: Footnote) -> Markup:
        """A footnote's mark, and behind it its words, which unfold in place."""
        name = TEXTS[self.language]["footnote"].format(number=note.number)
        return Markup(
            '<button type="button" class="note-mark" aria-expanded="false" aria-label="{}">{}</button>'
            '<span class="footnote" role="note" hidden><span class="ours">{}</span> '
            '<span data-start="{}">{}</span></span>'
        ).format(name, note.number, name, note.body.start, note.body.of(self.document.text))


def lines_of(text: str, span: Span) -> list[Span]:
    """The lines of `span` that hold something, trimmed."""
    found = []
    start = span.start
    while start < span.end:
        stop = text.find("\n", start, span.end)
        stop = span.end if stop < 0 else stop
        if line := trimmed(text, start, stop):
            found.append(line)
        start = stop + 1
    return found


def _is_item(line: str) -> bool:
    """Whether a line is an item of a list."""
    return line[:1] in "•·▪-–*" and not line[1:2].isalnum()


def _link(links: Iterable[tuple[Span, str]], piece: Span) -> str | None:
    return next((unit for place, unit in links if place.contains(piece)), None)
