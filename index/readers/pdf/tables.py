"""Find tables: those with ruled lines, and those whose cells only stand in line.

The rules of a table part it into a grid. Two fields of the grid without a
rule between them are one cell. Where there are no rules upright, or none at
all, the columns are the edges that the segments of several lines share.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from index.language.regex import regex
from index.readers.pdf.line import Line, Token, rows
from index.readers.pdf.page import Rule, Word

_NEAR = 3.0
# The narrowest gap between two columns, in sizes of the type.
_GUTTER = 0.65
# Cells of more letters than this are broken over lines.
_SHORT_CELL = 24
# So many lines that each begin with a capital or a figure are no broken ones.
_MANY = 8
# Of the lines of running text, the share that begins with a small letter at least.
_RUNS_ON = 0.1
# More rules than this are a drawing.
_MOST_RULES = 2_000
# More lines than a page holds of any type that is read.
_MOST_LINES = 300
_LABEL = regex(r"\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})(?:[.):°]|\.\d+\.?)\)?|[•·▪–—\-o*]|\d{1,3}", re.IGNORECASE)
# What is not broken over lines: an amount, a date, a mark for nothing.
_VALUE = regex(
    r"[(€$<>≤≥±~+–-]*\s*\d[\d\s.,:;/–-]*(?<![,;/–-])\s*(?:%|‰|°|euro|mln\.?|mld\.?|miljoen|miljard|[a-z]{1,3}\.?)?[)*]*"
    r"|[–—-]|n\.?v\.?t\.?|p\.?m\.?|ja|nee|x",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Grid:
    """A table on a page: its box, the left edges of its columns, and its cells as segments, row by row."""

    x0: float
    x1: float
    top: float
    bottom: float
    columns: tuple[float, ...]
    cells: tuple[tuple[tuple[Line, ...], ...], ...]

    def holds(self, part: Line) -> bool:
        """Whether a segment stands in its box."""
        return self.top <= part.middle <= self.bottom and self.x0 - _NEAR <= part.x0 and part.x1 <= self.x1 + _NEAR

    @property
    def parts(self) -> Iterator[Line]:
        for row in self.cells:
            for cell in row:
                yield from cell


def ruled_tables(parts: Sequence[Line], rules: Sequence[Rule]) -> list[Grid]:
    """The tables that rules part into at least two columns and hold text, from top to bottom.

    A box around text and the lines of a letterhead are none.
    """
    if len(rules) > _MOST_RULES:
        return []
    clusters = _clusters(rules)
    found = [grid for cluster in clusters if (grid := _grid(parts, cluster))]
    lone = [rule for cluster in clusters if all(rule.is_horizontal for rule in cluster) for rule in cluster]
    rest = [part for part in parts if not any(grid.holds(part) for grid in found)]
    found += _lying_tables(rest, lone)
    return sorted(found, key=lambda grid: grid.top)


def _clusters(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Rules that touch each other, directly or through others."""
    clusters: list[list[Rule]] = []
    for rule in rules:
        touching = [cluster for cluster in clusters if any(_touch(rule, other) for other in cluster)]
        merged = [rule]
        for cluster in touching:
            merged += cluster
            clusters.remove(cluster)
        clusters.append(merged)
    return clusters


def _touch(one: Rule, other: Rule) -> bool:
    across = one.x0 - _NEAR <= other.x1 and other.x0 - _NEAR <= one.x1
    return across and one.y0 - _NEAR <= other.y1 and other.y0 - _NEAR <= one.y1


