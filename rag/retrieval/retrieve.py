"""Take the best passages of every list as candidates, score them in every way, and add the scores up."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

from index.encoders.encoder import Encoders, Matrix
from index.encoders.token_vectors import TokenVectors
from index.language.analyser import Analysed, content_words
from index.language.spelling import Spelling
from index.model.arrays import Rows
from index.search.ranked_list import Found
from index.search.related_words import NearWords, WordQuery
from index.search.search_index import SearchIndex
from rag.retrieval.fuse import Scores, added_up, standardised, with_second
from rag.retrieval.weights import Weights, shipped_weights

# Of each list, so many passages are candidates. The first 500 of the fused candidates are then, in a library of
# 30,000 passages, those of all passages.
DEPTH = 2_000
# Candidates that are compared token by token. A letter has some 350; of a library only the best found otherwise.
CANDIDATES = 500


@dataclass(frozen=True)
class Retrieved:
    """The candidates for one question.

    `text` is what was searched: the question with its misspelt words mended.
    `rows` are the candidates, ascending. `lists` has their scores in each
    list, `fused` the weighted sum with the unit's second passage. `words` are the content
    words, `near` how near each is to the documents' words
    (RelatedWords.near). `units` are those of the candidates, and
    `tokens` the question's own with how much each counts, and `matched` how
    near the nearest token of the best eligible passage is to each (cosine);
    empty where nothing is eligible. `query` is the question's vector by the word
    encoder, `meaning` that by the encoder of passages, each of shape (1, dimensions).
    `background` is the mean and the standard deviation of the dense list over all passages. `fitted` are the weights
    that go with the encoder.
    """

    text: str
    rows: Found
    lists: dict[str, NDArray[np.float32]]
    fused: Scores
    words: tuple[str, ...]
    near: tuple[NearWords, ...]
    units: Rows
    matched: NDArray[np.float32]
    tokens: TokenVectors
    counts: NDArray[np.float32]
    query: Matrix
    meaning: Matrix
    background: tuple[float, float]
    passages: int
    fitted: Weights

    @cached_property
    def scores(self) -> Scores:
        """The fused score of every passage, in the collection's order; -inf where it is no candidate."""
        scores = np.full(self.passages, -np.inf)
        scores[self.rows] = self.fused
        return scores

    def found_words(self, among: NDArray[np.bool_]) -> bool:
        """Whether any word of the question, or a relative of it, stands in the passages of this mask."""
        return bool(self.lists["related"].any(where=among[self.rows]))

    def found_by(self, row: int) -> tuple[tuple[str, int], ...]:
        """The lists that found the passage in this row, with its rank in each among the candidates."""
        place = int(np.searchsorted(self.rows, row))
        if place == len(self.rows) or self.rows[place] != row:
            return ()
        return tuple((name, _rank(scores, place)) for name, scores in self.lists.items() if scores[place] > 0)


def _rank(scores: NDArray[np.float32], place: int) -> int:
    """The rank of a candidate, from 1; of equals the first in the collection comes first."""
    own = scores[place]
    return 1 + int(np.count_nonzero(scores > own) + np.count_nonzero(scores[:place] == own))


class Retriever:
    """Searches one index, with the shipped weights where none are given.

    It changes nothing, so several threads may search at once.
    """

    def __init__(self, index: SearchIndex, encoders: Encoders, weights: Weights | None = None) -> None:
        self._index = index
        self._encoders = encoders
        self._weights = weights

    @cached_property
    def _spelling(self) -> Spelling:
        return Spelling(frozenset(self._index.related.vocabulary), lambda: self._encoders.words.known_words)

    def retrieve(self, text: str, eligible: NDArray[np.bool_] | None = None) -> Retrieved:
        """The candidates for the text of a query: the best of each list, and the best of the `eligible` ones.

        The others only say what a score is worth. Where there are more than
        CANDIDATES, only those are compared token by token that the other lists
        put first among the `eligible` (all when left out).
        """
        index, english = self._index, Analysed(text).is_english
        if eligible is None:
            eligible = np.ones(len(index.collection.passages), dtype=np.bool_)
        # The documents are Dutch: no English word can be a slip for one of theirs.
        text = text if english else self._spelling.mended(text)
        words = tuple(dict.fromkeys(content_words(text)))
        encoded = cache(lambda: self._encoders.words.encode_queries([text, *words]))
        near_words = cache(lambda: index.related.near(words, encoded()[1:]))
        by_token = cache(lambda: self._encoders.passages.encode_queries_by_token([text]))
        rows, lists = index.candidates(
            lambda: WordQuery(near_words(), pooled=english), lambda: by_token().rows, DEPTH, eligible
        )
        query, near, asked = encoded()[:1], near_words(), by_token()
        fitted = self._weights or shipped_weights(self._encoders.passages.fingerprint)
        weights = fitted.english if english else fitted.dutch
        standard: dict[str, Scores] = {name: standardised(scores) for name, scores in lists.items()}
        compared = self._compared(rows, standard, weights, eligible)
        lists["late"] = np.full(len(rows), np.nan, dtype=np.float32)
        lists["late"][compared] = index.late.score(asked.tokens, rows[compared])
        standard["late"] = standardised(lists["late"])
        units = index.collection.columns.unit[rows]
        fused = with_second(added_up(standard, weights), units)
        known = np.zeros((0, 0), dtype=np.float32)
        if eligible[rows].any():
            first = int(rows[np.argmax(np.where(eligible[rows], fused, -np.inf))])
            (known,) = index.late.cosines(asked.tokens, [first])
        nearest = known.max(axis=0) if len(known) else np.zeros(0, dtype=np.float32)
        counts = index.late.weights.of(asked.tokens.pieces)
        return Retrieved(
            text=text,
            rows=rows,
            lists=lists,
            fused=fused,
            units=units,
            matched=nearest,
            tokens=asked.tokens,
            counts=counts,
            words=words,
            near=near,
            query=query,
            meaning=asked.rows,
            background=index.dense.background(asked.rows),
            passages=len(eligible),
            fitted=fitted,
        )

    def _compared(
        self, rows: Found, standard: Mapping[str, Scores], weights: Mapping[str, float], eligible: NDArray[np.bool_]
    ) -> NDArray[np.intp]:
        """The places, ascending, of the candidates to compare token by token; all where there are not many."""
        if len(eligible) <= CANDIDATES:
            return np.arange(len(rows))
        places = np.flatnonzero(eligible[rows])
        if len(places) <= CANDIDATES:
            return places
        first = added_up(standard, weights)[places]
        return np.sort(places[np.argpartition(-first, CANDIDATES)[:CANDIDATES]])
