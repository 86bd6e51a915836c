"""Lists and ranges: counted, cut where asked, in the order asked for; notes and tables by their names."""

from itertools import pairwise
from pathlib import Path

import pytest

from index.library.build import build_index
from index.model.types import Parsed
from index.settings import Settings
from rag.answer.assistant import Assistant
from rag.answer.order import Order


def _labels(assistant: Assistant, question: str, top: int = 10, order: Order = "relevance") -> list[str]:
    return [hit.unit.label for hit in assistant.ask(question, top, order=order).hits]


@pytest.mark.parametrize("question", ["vragen 1 t/m 66", "fractie:CDA", "voetnoten", "vragen 11 t/m 14"])
def test_a_list_says_how_many_it_has_and_gives_them_all(assistant: Assistant, question: str) -> None:
    """The first ten are the first ten of all; nothing is told to be left out where nothing is."""
    first, all_of_them = assistant.ask(question), assistant.ask(question, 500)
    assert first.total == all_of_them.total == len(all_of_them.hits)
    assert [hit.passage.id for hit in first.hits] == [hit.passage.id for hit in all_of_them.hits[:10]]
    assert ("first of" in {remark.kind for remark in first.remarks}) == (len(first.hits) < (first.total or 0))
    assert not all_of_them.remarks


def test_a_ranking_is_not_counted(assistant: Assistant) -> None:
    assert assistant.ask("Wat is de boete voor hosters?").total is None


@pytest.mark.parametrize("question", ["fractie:CDA", "livestream", "vragen 14, 12 en 11"])
def test_numbers_ascend_where_asked(assistant: Assistant, question: str) -> None:
    """All that is found is there, only in another order."""
    hits = assistant.ask(question, 20, order="number").hits
    numbers = [hit.unit.numbers[0] if hit.unit.numbers else 10**6 for hit in hits]
    assert all(before <= after for before, after in pairwise(numbers))
    assert sorted(_labels(assistant, question, 20)) == sorted(hit.unit.label for hit in hits)


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("voetnoot 34", [34]),
        ("footnote 34", [34]),
        ("noot nr. 34", [34]),
        ("wat zegt voetnoot 34?", [34]),
        ("voetnoten 3 t/m 5", [3, 4, 5]),
        ("footnotes 3 to 5", [3, 4, 5]),
        ("voetnoot 34 en 35", [34, 35]),
    ],
)
def test_a_footnote_is_named_like_a_question(assistant: Assistant, question: str, numbers: list[int]) -> None:
    """Each is there once, and whole, however long it is."""
    answer = assistant.ask(question)
    assert [hit.passage.footnote for hit in answer.hits] == numbers
    assert answer.reads_whole
    for hit in answer.hits:
        whole = hit.whole
        assert whole is not None
        assert whole.contains(hit.passage.span)


@pytest.mark.parametrize("question", ["tabel", "Toon de tabellen", "tables", "vraag 44 tabel"])
def test_a_table_is_named_by_its_kind(assistant: Assistant, question: str) -> None:
    assert [(hit.unit.label, hit.passage.field) for hit in assistant.ask(question).hits] == [("Vraag 44", "table")]


@pytest.mark.parametrize("question", ["tabel 1", "tabel nr. 1", "tab. 1", "table 1", "wat zegt tabel 1?", "tabel:1"])
def test_a_table_is_named_by_its_number(assistant: Assistant, question: str) -> None:
    """A footnote's and an annex's way: where no heading says a number, the place does."""
    answer = assistant.ask(question)
    assert [(hit.unit.label, hit.passage.field) for hit in answer.hits] == [("Vraag 44", "table")]
    assert answer.reads_whole


def test_a_table_that_is_not_there_is_said(assistant: Assistant) -> None:
    (remark,) = assistant.ask("tabel 2").remarks
    assert (remark.kind, remark.value, remark.known) == ("unknown table", "2", ("1",))


def test_the_number_in_a_heading_goes_before_the_place(tmp_path: Path) -> None:
    tables = [
        f"<p>Tabel {n}: bruggen</p><table><tr><td>{w}</td><td>x</td></tr><tr><td>1</td><td>2</td></tr></table>"
        for n, w in ((4, "laat"), (5, "later"))
    ]
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "stuk.html").write_text(
        "<html><body><p>Vraag 1</p><p>Waar?</p><p>Antwoord 1</p><p>Hier.</p>" + "".join(tables) + "</body></html>"
    )
    settings = Settings(tmp_path / "documents", tmp_path / "index", "data/encoder/static")
    build_index(settings)
    built = Assistant.open(settings)
    assert ["later" in hit.text for hit in built.ask("tabel 5").hits] == [True]
    assert built.ask("tabel 1").remarks[0].known == ("4 t/m 5",)


def test_what_stands_in_no_document_is_said(assistant: Assistant) -> None:
    (remark,) = assistant.ask("voetnoot 99").remarks
    assert (remark.kind, remark.value) == ("unknown footnote", "99")


def test_a_long_question_that_cites_a_note_is_no_list(assistant: Assistant) -> None:
    """Prose is searched: twenty words and more that mention a footnote do not ask for it."""
    question = (
        "Klopt het dat de minister in voetnoot 34 schrijft dat er in de jaren daarvoor veel minder mensen zijn "
        "veroordeeld dan nu het geval is?"
    )
    assert {hit.passage.footnote for hit in assistant.ask(question).hits} != {34}


def test_who_names_a_question_reads_all_of_its_answer(assistant: Assistant, letter: Parsed) -> None:
    named, asked = assistant.ask("vraag 1"), assistant.ask("vraag 1 livestream")
    assert (named.reads_whole, asked.reads_whole) == (True, False)
    (hit,) = named.hits
    assert hit.whole == hit.unit.answer