def _grid(parts: Sequence[Line], rules: Sequence[Rule]) -> Grid | None:
    lying = [rule for rule in rules if rule.is_horizontal]
    standing = [rule for rule in rules if not rule.is_horizontal]
    edges = _distinct([rule.x0 for rule in standing] + [edge for rule in lying for edge in (rule.x0, rule.x1)])
    levels = _distinct([rule.y0 for rule in lying] + [edge for rule in standing for edge in (rule.y0, rule.y1)])
    if len(edges) < 3 or len(levels) < 2 or len(edges) * len(levels) > 20_000:
        return None
    heads = _heads(edges, levels, lying, standing)
    cells: list[list[list[Line]]] = [[[] for _ in edges[1:]] for _ in levels[1:]]
    for part in _cut(parts, edges, standing):
        row, column = _field(levels, part.middle), _field(edges, (part.x0 + part.x1) / 2)
        if row is not None and column is not None:
            head_row, head_column = heads[row, column]
            cells[head_row][head_column].append(part)
    fields = [(left, right) for left, right in pairwise(edges)]
    kept = [part for row in cells if any(row) for part in _unruled_rows(row, fields)]
    used = {column for row in kept for column, cell in enumerate(row) if cell}
    if len(used) < 2:
        return None
    columns = tuple(edge for column, edge in enumerate(edges[:-1]) if column in used)
    rows_ = tuple(tuple(tuple(cell) for column, cell in enumerate(row) if column in used) for row in kept)
    return Grid(edges[0], edges[-1], levels[0], levels[-1], columns, rows_)


def _unruled_rows(row: list[list[Line]], columns: Sequence[tuple[float, float]]) -> list[list[list[Line]]]:
    """The rows that stand between two rules, where none of them is ruled off from the next."""
    lines = rows([part for cell in row for part in cell])
    places = {id(part): column for column, cell in enumerate(row) for part in cell}
    first = next(column for column, cell in enumerate(row) if cell)
    fields = [[(places[id(part)], part) for part in line] for line in lines]
    if len(lines) < 2 or not all(len(line) > 1 and line[0][0] == first for line in fields):
        return [row]
    found: list[list[list[Line]]] = []
    columns_used = sorted({column for line in fields for column, _ in line})
    places_used = {column: place for place, column in enumerate(columns_used)}
    regular = _are_rows([[(places_used[column], part) for column, part in line] for line in fields], len(columns_used))
    for line in fields:
        shifted = [(column - first, part) for column, part in line]
        if not found or regular or _is_row_of_its_own(shifted, found[-1][first:], columns[first:]):
            found.append([[] for _ in row])
        for column, part in line:
            found[-1][column].append(part)
    return found


