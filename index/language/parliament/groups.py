"""The parliamentary groups and members that headings and introductions name, as the document spells them."""

import re

from index.language.regex import regex
from index.language.span import Span

_SECTION = regex(
    r"(?:(?:\d+|[IVX]+)\.?\s+)?(?:Vragen en opmerkingen|Inbreng)\s+(?:vanuit|van)\s+"
    r"(?:de leden van\s+)?(?:de\s+(?P<groups>.+)|het\s+(?P<member>lid\s+.+))",
    re.IGNORECASE,
)
_BULLET = r"(?:[•*–-]\s+|(?:\d+(?:\.\d+)*|[IVX]+|[A-H])\.?\)?\s+)?"
# The same in the part of the minister, and headings of a few words.
_REPLY_TO = regex(
    rf"{_BULLET}(?:Antwoord(?:en)?|Reactie|Beantwoording)\s+(?:op|van|bij)\s+(?:de\s+)?(?:vragen|inbreng|bijdrage|opmerkingen)"
    r"(?:\s+en\s+(?:opmerkingen|vragen))?\s+(?:vanuit|van|door)\s+(?:de\s+leden\s+van\s+)?"
    r"(?:de\s+(?P<groups>(?!leden\s+(?!van\b))[^.?!()]{2,120})|het\s+(?P<member>lid\s+[^.?!()]{2,40}))",
    re.IGNORECASE,
)
_SHORT = regex(
    rf"{_BULLET}(?:(?:Inbreng|Bijdrage)\s+)?(?:De\s+|de\s+)?(?:[Ll]eden\s+van\s+de\s+)?"
    r"(?P<groups>[A-Z0-9][\w+’'. -]{1,40}?)[-\s]fractie:?"
    rf"|{_BULLET}Lid\s+(?P<member>[A-Z][\w’' -]{{1,40}}):?"
)
_REPLY_PART = regex(
    rf"{_BULLET}(?:Deel\s+[IVX]+\s*[.:–-]?\s*)?(?:Reactie|Antwoord(?:en)?|Beantwoording)(?:\s*/\s*(?:reactie|antwoord))?"
    r"(?:\s+(?:van|door)\s+(?:de\s+)?(?:minister|staatssecretaris|bewindsp|regering|kabinet)[^.?!]{0,160}"
    r"|\s+(?:van|door)\s+het\s+kabinet)?\s*",
    re.IGNORECASE,
)
_MEMBERS_OF = regex(r"leden van de\s+([^.?!]+?)-fracties?\b")
_AROUND = regex(r"^(?:(?:de\s+leden\s+)?van\s+)?de\s+|-?\s?fracties?\s*$", re.IGNORECASE)
_NAMED = regex(
    r"\bleden\s+van\s+de\s+(?P<groups>[^.?!;:()]{1,160}?-?\s?fracties?\b"
    r"(?:(?:,\s*|\s+en\s+|,?\s+alsook\s+)(?:(?:de\s+leden\s+)?van\s+)?de\s+[A-Z0-9][^.,?!;:()]{1,40}?-?\s?fracties?\b)*)"
    r"|\bleden\s+van\s+de\s+fracties?\s+van\s+(?:de\s+|het\s+)?(?P<fractions>[^.?!;:()]{1,100}?)"
    r"(?=\s+(?:over|vragen|hebben|zijn|lezen|vinden|merken|wijzen|constateren|onderschrijven|danken)\b|[.,]|$)"
    r"|\b[Hh]et\s+(?P<member>lid\s+[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)?)"
)

# Groups that the House has had in this century. The second are words of the language too, but for their capitals.
_GROUPS = frozenset(
    "50plus bbb bij1 bvnl cda christenunie d66 fvd gl-pvda groenlinks groenlinks-pvda ja21 lpf nsc pvda pvdd "
    "pvv sgp vvd".split()
)
_WORDS = frozenset("DENK Volt CU GL SP".split())
# What some of them are called in full.
_FULL = {
    "boerburgerbeweging": "BBB",
    "christen-democratisch appèl": "CDA",
    "democraten 66": "D66",
    "forum voor democratie": "FVD",
    "nieuw sociaal contract": "NSC",
    "partij van de arbeid": "PvdA",
    "partij voor de dieren": "PvdD",
    "partij voor de vrijheid": "PVV",
    "socialistische partij": "SP",
    "staatkundig gereformeerde partij": "SGP",
    "volkspartij voor vrijheid en democratie": "VVD",
}
_FULL_NAME = regex(rf"(?<!\w)(?:{'|'.join(_FULL)})(?!\w)", re.IGNORECASE)


def full_names(text: str) -> list[tuple[Span, str]]:
    """Where groups are called by their full names, and how each is called for short."""
    return [(Span(*match.span()), _FULL[match[0].lower()]) for match in _FULL_NAME.finditer(text)]


def is_group(word: str) -> bool:
    """Whether a word, as it was typed, is the name of a parliamentary group."""
    return word.lower() in _GROUPS or word in _WORDS


def group_section(heading: str) -> str | None:
    """The groups or the member of a heading such as "Vragen en opmerkingen vanuit de VVD-fractie"; None for others."""
    match = _SECTION.fullmatch(heading)
    return match["groups"] or match["member"] if match else None


_QUESTIONS_OF = regex(
    rf"{_BULLET}Vragen\s+(?:vanuit|van)\s+(?:de\s+leden\s+van\s+)?de\s+(?P<groups>[^.?!]{{2,120}}?fracties?)\s*:?",
    re.IGNORECASE,
)


def group_heading(line: str) -> str | None:
    """The groups or the member whose section a line heads, in more forms: "VVD-fractie", "Antwoord op vragen van …"."""
    found = group_section(re.sub(rf"^{_BULLET}", "", line)) or group_section(line)
    if found:
        return found
    if match := _QUESTIONS_OF.fullmatch(line):
        return match["groups"]
    match = _REPLY_TO.fullmatch(line) or _SHORT.fullmatch(line)
    return (match["groups"] or f"lid {match['member'].removeprefix('lid ')}") if match else None


def opens_reply_part(line: str) -> bool:
    """Whether a line heads the part of a consultation in which the minister replies ("II. Reactie van de minister")."""
    return bool(_REPLY_PART.fullmatch(line))


def split_groups(names: str) -> tuple[str, ...]:
    """The groups in an enumeration such as "VVD-, de CDA- en de D66-fractie"."""
    parts = (
        _AROUND.sub("", part.strip()).rstrip("- ") for part in re.split(r",\s*(?:en\s+)?|\s+en\s+|\s+alsook\s+", names)
    )
    return tuple(part[:1].upper() + part[1:] if part.startswith("lid ") else part for part in parts if part)


def section_groups(heading: str, introduction: str) -> tuple[str, ...]:
    """The groups that ask in a section, as the members' own introduction spells them.

    A heading is sometimes cut short ("50+" for 50Plus); where the
    introduction names as many groups, its names are taken.
    """
    named = split_groups(heading)
    match = _MEMBERS_OF.search(introduction)
    spelled = split_groups(match[1]) if match else ()
    return spelled if len(spelled) == len(named) else named


def named_groups(text: str) -> tuple[str, ...]:
    """The groups and single members that speak in `text`, each once, in its order; () where none is named."""
    found: list[str] = []
    for match in _NAMED.finditer(text):
        found += split_groups(match["groups"] or match["fractions"] or match["member"])
    return tuple(dict.fromkeys(found))
