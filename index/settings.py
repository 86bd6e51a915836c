"""Where things lie, and the one setting that chooses another encoder.

Each has a default in the project's folder, an environment variable, and an
option of the same name on the command lines.
"""

import os
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHIPPED_ENCODER = "data/encoder/transformer"
WORD_ENCODER = ROOT / "data" / "encoder" / "static"


@dataclass(frozen=True, slots=True)
class Settings:
    """`documents`: the folder of documents; `index`: the folder of the index.

    `encoder`: a folder or model name, None for the one that the index was
    built with (or, to build, the shipped one).
    """

    documents: Path = ROOT / "data" / "documents"
    index: Path = ROOT / "data" / "index"
    encoder: str | None = None

    @classmethod
    def from_environment(cls) -> "Settings":
        """The defaults, overruled by WOORDELIJK_DOCUMENTS, WOORDELIJK_INDEX and WOORDELIJK_ENCODER."""
        default = cls()
        return cls(
            documents=Path(os.environ.get("WOORDELIJK_DOCUMENTS", default.documents)),
            index=Path(os.environ.get("WOORDELIJK_INDEX", default.index)),
            encoder=os.environ.get("WOORDELIJK_ENCODER") or None,
        )


def encoder_name(name: str) -> str:
    """How a manifest names an encoder: relative to the project where it lies in it."""
    path = Path(name)
    if not path.exists():
        path = ROOT / name
    if not path.exists():
        return name
    path = path.resolve()
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)


def encoder_location(name: str) -> str:
    """The path or hub name to load an encoder of a manifest from."""
    inside = ROOT / name
    return str(inside) if inside.exists() or name == SHIPPED_ENCODER else name
