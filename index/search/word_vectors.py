"""Which words of a vocabulary lie nearest to a word that is asked for: always the exact ones.

A large library has hundreds of thousands of words. Their vectors are then
searched in codes of a byte a number, which FAISS reads four times as fast as
the numbers themselves, and what is found is compared exactly. How far a code
may be off is known, so it is known whether anything was missed; where
something may have been, all vectors are compared.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.encoders.encoder import Matrix
from index.search.faiss_library import faiss_library
from index.search.ranked_list import best

# Words further apart than this cosine have nothing to do with each other.
NEAR = 0.3
# A word of the question finds at most so many words of the documents.
NEAREST = 100
# From so many words on they have codes.
CODED = 50_000
# So many are compared exactly.
_COMPARED = 4 * NEAREST
_LARGEST = 127


@dataclass(frozen=True)
class NearWords:
    """The words of a vocabulary near to one that is asked for, by number, best first, equals by number.

    At most NEAREST, of a cosine above NEAR. `nearest` is the cosine of the nearest, whatever it is; 0 where there is
    none.
    """

    words: NDArray[np.intp]
    cosines: NDArray[np.float32]
    nearest: float

    @classmethod
    def of(cls, words: NDArray[np.intp], cosines: NDArray[np.float32]) -> "NearWords":
        """The near ones of these words, ascending, and their cosines."""
        places = np.flatnonzero(cosines > NEAR)
        places = places[best(cosines[places], NEAREST)]
        return cls(words[places], cosines[places], float(cosines.max()) if len(cosines) else 0.0)


class WordVectors:
    """The vectors of the words of a vocabulary, of length 1 (or 0), shape (words, dimensions)."""

    def __init__(self, vectors: Matrix) -> None:
        self._vectors = vectors
        self._codes: Any = None
        self._off = 0.0
        if len(vectors) >= CODED:
            self._code()

    def _code(self) -> None:
        faiss = faiss_library()
        kind = faiss.ScalarQuantizer.QT_8bit_direct_signed
        self._codes = faiss.IndexScalarQuantizer(self._vectors.shape[1], kind, faiss.METRIC_INNER_PRODUCT)
        for start in range(0, len(self._vectors), CODED):
            block = self._vectors[start : start + CODED]
            codes = np.rint(block * _LARGEST)
            self._codes.add(codes)
            self._off = max(self._off, float(np.linalg.norm(codes / _LARGEST - block, axis=1).max()))

    def near(self, asked: Matrix) -> list[NearWords]:
        """The words near to each of some, whose vectors are `asked`."""
        if self._codes is None or not len(asked):
            every = np.arange(len(self._vectors), dtype=np.intp)
            return [NearWords.of(every, cosines) for cosines in asked @ self._vectors.T]
        scores, found = self._codes.search(np.ascontiguousarray(asked), min(_COMPARED, len(self._vectors)))
        return [self._exact(*one) for one in zip(asked, found, scores / _LARGEST, strict=True)]

    def _exact(self, asked: NDArray[np.float32], found: NDArray[np.int64], scores: NDArray[np.float32]) -> NearWords:
        """The near ones, where codes found these; all are compared where a better one may have been left out."""
        near = self._compared(asked, np.sort(found).astype(np.intp))
        most = float(scores[-1]) + self._off * float(np.linalg.norm(asked))
        least = float(near.cosines[-1]) if len(near.words) == NEAREST else NEAR
        if len(found) == len(self._vectors) or (most < least and most < near.nearest):
            return near
        return self._compared(asked, np.arange(len(self._vectors), dtype=np.intp))

    def _compared(self, asked: NDArray[np.float32], words: NDArray[np.intp]) -> NearWords:
        # Row by row: a product of matrices depends in its last digit on what stands beside it.
        blocks = (words[start : start + CODED] for start in range(0, len(words), CODED))
        return NearWords.of(words, np.concatenate([(self._vectors[block] * asked).sum(axis=1) for block in blocks]))
