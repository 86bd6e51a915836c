"""A passage that ends in a colon brings what it announces, and of a table the cell that answers is known."""

import pytest

from index.language.span import Span
from index.model.types import Document, Passage, Unit
from rag.answer.assistant import Assistant
from rag.answer.continuation import answering_cell, continuation
from rag.answer.record import answer_record
from rag.answer.types import Hit
from rag.commands.terminal import show
from tests.conftest import SMALL_LETTER, parsed_letter
from ui.desk.desk import Tools
from ui.render.answer import render_answer

CONVICTED = "Hoeveel mensen zijn veroordeeld voor kinderpornografie in {}?"


@pytest.mark.parametrize(("year", "cell"), [("2021", "230"), ("2022", "190"), ("2023", "250"), ("2025", "300")])
def test_the_table_comes_with_the_sentence_that_announces_it(assistant: Assistant, year: str, cell: str) -> None:
    """In the record, the terminal and the page, the cell of the year marked."""
    from io import StringIO

    from rich.console import Console

    answer = assistant.ask(CONVICTED.format(year))
    hit = answer.hits[0]
    follows = continuation(hit)
    found = (hit.passage.span, follows)
    assert hit.unit.tables[0].span in found
    assert answer_record(answer)["hits"][0]["cell"]["text"] == cell
    output = StringIO()
    show(answer, Console(file=output, width=120), "nl")
    assert f"▸ {cell} ◂" in output.getvalue()
    html = render_answer(answer, Tools(assistant), "nl").split("</article>")[0]
    assert f">{cell}</span></mark></td>" in html


def test_question_44_shows_its_table(assistant: Assistant) -> None:
    assert ">250</span></td>" in render_answer(assistant.ask("vraag 44"), Tools(assistant), "nl")


def test_a_question_for_no_year_marks_no_cell(assistant: Assistant) -> None:
    (unit,) = (unit for unit in assistant.index.collection.units if unit.tables)
    text = assistant.index.collection.document(unit.document).text
    assert answering_cell(unit.tables[0], text, "hoeveel veroordelingen") is None
    assert answering_cell(unit.tables[0], text, "hoeveel in 2021 en 2023") is None


def _hit(tmp_path: object, answer: str, passage: str) -> Hit:
    text = SMALL_LETTER.replace("Een brug kost 150 miljoen euro in 2024.", answer)
    parsed = parsed_letter(tmp_path, text)  # type: ignore[arg-type]
    document: Document = parsed.document
    unit: Unit = next(unit for unit in parsed.units if unit.numbers == (2,))
    start = document.text.index(passage)
    span = Span(start, start + len(passage))
    return Hit(1, 1.0, Passage(document.id, unit.id, "minister", "answer", span), passage, unit, document)


@pytest.mark.parametrize(
    ("after", "brought"),
    [
        ("- een boog;\n- een pijler.\n\nDaarna komt nog wat.", "- een boog;\n- een pijler."),
        ("1. een boog;\n2. een pijler.\nEn meer.", "1. een boog;\n2. een pijler."),
        ("Een boog en een pijler.\n\nDaarna komt nog wat.", "Een boog en een pijler."),
        ("", None),
    ],
)
def test_a_list_or_a_paragraph_comes_too(tmp_path: object, after: str, brought: str | None) -> None:
    hit = _hit(tmp_path, f"Een brug bestaat uit het volgende:\n{after}".rstrip(), "Een brug bestaat uit het volgende:")
    follows = continuation(hit)
    assert (follows and follows.of(hit.document.text)) == brought


def test_what_ends_otherwise_brings_nothing(tmp_path: object) -> None:
    hit = _hit(tmp_path, "Een brug is duur.\n\n- Echt.", "Een brug is duur.")
    assert continuation(hit) is None
