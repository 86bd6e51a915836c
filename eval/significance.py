"""How far a mean, or a difference between two systems, can be trusted; by scipy.

Intervals are percentile bootstrap over topics (Efron 1979; Sakai, SIGIR
2006), tests the two-sided paired randomisation test on the difference of means
(Fisher; Smucker et al., CIKM 2007), exact where there are fewer ways to swap
than samples, p-values of several comparisons corrected by Holm (1979). Equal
seeds give equal results.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

SAMPLES = 10_000
SEED = 20_260_601
LEVEL = 0.95
# Resamples at a time: bounds the memory on benchmarks of many topics.
_BLOCK = 500


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean with the bounds of its interval."""

    mean: float
    low: float
    high: float


def bootstrap(values: Sequence[float], seed: int = SEED, samples: int = SAMPLES) -> Interval:
    """The mean of `values` with its 95 % interval; ValueError where there are none."""
    if not values:
        raise ValueError("no values to take the mean of")
    mean = float(np.mean(values))
    # Every resample of equal values is the same one.
    if min(values) == max(values):
        return Interval(mean, mean, mean)
    from scipy import stats

    low, high = stats.bootstrap(
        (values,),
        np.mean,
        confidence_level=LEVEL,
        n_resamples=samples,
        batch=_BLOCK,
        method="percentile",
        rng=np.random.default_rng(seed),
    ).confidence_interval
    return Interval(mean, float(low), float(high))


def randomisation(first: Sequence[float], second: Sequence[float], seed: int = SEED, samples: int = SAMPLES) -> float:
    """The p-value, above 0 and at most 1, that two systems differ in the mean over the same topics.

    ValueError where the two do not have equally many topics, at least one.
    """
    if len(first) != len(second) or not first:
        raise ValueError("a paired test needs the same topics, at least one, for both systems")
    differences = np.subtract(first, second)
    # Topics without a difference add nothing, whatever their sign; one alone is as large with either.
    differences = differences[differences != 0]
    if len(differences) < 2:
        return 1.0
    from scipy import stats

    # Of one sample, scipy changes the signs: the two systems swap places.
    found = stats.permutation_test(
        (differences,),
        np.sum,
        permutation_type="samples",
        n_resamples=samples,
        batch=_BLOCK,
        vectorized=True,
        rng=np.random.default_rng(seed),
    )
    return float(found.pvalue)


def holm(p_values: Sequence[float]) -> tuple[float, ...]:
    """The p-values corrected for being several, in the same order."""
    order = np.argsort(p_values, kind="stable")
    steps = np.asarray(p_values, dtype=float)[order] * np.arange(len(order), 0, -1)
    corrected = np.empty(len(order))
    corrected[order] = np.minimum(1.0, np.maximum.accumulate(steps))
    return tuple(corrected.tolist())
