"""Weighted logistic regression, by scikit-learn."""

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.float64]


def logistic(features: Rows, positive: NDArray[np.bool_], weights: Rows, ridge: float = 1.0) -> Rows:
    """Intercept and coefficients for features of shape (rows, features), with a ridge on the standardised features.

    ValueError where all rows are positive, or none is.
    """
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    scaler = StandardScaler().fit(features)
    model = LogisticRegression(C=1 / ridge, solver="newton-cholesky", tol=1e-9)
    model.fit(scaler.transform(features), positive, sample_weight=weights)
    slopes: Rows = model.coef_[0] / scaler.scale_
    return np.concatenate([model.intercept_ - slopes @ scaler.mean_, slopes])
