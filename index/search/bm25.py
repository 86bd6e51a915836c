"""BM25 (Robertson et al., TREC-3 1994; Lucene's variant), computed from the postings that a question touches.

Nothing that depends on all documents is stored, so a document comes or goes
without the others being touched; the tests compare with bm25s (Lù,
arXiv:2407.03618).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.search.postings import TermCounts
from index.search.ranked_list import Eligible, Found, Scores, best_found

K1 = 1.2
B = 0.75


def idf(frequency: Any, passages: int) -> Any:
    """The inverse document frequency as Lucene has it, ln(1 + (N - n + 0.5) / (n + 0.5)), of one or many terms."""
    return np.log(1 + (passages - frequency + 0.5) / (frequency + 0.5))


def length_norms(lengths: NDArray[Any], average: float) -> NDArray[np.float32]:
    """k1 (1 - b + b length / average) for each length: a term that stands so often counts for half.

    BM25's part that rises with a term's count tf and falls with the length is
    tf / (tf + norm); Robertson and Zaragoza, 2009.
    """
    return (K1 * (1 - B + B * lengths / max(average, 1e-9))).astype(np.float32)


def scores_of_counts(query: Sequence[str], texts: Sequence[Counter[str]]) -> Scores:
    """What `BM25` gives a few texts of which the terms are counted, one value each, without postings of them all."""
    counts = np.array([[text.get(term, 0) for text in texts] for term in query], dtype=np.float32).reshape(
        -1, len(texts)
    )
    lengths = np.array([text.total() for text in texts])
    rarity = idf(np.count_nonzero(counts, axis=1), len(texts)).astype(np.float32)
    norms = length_norms(lengths, float(lengths.mean()) if len(texts) else 0.0)
    weights = rarity[:, np.newaxis] * (counts / (counts + norms))
    scores: Scores = weights.astype(np.float32).sum(axis=0, dtype=np.float32)
    return scores


@dataclass(frozen=True)
class BM25:
    """BM25 scores of texts for the terms of a query; a term counts as often as it is asked, unknown ones not."""

    counts: TermCounts
    name: str = "bm25"

    @classmethod
    def of(cls, texts: Sequence[Sequence[str]]) -> "BM25":
        """Over one list of terms a text."""
        return cls(TermCounts.of(texts))

    def search(self, query: Sequence[str], k: int, eligible: Eligible | None = None) -> tuple[Found, Scores]:
        scores = self._scores(query)
        found = best_found(scores, k, eligible)
        return found, scores[found]

    def score(self, query: Sequence[str], rows: Found) -> Scores:
        return self._scores(query)[rows]

    def _scores(self, terms: Sequence[str]) -> Scores:
        counts = self.counts
        scores = np.zeros(len(counts.lengths), dtype=np.float32)
        average = float(counts.lengths.mean()) if len(scores) else 0.0
        norms = length_norms(counts.lengths, average)
        for term in terms:
            found = counts.postings(term)
            rows, times = counts.rows[found], counts.counts[found].astype(np.float32)
            # A term has one posting a passage, so no row comes twice.
            scores[rows] += np.float32(idf(len(rows), len(scores))) * (times / (times + norms[rows]))
        return scores
