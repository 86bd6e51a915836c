"""Sections of prose, in which the members' remarks and the replies to them stand without numbers.

A note in reply to a report, or a written consultation by group: the section is
the unit, and every paragraph in it is the members' or the government's.
"""

from collections.abc import Sequence
from itertools import groupby

from index.grammar.lines import Line
from index.grammar.units import section_unit
from index.language.parliament.groups import named_groups
from index.language.parliament.introductions import voices
from index.language.span import Span
from index.model.doubts import Doubt, first_words
from index.model.types import Document, Unit

_LONGEST_LABEL = 90


def prose_unit(
    document: Document,
    place: int,
    heading: Span | None,
    lines: Sequence[Line],
    groups: tuple[str, ...],
    doubts: list[Doubt],
) -> Unit:
    """The section under `heading`: what the members say first, then the reply with what they say within it.

    `groups` ask it where the heading says so; otherwise those that speak in it.
    `lines` are at least one.
    """
    heard = voices([line.text for line in lines])
    label = section_label(heading.of(document.text)) if heading else "Zonder kop"
    doubts += [
        Doubt(voice.doubt, line.span.start, name=label, words=first_words(line.text))
        for line, voice in zip(lines, heard, strict=True)
        if voice.doubt
    ]
    members = [voice.members for voice in heard]
    first = members.index(False) if False in members else len(members)
    said = [line.text for line, voice in zip(lines, heard, strict=True) if voice.members]
    return section_unit(
        document,
        place,
        label,
        groups or named_groups("\n".join(said)),
        heading,
        whole(lines[:first]),
        whole(lines[first:]),
        tuple(_runs(lines[first:], members[first:])),
    )


def section_label(heading: str) -> str:
    """The heading on one line, cut at a word where it is long."""
    words = " ".join(heading.split())
    return words if len(words) <= _LONGEST_LABEL else f"{words[:_LONGEST_LABEL].rsplit(' ', 1)[0]} …"


def whole(lines: Sequence[Line]) -> Span | None:
    """From the first to the last of `lines`; None where there are none."""
    return Span(lines[0].span.start, lines[-1].span.end) if lines else None


def _runs(lines: Sequence[Line], members: Sequence[bool]) -> list[Span]:
    """The stretches in which the members speak."""
    runs = []
    for speak, run in groupby(zip(lines, members, strict=True), key=lambda pair: pair[1]):
        span = whole([line for line, _ in run])
        if speak and span:
            runs.append(span)
    return runs
