"""How sure we are that the first passage answers the question.

Three logistic curves over the same signs, fitted by `python -m eval fit`:
`subject` tells questions that the documents answer from those on other
subjects, `form` from what is no question at all, and `answer` from near misses,
which sound as if the documents answered them. Where either of the first two
says no, the question is refused; above that the third says how sure the
answer is, and the other two how sure it can be. Each sign is a known predictor
of how well a query does (Carmel and Yom-Tov, 2010, "Estimating the Query
Difficulty for Information Retrieval"), but for one that is read from the
question's own vectors (a linear probe; Alain and Bengio, arXiv:1610.01644).
"""

import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from index.language.analyser import Analysed, is_number
from rag.retrieval.retrieve import Retrieved
from rag.retrieval.weights import Weights

Level = Literal["answered", "possibly", "nothing found"]


@dataclass(frozen=True, slots=True)
class Features:
    """What the confidence is drawn from.

    `familiarity`: how near, on average, each content word of the question is
    to the nearest word of the documents (cosine, -1..1): a question on another
    subject is made of words that have no relative there. `nearness`: the
    cosine, -1..1, of the passage nearest in meaning. `prominence`: by how many
    standard deviations that passage is nearer than the mean one. `english`: 1
    for an English question, which is less near to the Dutch passages that
    answer it than a Dutch one would be. `words`: how many content words it
    has; `best_words`: the highest score by words, `weight_of_words` the same
    for each of them.

    `lateness`: the highest score token by token. Of the tokens of the question,
    each with its nearest in the first passage, `weakest`, `weak` (the lower
    quartile), `matched` (the mean) and `rarest` (that of the token in fewest
    passages) are cosines: of a near miss one token stays alone. `agreement`:
    how many lists have the unit of the first passage first; `margin`: by how
    much its fused score is above that of the next unit. `question`: how much its
    own vectors are those of a question rather than of small talk or rattled
    keys, in log-odds above those of an average question.
    """

    familiarity: float = 0.0
    nearness: float = 0.0
    prominence: float = 0.0
    english: float = 0.0
    words: float = 0.0
    best_words: float = 0.0
    weight_of_words: float = 0.0
    lateness: float = 0.0
    weakest: float = 0.0
    weak: float = 0.0
    matched: float = 0.0
    rarest: float = 0.0
    agreement: float = 0.0
    margin: float = 0.0
    question: float = 0.0


# A short question has less of these to be found by: what is little for a long one is much for one of two words.
_BY_LENGTH = ("english", "familiarity", "nearness", "prominence", "lateness", "weak", "matched", "rarest")


def signs(found: Features) -> tuple[float, ...]:
    """What says whether to refuse: the features, one part of each content word, and so much of some of the features."""
    part = 1 / max(1.0, found.words)
    return (*astuple(found), part, *(part * getattr(found, name) for name in _BY_LENGTH))


def signs_of_answer(found: Features) -> tuple[float, ...]:
    """What says how sure an answer is: all that was found. No near miss that is learnt from is a short question."""
    *of_found, _ = astuple(found)
    return tuple(of_found)


def own_vectors(retrieved: Retrieved) -> NDArray[np.float64]:
    """The question's vector by the encoder of passages and that by the word encoder, in one row."""
    return np.concatenate([retrieved.meaning[0], retrieved.query[0]]).astype(np.float64)


def features(retrieved: Retrieved, among: NDArray[np.bool_] | None = None) -> Features:
    """The features for one question; all 0 where it has no content word.

    The passages are those of the mask `among`, which has at least one; all when left out.
    """
    if not retrieved.words or not retrieved.passages:
        return Features()
    # A small number stands in any document: it is familiar only where there is nothing else.
    rows = [row for row, word in enumerate(retrieved.words) if not is_number(word)]
    nearest = [retrieved.near[row].nearest for row in rows or range(len(retrieved.words))]
    chosen = np.flatnonzero(np.ones_like(retrieved.rows) if among is None else among[retrieved.rows])
    highest = {name: float(np.nanmax(scores[chosen])) for name, scores in retrieved.lists.items()}
    mean, deviation = retrieved.background
    cosines = retrieved.matched
    first, margin = _first(retrieved, chosen)
    return Features(
        familiarity=float(np.mean(nearest)),
        nearness=highest["dense"],
        prominence=(highest["dense"] - mean) / deviation if deviation > 0 else 0.0,
        english=float(Analysed(retrieved.text).is_english),
        words=float(len(retrieved.words)),
        best_words=highest["related"],
        weight_of_words=highest["related"] / len(retrieved.words),
        lateness=highest["late"],
        weakest=float(cosines.min(initial=1.0)),
        weak=float(np.quantile(cosines, 0.25)) if len(cosines) else 1.0,
        matched=float(cosines.mean()) if len(cosines) else 1.0,
        rarest=float(cosines[np.argmax(retrieved.counts)]) if len(cosines) else 1.0,
        agreement=float(sum(_unit_of_best(scores, retrieved, chosen) == first for scores in retrieved.lists.values())),
        margin=margin,
        question=like_a_question(own_vectors(retrieved), retrieved.fitted),
    )


def _first(retrieved: Retrieved, chosen: NDArray[np.intp]) -> tuple[int, float]:
    """The unit of the best of the `chosen` candidates, and by how much it is above the next unit; 0 without one."""
    fused, units = retrieved.fused[chosen], retrieved.units[chosen]
    first = int(units[np.argmax(fused)])
    others = fused[units != first]
    return first, float(fused.max() - others.max()) if len(others) else 0.0


def _unit_of_best(scores: NDArray[np.float32], retrieved: Retrieved, chosen: NDArray[np.intp]) -> int:
    return int(retrieved.units[chosen[np.nanargmax(scores[chosen])]])


def like_a_question(vectors: NDArray[np.float64], weights: Weights) -> float:
    """What `Features.question` is; 0 for vectors of another size than those that the weights were fitted with."""
    intercept, *slopes = weights.question
    return float(intercept + vectors @ slopes) if len(slopes) == len(vectors) else 0.0


def confidence(found: Features, weights: Weights) -> float:
    """The confidence, 0..1, for the features of a question: below `possible` where it is refused."""
    told = min(_margin(weights.subject, signs(found)), _margin(weights.form, signs(found)))
    if told < 0:
        return 2 * weights.possible * _logistic(told)
    # An answer is no surer than that the question is one, and on the subject.
    answer = min(_logistic(_margin(weights.answer, signs_of_answer(found))), 2 * _logistic(told) - 1)
    return weights.possible + (1 - weights.possible) * answer


def _logistic(margin: float) -> float:
    return 1 / (1 + math.exp(-max(margin, -500.0)))


def _margin(coefficients: Sequence[float], values: Sequence[float]) -> float:
    intercept, *slopes = coefficients
    margin: float = intercept + sum(slope * value for slope, value in zip(slopes, values, strict=True))
    return margin


def level(confidence: float, weights: Weights) -> Level:
    """What a confidence, 0..1, is called to people."""
    if confidence < weights.possible:
        return "nothing found"
    return "answered" if confidence >= weights.sure else "possibly"
