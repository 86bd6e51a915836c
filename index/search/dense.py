"""Vectors of the passages, compared with a question's by FAISS: exactly, those of a small segment one by one.

Of a large segment, codes of a byte a number say which few to compare: they
are a quarter of the vectors, and read some times as fast. What is found is
scored by the vectors themselves, which stay on disk until they are looked at.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.encoders.encoder import Matrix
from index.model.arrays import DROPPED, Arrays, Rows, whereabouts
from index.search.faiss_library import faiss_library
from index.search.ranked_list import Eligible, Found, Scores, best

# Vectors in whole numbers of this many parts of 1: their sums come out the same in whatever order they are added.
_UNIT = 2.0**20
# A segment keeps its moments from so many vectors a dimension on.
_FEW = 4
_NAMES = ("sum", "products")
# From so many vectors on, a segment has codes.
CODED = 20_000
# So many of each that are wanted are compared: of a million, the best 2,000 are then exact (eval/measured/library.md).
_COMPARED, _SPARE = 1.25, 16
_LARGEST = 127
# So many vectors tell what all were multiplied by: of a hundred thousand numbers roundings cancel out.
_SAMPLED = 512


@dataclass(frozen=True)
class Summary:
    """What is drawn from the vectors of a segment once, where there are many.

    The mean and the deviation of any query's scores follow from the sum of
    all vectors and of their products. `codes` are the vectors in whole
    numbers from 0 to 255, 128 for 0, the largest at an end.
    """

    vectors: Matrix
    arrays: Arrays

    @classmethod
    def of(cls, vectors: Matrix) -> "Summary":
        """That of these vectors."""
        arrays: dict[str, NDArray[Any]] = {}
        if len(vectors) > _FEW * vectors.shape[1]:
            arrays |= zip(_NAMES, _sums(vectors), strict=True)
        return cls(vectors, arrays | codes_of(vectors))

    @property
    def is_coded(self) -> bool:
        """Whether there are codes."""
        return "codes" in self.arrays

    def sums(self, rows: Rows) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The sums over the vectors whose row is not DROPPED."""
        kept = rows != DROPPED
        if _NAMES[0] not in self.arrays:
            return _sums(self.vectors[kept])
        gone = _sums(self.vectors[~kept])
        return self.arrays[_NAMES[0]] - gone[0], self.arrays[_NAMES[1]] - gone[1]

    @cached_property
    def _index(self) -> Any:
        faiss = faiss_library()
        kind = faiss.ScalarQuantizer.QT_8bit_direct_signed
        index = faiss.IndexScalarQuantizer(self.vectors.shape[1], kind, faiss.METRIC_INNER_PRODUCT)
        index.add_sa_codes(self.arrays["codes"])
        return index

    @cached_property
    def _scale(self) -> float:
        """What the vectors were multiplied by to become codes."""
        some = slice(None, None, max(1, len(self.vectors) // _SAMPLED))
        vectors, codes = self.vectors[some].astype(np.float64), self.arrays["codes"][some].astype(np.float64) - 128
        return float((codes * vectors).sum() / max(1e-9, (vectors * vectors).sum())) or 1.0

    def candidates(self, queries: Matrix, k: int, allowed: Eligible) -> list[tuple[Found, Scores]]:
        """For each of some queries the vectors to compare for the best `k` of those `allowed`, with their scores.

        The scores are as near as codes tell, and exact where there are none.
        """
        if not self.is_coded:
            places = np.flatnonzero(allowed)
            return [(places, self.scores(query, places)) for query in queries]
        faiss, chosen = faiss_library(), None
        if not allowed.all():
            bits = np.packbits(allowed, bitorder="little")
            chosen = faiss.SearchParameters(sel=faiss.IDSelectorBitmap(bits))
        # FAISS makes whole numbers of the query too.
        scales = _LARGEST / np.maximum(np.abs(queries).max(axis=1, keepdims=True, initial=0), 1e-9)
        wanted = min(len(self.vectors), _compared(k))
        about, places = self._index.search(np.rint(queries * scales), wanted, params=chosen)
        about /= scales * self._scale
        return [(own[own >= 0].astype(np.intp), near[own >= 0]) for own, near in zip(places, about, strict=True)]

    def scores(self, query: Matrix, places: Found) -> Scores:
        """The inner products of the query with the vectors at these places."""
        faiss, scores = faiss_library(), np.empty(len(places), dtype=np.float32)
        # What a pointer points to has to stay.
        used = scores, query, self.vectors, places.astype(np.int64)
        pointers = [faiss.swig_ptr(array) for array in used]
        faiss.fvec_inner_products_by_idx(*pointers, self.vectors.shape[1], 1, len(places))
        return scores


def _compared(k: int) -> int:
    """How many are compared for the best `k`."""
    return math.ceil(_COMPARED * k) + _SPARE


def codes_of(vectors: Matrix) -> dict[str, NDArray[np.uint8]]:
    """The codes of these vectors by name, where there are many; else none."""
    return {"codes": _codes(vectors)} if len(vectors) >= CODED else {}


def _codes(vectors: Matrix) -> NDArray[np.uint8]:
    codes = np.empty(vectors.shape, dtype=np.uint8)
    scale = _LARGEST / max(1e-9, float(vectors.max()), -float(vectors.min()))
    for start in range(0, len(vectors), CODED):
        codes[start : start + CODED] = np.rint(vectors[start : start + CODED] * scale) + 128
    return codes


def _sums(vectors: Matrix) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The sum and the products, in parts of a size that memory always has."""
    total, products = np.zeros(vectors.shape[1]), np.zeros((vectors.shape[1],) * 2)
    for start in range(0, len(vectors), CODED):
        whole = np.rint(vectors[start : start + CODED].astype(np.float64) * _UNIT)
        total += whole.sum(axis=0)
        products += whole.T @ whole
    return total, products


def spread(
    query: Matrix, total: NDArray[np.float64], products: NDArray[np.float64], vectors: int
) -> tuple[float, float]:
    """The mean and the standard deviation of a query's scores over so many vectors, by their sums (`Summary`)."""
    asked = query[0].astype(np.float64)
    centre = float(asked @ (total / _UNIT / max(1, vectors)))
    square = float(asked @ (products / _UNIT**2 / max(1, vectors)) @ asked)
    return centre, math.sqrt(max(0.0, square - centre**2))


class DenseList:
    """The inner product of a query, shape (1, dimensions), with the passages' vectors of length 1.

    `rows` are where the passages of each part stand in the collection.
    """

    name = "dense"

    def __init__(self, parts: Sequence[Summary], rows: Sequence[Rows]) -> None:
        self._parts = parts
        self._rows = rows
        self._kept = [found != DROPPED for found in rows]
        self.passages = sum(int(np.count_nonzero(kept)) for kept in self._kept)

    @classmethod
    def of(cls, vectors: Matrix) -> "DenseList":
        """Over the vectors of one part, in their order."""
        return cls([Summary.of(vectors)], [np.arange(len(vectors), dtype=np.int32)])

    @cached_property
    def _sums(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        found = [part.sums(rows) for part, rows in zip(self._parts, self._rows, strict=True)]
        return np.sum([one for one, _ in found], axis=0), np.sum([two for _, two in found], axis=0)

    def background(self, query: Matrix) -> tuple[float, float]:
        """The mean and the standard deviation of the scores of all passages."""
        return spread(query, *self._sums, self.passages)

    def search(self, query: Matrix, k: int, eligible: Eligible | None = None) -> tuple[Found, Scores]:
        query = np.ascontiguousarray(query, dtype=np.float32)
        found, about = [np.zeros(0, dtype=np.intp)], [np.zeros(0, dtype=np.float32)]
        for part, own, kept in zip(self._parts, self._rows, self._kept, strict=True):
            ((places, scores),) = part.candidates(query, k, kept if eligible is None else kept & eligible[own])
            found.append(own[places].astype(np.intp))
            about.append(scores)
        # The best of all parts are compared, not of each.
        every = np.concatenate(found)
        rows = np.sort(every[_highest(np.concatenate(about), _compared(k))])
        exact = self.score(query, rows)
        order = best(exact, k, np.arange(len(rows)))
        return rows[order], exact[order]

    @cached_property
    def _whereabouts(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        return whereabouts(self._rows)

    def score(self, query: Matrix, rows: Found) -> Scores:
        query = np.ascontiguousarray(query, dtype=np.float32)
        scores = np.empty(len(rows), dtype=np.float32)
        number, place = (found[rows] for found in self._whereabouts)
        for own, part in enumerate(self._parts):
            mine = np.flatnonzero(number == own)
            scores[mine] = part.scores(query, place[mine])
        return scores


def _highest(scores: Scores, k: int) -> Found:
    """The places of the `k` highest scores, of all equals of the last too."""
    return np.flatnonzero(scores >= np.partition(scores, -k)[-k]) if len(scores) > k else np.arange(len(scores))
