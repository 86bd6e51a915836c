"""How sure we are that the first passage answers the question.

Two signs: how familiar the question's words are to the documents, and how
near in meaning the nearest passage is. A logistic curve over them, fitted for
the shipped encoders, gives the confidence.
"""

import math
from dataclasses import astuple, dataclass

from index.analyse import is_number
from index.search_index import SearchIndex
from rag.retrieve import Retrieved
from rag.types import Level

# Intercept, then one weight for each of Signs, in order: a logistic regression on the tune half of
# eval/benchmarks/streaming-hell, shifted so that some 4 % of its answerable topics fall below the threshold.
COEFFICIENTS = (-5.6, 5.6, 7.0)
# From POSSIBLE on, a question possibly has an answer; from SURE on it is answered.
POSSIBLE = 0.5
SURE = 0.75


@dataclass(frozen=True, slots=True)
class Signs:
    """What the confidence is drawn from; each is larger for better answers.

    `familiarity`: how near, on average, each content word of the question is
    to the nearest word of the documents (cosine, -1..1): a question on another
    subject is made of words that have no relative there. `nearness`: the
    cosine, -1..1, of the passage nearest in meaning.
    """

    familiarity: float
    nearness: float


def signs(index: SearchIndex, retrieved: Retrieved) -> Signs:
    """The signs for one question; all 0 where it has no content word."""
    if not retrieved.words or not index.related.vocabulary:
        return Signs(0.0, 0.0)
    # A small number stands in any document: it is familiar only where there is nothing else.
    rows = [row for row, word in enumerate(retrieved.words) if not is_number(word)]
    nearest = retrieved.near[rows or slice(None)].max(axis=1)
    return Signs(familiarity=float(nearest.mean()), nearness=float(retrieved.lists["dense"].max()))


def confidence(found: Signs) -> float:
    """The confidence, 0..1, for the signs of a question."""
    intercept, *weights = COEFFICIENTS
    logit = intercept + sum(w * x for w, x in zip(weights, astuple(found), strict=True))
    return 1 / (1 + math.exp(-logit))


def level(confidence: float) -> Level:
    """What a confidence, 0..1, is called to people."""
    if confidence < POSSIBLE:
        return "nothing found"
    return "answered" if confidence >= SURE else "possibly"
