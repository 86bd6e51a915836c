"""The Dutch reference to a citation, as lawyers and officials write it.

Made only from what the document states of itself or `documents.toml` adds;
what is unknown is left out. The page comes last, or the paragraph where the
file has no pages. The forms are those of the Leidraad voor
juridische auteurs: "Kamerstukken II 2025/26, 26643, nr. 1357", "Aanhangsel
Handelingen II 2025/26, nr. 1234", "Handelingen II 2024/25, nr. 1, item 2", and
otherwise the letter by its author.

Of the metadata these are read: `office` and `name` of the author, `chamber` ("II" when left out), `year`
("2025/26"), `dossier` and `number` of a Kamerstuk, `appendix`, the number of
an Aanhangsel, `number` and `item` of proceedings.
"""

import re
from collections.abc import Callable, Mapping, Sequence

from index.language.parliament.groups import named_groups
from index.language.regex import regex
from index.language.values.dates import written_date
from index.model.types import Document, Unit
from rag.citation.citation import Citation
from rag.citation.pages import leaf

_AUTHOR = regex(r"(?:Inbreng|Reactie|Bijdrage|Brief|Notitie|Advies)\s+(?:van\s+)?(?:de\s+|het\s+)?(.+)", re.DOTALL)
_SUBJECT = regex(r"\s+(?:over|inzake|betreffende|naar aanleiding van|op|bij|d\.d\.)\s")


def reference(citation: Citation) -> str:
    """The whole reference, without a full stop at its end."""
    return ", ".join(part for part in (source(citation.document), whereabouts(citation)) if part)


def short_reference(citation: Citation) -> str:
    """Only where in the document it stands, for a text that names the document already."""
    return whereabouts(citation) or source(citation.document)


def whereabouts(citation: Citation) -> str:
    """Where in the document it stands, page or paragraph included: "antwoord op vraag 28, p. 3"; "" if unknown."""
    return ", ".join(part for part in (locator(citation), leaf(citation)) if part)


def source(document: Document) -> str:
    """The reference to the document as a whole."""
    known = dict(document.metadata)
    chamber, year = known.get("chamber", "II"), known.get("year")
    if year and known.get("item"):
        return f"Handelingen {chamber} {year}, nr. {known['number']}, item {known['item']}"
    if year and known.get("appendix"):
        return f"Aanhangsel Handelingen {chamber} {year}, nr. {known['appendix']}"
    if year and known.get("dossier"):
        number = f", nr. {known['number']}" if known.get("number") else ""
        return f"Kamerstukken {chamber} {year}, {known['dossier']}{number}"
    letter = f"Brief van de {_lower_first(known['office'])}" if known.get("office") else ""
    return ", ".join(part for part in (letter, date(document), document.title) if part)


def date(document: Document) -> str:
    """The date that the document states, as a reference has it; "" for none."""
    return written_date(document.date) if document.date else ""


def _lower_first(name: str) -> str:
    return name[:1].lower() + name[1:]


def locator(citation: Citation) -> str:
    """Where in the document it stands and who speaks: "antwoord op vraag 28"; "" outside the units."""
    unit = citation.unit
    if unit is None:
        return ""
    place = _PLACES.get(unit.kind, _place)(citation, unit)
    if citation.part.footnote is not None:
        return f"voetnoot {citation.part.footnote}{f' bij {place}' if place else ''}"
    return place


def _place(citation: Citation, unit: Unit) -> str:
    field = citation.part.field
    if unit.kind == "annex":
        name = _lower_first(unit.label)
        author = annex_author(citation.document, unit)
        return f"{name} ({author})" if author else name
    number = unit.label.lower()
    if field == "context":
        return f"{number}, inleiding door {members(unit)}"
    if field == "question":
        return f"{number}, gesteld door {members(unit)}"
    if field == "table":
        return f"tabel in het antwoord op {number}"
    if field == "footnote" and citation.speaker == "members":
        return f"{number}, gesteld door {members(unit)}"
    return f"{'het ' if field == 'footnote' else ''}antwoord op {number}"


def _section_place(citation: Citation, unit: Unit) -> str:
    """The heading of the section, and whose words in it: the groups that these very words name, or the government."""
    name = f"onder “{unit.label}”" if unit.questions else unit.label.lower()
    if citation.part.field == "heading":
        return name
    if citation.speaker == "members":
        groups = named_groups(citation.part.span.of(citation.document.text)) or unit.asked_by
        return f"{name}, inbreng van {members_of(groups)}"
    return f"{name}, {'tabel in de ' if citation.part.field == 'table' else ''}reactie"


def _chapter_place(citation: Citation, unit: Unit) -> str:
    """The heading that it stands under; without one only the page or the paragraph says where."""
    return f"onder “{unit.label}”" if unit.questions else ""


def _turn_place(citation: Citation, unit: Unit) -> str:
    """Who speaks in the proceedings."""
    return unit.label


_PLACES: Mapping[str, Callable[[Citation, Unit], str]] = {
    "section": _section_place,
    "chapter": _chapter_place,
    "turn": _turn_place,
}


def members(unit: Unit) -> str:
    """Who asks: "de leden van de D66-fractie", "… de VVD- en SGP-fracties"; "de leden" where nobody is named."""
    return members_of(unit.asked_by)


def members_of(groups: Sequence[str]) -> str:
    """The members of these groups, as `members` names them."""
    if not groups:
        return "de leden"
    if len(groups) == 1:
        return f"de leden van de {groups[0]}-fractie"
    return f"de leden van de {_joined([f'{group}-' for group in groups])}fracties"


def _joined(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} en {names[-1]}"


def annex_author(document: Document, unit: Unit) -> str | None:
    """Who wrote an annex, from its heading ("Inbreng Offlimits over …"); None where it does not say."""
    heading = unit.question_text(document.text)
    title = heading.partition(".")[2].strip() or heading
    match = _AUTHOR.match(title)
    return _SUBJECT.split(match[1], maxsplit=1)[0].strip(" .") if match else None
