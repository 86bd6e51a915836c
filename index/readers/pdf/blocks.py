"""Paragraphs and tables of a PDF in reading order, a table that goes on over pages as one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from index.model.types import Excerpt
from index.readers.canonical import Block, Cell, Inline, PageTurn, Paragraph, TableBlock
from index.readers.pdf.line import Line, joined, rows
from index.readers.pdf.paragraphs import Placed, Setting, paragraphs
from index.readers.pdf.tables import Grid

_NEAR = 6.0


@dataclass(frozen=True, slots=True)
class Table:
    """A table on a page."""

    grid: Grid
    page: int


def blocks(flow: Sequence[Placed | Table], setting: Setting) -> Iterator[Block]:
    """The blocks of a document, the page said where it turns."""
    page = 0
    for is_table, group in groupby(flow, key=lambda item: isinstance(item, Table)):
        if is_table:
            for table in _over_pages([item for item in group if isinstance(item, Table)]):
                yield from _turn(page, table[0].page)
                page = table[-1].page
                yield _table_block(table, setting)
        else:
            for paragraph, first, last in _paged([item for item in group if isinstance(item, Placed)], setting):
                yield from _turn(page, first)
                page = last
                yield paragraph


def _turn(before: int, page: int) -> Iterator[PageTurn]:
    if page != before:
        yield PageTurn(page)


def _paged(lines: Sequence[Placed], setting: Setting) -> Iterator[tuple[Paragraph, int, int]]:
    """Each paragraph with its first and last page."""
    for paragraph, group in paragraphs(lines, setting):
        yield paragraph, group[0].page, group[-1].page


def _over_pages(tables: Sequence[Table]) -> list[list[Table]]:
    """The tables that follow each other, those that go on over a page together."""
    found: list[list[Table]] = []
    for table in tables:
        if found and _goes_on(found[-1][-1], table):
            found[-1].append(table)
        else:
            found.append([table])
    return found


def _goes_on(table: Table, below: Table) -> bool:
    """Whether a table on the next page has the columns of the one before it."""
    one, other = table.grid.columns, below.grid.columns
    same = len(one) == len(other) and all(abs(a - b) < _NEAR for a, b in zip(one, other, strict=True))
    return same and below.page == table.page + 1


def repeated_heads(flow: Sequence[Placed | Table], setting: Setting) -> Iterator[Excerpt]:
    """What the heads say that the parts of a table repeat on their pages."""
    for is_table, group in groupby(flow, key=lambda item: isinstance(item, Table)):
        if is_table:
            for table in _over_pages([item for item in group if isinstance(item, Table)]):
                yield from _rows(table, setting)[1]


def _table_block(tables: Sequence[Table], setting: Setting) -> TableBlock:
    """One table; the head that each page repeats stands in it once."""
    return TableBlock(_rows(tables, setting)[0])


def _rows(tables: Sequence[Table], setting: Setting) -> tuple[tuple[tuple[Cell, ...], ...], list[Excerpt]]:
    """The rows of one table, and the heads that are left out."""
    found: list[tuple[Cell, ...]] = []
    heads: list[Excerpt] = []
    within = replace(setting, edges={})
    for table in tables:
        grid_rows = [_cells(table.grid, row, within) for row in table.grid.cells]
        same = _same_head(found, grid_rows)
        heads += [
            Excerpt(paragraph.words, table.page, "repeated head of a table")
            for row in grid_rows[:same]
            for cell in row
            for paragraph in cell.paragraphs
        ]
        del grid_rows[:same]
        if table is not tables[0] and grid_rows:
            grid_rows[0] = _on_page(grid_rows[0], table.page)
        found += grid_rows
    return tuple(found), heads


def _same_head(found: Sequence[Sequence[Cell]], below: Sequence[Sequence[Cell]]) -> int:
    """How many rows the part of a table on another page repeats."""
    pairs = zip(found, below, strict=False)
    return next((place for place, (one, other) in enumerate(pairs) if _words(one) != _words(other)), 0)


def _words(row: Sequence[Cell]) -> list[list[str]]:
    return [[paragraph.words for paragraph in cell.paragraphs] for cell in row]


def _on_page(row: tuple[Cell, ...], page: int) -> tuple[Cell, ...]:
    """The same row, its first words behind the turn of the page."""
    result = list(row)
    place = next((at for at, cell in enumerate(row) if cell.blocks), None)
    if place is None:
        return row
    first, *rest = row[place].blocks
    assert isinstance(first, Paragraph), "made so below"
    turn: tuple[Inline, ...] = (PageTurn(page),)
    result[place] = Cell((Paragraph((*turn, *first.inlines)), *rest))
    return tuple(result)


def _cells(grid: Grid, row: Sequence[Sequence[Line]], setting: Setting) -> tuple[Cell, ...]:
    """The cells of a row, their lines joined to paragraphs."""
    cells = []
    for place, parts in enumerate(row):
        right = max((part.x1 for other in grid.cells for part in other[place]), default=0.0)
        lines = [joined(line) for line in rows(parts)]
        placed = [Placed(line, 0, 0, min(part.x0 for part in lines), right) for line in lines]
        cells.append(Cell(tuple(paragraph for paragraph, _ in paragraphs(placed, setting))))
    return tuple(cells)
