"""What a passage leads to ("… het volgende:"), and which cell of a table answers.

A passage is about a paragraph, so one that ends in a colon does not say what it announces: the table or the list
behind it does, and is shown with it.
"""

from collections.abc import Sequence

from index.language.analyser import stems
from index.language.regex import regex
from index.language.span import Span, trimmed
from index.model import tables
from index.model.types import Table
from rag.answer.types import Hit

_ITEM = regex(r"\s*(?:[•·▪–*-]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])\s")
# Lines of a list that are brought; a longer one is read in the document.
_MOST_LINES = 30


def continuation(hit: Hit) -> Span | None:
    """The table, the list or else the paragraph that follows a passage of an answer that ends in a colon."""
    answer, text = hit.unit.answer, hit.document.text
    if answer is None or hit.passage.field != "answer" or not hit.text.rstrip().endswith(":"):
        return None
    rest = trimmed(text, hit.passage.span.end, answer.end) if hit.passage.span.end < answer.end else None
    if rest is None:
        return None
    table = next((table for table in hit.unit.tables if table.span.start <= rest.start < table.span.end), None)
    if table:
        return table.span
    # A table further on is no line of the list.
    stop = min((table.span.start for table in hit.unit.tables if table.span.start > rest.start), default=rest.end)
    return _list(text, rest.start, stop)


def _list(text: str, start: int, stop: int) -> Span:
    """The lines from `start` on that are items, at least the first line."""
    end = position = start
    for _ in range(_MOST_LINES):
        newline = text.find("\n", position, stop)
        line_end = newline if newline >= 0 else stop
        line = text[position:line_end]
        if line.strip() and end > start and not _ITEM.match(line):
            break
        end = line_end if line.strip() else end
        position = line_end + 1
        if position >= stop or (end > start and not _ITEM.match(text[start:end])):
            break
    return trimmed(text, start, end) or Span(start, max(end, start + 1))


def answering_cell(table: Table, text: str, question: str) -> Span | None:
    """The cell in the column and the row whose headings the question names; None where it does not tell them apart.

    The only row needs no name, nor does the only column.
    """
    rows = table.rows[1:] if tables.title(table, text) else table.rows
    if len(rows) < 2:
        return None
    asked = set(stems(question))
    column = _named([_of(cell, text) for cell in rows[0][1:]], asked)
    row = _named([_of(row[0], text) for row in rows[1:]], asked)
    if column is None or row is None:
        return None
    found = rows[row + 1]
    return found[column + 1] if column + 1 < len(found) else None


def _of(cell: Span | None, text: str) -> str:
    return cell.of(text) if cell else ""


def _named(headings: Sequence[str], asked: set[str]) -> int | None:
    """The heading with most of what is asked, and more of it than any other."""
    if len(headings) == 1:
        return 0
    shared = [len(asked & set(stems(heading))) for heading in headings]
    best = max(shared, default=0)
    return shared.index(best) if best and shared.count(best) == 1 else None
