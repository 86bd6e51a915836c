"""How far a mean, or a difference between two systems, can be trusted.

Intervals are percentile bootstrap over topics (Efron 1979; Sakai, SIGIR
2006), tests the two-sided paired randomisation test on the difference of means
(Fisher; Smucker et al., CIKM 2007), p-values of several comparisons corrected
by Holm (1979). Equal seeds give equal results.
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
    array = np.asarray(values, dtype=np.float64)
    random = np.random.default_rng(seed)
    means = np.concatenate(
        [
            array[random.integers(0, len(array), (min(_BLOCK, samples - start), len(array)))].mean(axis=1)
            for start in range(0, samples, _BLOCK)
        ]
    )
    low, high = np.quantile(means, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Interval(float(array.mean()), float(low), float(high))


def randomisation(first: Sequence[float], second: Sequence[float], seed: int = SEED, samples: int = SAMPLES) -> float:
    """The p-value, above 0 and at most 1, that two systems differ in the mean over the same topics.

    ValueError where the two do not have equally many topics, at least one.
    """
    if len(first) != len(second) or not first:
        raise ValueError("a paired test needs the same topics, at least one, for both systems")
    differences = np.asarray(first, dtype=np.float64) - np.asarray(second, dtype=np.float64)
    observed = abs(differences.sum())
    random = np.random.default_rng(seed)
    extreme = 0
    for start in range(0, samples, _BLOCK):
        signs = random.integers(0, 2, (min(_BLOCK, samples - start), len(differences))) * 2 - 1
        extreme += int((np.abs(signs @ differences) >= observed - 1e-12).sum())
    return (1 + extreme) / (1 + samples)


def holm(p_values: Sequence[float]) -> tuple[float, ...]:
    """The p-values corrected for being several, in the same order."""
    order = sorted(range(len(p_values)), key=lambda place: p_values[place])
    corrected = [0.0] * len(p_values)
    highest = 0.0
    for rank, place in enumerate(order):
        highest = max(highest, min(1.0, (len(p_values) - rank) * p_values[place]))
        corrected[place] = highest
    return tuple(corrected)
