"""The reading order of a page: its columns from left to right, bands across the page parting them.

The method is the recursive cut of Nagy and Seth (1984) by white gutters: a
gutter that lines of text stand on both sides of parts two columns; a line
that crosses it ends them, and what follows is ordered anew.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from index.readers.pdf.line import Line, joined, rows
from index.readers.pdf.tables import Grid, aligned_tables

Item = Line | Grid

_FEWEST_LINES = 5
_DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Column:
    """Lines and tables below each other, and the edges that lines are set between."""

    items: tuple[Item, ...]
    x0: float
    x1: float


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
        return _column(items)
    found: list[Column] = []
    ordered = sorted(items, key=lambda item: item.top)
    for crosses, group in groupby(ordered, key=lambda item: item.x0 < gutter < item.x1):
        band = list(group)
        if crosses:
            found += _column(band)
        else:
            found += columns([item for item in band if item.x1 <= gutter], depth=depth + 1)
            found += columns([item for item in band if item.x0 >= gutter], depth=depth + 1)
    return found


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
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    full = sum(line.letters for line in lines if line.x1 - line.x0 > 0.6 * (right - left))
    return right - left > 12 * lines[0].size and full >= 0.5 * own


def _column(items: Sequence[Item]) -> list[Column]:
    """One column; what stands in its margins is a line of its own, beside the line of the text."""
    if not items:
        return []
    lines = [item for item in items if isinstance(item, Line)]
    aligned = aligned_tables(lines)
    grids = [*(item for item in items if isinstance(item, Grid)), *aligned]
    lines = [line for line in lines if not any(grid.holds(line) for grid in aligned)]
    edge = _left_edge(lines)
    end = _right_edge(lines, edge)
    ordered: list[Item] = [*grids]
    for row in rows(lines):
        beside = [part for part in row if part.x1 < edge - 2 or part.x0 > end]
        ordered += beside
        if within := [part for part in row if part not in beside]:
            ordered.append(joined(within))
    ordered.sort(key=lambda item: (round(item.top if isinstance(item, Grid) else item.y), item.x0))
    x0 = min(edge, *(item.x0 for item in ordered)) if not lines else edge
    return [Column(tuple(ordered), x0, min(end, max(item.x1 for item in ordered)))]


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
