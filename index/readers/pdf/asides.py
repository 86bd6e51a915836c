"""Find what stands between the two halves of a sentence that goes on over a page, and is no part of it.

The second page of a letter may have a head that no other page has, the first
a foot in small print. Where a sentence breaks off at the end of one page and
goes on upon the next, all that stands apart below the one half and above the
other is set aside: what a letterhead prints is furniture, anything else is
text, and stands before or behind the paragraph.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.model.doubts import LeftOut
from index.readers.pdf.furniture import Sheet
from index.readers.pdf.line import Line, rows
from index.readers.pdf.margin import LETTERHEAD
from index.readers.pdf.page import Rule
from index.readers.pdf.paragraphs import Placed

_MOST_ROWS = 8
# Farther than lines of a paragraph, in sizes of the larger type.
_GAP = 1.75
_NEXT_LINE = 1.6
_SMALL = 0.93
# How far from the edge of a page furniture is looked for, in shares of its height.
_EDGE = 0.16
_SENTENCE_END = (".", "?", "!", ":", ";", ".”", ".’", ".)", "»")

Row = list[Line]


@dataclass(frozen=True, slots=True)
class Asides:
    """The pages without furniture that occurs once, and the segments (by `id`) that stand in a sentence of others."""

    sheets: tuple[Sheet, ...]
    moved: frozenset[int]


def without_asides(
    sheets: Sequence[Sheet], rules: Sequence[Sequence[Rule]], size: float, framed: Sequence[frozenset[int]]
) -> Asides:
    """Set aside what stands between two pages of one sentence; `size` is that of the running text."""
    found = list(sheets)
    moved: set[int] = set()
    bodies = [
        [row for row in rows(sheet.parts) if not _is_framed(row, inside)]
        for sheet, inside in zip(sheets, framed, strict=True)
    ]
    for place, (one, other) in enumerate(pairwise(bodies)):
        foot = _foot(one, sheets[place], rules[place], size)
        head = _head(other, size)
        above, below = one[: len(one) - len(foot)], other[len(head) :]
        if not (above and below and _goes_on(above[-1], below[0], size)):
            foot = [row for row in foot if _all_furniture(foot, sheets[place], size, above)]
            head = [row for row in head if _all_furniture(head, sheets[place + 1], size, below)]
        edges: tuple[tuple[int, list[Row], list[Row], LeftOut], ...] = (
            (place, foot, above, "foot"),
            (place + 1, head, below, "head"),
        )
        for at, aside, body, kind in edges:
            parts = [part for row in aside for part in row]
            if aside and _all_furniture(aside, sheets[at], size, body):
                found[at] = found[at].without(parts, kind)
            else:
                moved.update(map(id, parts))
    return Asides(tuple(found), frozenset(moved))


def _is_framed(row: Row, framed: frozenset[int]) -> bool:
    return any(id(part) in framed for part in row)


def _goes_on(last: Row, first: Row, size: float) -> bool:
    """Whether a sentence of the running text breaks off with one row and goes on with the other."""
    running = abs(last[-1].size - first[0].size) < 0.1 * size and abs(first[0].size - size) < 0.15 * size
    text = last[-1].text.rstrip()
    return running and not text.endswith(_SENTENCE_END) and (first[0].text[:1].islower() or text.endswith("-"))


def _head(body: Sequence[Row], size: float) -> list[Row]:
    """The rows at the top of a page, down to the first gap; none where there is no gap soon."""
    for place, (row, below) in enumerate(pairwise(body[: _MOST_ROWS + 1]), start=1):
        if below[0].y - row[0].y > _GAP * max(row[0].size, size):
            return list(body[:place])
    return []


def _foot(body: Sequence[Row], sheet: Sheet, rules: Sequence[Rule], size: float) -> list[Row]:
    """The rows at the bottom of a page, up to the first gap, that are no notes."""
    for place in range(len(body) - 1, max(0, len(body) - _MOST_ROWS), -1):
        row, above = body[place], body[place - 1]
        if row[0].y - above[-1].y > _GAP * max(above[0].size, size):
            return [] if _are_notes(body[place:], rules) else list(body[place:])
    return []


def _are_notes(foot: Sequence[Row], rules: Sequence[Rule]) -> bool:
    """Whether rows at the foot begin with the number of a note or stand below a rule."""
    first = foot[0][0]
    marked = any(row[0].tokens[0].shift > 0 or row[0].tokens[0].word.text.rstrip(".)]").isdigit() for row in foot)
    return marked or any(rule.is_horizontal and -2 < first.top - rule.y1 < 2.5 * first.size for rule in rules)


def _all_furniture(aside: Sequence[Row], sheet: Sheet, size: float, body: Sequence[Row]) -> bool:
    """Whether rows at the edge of a page are what a letterhead prints there."""
    lines = [part for row in aside for part in row]
    near = all(min(line.y, sheet.height - line.y) < _EDGE * sheet.height for line in lines)
    small = all(line.size < _SMALL * size for line in lines)
    says = sum(bool(LETTERHEAD.search(line.text)) for line in lines)
    return near and (small or _is_outside(lines, body)) and 2 * says >= min(len(lines), 4)


def _is_outside(lines: Sequence[Line], body: Sequence[Row]) -> bool:
    """Whether lines begin where no line of the text does."""
    edges = {round(row[0].x0 / 4) for row in body}
    return all(round(line.x0 / 4) not in edges for line in lines)


def around(lines: Sequence[Placed], asides: Sequence[Placed]) -> list[Placed]:
    """The lines of a column with what was set aside before the last paragraph, or behind the first."""
    if not (lines and asides):
        return [*lines, *asides]
    gaps = [place for place, (line, below) in enumerate(pairwise(lines), start=1) if _are_apart(line.line, below.line)]
    feet = [aside for aside in asides if aside.line.y > lines[-1].line.y]
    heads = [aside for aside in asides if aside.line.y <= lines[-1].line.y]
    first, last = (gaps[0], gaps[-1]) if gaps else (len(lines), 0)
    if not gaps:
        return [*feet, *lines, *heads]
    return [*lines[:first], *heads, *lines[first:last], *feet, *lines[last:]]


def _are_apart(line: Line, below: Line) -> bool:
    return not 0 < below.y - line.y < _NEXT_LINE * max(line.size, below.size)
