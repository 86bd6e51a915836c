"""Cut units into passages: exact slices of about one paragraph.

A passage never crosses a unit, a speaker, a table or a footnote, and starts
and ends where sentences do. Short lines ("Ja.", the headings in an annex) go
with the paragraph after them; long paragraphs are cut in even parts.
"""

from collections.abc import Iterator

from index.language.sentences import sentence_spans
from index.language.span import Span
from index.model.types import Document, Field, Parsed, Passage, Speaker, Unit

# Characters. A paragraph of the letter has a median of some 600.
SHORTEST = 160
LONGEST = 900


def passages(parsed: Parsed) -> tuple[Passage, ...]:
    """Every passage of a document: unit by unit, in each by offset, its footnotes last.

    Every word of a context, question, answer or footnote stands in exactly
    one passage; the heading of a section or annex in none, since it answers
    nothing. A question that is answered twice stands in the first of its units.
    """
    found = (passage for unit in parsed.units for passage in _unit_passages(parsed.document, unit))
    return tuple({passage.id: passage for passage in reversed(tuple(found))}.values())[::-1]


def _unit_passages(document: Document, unit: Unit) -> Iterator[Passage]:
    def made(span: Span, speaker: Speaker, field: Field, footnote: int | None = None) -> Passage:
        return Passage(document.id, unit.id, speaker, field, span, footnote)

    if unit.context:
        yield from (made(span, "members", "context") for span in cut(document.text, unit.context))
    for question in unit.questions if unit.kind == "question" else ():
        yield from (made(span, "members", "question") for span in cut(document.text, question))
    if unit.answer:
        position = unit.answer.start
        for field, speaker, inserted in unit.insertions:
            if position < inserted.start:
                before = Span(position, inserted.start)
                yield from (made(span, unit.answer_speaker, "answer") for span in cut(document.text, before))
            spans = (inserted,) if field == "table" else cut(document.text, inserted)
            yield from (made(span, speaker, field) for span in spans)
            position = inserted.end
        if position < unit.answer.end:
            rest = Span(position, unit.answer.end)
            yield from (made(span, unit.answer_speaker, "answer") for span in cut(document.text, rest))
    for note in unit.footnotes:
        for span in cut(document.text, note.body):
            yield made(span, unit.speaker_at(note.mark), "footnote", note.number)


def cut(text: str, span: Span) -> tuple[Span, ...]:
    """`span` in passages, in order; every character that is not white space is in exactly one."""
    paragraphs = _paragraphs(text, span)
    merged = _merge_short(paragraphs)
    return tuple(part for paragraph in merged for part in _cut_long(text, paragraph))


def _paragraphs(text: str, span: Span) -> list[list[Span]]:
    """The sentences of `span`, grouped by the lines that hold them."""
    paragraphs: list[list[Span]] = []
    for sentence in sentence_spans(text, span.start, span.end):
        if paragraphs and "\n" not in text[paragraphs[-1][-1].end : sentence.start]:
            paragraphs[-1].append(sentence)
        else:
            paragraphs.append([sentence])
    return paragraphs


def _length(sentences: list[Span]) -> int:
    return sentences[-1].end - sentences[0].start


def _merge_short(paragraphs: list[list[Span]]) -> list[list[Span]]:
    """Put a short paragraph before the one it leads to, a short last one behind the one before."""
    merged: list[list[Span]] = []
    for paragraph in paragraphs:
        if merged and _length(merged[-1]) < SHORTEST:
            merged[-1] = merged[-1] + paragraph
        else:
            merged.append(paragraph)
    if len(merged) > 1 and _length(merged[-1]) < SHORTEST:
        merged[-2:] = [merged[-2] + merged[-1]]
    return merged


def _cut_long(text: str, sentences: list[Span]) -> Iterator[Span]:
    """Cut at sentence ends into the fewest parts of at most LONGEST, about equally long.

    A single sentence longer than that stays whole.
    """
    parts = -(-_length(sentences) // LONGEST)
    target = _length(sentences) / parts
    part: list[Span] = []
    for sentence in sentences:
        if part and sentence.end - part[0].start > LONGEST:
            yield Span(part[0].start, part[-1].end)
            part = []
        part.append(sentence)
        if _length(part) >= target and sentence is not sentences[-1]:
            yield Span(part[0].start, part[-1].end)
            part = []
    if part:
        yield Span(part[0].start, part[-1].end)
