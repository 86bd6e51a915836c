"""A vector for each token of each text, in 8 bits a number, or 4 where they are many.

A text is more than one vector can say: in late interaction (Khattab and
Zaharia, arXiv:2004.12832) every token of a question looks for its own place
in a passage. That needs the passages' tokens at hand, so they are kept small:
a row of whole numbers, and the one scale that makes its length 1. They take
more room than all else of a library, so a segment has them in 4 bits.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.encoders.whole_numbers import product
from index.model.arrays import DROPPED, Rows, starts_of, within_runs

Matrix = NDArray[np.float32]

_LARGEST = 127
# Of a larger number the multiple has no end.
_ENDLESS = float(np.finfo(np.float32).max) / _LARGEST
# In 4 bits: the odd numbers from -15 to 15, as 0 to 15.
_HALF = 4
_LEVELS = 2**_HALF
# What makes a number of 8 bits with a sign one from 0 to 255.
_SIGN = 128
# Of each byte its two numbers, the low half first, to be looked up as one value of 8 bytes.
_HALVES = np.stack([np.arange(256) % _LEVELS, np.arange(256) // _LEVELS], axis=1).astype(np.float32) * 2 - (_LEVELS - 1)
_PAIRS = np.ascontiguousarray(_HALVES).view(np.float64).ravel()
# Tokens that are made smaller at a time.
_BLOCK = 65_536


@dataclass(frozen=True)
class TokenVectors:
    """The tokens of some texts, text after text.

    `rows`, shape (tokens, dimensions), times `scales`, shape (tokens,), have
    length 1 (or 0); `halved`, a byte of `rows` has two numbers. `pieces` are
    the tokens' numbers in the encoder's vocabulary. The tokens of text i are
    those from `starts[i]` to `starts[i + 1]`.

    Where a token's vector follows from its piece alone, as a static encoder
    has it, `rows` and `scales` are empty: the encoder is asked for them.
    """

    rows: NDArray[np.int8] | NDArray[np.uint8]
    scales: NDArray[np.float32]
    pieces: NDArray[np.int32]
    starts: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.starts) - 1

    @classmethod
    def of(cls, texts: Sequence[Matrix], pieces: Sequence[Sequence[int]], dimensions: int) -> "TokenVectors":
        """The tokens of texts that come as a matrix and the pieces' numbers each; rows of any length.

        A row with a number that is none, or has no end, has length 0.
        """
        wide = np.concatenate([np.zeros((0, dimensions), dtype=np.float32), *texts])
        largest = np.abs(wide).max(axis=1, keepdims=True, initial=0)
        sound = (largest > 0) & (largest < _ENDLESS)
        wide = np.where(sound, wide, np.float32(0))
        rows = np.round(np.divide(wide * _LARGEST, largest, out=np.zeros_like(wide), where=sound))
        return cls(
            rows=rows.astype(np.int8),
            scales=_scales(rows),
            pieces=np.array([piece for text in pieces for piece in text], dtype=np.int32),
            starts=starts_of(np.array([len(text) for text in texts], dtype=np.int64)),
        )

    @classmethod
    def of_pieces(cls, pieces: Sequence[Sequence[int]], dimensions: int) -> "TokenVectors":
        """The tokens of texts whose vectors are looked up."""
        return cls(
            rows=np.zeros((0, dimensions), dtype=np.int8),
            scales=np.zeros(0, dtype=np.float32),
            pieces=np.array([piece for text in pieces for piece in text], dtype=np.int32),
            starts=starts_of(np.array([len(text) for text in pieces], dtype=np.int64)),
        )

    @property
    def halved(self) -> "TokenVectors":
        """The same in 4 bits a number; as they are where they have that already, or an odd number of dimensions."""
        if self.rows.dtype == np.uint8 or self.rows.shape[1] % 2:
            return self
        rows = np.empty((len(self.rows), self.rows.shape[1] // 2), dtype=np.uint8)
        scales = np.empty_like(self.scales)
        for start in range(0, len(rows), _BLOCK):
            block = slice(start, start + _BLOCK)
            own = self.rows[block].astype(np.float32)
            largest = np.maximum(np.abs(own).max(axis=1, keepdims=True, initial=0), 1)
            codes = np.clip(np.floor(own * (_LEVELS / 2 - 0.5) / largest) + _LEVELS // 2, 0, _LEVELS - 1)
            scales[block] = _scales(codes * 2 - (_LEVELS - 1)) * (self.scales[block] > 0)
            codes = codes.astype(np.uint8)
            rows[block] = codes[:, ::2] | (codes[:, 1::2] << _HALF)
        return TokenVectors(rows, scales, self.pieces, self.starts)

    @classmethod
    def merged(cls, parts: Sequence["TokenVectors"], targets: Sequence[Rows], halved: bool = False) -> "TokenVectors":
        """All `parts` as one: text t of part i becomes text `targets[i][t]`, or is DROPPED. At least one part.

        The targets that are not DROPPED must be 0, 1, 2, … in some order. Where some parts are `halved`, all are.
        """
        kept = [np.flatnonzero(target != DROPPED) for target in targets]
        lengths = np.zeros(sum(map(len, kept)), dtype=np.int64)
        for part, texts, target in zip(parts, kept, targets, strict=True):
            lengths[target[texts]] = np.diff(part.starts)[texts]
        starts = starts_of(lengths)
        tokens = int(starts[-1])
        found = parts[0].taken(np.zeros(0, dtype=np.int64))
        if halved or len({part.rows.dtype for part in parts}) > 1:
            halved, found = True, found.halved
        wide = tokens if any(len(part.rows) for part in parts) else 0
        whole = cls(
            rows=np.empty_like(found.rows, shape=(wide, found.rows.shape[1])),
            scales=np.empty(wide, dtype=np.float32),
            pieces=np.empty(tokens, dtype=np.int32),
            starts=starts,
        )
        # Part by part: they are large, and are in memory once.
        for part, texts, target in zip(parts, kept, targets, strict=True):
            own = part.taken(texts).halved if halved else part.taken(texts)
            places = within_runs(starts[target[texts]], np.diff(own.starts))
            whole.pieces[places] = own.pieces
            if wide:
                whole.rows[places], whole.scales[places] = own.rows, own.scales
        return whole

    @classmethod
    def joined(cls, parts: Sequence["TokenVectors"]) -> "TokenVectors":
        """The texts of all parts, one part after the other. At least one part. Where some are halved, all are."""
        if len({part.rows.dtype for part in parts}) > 1:
            parts = [part.halved for part in parts]
        return cls(
            rows=np.concatenate([part.rows for part in parts]),
            scales=np.concatenate([part.scales for part in parts]),
            pieces=np.concatenate([part.pieces for part in parts]),
            starts=starts_of(np.concatenate([np.diff(part.starts) for part in parts])),
        )

    def taken(self, texts: NDArray[np.int64]) -> "TokenVectors":
        """The tokens of these texts, in that order."""
        starts = self.starts[texts]
        lengths = self.starts[texts + 1] - starts
        tokens = within_runs(starts, lengths)
        found = (self.rows[tokens], self.scales[tokens]) if len(self.rows) else (self.rows, self.scales)
        return TokenVectors(*found, self.pieces[tokens], starts_of(lengths))

    def wide(self, tokens: slice | NDArray[np.int64]) -> Matrix:
        """Some of the tokens as rows of length 1."""
        rows: Matrix
        if self.rows.dtype == np.uint8:
            rows = _PAIRS[self.rows[tokens]].view(np.float32)
        else:
            rows = self.rows[tokens].astype(np.float32)
        scaled: Matrix = np.multiply(rows, self.scales[tokens, None], out=rows)
        return scaled

    def cosines(self, tokens: slice | NDArray[np.int64], query: "TokenVectors") -> Matrix:
        """The cosine of some of the tokens with each of a query's, which has 8 bits, shape (tokens, asked).

        Sums of products of whole numbers are exact: the same wherever a token stands and whatever is compared beside
        it. Only then come the scales.
        """
        found: Matrix = _products(self.rows[tokens], query.rows).astype(np.float32)
        found *= self.scales[tokens, None]
        found *= query.scales
        return found


def _products(rows: NDArray[np.int8] | NDArray[np.uint8], asked: NDArray[Any]) -> NDArray[np.int32]:
    """The inner products of rows of either kind with those of 8 bits that are asked for, without their scales."""
    codes = rows.view(np.uint8)
    if rows.dtype == np.uint8:
        # Each number twice, from 0 to 30: less 15 it is the odd one that it stands for.
        twice = np.uint8(2 * (_LEVELS - 1))
        sums = product((codes << np.uint8(1)) & twice, _LEVELS - 1, asked.T[::2])
        sums += product((codes >> np.uint8(_HALF - 1)) & twice, _LEVELS - 1, asked.T[1::2])
        return sums
    # What is asked for by its half and what is left: whole, it is too large beside codes of 8 bits.
    halves = product(codes ^ np.uint8(_SIGN), _SIGN, np.concatenate([asked >> 1, asked & 1]).T)
    sums = 2 * halves[:, : len(asked)]
    sums += halves[:, len(asked) :]
    return sums


def _scales(rows: Matrix) -> NDArray[np.float32]:
    """What makes the length of each row 1; 0 of a row of zeros."""
    lengths = np.linalg.norm(rows, axis=1)
    scales: NDArray[np.float32] = np.divide(1, lengths, out=np.zeros_like(lengths), where=lengths > 0).astype(
        np.float32
    )
    return scales
