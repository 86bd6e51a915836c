"""Score passages token by token: each token of a question finds the nearest token of the passage.

Late interaction (ColBERT; Khattab and Zaharia, arXiv:2004.12832). A question
is compared with a passage in as many ways as it has tokens, so a passage that
answers one of its words in another way, or in another language, is found
though the rest of it is about something else. Tokens count by how rare they
are in the passages, as words do in BM25.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from index.encoders.token_vectors import Matrix, TokenVectors
from index.limits import beside
from index.model.arrays import DROPPED, Rows, distinct, whereabouts, within_runs
from index.search.bm25 import idf
from index.search.ranked_list import Found, Scores

# The vectors of some pieces of a vocabulary, by their numbers, as the tokens of one text.
PieceVectors = Callable[[Sequence[int]], TokenVectors]

# Tokens compared at a time: so many stay near the processor; where they are looked up by piece, more share each.
_BLOCK, _SHARING = 4_096, 65_536


@dataclass(frozen=True)
class PieceFrequencies:
    """In how many of so many passages each piece of a vocabulary stands; those that stand in none are left out."""

    passages: int
    pieces: NDArray[np.int32]
    counts: NDArray[np.int32]

    @classmethod
    def of(cls, tokens: TokenVectors) -> "PieceFrequencies":
        owners = np.repeat(np.arange(len(tokens)), np.diff(tokens.starts))
        size = int(tokens.pieces.max(initial=0)) + 1
        cells = np.sort(owners * size + tokens.pieces)
        first = np.diff(cells, prepend=-1) != 0
        counts = np.bincount(cells[first] % size, minlength=size)
        pieces = np.flatnonzero(counts)
        return cls(len(tokens), pieces.astype(np.int32), counts[pieces].astype(np.int32))


class PieceWeights:
    """How much each token of a question counts: by the inverse document frequency of its piece."""

    def __init__(self, added: Sequence[PieceFrequencies], taken_away: Sequence[PieceFrequencies] = ()) -> None:
        both = (*added, *taken_away)
        self._passages = sum(f.passages for f in added) - sum(f.passages for f in taken_away)
        self._counts = np.zeros(max((int(f.pieces.max(initial=-1)) for f in both), default=-1) + 2, dtype=np.int64)
        for frequencies in added:
            self._counts[frequencies.pieces] += frequencies.counts
        for frequencies in taken_away:
            self._counts[frequencies.pieces] -= frequencies.counts

    def of(self, pieces: NDArray[np.int32]) -> NDArray[np.float32]:
        """The weights of these pieces; together 1. One that no passage has counts most."""
        known = np.where(pieces < len(self._counts), self._counts[np.minimum(pieces, len(self._counts) - 1)], 0)
        rarity = idf(known, self._passages)
        weights: NDArray[np.float32] = (rarity / max(float(rarity.sum()), 1e-9)).astype(np.float32)
        return weights


@dataclass(frozen=True)
class TokenScorer:
    """Scores texts by their tokens; `piece_vectors` are asked where the tokens have no rows of their own."""

    tokens: TokenVectors
    piece_vectors: PieceVectors | None = None

    def scores(self, query: TokenVectors, weights: NDArray[np.float32], texts: NDArray[np.int64]) -> Scores:
        """The scores of these texts for a query of one text, shape (texts,): a cosine, -1..1.

        0 for a text without tokens, and for all where the query has none.
        """
        found = np.zeros(len(texts), dtype=np.float32)
        if weights.any():
            for block in self._blocks(texts):
                # Row by row: the last digit of a matrix product depends on the rows beside it.
                found[block] = (self._nearest(texts[block], query) * weights).sum(axis=1)
        return found

    def cosines(self, query: TokenVectors) -> Matrix:
        """The cosine of each token of the texts with each of a query of one text, shape (tokens, asked)."""
        return self._cosines(slice(None), query)

    def _blocks(self, texts: NDArray[np.int64]) -> Iterator[slice]:
        """Runs of `texts` of about as many tokens as are compared at a time."""
        lengths = self.tokens.starts[texts + 1] - self.tokens.starts[texts]
        numbers = np.cumsum(lengths) // (_BLOCK if len(self.tokens.rows) else _SHARING)
        edges = [0, *(np.flatnonzero(np.diff(numbers)) + 1).tolist(), len(texts)]
        yield from (slice(start, end) for start, end in pairwise(edges) if end > start)

    def _nearest(self, texts: NDArray[np.int64], query: TokenVectors) -> Matrix:
        """For each text and each token asked for, the cosine of its nearest token, shape (texts, asked)."""
        starts = self.tokens.starts[texts]
        lengths = self.tokens.starts[texts + 1] - starts
        filled = np.flatnonzero(lengths)
        nearest = np.zeros((len(texts), len(query.pieces)), dtype=np.float32)
        if len(filled):
            begins = np.concatenate([[0], np.cumsum(lengths[filled])[:-1]])
            cosines = self._cosines(within_runs(starts[filled], lengths[filled]), query)
            nearest[filled] = np.maximum.reduceat(cosines, begins, axis=0)
        return nearest

    def _cosines(self, chosen: slice | NDArray[np.int64], query: TokenVectors) -> Matrix:
        """The cosine of each chosen token with each token of the query."""
        if self.piece_vectors is None or len(self.tokens.rows):
            return self.tokens.cosines(chosen, query)
        pieces = self.tokens.pieces[chosen]
        # Equal pieces have equal vectors, and there are few of them.
        known = np.zeros(int(pieces.max(initial=-1)) + 1, dtype=np.bool_)
        known[pieces] = True
        places = np.cumsum(known) - 1
        cosines: Matrix = self.piece_vectors(np.flatnonzero(known).tolist()).cosines(slice(None), query)[places[pieces]]
        return cosines


class LateInteraction:
    """Scores the passages of several parts; `rows` are where those of each part stand in the collection.

    It scores what other lists have found, and finds nothing by itself.
    """

    name = "late"

    def __init__(
        self,
        parts: Sequence[TokenVectors],
        frequencies: Sequence[PieceFrequencies],
        rows: Sequence[Rows],
        piece_vectors: PieceVectors | None = None,
    ) -> None:
        self._parts = parts
        self._piece_vectors = piece_vectors
        self._frequencies = frequencies
        self._rows = rows

    @classmethod
    def of(cls, tokens: TokenVectors, piece_vectors: PieceVectors | None = None) -> "LateInteraction":
        """Over the passages of one part, in their order."""
        rows = np.arange(len(tokens), dtype=np.int32)
        return cls([tokens], [PieceFrequencies.of(tokens)], [rows], piece_vectors)

    @cached_property
    def weights(self) -> PieceWeights:
        """The weights of pieces, by the passages that are there."""
        gone = [np.flatnonzero(rows == DROPPED) for rows in self._rows]
        taken_away = [
            PieceFrequencies.of(part.taken(texts)) for part, texts in zip(self._parts, gone, strict=True) if len(texts)
        ]
        return PieceWeights(self._frequencies, taken_away)

    @cached_property
    def _whereabouts(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The part of each passage, and its text there."""
        return whereabouts(self._rows)

    def score(self, query: TokenVectors, rows: Found) -> Scores:
        """The scores of these rows, see `TokenScorer.scores`."""
        weights = self.weights.of(query.pieces)
        # Halves that look their tokens up by piece would do so twice.
        half = len(rows) // 2 if all(len(part.rows) for part in self._parts) else 0
        if not half:
            return self._scores(query, weights, rows)
        one, other = (partial(self._scores, query, weights, part) for part in (rows[:half], rows[half:]))
        return np.concatenate(beside(one, other))

    def _scores(self, query: TokenVectors, weights: NDArray[np.float32], rows: Found) -> Scores:
        part, text = (found[rows] for found in self._whereabouts)
        scores = np.empty(len(rows), dtype=np.float32)
        for number, tokens in enumerate(self._parts):
            places = np.flatnonzero(part == number)
            scores[places] = TokenScorer(tokens, self._piece_vectors).scores(query, weights, text[places])
        return scores

    def cosines(self, query: TokenVectors, rows: Sequence[int]) -> list[Matrix]:
        """For each of these passages the cosine of each of its tokens with each of the query, shape (tokens, asked)."""
        part, text = (found[list(rows)] for found in self._whereabouts)
        found = [np.zeros((0, len(query.pieces)), dtype=np.float32)] * len(rows)
        for number in distinct(part).tolist():
            places = np.flatnonzero(part == number)
            tokens = self._parts[number].taken(text[places])
            cosines = TokenScorer(tokens, self._piece_vectors).cosines(query)
            for place, own in zip(places.tolist(), np.split(cosines, tokens.starts[1:-1]), strict=True):
                found[place] = own
        return found
