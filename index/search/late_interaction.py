"""Score passages token by token: each token of a question finds the nearest token of the passage.

Late interaction (ColBERT; Khattab and Zaharia, arXiv:2004.12832). A question
is compared with a passage in as many ways as it has tokens, so a passage that
answers one of its words in another way, or in another language, is found
though the rest of it is about something else. Tokens count by how rare they
are in the passages, as words do in BM25.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from index.encoders.token_vectors import Matrix, TokenVectors

# Tokens compared at a time, so that memory does not grow with the collection.
_BLOCK = 65_536
# Bytes up to which the passages' tokens are kept as floats: a letter's are, a library's are made when needed.
_KEPT_WIDE = 100_000_000


@dataclass(frozen=True)
class PieceRarity:
    """The inverse document frequency of every piece of a vocabulary, by its number; as Lucene's BM25 has it.

    `unknown` is that of a piece which no passage has.
    """

    known: NDArray[np.float64]
    unknown: float

    @classmethod
    def of(cls, tokens: TokenVectors) -> "PieceRarity":
        """The rarity in the passages that these are the tokens of."""
        owners = np.repeat(np.arange(len(tokens)), np.diff(tokens.starts))
        size = int(tokens.pieces.max(initial=0)) + 1
        cells = np.sort(owners * size + tokens.pieces)
        first = np.diff(cells, prepend=-1) != 0
        frequencies = np.bincount(cells[first] % size, minlength=size)
        known = np.log(1 + (len(tokens) - frequencies + 0.5) / (frequencies + 0.5))
        return cls(known, float(np.log(1 + (len(tokens) + 0.5) / 0.5)))

    def weights(self, pieces: NDArray[np.int32]) -> NDArray[np.float32]:
        """How much each token of a query counts; together 1."""
        inside = pieces < len(self.known)
        rarity = np.where(inside, self.known[np.where(inside, pieces, 0)], self.unknown)
        weights: NDArray[np.float32] = (rarity / max(float(rarity.sum()), 1e-9)).astype(np.float32)
        return weights


@dataclass(frozen=True)
class LateInteraction:
    """The tokens of all passages, in the order of the passages.

    The pieces' `rarity` is that in these passages, unless another is given.
    """

    tokens: TokenVectors
    given: PieceRarity | None = None

    @cached_property
    def rarity(self) -> PieceRarity:
        return self.given or PieceRarity.of(self.tokens)

    def scores(self, query: TokenVectors, places: NDArray[np.int64]) -> NDArray[np.float32]:
        """The score of the passages at `places` for a query of one text, shape (places,): a cosine, -1..1.

        0 for a passage without tokens, and for all where the query has none.
        """
        weights = self.rarity.weights(query.pieces)
        found = np.zeros(len(places), dtype=np.float32)
        if not weights.any():
            return found
        asked = query.wide(slice(None)).T
        for block in self._blocks(places):
            found[block] = self._nearest(places[block], asked) @ weights
        return found

    def _blocks(self, places: NDArray[np.int64]) -> Iterator[slice]:
        """Runs of `places` of about _BLOCK tokens."""
        lengths = self.tokens.starts[places + 1] - self.tokens.starts[places]
        numbers = np.cumsum(lengths) // _BLOCK
        edges = [0, *(np.flatnonzero(np.diff(numbers)) + 1).tolist(), len(places)]
        yield from (slice(start, end) for start, end in pairwise(edges) if end > start)

    def _nearest(self, places: NDArray[np.int64], asked: Matrix) -> Matrix:
        """For each passage and each token asked for, the cosine of its nearest token, shape (places, asked)."""
        starts, ends = self.tokens.starts[places], self.tokens.starts[places + 1]
        filled = np.flatnonzero(ends > starts)
        nearest = np.zeros((len(places), asked.shape[1]), dtype=np.float32)
        if len(filled):
            lengths = (ends - starts)[filled]
            begins = np.concatenate([[0], np.cumsum(lengths)[:-1]])
            cosines = self._rows(starts[filled], lengths, begins) @ asked
            nearest[filled] = np.maximum.reduceat(cosines, begins, axis=0)
        return nearest

    def _rows(self, starts: NDArray[np.int64], lengths: NDArray[np.int64], begins: NDArray[np.int64]) -> Matrix:
        """The rows of runs of tokens, one run after the other."""
        total = int(lengths.sum())
        together = np.array_equal(starts - starts[0], begins)
        where = slice(int(starts[0]), int(starts[0]) + total) if together else np.repeat(starts - begins, lengths)
        chosen = where if isinstance(where, slice) else where + np.arange(total)
        return self.tokens.wide(chosen) if self._wide is None else self._wide[chosen]

    @cached_property
    def _wide(self) -> Matrix | None:
        return self.tokens.wide(slice(None)) if self.tokens.rows.size * 4 <= _KEPT_WIDE else None
