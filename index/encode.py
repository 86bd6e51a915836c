"""Encoders: texts to rows of a matrix, near rows for near meanings.

The shipped static encoder is read with tokenizers, safetensors and numpy, in a
fraction of a second. Any other sentence-transformers model, by local path or
hub name, takes its place with one setting; only then is torch imported.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import EncoderError

Matrix = NDArray[np.float32]

_STATIC = "StaticEmbedding"
_WEIGHTS = "model.safetensors"
_TOKENIZER = "tokenizer.json"


class Encoder(Protocol):
    """Texts to float32 rows of length 1, shape (texts, dimensions); a text without words gives zeros.

    Queries and passages have a method each, because many models want a prefix
    before one of them. `fingerprint` changes when the weights do.
    """

    name: str
    fingerprint: str
    dimensions: int

    def encode_queries(self, texts: Sequence[str]) -> Matrix: ...

    def encode_passages(self, texts: Sequence[str]) -> Matrix: ...


@dataclass(frozen=True, slots=True)
class Encoders:
    """The two encoders of an index: one for passages and questions, one for single words and sentences.

    Words and sentences are many and short; the static encoder reads them in
    no time. They may be one and the same.
    """

    passages: Encoder
    words: Encoder


def load_encoder(name: str) -> Encoder:
    """The encoder in folder `name`, or the model of that name on a hub.

    Raises EncoderError where the folder is incomplete or the model cannot be loaded.
    """
    folder = Path(name)
    if folder.is_dir():
        if _is_static(folder):
            return StaticEncoder(folder, name)
        return SentenceTransformerEncoder(name)
    if folder.is_absolute() or name.startswith("."):
        raise EncoderError(
            f"{name}: no encoder found; expected a sentence-transformers folder. "
            "Name another with --encoder, or train one with 'python -m index train-encoder'."
        )
    return SentenceTransformerEncoder(name)


def _is_static(folder: Path) -> bool:
    modules = folder / "modules.json"
    if not modules.is_file():
        raise EncoderError(f"{folder}: no modules.json found; expected a sentence-transformers folder.")
    try:
        listed = json.loads(modules.read_text(encoding="utf-8"))
        return len(listed) == 1 and str(listed[0]["type"]).endswith(_STATIC)
    except (json.JSONDecodeError, UnicodeDecodeError, KeyError, TypeError, IndexError) as error:
        raise EncoderError(f"{modules}: not a list of modules ({error}).") from error


class StaticEncoder:
    """The mean of one vector a subword: no network to run, thousands of texts a second."""

    def __init__(self, folder: Path, name: str) -> None:
        from safetensors import SafetensorError
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        try:
            self._tokenizer = Tokenizer.from_file(str(folder / _TOKENIZER))
            self._vectors = load_file(folder / _WEIGHTS)["embedding.weight"].astype(np.float32)
        # The tokenizers library raises plain Exception for a broken file.
        except (OSError, SafetensorError, KeyError, Exception) as error:
            raise EncoderError(
                f"{folder}: the encoder cannot be read ({error}). Restore {_TOKENIZER} and {_WEIGHTS}, "
                "or train it again with 'python -m index train-encoder'."
            ) from error
        if self._tokenizer.get_vocab_size() != len(self._vectors):
            raise EncoderError(
                f"{folder}: {_TOKENIZER} has {self._tokenizer.get_vocab_size()} subwords and {_WEIGHTS} "
                f"{len(self._vectors)} vectors; they must be of one training."
            )
        self._tokenizer.no_padding()
        self.name = name
        self.fingerprint = _fingerprint(folder / _TOKENIZER, folder / _WEIGHTS)
        self.dimensions = int(self._vectors.shape[1])

    def encode_queries(self, texts: Sequence[str]) -> Matrix:
        return self._encode(texts)

    def encode_passages(self, texts: Sequence[str]) -> Matrix:
        return self._encode(texts)

    def _encode(self, texts: Sequence[str]) -> Matrix:
        rows = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for row, encoding in enumerate(self._tokenizer.encode_batch(list(texts), add_special_tokens=False)):
            if encoding.ids:
                rows[row] = self._vectors[encoding.ids].mean(axis=0)
        return unit_rows(rows)


class SentenceTransformerEncoder:
    """Any sentence-transformers model, with the prompts that it declares for queries and passages."""

    def __init__(self, name: str) -> None:
        from sentence_transformers import SentenceTransformer

        try:
            self._model: Any = SentenceTransformer(name, device="cpu")
        except (OSError, ValueError, RuntimeError) as error:
            raise EncoderError(
                f"{name}: the encoder cannot be loaded ({error}). Name a local sentence-transformers "
                "folder, or a model of that hub while there is a network."
            ) from error
        self.name = name
        probe = self._encode(["Vraag en antwoord"], self._model.encode_document)
        self.dimensions = int(probe.shape[1])
        self.fingerprint = hashlib.sha256(np.round(probe, 4).tobytes()).hexdigest()

    def encode_queries(self, texts: Sequence[str]) -> Matrix:
        return self._encode(texts, self._model.encode_query)

    def encode_passages(self, texts: Sequence[str]) -> Matrix:
        return self._encode(texts, self._model.encode_document)

    def _encode(self, texts: Sequence[str], encode: Any) -> Matrix:
        rows = encode(list(texts), show_progress_bar=len(texts) > 1000, convert_to_numpy=True)
        return unit_rows(np.asarray(rows, dtype=np.float32).reshape(len(texts), -1))


def unit_rows(rows: Matrix) -> Matrix:
    """Each row scaled to length 1; rows of zeros stay zeros."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    scaled: Matrix = np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0)
    return scaled


def _fingerprint(*files: Path) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()
