"""The documents of a folder and of a library as one collection, read only where they changed.

Apart from building (`index/library/build.py`), so that citing and checking start without what searches.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import DocumentError, IndexDamagedError, IndexMissingError, IndexOutdatedError
from index.library.draft import Draft, Refusal
from index.library.manifest import Entry, Manifest, recovered
from index.library.segment_files import OpenedSegment
from index.library.store import Opened, chosen, read_library
from index.model.collection import Collection
from index.model.store import JoinedStore
from index.model.types import Document
from index.readers.source import Source, document_paths, sources
from index.settings import Address, Location, Settings

if TYPE_CHECKING:
    from index.library.cluster.part import Part

# What is being done ("read" files, "encode" passages), how much of it is done, and how much there is.
Progress = Callable[[str, int, int], None]


def no_progress(stage: str, done: int, total: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class Published:
    """What is published at an index: the manifest, and the segments where they can be built on.

    A library on a cluster has `parts` in their place.
    """

    manifest: Manifest | None = None
    segments: tuple[OpenedSegment, ...] = ()
    parts: "tuple[Part, ...]" = ()

    @property
    def opened(self) -> Sequence[Opened]:
        """The segments or the parts."""
        return self.segments or self.parts

    @cached_property
    def _places(self) -> dict[str, tuple[int, int]]:
        ids = [entry.id for entry in self.manifest.documents] if self.manifest and self.opened else []
        return dict(zip(ids, chosen(self.opened, ids), strict=True))

    def document(self, document: str) -> Document | None:
        """The document of that id, None where it is not kept."""
        if document not in self._places:
            return None
        part, number = self._places[document]
        return self.opened[part].documents.record(number).document

    @classmethod
    def read(cls, index: Location) -> "Published":
        """What is published; IndexMissingError, IndexOutdatedError or IndexDamagedError where it cannot be used."""
        if isinstance(index, Address):
            from index.library.cluster.read import read_parts

            found, parts = read_parts(index)
            return cls(found, parts=tuple(parts))
        manifest, segments = read_library(index)
        return cls(manifest, tuple(segments))

    @classmethod
    def of(cls, index: Location) -> "Published":
        """What is published, as far as it can be used."""
        try:
            return cls.read(index)
        except (IndexMissingError, IndexOutdatedError, IndexDamagedError):
            return cls()


def read_collection(folder: Path, refused: list[Refusal] | None = None) -> Collection:
    """Read and parse every document in `folder`; of two files with the same content the first.

    Documents that cannot be read whole are left out and added to `refused`;
    without such a list, or where none can be read, they are a DocumentError
    that names them.
    """
    draft = Draft()
    take_folder(draft, folder, no_progress, refused)
    return Collection.of(draft.parsed[document] for document in draft.order)


def library_collection(settings: Settings, refused: list[Refusal] | None = None) -> Collection:
    """The documents of the folder as they are now, and those that the index holds from elsewhere.

    What did not change is as the index has it, read by whatever version of the
    program, as answers show it; no index is needed. One that cannot be used is an error where something was added or
    removed: a quotation of that would be said to stand nowhere. What cannot be
    read is `refused` as `read_collection` does.
    """
    published = _beside_the_folder(settings.index)
    manifest = published.manifest
    if manifest is None:
        return read_collection(settings.documents, refused)
    draft = Draft(manifest.documents, manifest.left_out)
    take_folder(draft, settings.documents, no_progress, refused)
    kept = [document for document in draft.order if document not in draft.parsed]
    places = dict(zip(kept, chosen(published.opened, kept), strict=True))
    read = [draft.parsed[document] for document in draft.order if document in draft.parsed]
    places |= {parsed.document.id: (len(published.opened), number) for number, parsed in enumerate(read)}
    stores = [*(opened.documents for opened in published.opened), Collection.of(read).store]
    return Collection(JoinedStore(stores, [places[document] for document in draft.order]))


def _beside_the_folder(index: Location) -> Published:
    """What is published; nothing where that is missing, or unusable but of the folder of documents alone."""
    try:
        return Published.read(index)
    except IndexMissingError:
        return Published()
    except (IndexOutdatedError, IndexDamagedError):
        known = recovered(index)
        if known is None or known[1] or not all(entry.in_folder for entry in known[0]):
            raise
        return Published()


def take_folder(
    draft: Draft, folder: Path, progress: Progress, refused: list[Refusal] | None, processes: int = 1
) -> None:
    """Make the draft hold exactly the documents of `folder`, and those that were added from elsewhere.

    Of what is refused, the draft keeps what it had of that file before. So many `processes` read.
    """
    found, odd = folder_sources(folder, draft.entries.values())
    draft.changes.refused += odd
    take_all(draft, found, folder, progress, processes)
    left = draft.changes.refused
    if left and (refused is None or not draft.entries):
        more = f" (and {len(left) - 10} more)" if len(left) > 10 else ""
        raise DocumentError("\n".join(refusal.reason for refusal in left[:10]) + more)
    if refused is not None:
        refused += left
    for entry in [entry for entry in draft.entries.values() if entry.in_folder and entry.id not in draft.seen]:
        draft.drop(entry)


def folder_sources(folder: Path, entries: Iterable[Entry]) -> tuple[list[Source], list[Refusal]]:
    """The documents of the folder, and the files refused; it may be empty only where others were added."""
    try:
        return sources_of(document_paths(folder))
    except DocumentError:
        if all(entry.in_folder for entry in entries):
            raise
        return [], []


def take_all(
    draft: Draft, found: Sequence[Source], folder: Path | None, progress: Progress, processes: int = 1
) -> None:
    """Take what can be taken, read by so many processes; what cannot is refused by name."""
    from index.library.reading import Reading

    with Reading(draft, folder, processes) as reading:
        for done in reading.each(found):
            progress("read", done, len(found))


def sources_of(paths: Sequence[Path]) -> tuple[list[Source], list[Refusal]]:
    """The documents of files, of folders and of zip files, and the files refused."""
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
