"""What a document is about, where it states no title: its announcement, what is in order, or its first heading.

By kind: a letter announces what it brings ("Hierbij zend ik uw Kamer de
antwoorden …"), proceedings say what is in order, a publication names its
dossier, all else has a heading. A title is a name for lists and references and
never quoted; no text becomes one that is a sentence of prose.
"""

import re

from index.grammar.metadata import PROCEEDINGS, publication_title
from index.language.sentences import sentence_spans

# So many characters hold the head of a document and its first paragraph.
_OPENING = 3_000
_LONGEST = 250
_HEADING_LINES = 8
_LONGEST_HEADING = 160
# What is sent, in the words of who sends it.
_SENT = (
    r"\w*(?:antwoord(?:en)?|beantwoording|reactie|brief|nota|notitie|memorie|rapport(?:age)?s?|verslag(?:en)?|besluit"
    r"|beslissing|advies|evaluatie|onderzoek|agenda|lijst|overzicht|plan|voorstel|toelichting|appreciatie)"
)
_ANNOUNCED = (
    re.compile(
        r"\b(?:Hierbij|Hiermee|Hiermede|Bijgaand|Bijgevoegd|In\s+de\s+bijlage)\b.{0,200}?\s"
        rf"(?:de|het|mijn|onze|een)\s+(?P<value>(?:\w+\s+){{0,2}}?{_SENT}\b.{{5,}})",
        re.I,
    ),
    re.compile(
        r"\b(?:Met|In)\s+deze\s+brief\s.{0,160}?\s(?:over|van|op\s+de\s+hoogte\s+van)\s+(?:de|het|mijn)?\s*(?P<value>.{8,})",
        re.I,
    ),
)
# "de antwoorden aan op de vragen": of "aanbieden" a part is left behind.
_LEFT_BEHIND = re.compile(r"\s+aan(?=\s+(?:op|over|bij|van|inzake)\b)")
_IN_ORDER = re.compile(r"^Aan\s+de\s+orde\s+(?:is|zijn)\s*:?\s*(?:de|het)?\s*(?P<value>[^\n]{5,250}?)[.:;]?\s*$", re.M)
# A notice has its labels in a column, each above what it says.
_CONCERNS = re.compile(r"^\s*inzake\s*:?\s*\n+\s*(?P<value>\S[^\n]{5,250}?)\s*$", re.I | re.M)
# Above the heading stand the sender, whom it is for, and what kind of paper it is.
_ABOVE = re.compile(
    r"^(?:>?\s*Retour|Postbus\b|Aan\b|T\.?a\.?v\b|Datum\b|Den\s+Haag|[’']s-Gravenhage|Ons\s+kenmerk|Onze\s|Uw\s|Kenmerk\b"
    r"|Pagina\b|Versie\b|Status\b|Vergaderjaar\b|Van\s*:|Per\s|Contact|Bijlagen?\b|\d{4}\s?[A-Z]{2}\b"
    r"|(?:Tweede|Eerste)\s+Kamer\b|der\s+Staten|(?:Ministerie|Minister|Staatssecretaris)\s+van\b|De\s+(?:minister|staatssecretaris|heer|voorzitter)\b"
    r"|Geachte\b|Excellentie\b|Nr\.|[\W\d_]*$|\S+@\S+|https?:)",
    re.I,
)
_HEADING = re.compile(r"(?:\d{1,2}\.?\s+)?[A-ZÀ-Þ‘“\"'][^\n]*\w.*", re.S)
_UNFINISHED = re.compile(r"[.;:,!?]$")


def found_title(text: str, kind: str) -> str:
    """The title that the content of a document of that kind gives; "" where it gives none."""
    opening = text[:_OPENING]
    ways = (_in_order, publication_title) if kind == PROCEEDINGS else (publication_title, _announced)
    found = (_shortened(title) for way in ways if (title := way(opening)))
    return next(found, "") or _shortened(_concerned(opening) or _heading(opening))


def _announced(opening: str) -> str:
    """What a letter says that it brings: "antwoorden bij het schriftelijk overleg inzake …"."""
    for sentence in (span.of(opening) for span in sentence_spans(opening)):
        words = " ".join(sentence.split())
        for pattern in _ANNOUNCED:
            if match := pattern.search(words):
                return _LEFT_BEHIND.sub("", match["value"], count=1).rstrip(" .;:,")
    return ""


def _in_order(opening: str) -> str:
    match = _IN_ORDER.search(opening)
    return match["value"] if match else ""


def _concerned(opening: str) -> str:
    match = _CONCERNS.search(opening)
    return match["value"] if match else ""


def _heading(opening: str) -> str:
    """The first line that is a heading; "" where a sentence or a list comes before it."""
    lines = [" ".join(line.split()) for line in opening.splitlines() if line.strip()]
    for line in [line for line in lines[:_HEADING_LINES] if not _ABOVE.match(line) and " " in line]:
        is_heading = len(line) <= _LONGEST_HEADING and _HEADING.fullmatch(line) and not _UNFINISHED.search(line)
        return line if is_heading else ""
    return ""


def _shortened(title: str) -> str:
    """The title with a capital, cut at a word where it is long."""
    words = " ".join(title.split())
    if len(words) > _LONGEST:
        words = f"{words[:_LONGEST].rsplit(' ', 1)[0]} …"
    return words[:1].upper() + words[1:]
