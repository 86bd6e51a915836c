"""Find the units of a letter: its sections, numbered questions, answers and annexes.

The letter's form: a section per parliamentary group under a numbered heading,
in it questions "28. …" that count on through the whole letter, each followed
by its answer; annexes at the end. Section headings are numbered like
questions, so they are told apart by their wording; a numbered line is a
question only if its number is the next one to come.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.grammar.lines import adjacent, joined_lines
from index.grammar.numbering import NUMBERED, numbered_questions
from index.grammar.units import annex_unit, question_unit
from index.language.groups import group_section, section_groups
from index.language.references import annex_place
from index.language.span import Span, trimmed
from index.language.speakers import Paragraph, goes_on_asking, lead_in
from index.model.types import Document, Doubt, Parsed, Unit

_ANNEX = re.compile(r"Bijlage\s+([IVX]+|\d{1,2}|[A-H])(?=[.:\s]|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Heading:
    """A line that opens something: its own span, and where its text begins."""

    kind: str  # "section", "question" or "annex"
    span: Span
    number: int
    name: str


def parse_letter(document: Document) -> Parsed:
    """The units of a letter in document order, with what is doubtful about them.

    A document without numbered questions gives no units and says so as a doubt.
    """
    doubts: list[Doubt] = []
    headings = list(_headings(document, doubts))
    units: list[Unit] = []
    blank_lines = _set_off_by_blank_lines(document, headings)
    groups: tuple[str, ...] = ()
    context: Span | None = None
    for position, heading in enumerate(headings):
        following = headings[position + 1] if position + 1 < len(headings) else None
        end = following.span.start if following else document.running_end
        if heading.kind == "section":
            context = trimmed(document.text, heading.span.end, end)
            groups = section_groups(heading.name, context.of(document.text) if context else "")
        elif heading.kind == "question":
            block = _block(document, heading, following, end, blank_lines)
            if block.doubt and following:
                reason = f"question {following.number}: introduction {block.doubt}"
                doubts.append(Doubt(reason, following.span.start))
            units.append(question_unit(document, (heading.number,), groups, context, (block.question,), block.answer))
            context = block.next_context
        else:
            body = trimmed(document.text, heading.span.end, end)
            units.append(annex_unit(document, heading.span, heading.name, body))
    return Parsed(document, tuple(units), tuple(doubts))


def _headings(document: Document, doubts: list[Doubt]) -> Iterator[_Heading]:
    """Every line that opens a section, a question or an annex, in order."""
    lines = list(joined_lines(document.text, 0, document.running_end))
    questions = numbered_questions([(line.start, line.of(document.text)) for line in lines], doubts)
    last = max(questions, default=-1)
    annexes = 0
    for place, line in enumerate(lines):
        text = line.of(document.text)
        if groups := group_section(text):
            yield _Heading("section", line, 0, groups)
        elif place in questions:
            yield _Heading("question", line, questions[place], "")
        elif place > last and (match := _ANNEX.match(text)) and annex_place(match[1]) == annexes + 1:
            annexes += 1
            yield _Heading("annex", line, 0, match[1].upper())


def _set_off_by_blank_lines(document: Document, headings: Sequence[_Heading]) -> bool:
    """Whether most questions have a blank line before their number."""
    questions = [h for h in headings if h.kind == "question"]
    blank = sum(not adjacent(document.text, h.span.start) for h in questions)
    return blank * 2 > len(questions)


@dataclass(frozen=True, slots=True)
class _Block:
    """What stands between a question's number and the next heading."""

    question: Span
    answer: Span | None
    next_context: Span | None = None
    doubt: str | None = None


def _block(document: Document, heading: _Heading, following: _Heading | None, end: int, blank_lines: bool) -> _Block:
    """The rest of a question, its answer, and the members' introduction to the next question."""
    text = document.text
    label = NUMBERED.match(heading.span.of(text))
    question = Span(heading.span.start + (label.end() if label else 0), heading.span.end)
    lines = list(joined_lines(text, heading.span.end, end))
    while len(lines) > 1 and goes_on_asking(lines[0].of(text)):
        question = Span(question.start, lines.pop(0).end)
    if not lines:
        return _Block(question, None)
    answer = Span(lines[0].start, lines[-1].end)
    if following is None or following.kind != "question":
        return _Block(question, answer)
    starts = [*(line.start for line in lines[1:]), following.span.start]
    paragraphs = [Paragraph(line.of(text), adjacent(text, start)) for line, start in zip(lines, starts, strict=True)]
    lead = lead_in(paragraphs, question.of(text), following.span.of(text), blank_lines)
    if not lead.length:
        return _Block(question, answer, None, lead.doubt)
    first = lines[-lead.length].start
    return _Block(question, trimmed(text, answer.start, first), Span(first, answer.end), lead.doubt)
