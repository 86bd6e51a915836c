"""FAISS, imported when it is needed."""

from typing import Any


def faiss_library() -> Any:
    """The library, set to one thread: one question is no work for several, and waking them costs ten times more.

    Set anew each time, since that holds only for the thread that asks for it.
    """
    import faiss

    faiss.omp_set_num_threads(1)
    return faiss
