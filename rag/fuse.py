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
    fused: Scores = np.zeros(lengths.pop())
    for name in sorted(lists):
        fused += weights[name] * standardised(lists[name])
    return fused


def standardised(scores: NDArray[np.float32]) -> Scores:
    """`scores` less their mean, divided by their standard deviation; zeros where all are equal."""
    wide: Scores = scores.astype(np.float64)
    deviation = float(wide.std())
    if deviation <= 1e-9 * max(1.0, float(np.abs(wide).max())):
        return np.zeros_like(wide)
    standard: Scores = (wide - wide.mean()) / deviation
    return standard
