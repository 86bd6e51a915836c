"""A phrase stands in a text as whole words, whatever the capitals, accents, spaces and quotation marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language.phrases import pattern, shadow


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("de boete", "Dan is De\n boete hoog."),
        ("financiele", "De Financiële zaken"),
        ("Financiële", "financie\u0308le"),
        ("TBKK", "de TBKK’s"),
        ("zo'n", "Zo’n zaak"),
        ("kindermisbruik", "kinder\u00admisbruik"),
        ("15", "Er zijn 15."),
        ("10.000", "wel 10.000 euro"),
        ("(HCS)", "de Hash Check Service (HCS) is"),
    ],
)
def test_stands(phrase: str, text: str) -> None:
    assert pattern(phrase).search(shadow(text))


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("boete", "boetes"),
        ("cel", "kamercel"),
        ("15", "150"),
        ("15", "15,5"),
        ("15", "2,15"),
        ("15", "15.000"),
        ("de boete", "de hoge boete"),
        ("de boete", "boete de"),
        ("een zaak. De", "een zaak de"),
    ],
)
def test_does_not_stand(phrase: str, text: str) -> None:
    assert not pattern(phrase).search(shadow(text))


@given(st.lists(st.text(st.characters(categories=["Ll", "Lu", "Nd"]), min_size=1, max_size=8), min_size=1, max_size=8))
def test_words_of_a_text_stand_in_it(words: list[str]) -> None:
    text = " ".join(words)
    for length in range(1, len(words) + 1):
        assert pattern(" ".join(words[:length])).search(shadow(text))
