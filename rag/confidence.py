"""How sure we are that the first passage answers the question.

Three signs: how much of the question's rare words the best passage has, how
familiar its words are to the documents, and how near in meaning the nearest
passage is. A logistic curve over them gives the confidence.
"""

import math
from dataclasses import astuple, dataclass

import numpy as np

from index.analyse import is_number, ngrams
from index.search_index import SearchIndex, search_text
from rag.retrieve import Retrieved

# Intercept, then one weight for each of Signs, in order. Fitted on the tune half of the topics.
COEFFICIENTS = (-2.35, 0.60, 3.53, 0.85)
THRESHOLD = 0.5


@dataclass(frozen=True, slots=True)
class Signs:
    """What the confidence is drawn from; each is larger for better answers.

    `coverage`: the share, 0..1, of the question's n-grams, weighed by rarity,
    that the first passage and its question have. `familiarity`: how near, on
    average, each content word of the question is to the nearest word of the
    documents (cosine, -1..1): a question on another subject is made of words
    that have no relative there, however few it shares with them.
    `nearness`: the cosine, -1..1, of the passage nearest in meaning.
    """

    coverage: float
    familiarity: float
    nearness: float


def signs(index: SearchIndex, retrieved: Retrieved, text: str) -> Signs:
    """The signs for one question; all 0 where it has no content word."""
    if not retrieved.words or not index.related.vocabulary:
        return Signs(0.0, 0.0, 0.0)
    # A small number stands in any document: it is familiar only where there is nothing else.
    rows = [row for row, word in enumerate(retrieved.words) if not is_number(word)]
    nearest = retrieved.near[rows or slice(None)].max(axis=1)
    return Signs(
        coverage=_coverage(index, int(np.argmax(retrieved.fused)), text),
        familiarity=float(nearest.mean()),
        nearness=float(retrieved.lists["dense"].max()),
    )


def _coverage(index: SearchIndex, first: int, text: str) -> float:
    total = len(index.collection.passages)
    terms = sorted(set(ngrams(text)))
    weights = {term: math.log(1 + total / (0.5 + index.ngrams.document_frequency(term))) for term in terms}
    held = set(ngrams(search_text(index.collection, index.collection.passages[first])))
    return sum(weights[term] for term in terms if term in held) / sum(weights.values())


def confidence(found: Signs) -> float:
    """The confidence, 0..1, for the signs of a question."""
    intercept, *weights = COEFFICIENTS
    logit = intercept + sum(w * x for w, x in zip(weights, astuple(found), strict=True))
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, logit))))
