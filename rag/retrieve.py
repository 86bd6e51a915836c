"""Score every passage for a question in several ways, and add them up."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.analyse import content_words, is_english, ngrams, stems
from index.encode import Encoders, Matrix
from index.search_index import SearchIndex
from index.token_vectors import TokenVectors
from rag.fuse import Scores, fuse

# What each list counts for, chosen on the tune half of the topics over the letter. An English question
# shares hardly a word with a Dutch document: what it does share is mostly chance.
DUTCH_WEIGHTS = {"stems": 0.0, "ngrams": 0.8, "related": 0.4, "dense": 0.5, "late": 2.5}
ENGLISH_WEIGHTS = {"stems": 0.0, "ngrams": 0.3, "related": 0.0, "dense": 0.5, "late": 3.0}
# Passages that are compared token by token. A letter has some 350; of a library only the best found otherwise.
CANDIDATES = 500


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
        lists = {name: np.where(mask, scores, np.nanmin(scores)) for name, scores in self.lists.items()}
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


def retrieve(index: SearchIndex, encoders: Encoders, text: str, eligible: NDArray[np.bool_] | None = None) -> Retrieved:
    """Score all passages of `index` for the text of a query.

    Token by token only the CANDIDATES are compared that the other lists put
    first among the `eligible` (all passages when left out).
    """
    words = tuple(dict.fromkeys(content_words(text)))
    query, *vectors = encoders.words.encode_queries([text, *words])
    near = index.related.nearness(words, np.array(vectors, dtype=np.float32).reshape(len(words), query.size))
    asked = encoders.passages.encode_queries_by_token([text])
    lists = {
        "stems": index.stems.scores(stems(text)),
        "ngrams": index.ngrams.scores(ngrams(text)),
        "related": index.related.scores(near),
        "dense": index.vectors.scores(asked.rows),
    }
    weights = ENGLISH_WEIGHTS if is_english(text) else DUTCH_WEIGHTS
    first = fuse(lists, {name: weights[name] for name in lists})
    lists["late"] = _late_scores(index, asked.tokens, first, eligible)
    return Retrieved(lists, weights, words, near, query[np.newaxis])


def _late_scores(
    index: SearchIndex, query: TokenVectors, first: Scores, eligible: NDArray[np.bool_] | None
) -> NDArray[np.float32]:
    """The scores of the candidates token by token; not a number for the others."""
    places = np.arange(len(first)) if eligible is None else np.flatnonzero(eligible)
    if len(places) > CANDIDATES:
        places = np.sort(places[np.argpartition(-first[places], CANDIDATES)[:CANDIDATES]])
    scores = np.full(len(first), np.nan, dtype=np.float32)
    scores[places] = index.tokens.scores(query, places)
    return scores
