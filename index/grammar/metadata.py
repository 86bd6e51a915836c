"""What a document states about itself: its kind, date, numbers, subject, and who asks and answers.

Read from the text in the forms in which ministries and the Tweede Kamer print
them. What is not stated so is left out, and so is what is stated in two ways:
`stated` names that as a conflict.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from index.language.parliament.askers import askers
from index.language.parliament.headings import heading_label
from index.language.parliament.signatory import signature
from index.language.regex import regex
from index.language.values.dates import read_date

KAMERVRAGEN = "Kamervragen"
AANHANGSEL = "aanhangsel"
LIST = "lijst van vragen en antwoorden"
CONSULTATION = "schriftelijk overleg"
REPLY_TO_REPORT = "nota naar aanleiding van het verslag"

PROCEEDINGS = "handelingen"
DECISIONS = "besluitenlijst"
DISCLOSURE = "besluit op informatieverzoek"
OPINION = "advies"
LETTER = "brief"
# In a document of these kinds nobody asks, whatever is numbered in it.
PROSE = frozenset({PROCEEDINGS, DECISIONS, DISCLOSURE, OPINION})

_DECISIONS = regex(
    r"^(?P<value>(?:(?:Concept-?\s?|Geamendeerde\s+)?(?:besluitenlijst|lijst\s+van\s+besluiten))\b[^\n]*)", re.I | re.M
)
# A title that names its document, in the first lines: before all others.
_TITLED = (
    (PROCEEDINGS, regex(r"^(?:Handelingen\b(?!\s+(?:II|I|en)\b)|Aan\s+de\s+orde\s+(?:is|zijn)\b)", re.M)),
    (DECISIONS, _DECISIONS),
    (
        DISCLOSURE,
        regex(
            r"^[^\n]{0,80}\b(?:besluit|beslissing|reactie|afwijzing)\b[^\n]{0,60}\b(?:W[oO][oObB]|Wet\s+open(?:baarheid\s+van\s+bestuur|\s+overheid))"
            r"|\bmet\s+een\s+beroep\s+op\s+de\s+Wet\s+open(?:baarheid\s+van\s+bestuur|\s+overheid)\b",
            re.M | re.I,
        ),
    ),
    (
        OPINION,
        regex(
            r"^(?:Onderwerp\s*:?\s*|Betreft\s*:?\s*)?(?:Wetgevings)?advies\s+(?:op|over|inzake|van|aan|betreffende)\b",
            re.I | re.M,
        ),
    ),
)
_SALUTATION = regex(r"^\s*(?:Zeer\s+)?(?:Geachte|Excellentie)\b[^\n]{0,80}$", re.I | re.M)
# The first that its document's opening shows decides.
_KINDS = (
    (
        AANHANGSEL,
        regex(
            r"Aanhangsel\s+van\s+de\s+Handelingen|Vragen\s+gesteld\s+door\s+de\s+leden\s+der\s+Kamer"
            r"|\(ingezonden\s[^()]*\)\.?\s+Antwoord\s+van\s[^\n]*\(ontvangen\s"
        ),
    ),
    (
        REPLY_TO_REPORT,
        regex(r"^(?:Nr\.?\s*\d+\s+)?nota\s+naar\s+aanleiding\s+van\s+het\s+(?:nader\s+)?verslag", re.I | re.M),
    ),
    (LIST, regex(r"^(?:Nr\.?\s*\d+\s+)?lijst\s+van\s+vragen\s+en\s+antwoorden", re.I | re.M)),
    (CONSULTATION, regex(r"^(?:Nr\.?\s*\d+\s+)?(?:verslag\s+van\s+een\s+)?schriftelijk\s+overleg", re.I | re.M)),
    (CONSULTATION, regex(r"\bschriftelijk\s+overleg\b", re.I)),
    (
        KAMERVRAGEN,
        regex(r"\b(?:Kamer)?vragen\s+(?:gesteld\s+door|van)\s+(?:het|de)\s+(?:Kamer)?l(?:id|eden)\b", re.I),
    ),
    (
        KAMERVRAGEN,
        regex(r"\b(?:beantwoording|antwoord(?:en)?\s+op)\s+(?:de\s+)?(?:schriftelijke\s+)?(?:Kamer)?vragen\b", re.I),
    ),
)
# An opening of so many characters holds the title; a letter before it may be long.
_OPENING = 6_000
_TITLE = 1_500
_DATES = (
    regex(r"\(ontvangen\s+(?P<value>\d{1,2}\s+\w+\s+\d{4})\)", re.I),
    regex(r"^\s*Datum\s*:?\s+(?P<value>\d{1,2}[\s-]+\w+[\s-]+\d{4})\s*$", re.I | re.M),
    regex(r"^\s*(?:Ontvangen|Vastgesteld)\s+(?P<value>\d{1,2}\s+\w+\s+\d{4})\s*$", re.M),
    regex(r"^\s*(?:Den\s+Haag|[’']s-Gravenhage)\s*,\s+(?P<value>\d{1,2}\s+\w+\s+\d{4})\s*$", re.M),
)
_REFERENCE = regex(r"^\s*(?:Ons\s+kenmerk|Onze\s+referentie|Kenmerk)\s*:?\s+(?P<value>\S[^\n]{2,60}?)\s*$", re.I | re.M)
_SUBJECT = regex(
    r"^\s*(?:Onderwerp|Betreft)(?:\s*:\s*|\t\s*|\s*\n\s*|\s{2,}|\s(?=(?-i:[A-ZÀ-Þ])))(?P<value>\S[^\n]{5,400}?)\s*$",
    re.I | re.M,
)
_ASKED_ABOUT = regex(
    r"^\s*(?P<title>(?:(?:Antwoord(?:en)?\s+op|Beantwoording(?:\s+van)?)\s+(?:de\s+)?(?:schriftelijke\s+)?)?(?:Kamer)?Vragen"
    r"\s+van\s[^\n]{5,300}?\sover\s+(?P<value>[^\n]{3,300}?))\s*\(ingezonden\s",
    re.I | re.M,
)
_QUESTION_NUMBER = regex(r"\b(?P<value>20\d\dZ\d{4,6})\b")
_YEAR = regex(r"\bVergaderjaar\s+(?P<first>\d{4})\s*[-–]\s*(?P<second>\d{4})", re.I)
_CHAMBER = regex(r"^\s*(?P<value>Tweede|Eerste)\s+Kamer\s+der\s+Staten-Generaal\b", re.M)
_DOSSIER = regex(
    r"^\s*(?P<value>\d{2}\s?\d{3}(?:[\s-]+(?:\([IVXLCR0-9]+\)|[IVXLC]+))?)\s+(?P<title>[A-Z][^\n]{5,300})$", re.M
)
_NUMBER = regex(r"^\s*Nr\.\s*(?P<value>\d{1,4})\b", re.M)
_APPENDIX = regex(r"^\s*(?P<value>\d{1,4})\s*$", re.M)
_ASKED_BY = regex(r"\b(?:Kamer)?vragen(?:\s+gesteld\s+door|\s+van)\s", re.I)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something that a text states in several ways."""

    key: str
    stated: tuple[str | date, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """What a text states of itself, by the names that `documents.toml` uses, and what it states in two ways.

    `groups` ask the whole of it; () where it names none, or several sets of them.
    """

    values: dict[str, str | date]
    conflicts: tuple[Conflict, ...] = ()
    groups: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def stated(text: str) -> Statement:
    """What `text` states of itself.

    `kind`, `title`, `subject`, `date`, `office` and `name`
    of who signs, `on_behalf_of`, `members` and `groups` that ask (joined by
    commas), `reference` of the ministry, `question_number` ("2021Z09739"),
    `chamber`, `year` ("2020/21"), `dossier` and `number` of a Kamerstuk,
    `appendix` of an Aanhangsel. A document's reader asks, and right behind it
    its parser, so the last answer is kept.
    """
    opening = text[: min(_OPENING, _first_question(text))]
    kind = _kind(opening)
    listed = _matches(_DECISIONS, opening[:_TITLE])[:1] if kind == DECISIONS else []
    found = _Found()
    found.put("kind", [kind])
    for pattern in _DATES:
        if found.put("date", _dates(pattern, opening)):
            break
    else:
        found.put("date", [day for title in listed if (day := read_date(title))])
    found.put("reference", _matches(_REFERENCE, opening))
    found.put("subject", _matches(_SUBJECT, opening) or _matches(_ASKED_ABOUT, opening))
    found.put("question_number", _matches(_QUESTION_NUMBER, opening))
    _publication(found, opening, kind)
    groups = _askers(found, opening)
    title = found.values.get("subject", "") if _matches(_SUBJECT, opening) else ""
    asked = _matches(_ASKED_ABOUT, opening, "title")
    found.put("title", [title or next(iter((*asked, *listed)), "")])
    return Statement({**signature(text), **found.values}, tuple(found.conflicts), groups)


def publication_title(text: str) -> str:
    """The name of an official publication by its kind and dossier: "Lijst van vragen en antwoorden: Pontenwet"."""
    opening = text[:_TITLE]
    dossier = _matches(_DOSSIER, opening, "title") if _YEAR.search(opening) else []
    return ": ".join(part for part in (_kind(opening).capitalize(), dossier[0]) if part) if dossier else ""


class _Found:
    """Gathers values; one that is stated in several ways is none, but a conflict."""

    def __init__(self) -> None:
        self.values: dict[str, str | date] = {}
        self.conflicts: list[Conflict] = []

    def put(self, key: str, candidates: Iterable[str | date]) -> bool:
        """Whether there was a candidate at all."""
        different = list(dict.fromkeys(candidate for candidate in candidates if candidate))
        if len(different) == 1:
            self.values[key] = different[0]
        elif different:
            self.conflicts.append(Conflict(key, tuple(different[:3])))
        return bool(different)


def _kind(opening: str) -> str:
    named = (kind for kind, pattern in _KINDS if pattern.search(opening))
    titled = (kind for kind, pattern in _TITLED if pattern.search(opening[:_TITLE]))
    return next(titled, "") or next(named, "") or (LETTER if _SALUTATION.search(opening) else "")


def _first_question(text: str) -> int:
    """Where the first heading of a question begins, the end where there is none."""
    position = 0
    for line in text.splitlines(keepends=True):
        label = heading_label(line.strip())
        if label and label.kind == "question" and label.numbers:
            return position
        position += len(line)
    return len(text)


def _matches(pattern: re.Pattern[str], text: str, group: str = "value") -> list[str]:
    return [" ".join(match[group].split()) for match in pattern.finditer(text)]


def _dates(pattern: re.Pattern[str], text: str) -> list[date]:
    return [day for value in _matches(pattern, text) if (day := read_date(value))]


def _publication(found: _Found, opening: str, kind: str) -> None:
    """What stands at the head of an official publication."""
    years = [f"{match['first']}/{match['second'][2:]}" for match in _YEAR.finditer(opening[:_TITLE])]
    if not years:
        return
    found.put("year", years)
    found.put("chamber", ["I" if value == "Eerste" else "II" for value in _matches(_CHAMBER, opening[:_TITLE])])
    if kind == AANHANGSEL:
        head = opening[: opening.find("Vragen van")] if "Vragen van" in opening else opening[:_TITLE]
        numbers = [value for value in _matches(_APPENDIX, head) if value != "2"]
        found.put("appendix", numbers)
        return
    dossiers = _matches(_DOSSIER, opening[:_TITLE])[:1]
    if found.put("dossier", dossiers):
        found.put("number", _matches(_NUMBER, opening[:_TITLE])[:1])


def _askers(found: _Found, opening: str) -> tuple[str, ...]:
    """The groups behind "vragen van", and found with the members, where all that is said of them agrees."""
    named = [askers(opening[match.start() : match.end() + 400]) for match in _ASKED_BY.finditer(opening)]
    stated = [asker for asker in named if asker.groups]
    if found.put("groups", [", ".join(asker.groups) for asker in stated]) and "groups" in found.values:
        found.put("members", [", ".join(asker.members) for asker in stated])
    sets = {asker.groups for asker in stated}
    return sets.pop() if len(sets) == 1 else ()
