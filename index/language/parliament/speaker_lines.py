"""Lines in proceedings that say who speaks next: "De heer Voorbeeld (CDA):", "Minister Proef:", "De voorzitter:"."""

import re
from dataclasses import dataclass
from typing import Literal

from index.language.parliament.parties import PARTY_NAMES, parties
from index.language.regex import regex

_PARTICLE = r"(?:(?:van|de|der|den|ten|ter|te|het|in|op|la|le|el|al|von|du|[’'][nst])[ -]+)"
_WORD = r"[A-ZÀ-Þ][\w’'.-]*"
_NAME = rf"{_PARTICLE}*{_WORD}(?:[ -]{_PARTICLE}*{_WORD}){{0,4}}"
_OFFICE = r"(?:[Vv]ice-)?(?:[Mm]inister(?:-[Pp]resident)?|[Ss]taatssecretaris)"
_SPEAKER = regex(
    rf"(?P<name>(?P<government>(?:De\s+)?{_OFFICE}(?:\s+{_NAME}|\s+(?:van|voor)\s+[^:()?!.;]{{3,80}})?)"
    r"|(?P<chair>De\s+(?:fungerend\s+|tijdelijk\s+)?(?:voorzitter|griffier)|(?:Ondervoorzitter"
    rf"|Voorzitter)\s+{_NAME})|(?P<person>(?:De\s+heer|Mevrouw|Mevr\.|Dhr\.|Mw\."
    rf"|(?:Het\s+)?[Ll]id)\s+{_NAME}))\s*(?:\((?P<group>[^()\n:]{{1,60}})\))?\s*:(?=\s|$)"
)
# An office without "De" and without a name, and a name of words, are the beginning of a sentence.
_BARE_OFFICE = regex(rf"{_OFFICE}")
_GROUPS = frozenset(map(str.casefold, PARTY_NAMES)) | frozenset("cd leefbaar omtzigt onafhankelijk".split())
_SINGLE = regex(r"(?:lid|groep|fractie)\s|-fractie$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SpeakerLine:
    """Who speaks: the `name` as it is printed with its group in brackets, and how much of the line says so.

    `role` is "members" for a person of whom no office is said, "third party"
    for the chair.
    """

    name: str
    role: Literal["minister", "members", "third party"]
    length: int
    group: str = ""

    def is_member(self, every_group: bool) -> bool:
        """Whether the speaker sits in the House; where not `every_group` in brackets is one, only a known one is."""
        known = all(part in _GROUPS for part in parties(self.group)) or bool(_SINGLE.search(self.group))
        return known or (every_group and bool(self.group))


def speaker_line(line: str) -> SpeakerLine | None:
    """The speaker that a line opens with; None for any other line."""
    match = _SPEAKER.match(line)
    if match is None or _BARE_OFFICE.fullmatch(match["name"]):
        return None
    name = " ".join(line[: match.end() - 1].split()).removesuffix(":").strip()
    role: Literal["minister", "members", "third party"] = "minister" if match["government"] else "third party"
    return SpeakerLine(name, "members" if match["person"] else role, match.end(), match["group"] or "")
