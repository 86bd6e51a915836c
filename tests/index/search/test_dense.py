"""FAISS finds what multiplying finds, and the background of all passages is known without looking at them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.encoders.encoder import Matrix, unit_rows
from index.model.arrays import DROPPED, Rows
from index.search.dense import DenseList, Moments

DIMENSIONS = 8


def _vectors(count: int, seed: int) -> Matrix:
    return unit_rows(np.random.default_rng(seed).normal(size=(count, DIMENSIONS)).astype(np.float32))


@given(st.integers(1, 60), st.integers(1, 70), st.integers(0, 5))
def test_the_best_are_found_best_first(count: int, k: int, seed: int) -> None:
    vectors, query = _vectors(count, seed), _vectors(1, seed + 9)
    dense = DenseList.of(vectors)
    rows, scores = dense.search(query, k)
    every = vectors @ query[0]
    assert scores == pytest.approx(np.sort(every)[::-1][:k], abs=1e-6)
    assert scores.tolist() == dense.score(query, rows).tolist()
    assert every[rows] == pytest.approx(scores, abs=1e-6)


def test_equals_come_by_row_and_only_the_eligible_at_all() -> None:
    one, other = np.eye(2, DIMENSIONS, dtype=np.float32)
    dense = DenseList.of(np.array([other, one, other, one, one]))
    assert dense.search(one[None], 9)[0].tolist() == [1, 3, 4, 0, 2]
    eligible = np.array([True, False, False, True, True])
    assert dense.search(one[None], 9, eligible)[0].tolist() == [3, 4, 0]
    assert dense.search(one[None], 2, eligible)[0].tolist() == [3, 4]


@given(st.lists(st.integers(0, 80), min_size=1, max_size=4), st.integers(0, 5))
def test_the_background_is_that_of_all_scores(sizes: list[int], seed: int) -> None:
    """Of larger segments and smaller ones, without what was removed; and in whatever parts, to the last digit."""
    parts = [_vectors(size, seed + number) for number, size in enumerate(sizes)]
    chance = np.random.default_rng(seed)
    kept = [chance.random(size) < 0.8 for size in sizes]
    rows: list[Rows] = []
    for mask in kept:
        first = sum(int(np.count_nonzero(found != DROPPED)) for found in rows)
        rows.append(np.where(mask, first + np.cumsum(mask) - 1, DROPPED).astype(np.int32))
    whole = np.concatenate([part[mask] for part, mask in zip(parts, kept, strict=True)])
    query = _vectors(1, seed + 20)
    found = DenseList(parts, [Moments.of(part) for part in parts], rows).background(query)
    scores = (whole @ query[0]).astype(np.float64)
    if len(whole):
        assert found == pytest.approx((scores.mean(), scores.std()), abs=1e-5)
    assert found == DenseList.of(whole).background(query)
