"""A segment on disk: an immutable folder that is named after its content.

`segment.json` says what the others must be, and the folder's name is its
SHA-256. `documents.jsonl` has the documents, each of which is checked whenever
it is read: what is shown is right. `arrays.safetensors` has all else, and is
read where it lies. Both are checked whole when they are opened for the first
time on a machine; `Seen` remembers what has been. There is no pickle anywhere.
"""

import hashlib
import json
import mmap
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from index.errors import IndexDamagedError, OutputError
from index.files import sha256_of, whole_file, whole_folder, write_whole
from index.library.manifest import rebuild
from index.model.arrays import Arrays, mapped, part_of, pieces
from index.model.store import Columns, DocumentHead, Record
from index.model.types import Document
from index.search.postings import TermCounts

if TYPE_CHECKING:
    from index.search.segment import Segment

SEGMENTS = "segments"
_CONTENTS, _DOCUMENTS, _ARRAYS = "segment.json", "documents.jsonl", "arrays.safetensors"
_SEEN = "seen.json"


@dataclass(frozen=True, slots=True)
class Kept:
    """A document of a segment: its id, the fingerprint of what it was read from, and where its record ends."""

    id: str
    fingerprint: str
    end: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Contents:
    """What a segment holds: `made` names the program, settings and encoders, then its documents and its files."""

    made: str
    documents: tuple[Kept, ...]
    files: dict[str, str]


# Made here and not where a type is first read: that may be in several threads at once, for which msgspec (0.22) is not
# made, and the process would end.
_RECORD_DECODER = msgspec.json.Decoder(Record)
_CONTENTS_DECODER = msgspec.json.Decoder(Contents)
_HEADS_DECODER = msgspec.json.Decoder(tuple[DocumentHead, ...])


class EncodedDocuments(ABC):
    """Documents that are kept encoded, one by one, with their columns and heads among the arrays of a segment."""

    def __init__(self, count: int, arrays: Arrays) -> None:
        self._count = count
        self._arrays = arrays
        self.columns = Columns.of_arrays(part_of(arrays, "columns"))

    def __len__(self) -> int:
        return self._count

    @cached_property
    def heads(self) -> tuple[DocumentHead, ...]:
        return _HEADS_DECODER.decode(self._arrays["heads"].tobytes())

    @cached_property
    def ids(self) -> tuple[str, ...]:
        return tuple(head.id for head in self.heads)

    def record(self, number: int) -> Record:
        return _RECORD_DECODER.decode(self.encoded(number))

    @abstractmethod
    def encoded(self, number: int) -> bytes:
        """The JSON of one document's record."""


class StoredDocuments(EncodedDocuments):
    """The documents of a segment, read from disk when they are asked for.

    Reading one raises IndexDamagedError where it is not what was written.
    """

    def __init__(self, index: Path, folder: Path, contents: Contents, arrays: Arrays) -> None:
        self._index = index
        self._path = folder / _DOCUMENTS
        super().__init__(len(contents.documents), arrays)
        self._contents = contents
        with self._path.open("rb") as file:
            self._records = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    @cached_property
    def ids(self) -> tuple[str, ...]:
        return tuple(kept.id for kept in self._contents.documents)

    @property
    def size(self) -> int:
        """The bytes that the documents take."""
        return len(self._records)

    def encoded(self, number: int) -> bytes:
        kept = self._contents.documents[number]
        start = self._contents.documents[number - 1].end if number else 0
        content = self._records[start : kept.end]
        if hashlib.sha256(content).hexdigest() != kept.sha256:
            raise _damaged(self._index, self._path, f"document {kept.id} is not what was written")
        return content

    def having(self, word: str) -> NDArray[np.integer[Any]]:
        inside, outside = self._postings
        rows = inside.rows[inside.postings(word)]
        return np.concatenate([self.columns.document[rows], outside.rows[outside.postings(word)]])

    @cached_property
    def _postings(self) -> tuple[TermCounts, TermCounts]:
        return (
            TermCounts.of_arrays(part_of(self._arrays, "words")),
            TermCounts.of_arrays(part_of(self._arrays, "outside")),
        )


@dataclass(frozen=True, eq=False)
class OpenedSegment:
    """A segment on disk, by its name."""

    name: str
    contents: Contents
    documents: StoredDocuments
    arrays: Arrays
    folder: Path

    def words(self) -> TermCounts:
        """The postings of its words, mapped once more: what is looked at of them leaves memory when they do."""
        return TermCounts.of_arrays(part_of(mapped(self.folder / _ARRAYS), "words"))

    @cached_property
    def segment(self) -> "Segment":
        from index.search.segment import Segment

        return Segment.of_arrays(self.documents, self.arrays)


