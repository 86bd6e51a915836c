"""The files of an encoder's folder, and the fingerprint that is drawn from them."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from index.files import sha256_of

TOKENIZER = "tokenizer.json"
# Of a static encoder.
WEIGHTS = "model.safetensors"
# Of a transformer, and what sentence-transformers puts before a text.
MODEL = Path("onnx") / "model_quantized.onnx"
SETTINGS = "config_sentence_transformers.json"
# Of one that reads questions and passages each in its own way: the question's side.
QUERY_MODEL = Path("onnx") / "query_quantized.onnx"
# Where that says which passages' side it was made for, as the digest of its file.
PASSAGE_MODEL = "passage_model"


def digests(*files: Path) -> list[bytes]:
    """The SHA-256 of each file."""
    return [sha256_of(file) for file in files]


def fingerprint(found: Sequence[bytes]) -> str:
    """The fingerprint of an encoder, from the digests of its files."""
    return hashlib.sha256(b"".join(found)).hexdigest()
