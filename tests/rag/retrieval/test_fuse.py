"""Fusion ignores scale and offset, and a unit with two passages that suit is above one with the same and one."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.retrieval.fuse import added_up, standardised, with_second

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
    fused = added_up({"one": standardised(values)}, {"one": 1.0})
    order = np.argsort(-values, kind="stable")
    assert all(fused[a] >= fused[b] for a, b in itertools.pairwise(order))


def test_equal_scores_say_nothing() -> None:
    assert standardised(np.full(5, 3.7, dtype=np.float32)).tolist() == [0.0] * 5


@given(SCORES, st.integers(1, 5))
def test_a_second_passage_lifts_its_unit_and_parts_no_passages(scores: list[float], units: int) -> None:
    """As added up by hand: of each unit half of what the second has, or of 3 below the first."""
    values = np.array(scores, dtype=np.float64)
    owners = np.arange(len(values)) % units
    found = with_second(values, owners)
    for unit in range(units):
        own = values[owners == unit]
        if len(own):
            first, second = [*sorted(own, reverse=True), -np.inf][:2]
            assert found[owners == unit] == pytest.approx(own + 0.5 * max(second, first - 3))


def test_units_of_one_passage_keep_their_order() -> None:
    values = np.array([0.3, -2.0, 1.7, 0.4])
    assert np.argsort(with_second(values, np.arange(4))).tolist() == np.argsort(values).tolist()
    assert with_second(np.zeros(0), np.zeros(0, dtype=np.intp)).tolist() == []


def test_a_score_that_was_not_asked_for_counts_as_the_lowest() -> None:
    """Not a number: no part in the mean, and never above what was scored."""
    scores = np.array([0.2, np.nan, 0.8, 0.5], dtype=np.float32)
    found = standardised(scores)
    assert found[[0, 2, 3]] == pytest.approx(standardised(scores[[0, 2, 3]]))
    assert found[1] == found.min()
    assert not standardised(np.full(3, np.nan, dtype=np.float32)).any()
