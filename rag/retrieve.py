"""Score every passage for a question in several ways, and add them up."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.analyse import content_words, is_english, ngrams, stems
from index.encode import Encoders, Matrix
from index.search_index import SearchIndex
from rag.fuse import Scores, fuse

# What each list counts for, chosen on the tune half of the topics over the letter. An English question
# shares hardly a word with a Dutch document: what it does share is mostly chance.
DUTCH_WEIGHTS = {"stems": 0.3, "ngrams": 0.6, "related": 0.5, "dense": 1.5}
ENGLISH_WEIGHTS = {"stems": 0.0, "ngrams": 0.3, "related": 0.0, "dense": 2.5}


@dataclass(frozen=True)
class Retrieved:
    """The scores of every passage, in the collection's order, for one question.

    `lists` has one array a list, `weights` what each counts for. `words` are the question's content words,
    `near` how near each is to the documents' words (RelatedWordsIndex.nearness).
    `query` is the question's vector by the word encoder, shape (1, dimensions).
    """

    lists: dict[str, NDArray[np.float32]]
    weights: dict[str, float]
    words: tuple[str, ...]
    near: NDArray[np.float32]
    query: Matrix

    @cached_property
    def fused(self) -> Scores:
        """The weighted sum of the standardised lists."""
        return fuse(self.lists, self.weights)

    def among(self, mask: NDArray[np.bool_]) -> "Retrieved":
        """The same where only the passages of `mask`, at least one, have been found: the rest at each list's lowest."""
        lists = {name: np.where(mask, scores, scores.min()) for name, scores in self.lists.items()}
        return replace(self, lists=lists)

    @property
    def found_words(self) -> bool:
        """Whether any word of the question, or a part or relative of it, stands in the documents."""
        return any(self.lists[name].any() for name in ("stems", "ngrams", "related"))

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
    near = index.related.nearness(words, np.array(vectors, dtype=np.float32).reshape(len(words), query.size))
    lists = {
        "stems": index.stems.scores(stems(text)),
        "ngrams": index.ngrams.scores(ngrams(text)),
        "related": index.related.scores(near),
        "dense": index.vectors.scores(encoders.passages.encode_queries([text])),
    }
    weights = ENGLISH_WEIGHTS if is_english(text) else DUTCH_WEIGHTS
    return Retrieved(lists, weights, words, near, query[np.newaxis])
