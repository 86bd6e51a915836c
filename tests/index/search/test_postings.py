"""Counts that were merged are those that counting everything at once gives, in whatever parts they come."""

from collections import Counter

import bm25s
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.model.arrays import DROPPED
from index.search.bm25 import K1, B, scores_of_counts
from index.search.postings import TermCounts

_TEXTS = st.lists(st.lists(st.sampled_from("de brug kost 150 miljoen euro".split()), max_size=8), max_size=6)


def _equal(one: TermCounts, other: TermCounts) -> bool:
    return one.vocabulary == other.vocabulary and all(
        np.array_equal(getattr(one, name), getattr(other, name))
        and getattr(one, name).dtype == getattr(other, name).dtype
        for name in ("rows", "counts", "starts", "lengths")
    )


@given(st.data(), st.lists(_TEXTS, min_size=1, max_size=4))
def test_merging_is_counting_at_once(data: st.DataObject, parts: list[list[list[str]]]) -> None:
    """Any passages may be left out, and the others put in any order."""
    everything = [(part, place) for part, texts in enumerate(parts) for place in range(len(texts))]
    kept = data.draw(st.permutations(everything))[: data.draw(st.integers(0, len(everything)))]
    targets = [np.full(len(texts), DROPPED, dtype=np.int32) for texts in parts]
    for target, (part, place) in enumerate(kept):
        targets[part][place] = target
    merged = TermCounts.merged([TermCounts.of(texts) for texts in parts], targets)
    assert _equal(merged, TermCounts.of([parts[part][place] for part, place in kept]))


@given(_TEXTS.filter(any))
def test_the_weights_are_those_of_bm25s_itself(texts: list[list[str]]) -> None:
    known = sorted({term for text in texts for term in text})
    numbers = {term: number for number, term in enumerate(known)}
    theirs = bm25s.BM25(k1=K1, b=B, method="lucene")
    theirs.index(([[numbers[term] for term in text] for text in texts], numbers), show_progress=False)
    ours = [Counter(text) for text in texts]
    for query in ([term] for term in known):
        assert scores_of_counts(query, ours) == pytest.approx(theirs.get_scores(query), abs=1e-6)


def test_a_term_that_stands_very_often_is_counted_to_the_most() -> None:
    counts = TermCounts.of([["a"] * 70_000, ["b"]])
    assert (counts.counts.tolist(), counts.lengths.tolist()) == ([65_535, 1], [70_000, 1])


def test_no_texts_and_empty_texts() -> None:
    assert TermCounts.of([]).vocabulary == ()
    assert TermCounts.of([[], []]).lengths.tolist() == [0, 0]


@given(_TEXTS, st.data())
def test_frequencies_are_of_the_passages_that_are_kept(texts: list[list[str]], data: st.DataObject) -> None:
    kept = np.array(data.draw(st.lists(st.booleans(), min_size=len(texts), max_size=len(texts))), dtype=np.bool_)
    counts = TermCounts.of(texts)
    expected = [sum(word in text for text, keep in zip(texts, kept, strict=True) if keep) for word in counts.vocabulary]
    assert counts.frequencies(kept).tolist() == expected
