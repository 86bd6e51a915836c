"""The parts of a document that one voice speaks: what a quotation may lie in.

A quotation may be any run of words, as long as it stays in one part: the
members' introduction, their question, the answer, a table, a footnote. The
parts together cover the whole text, also the lines outside the units (the
opening, the headings of the sections).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from index.language.parliament.introductions import opens_as_members
from index.language.regex import regex
from index.language.span import Span, trimmed
from index.model.types import Document, Field, Speaker, Unit

PartField = Literal[Field, "heading", "frame"]

_NUMBER = regex(r"(?:^|\n)[ \t]*(\d{1,3}\.\s+)\Z")


@dataclass(frozen=True, slots=True)
class Part:
    """A span of one document by one speaker; `unit` is None for the "frame" outside the units.

    `field` is "heading" for the heading of anything but a question. `footnote` is the number
    of a note, None for all other parts.
    """

    document: str
    unit: Unit | None
    field: PartField
    speaker: Speaker
    span: Span
    footnote: int | None = None

    def __post_init__(self) -> None:
        if (self.field == "footnote") != (self.footnote is not None):
            raise ValueError("exactly the footnotes carry a footnote number")
        if (self.field == "frame") != (self.unit is None):
            raise ValueError("exactly the frame belongs to no unit")


def parts(document: Document, units: tuple[Unit, ...]) -> tuple[Part, ...]:
    """Every part of `document`, by offset; no two share a character.

    The number before a question ("28. ") belongs to the question. A question
    that is answered twice stands in the first of its units.
    """
    parts_of_units = (part for unit in units for part in _unit_parts(document, unit))
    found = list({part.span: part for part in reversed(tuple(parts_of_units))}.values())
    found += _frame(document, sorted(part.span for part in found), _frame_speaker(units))
    return tuple(sorted(found, key=lambda part: part.span))


def _unit_parts(document: Document, unit: Unit) -> Iterator[Part]:
    if unit.context:
        yield Part(document.id, unit, "context", "members", unit.context)
    if unit.kind == "question":
        for question in unit.questions:
            yield Part(document.id, unit, "question", "members", _with_number(document.text, question))
    else:
        for heading in unit.questions:
            speaker = unit.speaker if unit.kind in ("chapter", "turn") else "minister"
            yield Part(document.id, unit, "heading", speaker, heading)
    if unit.answer:
        yield from _answer_parts(document, unit, unit.answer)
    for note in unit.footnotes:
        yield Part(document.id, unit, "footnote", unit.speaker_at(note.mark), note.body, note.number)


def _answer_parts(document: Document, unit: Unit, answer: Span) -> Iterator[Part]:
    position = answer.start
    for field, speaker, inserted in unit.insertions:
        if before := trimmed(document.text, position, inserted.start):
            yield Part(document.id, unit, "answer", unit.answer_speaker, before)
        yield Part(document.id, unit, field, speaker, inserted)
        position = inserted.end
    if rest := trimmed(document.text, position, answer.end):
        yield Part(document.id, unit, "answer", unit.answer_speaker, rest)


def _with_number(text: str, question: Span) -> Span:
    line = text[max(0, question.start - 12) : question.start]
    number = _NUMBER.search(line)
    return Span(question.start - len(number[1]), question.end) if number else question


def _frame(document: Document, covered: list[Span], author: Speaker) -> Iterator[Part]:
    position = 0
    for span in (*covered, Span(document.running_end, document.running_end + 1)):
        if span.start > document.running_end:
            break
        outside = trimmed(document.text, position, span.start) if span.start > position else None
        if outside and any(character.isalnum() for character in outside.of(document.text)):
            speaker = "members" if _members_speak(outside.of(document.text)) else author
            yield Part(document.id, None, "frame", speaker, outside)
        position = max(position, span.end)


def _frame_speaker(units: tuple[Unit, ...]) -> Speaker:
    """Words outside the units are the minister's, but where nothing in the document is."""
    return "third party" if units and all(unit.answer_speaker != "minister" for unit in units) else "minister"


def _members_speak(text: str) -> bool:
    """Whether a line of words outside the units opens as the members' do."""
    return any(opens_as_members(line.strip()) for line in text.split("\n"))
