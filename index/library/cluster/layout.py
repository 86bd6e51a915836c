"""How a library lies in a collection: the points, their numbers, vectors and payloads.

Every document has a *slot*, a number that is given once, in order. Its
passages are the points `slot << 20 | place`, counted from 1, and its record the
points from `slot << 20 | 1 << 19` on. Whoever reads up to a slot sees nothing
of what is being written above it. All else has a UUID of its name.
"""

import base64
import hashlib
import os
import uuid
import zlib
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from qdrant_client import QdrantClient, models

from index.encoders.encoder import Encoder, Matrix
from index.encoders.token_vectors import TokenVectors
from index.model.arrays import starts_of
from index.model.filter_masks import MINISTER_KEYS, asking_members
from index.model.store import FIELDS, SPEAKERS, DocumentHead, UnitHead
from index.search.bm25 import length_norms
from index.search.postings import TermCounts
from index.search.segment import Segment

# Raise when the points or their meaning change: older collections are then refused.
CLUSTER_FORMAT = 1
DENSE, WORDS, TOKENS, HOLDS = "dense", "words", "tokens", "holds"
# The words of an average passage as the sparse vectors have it: a fixed one, since documents come and go.
AVERAGE = 64.0

_SLOT_BITS, _RECORD = 20, 1 << 19
MOST_PASSAGES = _RECORD - 1
# Bytes of one piece of a blob, before it is written as text.
_PIECE = 1 << 20
_SPACE = uuid.UUID("5f0c37a6-3c1d-4c39-9d5e-60bd0b0f0b52")
# What is filtered by, and how it is indexed.
_KEYS = {
    "slot": models.PayloadSchemaType.INTEGER,
    "day": models.PayloadSchemaType.INTEGER,
    "note": models.PayloadSchemaType.INTEGER,
    "version": models.PayloadSchemaType.INTEGER,
    **dict.fromkeys(
        ("kind", "unit", "speaker", "field", "form", "ministers", "members", "asked_by", "numbers", "annex", "name"),
        models.PayloadSchemaType.KEYWORD,
    ),
}


def passage_id(slot: int, place: int) -> int:
    """The point of a passage, by its place in its document, 0 for the first."""
    return slot << _SLOT_BITS | (place + 1)


def slots_and_places(points: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The slots of these passages and their places in their documents."""
    return points >> _SLOT_BITS, (points & ((1 << _SLOT_BITS) - 1)) - 1


def record_id(slot: int, piece: int) -> int:
    """The point of one piece of a document's record."""
    return slot << _SLOT_BITS | _RECORD | piece


def named_id(name: str) -> str:
    """The point of what has a name."""
    return str(uuid.uuid5(_SPACE, name))


def word_number(word: str) -> int:
    """The place of a word in sparse vectors: 32 bits of its hash; two words may have one, which only finds more."""
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=4).digest(), "little")


def sparse(words: Sequence[str], values: Sequence[float]) -> models.SparseVector:
    """A sparse vector of words; the values of words with one number are added up."""
    found: dict[int, float] = {}
    for word, value in zip(words, values, strict=True):
        number = word_number(word)
        found[number] = found.get(number, 0.0) + float(value)
    return models.SparseVector(indices=list(found), values=list(found.values()))


def as_text(content: bytes) -> str:
    """Bytes as a payload holds them."""
    return base64.b64encode(content).decode("ascii")


def as_bytes(text: str) -> bytes:
    """What `as_text` was given."""
    return base64.b64decode(text)


def pieces(content: bytes) -> list[str]:
    """A blob as the texts of its pieces, compressed; one at least."""
    packed = zlib.compress(content, 1)
    return [as_text(packed[start : start + _PIECE]) for start in range(0, len(packed), _PIECE)]


def whole(texts: Sequence[str]) -> bytes:
    """The blob of these pieces; zlib.error where they are not its pieces."""
    return zlib.decompress(b"".join(map(as_bytes, texts)))


def create(client: QdrantClient, name: str, dense: int, tokens: int) -> None:
    """Make the collection of a library where it is not there, for vectors and tokens of so many dimensions.

    No graph is built: on these vectors it lost a fifth of the best hundred,
    and a scan of 8-bit codes with the best compared again loses none.
    """
    codes = models.ScalarQuantization(
        scalar=models.ScalarQuantizationConfig(type=models.ScalarType.INT8, always_ram=True)
    )
    no_graph = models.HnswConfigDiff(m=0)
    if not client.collection_exists(name):
        _create(client, name, dense, tokens, codes, no_graph)
    for key, kind in _KEYS.items():
        client.create_payload_index(name, key, kind)


