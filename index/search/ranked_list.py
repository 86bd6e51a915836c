"""What a ranked list does, whatever it ranks by."""

from typing import Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

Found = NDArray[np.intp]
Scores = NDArray[np.float32]
Eligible = NDArray[np.bool_]
Query_contra = TypeVar("Query_contra", contravariant=True)


class RankedList(Protocol[Query_contra]):
    """Ranks the passages of a collection, by their rows."""

    @property
    def name(self) -> str: ...

    def search(self, query: Query_contra, k: int, eligible: Eligible | None = None) -> tuple[Found, Scores]:
        """The rows of the best `k` passages with their scores: best first, equals by row.

        Only `eligible` ones, a mask of all passages; fewer than `k` where no more are found.
        """

    def score(self, query: Query_contra, rows: Found) -> Scores:
        """The scores of these rows, the same that `search` gives; 0 for what it would not find."""


def best(scores: NDArray[np.floating[Any]], k: int, places: Found) -> Found:
    """The `k` of these `places` with the highest scores, highest first, equals in the order of `places`."""
    own = scores[places]
    if len(places) > k:
        kept = own >= np.partition(own, -k)[-k]
        places, own = places[kept], own[kept]
    return places[np.argsort(-own, kind="stable")[:k]]


def best_found(scores: Scores, k: int, eligible: Eligible | None) -> Found:
    """The rows of the best `k` that are found at all, of the `eligible` ones, as `RankedList.search` has them."""
    found = np.flatnonzero(scores > 0)
    return best(scores, k, found if eligible is None else found[eligible[found]])
