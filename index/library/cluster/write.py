"""Change a library on a cluster: what is new is uploaded above what is published, and one write publishes it.

Documents that were uploaded whole before a command broke off are there when
it is run again. What decides the content of all documents has changed? Then a
new collection is filled, and the library's name moves to it.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec
import numpy as np
from qdrant_client import models

from index.encoders.encoder import Contextual, Encoded, EncoderPair
from index.encoders.token_vectors import TokenVectors
from index.errors import DocumentError, IndexMissingError
from index.language.analyser import content_words
from index.library.build import Progress, batches
from index.library.cluster import layout
from index.library.cluster.blobs import Blobs
from index.library.cluster.connection import Cluster, cluster_at
from index.library.cluster.lists import WORDS_PAYLOAD, Points, Words
from index.library.cluster.part import (
    Part,
    Placed,
    Taken,
    arrays_of_segment,
    merged_arrays,
    part_of_arrays,
    taken_arrays,
)
from index.library.cluster.read import Records, fetched
from index.library.cluster.state import PublishedPart, State, collections_of, point_alias, read_state, replace_state
from index.library.cluster.statistics import Statistics
from index.library.cluster.texts import ClusterDamagedError, ClusterOutdatedError, cluster_error
from index.library.draft import Draft
from index.library.manifest import Manifest
from index.library.store import chosen
from index.library.tiers import to_merge
from index.model.arrays import Arrays, packed
from index.model.collection import Collection
from index.model.store import FIELDS, SPEAKERS, JoinedStore
from index.search.near_pairs import Among
from index.search.postings import TermCounts
from index.search.segment import Segment, segment
from index.settings import Address

# What one request uploads at most: numbers in vectors, and points.
_NUMBERS, _POINTS = 300_000, 64
# Of each new passage, so many that share the most words are looked at as near duplicates.
_ALIKE = 200


def publish_parts(
    address: Address,
    draft: Draft,
    parts: Sequence[Part],
    encoders: EncoderPair | None,
    same_encoder: bool,
    made: str,
    described: Callable[[Sequence[str]], Manifest],
    progress: Progress,
) -> Manifest:
    """Upload what was read, merge the parts there are many of, and publish the result; only while writing.

    `parts` are what is published, by the `same_encoder` or another;
    `described` makes the manifest of parts by their names. ClusterError, with
    nothing changed, where that fails.
    """
    cluster = cluster_at(address)
    before = _state(cluster)
    one, other = collections_of(address.name, made)
    built_on = before is not None and before.collection in (one, other) and bool(parts) and not draft.stale
    if before is not None and built_on:
        upload = Upload(cluster, replace(before, gone=()), draft, made)
        upload.delete_slots(before.gone)
    else:
        target = other if before is not None and before.collection == one else one
        upload = Upload(cluster, State(target, "", 0, (), version=0), draft, made)
    if encoders is not None:
        _clear_collections(cluster, {upload.state.collection, before.collection if before else ""})
    library = list(parts) if built_on else []
    if encoders is not None:
        older = (before, parts) if before and same_encoder and not built_on else None
        library = upload.with_new(library, encoders, older, progress)
    library = upload.merged(upload.with_taken(library), draft.order)
    gone = _slots(parts) - _slots(library) if built_on else set()
    return upload.published(library, gone, described([part.name for part in library]), before)


def _slots(parts: Sequence[Part]) -> set[int]:
    """The slots of the documents of these parts that are in use."""
    held = {placed.slot for part in parts for placed in part.contents.documents}
    return held - {slot for part in parts for taken in part.taken for slot in taken.slots}


def _state(cluster: Cluster) -> State | None:
    try:
        return read_state(cluster)
    except (IndexMissingError, ClusterOutdatedError, ClusterDamagedError):
        return None


def _clear_collections(cluster: Cluster, kept: set[str]) -> None:
    """Delete what earlier builds left: every collection of the library but these, and its lock."""
    earlier = re.compile(re.escape(cluster.address.name) + r"--[0-9a-f]{16}(-2)?")
    for found in cluster.call(lambda client: client.get_collections()).collections:
        name = found.name
        if earlier.fullmatch(name) and name not in kept:
            cluster.call(lambda client, gone=name: client.delete_collection(gone))  # type: ignore[misc]


@dataclass(frozen=True, slots=True)
class _Ready:
    """A document that was uploaded whole, and is not published."""

    placed: Placed
    passages: int


class Upload:
    """What one command changes in a collection, above the slots that `state` publishes."""

    def __init__(self, cluster: Cluster, state: State, draft: Draft, made: str) -> None:
        self.cluster = cluster
        self.state = state
        self._draft = draft
        self._made = made
        self._next = state.next
        self._blobs = Blobs(cluster, state.collection)
        self._known_blobs = dict(state.blobs)

    @property
    def _so_far(self) -> State:
        """The state as if all that was uploaded were published."""
        return replace(self.state, next=self._next)

    def with_new(
        self, parts: list[Part], encoders: EncoderPair, older: tuple[State, Sequence[Part]] | None, progress: Progress
    ) -> list[Part]:
        """The parts with those of the documents that were read: uploaded before, or now, a batch each."""
        self._make_collection(encoders)
        ready = self._ready()
        draft = self._draft
        new = [document for document in draft.order if document in draft.parsed]
        there = {document for document in draft.order if document not in draft.parsed}
        before = set(map(id, parts))
        vectors = _KnownVectors(self, encoders, ready, older)
        done = 0

        def encode(document: str, texts: Sequence[str]) -> Encoded:
            nonlocal done
            done += 1
            progress("encode", done, len(new))
            return vectors.of(document, texts) or encoders.passages.encode_passages_by_token(texts)

        # What is there already needs no upload: its batches are its own.
        for part in ([d for d in new if d in ready], [d for d in new if d not in ready]):
            for batch in batches(draft, part):
                collection = Collection.of(draft.parsed[document] for document in batch)
                found = segment(collection, encoders, encode, self._searched(parts, there, collection))
                placed = [ready[d].placed for d in batch] if batch[0] in ready else self._upload(found, encoders)
                parts = [*parts, self._part(arrays_of_segment(found, placed, self._made))]
                there |= set(batch)
        # What one command adds is one part.
        added = [number for number, part in enumerate(parts) if id(part) not in before]
        return self._joined(parts, added, there) if len(added) > 1 else parts

    def _make_collection(self, encoders: EncoderPair) -> None:
        collection = self.state.collection
        if not self.state.version:
            tokens = encoders.passages.encode_passages_by_token(["een"]).tokens
            size = layout.wide_tokens(tokens, encoders.passages).shape[1]
            dense = encoders.passages.dimensions
            self.cluster.write(lambda client: layout.create(client, collection, dense, size))

    def _ready(self) -> dict[str, _Ready]:
        """The documents that were uploaded whole and are wanted, by id; whatever else is above is deleted."""
        draft, ready = self._draft, {}
        for payload in self._uploaded():
            document = payload["document"]
            entry = draft.entries.get(document)
            if entry and document in draft.parsed and payload["fingerprint"] == entry.fingerprint:
                placed = Placed(document, entry.fingerprint, payload["sha256"], payload["slot"], payload["count"])
                ready[document] = _Ready(placed, payload["passages"])
        ready = {d: one for d, one in ready.items() if one.passages == len(draft.parsed[d].passages)}
        slots = [one.placed.slot for one in ready.values()]
        above = models.FieldCondition(key="slot", range=models.Range(gte=self.state.next))
        kept = models.FieldCondition(key="slot", match=models.MatchAny(any=slots))
        self._delete(models.Filter(must=[above], must_not=[kept] if slots else None))
        self._next = max([self.state.next, *(slot + 1 for slot in slots)])
        return ready

    def _uploaded(self) -> Iterator[dict[str, Any]]:
        """What stands in the first point of every record above the published ones, but for the record."""
        above = models.FieldCondition(key="slot", range=models.Range(gte=self.state.next))
        records = models.FieldCondition(key="kind", match=models.MatchValue(value="record"))
        offset = None
        while True:
            page, offset = self.cluster.call(
                lambda client, start=offset: client.scroll(  # type: ignore[misc]
                    self.state.collection,
                    models.Filter(must=[above, records]),
                    limit=1_000,
                    offset=start,
                    with_payload=["slot", "document", "fingerprint", "sha256", "count", "passages"],
                )
            )
            yield from (record.payload for record in page if record.payload and "document" in record.payload)
            if offset is None:
                return

    def _upload(self, found: Segment, encoders: EncoderPair) -> list[Placed]:
        """Upload the documents of a segment, each one's record when all its passages are there."""
        heads = found.documents.heads
        slots = [self._next + number for number in range(len(heads))]
        passages = np.bincount(found.documents.columns.document, minlength=len(heads)).tolist()
        if max(passages, default=0) > layout.MOST_PASSAGES:
            raise DocumentError(f"{heads[int(np.argmax(passages))].file}: more passages than a cluster takes.")
        self._send(layout.passage_points(found, slots, encoders.passages))
        placed = []
        for number, (head, slot) in enumerate(zip(heads, slots, strict=True)):
            content = found.documents.encoded(number)
            entry = self._draft.entries[head.id]
            about = {
                "document": head.id,
                "fingerprint": entry.fingerprint,
                "sha256": hashlib.sha256(content).hexdigest(),
                "passages": passages[number],
            }
            words = sorted(set(content_words(found.documents.record(number).document.text)))
            points = layout.record_points(slot, content, words, about)
            # The first point says that the document is whole, so it comes last.
            for point in reversed(points):
                self._send([point])
            placed.append(Placed(head.id, entry.fingerprint, about["sha256"], slot, len(points)))
        self._next += len(heads)
        return placed

    def _send(self, points: Iterable[models.PointStruct]) -> None:
        """Upload points in requests that a server takes; each is there when this is done."""
        waiting: list[models.PointStruct] = []
        numbers = 0
        for point in points:
            tokens: Any = point.vector.get(layout.TOKENS, []) if isinstance(point.vector, dict) else []
            size = len(tokens) * len(tokens[0]) if tokens else 0
            if waiting and (len(waiting) >= _POINTS or numbers + size > _NUMBERS):
                self._upsert(waiting)
                waiting, numbers = [], 0
            waiting.append(point)
            numbers += size
        if waiting:
            self._upsert(waiting)

    def _upsert(self, points: list[models.PointStruct]) -> None:
        self.cluster.write(lambda client: client.upsert(self.state.collection, points))

    def _delete(self, chosen_points: models.Filter) -> None:
        self.cluster.write(lambda client: client.delete(self.state.collection, chosen_points))

    def delete_slots(self, slots: Sequence[int]) -> None:
        """Delete the documents of these slots."""
        if slots:
            there = models.FieldCondition(key="slot", match=models.MatchAny(any=list(slots)))
            self._delete(models.Filter(must=[there]))

    def _part(self, arrays: Arrays, taken: Sequence[Taken] = ()) -> Part:
        records = Records(self.cluster, self._so_far)
        name = hashlib.sha256(packed(arrays)).hexdigest()
        return part_of_arrays(name, arrays, records.read, records.having, taken)

    def _searched(self, parts: Sequence[Part], there: set[str], new: Collection) -> Iterator[Among]:
        if not there:
            return
        places = chosen(parts, sorted(there))
        older = Collection(JoinedStore([part.documents for part in parts], places))
        slots = np.array([parts[part].contents.documents[number].slot for part, number in places], dtype=np.int64)
        yield from Alike(Points(self.cluster, self._so_far, older, slots), older, new).among()

    def with_taken(self, parts: Sequence[Part]) -> list[Part]:
        """The parts that have documents in use, their statistics less those of documents that are not."""
        living: list[set[int]] = [set() for _ in parts]
        for part, number in chosen(parts, self._draft.order):
            living[part].add(number)
        pairs = zip(parts, living, strict=True)
        return [self._less(part, numbers) for part, numbers in pairs if numbers]

    def _less(self, part: Part, living: set[int]) -> Part:
        taken = {slot for one in part.taken for slot in one.slots}
        documents = part.contents.documents
        gone = [n for n, placed in enumerate(documents) if n not in living and placed.slot not in taken]
        if not gone:
            return part
        ids = [point for number in gone for point in self._points_of(part, number)]
        found = fetched(self.cluster, self.state.collection, ids, ["words", "length", "pieces"], [layout.DENSE])
        vectors = np.array([vector[layout.DENSE] for _, vector in found], dtype=np.float32)
        statistics = Statistics.of_payloads([payload for payload, _ in found], vectors.reshape(len(found), -1))
        slots = tuple(documents[number].slot for number in gone)
        name = self._put(packed(taken_arrays(slots, statistics)))
        return replace(part, taken=(*part.taken, Taken(name, slots, statistics)))

    @staticmethod
    def _points_of(part: Part, number: int) -> list[int]:
        """The points of the passages of a document of a part."""
        passages = int(np.count_nonzero(part.documents.columns.document == number))
        slot = part.contents.documents[number].slot
        return [layout.passage_id(slot, place) for place in range(passages)]

    def merged(self, parts: list[Part], documents: Sequence[str]) -> list[Part]:
        """The parts, as many of a size merged as the tiers allow."""
        while True:
            places = chosen(parts, documents)
            living = np.bincount([number for number, _ in places], minlength=len(parts)).tolist()
            numbers = to_merge(parts, living)
            if not numbers:
                return parts
            parts = self._joined(parts, numbers, set(documents))

    def _joined(self, parts: Sequence[Part], numbers: Sequence[int], documents: set[str]) -> list[Part]:
        """The parts with those of these numbers as one, which has what they have of `documents`."""
        own = {number: part for part, number in enumerate(numbers)}
        ordered = [document for document in self._draft.order if document in documents]
        kept = [(own[part], place) for part, place in chosen(parts, ordered) if part in own]
        whole = self._part(merged_arrays([parts[number] for number in numbers], kept, self._made))
        return [*(part for number, part in enumerate(parts) if number not in own), whole]

    def _put(self, content: bytes) -> str:
        name = hashlib.sha256(content).hexdigest()
        if name not in self._known_blobs:
            self._known_blobs[name] = self._blobs.put(content)[1]
        return name

    def published(self, parts: Sequence[Part], gone: set[int], manifest: Manifest, before: State | None) -> Manifest:
        """Publish these parts in one step; the documents in the `gone` slots are in use no more."""
        sealed = manifest.sealed()
        names = [self._put(packed(part.arrays)) for part in parts]
        name = self._put(msgspec.json.encode(sealed))
        shown = tuple(PublishedPart(part.name, tuple(one.name for one in part.taken)) for part in parts)
        used = {name, *names, *(one for part in shown for one in part.taken)}
        state = replace(
            self.state,
            manifest=name,
            next=self._next,
            parts=shown,
            gone=tuple(sorted(gone)),
            blobs={one: count for one, count in self._known_blobs.items() if one in used},
            version=self.state.version + 1,
        )
        self._blobs.delete_all_but([*used, *(before.blobs if before else ())])
        if before is not None and before.collection == state.collection:
            replace_state(self.cluster, before, state)
        else:
            replace_state(self.cluster, None, state)
            if _state(self.cluster) != before:
                raise cluster_error("lost lock", self.cluster.address)
            point_alias(self.cluster, state.collection)
        return sealed


