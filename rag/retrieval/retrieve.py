"""Score every passage for a question in several ways, and add them up."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.encoders.encoder import Encoders, Matrix
from index.encoders.token_vectors import TokenVectors
from index.language.analyser import Analysed, content_words, terms
from index.language.spelling import Spelling
from index.search.search_index import SearchIndex
from rag.retrieval.fuse import Scores, fuse
from rag.retrieval.weights import shipped_weights

# Passages that are compared token by token. A letter has some 350; of a library only the best found otherwise.
CANDIDATES = 500


@dataclass(frozen=True)
class Retrieved:
    """The scores of every passage, in the collection's order, for one question.

    `text` is what was searched: the question with its misspelt words mended.
    `lists` has one array a list, `weights` what each counts for. `words` are
    the content words, `near` how near each is to the documents' words
    (RelatedWordsIndex.nearness). `query` is the question's vector by the word
    encoder, shape (1, dimensions). `background` is the mean and the standard
    deviation of the dense list over all passages.
    """

    text: str
    lists: dict[str, NDArray[np.float32]]
    weights: dict[str, float]
    words: tuple[str, ...]
    near: NDArray[np.float32]
    query: Matrix
    background: tuple[float, float]

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
        return any(self.lists[name].any() for name in ("terms", "related"))

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


class Retriever:
    """Searches one index; it changes nothing, so several threads may search at once."""

    def __init__(self, index: SearchIndex, encoders: Encoders) -> None:
        self._index = index
        self._encoders = encoders

    @cached_property
    def _spelling(self) -> Spelling:
        return Spelling(frozenset(self._index.related.vocabulary), self._encoders.words.known_words)

    def retrieve(self, text: str, eligible: NDArray[np.bool_] | None = None) -> Retrieved:
        """Score all passages for the text of a query.

        Where there are more passages than CANDIDATES, only those are compared
        token by token that the other lists put first among the `eligible` (all
        when left out).
        """
        index, english = self._index, Analysed(text).is_english
        # The documents are Dutch: no English word can be a slip for one of theirs.
        text = text if english else self._spelling.mended(text)
        words = tuple(dict.fromkeys(content_words(text)))
        query, *vectors = self._encoders.words.encode_queries([text, *words])
        near = index.related.nearness(words, np.array(vectors, dtype=np.float32).reshape(len(words), query.size))
        asked = self._encoders.passages.encode_queries_by_token([text])
        lists = {
            "terms": index.terms.scores(terms(text, index.compounds.parts)),
            "related": index.related.scores(near, pooled=english),
            "dense": index.vectors.scores(asked.rows),
        }
        weights = shipped_weights().english if english else shipped_weights().dutch
        first = fuse(lists, {name: weights[name] for name in lists})
        lists["late"] = _late_scores(index, asked.tokens, first, eligible)
        return Retrieved(
            text=text,
            lists=lists,
            weights=weights,
            words=words,
            near=near,
            query=query[np.newaxis],
            background=_background(lists["dense"]),
        )


def _background(scores: NDArray[np.float32]) -> tuple[float, float]:
    wide = scores.astype(np.float64)
    return (float(wide.mean()), float(wide.std())) if len(wide) else (0.0, 0.0)


def _late_scores(
    index: SearchIndex, query: TokenVectors, first: Scores, eligible: NDArray[np.bool_] | None
) -> NDArray[np.float32]:
    """The scores of the candidates token by token; not a number for the others."""
    places = np.arange(len(first))
    if len(places) > CANDIDATES:
        places = places if eligible is None else np.flatnonzero(eligible)
    if len(places) > CANDIDATES:
        places = np.sort(places[np.argpartition(-first[places], CANDIDATES)[:CANDIDATES]])
    scores = np.full(len(first), np.nan, dtype=np.float32)
    scores[places] = index.tokens.scores(query, places)
    return scores
