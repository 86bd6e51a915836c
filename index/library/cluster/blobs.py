"""What must be known of all documents, as named pieces of bytes: hash-checked, and kept on this machine once read."""

import hashlib
import os
import sys
import zlib
from collections.abc import Sequence
from pathlib import Path

from qdrant_client import models

from index.errors import IndexDamagedError, OutputError
from index.files import write_whole
from index.library.cluster import layout
from index.library.cluster.connection import Cluster
from index.library.cluster.texts import cluster_error
from index.library.segment_files import Contents, Seen


def kept_folder() -> Path:
    """The folder of this user for what was read from clusters; WOORDELIJK_CACHE names another."""
    if chosen := os.environ.get("WOORDELIJK_CACHE"):
        return Path(chosen)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home())) / "Woordelijk"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "woordelijk"


class Blobs:
    """The blobs of one collection, by the SHA-256 of their content, which never changes."""

    def __init__(self, cluster: Cluster, collection: str) -> None:
        self._cluster = cluster
        self._collection = collection
        place = hashlib.sha256(f"{cluster.address}".encode()).hexdigest()[:16]
        self._folder = kept_folder() / place
        self._seen = Seen(self._folder)

    def put(self, content: bytes) -> tuple[str, int]:
        """Write a blob, piece by piece; its name, and how many pieces it has."""
        name = hashlib.sha256(content).hexdigest()
        texts = layout.pieces(content)
        for number, text in enumerate(texts):
            payload = {"kind": "blob", "name": name, "piece": text}
            point = models.PointStruct(id=layout.named_id(f"{name}/{number}"), vector={}, payload=payload)
            self._cluster.write(lambda client, one=point: client.upsert(self._collection, [one]))  # type: ignore[misc]
        return name, len(texts)

    def path(self, name: str, count: int) -> Path:
        """The file on this machine that has the blob of that name, fetched where it is not there yet."""
        path = self._folder / name
        if path.is_file():
            try:
                self._seen.check(path, name)
            except (OSError, IndexDamagedError):
                path.unlink(missing_ok=True)
        if not path.is_file():
            content = self.fetched(name, count)
            try:
                self._folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise OutputError(
                    f"{self._folder}: cannot be made ({error.strerror}). Name another folder in WOORDELIJK_CACHE."
                ) from error
            write_whole(path, content)
            self._seen.check(path, name)
        return path

    def fetched(self, name: str, count: int) -> bytes:
        """The content of a blob from the cluster; ClusterError where it is not whole."""
        texts: list[str] = []
        for number in range(count):
            point = layout.named_id(f"{name}/{number}")
            found = self._cluster.call(lambda client, one=point: client.retrieve(self._collection, [one]))  # type: ignore[misc]
            texts += [record.payload["piece"] for record in found if record.payload]
        try:
            content = layout.whole(texts)
        except (zlib.error, ValueError):
            content = b""
        if hashlib.sha256(content).hexdigest() != name:
            raise cluster_error("damaged", self._cluster.address, what=f"blob {name[:12]}…")
        return content

    def keep_only(self, names: Sequence[str]) -> None:
        """Forget on this machine what no library at this address has any more."""
        for path in self._folder.glob("[0-9a-f]*"):
            if path.name not in names:
                path.unlink(missing_ok=True)
        self._seen.remember([Contents("", (), {name: name for name in names})])

    def delete_all_but(self, names: Sequence[str]) -> None:
        """Delete from the cluster every blob that is not one of these."""
        selector = models.Filter(
            must=[models.FieldCondition(key="kind", match=models.MatchValue(value="blob"))],
            must_not=[models.FieldCondition(key="name", match=models.MatchAny(any=list(names)))],
        )
        self._cluster.write(lambda client: client.delete(self._collection, selector))
