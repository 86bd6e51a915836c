"""Add up rankings whose scores have different scales.

Each list's scores are brought to mean 0 and deviation 1 over all passages and
added with a weight (z-score fusion; Fox and Shaw's CombSUM, TREC-2 1994). A
change of scale or offset in a list therefore changes nothing.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]


def fuse(lists: Mapping[str, NDArray[np.float32]], weights: Mapping[str, float]) -> Scores:
    """The fused score of every passage; ValueError where a list has no weight or another length."""
    lengths = {len(scores) for scores in lists.values()}
    if len(lengths) != 1 or set(lists) != set(weights):
        raise ValueError("every list needs a weight and as many scores as the others")
    return added_up({name: standardised(scores) for name, scores in lists.items()}, weights)


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
