"""How the words of a citation lie: lines and tables, each an exact slice of them.

Every form that a quotation is written in (plain, Markdown, HTML, Word) is made
of these blocks, so that a table stays a table wherever it is pasted.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from index.language.sentences import sentence_spans
from index.language.span import Span, trimmed
from index.model import tables
from index.model.types import Table
from rag.citation.abridged import OMISSION, Abridged, Quoted, pieces_of
from rag.citation.citation import Citation


@dataclass(frozen=True, slots=True)
class Grid:
    """A table, or the rows of one that were cited, by their cells; "" for what is empty or was not cited.

    `caption` is the row of one cell above it, `headed` says that the first of `rows` is the table's own heading.
    """

    caption: str
    rows: tuple[tuple[str, ...], ...]
    headed: bool


Block = str | Grid


def blocks(quoted: Quoted) -> tuple[Block, ...]:
    """The lines that hold something and the tables of a quotation, in order; […] where words are left out.

    What lies within one cell is no table, but words.
    """
    found: list[Block] = []
    for piece in pieces_of(quoted):
        first, *rest = _blocks(piece)
        before = found.pop() if found else ""
        if isinstance(before, str) and isinstance(first, str):
            found.append(f"{before} {OMISSION} {first}" if before else first)
        else:
            found += [*([before] if before else []), *([OMISSION] if before else []), first]
        found += rest
    return tuple(found)


def _blocks(citation: Citation) -> tuple[Block, ...]:
    found: list[Block] = []
    position = citation.span.start
    for table in _tables(citation):
        found += _lines(citation, position, max(position, table.span.start))
        found.append(_grid(citation, table))
        position = max(position, min(table.span.end, citation.span.end))
    return (*found, *_lines(citation, position, citation.span.end))


def is_inline(quoted: Quoted) -> bool:
    """Whether the words go within a sentence of one's own.

    They do where they begin or end within a sentence, or are one that is not a paragraph by itself; what runs
    over several lines, or is a table, does not.
    """
    found = blocks(quoted)
    if isinstance(quoted, Abridged):
        return len(found) == 1 and isinstance(found[0], str)
    citation = quoted
    if len(found) != 1 or isinstance(found[0], Grid):
        return False
    text, part = citation.document.text, citation.part.span
    words = trimmed(text, citation.span.start, citation.span.end) or citation.span
    newline = text.find("\n", words.end, part.end)
    line = Span(
        max(part.start, text.rfind("\n", 0, words.start) + 1),
        newline if newline >= 0 else part.end,
    )
    sentences = sentence_spans(text, line.start, line.end)
    cited = [sentence for sentence in sentences if _touches(words, sentence)]
    if words.start > cited[0].start or words.end < cited[-1].end:
        return True
    return len(cited) == 1 < len(sentences)


def _tables(citation: Citation) -> Iterator[Table]:
    """The tables of which the citation holds more than one cell."""
    for table in citation.unit.tables if citation.unit else ():
        cited = [cell for row in table.rows for cell in row if cell and _touches(citation.span, cell)]
        if len(cited) > 1:
            yield table


def _touches(span: Span, cell: Span) -> bool:
    return cell.start < span.end and span.start < cell.end


def _grid(citation: Citation, table: Table) -> Grid:
    text, span = citation.document.text, citation.span
    caption = tables.title(table, text) is not None
    body = table.rows[1:] if caption else table.rows
    rows = [row for row in body if any(cell and _touches(span, cell) for cell in row)]
    cited = tuple(tuple(_words(text, span, cell) for cell in row) for row in rows)
    above = _words(text, span, table.rows[0][0]) if caption else ""
    return Grid(above, cited, bool(rows) and rows[0] == body[0])


def _words(text: str, span: Span, cell: Span | None) -> str:
    if cell is None or not _touches(span, cell):
        return ""
    return Span(max(cell.start, span.start), min(cell.end, span.end)).of(text)


def _lines(citation: Citation, start: int, end: int) -> list[Block]:
    lines = citation.document.text[start:end].split("\n")
    return [line.strip() for line in lines if line.strip()]
