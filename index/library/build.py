"""Build and change the index of a library; `index/library/open.py` opens it again for searching."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path

import numpy as np

from index.encoders.encoder import Encoded, Encoders
from index.errors import (
    DocumentError,
    IndexDamagedError,
    IndexMissingError,
    IndexOutdatedError,
)
from index.language.analyser import ANALYSER
from index.library.draft import Changes, Draft, Refusal, code_fingerprint, find_entry
from index.library.manifest import FORMAT, Entry, Manifest, read_manifest, recovered
from index.library.open import build_settings, check_settings, checked_encoders, load_encoders, open_index
from index.library.pending import PendingVectors
from index.library.store import new_build_folder, publish, read_index, stored_files, write_files, writing
from index.model.collection import Collection
from index.model.types import Parsed
from index.readers.received import Received, receive
from index.readers.source import Source, document_paths, sources
from index.search.search_index import SearchIndex
from index.search.segment import merged, segment
from index.settings import SHIPPED_ENCODER, Settings, encoder_location, encoder_name

# What is being done ("read", "encode"), how much of it is done, and how much there is.
Progress = Callable[[str, int, int], None]

# Libraries that decide what stands in the files.
_LIBRARIES = ("numpy", "PyStemmer")
_PENDING = "pending"


def no_progress(stage: str, done: int, total: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class Published:
    """What is published in a folder of an index: the manifest, and the index where it can be built on."""

    manifest: Manifest | None = None
    index: SearchIndex | None = None


def read_collection(folder: Path, refused: list[Refusal] | None = None) -> Collection:
    """Read and parse every document in `folder`; of two files with the same content the first.

    Documents that cannot be read whole are left out and added to `refused`;
    without such a list, or where none can be read, they are a DocumentError
    that names them.
    """
    draft = Draft()
    _take_folder(draft, folder, no_progress, refused)
    return Collection.of(draft.parsed[document] for document in draft.order)


def library_collection(settings: Settings, refused: list[Refusal] | None = None) -> Collection:
    """The documents of the folder as they are now, and those that the index holds from elsewhere.

    What did not change is taken from the index, where there is a usable one;
    none is needed. What cannot be read is `refused` as `read_collection` does.
    """
    published = _published(settings.index)
    manifest, index = published.manifest, published.index
    if manifest is None or index is None:
        return read_collection(settings.documents, refused)
    stale = manifest.code != code_fingerprint()
    draft = Draft(manifest.documents, manifest.left_out, stale)
    _take_folder(draft, settings.documents, no_progress, refused)
    draft.refresh(index.collection.documents)
    kept = index.collection
    return Collection.of(
        draft.parsed.get(document) or Parsed(kept.document(document), kept.units_of(document))
        for document in draft.order
    )


def _take_folder(draft: Draft, folder: Path, progress: Progress, refused: list[Refusal] | None) -> None:
    """Make the draft hold exactly the documents of `folder`, and those that were added from elsewhere.

    Of what is refused, the draft keeps what it had of that file before.
    """
    found, odd = _folder_sources(folder, draft.entries.values())
    draft.changes.refused += odd
    _take_all(draft, found, folder, progress)
    left = draft.changes.refused
    if left and (refused is None or not draft.entries):
        more = f" (and {len(left) - 10} more)" if len(left) > 10 else ""
        raise DocumentError("\n".join(refusal.reason for refusal in left[:10]) + more)
    if refused is not None:
        refused += left
    for entry in [entry for entry in draft.entries.values() if entry.in_folder and entry.id not in draft.seen]:
        draft.drop(entry)


def _folder_sources(folder: Path, entries: Iterable[Entry]) -> tuple[list[Source], list[Refusal]]:
    """The documents of the folder, and the files refused; it may be empty only where others were added."""
    try:
        return _sources_of(document_paths(folder))
    except DocumentError:
        if all(entry.in_folder for entry in entries):
            raise
        return [], []


def _take_all(draft: Draft, found: Sequence[Source], folder: Path | None, progress: Progress) -> None:
    """Take what can be taken; what cannot is refused by name."""
    for number, source in enumerate(found, start=1):
        try:
            draft.take(source, folder)
        except DocumentError as error:
            draft.changes.refused.append(Refusal(source.name, str(error)))
            draft.keep(source, folder)
        progress("read", number, len(found))


def build_index(
    settings: Settings,
    progress: Progress = no_progress,
    *,
    folder_only: bool = False,
    keep_left_out: bool = False,
    refused: list[Refusal] | None = None,
) -> Manifest:
    """Make the index that of the folder of documents, and of what was added to the library from elsewhere.

    Only documents that are new or changed are read and encoded. The index is
    built beside the old one and swapped in by one rename: whatever goes wrong
    before leaves it as it was. Equal documents, settings and versions give
    equal files. `folder_only` leaves out what was added, `keep_left_out` what
    was removed from the library but is still in the folder.
    """
    name = encoder_name(settings.encoder or SHIPPED_ENCODER)
    encoders = load_encoders(encoder_location(name))
    with writing(settings.index):
        published = _published(settings.index)
        usable = _can_be_built_on(published, encoders)
        entries, left_out = recovered(settings.index)
        draft = Draft(entries, left_out if keep_left_out else (), stale=not usable)
        for entry in entries:
            if folder_only and not entry.in_folder:
                draft.drop(entry)
        _take_folder(draft, settings.documents, progress, refused)
        if usable and published.manifest and not draft.changes and draft.left_out == set(left_out):
            return published.manifest
        return _publish(settings, draft, published, name, encoders, progress)


def add_documents(settings: Settings, paths: Sequence[Path], progress: Progress = no_progress) -> Changes:
    """Add files, or all documents of folders and zip files, to the library.

    What cannot be read whole is refused, by name, in the changes; the rest is
    added. A library that is not there begins with these documents.

    Raises IndexOutdatedError or IndexDamagedError where the index cannot be
    added to.
    """
    with writing(settings.index):
        draft, published, name, encoders = _drafted(settings)
        found, refused = _sources_of(paths)
        draft.changes.refused += refused
        _take_all(draft, found, None, progress)
        if draft.changes:
            _publish(settings, draft, published, name, encoders(), progress)
    return draft.changes


def _sources_of(paths: Sequence[Path]) -> tuple[list[Source], list[Refusal]]:
    found: list[Source] = []
    refused = []
    for path in paths:
        try:
            files = document_paths(path) if path.is_dir() else (path,)
        except DocumentError as error:
            refused.append(Refusal(str(path), str(error)))
            continue
        for file in files:
            try:
                found += sources(file)
            except DocumentError as error:
                refused.append(Refusal(str(file), str(error)))
    return found, refused


def remove_documents(settings: Settings, names: Sequence[str]) -> Changes:
    """Remove the documents of these ids, file names or paths from the library; the files stay.

    One that was found in the folder of documents stays out until it is added
    again or all is built anew. Raises DocumentError, and removes nothing,
    where a name is not that of one document, or no document would be left.
    """
    with writing(settings.index):
        read_manifest(settings.index)
        draft, published, name, encoders = _drafted(settings)
        chosen = {entry.id: entry for entry in (find_entry(list(draft.entries.values()), n) for n in names)}
        if len(chosen) == len(draft.entries):
            raise DocumentError(
                f"{settings.index}: no document would be left. Add another first with 'python -m index add PATH'."
            )
        for entry in chosen.values():
            draft.drop(entry)
            if entry.in_folder:
                draft.left_out.add(entry.id)
        if draft.changes:
            _publish(settings, draft, published, name, encoders(), no_progress)
    return draft.changes


def _drafted(settings: Settings) -> tuple[Draft, Published, str, Callable[[], Encoders]]:
    """A draft that begins with what is published, its encoder's name, and how to load it."""
    try:
        manifest = read_manifest(settings.index)
    except IndexMissingError:
        name = encoder_name(settings.encoder or SHIPPED_ENCODER)
        return Draft(), Published(), name, partial(load_encoders, encoder_location(name))
    check_settings(settings, manifest)

    def encoders() -> Encoders:
        return checked_encoders(settings.index, manifest)

    stale = manifest.code != code_fingerprint() or manifest.versions != _versions()
    draft = Draft(manifest.documents, manifest.left_out, stale)
    return draft, Published(manifest), manifest.encoder, encoders


