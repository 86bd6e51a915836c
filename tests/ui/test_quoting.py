"""What is selected becomes citations of whole words, each of one speaker, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language.word_boundaries import ends_word, starts_word
from rag.citation.citation import CitationError
from ui.desk.desk import Tools
from ui.desk.quoting import quotation_record, quotations


def test_a_selection_within_a_word_takes_the_whole_word(tools: Tools) -> None:
    document = tools.collection.documents[0]
    start = document.text.index("26 fte uitgebreid") + 8
    (citation,) = quotations(tools, document.id, start, start + 3)
    assert citation.quotation == "uitgebreid"


def test_a_selection_over_a_question_and_its_answer_is_two_citations(tools: Tools) -> None:
    document = tools.collection.documents[0]
    unit = tools.collection.units[1]
    assert unit.answer
    found = quotations(tools, document.id, unit.questions[0].start, unit.answer.end)
    assert [citation.speaker for citation in found] == ["members", "minister"]
    record = quotation_record(found[1])
    assert record["plain"].startswith("“")
    assert record["reference"] in record["plain"]
    assert record["markdown"].startswith("> ")


@given(st.data())
def test_any_selection_gives_exact_words_or_a_refusal(tools: Tools, data: st.DataObject) -> None:
    """Whatever the ends, a citation is the document's own slice of whole words, and all that was selected is in one."""
    document = tools.collection.documents[0]
    start = data.draw(st.integers(0, len(document.text) - 1))
    end = data.draw(st.integers(start + 1, min(len(document.text), start + 4_000)))
    try:
        found = quotations(tools, document.id, start, end)
    except CitationError:
        assert not any(c.isalnum() for c in document.text[start:end]) or end - start < 200
        return
    for citation in found:
        assert document.text[citation.span.start : citation.span.end] == citation.quotation
        assert starts_word(document.text, citation.span.start)
        assert ends_word(document.text, citation.span.end)


@pytest.mark.parametrize(("start", "end"), [(-1, 5), (5, 5), (7, 3), (0, 10**9)])
def test_what_is_no_range_is_refused(tools: Tools, start: int, end: int) -> None:
    with pytest.raises(CitationError):
        quotations(tools, tools.collection.documents[0].id, start, end)
