"""Make the units that a document has: questions, sections and annexes, with all that belongs to them."""

from collections.abc import Iterable
from dataclasses import replace

from index.language.references import annex_numeral, references, refers_only
from index.language.span import Span
from index.model.tables import tables
from index.model.types import Document, Footnote, Speaker, Table, Unit, UnitKind


def question_unit(
    document: Document,
    numbers: tuple[int, ...],
    groups: tuple[str, ...],
    context: Span | None,
    questions: tuple[Span, ...],
    answer: Span | None,
    sources: tuple[Footnote, ...] = (),
) -> Unit:
    """The questions of these numbers with the answer they share, None where there is none.

    `sources` are notes that the reader did not know: the members' own, under
    their questions or at the end of the document.
    """
    text = answer.of(document.text) if answer else ""
    name = "-".join(map(str, numbers))
    return Unit(
        id=f"{document.id}:vraag-{name}",
        document=document.id,
        kind="question",
        numbers=numbers,
        label=question_label(numbers),
        asked_by=groups,
        context=context,
        questions=questions,
        answer=answer,
        footnotes=_in_order((*_footnotes(document, context, questions, answer), *sources)),
        tables=_tables(document, answer),
        references=references(text, numbers),
        refers_only=refers_only(text, numbers),
    )


def question_label(numbers: tuple[int, ...]) -> str:
    """ "Vraag 4", "Vragen 3 en 8", "Vragen 4, 5 en 6"."""
    if len(numbers) == 1:
        return f"Vraag {numbers[0]}"
    return f"Vragen {', '.join(map(str, numbers[:-1]))} en {numbers[-1]}"


def annex_unit(document: Document, heading: Span, name: str, body: Span | None) -> Unit:
    """The annex called `name` ("II", "2", "B"; "" for the only one), with its text."""
    return Unit(
        id=f"{document.id}:bijlage-{name or 1}",
        document=document.id,
        kind="annex",
        numbers=(),
        label=f"Bijlage {name}".strip(),
        annex=annex_numeral(name or "I"),
        asked_by=(),
        context=None,
        questions=(heading,),
        answer=body,
        footnotes=_footnotes(document, None, (heading,), body),
        tables=_tables(document, body),
    )


def section_unit(
    document: Document,
    place: int,
    label: str,
    groups: tuple[str, ...],
    heading: Span | None,
    context: Span | None,
    answer: Span | None,
    asked_within: tuple[Span, ...] = (),
) -> Unit:
    """A section of prose, the `place`-th of its document: its heading, the members' words and the reply."""
    text = answer.of(document.text) if answer else ""
    headings = (heading,) if heading else ()
    return Unit(
        id=f"{document.id}:paragraaf-{place}",
        document=document.id,
        kind="section",
        numbers=(),
        label=label,
        asked_by=groups,
        context=context,
        questions=headings,
        answer=answer,
        footnotes=_footnotes(document, context, headings, answer),
        tables=_tables(document, answer),
        references=references(text, ()),
        refers_only=refers_only(text, ()),
        asked_within=asked_within,
    )


def chapter_unit(
    document: Document, place: int, label: str, headings: tuple[Span, ...], text: Span | None, speaker: Speaker
) -> Unit:
    """A section of running text, the `place`-th of its document, that `speaker` wrote; `headings` stand above it."""
    return _running(document, place, "chapter", label, headings, text, speaker)


def turn_unit(
    document: Document,
    place: int,
    label: str,
    groups: tuple[str, ...],
    heading: Span,
    words: Span | None,
    speaker: Speaker,
) -> Unit:
    """What one speaker says in proceedings; `heading` is the line that names him."""
    return replace(_running(document, place, "turn", label, (heading,), words, speaker), asked_by=groups)


def _running(
    document: Document,
    place: int,
    kind: UnitKind,
    label: str,
    headings: tuple[Span, ...],
    text: Span | None,
    speaker: Speaker,
) -> Unit:
    return Unit(
        id=f"{document.id}:paragraaf-{place}",
        document=document.id,
        kind=kind,
        numbers=(),
        label=label,
        asked_by=(),
        context=None,
        questions=headings,
        answer=text,
        footnotes=_footnotes(document, None, headings, text),
        tables=_tables(document, text),
        speaker=speaker,
    )


def with_unlike_ids(units: Iterable[Unit]) -> tuple[Unit, ...]:
    """The units, a number behind the id of each one whose id another has already."""
    found: list[Unit] = []
    seen: dict[str, int] = {}
    for unit in units:
        times = seen[unit.id] = seen.get(unit.id, 0) + 1
        found.append(unit if times == 1 else replace(unit, id=f"{unit.id}:{times}"))
    return tuple(found)


def _tables(document: Document, answer: Span | None) -> tuple[Table, ...]:
    """The tables in an answer, as the file gives them or as its text is laid out."""
    if not answer:
        return ()
    if document.tables:
        return tuple(table for table in document.tables if answer.contains(table.span))
    return tables(document.text, answer.start, answer.end)


def _in_order(notes: tuple[Footnote, ...]) -> tuple[Footnote, ...]:
    return tuple(sorted(notes, key=lambda note: note.mark))


def _footnotes(
    document: Document, context: Span | None, questions: tuple[Span, ...], answer: Span | None
) -> tuple[Footnote, ...]:
    """The notes whose mark stands in one of these spans; one at its very end belongs to it too."""
    spans = [span for span in (context, *questions, answer) if span]
    return tuple(n for n in document.footnotes if any(s.start <= n.mark <= s.end for s in spans))