def _published(index: Path) -> Published:
    """What is published, as far as it can be used."""
    try:
        return Published(*read_index(index, ANALYSER))
    except (IndexMissingError, IndexOutdatedError, IndexDamagedError):
        return Published()


def _can_be_built_on(published: Published, encoders: Encoders) -> bool:
    manifest = published.manifest
    return manifest is not None and (
        manifest.code,
        manifest.settings,
        manifest.versions,
        _encoder_fingerprints(manifest),
    ) == (
        code_fingerprint(),
        build_settings(),
        _versions(),
        (encoders.passages.fingerprint, encoders.words.fingerprint),
    )


def _encoder_fingerprints(manifest: Manifest) -> tuple[str, str]:
    return manifest.encoder_fingerprint, manifest.word_encoder_fingerprint


def _publish(
    settings: Settings, draft: Draft, published: Published, name: str, encoders: Encoders, progress: Progress
) -> Manifest:
    """Index what was read, merge it with what is kept, and put the result in place."""
    index = published.index
    if index is None and published.manifest is not None:
        index = read_index(settings.index, ANALYSER)[1]
    draft.refresh(index.collection.documents if index else ())
    pending = PendingVectors(settings.index / _PENDING, encoders.passages)
    same_encoder = published.manifest is not None and _encoder_fingerprints(published.manifest) == (
        encoders.passages.fingerprint,
        encoders.words.fingerprint,
    )
    known = index if same_encoder else None
    vectors = _Vectors(pending, known)
    parts = [index.segment] if index and draft.parsed.keys() != draft.entries.keys() else []
    for number, (document, parsed) in enumerate(draft.parsed.items(), start=1):
        collection = Collection.of([parsed])
        parts.append(segment(collection, encoders, partial(vectors.encode, document)))
        progress("encode", number, len(draft.parsed))
    whole = SearchIndex.of(merged(parts, draft.order), encoders.words, known.related if known else None)
    folder = new_build_folder(settings.index)
    write_files(folder, whole)
    manifest = Manifest(
        format=FORMAT,
        build=folder.name,
        analyser=ANALYSER,
        encoder=name,
        encoder_fingerprint=encoders.passages.fingerprint,
        word_encoder_fingerprint=encoders.words.fingerprint,
        settings=build_settings(),
        versions=_versions(),
        code=code_fingerprint(),
        documents=tuple(draft.entries[document] for document in draft.order),
        left_out=tuple(sorted(draft.left_out)),
        passages=len(whole.collection.passages),
        files=stored_files(folder),
    )
    publish(settings.index, manifest)
    pending.clear()
    return manifest


