"""A quotation begins and ends where words do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language.word_boundaries import ends_word, starts_word, word_at


@pytest.mark.parametrize(
    ("text", "quoted", "starts", "ends"),
    [
        ("kost 150 euro", "150", True, True),
        ("kost 150 euro", "15", True, False),
        ("kost 150 euro", "50", False, True),
        ("steeg met 86% in", "86", True, False),
        ("een (re)actie volgt", "actie", False, True),
        ("de “boete” is", "boete", True, True),
        ("de (boete).", "boete", True, True),
        ("op -5 graden", "5", False, True),
        ("min -jeugd", "jeugd", True, True),
        ("is 2,5 miljoen", "2", True, False),
        ("is onmisbaar.Naar verwachting", "Naar verwachting", True, True),
        ("is onmisbaar.Naar verwachting", "is onmisbaar.", True, True),
        ("de AI-wet geldt", "wet", False, True),
        ("de AI-wet geldt", "AI", True, False),
        ("zacht\u00adheid", "heid", False, True),
        ("\u200bwoord\u200b", "woord", True, True),
    ],
)
def test_where_words_begin_and_end(text: str, quoted: str, starts: bool, ends: bool) -> None:
    at = text.rindex(quoted)
    assert (starts_word(text, at), ends_word(text, at + len(quoted))) == (starts, ends)


@given(st.text(alphabet="ab1 .,-()“”\n", max_size=30), st.data())
def test_white_space_is_always_an_edge(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    start, end = word_at(text, offset)
    assert 0 <= start <= offset <= end <= len(text)
    assert not any(character.isspace() for character in text[start:end])
    assert starts_word(text, start)
    assert ends_word(text, end)
