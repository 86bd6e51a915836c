"""Fusion ignores scale and offset, and refuses lists that do not fit."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.retrieval.fuse import fuse, standardised

SCORES = st.lists(st.floats(-100, 100, width=32), min_size=3, max_size=20)


@given(SCORES, st.floats(0.5, 50), st.floats(-50, 50))
def test_scale_and_offset_change_nothing(scores: list[float], scale: float, offset: float) -> None:
    values = np.array(scores, dtype=np.float64)
    if values.std() < 1e-2:
        return
    other = (values * scale + offset).astype(np.float32)
    assert standardised(other) == pytest.approx(standardised(values.astype(np.float32)), abs=1e-2)


@given(SCORES)
def test_a_list_alone_keeps_its_order(scores: list[float]) -> None:
    values = np.array(scores, dtype=np.float32)
    fused = fuse({"one": values}, {"one": 1.0})
    order = np.argsort(-values, kind="stable")
    assert all(fused[a] >= fused[b] for a, b in itertools.pairwise(order))


def test_equal_scores_say_nothing() -> None:
    assert standardised(np.full(5, 3.7, dtype=np.float32)).tolist() == [0.0] * 5


def test_lists_that_do_not_fit() -> None:
    one, two = np.zeros(2, dtype=np.float32), np.zeros(3, dtype=np.float32)
    with pytest.raises(ValueError, match="weight"):
        fuse({"one": one}, {"two": 1.0})
    with pytest.raises(ValueError, match="weight"):
        fuse({"one": one, "two": two}, {"one": 1.0, "two": 1.0})


def test_a_score_that_was_not_asked_for_counts_as_the_lowest() -> None:
    """Not a number: no part in the mean, and never above what was scored."""
    scores = np.array([0.2, np.nan, 0.8, 0.5], dtype=np.float32)
    found = standardised(scores)
    assert found[[0, 2, 3]] == pytest.approx(standardised(scores[[0, 2, 3]]))
    assert found[1] == found.min()
    assert not standardised(np.full(3, np.nan, dtype=np.float32)).any()
