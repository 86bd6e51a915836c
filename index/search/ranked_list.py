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


def best(scores: NDArray[np.floating[Any]], k: int) -> Found:
    """The places of the `k` highest scores, highest first, equals in order; -inf is never among them."""
    places = np.flatnonzero(scores > -np.inf)
    if len(places) > k:
        least = np.partition(scores[places], -k)[-k]
        above = places[scores[places] > least]
        places = np.sort(np.concatenate([above, places[scores[places] == least][: k - len(above)]]))
    return places[np.argsort(-scores[places], kind="stable")]
