"""FAISS finds what multiplying finds, and the background of all passages is known without looking at them."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.encoders.encoder import Matrix, unit_rows
from index.model.arrays import DROPPED, Rows
from index.search import dense as dense_list
from index.search.dense import DenseList, Summary
from index.search.faiss_library import faiss_library

DIMENSIONS = 8


def _vectors(count: int, seed: int, dimensions: int = DIMENSIONS) -> Matrix:
    return unit_rows(np.random.default_rng(seed).normal(size=(count, dimensions)).astype(np.float32))


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


@given(
    st.integers(0, 2**32 - 1),
    st.sampled_from([8, 32]),
    st.sampled_from([1, 7, 40]),
    st.sampled_from([0.02, 1.0]),
    st.sampled_from([40, 90]),
)
def test_codes_find_what_comparing_all_finds(seed: int, dimensions: int, k: int, share: float, others: int) -> None:
    """In several segments, among those that are there and eligible; the scores are the vectors' own, to the digit."""
    chance = np.random.default_rng(seed)
    parts = [_vectors(200, seed % 1000, dimensions), _vectors(others, seed % 999, dimensions)]
    query = _vectors(1, seed % 998, dimensions)
    rows = chance.permutation(200 + others).astype(np.int32)
    targets = [rows[:200], rows[200:]]
    eligible = chance.random(len(rows)) < share
    exact = DenseList([Summary.of(part) for part in parts], targets)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dense_list, "CODED", 64)
        summaries = [Summary.of(part) for part in parts]
        coded = DenseList(summaries, targets)
    assert [summary.is_coded for summary in summaries] == [True, others > 64]
    expected, found = exact.search(query, k, eligible), coded.search(query, k, eligible)
    assert len(set(expected[0].tolist()) & set(found[0].tolist())) >= 0.9 * len(expected[0])
    own = dict(zip(*(array.tolist() for array in exact.search(query, len(rows))), strict=True))
    assert found[1].tolist() == [own[row] for row in found[0].tolist()] == sorted(found[1].tolist(), reverse=True)
    assert eligible[found[0]].all()


def test_faiss_keeps_to_one_thread_whichever_asks() -> None:
    """What is set holds for the thread that sets it; others would wake one a core, which wait by working."""
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(lambda: faiss_library().omp_get_max_threads()).result() == 1


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
    found = DenseList([Summary.of(part) for part in parts], rows).background(query)
    scores = (whole @ query[0]).astype(np.float64)
    if len(whole):
        assert found == pytest.approx((scores.mean(), scores.std()), abs=1e-5)
    assert found == DenseList.of(whole).background(query)
