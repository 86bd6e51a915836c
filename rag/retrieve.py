"""Score every passage for a question in several ways, and add them up."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.analyse import content_words, ngrams, stems
from index.encode import Encoders, Matrix
from index.search_index import SearchIndex
from rag.fuse import Scores, fuse

# Chosen on the tune half of the topics over the letter and on the kamervragen benchmark.
WEIGHTS = {"stems": 0.3, "ngrams": 1.0, "related": 1.0, "dense": 0.8}


@dataclass(frozen=True)
class Retrieved:
    """The scores of every passage, in the collection's order, for one question.

    `lists` has one array a list. `words` are the question's content words,
    `near` how near each is to the documents' words (RelatedWordsIndex.nearness).
    `query` is the question's vector by the word encoder, shape (1, dimensions).
    """

    lists: dict[str, NDArray[np.float32]]
    words: tuple[str, ...]
    near: NDArray[np.float32]
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


def retrieve(index: SearchIndex, encoders: Encoders, text: str) -> Retrieved:
    """Score all passages of `index` for the text of a query."""
    words = tuple(dict.fromkeys(content_words(text)))
    query, *vectors = encoders.words.encode_queries([text, *words])
    near = index.related.nearness(words, np.array(vectors, dtype=np.float32).reshape(len(words), -1))
    lists = {
        "stems": index.stems.scores(stems(text)),
        "ngrams": index.ngrams.scores(ngrams(text)),
        "related": index.related.scores(near),
        "dense": index.vectors.scores(encoders.passages.encode_queries([text])),
    }
    return Retrieved(lists, words, near, query[np.newaxis])
