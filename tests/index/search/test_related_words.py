"""A word finds its relatives in meaning, in proportion; a number finds itself alone."""

from collections.abc import Sequence

import numpy as np
import pytest

from index.encoders.encoder import Matrix
from index.encoders.load import load_encoder
from index.language.analyser import content_words
from index.search import dense as dense_list
from index.search import related_words
from index.search.postings import TermCounts
from index.search.related_words import NearWords, RelatedWords, Vocabulary, WordPostings, WordQuery
from index.settings import WORD_ENCODER
from tests.conftest import FakeEncoder

TEXTS = ["De politie zoekt daders.", "De school heeft 150 leerlingen.", "Er zijn 15 agenten en 15 honden.", ""]


@pytest.fixture(scope="module")
def index() -> RelatedWords:
    return RelatedWords.of([content_words(text) for text in TEXTS], load_encoder(str(WORD_ENCODER)))


def _all(index: RelatedWords, near: Sequence[NearWords], pooled: bool = False) -> list[float]:
    """The score of every passage, which is that of a search for those that it finds."""
    query, every = WordQuery(near, pooled), np.arange(index.passages)
    scores: list[float] = index.score(query, every).tolist()
    rows, found = index.search(query, 1000)
    assert {row: score for row, score in enumerate(scores) if score > 0} == dict(
        zip(rows.tolist(), found.tolist(), strict=True)
    )
    return scores


def _scores(index: RelatedWords, *words: str) -> list[float]:
    vectors = load_encoder(str(WORD_ENCODER)).encode_queries(words)
    return _all(index, index.near(words, vectors))


def test_a_word_finds_itself_and_its_relatives(index: RelatedWords) -> None:
    """ "police" stands in no text, yet finds the one on the police, and scores less than "politie" does."""
    police, politie = _scores(index, "police"), _scores(index, "politie")
    assert int(np.argmax(police)) == int(np.argmax(politie)) == 0
    assert 0 < police[0] < politie[0]


def test_a_number_finds_itself_alone(index: RelatedWords) -> None:
    assert [score > 0 for score in _scores(index, "15")] == [False, False, True, False]
    assert _scores(index, "1") == [0, 0, 0, 0]


def test_words_stay_known_while_another_thread_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only so many near words are kept; who asks when all are let go finds what was known."""
    monkeypatch.setattr(related_words, "_KEPT", 1)
    index = RelatedWords.of([content_words(text) for text in TEXTS], FakeEncoder())
    looked_up = Vocabulary.near

    def near(vocabulary: Vocabulary, vectors: Matrix) -> list[NearWords]:
        monkeypatch.setattr(Vocabulary, "near", looked_up)
        index.near(["school", "daders"], FakeEncoder().encode_queries(["school", "daders"]))
        return looked_up(vocabulary, vectors)

    vectors = FakeEncoder().encode_queries(["politie", "agenten"])
    (expected,) = index.near(["politie"], vectors[:1])
    monkeypatch.setattr(Vocabulary, "near", near)
    np.testing.assert_array_equal(index.near(["politie", "agenten"], vectors)[0].words, expected.words)


def test_codes_find_the_near_words_that_comparing_all_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of many words only those are compared that their codes say are near; in parts, some of which have no codes."""
    encoder = load_encoder(str(WORD_ENCODER))
    known = sorted(encoder.known_words)[::40]
    asked = ["politie", "school", "belasting", "2019", "onbekendwoord"]
    vectors = encoder.encode_queries(asked)
    halves = [[known[::2], ["2019"]], [known[1::2], known[:300]]]
    rows = [np.array([0, 1], dtype=np.int32), np.array([2, 3], dtype=np.int32)]
    exact = RelatedWords([WordPostings.of(TermCounts.of(half), encoder) for half in halves], rows).near(asked, vectors)
    monkeypatch.setattr(dense_list, "CODED", 700)
    parts = [WordPostings.of(TermCounts.of(half), encoder) for half in halves]
    assert [part.summary.is_coded for part in parts] == [False, True]
    for one, other in zip(exact, RelatedWords(parts, rows).near(asked, vectors), strict=True):
        assert one.words.tolist() == other.words.tolist()
        assert (one.cosines.tolist(), one.nearest) == (other.cosines.tolist(), other.nearest)


def test_nothing_is_found_without_words(index: RelatedWords) -> None:
    assert _scores(index) == [0, 0, 0, 0]
    empty = RelatedWords.of([content_words(text) for text in []], FakeEncoder())
    assert _all(empty, empty.near(["brug"], FakeEncoder().encode_queries(["brug"]))) == []


def test_a_word_counts_more_where_it_is_rarer() -> None:
    index = RelatedWords.of([content_words(text) for text in ["brug water", "brug", "brug"]], FakeEncoder())
    vectors = FakeEncoder().encode_queries(["brug", "water"])
    near = index.near(["brug", "water"], vectors)
    assert _all(index, near[1:])[0] > _all(index, near[:1])[0]


def test_pooled_a_word_is_as_rare_as_what_it_stands_for() -> None:
    """Its own one place in a Dutch document makes no English word more telling than its translation."""
    index = RelatedWords.of(
        [content_words(text) for text in ["child", "kind", "kind", "kind", "kind", "kind"]], FakeEncoder()
    )
    words = np.array([index.vocabulary.index("child"), index.vocabulary.index("kind")], dtype=np.intp)
    near = [NearWords(words, np.array([1.0, 0.9], dtype=np.float32), 1.0)]
    apart, pooled = _all(index, near), _all(index, near, pooled=True)
    assert apart[0] > 2 * apart[1]
    assert pooled[1] == pytest.approx(0.9 * pooled[0])
