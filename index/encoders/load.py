"""Which encoder lies in a folder."""

import json
from pathlib import Path

from index.encoders.encoder import Encoder
from index.encoders.model_files import MODEL
from index.encoders.onnx import OnnxEncoder
from index.encoders.sentence_transformer import SentenceTransformerEncoder
from index.encoders.static import StaticEncoder
from index.errors import EncoderError

_STATIC = "StaticEmbedding"


def load_encoder(name: str) -> Encoder:
    """The encoder in folder `name`, or the model of that name on a hub.

    Raises EncoderError where the folder is incomplete or the model cannot be loaded.
    """
    folder = Path(name)
    if folder.is_dir():
        if _is_static(folder):
            return StaticEncoder(folder, name)
        if (folder / MODEL).is_file():
            return OnnxEncoder(folder, name)
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
