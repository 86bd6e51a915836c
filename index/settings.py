"""Where things lie, and the one setting that chooses another encoder.

Each has a default in the project's folder, an environment variable, and an
option of the same name on the command lines.
"""

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Self

ROOT = Path(__file__).resolve().parent.parent
SHIPPED_ENCODER = "data/encoder/transformer"
WORD_ENCODER = ROOT / "data" / "encoder" / "static"


_ADDRESS = re.compile(
    r"(?P<scheme>qdrants?)://(?P<host>\[[0-9a-fA-F:.]+\]|[\w.-]+)(:(?P<port>\d{1,5}))?/(?P<name>[\w.-]{1,200})/?"
)
_FORM = "qdrant://HOST:PORT/NAME, or qdrants:// for TLS"


@dataclass(frozen=True, slots=True)
class Address:
    """A library on a cluster: `qdrant://host:6333/name`, `qdrants://` for TLS."""

    scheme: str
    host: str
    port: int
    name: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """The address in `text`; ValueError, with the form expected, where it is none."""
        found = _ADDRESS.fullmatch(text)
        port = int(found["port"] or 6333) if found else 0
        # What stands behind two hyphens is ours: the collections behind a name.
        if found is None or not 0 < port < 65536 or "--" in found["name"]:
            raise ValueError(f"{text}: not the address of a library; expected {_FORM}.")
        return cls(found["scheme"], found["host"], port, found["name"])

    @property
    def secure(self) -> bool:
        return self.scheme == "qdrants"

    def __str__(self) -> str:
        return f"{self.scheme}://{self.host}:{self.port}/{self.name}"


# Where a library lies: in a folder, or on a cluster.
Location = Path | Address


def location(text: str) -> Location:
    """What a setting or an option names; ValueError where it begins as an address and is none."""
    return Address.parse(text) if re.match(r"[a-z]+://", text) else Path(text)


@dataclass(frozen=True, slots=True)
class Settings:
    """`documents`: the folder of documents; `index`: the folder of the index, or its address on a cluster.

    `encoder`: a folder or model name, None for the one that the index was
    built with (or, to build, the shipped one).
    """

    documents: Path = ROOT / "data" / "documents"
    index: Location = ROOT / "data" / "index"
    encoder: str | None = None

    @classmethod
    def from_environment(cls) -> "Settings":
        """The defaults, overruled by WOORDELIJK_DOCUMENTS, WOORDELIJK_INDEX and WOORDELIJK_ENCODER."""
        default = cls()
        return cls(
            documents=Path(os.environ.get("WOORDELIJK_DOCUMENTS", default.documents)),
            index=location(os.environ.get("WOORDELIJK_INDEX", str(default.index))),
            encoder=os.environ.get("WOORDELIJK_ENCODER") or None,
        )

    @property
    def beside(self) -> Path:
        """The folder for what is kept beside the index: that of the index, the project's for one on a cluster."""
        return self.index.parent if isinstance(self.index, Path) else ROOT / "data"


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
