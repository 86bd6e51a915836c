"""Find the units of a document in prose: a written consultation by group, a note in reply to a report.

Nothing is numbered. In a consultation the groups speak in the first part and
the minister replies in the second, group by group: what belongs to one group
is one unit. In a note, and in a consultation of one part, remarks and replies
alternate under each heading.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from index.grammar.lines import Line
from index.grammar.outline import Heading, Outline
from index.grammar.prose import prose_unit, section_label, whole
from index.grammar.units import annex_unit, section_unit, with_unlike_ids
from index.language.parliament.groups import opens_reply_part, section_groups
from index.language.parliament.introductions import opens_as_members
from index.model.doubts import Doubt
from index.model.types import Document, Parsed, Unit


@dataclass(frozen=True, slots=True)
class _Section:
    """A heading with the lines under it; `groups` as it names them, `replied`: in the minister's part."""

    heading: Heading
    lines: tuple[Line, ...]
    groups: tuple[str, ...]
    replied: bool


def parse_sections(document: Document, outline: Outline) -> Parsed:
    """The sections of a document in prose, in its order, with what is doubtful about who speaks."""
    doubts = list(outline.doubts)
    sections = _sections(document, outline)
    if sum(opens_reply_part(section.heading.span.of(document.text)) for section in sections) > 1:
        units = _in_turns(document, sections, doubts)
    elif any(section.replied for section in sections):
        units = _by_group(document, sections, doubts)
    elif sections:
        units = [_alternating(document, place, section, doubts) for place, section in enumerate(sections, start=1)]
    else:
        units = _untitled(document, outline, doubts)
    annexes = [
        annex_unit(document, heading.span, heading.name, whole(_under(document, outline, heading)))
        for heading in outline.headings
        if heading.kind == "annex"
    ]
    return Parsed(document, with_unlike_ids([*units, *annexes]), tuple(doubts))


def _sections(document: Document, outline: Outline) -> list[_Section]:
    """The headings that have text under them; a table of contents has none."""
    found = []
    headings = [heading for heading in outline.headings if heading.kind in ("group", "title")]
    # The table of contents names the minister's part too.
    parts = [heading.span.start for heading in headings if opens_reply_part(heading.span.of(document.text))]
    for heading in headings:
        replied = bool(parts) and heading.span.start >= parts[-1]
        lines = _under(document, outline, heading)
        if lines:
            text = "\n".join(line.text for line in lines)
            groups = section_groups(heading.name, text) if heading.kind == "group" else ()
            found.append(_Section(heading, lines, groups, replied))
    return found


def _under(document: Document, outline: Outline, heading: Heading) -> tuple[Line, ...]:
    following = bisect_right(outline.headings, heading.span.start, key=lambda other: other.span.start)
    end = outline.headings[following].span.start if following < len(outline.headings) else document.running_end
    return outline.lines_between(heading.body, end)


def _alternating(document: Document, place: int, section: _Section, doubts: list[Doubt]) -> Unit:
    return prose_unit(document, place, section.heading.span, section.lines, section.groups, doubts)


def _in_turns(document: Document, sections: Sequence[_Section], doubts: list[Doubt]) -> list[Unit]:
    """A reply under a heading of its own behind each group, given to that group."""
    units: list[Unit] = []
    asked: _Section | None = None
    for section in sections:
        reply = opens_reply_part(section.heading.span.of(document.text))
        if asked:
            units.append(_consulted(document, len(units) + 1, asked, section if reply else None, doubts))
        elif reply:
            units.append(_alternating(document, len(units) + 1, section, doubts))
        asked = None if reply else section
    if asked:
        units.append(_consulted(document, len(units) + 1, asked, None, doubts))
    return units


def _by_group(document: Document, sections: Sequence[_Section], doubts: list[Doubt]) -> list[Unit]:
    """What each group says in the first part with the reply to it in the second.

    A reply that is not divided by group is a unit of its own: it cannot be
    told which group it is given to.
    """
    asked = [section for section in sections if not section.replied]
    replies = [section for section in sections if section.replied]
    units = []
    taken: list[_Section] = []
    for place, section in enumerate(asked, start=1):
        same = [reply for reply in replies if section.groups and _same(reply.groups, section.groups)]
        reply = same[0] if len(same) == 1 else None
        if reply:
            taken.append(reply)
        elif section.groups:
            label = section_label(section.heading.span.of(document.text))
            doubts.append(Doubt("no reply", section.heading.span.start, name=label))
        units.append(_consulted(document, place, section, reply, doubts))
    left = [reply for reply in replies if reply not in taken]
    units += [_alternating(document, len(asked) + 1 + place, reply, doubts) for place, reply in enumerate(left)]
    return units


def _same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return [name.casefold() for name in one] == [name.casefold() for name in other]


def _consulted(document: Document, place: int, section: _Section, reply: _Section | None, doubts: list[Doubt]) -> Unit:
    # What the members are said to have asked, at the head of the reply, stands in their own part already.
    told = prose_unit(document, place, reply.heading.span, reply.lines, reply.groups, doubts) if reply else None
    answer = told.answer if told else None
    within = told.asked_within if told else ()
    heading = section.heading.span
    label = section_label(heading.of(document.text))
    return section_unit(document, place, label, section.groups, heading, whole(section.lines), answer, within)


def _untitled(document: Document, outline: Outline, doubts: list[Doubt]) -> list[Unit]:
    """One unit of a text without headings in which the members speak; none where they don't."""
    lines = outline.lines
    first = next((place for place, line in enumerate(lines) if opens_as_members(line.text)), None)
    if first is None or not outline.by_groups:
        return []
    return [prose_unit(document, 1, None, lines[first:], (), doubts)]
