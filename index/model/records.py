"""Units and tables as the JSON objects that the command line prints."""

from typing import Any

from index.language.span import Span
from index.model.line_numbers import line_number
from index.model.types import Document, Parsed, Table, Unit


def unit_record(parsed: Parsed, unit: Unit) -> dict[str, Any]:
    """One unit with its texts in full; what the document does not have is null."""

    def text(span: Span | None) -> str | None:
        return span.of(parsed.document.text) if span else None

    return {
        "document": unit.document,
        "kind": unit.kind,
        "numbers": list(unit.numbers),
        "label": unit.label,
        "asked_by": list(unit.asked_by),
        "context": text(unit.context),
        "question": unit.question_text(parsed.document.text),
        "answer": text(unit.answer),
        "footnotes": [{"number": note.number, "text": text(note.body)} for note in unit.footnotes],
        "references": list(unit.references),
        "questions": [text(span) for span in unit.questions],
        "asked_within": [text(span) for span in unit.asked_within],
        "at": place_record(parsed.document, _start(unit)),
    }


def place_record(document: Document, offset: int) -> dict[str, int | None]:
    """Where a code point stands: its line of the canonical text, and page and paragraph where the file has them."""
    place = document.place(offset)
    return {
        "line": line_number(document.text, offset),
        "page": place.page if place else None,
        "paragraph": place.paragraph if place else None,
    }


def _start(unit: Unit) -> int:
    return min(span.start for span in (unit.context, *unit.questions, unit.answer) if span)


def table_record(parsed: Parsed, unit: Unit, table: Table) -> dict[str, Any]:
    """One table with its rows of cells; an empty cell is ""."""
    return {
        "document": unit.document,
        "label": unit.label,
        "rows": [[cell.of(parsed.document.text) if cell else "" for cell in row] for row in table.rows],
    }
