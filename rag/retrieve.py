"""Score every passage for a question in three ways, and add the three up."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.analyse import ngrams, stems
from index.encode import Encoder, Matrix
from index.search_index import SearchIndex
from rag.fuse import Scores, fuse

# Chosen on the tune half of the topics over the letter.
WEIGHTS = {"stems": 0.3, "ngrams": 1.0, "dense": 0.8}


@dataclass(frozen=True)
class Retrieved:
    """The scores of every passage, in the collection's order, for one question.

    `lists` has one array a list, `query` the question's vector, shape
    (1, dimensions).
    """

    lists: dict[str, NDArray[np.float32]]
    query: Matrix

    @cached_property
    def fused(self) -> Scores:
        """The weighted sum of the standardised lists."""
        return fuse(self.lists, WEIGHTS)

    @cached_property
    def _ranks(self) -> dict[str, NDArray[np.intp]]:
        ranks = {}
        for name, scores in self.lists.items():
            order = np.argsort(-scores, kind="stable")
            ranks[name] = np.empty_like(order)
            ranks[name][order] = np.arange(1, len(order) + 1)
        return ranks

    def found_by(self, passage: int) -> tuple[tuple[str, int], ...]:
        """The lists that found the passage at this place of the collection, with its rank in each."""
        return tuple((name, int(self._ranks[name][passage])) for name in self.lists if self.lists[name][passage] > 0)


def retrieve(index: SearchIndex, encoder: Encoder, text: str) -> Retrieved:
    """Score all passages of `index` for the text of a query."""
    query = encoder.encode_queries([text])
    lists = {
        "stems": index.stems.scores(stems(text)),
        "ngrams": index.ngrams.scores(ngrams(text)),
        "dense": index.vectors.scores(query),
    }
    return Retrieved(lists, query)