class _KnownVectors:
    """The vectors of passages that need not be encoded: uploaded before, or in the collection before this one."""

    def __init__(
        self,
        upload: Upload,
        encoders: EncoderPair,
        ready: dict[str, _Ready],
        older: tuple[State, Sequence[Part]] | None,
    ) -> None:
        self._upload = upload
        self._encoder = encoders.passages
        self._ready = ready
        self._older = older

    def of(self, document: str, texts: Sequence[str]) -> Encoded | None:
        """The vectors of the passages of a document, None where they have to be made."""
        if document in self._ready:
            slot = self._ready[document].placed.slot
            return self._fetched(self._upload.state.collection, slot, len(texts), tokens=False)
        if self._older is None:
            return None
        state, parts = self._older
        try:
            ((part, number),) = chosen(parts, [document])
        except KeyError:
            return None
        if _texts(parts[part], number) != list(texts):
            return None
        contextual = isinstance(self._encoder, Contextual)
        slot = parts[part].contents.documents[number].slot
        return self._fetched(state.collection, slot, len(texts), tokens=contextual)

    def _fetched(self, collection: str, slot: int, passages: int, *, tokens: bool) -> Encoded:
        """The vectors in a collection; without `tokens` only their pieces are known."""
        ids = [layout.passage_id(slot, place) for place in range(passages)]
        vectors = [layout.DENSE, layout.TOKENS] if tokens else [layout.DENSE]
        found = fetched(self._upload.cluster, collection, ids, ["pieces"], vectors)
        size = self._encoder.dimensions
        rows = np.array([vector[layout.DENSE] for _, vector in found], dtype=np.float32).reshape(passages, size)
        pieces = [np.frombuffer(layout.as_bytes(payload["pieces"]), dtype="<i4").tolist() for payload, _ in found]
        wide = [np.array(vector.get(layout.TOKENS, []), dtype=np.float32) for _, vector in found]
        size = max((matrix.shape[1] for matrix in wide if matrix.size), default=0)
        if not size:
            return Encoded(rows, TokenVectors.of_pieces(pieces, self._encoder.dimensions))
        return Encoded(rows, TokenVectors.of([matrix.reshape(-1, size) for matrix in wide], pieces, size))


