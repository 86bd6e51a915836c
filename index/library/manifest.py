"""The manifest of a library: what it was built from and with, written last and checked first."""

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from index.errors import IndexDamagedError, IndexMissingError, IndexOutdatedError
from index.model.doubts import Doubt
from index.settings import Address, Location, Settings

# Raise when the files or their meaning change: older indexes are then refused.
FORMAT = 13

MANIFEST = "manifest.json"
# The same once more: who was added and left out is known nowhere else, and outlives a damaged manifest.
COPY = "manifest.copy.json"


@dataclass(frozen=True, slots=True)
class Entry:
    """One document of the library, and where it came from.

    `source` is its path: within the folder of documents where it was found
    there (`in_folder`), absolute where it was added from elsewhere; `member`
    its place in a zip file, "" for a file by itself.
    `fingerprint` is of all that its reading depends on: the file's bytes and
    what stands beside it. `date` is as the document states it, "" where it
    does not; `doubts` are what a person should look at.
    """

    id: str
    file: str
    source: str
    member: str
    in_folder: bool
    fingerprint: str
    title: str
    kind: str
    date: str
    questions: int
    passages: int
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class StoredList:
    """One list over so many passages, kept in one way: `kind`, and its bytes on disk.

    Segments choose by their size (`index/search/dense.py`), so a library may have the same list in two ways.
    """

    name: str
    kind: str
    passages: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an index was built from and with. Written last, checked first.

    `segments` are the names of its segments, oldest first: a document stands
    in the last of them that has it. What else they have was removed or
    replaced. `documents` are in the order of the collection. `checksum` is the
    SHA-256 of the manifest with an empty checksum. `code` is the fingerprint of
    the program that read the documents. `left_out` are the ids of documents of
    the folder that a person removed. `lists` are what the segments have, by
    kind; none of a library on a cluster.
    """

    format: int
    analyser: str
    encoder: str
    encoder_fingerprint: str
    word_encoder_fingerprint: str
    settings: tuple[tuple[str, str], ...]
    versions: tuple[tuple[str, str], ...]
    code: str
    segments: tuple[str, ...]
    documents: tuple[Entry, ...]
    left_out: tuple[str, ...]
    passages: int
    lists: tuple[StoredList, ...] = ()
    checksum: str = ""

    @property
    def encoder_fingerprints(self) -> tuple[str, str]:
        """Those of the encoder of passages and of the one of words."""
        return self.encoder_fingerprint, self.word_encoder_fingerprint

    def sealed(self) -> "Manifest":
        """This manifest with its checksum filled in."""
        return replace(self, checksum=self._digest())

    def is_intact(self) -> bool:
        """Whether the checksum is that of the rest."""
        return self.checksum == self._digest()

    def _digest(self) -> str:
        return hashlib.sha256(msgspec.json.encode(replace(self, checksum=""))).hexdigest()


@dataclass(frozen=True, slots=True)
class _Version:
    """What is asked of a manifest first: an older one has other fields."""

    format: Any = None


def rebuild(index: Location) -> str:
    """The sentence that says how to build the index at `index` again."""
    where = "" if index == Settings().index else f" --index {index}"
    return f"Rebuild it with 'python -m index build{where}'."


# Once, before there are threads (see `index/library/segment_files.py`).
_DECODER = msgspec.json.Decoder(Manifest)
_VERSION_DECODER = msgspec.json.Decoder(_Version)


def published_at(index: Location) -> tuple[Any, ...] | None:
    """What changes whenever a library is published; None where there is none, or a cluster does not say."""
    if isinstance(index, Address):
        from index.library.cluster.read import published_version

        return published_version(index)
    try:
        found = (index / MANIFEST).stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns


def read_manifest(index: Location) -> Manifest:
    """The manifest of the index at `index`, checked.

    Raises IndexMissingError, IndexOutdatedError or IndexDamagedError.
    """
    if isinstance(index, Address):
        from index.library.cluster.read import published_manifest

        return published_manifest(index)
    path = index / MANIFEST
    if index.exists() and not index.is_dir():
        raise IndexMissingError(f"{index}: is a file, and an index is a folder. Name its folder with --index.")
    if not path.is_file():
        if (index / COPY).is_file():
            raise IndexDamagedError(f"{path}: is gone, though its copy is there. {rebuild(index)}")
        raise IndexMissingError(f"{index}: no index found there. {rebuild(index)}")
    try:
        content = path.read_bytes()
    except OSError as error:
        raise IndexDamagedError(f"{path}: cannot be read ({error.strerror}). {rebuild(index)}") from error
    return decoded(index, path, content)


def decoded(index: Location, path: Location, content: bytes) -> Manifest:
    """The manifest in `content`, which stood at `path`, checked; IndexOutdatedError or IndexDamagedError."""
    try:
        version = _version(content)
        if version != FORMAT:
            raise IndexOutdatedError(
                f"{path}: the index has format {version!r}, this version of Woordelijk reads format {FORMAT}. "
                f"{rebuild(index)}"
            )
        manifest = _DECODER.decode(content)
    except msgspec.ValidationError as error:
        raise IndexDamagedError(f"{path}: not a manifest of format {FORMAT} ({error}). {rebuild(index)}") from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise IndexDamagedError(f"{path}: not a manifest ({error}). {rebuild(index)}") from error
    if not manifest.is_intact():
        raise IndexDamagedError(
            f"{path}: its checksum is {manifest.checksum[:12]}…, its content gives "
            f"{manifest.sealed().checksum[:12]}…. {rebuild(index)}"
        )
    return manifest


def _version(content: bytes) -> Any:
    """The format that JSON names; None where it is no object, or names none."""
    try:
        return _VERSION_DECODER.decode(content).format
    except msgspec.ValidationError:
        return None


def recovered(index: Location) -> tuple[tuple[Entry, ...], tuple[str, ...]] | None:
    """The documents of the library and the ids left out, also of an index that cannot be opened; None of none.

    For building anew: what a person added or removed outlives a new format and damage to any file. Of the
    manifest and its copy the one that is intact is taken, else what can be read of either.
    """
    contents = list(_contents(index))
    for content in sorted(contents, key=lambda content: _is_damaged(index, content)):
        with suppress(msgspec.MsgspecError, UnicodeDecodeError, RecursionError, KeyError, TypeError):
            found = msgspec.json.decode(content)
            # What a person should look at is found again with the documents, and was text before.
            entries = [{**entry, "doubts": ()} for entry in found["documents"]]
            return msgspec.convert((entries, found["left_out"]), tuple[tuple[Entry, ...], tuple[str, ...]])
    return None


def _is_damaged(index: Location, content: bytes) -> bool:
    try:
        decoded(index, index, content)
    except (IndexDamagedError, IndexOutdatedError) as error:
        return isinstance(error, IndexDamagedError)
    return False


def _contents(index: Location) -> Iterator[bytes]:
    """The manifest as it is written, then its copy, where they can be read."""
    if isinstance(index, Address):
        from index.library.cluster.read import manifest_content

        yield manifest_content(index)
        return
    for name in (MANIFEST, COPY):
        with suppress(OSError):
            yield (index / name).read_bytes()
