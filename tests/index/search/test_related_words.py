"""A word finds its relatives in meaning, in proportion; a number finds itself alone."""

from pathlib import Path

import numpy as np
import pytest

from index.encoders.load import load_encoder
from index.search.related_words import RelatedWordsIndex
from index.settings import WORD_ENCODER
from tests.conftest import FakeEncoder

TEXTS = ["De politie zoekt daders.", "De school heeft 150 leerlingen.", "Er zijn 15 agenten en 15 honden.", ""]


@pytest.fixture(scope="module")
def index() -> RelatedWordsIndex:
    return RelatedWordsIndex.build(TEXTS, load_encoder(str(WORD_ENCODER)))


def _scores(index: RelatedWordsIndex, *words: str) -> list[float]:
    vectors = load_encoder(str(WORD_ENCODER)).encode_queries(words)
    scores: list[float] = index.scores(index.nearness(words, vectors)).tolist()
    return scores


def test_a_word_finds_itself_and_its_relatives(index: RelatedWordsIndex) -> None:
    """ "police" stands in no text, yet finds the one on the police, and scores less than "politie" does."""
    police, politie = _scores(index, "police"), _scores(index, "politie")
    assert int(np.argmax(police)) == int(np.argmax(politie)) == 0
    assert 0 < police[0] < politie[0]


def test_a_number_finds_itself_alone(index: RelatedWordsIndex) -> None:
    assert [score > 0 for score in _scores(index, "15")] == [False, False, True, False]
    assert _scores(index, "1") == [0, 0, 0, 0]


def test_nothing_is_found_without_words(index: RelatedWordsIndex) -> None:
    assert _scores(index) == [0, 0, 0, 0]
    empty = RelatedWordsIndex.build([], FakeEncoder())
    assert empty.scores(empty.nearness(["brug"], FakeEncoder().encode_queries(["brug"]))).shape == (0,)


def test_save_then_load_gives_equal_scores(index: RelatedWordsIndex, tmp_path: Path) -> None:
    index.save(tmp_path / "related")
    assert _scores(RelatedWordsIndex.load(tmp_path / "related"), "police") == _scores(index, "police")


def test_a_word_counts_more_where_it_is_rarer() -> None:
    index = RelatedWordsIndex.build(["brug water", "brug", "brug"], FakeEncoder())
    vectors = FakeEncoder().encode_queries(["brug", "water"])
    near = index.nearness(["brug", "water"], vectors)
    assert index.scores(near[1:])[0] > index.scores(near[:1])[0]


def test_pooled_a_word_is_as_rare_as_what_it_stands_for() -> None:
    """Its own one place in a Dutch document makes no English word more telling than its translation."""
    index = RelatedWordsIndex.build(["child", "kind", "kind", "kind", "kind", "kind"], FakeEncoder())
    near = np.zeros((1, 2), dtype=np.float32)
    near[0, [index.vocabulary.index("child"), index.vocabulary.index("kind")]] = 1.0, 0.9
    apart, pooled = index.scores(near), index.scores(near, pooled=True)
    assert apart[0] > 2 * apart[1]
    assert pooled[1] == pytest.approx(0.9 * pooled[0])