def _texts(part: Part, number: int) -> list[str]:
    """The passages of a document of a part."""
    columns, text = part.documents.columns, part.documents.record(number).document.text
    rows = np.flatnonzero(columns.document == number)
    return [text[columns.start[row] : columns.end[row]] for row in rows]


class Alike:
    """The passages of a library that share words with new ones, to be looked among for near duplicates."""

    def __init__(self, points: Points, older: Collection, new: Collection) -> None:
        self._older = older
        self._points = points
        self._new = new

    def among(self) -> Iterator[Among]:
        """The passages that share most words with each new one."""
        columns = self._new.columns
        found: dict[int, Words] = {}
        requests = [
            self._request(row) for row in range(len(columns.document)) if content_words(self._new.row_text(row))
        ]
        for start in range(0, len(requests), _POINTS):
            for rows, _, payloads in self._points.asked(requests[start : start + _POINTS]):
                found |= {row: Words.of(payload) for row, payload in zip(rows.tolist(), payloads, strict=True)}
        there = sorted(found)
        texts = ([word for word, count in found[row].counts.items() for _ in range(count)] for row in there)
        if there:
            yield Among(self._older, TermCounts.of(texts), np.array(there, dtype=np.int32))

    def _request(self, row: int) -> models.QueryRequest:
        """The passages of the same field and speaker that share the most words with a new one."""
        columns = self._new.columns
        words = sorted(set(content_words(self._new.row_text(row))))
        same = [
            models.FieldCondition(key="field", match=models.MatchValue(value=FIELDS[columns.field[row]])),
            models.FieldCondition(key="speaker", match=models.MatchValue(value=SPEAKERS[columns.speaker[row]])),
        ]
        query = layout.sparse(words, [1.0] * len(words))
        return self._points.request(layout.WORDS, query, _ALIKE, same, payload=WORDS_PAYLOAD)
