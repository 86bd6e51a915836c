"""How sure we are that the first passage answers the question.

A logistic curve over five features, fitted by `python -m eval fit` to questions
that the documents answer, questions on other subjects and no questions at all,
then calibrated: the share of first passages that answer, among questions of
one confidence, is that confidence (Platt, 1999).
"""

import math
from dataclasses import astuple, dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from index.language.analyser import Analysed, is_number
from rag.retrieval.retrieve import Retrieved
from rag.retrieval.weights import shipped_weights

Level = Literal["answered", "possibly", "nothing found"]


@dataclass(frozen=True, slots=True)
class Features:
    """What the confidence is drawn from.

    `familiarity`: how near, on average, each content word of the question is
    to the nearest word of the documents (cosine, -1..1): a question on another
    subject is made of words that have no relative there. `nearness`: the
    cosine, -1..1, of the passage nearest in meaning. `prominence`: by how many
    standard deviations that passage is nearer than the mean one; at the same
    nearness, a question on the documents' own subject is near to more of them.
    `english`: 1 for an English question, which is less near to the Dutch
    passages that answer it than a Dutch one would be, otherwise 0.
    `weight_of_words`: the highest score by words, for each content word of the
    question: a question is made of common words beside the rare, and what is no
    question often of rare ones alone.
    """

    familiarity: float
    nearness: float
    prominence: float
    english: float = 0.0
    weight_of_words: float = 0.0


def features(retrieved: Retrieved, among: NDArray[np.bool_] | None = None) -> Features:
    """The features for one question; all 0 where it has no content word.

    The nearest passage is that of the mask `among`, which has at least one; of all when left out.
    """
    if not retrieved.words or not retrieved.passages:
        return Features(0.0, 0.0, 0.0)
    # A small number stands in any document: it is familiar only where there is nothing else.
    rows = [row for row, word in enumerate(retrieved.words) if not is_number(word)]
    nearest = [retrieved.near[row].nearest for row in rows or range(len(retrieved.words))]
    dense = retrieved.lists["dense"]
    nearest_passage = float(dense.max() if among is None else dense[among[retrieved.rows]].max())
    mean, deviation = retrieved.background
    return Features(
        familiarity=float(np.mean(nearest)),
        nearness=nearest_passage,
        prominence=(nearest_passage - mean) / deviation if deviation > 0 else 0.0,
        english=float(Analysed(retrieved.text).is_english),
        weight_of_words=_heaviest(retrieved, among) / len(retrieved.words),
    )


def _heaviest(retrieved: Retrieved, among: NDArray[np.bool_] | None) -> float:
    """The highest score by words and words near them, of the passages of the mask; 0 where no word was found."""
    scores = retrieved.lists["related"]
    return float(scores.max(initial=0.0) if among is None else scores[among[retrieved.rows]].max(initial=0.0))


def confidence(found: Features) -> float:
    """The confidence, 0..1, for the features of a question."""
    intercept, *weights = shipped_weights().coefficients
    logit = intercept + sum(w * x for w, x in zip(weights, astuple(found), strict=True))
    return 1 / (1 + math.exp(-logit))


def level(confidence: float) -> Level:
    """What a confidence, 0..1, is called to people."""
    weights = shipped_weights()
    if confidence < weights.possible:
        return "nothing found"
    return "answered" if confidence >= weights.sure else "possibly"
