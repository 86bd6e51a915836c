"""Open a library on a cluster: what is published, and what it takes to search it."""

import hashlib
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from qdrant_client import models

from index.encoders.encoder import Encoders
from index.errors import ClusterError, IndexMissingError
from index.library import manifest as manifests
from index.library.cluster import layout
from index.library.cluster.blobs import Blobs
from index.library.cluster.connection import Cluster, cluster_at
from index.library.cluster.lists import ClusterIndex
from index.library.cluster.part import Part, Placed, Taken, part_of_arrays
from index.library.cluster.state import Lock, PublishedPart, State, read_state
from index.library.cluster.texts import cluster_error
from index.library.manifest import Manifest
from index.library.open import check_settings, checked_encoders
from index.library.store import check_analyser, chosen
from index.model.arrays import mapped
from index.settings import Address, Settings

# Words of which is kept in which documents they stand.
_KEPT = 2_000
# Points that are fetched in one request.
FETCHED = 256


def read_parts(address: Address) -> tuple[Manifest, list[Part]]:
    """The manifest of the library at `address` and its parts, checked.

    Raises IndexMissingError, IndexOutdatedError, IndexDamagedError, and
    ClusterError where the cluster does not answer as it should.
    """
    library = Published(cluster_at(address))
    return library.manifest, library.parts


def open_cluster(settings: Settings, address: Address, loaded: Encoders | None = None) -> tuple[ClusterIndex, Encoders]:
    """The index at `address` and the encoders that belong to it, as `open_index` gives them."""
    library = Published(cluster_at(address))
    check_settings(settings, library.manifest)
    encoders = checked_encoders(address, library.manifest, loaded)
    places = chosen(library.parts, [entry.id for entry in library.manifest.documents])
    return ClusterIndex(library.cluster, library.state, library.parts, places, encoders.passages), encoders


def published_manifest(address: Address) -> Manifest:
    """The manifest of the library at `address`, checked."""
    cluster = cluster_at(address)
    return manifests.decoded(address, address, _manifest_of(cluster, read_state(cluster)))


def manifest_content(address: Address) -> bytes:
    """The manifest as it was written, whatever its format; nothing where a cluster that answers has none."""
    cluster = cluster_at(address)
    try:
        return _manifest_of(cluster, read_state(cluster))
    except (IndexMissingError, *_UNUSABLE):
        return b""


_UNUSABLE = (manifests.IndexOutdatedError, manifests.IndexDamagedError)


def _manifest_of(cluster: Cluster, state: State) -> bytes:
    blobs = Blobs(cluster, state.collection)
    return blobs.path(state.manifest, state.blobs.get(state.manifest, 0)).read_bytes()


def published_version(address: Address) -> tuple[Any, ...] | None:
    """What changes whenever the library at `address` is published; None where it cannot be told."""
    try:
        state = read_state(cluster_at(address))
    except (ClusterError, IndexMissingError):
        return None
    return state.collection, state.version


@contextmanager
def right_to_write(address: Address) -> Iterator[None]:
    """The right to change the library at `address`: one writer at a time, readers always."""
    with Lock(cluster_at(address)).held():
        yield


class Published:
    """What one state publishes."""

    def __init__(self, cluster: Cluster, state: State | None = None) -> None:
        self.cluster = cluster
        self.state = read_state(cluster) if state is None else state
        blobs = Blobs(cluster, self.state.collection)
        self.manifest = manifests.decoded(cluster.address, cluster.address, _manifest_of(cluster, self.state))
        check_analyser(cluster.address, self.manifest)
        self.records = Records(cluster, self.state)
        self.parts = [self._part(blobs, published) for published in self.state.parts]
        blobs.keep_only(list(self.state.blobs))

    def _part(self, blobs: Blobs, published: PublishedPart) -> Part:
        count = self.state.blobs
        taken = [Taken.of_arrays(n, mapped(blobs.path(n, count[n]))) for n in published.taken]
        arrays = mapped(blobs.path(published.name, count[published.name]))
        return part_of_arrays(published.name, arrays, self.records.read, self.records.having, taken)


