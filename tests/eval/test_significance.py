"""Intervals and tests repeat by seed and agree with what can be counted by hand."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.significance import bootstrap, holm, randomisation

values = st.lists(st.floats(0, 1), min_size=1, max_size=20)


@settings(max_examples=30)
@given(values, st.integers(0, 99))
def test_the_bootstrap_repeats_by_seed_and_holds_the_mean(found: list[float], seed: int) -> None:
    interval = bootstrap(found, seed, 400)
    assert interval == bootstrap(found, seed, 400)
    assert min(found) - 1e-9 <= interval.low <= interval.high <= max(found) + 1e-9
    assert interval.mean == pytest.approx(sum(found) / len(found))


@settings(max_examples=30)
@given(values)
def test_a_system_does_not_differ_from_itself(found: list[float]) -> None:
    assert randomisation(found, found, samples=200) == 1.0


def test_the_randomisation_test_agrees_with_all_permutations() -> None:
    first, second = [0.9, 0.8, 0.4, 1.0, 0.7, 0.6], [0.5, 0.9, 0.1, 0.6, 0.6, 0.1]
    differences = [a - b for a, b in zip(first, second, strict=True)]
    sums = [
        abs(sum(s * d for s, d in zip(signs, differences, strict=True)))
        for signs in itertools.product((1, -1), repeat=6)
    ]
    exact = sum(total >= abs(sum(differences)) - 1e-9 for total in sums) / len(sums)
    assert randomisation(first, second) == pytest.approx(exact)
    assert randomisation(first, second) == randomisation(second, first)


def test_resampling_agrees_with_a_computation_of_its_own() -> None:
    """Of more topics than all permutations can be taken of: interval and p-value, by numpy alone and another seed."""
    generator = np.random.default_rng(3)
    first, second = generator.random(60), generator.random(60) * 0.8
    signs = generator.choice([-1, 1], (20_000, 60))
    extreme = np.abs(signs @ (first - second)) >= abs((first - second).sum())
    assert randomisation(first.tolist(), second.tolist()) == pytest.approx(extreme.mean(), abs=0.01)
    means = generator.choice(first, (20_000, 60)).mean(axis=1)
    interval = bootstrap(first.tolist())
    assert (interval.low, interval.high) == pytest.approx(np.quantile(means, [0.025, 0.975]), abs=0.01)


@pytest.mark.parametrize("first", [[1.0], [1.0, 0.5, 0.5]])
def test_one_topic_alone_proves_nothing(first: list[float]) -> None:
    second = [0.0, *first[1:]]
    assert randomisation(first, second) == 1.0


def test_holm_by_hand() -> None:
    assert holm([0.01, 0.04, 0.03]) == pytest.approx((0.03, 0.06, 0.06))
    assert holm([]) == ()


@given(st.lists(st.floats(0, 1)))
def test_a_correction_never_lowers_a_p_value(found: list[float]) -> None:
    assert all(p <= after <= 1.0 for p, after in zip(found, holm(found), strict=True))


def test_nothing_to_average_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="no values"):
        bootstrap([])
    with pytest.raises(ValueError, match="same topics"):
        randomisation([1.0], [])
