"""Rank higher what the question's own words point to: the document whose title it says, the values it states."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.language.analyser import stems
from index.search.search_index import SearchIndex
from rag.retrieval.fuse import Scores

# What a title with all words of the question adds to a fused score, one with half of them a quarter of it; and what a
# value of the question does to that of a passage that states it, for each unit of its inverse document frequency.
TITLE = 8.0
STATES = 1.0
# With a smaller share of the question's words a title only shares its subject with many others.
_SHARE = 0.5
# Of fewer words no title is said.
_LEAST = 2
# These stand in every title of an answer, and say nothing about its document.
_OF_ANY = frozenset(
    stem
    for stem in stems(
        "beantwoording antwoord antwoorden vraag vragen kamervragen lid leden minister staatssecretaris brief bericht "
        "document besluit verslag nota inzake betreffende schriftelijk overleg"
    )
)


def titled_shares(index: SearchIndex, question: str) -> NDArray[np.float64]:
    """The share of the question that each document's title and subject say, 0..1, shape (documents,).

    Each word counts by how few titles have it (inverse document frequency);
    0 for a title with less than half of the question, or with one word of it.
    """
    said = [stem for stem in dict.fromkeys(stems(question)) if stem not in _OF_ANY]
    documents = len(index.collection.heads)
    weights, words = np.zeros(documents), np.zeros(documents, dtype=np.intp)
    whole = 0.0
    for stem in said:
        having = index.titled(stem)
        weight = float(np.log1p(documents / max(1, len(having))))
        whole += weight
        weights[having] += weight
        words[having] += 1
    shares: NDArray[np.float64] = np.where(words == len(said), 1.0, weights / (whole or 1.0))
    return np.where((shares >= _SHARE) & (words >= _LEAST), shares, 0.0)


def lifted_by(scores: Scores, stating: Sequence[NDArray[np.intp]], titled: NDArray[np.float64]) -> Scores:
    """The scores with what is added for each value that a passage states, and for its document's title."""
    added = TITLE * titled**2
    for rows in stating:
        added[rows] += STATES * np.log(len(scores) / len(rows))
    if not added.any():
        return scores
    # What is no candidate counts as the lowest of them.
    known = np.isfinite(scores)
    lowest = float(scores[known].min()) if known.any() else 0.0
    return np.where(added > 0, np.where(known, scores, lowest) + added, scores)
