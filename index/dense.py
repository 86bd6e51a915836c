"""Vectors of the passages, searched by exact inner product in FAISS."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]


class FaissStore:
    """An exact FAISS index (`IndexFlatIP`) over the rows; Johnson et al., arXiv:1702.08734."""

    def __init__(self, rows: Matrix) -> None:
        import faiss

        self.rows = rows
        # One question is too little work to share out: threads that wait for each other cost more than they save.
        faiss.omp_set_num_threads(1)
        self._index = faiss.IndexFlatIP(rows.shape[1])
        self._index.add(rows)

    def scores(self, query: Matrix) -> NDArray[np.float32]:
        """The inner product of `query`, shape (1, dimensions), with every row, shape (passages,)."""
        found, places = self._index.search(query, self._index.ntotal)
        scores = np.empty(self._index.ntotal, dtype=np.float32)
        scores[places[0]] = found[0]
        return scores

    def save(self, path: Path) -> None:
        """Write the rows as one .npy file."""
        np.save(path, self.rows, allow_pickle=False)

    @classmethod
    def load(cls, path: Path) -> "FaissStore":
        """Read what `save` wrote; the caller has checked the file."""
        return cls(np.load(path, mmap_mode="r", allow_pickle=False))
