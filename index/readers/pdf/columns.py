"""The reading order of a page: its columns from left to right, bands across the page parting them.

The method is the recursive cut of Nagy and Seth (1984) by white gutters: a
gutter that lines of text stand on both sides of parts two columns; a line
that crosses it ends them, and what follows is ordered anew.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from index.readers.pdf.line import Line, joined, rows
from index.readers.pdf.tables import Grid, aligned_tables, runs_on

Item = Line | Grid

_FEWEST_LINES = 5
_DEEPEST = 4
_SMALLER = 0.93
# Of the lines of two columns between others, the share that begins with a small letter.
_RUNS_ON = 0.3
# Lines of one paragraph stand no farther apart than this, in sizes.
_NEXT_LINE = 1.6


@dataclass(frozen=True, slots=True)
class Column:
    """Lines and tables below each other, the edges that lines are set between, and how far they may reach."""

    items: tuple[Item, ...]
    x0: float
    x1: float
    limit: float = float("inf")


def common_gutter(pages: Sequence[Sequence[Item]]) -> float | None:
    """The gutter that most pages have at one place, None where they have none; a short page does not show it."""
    found = [round(gutter / 4) for items in pages if (gutter := _gutter(items)) is not None]
    place = max(set(found), key=lambda step: (found.count(step), step), default=0)
    return 4.0 * place if found.count(place) * 2 > len(pages) else None


def columns(items: Sequence[Item], expected: float | None = None, depth: int = 0) -> list[Column]:
    """Segments and tables in reading order; segments of one column on one baseline become one line.

    `expected` is the gutter of the other pages, for a page that does not show its own.
    """
    gutter = _gutter(items) if depth < _DEEPEST else None
    if gutter is None and expected is not None and _is_parted(items, expected):
        gutter = expected
    if gutter is None:
        parted = _band(items) if depth < _DEEPEST else None
        return _around(items, parted, depth) if parted else _column(items)
    found: list[Column] = []
    ordered = sorted(items, key=lambda item: item.top)
    for crosses, group in groupby(ordered, key=lambda item: item.x0 < gutter < item.x1):
        band = list(group)
        if crosses:
            found += _column(band)
        else:
            left = columns([item for item in band if item.x1 <= gutter], depth=depth + 1)
            found += (replace(column, limit=min(column.limit, gutter)) for column in left)
            found += columns([item for item in band if item.x0 >= gutter], depth=depth + 1)
    return found


@dataclass(frozen=True, slots=True)
class _Band:
    """Where two columns stand between lines that run over the whole width: from `top` to `bottom`, parted at `x`."""

    x: float
    top: float
    bottom: float


def _around(items: Sequence[Item], band: _Band, depth: int) -> list[Column]:
    """What stands above a band of two columns, the columns, and what stands below it."""
    above = [item for item in items if item.top < band.top]
    below = [item for item in items if item.top > band.bottom]
    inside = [item for item in items if band.top <= item.top <= band.bottom]
    left = columns([item for item in inside if item.x0 < band.x], depth=depth + 1)
    return [
        *(columns(above, depth=depth + 1) if above else []),
        *(replace(column, limit=min(column.limit, band.x)) for column in left),
        *columns([item for item in inside if item.x0 >= band.x], depth=depth + 1),
        *(columns(below, depth=depth + 1) if below else []),
    ]


def _band(items: Sequence[Item]) -> _Band | None:
    """The first band of running text in two columns; None where there is none."""
    lines = [item for item in items if isinstance(item, Line)]
    grids = [item for item in items if isinstance(item, Grid)]
    found = rows(lines)
    beside = Counter(round(part.x0) for row in found for part in row[1:])
    for edge in sorted(edge for edge, count in beside.items() if count >= _FEWEST_LINES):
        for run in _parted_runs(found, edge - 1.5):
            band = _Band(edge - 1.5, run[0][0].top, max(row[0].top for row in run))
            left = [part for row in run for part in row if part.x0 < band.x]
            right = [part for row in run for part in row if part.x0 >= band.x]
            letters = sum(part.letters for part in (*left, *right))
            prose = all(_is_prose(side, letters) and runs_on(side, _RUNS_ON) for side in (left, right))
            if prose and not any(grid.top <= band.bottom and band.top <= grid.bottom for grid in grids):
                return band
    return None


def _parted_runs(found: Sequence[list[Line]], x: float) -> Iterator[list[list[Line]]]:
    """Rows close below each other of which nothing stands across `x`."""
    run: list[list[Line]] = []
    for row in found:
        parted = all(part.x1 < x or part.x0 >= x for part in row)
        if run and not (parted and row[0].y - run[-1][0].y < _NEXT_LINE * max(part.size for part in (*row, *run[-1]))):
            yield _without_cells(run, x)
            run = []
        if parted:
            run.append(row)
    if run:
        yield _without_cells(run, x)


def _without_cells(run: list[list[Line]], x: float) -> list[list[Line]]:
    """Rows in two columns without those at their end that have more: the rows of a table below."""
    end = next((at for at in range(len(run), 0, -1) if sum(part.x0 < x for part in run[at - 1]) < 2), 1)
    return run[:end]


def _is_parted(items: Sequence[Item], gutter: float) -> bool:
    """Whether something stands on both sides of a gutter, and little runs across it."""
    left = sum(item.x1 <= gutter for item in items)
    right = sum(item.x0 >= gutter for item in items)
    return bool(left and right) and len(items) - left - right <= 0.3 * len(items)


def _gutter(items: Sequence[Item]) -> float | None:
    """A place that most lines stand wholly left or right of, with prose on both sides; None where there is none."""
    lines = [item for item in items if isinstance(item, Line)]
    if len(lines) < 2 * _FEWEST_LINES:
        return None
    letters = sum(line.letters for line in lines)
    candidates = sorted({round(line.x0, 0) - 1 for line in lines})
    best: tuple[int, float] | None = None
    for x in candidates:
        left = [line for line in lines if line.x1 <= x]
        right = [line for line in lines if line.x0 >= x]
        crossing = len(lines) - len(left) - len(right)
        if crossing > 0.3 * len(lines) or not (_is_prose(left, letters) and _is_prose(right, letters)):
            continue
        if best is None or crossing < best[0]:
            best = (crossing, x)
    return best[1] if best else None


def _is_prose(lines: Sequence[Line], letters: int) -> bool:
    """Whether these are lines of text one below the other, a fair part of the page, most of it on full lines."""
    own = sum(line.letters for line in lines)
    if len(lines) < _FEWEST_LINES or own < 0.15 * letters:
        return False
    # There may be several columns on this side still, so their lines and not its width say how wide they are.
    widths = sorted(line.x1 - line.x0 for line in lines)
    widest = widths[-1 - len(widths) // 10]
    full = sum(line.letters for line in lines if line.x1 - line.x0 > 0.6 * widest)
    return widest > 12 * lines[0].size and full >= 0.5 * own and runs_on(lines)


def _column(items: Sequence[Item]) -> list[Column]:
    """One column; what stands in its margins is a line of its own, before the line of text that it stands level with.

    Where that line goes on with a paragraph, it stands before the paragraph.
    """
    if not items:
        return []
    lines = [item for item in items if isinstance(item, Line)]
    edge = _left_edge(lines)
    labels = {id(part) for row in rows(lines) for part in _labels(row, edge, _right_edge(lines, edge))}
    aligned = aligned_tables([line for line in lines if id(line) not in labels])
    grids = [*(item for item in items if isinstance(item, Grid)), *aligned]
    lines = [line for line in lines if not any(grid.holds(line) for grid in aligned)]
    edge = _left_edge(lines)
    end = _right_edge(lines, edge)
    ordered = _Ordered()
    placed: list[Grid | list[Line]] = [*grids, *rows(lines)]
    for item in sorted(placed, key=_height):
        if isinstance(item, Grid):
            ordered.add_table(item)
            continue
        beside = [part for part in item if part.x1 < edge - 2 or part.x0 > end]
        ordered.add(joined([part for part in item if part not in beside]) if len(beside) < len(item) else None, beside)
    ordered.end()
    x0 = min(edge, *(item.x0 for item in ordered.items)) if not lines else edge
    return [Column(tuple(ordered.items), x0, min(end, max(item.x1 for item in ordered.items)))]


def _height(item: Grid | list[Line]) -> tuple[float, bool]:
    """Where an item begins; a label comes before the table that it stands level with."""
    if isinstance(item, Grid):
        return min((part.y for part in item.parts), default=item.top) + 1, True
    return item[0].y, False


def _labels(row: Sequence[Line], edge: float, end: float) -> list[Line]:
    """The labels of a row: what stands in smaller type beside its text."""
    text = [part for part in row if edge - 2 <= part.x0 and part.x1 <= end]
    size = max((part.size for part in text), default=0.0)
    return [part for part in row if (part.x1 < edge - 2 or part.x0 > end) and part.size < _SMALLER * size]


class _Ordered:
    """The items of a column from top to bottom; what stands beside the text parts no paragraph."""

    def __init__(self) -> None:
        self.items: list[Item] = []
        self._beside: list[Line] = []
        # Where the paragraph that the last line belongs to begins.
        self._begin = 0

    def add(self, line: Line | None, beside: Sequence[Line]) -> None:
        """A row: its line of text, None where there is none, and what stands beside it."""
        self._beside += beside
        if line is None:
            return
        if not self._goes_on(line):
            self.end()
            self._begin = len(self.items)
        elif self._beside:
            self.items[self._begin : self._begin] = self._beside
            self._begin += len(self._beside)
            self._beside = []
        self.items.append(line)

    def add_table(self, table: Grid) -> None:
        """A table, which ends any paragraph."""
        self.end()
        self.items.append(table)

    def end(self) -> None:
        """What stands beside no line of a paragraph comes where it stands."""
        self.items += self._beside
        self._beside = []

    def _goes_on(self, line: Line) -> bool:
        """Whether a line goes on with the sentence of the line above it."""
        last = self.items[-1] if self.items else None
        if not isinstance(last, Line) or not line.text[:1].islower():
            return False
        near = 0 < line.y - last.y < _NEXT_LINE * max(line.size, last.size)
        ended = last.text.rstrip().endswith((".", ":", "?", "!"))
        return near and not ended and last.x0 < line.x1 and line.x0 < last.x1


def _right_edge(lines: Sequence[Line], left: float) -> float:
    """Where the longest of the lines that begin at the left edge end; infinite where these are too few to say."""
    ends = sorted((line.x1 for line in lines if abs(line.x0 - left) < 3), reverse=True)
    return ends[0] + 2 if len(ends) > _FEWEST_LINES else float("inf")


def _left_edge(lines: Sequence[Line]) -> float:
    """Where most letters' lines begin, to a point."""
    letters: dict[int, int] = {}
    for line in lines:
        letters[round(line.x0)] = letters.get(round(line.x0), 0) + line.letters
    if not letters:
        return 0.0
    most = max(letters.values())
    return min(edge for edge, count in letters.items() if count >= 0.3 * most)
