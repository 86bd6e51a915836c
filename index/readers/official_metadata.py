"""What the metadata of an official publication states: in its own file, in an HTML page, in an OpenDocument file.

The three carry the same names (OWMS and OVERHEIDop, the government's
standards), spelled a little differently: `OVERHEIDop.vergaderjaar`,
`overheidop:vergaderjaar`, `DC.title`, `OVERHEIDop.ParlID/DC.identifier`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from index.language.regex import regex
from index.language.values.dates import read_date
from index.readers.xml_tree import Element, local_name, parsed_xml

_YEAR = regex(r"(\d{4})\s*[-/]\s*(?:\d{2})?(\d{2})")
_CHAMBERS = {"tweede kamer": "II", "eerste kamer": "I", "verenigde vergadering": "VV"}
_PROCEEDINGS = regex(r"h-(tk|ek|vv)-(\d{4})\d{2}(\d{2})-(\d+)-(\d+)", re.IGNORECASE)
# Under which name each is kept; of several dates the first of these that is stated.
_NAMES = {
    "title": "title",
    "identifier": "identifier",
    "aanhangselnummer": "appendix",
    "dossiernummer": "dossier",
    "ondernummer": "number",
    "vraagnummer": "question_number",
}
_DATES = ("datumontvangst", "datumbrief", "issued", "available", "date")


@dataclass(frozen=True, slots=True)
class Stated:
    """One statement: its name without the standard's ("vergaderjaar"), its scheme, what it says."""

    name: str
    scheme: str
    value: str

    @classmethod
    def of(cls, name: str, scheme: str, value: str) -> "Stated":
        """From a name as it is spelled in one of the three."""
        if "/" in name:
            scheme, _, name = name.partition("/")
        return cls(re.split(r"[.:}]", name)[-1].lower(), scheme.lower(), " ".join(value.split()))


def known(statements: Iterable[Stated]) -> dict[str, str | date]:
    """The metadata by the names of `documents.toml`; what is not stated, or stated twice differently, is left out."""
    values: dict[str, list[str]] = {}
    for stated in statements:
        if stated.value and stated.value not in values.setdefault(stated.name, []):
            values[stated.name].append(stated.value)
        if stated.name == "type" and stated.scheme.endswith("parlementair"):
            values.setdefault("kind", []).append(stated.value)
    found: dict[str, str | date] = {
        ours: values[name][0] for name, ours in _NAMES.items() if len(values.get(name, ())) == 1
    }
    for name, ours in (("indiener", "members"), ("ontvanger", "minister")):
        if values.get(name):
            found[ours] = ", ".join(values[name])
    if "Aanhangsel van de Handelingen" in values.get("kind", ()):
        found["kind"] = "aanhangsel"
    if year := _YEAR.fullmatch(next(iter(values.get("vergaderjaar", ())), "")):
        found["year"] = f"{year[1]}/{year[2]}"
    found |= _proceedings(str(found.get("identifier", "")))
    for creator in values.get("creator", ()):
        chamber = next((sign for name, sign in _CHAMBERS.items() if creator.lower().startswith(name)), None)
        if chamber:
            found["chamber"] = chamber
    for day in (read_date(values[name][0]) for name in _DATES if values.get(name)):
        if day:
            found["date"] = day
            break
    return found


def _proceedings(identifier: str) -> dict[str, str]:
    """What the identifier of proceedings says: their chamber, session, meeting and item."""
    match = _PROCEEDINGS.fullmatch(identifier)
    if match is None:
        return {}
    chamber, first, second, number, item = match.groups()
    return {
        "kind": "handelingen",
        "chamber": {"tk": "II", "ek": "I", "vv": "VV"}[chamber.lower()],
        "year": f"{first}/{second}",
        "number": number,
        "item": item,
    }


def read_metadata(content: bytes, what: str) -> dict[str, str | date]:
    """What a `metadata.xml` or `metadata_owms.xml` states; UnreadableError where it is no XML."""
    return known(_statements(parsed_xml(content, what)))


def _statements(root: Element) -> Iterable[Stated]:
    for element in root.iter():
        if element.get("content") is not None:
            yield Stated.of(element.get("name", ""), element.get("scheme", ""), element.get("content"))
        elif len(element) == 0 and element.text:
            # `dcterms.modified` has its standard in its name.
            yield Stated.of(local_name(element), element.get("scheme", ""), element.text)
