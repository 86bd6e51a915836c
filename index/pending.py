"""Keep the vectors of documents until their index is published, so that an interrupted build goes on where it was.

Encoding is nearly all the work of a build. A file is named after the encoder
and the texts, and carries its own checksum: one that was cut short is made again.
"""

import hashlib
import shutil
from collections.abc import Sequence
from pathlib import Path

import msgspec
import numpy as np

from index.encode import Encoder, Matrix

_CHECKSUM = 32


class PendingVectors:
    """The vectors that were encoded for an index in `folder` but not published yet."""

    def __init__(self, folder: Path, encoder: Encoder) -> None:
        self._folder = folder
        self._encoder = encoder

    def encode_passages(self, texts: Sequence[str]) -> Matrix:
        """The encoder's rows for the passages of one document, kept or made."""
        path = self._folder / hashlib.sha256(msgspec.json.encode((self._encoder.fingerprint, texts))).hexdigest()
        kept = self._read(path, len(texts))
        if kept is not None:
            return kept
        rows = self._encoder.encode_passages(texts)
        self._folder.mkdir(parents=True, exist_ok=True)
        content = rows.tobytes()
        unfinished = path.with_suffix(".unfinished")
        unfinished.write_bytes(hashlib.sha256(content).digest() + content)
        unfinished.replace(path)
        return rows

    def _read(self, path: Path, rows: int) -> Matrix | None:
        if not path.is_file():
            return None
        stored = path.read_bytes()
        checksum, content = stored[:_CHECKSUM], stored[_CHECKSUM:]
        if checksum != hashlib.sha256(content).digest() or len(content) != rows * self._encoder.dimensions * 4:
            return None
        return np.frombuffer(content, dtype=np.float32).reshape(rows, self._encoder.dimensions)

    def clear(self) -> None:
        """Forget them all: the index that holds them is published."""
        shutil.rmtree(self._folder, ignore_errors=True)