def write_segment(index: Path, found: "Segment", made: str, fingerprints: Sequence[str]) -> str:
    """Write a segment whose documents have these fingerprints, unless it is there, and give its name.

    OutputError where it cannot be written.
    """
    kept: list[Kept] = []
    whole = hashlib.sha256()
    for number, (head, fingerprint) in enumerate(zip(found.documents.heads, fingerprints, strict=True)):
        content = found.documents.encoded(number)
        whole.update(content)
        end = (kept[-1].end if kept else 0) + len(content)
        kept.append(Kept(head.id, fingerprint, end, hashlib.sha256(content).hexdigest()))
    arrays = found.arrays
    hashes = {_DOCUMENTS: whole.hexdigest(), _ARRAYS: _sha256(pieces(arrays))}
    contents = msgspec.json.encode(Contents(made, tuple(kept), hashes))
    name = hashlib.sha256(contents).hexdigest()
    if not _is_whole(index, name):
        documents = map(found.documents.encoded, range(len(kept)))
        with whole_folder(index / SEGMENTS / name) as unfinished:
            for file, written in {_DOCUMENTS: documents, _ARRAYS: pieces(arrays), _CONTENTS: [contents]}.items():
                with whole_file(unfinished / file) as opened:
                    for piece in written:
                        opened.write(piece)
    return name


def _sha256(content: Iterable[bytes | memoryview]) -> str:
    digest = hashlib.sha256()
    for piece in content:
        digest.update(piece)
    return digest.hexdigest()


def _is_whole(index: Path, name: str) -> bool:
    """Whether that segment is there: one that is published is never moved."""
    try:
        check_segment(index, name)
    except (OSError, IndexDamagedError):
        return False
    return True


def open_segment(index: Path, name: str, seen: "Seen") -> OpenedSegment:
    """The segment of that name, checked as far as it has not been; IndexDamagedError, OSError where it is not whole."""
    folder = index / SEGMENTS / name
    content = (folder / _CONTENTS).read_bytes()
    if hashlib.sha256(content).hexdigest() != name:
        raise _damaged(index, folder / _CONTENTS, "its SHA-256 is not the name of its folder")
    contents = _CONTENTS_DECODER.decode(content)
    for file, sha256 in contents.files.items():
        seen.check(folder / file, sha256)
    arrays = mapped(folder / _ARRAYS)
    return OpenedSegment(name, contents, StoredDocuments(index, folder, contents, arrays), arrays, folder)


def whole_document(folder: Path, document: str, fingerprint: str) -> Document | None:
    """A document in a segment's folder that was read from a file of this fingerprint, as it was written; None of none.

    Of a segment that is damaged what is not: a document has a SHA-256 of its own.
    """
    start = 0
    for kept in _CONTENTS_DECODER.decode((folder / _CONTENTS).read_bytes()).documents:
        if (kept.id, kept.fingerprint) == (document, fingerprint):
            content = (folder / _DOCUMENTS).read_bytes()[start : kept.end]
            if hashlib.sha256(content).hexdigest() == kept.sha256:
                return _RECORD_DECODER.decode(content).document
        start = kept.end
    return None


def check_segment(index: Path, name: str) -> None:
    """Check every byte of a segment; IndexDamagedError names a file that is not what was written."""
    opened = open_segment(index, name, Seen(index, trusting=False))
    for number in range(len(opened.documents)):
        opened.documents.encoded(number)


def _damaged(index: Path, path: Path, what: str) -> IndexDamagedError:
    return IndexDamagedError(f"{path}: damaged, {what}. {rebuild(index)}")


class Seen:
    """Which files have been checked on this machine: as long as a file is the same file, it is not read again.

    A file is the same by its size, its time of writing and that of its last
    change of place, which a copy does not keep.
    """

    def __init__(self, index: Path, trusting: bool = True) -> None:
        self._index = index
        self._path = index / _SEEN
        self._known: dict[str, list[int]] = {}
        self._changed = False
        if trusting:
            with suppress(OSError, ValueError, TypeError, RecursionError):
                self._known = dict(json.loads(self._path.read_bytes()))

    def check(self, path: Path, sha256: str) -> None:
        """IndexDamagedError where the file is not that of this SHA-256."""
        found = path.stat()
        stamp = [found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino]
        if self._known.get(sha256) == stamp:
            return
        digest = sha256_of(path).hex()
        if digest != sha256:
            raise _damaged(
                self._index,
                path,
                f"its SHA-256 is {digest[:12]}…, {sha256[:12]}… was written ({found.st_size:,} bytes)",
            )
        self._known[sha256] = stamp
        self._changed = True

    def remember(self, contents: Sequence[Contents]) -> None:
        """Keep what was seen of these segments; where it cannot be written, they are checked again next time."""
        if self._changed:
            kept = {sha256 for one in contents for sha256 in one.files.values()}
            with suppress(OutputError):
                write_whole(self._path, json.dumps({s: stamp for s, stamp in self._known.items() if s in kept}))
