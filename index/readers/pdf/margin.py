"""Tell what stands in the margin: the colophon of a letterhead, or labels and notes that belong to the text.

Both are small type beside the running text. A colophon says who writes, where
he can be found and under which number, or returns on other pages; a label
stands level with a line of the text, and is text.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.language.regex import regex
from index.readers.pdf.line import Line

# What a letterhead prints in its margin, its head or its foot.
LETTERHEAD = regex(
    r"\b(?:ons|uw|onze|kenmerk|referentie|contactpersoon|behandeld door|inlichtingen|bezoekadres|postadres|retouradres|"
    r"postbus|telefoon|fax|e-?mail|bijlagen?(?:\(n\))?$|datum\b|directie|directoraat|ministerie|bestuurskern|afdeling|"
    r"dossier(?:nummer)?:?|zaaknummer|versie|issn|kvk|handelsregister|iban|pagina|blad|www\.|[tf] ?\+?\d{2,3}[ -])"
    r"|\b\d{4} ?[A-Z]{2}\b|@|\.nl\b|^[A-Z]{2,4}(?:-[A-Z]+)?[-/ ]+\d{4}",
    re.IGNORECASE,
)
_SMALL = 0.93
# Lines of running text on a page that show between which edges it stands.
_ENOUGH = 8
# Of the lines in a margin, the share that stands level with the text where they are labels.
_LEVEL = 0.6
_LISTED = 0.7

Edges = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Margin:
    """The edges of the running text: of each format of page, for a page that does not show its own."""

    size: float
    formats: dict[tuple[int, int], Edges]

    @classmethod
    def of(cls, pages: Sequence[tuple[tuple[int, int], Sequence[Line]]], size: float) -> "Margin":
        """Of pages as their measures and lines; `size` is that of the running text."""
        found: dict[tuple[int, int], list[Line]] = {}
        for form, parts in pages:
            found.setdefault(form, []).extend(part for part in parts if _is_running(part, size))
        return cls(size, {form: _edges(lines) for form, lines in found.items()})

    def beside(self, form: tuple[int, int], parts: Sequence[Line], framed: frozenset[int]) -> Iterator[list[Line]]:
        """The small type left and right of the text of a page, in no ruled table."""
        running = [part for part in parts if _is_running(part, self.size)]
        left, right = _edges(running) if len(running) >= _ENOUGH else self.formats[form]
        small = [part for part in parts if part.size < _SMALL * self.size and id(part) not in framed]
        if left < right:
            yield [part for part in small if part.x1 < left - 2]
            yield [part for part in small if part.x0 > right + 2]


def _is_running(part: Line, size: float) -> bool:
    return abs(part.size - size) < 0.1 * size


def _edges(lines: Sequence[Line]) -> Edges:
    """The outermost edges that at least one letter in thirty stands behind."""
    few = sum(line.letters for line in lines) / 30
    left = _outermost(sorted((line.x0, line.letters) for line in lines), few)
    right = _outermost(sorted(((line.x1, line.letters) for line in lines), reverse=True), few)
    return left, right


def _outermost(edges: list[tuple[float, int]], few: float) -> float:
    passed = 0
    for edge, letters in edges:
        passed += letters
        if passed > few:
            return edge
    return edges[-1][0] if edges else 0.0


def colophon(side: Sequence[Line], parts: Sequence[Line], returns: frozenset[str]) -> list[Line]:
    """The lines in one margin of a page that are no text; `returns` are those that stand there on other pages too."""
    found: list[Line] = []
    for group in _groups(side):
        level = sum(_is_level(line, side, parts) for line in group) / len(group)
        says = sum(bool(LETTERHEAD.search(line.text)) for line in group)
        again = sum(place_and_text(line) in returns for line in group)
        # The labels of a list return below each other.
        listed = len({line.text for line in group}) < _LISTED * len(group)
        if level < _LEVEL:
            furniture = bool(says or again) and not (listed and level)
        else:
            furniture = not listed and says > len(group) / 3 and (again == len(group) or level < 1)
        if furniture:
            found += group
    return found


def place_and_text(line: Line) -> str:
    """What a line is known by on another page."""
    return f"{round(line.y / 4)} {round(line.x0 / 4)} {re.sub(r'[0-9]+', '#', line.text)}"


def _is_level(line: Line, side: Sequence[Line], parts: Sequence[Line]) -> bool:
    """Whether it stands on the baseline of a line of the text."""
    beside = {id(part) for part in side}
    return any(abs(part.y - line.y) < 0.12 * part.size for part in parts if id(part) not in beside)


def _groups(parts: Sequence[Line]) -> list[list[Line]]:
    """Lines that stand in one column, however far below each other."""
    found: list[list[Line]] = []
    for part in sorted(parts, key=lambda part: part.y):
        group = next((g for g in found if part.x0 < max(p.x1 for p in g) and min(p.x0 for p in g) < part.x1), None)
        if group is None:
            found.append([part])
        else:
            group.append(part)
    return found
