"""Identifiers in a text, each in one form however it is written: papers, reference numbers, dates, articles, amounts.

"Kamerstuk 21 501-32, nr. 1740", "21501-32-1740" and "21 501-32, nr. 1740" are
one paper; "2026-01-01", "1 januari 2026" and "1-1-2026" one day; "artikel 240b
Sr" and "art. 240b van het Wetboek van Strafrecht" one article. A question and
a document go through the same function, so the identifier of a question is in
a document exactly where it is the same.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

from index.language.regex import regex
from index.language.span import Span
from index.language.values.articles import articles, numbers_in
from index.language.values.dates import days_and_periods
from index.language.values.quantities import QuantityKind, quantities

IdentifierKind = Literal[
    "paper", "question paper", "publication", "reference", "act", "case", "article", "date", QuantityKind
]
QUANTITIES: frozenset[IdentifierKind] = frozenset(get_args(QuantityKind))


@dataclass(frozen=True, slots=True)
class Identifier:
    """What is named, in one form (`value`), and where it stands."""

    kind: IdentifierKind
    value: str
    span: Span

    @property
    def term(self) -> str:
        """What it is indexed and looked up by; no word of a text is one, since a term has a space."""
        return f"{self.kind} {self.value}"

    @property
    def terms(self) -> tuple[str, ...]:
        """All terms by which a question may name it: its own, and those of what it is part of.

        A paper belongs to its dossier, a paragraph to its article, an article
        of some law is one of that number, a day is in its month and comes every
        year, and an amount is a number too.
        """
        return (self.term, *(f"{kind} {value}" for kind, value in self._wider()))

    def _wider(self) -> Iterator[tuple[str, str]]:
        if self.kind == "paper":
            dossier, _, number = self.value.partition(" nr. ")
            yield from ((self.kind, dossier), (self.kind, dossier.partition("-")[0]))
            if number:
                yield self.kind, f"{dossier.partition('-')[0]} nr. {number}"
        elif self.kind == "date" and len(self.value) == len("2025-05-12"):
            yield from ((self.kind, self.value[:7]), (self.kind, self.value[5:]))
        elif self.kind == "article":
            numbers, _, rest = self.value.partition(" ")
            law, _, paragraph = rest.partition("lid ")
            for number in (numbers, *numbers_in(numbers)):
                yield from ((self.kind, f"{number} {law}".strip()), (self.kind, number))
                if paragraph:
                    yield self.kind, f"{number} lid {paragraph}"
        elif self.kind == "amount":
            yield "number", self.value


_DASHES = dict.fromkeys(map(ord, "‐‑‒–—−"), "-")
_DASH = r" ?- ?"
# 26 643, 21501-32, 36 410 VI, 31700-B: a dossier has five digits and may have a part.
_PART = (
    rf"(?:(?:{_DASH}(?P<part>\d{{1,3}})(?!\d)|-(?P<letters>(?-i:[A-Z]{{1,5}}))(?![a-z])"
    rf"|[ ]\(?(?P<chapter>(?-i:[IVXLC]{{1,6}}))\)?(?![\w.])))?"
)
_NAMED_NUMBER = r"(?:nrs?|no|nummers?)\.? ?:? ?"
_PAPER = regex(
    rf"(?<![\d.,€])(?P<named>\b(?:Kamerstuk(?:ken)?(?:\s+I{{1,2}})?,?(?:\s+\d{{4}}\s*[-/]\s*\d{{2,4}}\s*,)?"
    rf"|dossier(?:nummer)?|wetsvoorstel|wetsontwerp|initiatiefwetsvoorstel|kst[-. ])\s*(?:{_NAMED_NUMBER})?:?\s*)?"
    rf"(?<!\d)(?P<first>[1-9]\d) ?(?P<second>\d{{3}})(?!\d|\.\d){_PART}"
    rf"(?:\s*,?\s*{_NAMED_NUMBER}(?P<number>\d{{1,4}})(?!\d)|{_DASH}(?P<joined>\d{{1,4}})(?![\d-]))?",
    re.IGNORECASE,
)
# "34 843 en 31 015, nr. 125": of two dossiers, and "nrs. 12 en 13": two of one.
_DOSSIER_BEFORE = regex(r"(?<![\d.,])([1-9]\d) ?(\d{3})(?:\s*,)?\s+(?:en|,)?\s*$")
_NUMBER_BEHIND = regex(r"\s*(?:,|en|and|t/m)\s*(\d{1,4})(?![\w.,]*\d)")
_QUESTION_PAPER = regex(r"\b(?P<value>20\d\d[ZD]\d{4,6})\b", re.IGNORECASE)
_PUBLICATION = regex(
    r"(?<![\w-])(?P<value>(?:ah|h|kv|nds|ag|blg|stb|stcrt|trb)-(?:(?:tk|ek|vv)-)?\d[\d-]*(?:-\w+)*)", re.IGNORECASE
)
# Letters and digits, parted by strokes, dots or hyphens: "IENW/BSK-2021/32819", "2021-0000108071"; or named as one.
# A telephone number ("0900-8844") is none.
_REFERENCE = regex(
    r"(?<![\w/.-])(?:(?P<value>(?!(?:19|20)\d\d[-/](?:19|20)?\d\d(?!\d))(?!0\d{1,3}-\d+(?!\w))(?=[\w./-]*\d{3})"
    r"(?:[A-Z][A-Za-z]{1,9}|[a-z]?\d{4})(?:[./-][A-Za-z]{0,6}\d{2,10}|[./-][A-Z]{2,8})+"
    r"|[A-Za-z]{2,10}(?:[./-][A-Za-z]{2,8})*(?:[./-]\d{4}/\d{1,10}| ?/ ?\d{5,10}))(?![\w/]|[.-]\w)"
    r"|(?i:kenmerk|referentie|zaaknummer|zaaknr|nr|nummer)\.? ?:? ?(?P<plain>\d{5,10})(?![\w.,/-]*\d))",
)
_ACT = regex(
    r"\b(?P<word>(?:richtlijn|verordening|(?:kader)?besluit|directive|regulation)(?:en)?,?\s+)?"
    r"(?P<union>\((?:EU|EG|EEG|JBZ|GBVB)(?:, Euratom)?\)\s*)?(?P<nr>(?:nr|no)\.?\s*)?"
    r"(?<![\d/])(?P<first>\d{2,4})/(?P<second>\d{1,4})(?P<suffix>/(?:EU|EG|EEG|JBZ|EC|EEC|GBVB))?(?![\w/])",
    re.IGNORECASE,
)
_CASE = regex(
    r"\b(?P<value>ECLI:[A-Z]{2}:[A-Z0-9]{1,7}:\d{4}:[A-Z0-9.]*[A-Z0-9]|[CTF]-\d{1,4}/\d{2}(?: P)?)(?!\w)", re.IGNORECASE
)


def identifiers(text: str) -> tuple[Identifier, ...]:
    """The identifiers in `text`, in its order; of two that overlap the one that begins first, or is longer."""
    level = _level(text)
    found = [identifier for read in _READERS for identifier in read(level)]
    chosen: list[Identifier] = []
    for identifier in sorted(found, key=lambda i: (i.span.start, -i.span.end)):
        if not chosen or identifier.span.start >= chosen[-1].span.end:
            chosen.append(identifier)
    return tuple(chosen)


def _level(text: str) -> str:
    """`text` with one kind of digit, space and hyphen, each in its place."""
    if text.isascii():
        return text.replace("\t", "\n")
    return "".join(map(_plain, text)).replace("\t", "\n")


@cache
def _plain(character: str) -> str:
    if ord(character) in _DASHES:
        return "-"
    if unicodedata.category(character) == "Zs":
        return " "
    # Fullwidth digits and signs, never a raised or lowered figure.
    wide = unicodedata.decomposition(character).startswith("<wide>")
    return unicodedata.normalize("NFKC", character) if wide else character


def _matched(
    kind: IdentifierKind, pattern: re.Pattern[str], value: Callable[[re.Match[str]], str]
) -> Callable[[str], Iterator[Identifier]]:
    """What finds the identifiers of one pattern; a value of "" is none."""

    def read(text: str) -> Iterator[Identifier]:
        for match in pattern.finditer(text):
            if found := value(match):
                yield Identifier(kind, found, Span(*match.span()))

    return read


def _papers(text: str) -> Iterator[Identifier]:
    """The papers, those included that share a number with another dossier or a dossier with another number."""
    for match in _PAPER.finditer(text):
        if not (value := _paper(match)):
            continue
        yield Identifier("paper", value, Span(*match.span()))
        dossier, _, number = value.partition(" nr. ")
        if number and (before := _DOSSIER_BEFORE.search(text, max(0, match.start() - 15), match.start())):
            yield Identifier("paper", f"{before[1]}{before[2]} nr. {number}", Span(*before.span()))
        place = match.end() if re.search(r"\bnrs\b", match[0], re.IGNORECASE) else len(text)
        while behind := _NUMBER_BEHIND.match(text, place):
            yield Identifier("paper", f"{dossier} nr. {int(behind[1])}", Span(behind.start(1), behind.end(1)))
            place = behind.end()


def _paper(match: re.Match[str]) -> str:
    """ "21501-32 nr. 1740"; "" for five digits that nothing says are a dossier."""
    dossier = match["first"] + match["second"]
    part, number = match["part"] or match["letters"] or match["chapter"], match["number"] or match["joined"]
    if part and part.isdigit() and number is None and dossier not in _DIVIDED:
        # "31701-12" is a paper; "21501-32" is a dossier and its part.
        part, number = None, part
    if not (match["named"] or number or part):
        return ""
    return f"{dossier}{f'-{part.upper()}' if part else ''}{f' nr. {int(number)}' if number else ''}"


# Dossiers that have been divided for so long that their number says nothing without its part.
_DIVIDED = frozenset({"21501", "22112"})


def _act(match: re.Match[str]) -> str:
    """An act of the Union as year and number; "" for two numbers that nothing says are one."""
    if not (match["word"] or match["union"] or match["suffix"]):
        return ""
    first, second = match["first"], match["second"]
    if match["nr"] and len(second) == 4 and not match["suffix"]:
        first, second = second, first
    year = first if len(first) == 4 else f"19{first}"
    return f"{year}/{int(second)}" if len(first) != 3 else ""


def _reference(match: re.Match[str]) -> str:
    return str(match["value"] or match["plain"]).upper().replace(" ", "")


def _upper(match: re.Match[str]) -> str:
    return str(match["value"]).upper()


def _days(text: str) -> Iterator[Identifier]:
    return (Identifier("date", value, span) for value, span in days_and_periods(text))


def _articles(text: str) -> Iterator[Identifier]:
    return (Identifier("article", value, span) for value, span in articles(text))


def _quantities(text: str) -> Iterator[Identifier]:
    for quantity in quantities(text):
        plain = format(quantity.value.normalize(), "f")
        yield Identifier(quantity.kind, plain, quantity.span)


_READERS: tuple[Callable[[str], Iterator[Identifier]], ...] = (
    _papers,
    _matched("question paper", _QUESTION_PAPER, _upper),
    _matched("publication", _PUBLICATION, _upper),
    _matched("act", _ACT, _act),
    _matched("case", _CASE, _upper),
    _matched("reference", _REFERENCE, _reference),
    _days,
    _articles,
    _quantities,
)
