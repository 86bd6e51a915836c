"""Make the units that a document has: questions, sections and annexes, with all that belongs to them."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from index.language.span import Span
from index.language.values.references import annex_numeral, references, refers_only
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
    name = "-".join(map(str, numbers))
    said = _referring(document, answer, numbers)
    label = question_label(numbers)
    unit = _unit(
        document, f"vraag-{name}", "question", label, questions, answer, groups, context, numbers=numbers, **said
    )
    return replace(unit, footnotes=tuple(sorted((*unit.footnotes, *sources), key=lambda note: note.mark)))


def question_label(numbers: tuple[int, ...]) -> str:
    """ "Vraag 4", "Vragen 3 en 8", "Vragen 4, 5 en 6"."""
    if len(numbers) == 1:
        return f"Vraag {numbers[0]}"
    return f"Vragen {', '.join(map(str, numbers[:-1]))} en {numbers[-1]}"


def annex_unit(document: Document, heading: Span, name: str, body: Span | None) -> Unit:
    """The annex called `name` ("II", "2", "B"; "" for the only one), with its text."""
    label, numeral = f"Bijlage {name}".strip(), annex_numeral(name or "I")
    return _unit(document, f"bijlage-{name or 1}", "annex", label, (heading,), body, annex=numeral)


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
    more = {**_referring(document, answer, ()), "asked_within": asked_within}
    headings = (heading,) if heading else ()
    return _unit(document, f"paragraaf-{place}", "section", label, headings, answer, groups, context, **more)


def chapter_unit(
    document: Document, place: int, label: str, headings: tuple[Span, ...], text: Span | None, speaker: Speaker
) -> Unit:
    """A section of running text, the `place`-th of its document, that `speaker` wrote; `headings` stand above it."""
    return _unit(document, f"paragraaf-{place}", "chapter", label, headings, text, speaker=speaker)


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
    return _unit(document, f"paragraaf-{place}", "turn", label, (heading,), words, groups, speaker=speaker)


def _unit(
    document: Document,
    name: str,
    kind: UnitKind,
    label: str,
    questions: tuple[Span, ...],
    answer: Span | None,
    groups: tuple[str, ...] = (),
    context: Span | None = None,
    numbers: tuple[int, ...] = (),
    **more: Any,
) -> Unit:
    """A unit with the tables of its answer, and the notes whose mark stands in it or at its very end."""
    spans = [span for span in (context, *questions, answer) if span]
    notes = tuple(n for n in document.footnotes if any(s.start <= n.mark <= s.end for s in spans))
    identifier, tables = f"{document.id}:{name}", _tables(document, answer)
    return Unit(
        identifier, document.id, kind, numbers, label, groups, context, questions, answer, notes, tables, **more
    )


def _referring(document: Document, answer: Span | None, numbers: tuple[int, ...]) -> dict[str, Any]:
    """What an answer points to, and whether it does nothing else."""
    text = answer.of(document.text) if answer else ""
    return {"references": references(text, numbers), "refers_only": refers_only(text, numbers)}


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
