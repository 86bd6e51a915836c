"""Keep an index on disk so that it is either whole and opened, or refused.

A folder holds `manifest.json` and, in one sub-folder a build, plain arrays and
JSON. A build writes its sub-folder first; one rename then puts the new
manifest in place, so a reader sees the old index or the new one and never a
mixture. Opening checks the manifest's own checksum, then every file's. There
is no pickle anywhere.
"""

import hashlib
import logging
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import numpy as np

from index.encoders.token_vectors import TokenVectors
from index.errors import IndexDamagedError, IndexMissingError, IndexOutdatedError, IndexWriteError, WoordelijkError
from index.language.span import Span
from index.library.manifest import MANIFEST, Manifest, StoredFile, read_manifest, rebuild
from index.model.arrays import mapped
from index.model.collection import Collection
from index.model.types import Document, Passage, Unit
from index.search.bm25 import LexicalIndex
from index.search.dense import DenseIndex
from index.search.late_interaction import LateInteraction
from index.search.related_words import RelatedWordsIndex
from index.search.search_index import SearchIndex

# How often a reader begins again when a build takes the files away under it.
_ATTEMPTS = 5
# Seconds that a writer waits for another before it says so.
_PATIENCE = 1.0
_LOG = logging.getLogger(__name__)


def write_files(folder: Path, index: SearchIndex) -> None:
    """Write the files of one build, all but the manifest, to `folder`, which must be empty."""
    for name, values in (
        ("documents", index.collection.documents),
        ("units", index.collection.units),
        ("passages", index.collection.passages),
        ("sentences", index.sentences),
    ):
        (folder / f"{name}.json").write_bytes(msgspec.json.encode(values))
    index.terms.save(folder / "terms")
    index.related.save(folder / "related_words")
    index.sentence_ngrams.save(folder / "sentence_ngrams")
    index.vectors.save(folder / "vectors.npy")
    index.tokens.tokens.save(folder / "tokens")
    np.save(folder / "sentence_vectors.npy", index.sentence_vectors, allow_pickle=False)


def stored_files(folder: Path) -> tuple[StoredFile, ...]:
    """Every file below `folder` with its checksum, by path."""
    return tuple(
        StoredFile(path.relative_to(folder).as_posix(), path.stat().st_size, _sha256(path))
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    )


@contextmanager
def writing(index: Path) -> Iterator[None]:
    """The right to change the index in folder `index`, which is made where it is missing.

    One writer at a time, readers always: a second waits for the first, and
    says so. What an interrupted writer left behind is removed.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(index / ".lock")
    try:
        index.mkdir(parents=True, exist_ok=True)
        try:
            lock.acquire(timeout=_PATIENCE)
        except Timeout:
            _LOG.info("%s: another command is changing it; waiting until that one is done.", index)
            lock.acquire()
    except OSError as error:
        raise IndexWriteError(
            f"{index}: cannot be written ({error.strerror}). Name another folder with --index."
        ) from error
    try:
        _clear_away(index)
        yield
    finally:
        _clear_away(index)
        lock.release()


def new_build_folder(index: Path) -> Path:
    """A new empty folder for a build's files, inside the index folder; only while `writing`."""
    folder = index / f"build-{max(_builds(index), default=0) + 1}"
    folder.mkdir()
    return folder


def publish(index: Path, manifest: Manifest) -> None:
    """Put `manifest` in place by one rename, once all its files are safely on disk."""
    for file in manifest.files:
        _flush(index / manifest.build / file.path)
    unfinished = index / f".{manifest.build}.{MANIFEST}"
    unfinished.write_bytes(msgspec.json.format(msgspec.json.encode(manifest.sealed()), indent=1))
    _flush(unfinished)
    unfinished.replace(index / MANIFEST)


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _clear_away(index: Path) -> None:
    """Remove every build but the published one, and manifests that were never put in place."""
    for unfinished in index.glob(f".build-*.{MANIFEST}"):
        unfinished.unlink(missing_ok=True)
    try:
        published = read_manifest(index).build
    except IndexMissingError:
        published = ""
    except WoordelijkError:
        return  # an older or damaged manifest: leave what it may need
    for folder in _builds(index).values():
        if folder.name != published:
            shutil.rmtree(folder, ignore_errors=True)


def _builds(index: Path) -> dict[int, Path]:
    """The folders of builds by their number."""
    return {int(path.name[6:]): path for path in index.glob("build-*") if re.fullmatch(r"build-\d{1,9}", path.name)}


def read_index(index: Path, analyser: str) -> tuple[Manifest, SearchIndex]:
    """The manifest and contents of the index in folder `index`, after checking every file of it.

    Raises IndexMissingError, IndexOutdatedError (another format or analyser)
    or IndexDamagedError (a file missing, cut short or changed), naming what
    was found and expected.
    """
    for attempt in range(_ATTEMPTS):
        manifest = read_manifest(index)
        try:
            return manifest, _read_build(index, manifest, analyser)
        except IndexDamagedError:
            # A build that finished meanwhile has taken the files away: read that one.
            if attempt == _ATTEMPTS - 1 or read_manifest(index) == manifest:
                raise
    raise AssertionError("the last attempt returns or raises")


def _read_build(index: Path, manifest: Manifest, analyser: str) -> SearchIndex:
    if manifest.analyser != analyser:
        raise IndexOutdatedError(
            f"{index}: built with analyser {manifest.analyser!r}, this version of Woordelijk searches with "
            f"{analyser!r}. {rebuild(index)}"
        )
    folder = index / manifest.build
    try:
        for file in manifest.files:
            _check(index, folder / file.path, file)
        return _load(folder)
    except OSError as error:
        raise IndexDamagedError(
            f"{error.filename or folder}: cannot be read ({error.strerror}). {rebuild(index)}"
        ) from error


def _load(folder: Path) -> SearchIndex:
    collection = Collection(
        msgspec.json.decode((folder / "documents.json").read_bytes(), type=tuple[Document, ...]),
        msgspec.json.decode((folder / "units.json").read_bytes(), type=tuple[Unit, ...]),
        msgspec.json.decode((folder / "passages.json").read_bytes(), type=tuple[Passage, ...]),
    )
    return SearchIndex(
        collection=collection,
        terms=LexicalIndex.load(folder / "terms"),
        related=RelatedWordsIndex.load(folder / "related_words"),
        vectors=DenseIndex.load(folder / "vectors.npy"),
        tokens=LateInteraction(TokenVectors.load(folder / "tokens")),
        sentences=msgspec.json.decode((folder / "sentences.json").read_bytes(), type=tuple[tuple[Span, ...], ...]),
        sentence_ngrams=LexicalIndex.load(folder / "sentence_ngrams"),
        sentence_vectors=mapped(folder / "sentence_vectors.npy"),
    )


def _check(index: Path, path: Path, expected: StoredFile) -> None:
    if not path.is_file():
        raise IndexDamagedError(f"{path}: missing, though the manifest lists it. {rebuild(index)}")
    size = path.stat().st_size
    if size != expected.bytes:
        raise IndexDamagedError(f"{path}: has {size:,} bytes, the manifest says {expected.bytes:,}. {rebuild(index)}")
    digest = _sha256(path)
    if digest != expected.sha256:
        raise IndexDamagedError(
            f"{path}: its SHA-256 is {digest[:12]}…, the manifest says {expected.sha256[:12]}…. {rebuild(index)}"
        )


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
