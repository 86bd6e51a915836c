"""FAISS, imported when it is needed."""

from functools import cache
from typing import Any


@cache
def faiss_library() -> Any:
    """The library, set to one thread: one question is no work for several, and waking them costs ten times more."""
    import faiss

    faiss.omp_set_num_threads(1)
    return faiss
