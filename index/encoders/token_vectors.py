"""A vector for each token of each text, in 8 bits a number.

A text is more than one vector can say: in late interaction (Khattab and
Zaharia, arXiv:2004.12832) every token of a question looks for its own place
in a passage. That needs the passages' tokens at hand, so they are kept small:
a row of whole numbers, and the one scale that makes its length 1.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.model.arrays import DROPPED, Rows

Matrix = NDArray[np.float32]

_LARGEST = 127


@dataclass(frozen=True)
class TokenVectors:
    """The tokens of some texts, text after text.

    `rows`, shape (tokens, dimensions), times `scales`, shape (tokens,), have
    length 1 (or 0). `pieces` are the tokens' numbers in the encoder's
    vocabulary. The tokens of text i are those from `starts[i]` to `starts[i + 1]`.

    Where a token's vector follows from its piece alone, as a static encoder
    has it, `rows` and `scales` are empty: the encoder is asked for them.
    """

    rows: NDArray[np.int8]
    scales: NDArray[np.float32]
    pieces: NDArray[np.int32]
    starts: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.starts) - 1

    @classmethod
    def of(cls, texts: Sequence[Matrix], pieces: Sequence[Sequence[int]], dimensions: int) -> "TokenVectors":
        """The tokens of texts that come as a matrix and the pieces' numbers each; rows of any length."""
        wide = np.concatenate([np.zeros((0, dimensions), dtype=np.float32), *texts])
        largest = np.abs(wide).max(axis=1, keepdims=True, initial=0)
        rows = np.round(np.divide(wide * _LARGEST, largest, out=np.zeros_like(wide), where=largest > 0))
        lengths = np.linalg.norm(rows, axis=1)
        return cls(
            rows=rows.astype(np.int8),
            scales=np.divide(1, lengths, out=np.zeros_like(lengths), where=lengths > 0).astype(np.float32),
            pieces=np.array([piece for text in pieces for piece in text], dtype=np.int32),
            starts=np.concatenate([[0], np.cumsum([len(text) for text in texts])]).astype(np.int64),
        )

    @classmethod
    def of_pieces(cls, pieces: Sequence[Sequence[int]], dimensions: int) -> "TokenVectors":
        """The tokens of texts whose vectors are looked up."""
        return cls(
            rows=np.zeros((0, dimensions), dtype=np.int8),
            scales=np.zeros(0, dtype=np.float32),
            pieces=np.array([piece for text in pieces for piece in text], dtype=np.int32),
            starts=np.concatenate([[0], np.cumsum([len(text) for text in pieces])]).astype(np.int64),
        )

    @classmethod
    def merged(cls, parts: Sequence["TokenVectors"], targets: Sequence[Rows]) -> "TokenVectors":
        """All `parts` as one: text t of part i becomes text `targets[i][t]`, or is DROPPED. At least one part.

        The targets that are not DROPPED must be 0, 1, 2, … in some order.
        """
        owners = np.concatenate([np.full(len(part), number) for number, part in enumerate(parts)])
        texts = np.concatenate([np.arange(len(part)) for part in parts])
        target = np.concatenate(targets)
        kept = np.flatnonzero(target != DROPPED)
        order = kept[np.argsort(target[kept], kind="stable")]
        runs = list(_runs(owners[order], texts[order]))
        none = parts[0]._between(0, 0)
        pieces = [none, *(parts[owner]._between(first, last) for owner, first, last in runs)]
        lengths = np.concatenate([np.diff(piece.starts) for piece in pieces])
        return cls(
            rows=np.concatenate([piece.rows for piece in pieces]),
            scales=np.concatenate([piece.scales for piece in pieces]),
            pieces=np.concatenate([piece.pieces for piece in pieces]),
            starts=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
        )

    def _between(self, first: int, last: int) -> "TokenVectors":
        """The texts from `first` up to `last`, as views."""
        tokens = slice(int(self.starts[first]), int(self.starts[last]))
        starts = self.starts[first : last + 1] - self.starts[first]
        return TokenVectors(self.rows[tokens], self.scales[tokens], self.pieces[tokens], starts)

    def chosen(self, texts: NDArray[np.int64]) -> "TokenVectors":
        """The tokens of some of the texts, in that order; none twice."""
        targets = np.full(len(self), DROPPED, dtype=np.int32)
        targets[texts] = np.arange(len(texts))
        return TokenVectors.merged([self], [targets])

    def wide(self, tokens: slice | NDArray[np.int64]) -> Matrix:
        """Some of the tokens as rows of length 1."""
        rows: Matrix = self.rows[tokens].astype(np.float32) * self.scales[tokens, None]
        return rows


def _runs(owners: NDArray[np.int64], texts: NDArray[np.int64]) -> Iterator[tuple[int, int, int]]:
    """Texts that stand together in one part, as (part, first, last + 1): documents move as a whole."""
    breaks = np.flatnonzero((np.diff(owners) != 0) | (np.diff(texts) != 1)) + 1
    for run in np.split(np.arange(len(owners)), breaks):
        if len(run):
            yield int(owners[run[0]]), int(texts[run[0]]), int(texts[run[-1]]) + 1
