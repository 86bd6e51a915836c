"""The sentence of a passage that is marked: by words and by meaning, and never against a phrase."""

from collections.abc import Callable
from pathlib import Path

import pytest

from rag.retrieval.highlight import Highlighter
from rag.retrieval.retrieve import Retriever
from tests.rag.retrieval.made import SLUICES, made_index

BRIDGES = (
    "Brief.\n\n1. Vragen en opmerkingen vanuit de Groene-fractie\n\n1. Wat gebeurt er?\n\n"
    "Het werk is begonnen. De politie helpt. Kenmerk zq7x is daarvoor verleend. Er komt een loods. "
    "Een tweede kenmerk zq7x volgt later in het jaar.\n"
)
ANSWER = 1
Mark = Callable[..., str | None]


@pytest.fixture(scope="module")
def mark(tmp_path_factory: pytest.TempPathFactory) -> Mark:
    """What is marked in the answer for a question, with phrases."""
    index, encoders = made_index(tmp_path_factory.mktemp("made"), BRIDGES)
    retriever = Retriever(index, encoders)
    highlighter = Highlighter(index.collection, encoders.words)

    def marked(question: str | None, *phrases: str) -> str | None:
        found = None if question is None else retriever.retrieve(question)
        asked = None if found is None else (found.text, found.query)
        (span,) = highlighter.answering_sentences([ANSWER], asked, phrases)
        return span.of(index.collection.documents[0].text) if span else None

    return marked


def test_meaning_marks_a_sentence_without_a_word_of_the_question(mark: Mark) -> None:
    assert mark("agenten") == "De politie helpt."


def test_words_mark_a_sentence_whose_words_mean_nothing_to_the_encoder(mark: Mark) -> None:
    assert mark("zq7x") == "Kenmerk zq7x is daarvoor verleend."


def test_a_phrase_goes_before_the_score(mark: Mark) -> None:
    """Of the sentences with the phrase the best, the first of equals; of none, none."""
    assert mark("agenten", "een loods") == "Er komt een loods."
    assert mark(None, "kenmerk zq7x") == "Kenmerk zq7x is daarvoor verleend."
    assert mark("volgt zq7x", "kenmerk zq7x") == "Een tweede kenmerk zq7x volgt later in het jaar."
    assert mark(None) is None
    assert mark(None, "staat nergens") is None


def test_a_passage_of_one_sentence_has_no_mark(tmp_path: Path) -> None:
    index, encoders = made_index(tmp_path, SLUICES)
    found = Retriever(index, encoders).retrieve("sluizen")
    asked = found.text, found.query
    *others, marked = Highlighter(index.collection, encoders.words).answering_sentences(range(11), asked)
    assert others == [None] * 10
    assert marked is not None
    assert index.collection.passages[10].span.contains(marked)
