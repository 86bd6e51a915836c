"""How a question is read: its words, the units it names, and what is no question at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.question.query import Query, read_question


def _read(question: str) -> Query:
    query = read_question(question)
    assert query is not None
    return query


@pytest.mark.parametrize(
    ("question", "numbers", "annexes"),
    [
        ("vraag 28", (28,), ()),
        ("Vraag 28?", (28,), ()),
        ("vraag28", (28,), ()),
        ("vraag nr. 28", (28,), ()),
        ("Wat is het antwoord op vraag 28?", (28,), ()),
        ("antwoord 28", (28,), ()),
        ("Vraag: 28", (28,), ()),
        ("vr. 28", (28,), ()),
        ("Q28", (28,), ()),
        ("vrg 28", (28,), ()),
        ("vrg. 28", (28,), ()),
        ("vrgn 3 en 5", (3, 5), ()),
        ("vr 28", (28,), ()),
        ("wat staat in vr. 28", (28,), ()),
        ("vraagnr. 28", (28,), ()),
        ("vraag no. 28", (28,), ()),
        ("vraag #28", (28,), ()),
        ("#28", (28,), ()),
        ("antw. 28", (28,), ()),
        ("question no. 28", (28,), ()),
        ("question number 28", (28,), ()),
        ("bijl. II", (), ("II",)),
        ("28", (28,), ()),
        ("nr 28", (28,), ()),
        ("vraag 1,2", (1, 2), ()),
        ("vragen 11 t/m 14", (11, 12, 13, 14), ()),
        ("vragen 11-14", (11, 12, 13, 14), ()),
        ("vragen 11 tot 14", (11, 12, 13, 14), ()),
        ("vraag 1, 3 en 5", (1, 3, 5), ()),
        ("question 28", (28,), ()),
        ("questions 11 to 14", (11, 12, 13, 14), ()),
        ("questions 3 and 5", (3, 5), ()),
        ("bijlage II", (), ("II",)),
        ("bijlage ii", (), ("II",)),
        ("bijlage 2", (), ("II",)),
        ("bijlagen I en II", (), ("I", "II")),
        ("Annex I", (), ("I",)),
        ("vraag 7 en bijlage II", (7,), ("II",)),
    ],
)
def test_named_units(question: str, numbers: tuple[int, ...], annexes: tuple[str, ...]) -> None:
    query = _read(question)
    assert (query.numbers, query.annexes, query.content) == (numbers, annexes, False)


def test_a_named_unit_with_a_question_about_it() -> None:
    query = _read("Wat zegt vraag 28 over livestreams?")
    assert query.numbers == (28,)
    assert query.content
    assert "28" not in query.text


@pytest.mark.parametrize(
    "question",
    [
        'artikel 12', '12-jarigen', '24-7', '2023-2024', 'punt 3', '088-1234567', '1 op de 5', '9,4%',
        '14.30 uur', '10km', '5G', 'paragraaf 12', '12 maart', "bijlage van 12 pagina's",
        'hoeveel 12-jarigen varen er mee?', 'lid 2', 'stuk nr. 12 van de motie', 'ik vraag 12-jarigen om hulp',
        '-5 graden', '99999999999999999999999999',
        'artikel 28', 'in 2028', '28 fte', 'hoeveel vragen zijn er', '240b', '8675309', 'vr. 12 december',
        'Is er vraag 24 uur per dag?', 'ik heb een vraag 24/7', 'vraag 12 jaar geleden',
    ],
)  # fmt: skip
def test_a_number_or_an_amount_is_no_question_number_without_the_word(question: str) -> None:
    query = _read(question)
    assert not query.names_units
    assert query.numbers == ()


@pytest.mark.parametrize(
    ("question", "impossible"),
    [("vraag 2021", "2021"), ("vraag 99999999999999999999", "9" * 20), ("bijlage 99", "99"), ("bijlage IIII", "IIII")],
)
def test_a_unit_that_cannot_be(question: str, impossible: str) -> None:
    assert _read(question).impossible == (impossible,)


@pytest.mark.parametrize("question", ["", " ", "\n\t", "x", "?", "😀😀", "-- ;", "\u200b", "\x00", "é", "<b></b>"])
def test_what_is_no_question(question: str) -> None:
    assert read_question(question) is None


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    """Whatever is typed gives a query or None, and no control character is searched for."""
    query = read_question(text)
    assert query is None or not any(ord(character) < 32 for character in query.text)
