"""Keep a library on disk so that it is either whole and opened, or refused.

A folder holds `manifest.json` and, in `segments`, an immutable folder a
segment. What is added is written as a new segment first; one rename then puts
the new manifest in place, so a reader sees the old library or the new one and
never a mixture. A segment that was finished before a command broke off is
there when it is run again.
"""

import logging
import shutil
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import msgspec

from index.errors import (
    IndexDamagedError,
    IndexOutdatedError,
    IndexWriteError,
    OutputError,
    WoordelijkError,
)
from index.files import write_whole
from index.language.analyser import ANALYSER
from index.library.manifest import COPY, MANIFEST, Manifest, read_manifest, rebuild
from index.library.segment_files import SEGMENTS, OpenedSegment, Seen, check_segment, open_segment, whole_document
from index.model.store import DocumentStore
from index.model.types import Document
from index.settings import Address, Location

# How often a reader begins again when a writer takes the files away under it.
_ATTEMPTS = 5
# Seconds that a writer waits for another before it says so.
_PATIENCE = 1.0
# What older formats kept beside the manifest.
_OLDER = ("build-*", "pending")
# Where a command keeps what it read until it is done.
READ = "read"
_LOG = logging.getLogger(__name__)


@dataclass
class Right:
    """The right to change a library; `published` are the names of its segments, None as long as these are not known."""

    published: Collection[str] | None = None


@contextmanager
def writing(index: Location) -> Iterator[Right]:
    """The right to change the library at `index`; a folder is made where it is missing.

    One writer at a time, readers always: a second waits for the first, and
    says so. What an interrupted writer has not finished is removed; its
    finished segments stay until somebody else is done, and knows what is published.
    """
    right = Right()
    if isinstance(index, Address):
        from index.library.cluster.read import right_to_write

        with right_to_write(index):
            yield right
        return
    from filelock import FileLock, Timeout

    lock = FileLock(index / ".lock")
    try:
        index.mkdir(parents=True, exist_ok=True)
        try:
            lock.acquire(timeout=_PATIENCE)
        except Timeout:
            _LOG.info("%s: another command is changing it; waiting until that one is done.", index)
            lock.acquire()
    except FileExistsError as error:
        raise IndexWriteError(f"{index}: is a file, and an index is a folder. Name a folder with --index.") from error
    except OSError as error:
        raise IndexWriteError(
            f"{index}: cannot be written ({error.strerror}). Name another folder with --index."
        ) from error
    try:
        _remove((*index.glob(".*.unfinished"), *(index / SEGMENTS).glob(".*.unfinished")))
        yield right
        if right.published is not None:
            _clear_away(index, right.published)
    finally:
        lock.release()


def _clear_away(index: Path, published: Collection[str]) -> None:
    """Remove every segment that is not `published`, what was read for them, and what older formats left."""
    _remove(folder for folder in (index / SEGMENTS).glob("*") if folder.name not in published)
    _remove(path for pattern in (*_OLDER, READ) for path in index.glob(pattern))


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def publish(index: Path, manifest: Manifest) -> None:
    """Put `manifest` in place by one rename; its segments are on disk. OutputError where it cannot be written."""
    content = msgspec.json.format(msgspec.json.encode(manifest.sealed()), indent=1)
    write_whole(index / MANIFEST, content)
    # It is published; the copy may be an older one.
    with suppress(OutputError):
        write_whole(index / COPY, content)


def salvaged(index: Path, document: str, fingerprint: str) -> Document | None:
    """A document that any segment still has whole, read from a file of this fingerprint; None where none has.

    For building anew: what is damaged costs only the documents that it stands in.
    """
    for path in (index / SEGMENTS).glob("[!.]*"):
        with suppress(OSError, msgspec.MsgspecError, UnicodeDecodeError):
            if (found := whole_document(path, document, fingerprint)) is not None:
                return found
    return None


def finished_segments(index: Path, made: str, published: Collection[str]) -> list[OpenedSegment]:
    """The segments that were made so, whole, and are not those `published`; only while `writing`."""
    found = []
    for folder in sorted((index / SEGMENTS).glob("[!.]*")):
        try:
            opened = None if folder.name in published else open_segment(index, folder.name, Seen(index))
        except (OSError, WoordelijkError, msgspec.MsgspecError):
            continue  # a failing disk cut it short: it is made again
        if opened is not None and opened.contents.made == made:
            found.append(opened)
    return found


def read_library(index: Path) -> tuple[Manifest, list[OpenedSegment]]:
    """The manifest of the library in folder `index` and its segments, checked as far as they have not been.

    Raises IndexMissingError, IndexOutdatedError (another format or analyser)
    or IndexDamagedError (a file missing, cut short or changed), naming what
    was found and expected.
    """
    for attempt in range(_ATTEMPTS):
        manifest = read_manifest(index)
        try:
            return manifest, _read_segments(index, manifest)
        except IndexDamagedError:
            # A writer that finished meanwhile has taken the files away: read what it published.
            if attempt == _ATTEMPTS - 1 or read_manifest(index) == manifest:
                raise
    raise AssertionError("the last attempt returns or raises")


def _read_segments(index: Path, manifest: Manifest) -> list[OpenedSegment]:
    check_analyser(index, manifest)
    seen = Seen(index)
    try:
        opened = [open_segment(index, name, seen) for name in manifest.segments]
    except OSError as error:
        raise IndexDamagedError(
            f"{error.filename or index}: cannot be read ({error.strerror}), though the manifest lists it. "
            f"{rebuild(index)}"
        ) from error
    seen.remember([segment.contents for segment in opened])
    return opened


def check_analyser(index: Location, manifest: Manifest) -> None:
    """IndexOutdatedError where the words of the library were read by another analyser than this one."""
    if manifest.analyser != ANALYSER:
        raise IndexOutdatedError(
            f"{index}: built with analyser {manifest.analyser!r}, this version of Woordelijk searches with "
            f"{ANALYSER!r}. {rebuild(index)}"
        )


class HasId(Protocol):
    """A document by its id."""

    @property
    def id(self) -> str: ...


class HasDocuments(Protocol):
    """What a segment holds, in a folder or on a cluster."""

    @property
    def documents(self) -> Sequence[HasId]: ...


class Opened(Protocol):
    """A segment of a library that was opened, in a folder or on a cluster."""

    @property
    def contents(self) -> HasDocuments: ...

    @property
    def documents(self) -> DocumentStore: ...


def chosen(opened: Sequence[Opened], documents: Iterable[str]) -> list[tuple[int, int]]:
    """For each of these ids the last segment that has it, and its number there; KeyError where none has."""
    places = {
        document.id: (number, place)
        for number, segment in enumerate(opened)
        for place, document in enumerate(segment.contents.documents)
    }
    return [places[document] for document in documents]


def check_files(index: Location) -> Manifest:
    """Read every byte of the library at `index`; IndexDamagedError names a file that is not what was written."""
    if isinstance(index, Address):
        from index.library.cluster.read import check_library

        return check_library(index)
    manifest = read_manifest(index)
    for name in manifest.segments:
        try:
            check_segment(index, name)
        except OSError as error:
            raise IndexDamagedError(
                f"{error.filename or index}: cannot be read ({error.strerror}). {rebuild(index)}"
            ) from error
    return manifest
