"""BM25 over our own terms (Robertson et al., TREC-3 1994; Lucene's variant), every weight computed at build time.

A posting's weight depends on nothing that a question says, so it is stored,
and a question's score is a sum (bm25s; Lù, arXiv:2407.03618, whose weights
the tests compare with these). One `LexicalIndex` holds the passages' terms of
one kind (stems or n-grams), saved as plain numpy arrays and JSON, and read
where they lie on disk.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.model.arrays import mapped
from index.search.postings import TermCounts

K1 = 1.2
B = 0.75
_WEIGHTS = "weights.npy"


@dataclass(frozen=True, slots=True)
class LexicalIndex:
    """BM25 scores of every passage for the terms of a query.

    `counts` are what it is made of; `weights` has one number a posting, in their order.
    """

    counts: TermCounts
    weights: NDArray[np.float32]

    @classmethod
    def build(cls, documents: Iterable[Sequence[str]]) -> "LexicalIndex":
        """Index one list of terms a passage, in the order of the passages."""
        return cls.of(TermCounts.of(documents))

    @classmethod
    def of(cls, counts: TermCounts) -> "LexicalIndex":
        """The index of counted terms; equal counts give equal weights, whatever they were merged from."""
        weights = np.repeat(counts.rarities(), counts.frequencies) * counts.saturations(K1, B)
        return cls(counts, weights.astype(np.float32))

    def scores(self, terms: Sequence[str]) -> NDArray[np.float32]:
        """The score of every passage, shape (passages,): a term counts as often as it is asked, unknown ones not."""
        scores = np.zeros(len(self.counts.lengths), dtype=np.float32)
        for term in terms:
            found = self.counts.postings(term)
            # A term has one posting a passage, so no place comes twice.
            scores[self.counts.places[found]] += self.weights[found]
        return scores

    def document_frequency(self, term: str) -> int:
        """In how many passages `term` stands."""
        found = self.counts.postings(term)
        return int(found.stop - found.start)

    def save(self, folder: Path) -> None:
        """Write the index to a new `folder`."""
        self.counts.save(folder)
        np.save(folder / _WEIGHTS, self.weights, allow_pickle=False)

    @classmethod
    def load(cls, folder: Path) -> "LexicalIndex":
        """Read what `save` wrote; the caller has checked the files."""
        return cls(TermCounts.load(folder), mapped(folder / _WEIGHTS))
