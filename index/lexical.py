"""BM25 over our own terms, by bm25s (Lù, arXiv:2407.03618).

One `LexicalIndex` holds the passages' terms of one kind (stems or n-grams),
saved as plain numpy arrays and JSON.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

K1 = 1.2
B = 0.75


def _library() -> Any:
    """bm25s, imported when it is first needed; it logs every step unless told not to."""
    import bm25s

    logging.getLogger("bm25s").setLevel(logging.WARNING)
    return bm25s


@dataclass(frozen=True, slots=True)
class LexicalIndex:
    """BM25 scores (Lucene's variant) of every passage for the terms of a query."""

    _bm25: Any

    @classmethod
    def build(cls, documents: Sequence[Sequence[str]]) -> "LexicalIndex":
        """Index one list of terms a passage, in the order of the passages.

        Terms are numbered in alphabetical order, so that equal passages give equal files.
        """
        bm25s = _library()
        terms = sorted({term for document in documents for term in document})
        numbers = {term: number for number, term in enumerate(terms)}
        ids = [[numbers[term] for term in document] for document in documents]
        bm25 = bm25s.BM25(k1=K1, b=B, method="lucene")
        bm25.index((ids, numbers), show_progress=False)
        return cls(bm25)

    def scores(self, terms: Sequence[str]) -> NDArray[np.float32]:
        """The score of every passage, shape (passages,); all 0 where no term is known."""
        known = [term for term in terms if term in self._bm25.vocab_dict]
        if not known:
            return np.zeros(self._bm25.scores["num_docs"], dtype=np.float32)
        scores: NDArray[np.float32] = self._bm25.get_scores(known)
        return scores.astype(np.float32, copy=False)

    def document_frequency(self, term: str) -> int:
        """In how many passages `term` stands."""
        number = self._bm25.vocab_dict.get(term)
        if number is None:
            return 0
        starts = self._bm25.scores["indptr"]
        return int(starts[number + 1] - starts[number])

    def save(self, folder: Path) -> None:
        """Write the index to a new `folder`."""
        self._bm25.save(folder, show_progress=False)

    @classmethod
    def load(cls, folder: Path) -> "LexicalIndex":
        """Read what `save` wrote; the caller has checked the files."""
        return cls(_library().BM25.load(folder, show_progress=False))
