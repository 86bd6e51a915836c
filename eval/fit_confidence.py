"""Fit the confidence: three logistic curves over the same signs, with the thresholds of its levels.

Every source of questions is a collection of its own with questions that it
answers and others that it does not: far ones, odd ones, near misses. The
curves must serve all of them, so each source has its say in the thresholds.

One of the signs is itself fitted: what the question's own vectors say of whether
it is a question. What the curves learn from is said by a fit without the
question (stacking; Wolpert, 1992, "Stacked generalization").
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np

from eval.abstention import area, refusal_curve
from eval.logistic import Rows, logistic
from eval.results import TopicResult
from eval.tables import Table
from rag.retrieval.confidence import Features, signs, signs_of_answer

Role = Literal["answerable", "near", "far", "odd"]

# From this confidence on a question is not refused: a matter of scale alone.
POSSIBLE = 0.2
# Shares of a source's answerable questions that each of the two curves may refuse: of the benchmark's own, of others.
REFUSED, REFUSED_OTHERS = 0.01, 0.05
# Share of the benchmark's own that may be shown as uncertain or refused.
UNCERTAIN = 0.10
FOLDS = 5
# What a question of the benchmark itself weighs among those refused, and among those answered.
_OWN_REFUSED, _OWN_ANSWERED = 3.0, 8.0
# For the answer, a question whose first unit is wrong is hardly one that was answered; near misses weigh more.
_WRONG_FIRST, _NEAR = 0.3, 1.5
# A question's vectors have hundreds of numbers. Short are questions of so few content words.
_RIDGE, _SHORT = 100.0, 3


@dataclass(frozen=True, slots=True)
class Sample:
    """The features of one question, and its role: "answerable", or why it is not.

    `right`: whether the first unit found answers. `kind` names what is counted
    together. `source` is the collection that was asked, `own` whether it is
    the benchmark's. `number` says that a number is asked for. What is of one
    `group`, where that is named, is in one fold. `vectors` are the question's own
    (`rag.retrieval.confidence.own_vectors`).
    """

    features: Features
    role: Role
    kind: str
    source: str
    own: bool = False
    right: bool = False
    number: bool = False
    group: str = ""
    vectors: Rows = field(default_factory=lambda: np.zeros(0), compare=False)


@dataclass(frozen=True, slots=True)
class Curves:
    """The coefficients of the curves and of `question`, the intercept first, and from where on it is answered."""

    subject: tuple[float, ...]
    form: tuple[float, ...]
    answer: tuple[float, ...]
    question: tuple[float, ...]
    sure: float

    def confidences(self, samples: Sequence[Sample]) -> Rows:
        """As `rag.retrieval.confidence.confidence` has it, for each sample."""
        from scipy.special import expit

        rows = _rows(_with_question(samples, _like_questions(samples, self.question)), signs)
        told = np.minimum(_margins(rows, self.subject), _margins(rows, self.form))
        answer = np.minimum(expit(_margins(_rows(samples, signs_of_answer), self.answer)), 2 * expit(told) - 1)
        answered = POSSIBLE + (1 - POSSIBLE) * answer
        found: Rows = np.where(told < 0, 2 * POSSIBLE * expit(told), answered)
        return found


@dataclass(frozen=True, slots=True)
class Measured:
    """What curves that were fitted without them say of questions of one kind.

    `refused`: the share refused. `area`: the chance that an answerable question
    of the same source gets the higher confidence, None for those themselves.
    """

    kind: str
    count: int
    refused: float
    area: float | None


def fit_confidence(samples: Sequence[Sample], seed: int) -> tuple[Curves, tuple[Measured, ...]]:
    """The curves for these samples, and how well curves of four fifths of them do on the rest."""
    curves, folds = fitted(samples, seed), _folds(samples, seed)
    found: list[tuple[Sample, float]] = []
    for fold in range(FOLDS):
        part = [sample for sample, other in zip(samples, folds, strict=True) if other == fold]
        rest = fitted([sample for sample, other in zip(samples, folds, strict=True) if other != fold], seed)
        found += zip(part, rest.confidences(part).tolist(), strict=True)
    return curves, tuple(_measured(found, kind) for kind in sorted({sample.kind for sample in samples}))


def _folds(samples: Sequence[Sample], seed: int) -> list[int]:
    """The fold of each sample; those of one group are in one."""
    groups = dict.fromkeys(sample.group or str(place) for place, sample in enumerate(samples))
    drawn = dict(zip(groups, np.random.default_rng(seed).permutation(len(groups)) % FOLDS, strict=True))
    return [int(drawn[sample.group or str(place)]) for place, sample in enumerate(samples)]


def fitted(samples: Sequence[Sample], seed: int) -> Curves:
    """The curves for all of these samples."""
    told, folds = np.zeros(len(samples)), _folds(samples, seed)
    for fold in range(FOLDS):
        part = np.array(folds) == fold
        rest = _question([sample for sample, other in zip(samples, part, strict=True) if not other])
        told[part] = _like_questions([sample for sample, other in zip(samples, part, strict=True) if other], rest)
    stacked = _with_question(samples, told)
    subject = _refusing(stacked, "far")
    form = _refusing(stacked, "odd")
    curves = Curves(subject, form, _answering(stacked), _question(samples), 1.0)
    own = [sample for sample in samples if sample.own and sample.role == "answerable"]
    return replace(curves, sure=round(float(np.quantile(curves.confidences(own), UNCERTAIN)), 4))


def _question(samples: Sequence[Sample]) -> tuple[float, ...]:
    """What tells a question from what is none by its own vectors: 0 for an average one."""
    unique = list({sample.vectors.tobytes(): sample for sample in samples}.values())
    kinds = ["odd" if s.role == "odd" else "short" if s.features.words <= _SHORT else "long" for s in unique]
    # What is no question weighs as much as all questions, and the short ones as much as the long.
    worth = {"odd": 2.0, "short": 1.0, "long": 1.0}
    weights = np.array([worth[kind] / kinds.count(kind) for kind in kinds])
    vectors, asks = np.array([sample.vectors for sample in unique]), np.array([kind != "odd" for kind in kinds])
    intercept, *slopes = logistic(vectors, asks, weights * len(unique) / weights.sum(), _RIDGE)
    return _rounded((intercept - (intercept + vectors[asks] @ slopes).mean(), *slopes))


def _like_questions(samples: Sequence[Sample], question: Sequence[float]) -> Rows:
    return _margins(np.array([sample.vectors for sample in samples]), question)


def _with_question(samples: Sequence[Sample], margins: Rows) -> list[Sample]:
    """The samples with this said of their own vectors."""
    return [
        replace(sample, features=replace(sample.features, question=float(margin)))
        for sample, margin in zip(samples, margins, strict=True)
    ]


def _refusing(samples: Sequence[Sample], role: Role) -> tuple[float, ...]:
    """The curve that tells questions of `role`, below 0 for the shares of each source that may be refused."""
    weights = _balanced(samples, role, lambda sample: _OWN_REFUSED if sample.own else 1.0)
    rows = _rows(samples, signs)
    plane = _plane(rows, weights, [sample.role == "answerable" for sample in samples])
    margins = _margins(rows, plane)
    thresholds = []
    for source in dict.fromkeys(sample.source for sample in samples):
        chosen = [row for row, s in enumerate(samples) if s.source == source and s.role == "answerable"]
        own = any(samples[row].own for row in chosen)
        thresholds.append(float(np.quantile(margins[chosen], REFUSED if own else REFUSED_OTHERS)))
    return _rounded((plane[0] - min(thresholds), *plane[1:]))


def _answering(samples: Sequence[Sample]) -> tuple[float, ...]:
    """The curve that tells questions whose first unit answers from near misses.

    Of a few words there are hardly any near misses to learn from: a question is no answered one for being short.
    """
    samples = [sample for sample in samples if sample.features.words > _SHORT]
    weights = _balanced(samples, "near", lambda sample: _OWN_ANSWERED if sample.own else 1.0, even=True)
    factors = [_NEAR if s.role == "near" else 1.0 if s.right else _WRONG_FIRST for s in samples]
    right = [sample.role == "answerable" and sample.right for sample in samples]
    return _rounded(_plane(_rows(samples, signs_of_answer), weights * np.array(factors), right))


def _balanced(samples: Sequence[Sample], role: Role, worth: Callable[[Sample], float], even: bool = False) -> Rows:
    """A weight for each sample: in every source and language the answerable together as much as those of `role`.

    Where one of the two is missing nothing can be told, and the weight is 0: no English question is answerable for
    being English. Nor is a question for a number near for being one, though half of the near misses are: those are
    kept apart likewise. Where `even`, an answerable question weighs what its source is worth, otherwise one of `role`.
    """
    groups: dict[tuple[str, float, bool], dict[bool, list[int]]] = {}
    for row, sample in enumerate(samples):
        if sample.role in (role, "answerable"):
            alike = sample.source, sample.features.english, role == "near" and sample.number
            of_group = groups.setdefault(alike, {True: [], False: []})
            of_group[sample.role == "answerable"].append(row)
    weights = np.zeros(len(samples))
    for found in groups.values():
        if found[True] and found[False]:
            value = worth(samples[found[True][0]])
            weights[found[even]] = value
            weights[found[not even]] = value * len(found[even]) / len(found[not even])
    return weights


def _plane(rows: Rows, weights: Rows, positive: Sequence[bool]) -> Rows:
    chosen = np.flatnonzero(weights)
    return logistic(rows[chosen], np.array(positive)[chosen], weights[chosen])


def _rows(samples: Sequence[Sample], of: Callable[[Features], tuple[float, ...]]) -> Rows:
    return np.array([of(sample.features) for sample in samples])


def _rounded(coefficients: Iterable[float]) -> tuple[float, ...]:
    return tuple(round(float(value), 4) for value in coefficients)


def _margins(features: Rows, coefficients: Sequence[float] | Rows) -> Rows:
    intercept, *slopes = coefficients
    margins: Rows = intercept + features @ np.array(slopes)
    return margins


def _measured(found: Sequence[tuple[Sample, float]], kind: str) -> Measured:
    """What was said of the samples of this kind, beside the answerable ones of their source and language."""
    mine = [(sample, value) for sample, value in found if sample.kind == kind]
    first = mine[0][0]
    languages = {sample.features.english for sample, _ in mine}
    beside = [
        (sample, value)
        for sample, value in found
        if sample.source == first.source and sample.role == "answerable" and sample.features.english in languages
    ]
    refused = float(np.mean([value < POSSIBLE for _, value in mine]))
    if first.role == "answerable" or not beside:
        return Measured(kind, len(mine), refused, None)
    results = [_result(value, sample.role == "answerable") for sample, value in (*mine, *beside)]
    return Measured(kind, len(mine), refused, area(refusal_curve(results)))


def _result(confidence: float, answerable: bool) -> TopicResult:
    answered = confidence >= POSSIBLE
    return TopicResult("", answerable, answered, confidence, right=answerable, rank=None, first="", scores={})


def confidence_table(curves: Curves, measured: Sequence[Measured]) -> Table:
    """What curves say of the questions that they were not fitted on."""
    named: Mapping[str, Sequence[float]] = {"subject": curves.subject, "form": curves.form, "answer": curves.answer}
    note = (
        f"Questions not fitted on ({FOLDS} folds). Refused below {POSSIBLE}, answered from "
        f"{curves.sure}. Area: the chance that an answerable question of the same documents and language is surer. "
        + " ".join(f"{name}: {', '.join(map(str, values))}." for name, values in named.items())
    )
    rows = tuple(
        (one.kind, str(one.count), f"{one.refused:.3f}", "–" if one.area is None else f"{one.area:.3f}")
        for one in measured
    )
    return Table("Confidence", note, ("questions", "n", "refused", "area"), rows)
