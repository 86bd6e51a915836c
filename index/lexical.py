"""BM25 over our own terms, by bm25s (Lù, arXiv:2407.03618).

One `LexicalIndex` holds the passages' terms of one kind (stems or n-grams),
saved as plain numpy arrays and JSON, and read where they lie on disk.
"""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.term_counts import TermCounts

K1 = 1.2
B = 0.75
_WEIGHTS = "weights.npy"


def _library() -> Any:
    """bm25s, imported when it is first needed; it logs every step unless told not to."""
    import bm25s

    logging.getLogger("bm25s").setLevel(logging.WARNING)
    return bm25s


@dataclass(frozen=True, slots=True)
class LexicalIndex:
    """BM25 scores (Lucene's variant) of every passage for the terms of a query.

    `counts` are what it is made of; the scorer holds the weight of every posting.
    """

    counts: TermCounts
    _bm25: Any

    @classmethod
    def build(cls, documents: Iterable[Sequence[str]]) -> "LexicalIndex":
        """Index one list of terms a passage, in the order of the passages."""
        return cls.of(TermCounts.of(documents))

    @classmethod
    def of(cls, counts: TermCounts) -> "LexicalIndex":
        """The index of counted terms; equal counts give equal weights, whatever they were merged from."""
        weights = np.repeat(counts.rarities(), counts.frequencies) * counts.saturations(K1, B)
        return cls(counts, _scorer(counts, weights.astype(np.float32)))

    def scores(self, terms: Sequence[str]) -> NDArray[np.float32]:
        """The score of every passage, shape (passages,); all 0 where no term is known."""
        known = [term for term in terms if term in self._bm25.vocab_dict]
        if not known:
            return np.zeros(len(self.counts.lengths), dtype=np.float32)
        scores: NDArray[np.float32] = self._bm25.get_scores(known)
        return scores.astype(np.float32, copy=False)

    def document_frequency(self, term: str) -> int:
        """In how many passages `term` stands."""
        number = self._bm25.vocab_dict.get(term)
        return 0 if number is None else int(self.counts.starts[number + 1] - self.counts.starts[number])

    def save(self, folder: Path) -> None:
        """Write the index to a new `folder`."""
        self.counts.save(folder)
        np.save(folder / _WEIGHTS, self._bm25.scores["data"], allow_pickle=False)

    @classmethod
    def load(cls, folder: Path) -> "LexicalIndex":
        """Read what `save` wrote; the caller has checked the files."""
        counts = TermCounts.load(folder)
        return cls(counts, _scorer(counts, np.load(folder / _WEIGHTS, mmap_mode="r", allow_pickle=False)))


def _scorer(counts: TermCounts, weights: NDArray[np.float32]) -> Any:
    """bm25s over weights that are drawn from counts: its own way in wants every text again."""
    bm25 = _library().BM25(k1=K1, b=B, method="lucene", idf_method="lucene")
    bm25.vocab_dict = {term: number for number, term in enumerate(counts.vocabulary)}
    bm25.scores = {
        "data": weights,
        "indices": counts.places,
        "indptr": counts.starts,
        "num_docs": len(counts.lengths),
    }
    bm25.nonoccurrence_array = None
    return bm25
