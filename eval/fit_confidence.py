"""Fit the confidence: a logistic curve over the features, calibrated, with its two thresholds."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass

import numpy as np

from eval.logistic import Rows, logistic
from eval.tables import Table
from rag.retrieval.confidence import Features

# Shares of answerable questions that may be refused, and that may be shown as uncertain or refused.
REFUSED = 0.04
UNCERTAIN = 0.15
FOLDS = 5
# What a question from elsewhere weighs against a topic of the benchmark.
_OTHERS = 0.5


@dataclass(frozen=True, slots=True)
class Sample:
    """The features of one question, and whether the documents answer it.

    `right`: whether the first unit found answers. `own` are the topics of the
    benchmark; the others are there in made-up numbers. `kind` names what is
    counted together.
    """

    features: Features
    answerable: bool
    kind: str
    own: bool = False
    right: bool = False


@dataclass(frozen=True, slots=True)
class Curve:
    """Coefficients of the confidence (the intercept first) and the thresholds of its levels.

    `refused`: by kind of sample, how many there were and what share of them
    curves refused that were fitted without them.
    """

    coefficients: tuple[float, ...]
    possible: float
    sure: float
    refused: tuple[tuple[str, int, float], ...] = ()


def fit_confidence(samples: Sequence[Sample], seed: int) -> Curve:
    """The curve for these samples.

    First the plane that parts the answerable questions from the others, each
    side weighing the same; then its slope and height, so that it gives the
    share of the benchmark's topics whose first unit answers. The thresholds
    are quantiles of its answerable topics.
    """
    from scipy.special import expit

    folds = np.random.default_rng(seed).permutation(len(samples)) % FOLDS
    refused: dict[str, list[bool]] = {}
    for fold in range(FOLDS):
        curve = _fitted([sample for sample, other in zip(samples, folds, strict=True) if other != fold])
        for sample, other in zip(samples, folds, strict=True):
            if other == fold:
                chance = expit(_margins(np.array([astuple(sample.features)]), np.array(curve.coefficients)))
                refused.setdefault(sample.kind, []).append(bool(chance[0] < curve.possible))
    shares = tuple((kind, len(found), sum(found) / len(found)) for kind, found in sorted(refused.items()))
    whole = _fitted(samples)
    return Curve(whole.coefficients, whole.possible, whole.sure, shares)


def _fitted(samples: Sequence[Sample]) -> Curve:
    from scipy.special import expit

    features = np.array([astuple(sample.features) for sample in samples])
    answerable = np.array([sample.answerable for sample in samples])
    own = np.array([sample.own for sample in samples])
    weights = np.where(own, 1.0, _OTHERS)
    balance = np.where(answerable, weights[~answerable].sum() / weights[answerable].sum(), 1.0)
    plane = logistic(features, answerable, weights * balance)
    right = np.array([sample.right for sample in samples if sample.own])
    slope = logistic(_margins(features, plane)[own, None], right, np.ones(len(right)), ridge=1e-3)
    coefficients = slope[1] * plane
    coefficients[0] += slope[0]
    possible, sure = np.quantile(expit(_margins(features[own & answerable], coefficients)), [REFUSED, UNCERTAIN])
    return Curve(tuple(np.round(coefficients, 4).tolist()), round(float(possible), 4), round(float(sure), 4))


def confidence_table(curve: Curve) -> Table:
    """What a curve refuses of the questions that it was not fitted on."""
    note = (
        f"Share refused of questions not fitted on ({FOLDS} folds). Thresholds: possibly from {curve.possible}, "
        f"answered from {curve.sure}. Coefficients: {', '.join(map(str, curve.coefficients))}."
    )
    rows = tuple((kind, str(count), f"{share:.3f}") for kind, count, share in curve.refused)
    return Table("Confidence", note, ("questions", "n", "refused"), rows)


def _margins(features: Rows, coefficients: Rows) -> Rows:
    margins: Rows = coefficients[0] + features @ coefficients[1:]
    return margins