class Records:
    """The records of documents in the collection of a state, and the words they have."""

    def __init__(self, cluster: Cluster, state: State) -> None:
        self._cluster = cluster
        self._state = state
        self.having = lru_cache(_KEPT)(self._having)

    def read(self, placed: Sequence[Placed]) -> list[bytes]:
        """The records of documents; ClusterError where one is not what was written."""
        ids = [[layout.record_id(one.slot, number) for number in range(one.points)] for one in placed]
        collection, every = self._state.collection, [point for own in ids for point in own]
        found = self._cluster.call(lambda client: client.retrieve(collection, every, with_payload=["piece"]))
        texts = {record.id: record.payload["piece"] for record in found if record.payload}
        return [self._whole(one, [texts.get(point, "") for point in own]) for one, own in zip(placed, ids, strict=True)]

    def _whole(self, placed: Placed, texts: Sequence[str]) -> bytes:
        try:
            content = layout.whole(texts)
        except (ValueError, zlib.error):
            content = b""
        if hashlib.sha256(content).hexdigest() == placed.sha256:
            return content
        if published_version(self._cluster.address) != (self._state.collection, self._state.version):
            raise cluster_error("replaced", self._cluster.address)
        raise cluster_error("damaged", self._cluster.address, what=f"document {placed.id}")

    def _having(self, word: str) -> NDArray[np.int64]:
        """The slots of the documents that have a word anywhere."""
        query = layout.sparse([word], [1.0])
        below = models.FieldCondition(key="slot", range=models.Range(lt=self._state.next))
        found = self._cluster.call(
            lambda client: client.query_points(
                self._state.collection,
                query,
                using=layout.HOLDS,
                query_filter=models.Filter(must=[below]),
                limit=max(1, self._state.next),
                with_payload=False,
            )
        )
        slots, _ = layout.slots_and_places(np.array([point.id for point in found.points], dtype=np.int64))
        return np.unique(slots)


def fetched(
    cluster: Cluster, collection: str, ids: Sequence[int], payload: Sequence[str], vectors: Sequence[str]
) -> list[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """The payloads and vectors of these points, in order; ClusterError where one is missing."""
    found: dict[Any, tuple[Mapping[str, Any], Mapping[str, Any]]] = {}
    for start in range(0, len(ids), FETCHED):
        some = list(ids[start : start + FETCHED])
        records = cluster.call(
            lambda client, some=some: client.retrieve(collection, some, list(payload), list(vectors))  # type: ignore[misc]
        )
        for record in records:
            found[record.id] = record.payload or {}, record.vector or {}
    if len(found) != len(ids):
        raise cluster_error("damaged", cluster.address, what=f"{len(ids) - len(found)} passage(s)")
    return [found[point] for point in ids]


def check_library(address: Address) -> Manifest:
    """Read everything of the library at `address`; IndexDamagedError names what is not what was written."""
    library = Published(cluster_at(address))
    blobs = Blobs(library.cluster, library.state.collection)
    for name, count in library.state.blobs.items():
        blobs.fetched(name, count)
    for part, number in chosen(library.parts, [entry.id for entry in library.manifest.documents]):
        documents = library.parts[part].documents
        documents.encoded(number)
        passages = int(np.count_nonzero(documents.columns.document == number))
        _check_passages(library, documents.slots[number], passages, documents.heads[number].id)
    return library.manifest


def _check_passages(library: Published, slot: int, passages: int, document: str) -> None:
    chosen_points = models.Filter(
        must=[
            models.FieldCondition(key="slot", match=models.MatchValue(value=int(slot))),
            models.FieldCondition(key="kind", match=models.MatchValue(value="passage")),
        ]
    )
    collection = library.state.collection
    count = library.cluster.call(lambda client: client.count(collection, chosen_points)).count
    if count != passages:
        what = f"document {document}, with {count} of {passages} passages,"
        raise cluster_error("damaged", library.cluster.address, what=what)
