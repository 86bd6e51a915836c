"""Lists and ranges: counted, cut where asked, in the order asked for; notes and tables by their names."""

from itertools import pairwise

import pytest

from index.model.types import Parsed
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
