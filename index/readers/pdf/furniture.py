"""Tell the furniture of a page from its text: running heads and feet, page numbers, the colophon in the margin.

What returns in the same place on many pages is furniture, and so is a number
that counts the pages; a question's number never does. On a page of its own a
foot is known by its words. The colophon is small type beside the text (`margin`).
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.language.regex import regex
from index.model.doubts import LeftOut
from index.model.types import Excerpt
from index.readers.pdf.line import Line, rows
from index.readers.pdf.margin import Margin, colophon, place_and_text

_DIGITS = regex(r"\d+")
_HEADING = regex(r"\s*(?:vra(?:ag|gen)|antwoord(?:en)?|toelichting|bijlage)\b", re.IGNORECASE)
_PAGE_NUMBER = regex(
    r"(?:(?:pagina|pag\.|blad|bladzijde|page)\s*)?[-–—]?\s*(?P<page>\d{1,4})\s*[-–—]?(?:\s*(?:van|of|/)\s*\d{1,4})?",
    re.IGNORECASE,
)
_FOOT = regex(
    r"(?:(?:pagina|blad|page)\s*\d+(?:\s*(?:van|of|/)\s*\d+)?|(?:tweede|eerste) kamer, vergaderjaar \d{4}.*|(?:ah|kst"
    r"|blg|h|ek|nds|stcrt|stb|trb)(?:-(?:tk|ek))?-[\d-]+\S*|\S*ISSN \d{4} ?- ?\d{4}|[’']s-Gravenhage \d{4})(?:\s+\d+)?",
    re.IGNORECASE,
)
# The share of the height, above and below, in which a foot is known by its words.
_EDGE = 0.12
_NEXT_LINE = 2.2


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as lines: its number and measures, the segments of its text, and its furniture by kind."""

    number: int
    width: float
    height: float
    parts: tuple[Line, ...]
    furniture: tuple[tuple[LeftOut, Line], ...] = ()

    def without(self, furniture: Sequence[Line], kind: LeftOut) -> "Sheet":
        """The same page with more of its segments known as furniture."""
        gone = {id(part) for part in furniture}
        left = tuple(part for part in self.parts if id(part) not in gone)
        return replace(self, parts=left, furniture=(*self.furniture, *((kind, part) for part in furniture)))

    @property
    def left_out(self) -> Iterator[Excerpt]:
        """What its furniture says, of each kind."""
        for kind, part in self.furniture:
            yield Excerpt(part.text.strip(), self.number, kind)


def without_furniture(sheets: Sequence[Sheet], size: float, framed: Sequence[frozenset[int]]) -> list[Sheet]:
    """The pages of one document without their furniture.

    `size` is that of the running text; `framed` holds, for each page, the
    `id` of the segments that stand in a ruled table: they are text.
    """
    return _without_running_lines(_without_colophon(sheets, size, framed), framed)


def furniture(sheets: Sequence[Sheet]) -> list[str]:
    """What the furniture of the first pages says, each text once."""
    return list(dict.fromkeys(excerpt.text for sheet in sheets[:3] for excerpt in sheet.left_out))


def _without_colophon(sheets: Sequence[Sheet], size: float, framed: Sequence[frozenset[int]]) -> list[Sheet]:
    """The pages without what a letterhead prints in their margins."""
    forms = [(round(sheet.width), round(sheet.height)) for sheet in sheets]
    margin = Margin.of([(form, sheet.parts) for form, sheet in zip(forms, sheets, strict=True)], size)
    sides = [
        list(margin.beside(form, sheet.parts, inside))
        for form, sheet, inside in zip(forms, sheets, framed, strict=True)
    ]
    counts = Counter(place_and_text(line) for page in sides for side in page for line in side)
    often = frozenset(text for text, count in counts.items() if count > max(1, 0.4 * len(sheets)))
    return [
        sheet.without([line for side in page for line in colophon(side, sheet.parts, often)], "margin")
        for sheet, page in zip(sheets, sides, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Row:
    """All that stands on one baseline; `place` is its distance from the edge of the page, in steps of 3 points."""

    parts: tuple[Line, ...]
    text: str
    place: int
    at_edge: bool


def _without_running_lines(sheets: Sequence[Sheet], framed: Sequence[frozenset[int]]) -> list[Sheet]:
    result = list(sheets)
    for from_top in (True, False):
        columns = [list(_rows(sheet, from_top, inside)) for sheet, inside in zip(result, framed, strict=True)]
        counts = Counter(
            key
            for sheet, column in zip(result, columns, strict=True)
            for row in column[:8]
            for key in _keys(row, sheet.number)
        )
        result = [
            sheet.without(
                [part for row in _peeled(column, sheet, counts, len(sheets)) for part in row.parts],
                "running head" if from_top else "running foot",
            )
            for sheet, column in zip(result, columns, strict=True)
        ]
    return result


def _rows(sheet: Sheet, from_top: bool, framed: frozenset[int]) -> Iterator[_Row]:
    """The rows of a page from one of its edges inward, up to the first ruled table."""
    found = rows(sheet.parts)
    for row in found if from_top else reversed(found):
        if any(id(part) in framed for part in row):
            return
        distance = row[0].y if from_top else sheet.height - row[0].y
        text = " ".join(part.text.strip() for part in row)
        yield _Row(tuple(row), text, round(distance / 3), distance < _EDGE * sheet.height)


def _keys(row: _Row, page: int) -> Iterator[tuple[str, int]]:
    """What returns on other pages if this row is furniture: its text, figures apart, or how its number counts."""
    number = _PAGE_NUMBER.fullmatch(row.text)
    if number:
        text = f"page {int(number['page']) - page}"
    elif _HEADING.match(row.text) or not any(map(str.isalpha, row.text)):
        return
    else:
        text = _DIGITS.sub("#", row.text)
    yield from ((text, place) for place in (row.place - 1, row.place, row.place + 1))


def _peeled(column: Sequence[_Row], sheet: Sheet, counts: Counter[tuple[str, int]], pages: int) -> Iterator[_Row]:
    """The rows from the edge inward that are furniture; the first one that is not ends them."""
    enough = 2 if pages <= 8 else max(3, pages // 8)
    for row, inward in zip(column[:8], [*column[1:9], None], strict=False):
        times = max((counts[key] for key in _keys(row, sheet.number)), default=0)
        # A sentence may stand at the same place on two pages by chance.
        often = times >= (max(3, pages / 2 + 1) if row.text.endswith((".", "?", "!")) else enough)
        returns = often and (row.at_edge or pages > 4) and not (inward and _is_one_sentence(row, inward))
        if not (_is_foot(row, sheet, pages) or returns):
            return
        yield row


def _is_one_sentence(one: _Row, other: _Row) -> bool:
    """Whether two rows stand close together and the lower goes on with the sentence of the upper."""
    upper, lower = sorted((one, other), key=lambda row: row.parts[0].y)
    above, below = upper.parts[-1], lower.parts[0]
    near = below.y - above.y < _NEXT_LINE * max(above.size, below.size) and abs(above.size - below.size) < 0.5
    return near and lower.text[:1].islower() and not upper.text.endswith((".", "?", "!", ":"))


def _is_foot(row: _Row, sheet: Sheet, pages: int) -> bool:
    """Whether its words alone make it a foot; a bare number is one only on a page that has no other beside it."""
    if not row.at_edge:
        return False
    number = _PAGE_NUMBER.fullmatch(row.text)
    if number and int(number["page"]) == sheet.number:
        return not row.text.isdigit() or (pages == 1 and row.parts[0].y > sheet.height / 2)
    return bool(_FOOT.fullmatch(row.text))