def _distinct(values: Sequence[float]) -> list[float]:
    """The values in order, those near each other once."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _NEAR:
            found.append(value)
    return found


def _field(edges: Sequence[float], value: float) -> int | None:
    """Between which two edges a value lies."""
    return next((place for place, (low, high) in enumerate(pairwise(edges)) if low <= value < high), None)


def _heads(
    edges: Sequence[float], levels: Sequence[float], lying: Sequence[Rule], standing: Sequence[Rule]
) -> dict[tuple[int, int], tuple[int, int]]:
    """For each field of the grid the upper left field of its cell."""
    heads: dict[tuple[int, int], tuple[int, int]] = {}
    for row, (top, bottom) in enumerate(pairwise(levels)):
        for column, (left, right) in enumerate(pairwise(edges)):
            heads[row, column] = (row, column)
            if column and not _is_ruled(standing, left, (top + bottom) / 2):
                heads[row, column] = heads[row, column - 1]
            elif row and not _is_ruled_across(lying, top, (left + right) / 2):
                heads[row, column] = heads[row - 1, column]
    return heads


def _is_ruled(standing: Sequence[Rule], x: float, y: float) -> bool:
    return any(abs(rule.x0 - x) <= _NEAR + 1 and rule.y0 - _NEAR <= y <= rule.y1 + _NEAR for rule in standing)


def _is_ruled_across(lying: Sequence[Rule], y: float, x: float) -> bool:
    return any(abs(rule.y0 - y) <= _NEAR + 1 and rule.x0 - _NEAR <= x <= rule.x1 + _NEAR for rule in lying)


def _cut(parts: Sequence[Line], edges: Sequence[float], standing: Sequence[Rule]) -> Iterator[Line]:
    """Segments, cut where they run over an upright rule: narrow cells leave no wide gap."""
    for part in parts:
        if not (edges[0] - _NEAR <= part.x0 and part.x1 <= edges[-1] + _NEAR):
            continue
        tokens = list(part.tokens)
        for edge in edges[1:-1]:
            before = [token for token in tokens if (token.word.x0 + token.word.x1) / 2 < edge]
            if before and len(before) < len(tokens) and _is_ruled(standing, edge, part.middle):
                yield Line(tuple(before))
                tokens = tokens[len(before) :]
        yield Line(tuple(tokens))


def _side_by_side(rules: Sequence[Rule]) -> list[Rule]:
    """Horizontal rules, those that go on where another ends as one."""
    found: list[Rule] = []
    for rule in sorted(rules, key=lambda rule: (round(rule.y0), rule.x0)):
        last = found[-1] if found else None
        if last and abs(last.y0 - rule.y0) < 1.5 and rule.x0 - last.x1 < 2 * _NEAR:
            found[-1] = Rule(last.x0, last.y0, max(last.x1, rule.x1), max(last.y1, rule.y1))
        else:
            found.append(rule)
    return found


def _lying_tables(parts: Sequence[Line], rules: Sequence[Rule]) -> Iterator[Grid]:
    """Tables between rules of one width below each other."""
    groups: list[list[Rule]] = []
    for rule in sorted(_side_by_side(rules), key=lambda rule: rule.y0):
        group = next((g for g in groups if abs(g[0].x0 - rule.x0) < _NEAR and abs(g[0].x1 - rule.x1) < _NEAR), None)
        if group is None:
            groups.append([rule])
        else:
            group.append(rule)
    for group in groups:
        x0, x1 = group[0].x0 - _NEAR, group[0].x1 + _NEAR
        levels = [rule.y0 for rule in group]
        within = [part for part in parts if x0 <= part.x0 and part.x1 <= x1]
        found: list[tuple[float, float]] = []
        for top, bottom in pairwise(levels):
            if any(top < part.middle < bottom for part in within):
                found.append((top, bottom))
        for run in _runs(found):
            inside = [part for part in within if run[0][0] < part.middle < run[-1][1]]
            grid = _open_grid(inside, [level for band in run for level in band], fewest=2)
            if grid:
                yield replace(grid, x0=group[0].x0, x1=group[0].x1, top=run[0][0], bottom=run[-1][1])


def _runs(bands: Sequence[tuple[float, float]]) -> list[list[tuple[float, float]]]:
    """Bands between rules that follow each other, parted where nothing stands between two rules."""
    found: list[list[tuple[float, float]]] = []
    for band in bands:
        if found and found[-1][-1][1] == band[0]:
            found[-1].append(band)
        else:
            found.append([band])
    return found


def aligned_tables(parts: Sequence[Line]) -> list[Grid]:
    """Tables without rules: at least three lines in which the same columns stand, apart from each other.

    A number or bullet before a paragraph makes no column.
    """
    found: list[Grid] = []
    block: list[list[Line]] = []
    before: list[list[Line]] = []
    for row in [*rows(parts), []]:
        if row and _goes_on(block, row):
            block.append(row)
            continue
        if grid := _open_grid([part for other in _with_head(before, block) for part in other], [], fewest=3):
            found.append(grid)
            before = []
        else:
            before = [*before, *block]
        block = [row] if _is_tabular(row) else []
        before = before[-3:] if block else [*before, row][-3:]
    return found


def _with_head(before: Sequence[list[Line]], block: Sequence[list[Line]]) -> list[list[Line]]:
    """A table with the rows above it that stand in its columns, where the cells are too full to leave a wide gap."""
    whole = list(block)
    for row in reversed(before):
        if not (block and row and whole[0][0].y - row[0].y < 2.6 * row[0].size and _fills(row, _columns(block))):
            break
        whole.insert(0, row)
    return whole


def _fills(row: Sequence[Line], columns: Sequence[tuple[float, float]]) -> bool:
    """Whether the words of a row stand in at least two of the columns, with a gap wider than a space between them."""
    tokens = [token.word for part in row for token in part.tokens]
    fields = [_nearest(columns, (word.x0 + word.x1) / 2) for word in tokens]
    turns = [place for place in range(1, len(tokens)) if fields[place] != fields[place - 1]]
    return (
        bool(turns)
        and fields == sorted(fields)
        and all(tokens[place].x0 - tokens[place - 1].x1 > 0.55 * tokens[place].size for place in turns)
        and all(_stands_at_edge(tokens[place], columns[fields[place]]) for place in turns)
    )


def _stands_at_edge(word: Word, column: tuple[float, float]) -> bool:
    return abs(word.x0 - column[0]) < _NEAR or abs(word.x1 - column[1]) < _NEAR


def _is_tabular(row: Sequence[Line]) -> bool:
    """Whether a line stands in several columns; one of a number, bullet or label and its text does not."""
    if len(row) != 2:
        return len(row) > 2
    label = row[0].text.strip()
    return not (_LABEL.fullmatch(label) or label.endswith(":"))


def _goes_on(block: Sequence[Sequence[Line]], row: Sequence[Line]) -> bool:
    """Whether a row stands close below a table and in its columns."""
    if not block or len(block) > _MOST_LINES or abs(row[0].size - block[0][0].size) > 1:
        return False
    if row[0].y - block[-1][0].y > 2.6 * row[0].size:
        return False
    above = [part for other in block for part in other]
    if _is_tabular(row):
        return any(_in_line(part, other) for part in row[1:] for other in above)
    columns = _columns([other for other in block if _is_tabular(other)])
    if len(columns) > 1 and _fills(row, columns):
        return True
    close = row[0].y - block[-1][0].y <= 1.4 * row[0].size
    return close and len(columns) > 1 and _column(columns, row[0].x0, row[0].x1) is not None


def _in_line(one: Line, other: Line) -> bool:
    return abs(one.x0 - other.x0) < _NEAR or abs(one.x1 - other.x1) < _NEAR


def _open_grid(parts: Sequence[Line], levels: Sequence[float], fewest: int) -> Grid | None:
    """A table by its columns alone, with rules only across at `levels`; None where it is none.

    Below a rule, and wherever a column goes on after it was empty, a row begins.
    """
    block = rows(parts)
    tabular = [row for row in block if _is_tabular(row)]
    columns = _columns(tabular)
    if len(tabular) < fewest or len(columns) < 2 or _is_two_columns_of_prose(tabular, columns):
        return None
    cells: list[list[list[Line]]] = []
    all_fields = [_fields(row, columns) for row in block]
    regular = _are_rows(all_fields, len(columns))
    for fields in all_fields:
        if not cells or regular or _begins_row(fields, levels, cells) or _is_row_of_its_own(fields, cells[-1], columns):
            cells.append([[] for _ in columns])
        for column, line in fields:
            cells[-1][column].append(line)
    return Grid(
        x0=min(part.x0 for part in parts),
        x1=max(part.x1 for part in parts),
        top=block[0][0].top,
        bottom=block[-1][0].bottom,
        columns=tuple(left for left, _ in columns),
        cells=tuple(tuple(tuple(cell) for cell in row) for row in cells),
    )


def _begins_row(
    fields: Sequence[tuple[int, Line]], levels: Sequence[float], cells: Sequence[Sequence[Sequence[Line]]]
) -> bool:
    """Whether a line of cells begins a row of the table: below a rule or a gap, or where empty cells are filled."""
    line = fields[0][1]
    above = [cell[-1].y if cell else None for cell in cells[-1]]
    last = max(y for y in above if y is not None)
    if line.y - last > 1.5 * line.size or any(last < level < line.y for level in levels):
        return True
    resumed = [above[column] is None or line.y - (above[column] or 0) > 1.5 * line.size for column, _ in fields]
    # The first line of a row may leave columns empty that its second fills.
    begun = sum(len(cell) for cell in cells[-1]) == sum(bool(cell) for cell in cells[-1])
    return any(resumed) and not (begun and len(fields) == 1 and not any(_full(cells[-1])))


def _is_row_of_its_own(
    fields: Sequence[tuple[int, Line]], row: Sequence[Sequence[Line]], columns: Sequence[tuple[float, float]]
) -> bool:
    """Whether a line close below a row cannot go on with its cells.

    A value below a value does not; nor do words in the first column that would
    have fitted on the line above, with words beside them that would have, too.
    """
    pairs = [(column, row[column][-1], line) for column, line in fields if row[column]]
    if any(_VALUE.fullmatch(above.text.strip()) and _VALUE.fullmatch(line.text.strip()) for _, above, line in pairs):
        return len(fields) > 1 or fields[0][0] == 0
    ended = [column for column, above, line in pairs if _would_have_fitted(above, line, columns[column])]
    return 0 in ended and len(fields) > 1 and len(ended) == len(pairs)


def _are_rows(lines: Sequence[Sequence[tuple[int, Line]]], columns: int) -> bool:
    """Whether every line fills every column and no cell goes on with a small letter: each is a row."""
    full = all([column for column, _ in fields] == list(range(columns)) for fields in lines)
    texts = [line.text.strip() for fields in lines for _, line in fields]
    whole = not any(text[:1].islower() or text.endswith((",", "-", "/")) for text in texts)
    short = sum(map(len, texts)) < _SHORT_CELL * len(texts)
    return full and len(lines) > 2 and whole and (short or len(texts) >= _MANY)


def _would_have_fitted(above: Line, line: Line, column: tuple[float, float]) -> bool:
    """Whether the first word of a line had room on the line above it, and does not go on with a small letter."""
    word = line.tokens[0].word
    room = column[1] - above.x1 - 0.3 * line.size
    return word.x1 - word.x0 < room and not line.text[:1].islower() and not above.text.endswith(("-", ",", "/"))


def _full(row: Sequence[Sequence[Line]]) -> Iterator[bool]:
    yield from (len(cell) > 1 for cell in row)


def runs_on(lines: Sequence[Line], share: float = _RUNS_ON) -> bool:
    """Whether lines go on with each other: most cells of a table begin with a capital or a figure."""
    return sum(line.text[:1].islower() for line in lines) > share * len(lines)


def _is_two_columns_of_prose(block: Sequence[Sequence[Line]], columns: Sequence[tuple[float, float]]) -> bool:
    """Whether this is text set in two columns: both wide, and most lines fill them."""
    if len(columns) != 2 or len(block) < 8:
        return False
    shares = []
    for left, right in columns:
        lines = [part for row in block for part in row if left - 1 <= part.x0 and part.x1 <= right + 1]
        full = sum(part.x1 - part.x0 > 0.75 * (right - left) for part in lines)
        wide = bool(lines) and right - left > 15 * lines[0].size
        shares.append(wide and full > 0.6 * len(lines) and runs_on(lines))
    return all(shares)


def _columns(block: Sequence[Sequence[Line]]) -> list[tuple[float, float]]:
    """The columns as ranges that no word crosses, with a gap between them wider than a space."""
    size = max((part.size for row in block for part in row), default=0.0)
    words = [token.word for row in block for part in row for token in part.tokens]
    columns: list[tuple[float, float]] = []
    for x0, x1 in sorted((word.x0, word.x1) for word in words):
        if columns and x0 < columns[-1][1] + _GUTTER * size:
            columns[-1] = (columns[-1][0], max(columns[-1][1], x1))
        else:
            columns.append((x0, x1))
    return columns


def _column(columns: Sequence[tuple[float, float]], x0: float, x1: float) -> int | None:
    """The column that something stands in; None where it crosses into another."""
    place = next((at for at, (_, right) in enumerate(columns) if (x0 + x1) / 2 <= right + 1), len(columns) - 1)
    following = columns[place + 1][0] if place + 1 < len(columns) else float("inf")
    return place if x0 >= columns[place][0] - _NEAR and x1 < following else None


def _fields(row: Sequence[Line], columns: Sequence[tuple[float, float]]) -> list[tuple[int, Line]]:
    """The cells of one line with their columns; a line across several columns stands in its first."""
    found: dict[int, list[Token]] = {}
    for part in row:
        if len(row) == 1 and _column(columns, part.x0, part.x1) is None and not _fills(row, columns):
            return [(_nearest(columns, part.x0), part)]
        for token in part.tokens:
            found.setdefault(_nearest(columns, (token.word.x0 + token.word.x1) / 2), []).append(token)
    return [(column, Line(tuple(tokens))) for column, tokens in sorted(found.items())]


def _nearest(columns: Sequence[tuple[float, float]], x: float) -> int:
    return min(range(len(columns)), key=lambda at: max(columns[at][0] - x, x - columns[at][1], 0.0))
