"""Encoders: texts to rows of a matrix, near rows for near meanings.

The shipped static encoder is read with tokenizers and numpy, in a fraction of a
second. Any other sentence-transformers model, by local path or
hub name, takes its place with one setting; only then is torch imported.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from index.encoders.token_vectors import Matrix, TokenVectors


@dataclass(frozen=True)
class Encoded:
    """Texts as an encoder gives them: a row of length 1 for each, shape (texts, dimensions), and their tokens."""

    rows: Matrix
    tokens: TokenVectors


class Encoder(Protocol):
    """Texts to float32 rows of length 1, shape (texts, dimensions); a text without words gives zeros.

    Queries and passages have methods each, because many models want a prefix
    before one of them; those "by token" give the tokens' vectors too, in the
    same run. Where a passage's tokens have no rows, `piece_vectors` gives
    those of pieces of the vocabulary, of length 1 (or 0). `token_spans` says
    where each token of passages stands in them (start, end), nothing where it
    cannot be told. `fingerprint` changes when the weights do. `known_words` are
    folded words that it knows to be right, empty where it cannot tell.
    """

    name: str
    fingerprint: str

    @property
    def dimensions(self) -> int: ...

    @property
    def known_words(self) -> Collection[str]: ...

    def encode_queries(self, texts: Sequence[str]) -> Matrix: ...

    def encode_passages(self, texts: Sequence[str]) -> Matrix: ...

    def encode_queries_by_token(self, texts: Sequence[str]) -> Encoded: ...

    def encode_passages_by_token(self, texts: Sequence[str]) -> Encoded: ...

    def piece_vectors(self, pieces: Sequence[int]) -> TokenVectors: ...

    def token_spans(self, texts: Sequence[str]) -> list[list[tuple[int, int]]]: ...


class Contextual:
    """An encoder whose tokens' vectors depend on what stands around them: they come with the passages.

    Nobody asks it for the vectors of pieces, since its `TokenVectors` have rows.
    """

    def piece_vectors(self, pieces: Sequence[int]) -> TokenVectors:
        raise TypeError("a contextual encoder has no vector for a piece by itself")

    def token_spans(self, texts: Sequence[str]) -> list[list[tuple[int, int]]]:
        return [[] for _ in texts]


class EncoderPair(Protocol):
    """The two encoders of an index, which may still have to be loaded when they are asked for."""

    @property
    def passages(self) -> Encoder: ...

    @property
    def words(self) -> Encoder: ...

    @property
    def fingerprints(self) -> tuple[str, str]: ...


@dataclass(frozen=True, slots=True)
class Encoders:
    """The two encoders of an index: one for passages and questions, one for single words and sentences.

    Words and sentences are many and short; the static encoder reads them in
    no time. They may be one and the same.
    """

    passages: Encoder
    words: Encoder

    @property
    def fingerprints(self) -> tuple[str, str]:
        """Those of the weights of both."""
        return self.passages.fingerprint, self.words.fingerprint


def unit_rows(rows: Matrix) -> Matrix:
    """Each row scaled to length 1; rows of zeros stay zeros."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    scaled: Matrix = np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0)
    return scaled
