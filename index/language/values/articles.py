"""Articles of law in a text: "240b Sr", "artikel 8, tweede lid, van de AVG", "artikelen 245 tot en met 250 Sr".

An article is its number, its law where one is named, and its paragraph:
"8 avg lid 2". A law is called by its usual abbreviation, else by its name.
"""

import re
from collections.abc import Iterator

from index.language.regex import regex
from index.language.span import Span

_LAWS = {
    "sr": "sr", "wetboek van strafrecht": "sr", "sv": "sv", "wetboek van strafvordering": "sv",
    "awb": "awb", "algemene wet bestuursrecht": "awb", "bw": "bw", "burgerlijk wetboek": "bw",
    "avg": "avg", "gdpr": "avg", "algemene verordening gegevensbescherming": "avg", "gw": "gw", "grondwet": "gw",
    "woo": "woo", "wet open overheid": "woo", "wob": "wob", "wet openbaarheid van bestuur": "wob",
    "dsa": "dsa", "digitaledienstenverordening": "dsa", "digital services act": "dsa", "ppw": "ppw",
    "paspoortwet": "ppw", "evrm": "evrm", "rv": "rv", "wpg": "wpg", "wet politiegegevens": "wpg", "wed": "wed",
    "wet op de economische delicten": "wed", "vweu": "vweu", "bbz": "bbz", "politiewet 2012": "politiewet",
}  # fmt: skip
_LAW = (
    "|".join(re.escape(law).replace(r"\ ", r"\s+") for law in sorted(_LAWS, key=len, reverse=True))
    # Any other law is called by its one word: Meststoffenwet, Bouwbesluit, Dublinverordening.
    + r"|[a-z]{3,30}(?:wet|besluit|verordening|regeling|wetboek|verdrag)(?![a-z])"
)
_NUMBER = r"\d{1,4}(?:[.:]\d{1,3})*[a-z]{0,4}(?![\w%]|[.,:]\d)"
_JOIN = r"(?:\s*,\s*(?:en\s+)?|\s+(?:en|of|and|tot\s+en\s+met|t/m|tot|jo\.?)\s+|\s*-\s*)"
_ORDINALS = "eerste tweede derde vierde vijfde zesde zevende achtste negende tiende".split()
_PARAGRAPH = rf"(?:(?P<ordinal>{'|'.join(_ORDINALS)}|\d{{1,2}}e)\s+lid|lid\s+(?P<lid>\d{{1,2}}))\b"
_ARTICLES = regex(
    rf"\b(?:artikel(?:en)?|artt?\.?|articles?)\s*(?P<list>{_NUMBER}(?:{_JOIN}{_NUMBER})*)"
    rf"(?P<between>(?:(?!\bart(?:ikel|\.))[^.;()?!\n]|\.(?=\w)){{0,60}}?)(?:(?<=\s)(?P<law>{_LAW})\b)",
    re.IGNORECASE,
)
_WITHOUT_LAW = regex(
    rf"\b(?:artikel(?:en)?|artt?\.?|articles?)\s*(?P<list>{_NUMBER}(?:{_JOIN}{_NUMBER})*)"
    rf"(?P<between>,?\s*{_PARAGRAPH})?",
    re.IGNORECASE,
)
_BARE = regex(
    rf"(?<![\w.,:/-])(?P<list>{_NUMBER})(?P<between>,?\s+{_PARAGRAPH},?(?:\s+van\s+de)?)?\s+"
    r"(?P<law>(?-i:Sr|Sv|Awb|BW|AVG|Gw|Woo|Wob|DSA|EVRM|Rv|Ppw|Wpg|WED)|sr|sv|awb|avg|woo|wob)(?!\w)",
    re.IGNORECASE,
)
_IN_BETWEEN = regex(_PARAGRAPH, re.IGNORECASE)
_WIDEST = 30
_ITEM = regex(rf"(?P<range>tot\s+en\s+met|t/m|tot|-)?\s*(?P<number>{_NUMBER})", re.IGNORECASE)


def numbers_in(number: str) -> tuple[str, ...]:
    """The numbers of a range of articles ("245-250"), of a long one its two ends; else the number itself."""
    first, _, last = number.partition("-")
    if not last or not 0 < int(last) - int(first) <= _WIDEST:
        return (first, last) if last else (number,)
    return tuple(str(one) for one in range(int(first), int(last) + 1))


def articles(text: str) -> Iterator[tuple[str, Span]]:
    """The articles that `text` names, each with where it is named; of a list each; a range is one ("245-250")."""
    for pattern in (_ARTICLES, _WITHOUT_LAW, _BARE):
        for match in pattern.finditer(text):
            yield from _of_match(match)


def _of_match(match: re.Match[str]) -> Iterator[tuple[str, Span]]:
    law = match.groupdict().get("law") or ""
    law = " ".join(law.lower().split())
    paragraph = _paragraph(match["between"] or "")
    listed = list(_listed(match))
    for place, (number, start, end) in enumerate(listed):
        last = place == len(listed) - 1
        value = f"{number} {_LAWS.get(law, law)}".strip() + (f" lid {paragraph}" if last and paragraph else "")
        yield value, Span(match.start() if place == 0 else start, match.end() if last else end)


def _listed(match: re.Match[str]) -> Iterator[tuple[str, int, int]]:
    """The numbers of a list, in its order, each with where it stands; a range is one ("245-250")."""
    found: list[tuple[str, int, int]] = []
    for item in _ITEM.finditer(match.string, match.start("list"), match.end("list")):
        number = item["number"].lower()
        if item["range"] and found and found[-1][0].isdigit() and number.isdigit():
            first, start, _ = found.pop()
            found.append((f"{first}-{number}", start, item.end()))
        else:
            found.append((number, item.start("number"), item.end("number")))
    yield from found


def _paragraph(text: str) -> str:
    match = _IN_BETWEEN.search(text)
    if match is None:
        return ""
    if match["lid"]:
        return match["lid"]
    ordinal = match["ordinal"].lower()
    return str(_ORDINALS.index(ordinal) + 1) if ordinal in _ORDINALS else ordinal[:-1]