class _Vectors:
    """The vectors of passages: from the published index, as far as they were kept, or made."""

    def __init__(self, pending: PendingVectors, index: SearchIndex | None) -> None:
        self._pending = pending
        self._index = index

    def encode(self, document: str, texts: Sequence[str]) -> Encoded:
        """The vectors of a document's passages; those of the index where it has the same texts."""
        if self._index is not None and document in self._index.collection.document_ids:
            collection = self._index.collection
            places = np.flatnonzero(collection.facets.in_documents((document,)))
            if [collection.text(collection.passages[place]) for place in places] == list(texts):
                return Encoded(self._index.vectors.rows[places], self._index.tokens.tokens.chosen(places))
        return self._pending.encode_passages(texts)


def _received(source: Source) -> Received | None:
    """The file of `source`; None where it cannot be had, which is said when it is to be read."""
    try:
        return receive(source)
    except DocumentError:
        return None


def _versions() -> tuple[tuple[str, str], ...]:
    return tuple((library, version(library)) for library in _LIBRARIES)


def reason_to_build(settings: Settings) -> str | None:
    """Why there is no usable index of the documents, None where there is one."""
    try:
        open_index(settings)
    except (IndexMissingError, IndexOutdatedError, IndexDamagedError) as error:
        return str(error)
    manifest = read_manifest(settings.index)
    if manifest.code != code_fingerprint():
        return f"{settings.index}: built by another version of Woordelijk."
    offered = {
        (received.document, received.fingerprint)
        for source in _folder_sources(settings.documents, manifest.documents)[0]
        if (received := _received(source))
    }
    held = {entry.id: entry for entry in manifest.documents}
    new = any(document not in held and document not in manifest.left_out for document, _ in offered)
    old = any(entry.in_folder and (entry.id, entry.fingerprint) not in offered for entry in manifest.documents)
    return f"{settings.documents}: the documents have changed." if new or old else None
