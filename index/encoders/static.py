"""The static encoder: the mean of one vector a subword, read with tokenizers, safetensors and numpy."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from index.encoders.encoder import Encoded, unit_rows
from index.encoders.model_files import TOKENIZER, WEIGHTS, digests, fingerprint
from index.encoders.token_vectors import Matrix, TokenVectors
from index.errors import EncoderError
from index.language.known_words import KNOWN_WORDS, met_words

# How a vocabulary marks a piece that begins a word.
_WORD_BEGINS = "\u2581"


class StaticEncoder:
    """The mean of one vector a subword: no network to run, thousands of texts a second."""

    def __init__(self, folder: Path, name: str) -> None:
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        try:
            self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
            self._vectors = load_file(folder / WEIGHTS)["embedding.weight"].astype(np.float32)
        # The tokenizers library raises plain Exception for a broken file.
        except Exception as error:
            raise EncoderError(
                f"{folder}: the encoder cannot be read ({error}). Restore {TOKENIZER} and {WEIGHTS}, "
                "or train it again with 'python -m index train-encoder'."
            ) from error
        if self._tokenizer.get_vocab_size() != len(self._vectors):
            raise EncoderError(
                f"{folder}: {TOKENIZER} has {self._tokenizer.get_vocab_size()} subwords and {WEIGHTS} "
                f"{len(self._vectors)} vectors; they must be of one training."
            )
        self._tokenizer.no_padding()
        self._words = folder / KNOWN_WORDS
        self.name = name
        self.fingerprint = fingerprint(digests(folder / TOKENIZER, folder / WEIGHTS))
        self.dimensions = int(self._vectors.shape[1])

    @property
    def known_words(self) -> frozenset[str]:
        return met_words(self._words) | _known_words(self._tokenizer)

    def encode_queries(self, texts: Sequence[str]) -> Matrix:
        return self._encode(texts)

    def encode_passages(self, texts: Sequence[str]) -> Matrix:
        return self._encode(texts)

    def encode_queries_by_token(self, texts: Sequence[str]) -> Encoded:
        pieces = self._pieces(texts)
        tokens = TokenVectors.of([self._vectors[ids] for ids in pieces], pieces, self.dimensions)
        return Encoded(self._encode(texts), tokens)

    def encode_passages_by_token(self, texts: Sequence[str]) -> Encoded:
        """The passages' tokens are their pieces alone: `piece_vectors` has the rest."""
        return Encoded(self._encode(texts), TokenVectors.of_pieces(self._pieces(texts), self.dimensions))

    def piece_vectors(self, pieces: Sequence[int]) -> Matrix:
        return TokenVectors.of([self._vectors[list(pieces)]], [pieces], self.dimensions).wide(slice(None))

    def token_spans(self, texts: Sequence[str]) -> list[list[tuple[int, int]]]:
        return [found.offsets for found in self._tokenizer.encode_batch(list(texts), add_special_tokens=False)]

    def _encode(self, texts: Sequence[str]) -> Matrix:
        rows = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for row, ids in enumerate(self._pieces(texts)):
            if ids:
                rows[row] = self._vectors[ids].mean(axis=0)
        return unit_rows(rows)

    def _pieces(self, texts: Sequence[str]) -> list[list[int]]:
        return [found.ids for found in self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)]


def _known_words(tokenizer: Any) -> frozenset[str]:
    """The words that a SentencePiece-like vocabulary holds whole: its pieces that begin a word."""
    return frozenset(piece[1:] for piece in tokenizer.get_vocab() if piece[0] == _WORD_BEGINS and piece[1:].isalpha())
