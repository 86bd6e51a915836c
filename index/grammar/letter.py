"""Find the units of a letter: its sections, numbered questions, answers and annexes.

The letter's form: a section per parliamentary group under a numbered heading,
in it questions "28. …" that count on through the whole letter, each followed
by its answer; annexes at the end. Section headings are numbered like
questions, so they are told apart by their wording; a numbered line is a
question only if its number is the next one to come.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.grammar.lines import adjacent, joined_lines
from index.grammar.numbering import NUMBERED
from index.grammar.outline import Heading, Outline
from index.grammar.units import annex_unit, question_unit
from index.language.parliament.groups import section_groups
from index.language.parliament.introductions import Paragraph, goes_on_asking, lead_in
from index.language.span import Span, trimmed
from index.model.doubts import Doubt, first_words
from index.model.types import Document, Parsed, Unit


def parse_letter(document: Document, outline: Outline) -> Parsed:
    """The units of a letter in document order, with what is doubtful about them."""
    doubts = list(outline.doubts)
    headings = [_whole(document, heading) for heading in outline.headings if heading.kind in _OPENING]
    units: list[Unit] = []
    blank_lines = _set_off_by_blank_lines(document, headings)
    groups: tuple[str, ...] = ()
    context: Span | None = None
    for position, heading in enumerate(headings):
        following = headings[position + 1] if position + 1 < len(headings) else None
        end = following.span.start if following else document.running_end
        if heading.kind == "group":
            context = trimmed(document.text, heading.span.end, end)
            groups = section_groups(heading.name, context.of(document.text) if context else "")
        elif heading.kind == "question":
            block = _block(document, heading, following, end, blank_lines)
            if block.doubt and following:
                doubts.append(Doubt(block.doubt, following.span.start, following.numbers, words=block.doubted))
            units.append(question_unit(document, heading.numbers, groups, context, (block.question,), block.answer))
            context = block.next_context
        else:
            body = trimmed(document.text, heading.span.end, end)
            units.append(annex_unit(document, heading.span, heading.name, body))
    return Parsed(document, tuple(units), tuple(doubts))


_OPENING = ("group", "question", "annex")


def _whole(document: Document, heading: Heading) -> Heading:
    """A heading with the whole line that it opens, a broken sentence joined."""
    line = next(joined_lines(document.text, heading.span.start, document.running_end))
    return replace(heading, span=line)


def _set_off_by_blank_lines(document: Document, headings: Sequence[Heading]) -> bool:
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
    doubted: str = ""


def _block(document: Document, heading: Heading, following: Heading | None, end: int, blank_lines: bool) -> _Block:
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
        return _Block(question, answer, None, lead.doubt, first_words(paragraphs[-1].text))
    first = lines[-lead.length].start
    own = trimmed(text, answer.start, first)
    return _Block(question, own, Span(first, answer.end), lead.doubt, first_words(paragraphs[-1].text))
