"""Rank higher what the question's own words point to: the document whose title it says, the values it states."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.language.analyser import stems
from index.model.arrays import distinct
from index.search.search_index import SearchIndex
from rag.retrieval.fuse import Scores

# What a title with all words of the question adds to a fused score, one with half of them a quarter of it; and what a
# value of the question does to that of a passage that states it, for each unit of its inverse document frequency.
TITLE = 8.0
STATES = 1.25
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


@dataclass(frozen=True, slots=True)
class Titled:
    """The rows, ascending, of passages under titles that say a question, and the share of it that each says, 0..1."""

    rows: NDArray[np.intp]
    shares: NDArray[np.float64]


def titled(index: SearchIndex, question: str) -> Titled:
    """The passages of documents whose title and subject say half of the question at least, and two words of it.

    Each word counts by how few titles have it (inverse document frequency).
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
    said_by = (shares >= _SHARE) & (words >= _LEAST)
    document = index.collection.columns.document
    rows = np.flatnonzero(said_by[document]) if said_by.any() else np.zeros(0, dtype=np.intp)
    return Titled(rows, shares[document[rows]])


def lifted_by(scores: Scores, stating: Sequence[NDArray[np.intp]], titled: Titled) -> Scores:
    """The scores with what is added for each value that a passage states, and for its document's title."""
    rows = distinct(np.concatenate([titled.rows, *stating]))
    added = np.zeros(len(rows))
    added[np.searchsorted(rows, titled.rows)] = TITLE * titled.shares**2
    for own in stating:
        added[np.searchsorted(rows, own)] += STATES * np.log(len(scores) / len(own))
    rows, added = rows[added > 0], added[added > 0]
    if not len(rows):
        return scores
    # What is no candidate counts as the lowest of them.
    known = scores[np.isfinite(scores)]
    lifted = scores.copy()
    lifted[rows] = np.where(np.isfinite(scores[rows]), scores[rows], known.min() if len(known) else 0.0)
    lifted[rows] += added
    return lifted
