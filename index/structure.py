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

from index.references import references, refers_only
from index.sentences import continues
from index.speakers import Paragraph, lead_in
from index.tables import tables
from index.types import Document, Footnote, Parsed, Span, Unit, trimmed

_SECTION = re.compile(r"\d+\.\s+Vragen en opmerkingen (?:vanuit|van)\s+(?:de leden van\s+)?de\s+(.+)")
_QUESTION = re.compile(r"(\d{1,3})\.\s+(?=\S)")
_ANNEX = re.compile(r"Bijlage\s+([IVX]+)\b")
_MEMBERS_OF = re.compile(r"leden van de\s+([^.?!]+?)-fracties?\b")
# A later number than the next is taken as a question up to this far, and the gap reported.
_MAX_GAP = 20


@dataclass(frozen=True, slots=True)
class _Heading:
    """A line that opens something: its own span, and where its text begins."""

    kind: str  # "section", "question" or "annex"
    span: Span
    number: int
    name: str


def parse(document: Document) -> Parsed:
    """The units of `document` in document order, with what is doubtful about them.

    A document without numbered questions gives no units and says so as a doubt.
    """
    doubts: list[str] = []
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
            groups = _groups(heading.name, context.of(document.text) if context else "")
        elif heading.kind == "question":
            answer, next_context, doubt = _answer(document, heading, following, end, blank_lines)
            if doubt and following:
                doubts.append(f"question {following.number}: introduction {doubt}")
            units.append(_question_unit(document, heading, groups, context, answer))
            context = next_context
        else:
            units.append(_annex_unit(document, heading, trimmed(document.text, heading.span.end, end)))
    if not any(unit.kind == "question" for unit in units):
        doubts.append("no numbered questions found")
    return Parsed(document, tuple(units), tuple(doubts))


def _headings(document: Document, doubts: list[str]) -> Iterator[_Heading]:
    """Every line that opens a section, a question or an annex, in order."""
    expected = 1
    for line in _lines(document.text, document.running_end):
        text = line.of(document.text)
        if match := _SECTION.fullmatch(text):
            yield _Heading("section", line, 0, match[1])
        elif match := _ANNEX.match(text):
            yield _Heading("annex", line, 0, match[1])
        elif match := _QUESTION.match(text):
            number = int(match[1])
            if expected <= number <= expected + _MAX_GAP:
                expected = number + 1
                yield _Heading("question", line, number, "")
            elif number < expected and text.rstrip().endswith("?"):
                doubts.append(f"line “{text[:40]} …” looks like question {number} a second time")


def _lines(text: str, end: int) -> Iterator[Span]:
    """The lines of `text[:end]` that hold something, trimmed, broken sentences joined."""
    begin = 0
    while begin < end:
        stop = text.find("\n", begin, end)
        stop = end if stop < 0 else stop
        while stop < end and continues(text[begin:stop].rpartition("\n")[2], text[stop + 1 : end].partition("\n")[0]):
            following = text.find("\n", stop + 1, end)
            stop = end if following < 0 else following
        if line := trimmed(text, begin, stop):
            yield line
        begin = stop + 1


def _set_off_by_blank_lines(document: Document, headings: Sequence[_Heading]) -> bool:
    """Whether most questions have a blank line before their number."""
    questions = [h for h in headings if h.kind == "question"]
    blank = sum(not _adjacent(document.text, h.span.start) for h in questions)
    return blank * 2 > len(questions)


def _adjacent(text: str, start: int) -> bool:
    """Whether the line before the one that starts at `start` holds text."""
    before = text[:start]
    return before[len(before.rstrip()) :].count("\n") == 1


def _answer(
    document: Document, heading: _Heading, following: _Heading | None, end: int, blank_lines: bool
) -> tuple[Span | None, Span | None, str | None]:
    """The answer after a question, the members' introduction to the next, and a doubt about it."""
    text = document.text
    block = trimmed(text, heading.span.end, end)
    if block is None or following is None or following.kind != "question":
        return block, None, None
    lines = [Span(block.start + s.start, block.start + s.end) for s in _lines(block.of(text), len(block.of(text)))]
    starts = [*(line.start for line in lines[1:]), following.span.start]
    paragraphs = [Paragraph(line.of(text), _adjacent(text, start)) for line, start in zip(lines, starts, strict=True)]
    lead = lead_in(paragraphs, heading.span.of(text), following.span.of(text), blank_lines)
    if not lead.length:
        return block, None, None
    first = lines[-lead.length].start
    return trimmed(text, block.start, first), Span(first, block.end), lead.doubt


def _question_unit(
    document: Document, heading: _Heading, groups: tuple[str, ...], context: Span | None, answer: Span | None
) -> Unit:
    numbers = (heading.number,)
    label = _QUESTION.match(heading.span.of(document.text))
    question = Span(heading.span.start + (label.end() if label else 0), heading.span.end)
    text = answer.of(document.text) if answer else ""
    whole = Span(context.start if context else question.start, answer.end if answer else question.end)
    return Unit(
        id=f"{document.id}:vraag-{heading.number}",
        document=document.id,
        kind="question",
        numbers=numbers,
        label=f"Vraag {heading.number}",
        asked_by=groups,
        context=context,
        question=question,
        answer=answer,
        footnotes=_footnotes(document, whole),
        tables=tables(document.text, answer.start, answer.end) if answer else (),
        references=references(text, numbers),
        refers_only=refers_only(text, numbers),
    )


def _annex_unit(document: Document, heading: _Heading, body: Span | None) -> Unit:
    whole = Span(heading.span.start, body.end if body else heading.span.end)
    return Unit(
        id=f"{document.id}:bijlage-{heading.name}",
        document=document.id,
        kind="annex",
        numbers=(),
        label=f"Bijlage {heading.name}",
        asked_by=(),
        context=None,
        question=heading.span,
        answer=body,
        footnotes=_footnotes(document, whole),
        tables=tables(document.text, body.start, body.end) if body else (),
    )


def _footnotes(document: Document, whole: Span) -> tuple[Footnote, ...]:
    """The notes whose mark stands in `whole`; one at its very end belongs to it too."""
    return tuple(note for note in document.footnotes if note.mark is not None and whole.start <= note.mark <= whole.end)


def _groups(heading: str, introduction: str) -> tuple[str, ...]:
    """The groups that ask, as the members' own introduction spells them.

    A heading is sometimes cut short ("50+" for 50Plus); where the
    introduction names as many groups, its names are taken.
    """
    named = _split_groups(heading)
    match = _MEMBERS_OF.search(introduction)
    spelled = _split_groups(match[1]) if match else ()
    return spelled if len(spelled) == len(named) else named


def _split_groups(names: str) -> tuple[str, ...]:
    names = re.sub(r"-?fracties?\s*$", "", names.strip())
    return tuple(name.strip().rstrip("-") for name in re.split(r",\s*|\s+en\s+", names) if name.strip(" -"))
