"""The parliamentary groups and members that headings and introductions name, as the document spells them."""

import re

_SECTION = re.compile(
    r"(?:(?:\d+|[IVX]+)\.?\s+)?(?:Vragen en opmerkingen|Inbreng)\s+(?:vanuit|van)\s+"
    r"(?:de leden van\s+)?(?:de\s+(?P<groups>.+)|het\s+(?P<member>lid\s+.+))",
    re.IGNORECASE,
)
_MEMBERS_OF = re.compile(r"leden van de\s+([^.?!]+?)-fracties?\b")
_NAMED = re.compile(
    r"\bleden\s+van\s+de\s+(?P<groups>[^.?!;:()]{1,160}?)-?\s?fracties?\b"
    r"|\bleden\s+van\s+de\s+fracties?\s+van\s+(?:de\s+|het\s+)?(?P<fractions>[^.?!;:()]{1,100}?)"
    r"(?=\s+(?:over|vragen|hebben|zijn|lezen|vinden|merken|wijzen|constateren|onderschrijven|danken)\b|[.,]|$)"
    r"|\b[Hh]et\s+(?P<member>lid\s+[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)?)"
)


def group_section(heading: str) -> str | None:
    """The groups or the member of a heading such as "Vragen en opmerkingen vanuit de VVD-fractie"; None for others."""
    match = _SECTION.fullmatch(heading)
    return match["groups"] or match["member"] if match else None


def split_groups(names: str) -> tuple[str, ...]:
    """The groups in an enumeration such as "VVD-, de CDA- en de D66-fractie"."""
    names = re.sub(r"-?fracties?\s*$", "", names.strip(), flags=re.IGNORECASE)
    parts = (
        re.sub(r"^de\s+", "", part.strip(), flags=re.IGNORECASE).rstrip("-")
        for part in re.split(r",\s*|\s+en\s+", names)
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
