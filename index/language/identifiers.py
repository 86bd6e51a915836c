"""Identifiers in a text, each in one form however it is written: papers, reference numbers, dates, articles, amounts.

"Kamerstuk 21 501-32, nr. 1740", "21501-32-1740" and "21 501-32, nr. 1740" are
one paper; "2026-01-01", "1 januari 2026" and "1-1-2026" one day; "artikel 240b
Sr" and "art. 240b van het Wetboek van Strafrecht" one article. A question and
a document go through the same function, so the identifier of a question is in
a document exactly where it is the same.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from index.language.analyser import words
from index.language.dates import MONTH, read_date
from index.language.span import Span

IdentifierKind = Literal["paper", "question paper", "reference", "date", "article", "amount"]


@dataclass(frozen=True, slots=True)
class Identifier:
    """What is named, in one form (`value`), and where it stands."""

    kind: IdentifierKind
    value: str
    span: Span

    def names(self, other: "Identifier") -> bool:
        """Whether this one, of a question, names what the `other` does.

        A dossier names each of its papers, and an article without its law that
        of any law.
        """
        if self.kind != other.kind:
            return False
        wider = {"paper": f"{self.value} nr. ", "article": f"{self.value} "}.get(self.kind)
        return self.value == other.value or (wider is not None and other.value.startswith(wider))

    @property
    def words(self) -> tuple[str, ...]:
        """Words of `index.language.analyser.words` of which a text that names the same has at least one."""
        if self.kind == "date":
            year, month, day = self.value.split("-")
            joined = (
                f"{d}{sign}{m}{sign}{year}"
                for sign in "./"
                for d in {day, day.lstrip("0")}
                for m in {month, month.lstrip("0")}
            )
            return (year, *joined)
        if self.kind == "article":
            return (self.value.partition(" ")[0],)
        if self.kind == "paper":
            dossier, _, number = self.value.partition(" nr. ")
            return (number,) if number else (dossier[:5], dossier[2:5])
        return tuple(words(self.value)[-1:])


_LAWS = {
    "sr": "sr", "wetboek van strafrecht": "sr", "sv": "sv", "wetboek van strafvordering": "sv",
    "awb": "awb", "algemene wet bestuursrecht": "awb", "bw": "bw", "burgerlijk wetboek": "bw",
    "avg": "avg", "algemene verordening gegevensbescherming": "avg", "gw": "gw", "grondwet": "gw",
    "woo": "woo", "wet open overheid": "woo", "wob": "wob", "wet openbaarheid van bestuur": "wob",
    "dsa": "dsa", "evrm": "evrm", "rv": "rv", "wpg": "wpg", "ppw": "ppw", "politiewet 2012": "politiewet",
}  # fmt: skip
_LAW = "|".join(re.escape(law).replace(r"\ ", r"\s+") for law in sorted(_LAWS, key=len, reverse=True))
_DASH = "[-–‑]"
# 26 643, 21501-32, 36 410 VI, 31700-B: a dossier has five digits and may have a part.
_PART = (
    rf"(?:\s?{_DASH}\s?(?P<part>\d{{1,3}})(?!\d)|{_DASH}(?P<letters>(?-i:[A-Z]{{1,5}}))(?![a-z])"
    rf"|\s\(?(?P<chapter>(?-i:[IVXLC]{{1,6}}))\)?(?![\w.]))?"
)
_PAPER = re.compile(
    rf"(?<![\d.,€])(?P<named>\b(?:Kamerstuk(?:ken)?(?:\s+I{{1,2}})?(?:\s+\d{{4}}\s*[-–/]\s*\d{{2,4}}\s*,)?"
    rf"|dossier(?:nummer)?|wetsvoorstel|wetsontwerp|initiatiefwetsvoorstel)\s*:?\s*)?"
    rf"(?<!\d)(?P<first>\d{{2}})[\s\xa0]?(?P<second>\d{{3}})(?![\d.]){_PART}"
    rf"(?:\s*,?\s*(?:nrs?\.?|nummer)\s*(?P<number>\d{{1,4}})(?!\d)|\s?{_DASH}\s?(?P<joined>\d{{1,4}})(?![\d-]))?",
    re.IGNORECASE,
)
_QUESTION_PAPER = re.compile(r"\b(?P<value>20\d\d[ZD]\d{4,6})\b", re.IGNORECASE)
# Letters and digits, parted by strokes, dots or hyphens: "IENW/BSK-2021/32819", "2021-0000108071".
_REFERENCE = re.compile(
    r"(?<![\w/.-])(?P<value>(?!(?:19|20)\d\d[-/](?:19|20)?\d\d(?!\d))(?=[\w./-]*\d{3})"
    r"(?:[A-Z][A-Za-z]{1,9}|[a-z]?\d{4})(?:[./-][A-Za-z]{0,6}\d{2,10}|[./-][A-Z]{2,8})+)(?![\w/]|[.-]\w)"
)
_DATE = re.compile(
    rf"(?<![\d-])(?:\d{{4}}-\d{{1,2}}-\d{{1,2}}|\d{{1,2}}[-/.]\d{{1,2}}[-/.]\d{{4}}"
    rf"|\d{{1,2}}\s+(?:{MONTH}|[a-z]{{3}}\.?)\s+\d{{4}})(?![\d-])",
    re.IGNORECASE,
)
_ARTICLE_NUMBER = r"\d{1,4}(?:[.:]\d{1,3})*[a-z]{0,3}(?![\w])"
_ARTICLE = re.compile(
    rf"\b(?:(?P<word>art(?:ikel|\.)?)\s+(?P<number>{_ARTICLE_NUMBER})"
    rf"(?:[^.;:()?!]{{0,60}}?\b(?:van\s+(?:het|de)\s+)?(?P<law>{_LAW})\b)?"
    rf"|(?P<bare>{_ARTICLE_NUMBER})\s+(?P<short>Sr|Sv|Awb|BW|AVG|Gw|Woo|Wob|DSA|EVRM|Rv)\b)",
    re.IGNORECASE,
)
_SCALES = {"": 1, "duizend": 10**3, "miljoen": 10**6, "mln": 10**6, "miljard": 10**9, "mld": 10**9}
_NUMBER = r"\d{1,3}(?:[.\s\xa0]\d{3})+(?:,\d{1,2})?|\d+(?:,\d{1,3})?"
_SCALE = r"(?P<scale{0}>duizend|miljoen|mln|miljard|mld)?"
_AMOUNT = re.compile(
    rf"(?:€|\bEUR\b|\beuro\b)\s?(?P<first>{_NUMBER})(?:,-)?(?:\s+{_SCALE.format(1)}\b)?"
    rf"|(?<![\d.,])(?P<second>{_NUMBER})(?:,-)?(?:\s+{_SCALE.format(2)}\.?)?\s+(?:euro|EUR)\b",
    re.IGNORECASE,
)


def identifiers(text: str) -> tuple[Identifier, ...]:
    """The identifiers in `text`, in its order; of two that overlap the one that begins first, or is longer."""
    found = [i for kind, (pattern, read) in _KINDS.items() for i in _found(text, kind, pattern, read)]
    chosen: list[Identifier] = []
    for identifier in sorted(found, key=lambda i: (i.span.start, -i.span.end)):
        if not chosen or identifier.span.start >= chosen[-1].span.end:
            chosen.append(identifier)
    return tuple(chosen)


def _found(
    text: str, kind: IdentifierKind, pattern: re.Pattern[str], read: "Callable[[re.Match[str]], str]"
) -> Iterator[Identifier]:
    for match in pattern.finditer(text):
        if value := read(match):
            yield Identifier(kind, value, Span(*match.span()))


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


def _date(match: re.Match[str]) -> str:
    day = read_date(match[0])
    return day.isoformat() if day else ""


def _article(match: re.Match[str]) -> str:
    law = match["law"] or match["short"]
    name = _LAWS[" ".join(law.lower().split())] if law else ""
    return f"{(match['number'] or match['bare']).lower()} {name}".strip()


def _amount(match: re.Match[str]) -> str:
    """The amount in cents."""
    written = match["first"] or match["second"]
    whole, _, decimals = re.sub(r"[.\s\xa0]", "", written).partition(",")
    scale = _SCALES[(match["scale1"] or match["scale2"] or "").lower()]
    return str(int(whole) * scale * 100 + int(decimals.ljust(3, "0") or 0) * scale // 10)


_KINDS: dict[IdentifierKind, tuple[re.Pattern[str], Callable[[re.Match[str]], str]]] = {
    "paper": (_PAPER, _paper),
    "question paper": (_QUESTION_PAPER, lambda match: match["value"].upper()),
    "date": (_DATE, _date),
    "article": (_ARTICLE, _article),
    "amount": (_AMOUNT, _amount),
    "reference": (_REFERENCE, lambda match: match["value"].upper()),
}