def _create(
    client: QdrantClient,
    name: str,
    dense: int,
    tokens: int,
    codes: models.ScalarQuantization,
    no_graph: models.HnswConfigDiff,
) -> None:
    replicas = _number("WOORDELIJK_INDEX_REPLICAS")
    client.create_collection(
        name,
        vectors_config={
            DENSE: models.VectorParams(
                size=dense,
                distance=models.Distance.DOT,
                on_disk=True,
                hnsw_config=no_graph,
                quantization_config=codes,
            ),
            TOKENS: models.VectorParams(
                size=tokens,
                distance=models.Distance.DOT,
                on_disk=True,
                hnsw_config=no_graph,
                multivector_config=models.MultiVectorConfig(comparator=models.MultiVectorComparator.MAX_SIM),
            ),
        },
        sparse_vectors_config={WORDS: models.SparseVectorParams(), HOLDS: models.SparseVectorParams()},
        on_disk_payload=True,
        shard_number=_number("WOORDELIJK_INDEX_SHARDS"),
        replication_factor=replicas,
        # What is published is on most nodes, so that a reader finds it wherever it asks.
        write_consistency_factor=replicas and replicas // 2 + 1,
    )


def _number(variable: str) -> int | None:
    text = os.environ.get(variable, "")
    return int(text) if text.isdigit() and int(text) else None


def filter_values(head: DocumentHead, unit: UnitHead) -> dict[str, Any]:
    """What passages of a unit are filtered by, besides their own speaker, field and note."""
    return {**document_values(head), **unit_values(unit), "unit": unit.id}


def document_values(head: DocumentHead) -> dict[str, str]:
    """What a document is filtered by, a text each."""
    ministers = (value for key, value in head.metadata if key in MINISTER_KEYS)
    return {"form": head.kind, "ministers": "\n".join(ministers), "members": "\n".join(asking_members(head))}


def unit_values(unit: UnitHead) -> dict[str, str]:
    """What a unit is filtered by, a text each."""
    return {
        "asked_by": "\n".join(unit.asked_by),
        "numbers": ",".join(map(str, unit.numbers)),
        "annex": unit.annex or "",
    }


def day(head: DocumentHead) -> int:
    """The date of a document as a number, 20251128; 0 where it states none."""
    return int(head.date.strftime("%Y%m%d")) if head.date else 0


def passage_points(found: Segment, slots: Sequence[int], encoder: Encoder) -> Iterator[models.PointStruct]:
    """The points of all passages of a segment, whose documents have these slots."""
    columns, heads = found.documents.columns, found.documents.heads
    units = [unit for head in heads for unit in head.units]
    first = starts_of(np.bincount(columns.document, minlength=len(heads)))
    for row, (words, counts) in enumerate(_words_of_rows(found.words.counts)):
        document = int(columns.document[row])
        length = found.words.counts.lengths[row : row + 1]
        times = np.array(counts, dtype=np.float32)
        values = times / (times + length_norms(length, AVERAGE))
        vectors: dict[str, Any] = {DENSE: found.vectors[row].tolist()}
        if words:
            vectors[WORDS] = sparse(words, values.tolist())
        own = found.tokens.taken(np.array([row], dtype=np.int64))
        if len(own.pieces):
            vectors[TOKENS] = wide_tokens(own, encoder).tolist()
        payload = filter_values(heads[document], units[int(columns.unit[row])]) | {
            "kind": "passage",
            "slot": slots[document],
            "day": day(heads[document]),
            "speaker": SPEAKERS[columns.speaker[row]],
            "field": FIELDS[columns.field[row]],
            "note": int(columns.note[row]),
            "words": " ".join(words),
            "counts": " ".join(map(str, counts)),
            "length": int(length[0]),
            "pieces": as_text(own.pieces.astype("<i4").tobytes()),
        }
        point = passage_id(slots[document], row - int(first[document]))
        yield models.PointStruct(id=point, vector=vectors, payload=payload)


def _words_of_rows(counts: TermCounts) -> Iterator[tuple[list[str], list[int]]]:
    """The words of each passage, in alphabetical order, and how often each stands there."""
    terms = np.repeat(np.arange(len(counts.vocabulary)), np.diff(counts.starts))
    order = np.argsort(counts.rows, kind="stable")
    starts = starts_of(np.bincount(counts.rows, minlength=len(counts.lengths)))
    for row in range(len(counts.lengths)):
        own = order[starts[row] : starts[row + 1]]
        yield [counts.vocabulary[term] for term in terms[own]], counts.counts[own].tolist()


def wide_tokens(tokens: TokenVectors, encoder: Encoder) -> Matrix:
    """Tokens as rows of length 1, from their pieces where they have none of their own."""
    return (tokens if len(tokens.rows) else encoder.piece_vectors(tokens.pieces.tolist())).wide(slice(None))


def record_points(slot: int, content: bytes, words: Sequence[str], about: dict[str, Any]) -> list[models.PointStruct]:
    """The points of a document's record; the first says what the document is `about` and which words it has."""
    texts = pieces(content)
    payloads = [{"kind": "record", "slot": slot, "piece": text} for text in texts]
    payloads[0] |= about | {"count": len(texts)}
    vectors: list[dict[str, Any]] = [{HOLDS: sparse(words, [1.0] * len(words))} if words else {}]
    vectors += [{} for _ in texts[1:]]
    return [
        models.PointStruct(id=record_id(slot, number), vector=vector, payload=payload)
        for number, (vector, payload) in enumerate(zip(vectors, payloads, strict=True))
    ]
