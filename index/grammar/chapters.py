"""Find the units of a document in which nobody asks: a letter, a decision, a list of decisions, an opinion, a report.

Headings part it into sections, and each section is one unit of running text.
What stands before the first heading is a section without one. A heading is
set in bold, or numbered as chapters are, or, where a text has neither, a short
line between blank lines.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from index.grammar.lines import Line
from index.grammar.outline import TITLE, Outline, has_leaders
from index.grammar.prose import section_label, whole
from index.grammar.units import annex_unit, chapter_unit, with_unlike_ids
from index.language.parliament.signatory import is_signatory
from index.language.regex import regex
from index.language.span import Span
from index.language.values.references import annex_place
from index.model.types import Document, Parsed, Speaker, Unit

WITHOUT_HEADING = "Zonder kop"

_LONGEST_HEADING = 160
# A line between blank lines is a heading up to so many characters and words, where nothing is bold or numbered.
_LONGEST_PLAIN = 80
_MOST_WORDS = 12
_MOST_WORDS_BEFORE_COLON = 5
_NO_HEADING = regex(r"\d+[.°)]|(?:Datum|Den\s+Haag|[’']s-Gravenhage|Pagina|Aan|T\.a\.v\.|Betreft|Onderwerp)\b")
# What a text goes on with, when a line break or something made illegible cut its line short.
_GOES_ON = regex(r"[a-zà-þ.,;:)]")
_CUT_SHORT = regex(r"[.,;:)]")
_CONTENTS = regex(r"(?:Inhoud|Inhoudsopgave|Inhoudstafel)\W*", re.IGNORECASE)
_PAGE_AT_END = regex(r"(?:^|\s)\d{1,3}$")
_SALUTATION = regex(r"(?:Zeer\s+)?(?:Geachte|Beste|Excellentie|Hooggeachte)\b.{0,80}?(?<![.?!])", re.IGNORECASE)
# The letterhead before the salutation takes no more lines than this.
_LETTERHEAD = 60
_CLOSING = regex(r"(?:Hoogachtend|Met\s+vriendelijke\s+groet(?:en)?|Met\s+de\s+meeste\s+hoogachting)\W*", re.I)
_ITEM = regex(r"(?:[•*◦▪■–—-]|\(?[a-z]{1,3}[.)]|\(?\d{1,3}\))\s")
_LEVEL = regex(r"§?\s?(\d{1,2}(?:\.\d{1,2}){0,3}|[IVX]{1,5}|[A-H])\.?\s")
_ANNEX = regex(r"Bijlagen?(?:\s+(?P<name>[IVX]+|\d{1,2}|[A-H]))?(?=\s*[.:–—-]|\s|$)", re.IGNORECASE)
_LARGEST_ANNEX = 10


@dataclass(frozen=True, slots=True)
class _Section:
    """Headings that follow one another with nothing between, and the lines under the last of them."""

    headings: tuple[Line, ...]
    lines: tuple[Line, ...]


def parse_chapters(document: Document, outline: Outline, speaker: Speaker) -> Parsed:
    """The sections of a document that `speaker` wrote, in its order; none where it holds no words."""
    units: list[Unit] = []
    annexes: set[str] = set()
    for place, section in enumerate(_sections(document, outline), start=1):
        name = _annex_name(section, annexes)
        headings = tuple(line.span for line in section.headings)
        if name is None:
            label = section_label(section.headings[-1].text) if section.headings else WITHOUT_HEADING
            author: Speaker = "third party" if annexes else speaker
            units.append(chapter_unit(document, place, label, headings, whole(section.lines), author))
        else:
            annexes.add(name)
            heading = Span(headings[0].start, headings[-1].end)
            units.append(annex_unit(document, heading, name, whole(section.lines)))
    return Parsed(document, with_unlike_ids(units))


def _annex_name(section: _Section, taken: set[str]) -> str | None:
    """How the annex is called that the section is ("" without a name), None for any other section."""
    match = next((found for line in section.headings if (found := _ANNEX.match(line.text))), None)
    if match is None or (match["name"] or "") in taken or (not match["name"] and taken):
        return None
    name = (match["name"] or "").upper()
    return name if not name or 1 <= annex_place(name) <= _LARGEST_ANNEX else None


def _sections(document: Document, outline: Outline) -> Iterator[_Section]:
    """The document from top to bottom; a list of contents is left out, since it only names the rest."""
    lines = [line for line in outline.lines if not has_leaders(line.text)]
    headings = _Headings(document, lines).places
    above: list[Line] = []
    under: list[Line] = []
    for place, line in enumerate(lines):
        if place not in headings:
            under.append(line)
        elif under:
            if not _is_contents(above, under):
                yield _Section(tuple(above), tuple(under))
            above, under = [line], []
        else:
            above.append(line)
    if under:
        yield _Section(tuple(above), tuple(under))
    elif above:
        # With nothing under them they head nothing.
        yield _Section((), tuple(above))


def _is_contents(above: Sequence[Line], under: Sequence[Line]) -> bool:
    """Whether lines are a list of contents: their heading says so, and most end with a page."""
    pages = sum(bool(_PAGE_AT_END.search(line.text)) for line in under)
    return bool(above) and bool(_CONTENTS.fullmatch(above[-1].text)) and pages * 2 > len(under)


class _Headings:
    """Tells which lines of one document are headings."""

    def __init__(self, document: Document, lines: Sequence[Line]) -> None:
        self._document = document
        self._lines = lines
        self._tables = [table.span for table in document.tables]

    @cached_property
    def places(self) -> set[int]:
        """The places of the lines that are headings."""
        body = [place for place in self._body() if self._may_be(place)]
        found = {place for place in body if self._is_bold(place) or self._is_numbered(place)}
        return found or {place for place in body if self._stands_alone(place)}

    def _body(self) -> Iterator[int]:
        """The places between the salutation and the closing of a letter, and those from an annex on."""
        salutations = [place for place in range(min(_LETTERHEAD, len(self._lines))) if self._is_salutation(place)]
        closed = False
        for place in range(salutations[0] + 1 if salutations else 0, len(self._lines)):
            text = self._lines[place].text
            if _ANNEX.match(text) and len(text) <= _LONGEST_PLAIN:
                closed = False
            elif salutations and (_CLOSING.fullmatch(text) or is_signatory(text)):
                closed = True
            if not closed:
                yield place

    def _is_salutation(self, place: int) -> bool:
        return bool(_SALUTATION.fullmatch(self._lines[place].text))

    def _may_be(self, place: int) -> bool:
        line = self._lines[place]
        if len(line.text) > _LONGEST_HEADING or not any(map(str.isalpha, line.text)) or _ITEM.match(line.text):
            return False
        if line.text.endswith(":") and len(line.text.split()) > _MOST_WORDS_BEFORE_COLON:
            return False
        return not any(table.start <= line.span.start < table.end for table in self._tables)

    def _is_bold(self, place: int) -> bool:
        line = self._lines[place]
        return line.bold and line.text[-1] not in ".;," and not self._goes_on(place, _CUT_SHORT)

    def _is_numbered(self, place: int) -> bool:
        """Whether a line is numbered as a chapter is; lines numbered one after the other are a list."""
        return self._level(place) > 0 and self._level(place) not in (self._level(place - 1), self._level(place + 1))

    def _level(self, place: int) -> int:
        """How deep a numbered title lies; 0 for any other line."""
        text = self._lines[place].text if 0 <= place < len(self._lines) else ""
        match = _LEVEL.match(text) if TITLE.fullmatch(text) else None
        return match[1].count(".") + 1 if match else 1 if TITLE.fullmatch(text) else 0

    def _stands_alone(self, place: int) -> bool:
        """Whether a short line without a full stop has a blank line on either side, and text under it."""
        line = self._lines[place]
        if len(line.text) > _LONGEST_PLAIN or len(line.text.split()) > _MOST_WORDS or _NO_HEADING.match(line.text):
            return False
        if not line.text[0].isupper() or line.text[-1] in ".;,?!" or self._goes_on(place, _GOES_ON):
            return False
        before = self._lines[place - 1].span.end if place else None
        after = self._lines[place + 1].span.start if place + 1 < len(self._lines) else None
        blank = [self._is_blank(before, line.span.start), self._is_blank(line.span.end, after)]
        return all(blank) and after is not None

    def _goes_on(self, place: int, pattern: re.Pattern[str]) -> bool:
        return place + 1 < len(self._lines) and bool(pattern.match(self._lines[place + 1].text))

    def _is_blank(self, start: int | None, end: int | None) -> bool:
        return start is None or end is None or self._document.text.count("\n", start, end) > 1
