"""A part of a library on a cluster: what must be known of some documents without asking for any.

As a segment in a folder, but for what the collection has: the documents
themselves, the postings and the vectors of their passages.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from index.library.cluster.statistics import Statistics
from index.library.segment_files import EncodedDocuments
from index.model.arrays import Arrays
from index.model.store import DocumentStore, JoinedStore
from index.search.near_pairs import NearPairs
from index.search.postings import TermCounts
from index.search.segment import Segment, part_of

# Documents that are fetched together.
_AHEAD = 32


@dataclass(frozen=True, slots=True)
class Placed:
    """A document of a part: its slot, the fingerprint of what it was read from, and its record's hash and points."""

    id: str
    fingerprint: str
    sha256: str
    slot: int
    points: int


@dataclass(frozen=True, slots=True)
class PartContents:
    """What a part holds: `made` names the program, settings and encoders."""

    made: str
    documents: tuple[Placed, ...]


@dataclass(frozen=True)
class Taken:
    """The sums over documents of a part that are in use no more, by its name and their slots."""

    name: str
    slots: tuple[int, ...]
    statistics: Statistics

    @classmethod
    def of_arrays(cls, name: str, arrays: Arrays) -> "Taken":
        """What had these `arrays`."""
        slots = tuple(arrays["slots"].tolist())
        return cls(name, slots, Statistics.of_arrays(part_of(arrays, "statistics")))


def taken_arrays(slots: Sequence[int], statistics: Statistics) -> dict[str, NDArray[Any]]:
    """The arrays of what is taken away."""
    own = {f"statistics.{name}": array for name, array in statistics.arrays.items()}
    return own | {"slots": np.array(slots, dtype=np.int64)}


# Once, before there are threads (see `index/library/segment_files.py`).
_CONTENTS = msgspec.json.Decoder(PartContents)

# Reads the records of documents from the collection, whole, in one go.
ReadRecords = Callable[[Sequence[Placed]], list[bytes]]
# The slots of the documents that have a word.
SlotsWith = Callable[[str], NDArray[np.int64]]


class PlacedDocuments(EncodedDocuments):
    """The documents of a part, read from the collection when they are asked for."""

    def __init__(self, contents: PartContents, arrays: Arrays, read: ReadRecords, having: SlotsWith) -> None:
        super().__init__(len(contents.documents), arrays)
        self._contents = contents
        self._read = read
        self._having = having
        self._ahead: dict[int, bytes] = {}
        self._last = -1

    def encoded(self, number: int) -> bytes:
        ahead, last = self._ahead, self._last
        self._last = number
        if number not in ahead:
            # Who reads one document after the other is handed several at a time.
            some = range(number, min(number + _AHEAD, len(self)) if number == last + 1 else number + 1)
            found = self._read([self._contents.documents[one] for one in some])
            self._ahead = ahead = dict(zip(some, found, strict=True))
        return ahead[number]

    def having(self, word: str) -> NDArray[np.integer[Any]]:
        return np.flatnonzero(np.isin(self.slots, self._having(word)))

    @cached_property
    def slots(self) -> NDArray[np.int64]:
        """The slot of each document."""
        return np.array([placed.slot for placed in self._contents.documents], dtype=np.int64)


@dataclass(frozen=True, eq=False)
class Part:
    """A part by the SHA-256 of its arrays, and what is taken away from its statistics."""

    name: str
    contents: PartContents
    documents: PlacedDocuments
    arrays: Arrays
    taken: tuple[Taken, ...] = ()

    @cached_property
    def own(self) -> Statistics:
        """The sums over all its passages."""
        return Statistics.of_arrays(part_of(self.arrays, "statistics"))

    @property
    def near(self) -> NearPairs:
        """The pairs of near-identical passages."""
        return NearPairs.of_arrays(part_of(self.arrays, "near"))

    @property
    def names(self) -> TermCounts:
        """The identifiers that stand in its passages."""
        return TermCounts.of_arrays(part_of(self.arrays, "names"))

    @property
    def titles(self) -> TermCounts:
        """What names its documents."""
        return TermCounts.of_arrays(part_of(self.arrays, "titles"))


def _part_arrays(
    documents: DocumentStore,
    near: NearPairs,
    named: tuple[TermCounts, TermCounts],
    statistics: Statistics,
    contents: PartContents,
) -> dict[str, NDArray[Any]]:
    """The arrays of a part; `named` are the names of its passages and of its documents."""
    parts: dict[str, Arrays] = {
        "columns": documents.columns.arrays,
        "near": near.arrays,
        "names": named[0].arrays,
        "titles": named[1].arrays,
        "statistics": statistics.arrays,
    }
    found = {f"{part}.{name}": array for part, arrays in parts.items() for name, array in arrays.items()}
    return found | {
        "heads": np.frombuffer(msgspec.json.encode(documents.heads), dtype=np.uint8),
        "contents": np.frombuffer(msgspec.json.encode(contents), dtype=np.uint8),
    }


def part_of_arrays(
    name: str, arrays: Arrays, read: ReadRecords, having: SlotsWith, taken: Sequence[Taken] = ()
) -> Part:
    """The part of that name that has these arrays."""
    contents = _CONTENTS.decode(arrays["contents"].tobytes())
    return Part(name, contents, PlacedDocuments(contents, arrays, read, having), arrays, tuple(taken))


def summed(parts: Sequence[Part]) -> Statistics:
    """The sums over the passages of the parts, one at least, that are in use."""
    return Statistics.summed([part.own for part in parts], [taken.statistics for part in parts for taken in part.taken])


def arrays_of_segment(found: Segment, placed: Sequence[Placed], made: str) -> dict[str, NDArray[Any]]:
    """The arrays of the part of a segment whose documents were `placed`."""
    named = found.names, found.titles
    return _part_arrays(found.documents, found.near, named, Statistics.of(found), PartContents(made, tuple(placed)))


def merged_arrays(parts: Sequence[Part], chosen: Sequence[tuple[int, int]], made: str) -> dict[str, NDArray[Any]]:
    """The arrays of one part of the `chosen` documents, in order: of each the part that has it, and its number there.

    What is not chosen was taken away from the statistics before.
    """
    joined = JoinedStore([part.documents for part in parts], chosen)
    placed = tuple(parts[part].contents.documents[number] for part, number in chosen)
    near = NearPairs.merged([part.near for part in parts], joined.rows, joined)
    names = TermCounts.merged([part.names for part in parts], joined.rows)
    titles = TermCounts.merged([part.titles for part in parts], joined.documents)
    return _part_arrays(joined, near, (names, titles), summed(parts), PartContents(made, placed))
