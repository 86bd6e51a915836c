"""Vectors of the passages, compared with a question's one by one: exact, and no work for some ten thousand."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.model.arrays import mapped

Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class DenseIndex:
    """The rows of the passages, of length 1, shape (passages, dimensions)."""

    rows: Matrix

    def scores(self, query: Matrix) -> NDArray[np.float32]:
        """The inner product of `query`, shape (1, dimensions), with every row, shape (passages,)."""
        scores: NDArray[np.float32] = self.rows @ query[0]
        return scores

    def save(self, path: Path) -> None:
        """Write the rows as one .npy file."""
        np.save(path, self.rows, allow_pickle=False)

    @classmethod
    def load(cls, path: Path) -> "DenseIndex":
        """Read what `save` wrote; the caller has checked the file."""
        return cls(mapped(path))
