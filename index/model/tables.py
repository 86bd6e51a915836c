"""Tables as the text of a Word file gives them: one cell a line, each behind a tab.

A blank line ends a row. A first row of one cell is the table's title.
"""

import re

from index.language.regex import regex
from index.language.span import Span, trimmed
from index.model.types import Table

_BLOCK = regex(r"^\t.*(?:\n(?:\t.*|[ \r]*(?=\n\s*?\t)))*", re.MULTILINE)


def tables(text: str, start: int, end: int) -> tuple[Table, ...]:
    """The tables in `text[start:end]`, in order.

    Rows without any text are left out: they are the empty last lines that
    Word leaves behind. A tab-indented paragraph alone is not a table.
    """
    found = []
    for match in _BLOCK.finditer(text, start, end):
        rows = _rows(text, match.start(), match.end())
        cells = [cell for row in rows for cell in row if cell]
        if max((len(row) for row in rows), default=0) > 1:
            found.append(Table(Span(cells[0].start, cells[-1].end), rows))
    return tuple(found)


def title(table: Table, text: str) -> str | None:
    """The table's title, None where its first row is not a single cell."""
    first = table.rows[0]
    return first[0].of(text) if len(first) == 1 and first[0] else None


def _rows(text: str, start: int, end: int) -> tuple[tuple[Span | None, ...], ...]:
    rows: list[tuple[Span | None, ...]] = []
    row: list[Span | None] = []
    position = start
    for line in text[start:end].splitlines(keepends=True):
        if line.startswith("\t"):
            row.append(trimmed(text, position, position + len(line)))
        else:
            rows.append(tuple(row))
            row = []
        position += len(line)
    rows.append(tuple(row))
    return tuple(row for row in rows if any(row))
