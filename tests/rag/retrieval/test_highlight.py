"""The sentence of a passage that is marked: by tokens, or words and by meaning, and never against a phrase."""

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from index.language.span import Span
from rag.retrieval.highlight import Highlighter, _best, _states
from rag.retrieval.retrieve import Retriever
from tests.rag.retrieval.made import SLUICES, MadeEncoder, made_index

BRIDGES = (
    "Brief.\n\n1. Vragen en opmerkingen vanuit de Groene-fractie\n\n1. Wat gebeurt er?\n\n"
    "Het werk is begonnen. De politie helpt. Kenmerk zq7x is daarvoor verleend. Er komt een loods. "
    "Een tweede kenmerk zq7x volgt later in het jaar.\n"
)
ANSWER = 1
Mark = Callable[..., str | None]


@pytest.fixture
def mark(tmp_path_factory: pytest.TempPathFactory) -> Mark:
    """What is marked in the answer for a question, with phrases."""
    index, encoders = made_index(tmp_path_factory.mktemp("made"), BRIDGES)
    retriever = Retriever(index, encoders)
    highlighter = Highlighter(index, encoders)

    def marked(question: str | None, *phrases: str) -> str | None:
        found = None if question is None else retriever.retrieve(question)
        (span,) = highlighter.answering_sentences([ANSWER], found, phrases)
        return span.of(index.collection.documents[0].text) if span else None

    return marked


def test_meaning_marks_a_sentence_without_a_word_of_the_question(mark: Mark) -> None:
    assert mark("agenten") == "De politie helpt."


def test_words_mark_a_sentence_whose_words_mean_nothing_to_the_encoder(mark: Mark) -> None:
    assert mark("zq7x") == "Kenmerk zq7x is daarvoor verleend."


def test_tokens_mark_a_sentence_where_the_encoder_knows_where_they_stand(mark: Mark) -> None:
    """By the token nearest to each of the question's, wherever the sentence stands in its passage."""

    def token_spans(self: MadeEncoder, texts: list[str]) -> list[list[tuple[int, int]]]:
        return [[match.span() for match in re.finditer(r"\S+", text)] for text in texts]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(MadeEncoder, "token_spans", token_spans)
        assert mark("agenten") == "De politie helpt."
        assert mark("loods agenten loods") == "Er komt een loods."
        assert mark("een volgt in het jaar") == "Een tweede kenmerk zq7x volgt later in het jaar."


def test_a_phrase_goes_before_the_score(mark: Mark) -> None:
    """Of the sentences with the phrase the best, the first of equals; of none, none."""
    assert mark("agenten", "een loods") == "Er komt een loods."
    assert mark(None, "kenmerk zq7x") == "Kenmerk zq7x is daarvoor verleend."
    assert mark("volgt zq7x", "kenmerk zq7x") == "Een tweede kenmerk zq7x volgt later in het jaar."
    assert mark(None) is None
    assert mark(None, "staat nergens") is None


@pytest.mark.parametrize(
    ("question", "marked"),
    [
        ("Hoeveel geld komt er?", "Het is twaalf ton."),
        ("How much money is there?", "Het is twaalf ton."),
        ("In welk jaar komt er geld?", "Dat was in 2019."),
        ("Komt er geld?", "Er komt veel geld."),
    ],
)
def test_a_sentence_that_states_what_is_asked_for_goes_before_its_neighbours(question: str, marked: str) -> None:
    text = "Er komt veel geld. Het is twaalf ton. Dat was in 2019. Meer niet. Er zijn 40 loodsen."
    spans = [Span(*match.span()) for match in re.finditer(r"[^.]+\.", text)]
    scores = np.array([0.9, 0.7, 0.7, 0.1, 0.1], dtype=np.float32)
    found = _best(text, spans, scores, (), (), _states(question))
    assert found and found.of(text).strip() == marked


def test_a_passage_of_one_sentence_has_no_mark(tmp_path: Path) -> None:
    index, encoders = made_index(tmp_path, SLUICES)
    found = Retriever(index, encoders).retrieve("sluizen")
    *others, marked = Highlighter(index, encoders).answering_sentences(range(11), found)
    assert others == [None] * 10
    assert marked is not None
    assert index.collection.passages[10].span.contains(marked)
