"""The static encoder: the mean of one vector a subword, read with tokenizers and numpy."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from index.encoders.encoder import Encoded, unit_rows
from index.encoders.model_files import TOKENIZER, WEIGHTS, digests, fingerprint
from index.encoders.token_vectors import Matrix, TokenVectors
from index.errors import EncoderError
from index.language.known_words import KNOWN_WORDS, met_words
from index.model.arrays import mapped

# How a vocabulary marks a piece that begins a word.
_WORD_BEGINS = "\u2581"


class StaticEncoder:
    """The mean of one vector a subword: no network to run, thousands of texts a second."""

    def __init__(self, folder: Path, name: str) -> None:
        from tokenizers import Tokenizer

        try:
            self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
            # Where they lie: those that a text needs are read, and made 32 bits wide.
            self._stored = mapped(folder / WEIGHTS)["embedding.weight"]
        # The tokenizers library raises plain Exception for a broken file.
        except Exception as error:
            raise EncoderError(
                f"{folder}: the encoder cannot be read ({error}). Restore {TOKENIZER} and {WEIGHTS}, "
                "or train it again with 'python -m index train-encoder'."
            ) from error
        if self._tokenizer.get_vocab_size() != len(self._stored):
            raise EncoderError(
                f"{folder}: {TOKENIZER} has {self._tokenizer.get_vocab_size()} subwords and {WEIGHTS} "
                f"{len(self._stored)} vectors; they must be of one training."
            )
        self._tokenizer.no_padding()
        self._words = folder / KNOWN_WORDS
        self.name = name
        self.fingerprint = fingerprint(digests(folder / TOKENIZER, folder / WEIGHTS))
        self.dimensions = int(self._stored.shape[1])

    @cached_property
    def known_words(self) -> Collection[str]:
        return _KnownWords(met_words(self._words), self._tokenizer)

    def encode_queries(self, texts: Sequence[str]) -> Matrix:
        return self._encode(texts)

    def encode_passages(self, texts: Sequence[str]) -> Matrix:
        return self._encode(texts)

    def encode_queries_by_token(self, texts: Sequence[str]) -> Encoded:
        pieces = self._pieces(texts)
        tokens = TokenVectors.of([self._vectors(ids) for ids in pieces], pieces, self.dimensions)
        return Encoded(self._encode(texts), tokens)

    def encode_passages_by_token(self, texts: Sequence[str]) -> Encoded:
        """The passages' tokens are their pieces alone: `piece_vectors` has the rest."""
        return Encoded(self._encode(texts), TokenVectors.of_pieces(self._pieces(texts), self.dimensions))

    def piece_vectors(self, pieces: Sequence[int]) -> TokenVectors:
        return TokenVectors.of([self._vectors(list(pieces))], [pieces], self.dimensions)

    def token_spans(self, texts: Sequence[str]) -> list[list[tuple[int, int]]]:
        return [found.offsets for found in self._tokenizer.encode_batch(list(texts), add_special_tokens=False)]

    def _encode(self, texts: Sequence[str]) -> Matrix:
        rows = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for row, ids in enumerate(self._pieces(texts)):
            if ids:
                rows[row] = self._vectors(ids).mean(axis=0)
        return unit_rows(rows)

    def _vectors(self, pieces: list[int]) -> Matrix:
        rows: Matrix = self._stored[pieces].astype(np.float32)
        return rows

    def _pieces(self, texts: Sequence[str]) -> list[list[int]]:
        return [found.ids for found in self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)]


@dataclass(frozen=True, slots=True)
class _KnownWords(Collection[str]):
    """The words that were `met`, and those that a SentencePiece-like vocabulary holds whole: pieces that begin a word.

    Whether a word is one is looked up; only who wants them all has the vocabulary listed.
    """

    met: frozenset[str]
    tokenizer: Any

    def __contains__(self, word: object) -> bool:
        if word in self.met:
            return True
        return isinstance(word, str) and word.isalpha() and self.tokenizer.token_to_id(_WORD_BEGINS + word) is not None

    def __iter__(self) -> Iterator[str]:
        whole = (piece[1:] for piece in self.tokenizer.get_vocab() if piece[0] == _WORD_BEGINS and piece[1:].isalpha())
        return iter(self.met.union(whole))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __bool__(self) -> bool:
        # Asked of each question: not by counting them.
        return bool(self.met) or self.tokenizer.get_vocab_size() > 0
