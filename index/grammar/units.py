"""Make the units that every form of document has: questions and annexes, with all that belongs to them."""

from index.references import annex_numeral, references, refers_only
from index.tables import tables
from index.types import Document, Footnote, Span, Unit


def question_unit(
    document: Document,
    numbers: tuple[int, ...],
    groups: tuple[str, ...],
    context: Span | None,
    questions: tuple[Span, ...],
    answer: Span | None,
) -> Unit:
    """The questions of these numbers with the answer they share, None where there is none."""
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
        footnotes=_footnotes(document, context, questions, answer),
        tables=tables(document.text, answer.start, answer.end) if answer else (),
        references=references(text, numbers),
        refers_only=refers_only(text, numbers),
    )


def question_label(numbers: tuple[int, ...]) -> str:
    """ "Vraag 4", "Vragen 3 en 8", "Vragen 4, 5 en 6"."""
    if len(numbers) == 1:
        return f"Vraag {numbers[0]}"
    return f"Vragen {', '.join(map(str, numbers[:-1]))} en {numbers[-1]}"


def annex_unit(document: Document, heading: Span, name: str, body: Span | None) -> Unit:
    """The annex called `name` ("II", "2", "B"), with its text."""
    return Unit(
        id=f"{document.id}:bijlage-{name}",
        document=document.id,
        kind="annex",
        numbers=(),
        label=f"Bijlage {name}",
        annex=annex_numeral(name),
        asked_by=(),
        context=None,
        questions=(heading,),
        answer=body,
        footnotes=_footnotes(document, None, (heading,), body),
        tables=tables(document.text, body.start, body.end) if body else (),
    )


def _footnotes(
    document: Document, context: Span | None, questions: tuple[Span, ...], answer: Span | None
) -> tuple[Footnote, ...]:
    """The notes whose mark stands in one of these spans; one at its very end belongs to it too."""
    spans = [span for span in (context, *questions, answer) if span]
    return tuple(n for n in document.footnotes if any(s.start <= n.mark <= s.end for s in spans))
