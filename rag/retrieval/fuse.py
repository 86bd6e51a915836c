"""Add up rankings whose scores have different scales.

Each list's scores are brought to mean 0 and deviation 1 over all passages and
added with a weight (z-score fusion; Fox and Shaw's CombSUM, TREC-2 1994). A
change of scale or offset in a list therefore changes nothing.

A unit is found by its best passage, and the surer where a second one agrees:
a passage that happens to share words stands alone.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]

# What the second passage of a unit counts for beside its first, and how far below that it is at the least.
_SECOND, _FAR = 0.5, 3.0


def added_up(standard: Mapping[str, Scores], weights: Mapping[str, float]) -> Scores:
    """The weighted sum of lists that are standardised already, one at least; other weights are left aside."""
    return sum((weights[name] * standard[name] for name in sorted(standard)), np.zeros(1))


def standardised(scores: NDArray[np.float32]) -> Scores:
    """`scores` less their mean, divided by their standard deviation; zeros where all are equal.

    A score that is not a number was not asked for: it has no part in the mean
    and counts as the lowest of the others.
    """
    wide: Scores = scores.astype(np.float64)
    known = np.isfinite(wide)
    given = wide[known]
    deviation = float(given.std()) if len(given) else 0.0
    if deviation <= 1e-9 * max(1.0, float(np.abs(given).max(initial=0.0))):
        return np.zeros_like(wide)
    standard: Scores = (np.where(known, wide, given.min()) - given.mean()) / deviation
    return standard


def with_second(scores: Scores, units: NDArray[np.integer[Any]]) -> Scores:
    """The scores of passages, each raised by that of the second passage of its unit; `scores` are as fused.

    The passages of one unit keep their distances, and so do units of one passage each their order.
    """
    order = np.lexsort((-scores, units))
    fallen, begins = scores[order], np.diff(units[order], prepend=-1) != 0
    first = np.flatnonzero(begins)
    best = fallen[first]
    lone = np.diff(first, append=len(order)) < 2
    second = np.where(lone, -np.inf, fallen[np.minimum(first + 1, len(order) - 1)]) if len(order) else best
    lift = raised(best, second) - best
    found = scores.copy()
    found[order] += lift[np.cumsum(begins) - 1]
    return found


def raised(best: Scores, second: Scores) -> Scores:
    """The scores of units from those of their best and their second passages, -inf for none."""
    scores: Scores = best + _SECOND * np.maximum(second, best - _FAR)
    return scores
