"""Weighted logistic regression, by scikit-learn."""

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.float64]


def logistic(signs: Rows, positive: NDArray[np.bool_], weights: Rows, ridge: float = 1.0) -> Rows:
    """Intercept and coefficients for signs of shape (rows, signs), with a ridge on the standardised signs.

    ValueError where all rows are positive, or none is.
    """
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    scaler = StandardScaler().fit(signs)
    model = LogisticRegression(C=1 / ridge, solver="newton-cholesky", tol=1e-9)
    model.fit(scaler.transform(signs), positive, sample_weight=weights)
    slopes: Rows = model.coef_[0] / scaler.scale_
    return np.concatenate([model.intercept_ - slopes @ scaler.mean_, slopes])
