"""Keep the vectors of documents until their index is published, so that an interrupted build goes on where it was.

Encoding is nearly all the work of a build. A folder is named after the
encoder and the texts, and appears by one rename when all of it is written.
"""

import hashlib
import shutil
from collections.abc import Sequence
from pathlib import Path

import msgspec
import numpy as np

from index.encoders.encoder import Encoded, Encoder
from index.encoders.token_vectors import TokenVectors

_ROWS = "rows.npy"
_TOKENS = "tokens"


class PendingVectors:
    """The vectors that were encoded for an index in `folder` but not published yet."""

    def __init__(self, folder: Path, encoder: Encoder) -> None:
        self._folder = folder
        self._encoder = encoder

    def encode_passages(self, texts: Sequence[str]) -> Encoded:
        """The encoder's vectors for the passages of one document, kept or made."""
        path = self._folder / hashlib.sha256(msgspec.json.encode((self._encoder.fingerprint, texts))).hexdigest()
        kept = self._kept(path, len(texts))
        if kept is not None:
            return kept
        encoded = self._encoder.encode_passages_by_token(texts)
        self._keep(encoded, path)
        return encoded

    def _kept(self, path: Path, texts: int) -> Encoded | None:
        """What was kept; None for nothing, or for files that a failing disk cut short."""
        try:
            kept = Encoded(np.load(path / _ROWS, allow_pickle=False), TokenVectors.load(path / _TOKENS))
        except (OSError, ValueError, EOFError):
            return None
        return kept if len(kept.rows) == len(kept.tokens) == texts else None

    def _keep(self, encoded: Encoded, path: Path) -> None:
        unfinished = path.with_suffix(".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True)
        np.save(unfinished / _ROWS, encoded.rows, allow_pickle=False)
        encoded.tokens.save(unfinished / _TOKENS)
        shutil.rmtree(path, ignore_errors=True)
        unfinished.replace(path)

    def clear(self) -> None:
        """Forget them all: the index that holds them is published."""
        shutil.rmtree(self._folder, ignore_errors=True)
