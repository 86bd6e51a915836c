"""What is published in a collection, and the right to change it.

One point, the state, names everything else by its SHA-256; it is replaced by
one conditional write, so a reader sees the old library or the new one. The
lock is a point too, in a collection of its own: its holder moves a counter on,
and whose counter stands still for a while is dead.
"""

import logging
import secrets
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from typing import Any

import msgspec
from qdrant_client import models

from index.errors import ClusterError, IndexMissingError
from index.library.cluster import layout
from index.library.cluster.connection import Cluster
from index.library.cluster.texts import MissingCollectionError, cluster_error
from index.library.manifest import rebuild

# Seconds between two signs of life of a writer, and after which one that gives none is dead.
BEAT, DEAD = 5.0, 30.0
_LOG = logging.getLogger(__name__)
_STATE = layout.named_id("state")
_LOCK = layout.named_id("lock")
_LOCK_KEYS = {"holder": models.PayloadSchemaType.KEYWORD, "beat": models.PayloadSchemaType.INTEGER}


@dataclass(frozen=True, slots=True)
class PublishedPart:
    """A part by its name, and the statistics taken away from it."""

    name: str
    taken: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class State:
    """What is published in `collection`.

    `next` is the slot of the next document: what is above it is not published.
    `gone` are the slots of documents that were removed and lie there still.
    `blobs` has how many pieces each blob has. `version` rises by one each time.
    """

    collection: str
    manifest: str
    next: int
    parts: tuple[PublishedPart, ...]
    gone: tuple[int, ...] = ()
    blobs: dict[str, int] = field(default_factory=dict)
    version: int = 1
    format: int = layout.CLUSTER_FORMAT


def collections_of(name: str, made: str) -> tuple[str, str]:
    """The collections behind a library's name that are made so: one, and one to build it anew beside that."""
    return f"{name}--{made[:16]}", f"{name}--{made[:16]}-2"


def read_state(cluster: Cluster) -> State:
    """The state of the library at the cluster's address; IndexMissingError where there is none."""
    address = cluster.address
    try:
        found = cluster.call(lambda client: client.retrieve(address.name, [_STATE]))
    except MissingCollectionError:
        raise IndexMissingError(f"{address}: no index found there. {rebuild(address)}") from None
    if not found or not found[0].payload:
        raise cluster_error("foreign", address)
    return decoded(cluster, found[0].payload)


def decoded(cluster: Cluster, payload: Mapping[str, Any]) -> State:
    """The state in a payload; ClusterError where it has another format."""
    if payload.get("format") != layout.CLUSTER_FORMAT:
        raise cluster_error("format", cluster.address, found=payload.get("format"), needed=layout.CLUSTER_FORMAT)
    try:
        return msgspec.convert(dict(payload), State)
    except msgspec.ValidationError as error:
        raise cluster_error("damaged", cluster.address, what="the state") from error


def replace_state(cluster: Cluster, old: State | None, new: State) -> None:
    """Put `new` in the place of `old` in its collection, or first; ClusterError where another writer came between."""
    payload = {**asdict(new), "kind": "state", "writer": secrets.token_hex(8)}
    if old is None:
        point = models.PointStruct(id=_STATE, vector={}, payload=payload)
        cluster.write(lambda client: client.upsert(new.collection, [point]))
        return
    unchanged = models.Filter(
        must=[
            models.HasIdCondition(has_id=[_STATE]),
            models.FieldCondition(key="version", match=models.MatchValue(value=old.version)),
        ]
    )
    cluster.write(lambda client: client.set_payload(new.collection, payload, unchanged))
    found = cluster.call(lambda client: client.retrieve(new.collection, [_STATE]))
    if not found or (found[0].payload or {}).get("writer") != payload["writer"]:
        raise cluster_error("lost lock", cluster.address)


def point_alias(cluster: Cluster, collection: str) -> None:
    """Make the library's name that of `collection`, in one step."""
    name = cluster.address.name
    operations: list[Any] = []
    if any(alias.alias_name == name for alias in cluster.call(lambda client: client.get_aliases()).aliases):
        operations.append(models.DeleteAliasOperation(delete_alias=models.DeleteAlias(alias_name=name)))
    create = models.CreateAlias(collection_name=collection, alias_name=name)
    operations.append(models.CreateAliasOperation(create_alias=create))
    cluster.write(lambda client: client.update_collection_aliases(operations))


class Lock:
    """The right to change the library at an address."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self._collection = f"{cluster.address.name}--lock"
        self._holder = secrets.token_hex(8)
        self._ended = threading.Event()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Wait for the right, hold it, and give it back."""
        self._acquire()
        beating = threading.Thread(target=self._beat, daemon=True)
        beating.start()
        try:
            yield
        finally:
            self._ended.set()
            beating.join()
            with suppress(ClusterError):
                self._set({"holder": "", "beat": 0}, self._holder)

    def _acquire(self) -> None:
        self._make()
        seen, since, told = self._read(), time.monotonic(), False
        while True:
            free = not seen.get("holder") or time.monotonic() - since > DEAD
            if free:
                self._set({"holder": self._holder, "beat": 1}, seen.get("holder", ""), seen.get("beat", 0))
                if self._read().get("holder") == self._holder:
                    return
            elif not told:
                told = True
                _LOG.info("%s: another command is changing it; waiting until that one is done.", self._cluster.address)
            time.sleep(min(0.5, DEAD / 4))
            found = self._read()
            if found != seen:
                seen, since = found, time.monotonic()

    def _make(self) -> None:
        """Make the collection of the lock where there is none, and the lock in it, free."""
        if not self._cluster.call(lambda client: client.collection_exists(self._collection)):
            with suppress(ClusterError, ValueError):  # another made it meanwhile
                self._cluster.call(lambda client: client.create_collection(self._collection, vectors_config={}))
                for key, kind in _LOCK_KEYS.items():
                    self._cluster.call(
                        lambda client, key=key, kind=kind: client.create_payload_index(  # type: ignore[misc]
                            self._collection, key, kind
                        )
                    )
        if not self._read():
            point = models.PointStruct(id=_LOCK, vector={}, payload={"holder": "", "beat": 0})
            self._cluster.call(lambda client: client.upsert(self._collection, [point]))

    def _read(self) -> dict[str, Any]:
        found = self._cluster.call(lambda client: client.retrieve(self._collection, [_LOCK]))
        return {name: (found[0].payload or {})[name] for name in ("holder", "beat")} if found else {}

    def _set(self, payload: Mapping[str, Any], holder: str, beat: int | None = None) -> None:
        """Change the lock where it still has this holder (and counter)."""
        conditions: list[Any] = [
            models.HasIdCondition(has_id=[_LOCK]),
            models.FieldCondition(key="holder", match=models.MatchValue(value=holder)),
        ]
        if beat is not None:
            conditions.append(models.FieldCondition(key="beat", match=models.MatchValue(value=beat)))
        chosen = models.Filter(must=conditions)
        self._cluster.call(lambda client: client.set_payload(self._collection, dict(payload), chosen))

    def _beat(self) -> None:
        beat = 1
        while not self._ended.wait(BEAT):
            beat += 1
            with suppress(ClusterError):  # the next one may get through, and what is published is checked anyway
                self._set({"beat": beat}, self._holder)
