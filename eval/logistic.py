"""Logistic regression by Newton's method: a handful of coefficients, some thousands of rows."""

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.float64]

_RIDGE = 1.0
_ROUNDS = 50


def logistic(signs: Rows, positive: NDArray[np.bool_], weights: Rows, ridge: float = _RIDGE) -> Rows:
    """Intercept and coefficients of a weighted logistic regression with a ridge on standardised signs (Newton)."""
    mean, deviation = signs.mean(axis=0), signs.std(axis=0)
    deviation = np.where(deviation > 0, deviation, 1.0)
    rows = np.column_stack([np.ones(len(signs)), (signs - mean) / deviation])
    penalty = ridge * np.diag([0.0, *np.ones(signs.shape[1])])
    found: Rows = np.zeros(rows.shape[1])
    for _ in range(_ROUNDS):
        chance = sigmoid(rows @ found)
        gradient = rows.T @ (weights * (positive - chance)) - penalty @ found
        curvature = (rows * (weights * chance * (1 - chance))[:, None]).T @ rows + penalty
        step = np.linalg.solve(curvature + 1e-9 * np.eye(len(found)), gradient)
        found = found + step
        if np.abs(step).max() < 1e-9:
            break
    slopes = found[1:] / deviation
    return np.concatenate([[found[0] - slopes @ mean], slopes])


def sigmoid(values: Rows) -> Rows:
    """The logistic curve, 0..1."""
    chance: Rows = 1 / (1 + np.exp(-np.clip(values, -40, 40)))
    return chance
