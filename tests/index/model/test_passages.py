"""Passages and sentences are exact slices that together hold every word."""

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language.sentences import sentence_spans
from index.language.span import Span
from index.model.passages import LONGEST, cut, passages
from index.model.types import Parsed, Passage
from tests.conftest import LETTER

PROSE = st.text(alphabet="aAbB 1.,?!\n\t”’(ë", max_size=400)


@pytest.fixture(scope="module")
def found(letter: Parsed) -> tuple[Passage, ...]:
    return passages(letter)


def test_each_passage_lies_in_one_part_of_its_unit(letter: Parsed, found: tuple[Passage, ...]) -> None:
    """No passage crosses a unit or a speaker."""
    units = {unit.id: unit for unit in letter.units}
    for passage in found:
        unit = units[passage.unit]
        if passage.footnote is not None:
            part = next(note.body for note in unit.footnotes if note.number == passage.footnote)
        elif passage.field in ("answer", "table"):
            assert unit.answer is not None
            part = unit.answer
            assert passage.speaker == unit.answer_speaker
        else:
            span = unit.context if passage.field == "context" else unit.questions[0]
            assert span is not None
            part = span
            assert passage.speaker == "members"
        assert part.contains(passage.span)


def test_every_word_stands_in_the_received_file_in_that_order(found: tuple[Passage, ...], letter: Parsed) -> None:
    raw = re.sub(r"\[bookmark:[^\]]*\]|\[footnoteRef:\d+\](?:,(?=\[))?", "", LETTER.read_text("utf-8"))
    for passage in found:
        position = 0
        for word in passage.span.of(letter.document.text).split():
            position = raw.index(word, position) + len(word)


def test_passages_do_not_overlap(found: tuple[Passage, ...]) -> None:
    spans = sorted(passage.span for passage in found)
    assert all(first.end <= second.start for first, second in itertools.pairwise(spans))
    assert len({passage.id for passage in found}) == len(found)


def test_who_speaks(found: tuple[Passage, ...]) -> None:
    assert {p.speaker for p in found if "bijlage" in p.unit} == {"third party"}
    assert {p.speaker for p in found if "vraag" in p.unit} == {"minister", "members"}


@given(PROSE)
def test_cutting_loses_no_word(text: str) -> None:
    """Whatever the text, its passages hold every character that is not white space, once and in order."""
    if not text.strip():
        return
    spans = cut(text, Span(0, len(text)))
    assert "".join("".join(span.of(text).split()) for span in spans) == "".join(text.split())
    assert all(span.of(text) == span.of(text).strip() for span in spans)


@given(PROSE)
def test_sentences_lose_no_word(text: str) -> None:
    spans = sentence_spans(text)
    assert "".join("".join(span.of(text).split()) for span in spans) == "".join(text.split())


def test_a_long_paragraph_is_cut_at_sentence_ends() -> None:
    text = "Dit is een zin van gewone lengte over bruggen. " * 60
    spans = cut(text, Span(0, len(text)))
    assert len(spans) > 1
    assert all(span.end - span.start <= LONGEST and span.of(text).endswith(".") for span in spans)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Zie art. 9 van de wet. Dat geldt nog.", ["Zie art. 9 van de wet.", "Dat geldt nog."]),
        ("De heer D.M. Van Weel tekent. Punt.", ["De heer D.M. Van Weel tekent.", "Punt."]),
        ("Volgens Drejer et al. (2025) klopt dat. Ja.", ["Volgens Drejer et al. (2025) klopt dat.", "Ja."]),
        ("Op 6 april jl. verviel de regeling. Nu niet.", ["Op 6 april jl. verviel de regeling.", "Nu niet."]),
        ("Behandeld moeten worden. In\n2024 was dat zo.", ["Behandeld moeten worden.", "In\n2024 was dat zo."]),
        ("Kop zonder punt\nZorg ervoor dat het kan.", ["Kop zonder punt", "Zorg ervoor dat het kan."]),
        ("Hij zei: ‘Dat kan niet.’ Toen ging hij.", ["Hij zei: ‘Dat kan niet.’", "Toen ging hij."]),
        ("In totaal 11.192.234.293 beelden. Klaar.", ["In totaal 11.192.234.293 beelden.", "Klaar."]),
        ("Eén zin\n\nnog een", ["Eén zin", "nog een"]),
        ("", []),
    ],
)
def test_where_sentences_end(text: str, sentences: list[str]) -> None:
    assert [span.of(text) for span in sentence_spans(text)] == sentences
