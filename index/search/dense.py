"""Vectors of the passages, compared with a question's one by one by FAISS: exact, and no work for some 100,000."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.encoders.encoder import Matrix
from index.model.arrays import DROPPED, Arrays, Rows
from index.model.store import placed
from index.search.faiss_library import faiss_library
from index.search.ranked_list import Eligible, Found, Scores

# Vectors in whole numbers of this many parts of 1: their sums come out the same in whatever order they are added.
_UNIT = 2.0**20
# A segment keeps its moments from so many vectors a dimension on.
_FEW = 4
_NAMES = ("sum", "products")


@dataclass(frozen=True)
class Moments:
    """What the mean and the deviation of any query's scores follow from: the sum of all vectors, and of their products.

    Only a larger segment keeps them: of few vectors they are added up when they are needed.
    """

    vectors: Matrix
    arrays: Arrays

    @classmethod
    def of(cls, vectors: Matrix) -> "Moments":
        """The moments of these vectors."""
        large = len(vectors) > _FEW * vectors.shape[1]
        return cls(vectors, dict(zip(_NAMES, _sums(vectors), strict=True)) if large else {})

    @classmethod
    def of_arrays(cls, arrays: Arrays, vectors: Matrix) -> "Moments":
        """What had these `arrays`."""
        return cls(vectors, arrays)

    def sums(self, rows: Rows) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The sums over the vectors whose row is not DROPPED."""
        kept = rows != DROPPED
        if not self.arrays:
            return _sums(self.vectors[kept])
        gone = _sums(self.vectors[~kept])
        return self.arrays[_NAMES[0]] - gone[0], self.arrays[_NAMES[1]] - gone[1]


def _sums(vectors: Matrix) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    whole = np.rint(vectors.astype(np.float64) * _UNIT)
    return whole.sum(axis=0), whole.T @ whole


def spread(
    query: Matrix, total: NDArray[np.float64], products: NDArray[np.float64], vectors: int
) -> tuple[float, float]:
    """The mean and the standard deviation of a query's scores over so many vectors, by their sums (`Moments`)."""
    asked = query[0].astype(np.float64)
    centre = float(asked @ (total / _UNIT / max(1, vectors)))
    square = float(asked @ (products / _UNIT**2 / max(1, vectors)) @ asked)
    return centre, math.sqrt(max(0.0, square - centre**2))


class DenseList:
    """The inner product of a query, shape (1, dimensions), with the passages' vectors of length 1.

    `rows` are where the passages of each part stand in the collection.
    """

    name = "dense"

    def __init__(self, parts: Sequence[Matrix], moments: Sequence[Moments], rows: Sequence[Rows]) -> None:
        self._parts = parts
        self._moments = moments
        self._rows = rows

    @classmethod
    def of(cls, vectors: Matrix) -> "DenseList":
        """Over the vectors of one part, in their order."""
        return cls([vectors], [Moments.of(vectors)], [np.arange(len(vectors), dtype=np.int32)])

    @cached_property
    def _index(self) -> Any:
        index = faiss_library().IndexFlatIP(self._parts[0].shape[1])
        index.add(np.ascontiguousarray(placed(self._parts, self._rows)))
        return index

    @cached_property
    def _sums(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        found = [moments.sums(rows) for moments, rows in zip(self._moments, self._rows, strict=True)]
        return np.sum([one for one, _ in found], axis=0), np.sum([two for _, two in found], axis=0)

    def background(self, query: Matrix) -> tuple[float, float]:
        """The mean and the standard deviation of the scores of all passages."""
        return spread(query, *self._sums, self._index.ntotal)

    def search(self, query: Matrix, k: int, eligible: Eligible | None = None) -> tuple[Found, Scores]:
        faiss, k = faiss_library(), min(k, self._index.ntotal)
        if not k:
            return np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.float32)
        chosen = None
        if eligible is not None:
            bits = np.packbits(eligible, bitorder="little")
            chosen = faiss.SearchParameters(sel=faiss.IDSelectorBitmap(bits))
        scores, rows = self._index.search(np.ascontiguousarray(query, dtype=np.float32), k, params=chosen)
        found = rows[0] >= 0
        order = np.lexsort((rows[0][found], -scores[0][found]))
        return rows[0][found][order].astype(np.intp), scores[0][found][order]

    def score(self, query: Matrix, rows: Found) -> Scores:
        faiss = faiss_library()
        scores = np.empty(len(rows), dtype=np.float32)
        asked, labels = np.ascontiguousarray(query, dtype=np.float32), np.ascontiguousarray(rows, dtype=np.int64)
        self._index.compute_distance_subset(
            1, faiss.swig_ptr(asked), len(rows), faiss.swig_ptr(scores), faiss.swig_ptr(labels)
        )
        return scores
