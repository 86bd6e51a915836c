"""Find the units of proceedings: what each speaker says, turn by turn.

A turn opens with its speaker and a colon ("De heer Voorbeeld (CDA):"), on a
line of its own or before his words, and ends where the next speaker opens or
another item of the agenda begins.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.grammar.lines import Line
from index.grammar.outline import Outline, has_leaders
from index.grammar.prose import section_label, whole
from index.grammar.units import chapter_unit, turn_unit, with_unlike_ids
from index.language.parliament.speaker_lines import SpeakerLine, speaker_line
from index.language.regex import regex
from index.language.span import Span, trimmed
from index.model.types import Document, Parsed, Speaker, Unit

_FEWEST_TURNS = 2
# Where others than members and ministers speak: what stands in brackets may be an organisation.
_HEARING = regex(r"\b(?:rondetafelgesprek|hoorzitting|technische\s+briefing|deskundigengesprek)\b", re.IGNORECASE)
_OPENING = 3_000
_NEXT_ITEM = regex(r"(?:Aan\s+de\s+orde\b|Te\s+behandelen\b|Stemmingen?\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Opening:
    """A line that opens something: a speaker's turn, or, without a speaker, an item of the agenda."""

    place: int
    speaker: SpeakerLine | None


def are_proceedings(outline: Outline) -> bool:
    """Whether speakers follow one another in a document: two at least, and no questions with answers under headings."""
    turns = [opened.speaker.name for opened in _openings(outline.lines) if opened.speaker]
    several = len(turns) >= _FEWEST_TURNS and len(set(turns)) > 1
    return several and not outline.count("answer")


def parse_proceedings(document: Document, outline: Outline) -> Parsed:
    """What each speaker says, in the order of the document, and what stands between them."""
    lines = [line for line in outline.lines if not has_leaders(line.text)]
    openings = list(_openings(lines))
    all_members = not _HEARING.search(document.text[:_OPENING])
    units: list[Unit] = []
    first = openings[0].place if openings else len(lines)
    if before := whole(lines[:first]):
        units.append(chapter_unit(document, 1, "Opening", (), before, "third party"))
    for number, opened in enumerate(openings):
        end = openings[number + 1].place if number + 1 < len(openings) else len(lines)
        units.append(_unit(document, len(units) + 1, lines[opened.place : end], opened.speaker, all_members))
    return Parsed(document, with_unlike_ids(units))


def _openings(lines: Sequence[Line]) -> Iterator[_Opening]:
    for place, line in enumerate(lines):
        if found := speaker_line(line.text):
            yield _Opening(place, found)
        elif line.bold and place + 1 < len(lines) and _NEXT_ITEM.match(lines[place + 1].text):
            yield _Opening(place, None)


def _unit(
    document: Document, place: int, lines: Sequence[Line], speaker: SpeakerLine | None, all_members: bool
) -> Unit:
    """The unit that the first of `lines` opens."""
    start = lines[0].span.start
    if speaker is None:
        label = section_label(lines[0].text)
        return chapter_unit(document, place, label, (lines[0].span,), whole(lines[1:]), "third party")
    heading = trimmed(document.text, start, start + speaker.length) or lines[0].span
    words = trimmed(document.text, start + speaker.length, lines[-1].span.end)
    voice: Speaker = "third party" if speaker.role == "members" and not speaker.is_member(all_members) else speaker.role
    groups = (speaker.group,) if speaker.group and voice == "members" else ()
    return turn_unit(document, place, speaker.name, groups, Span(heading.start, heading.end), words, voice)
