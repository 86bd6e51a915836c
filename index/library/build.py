"""Build and change a library; `index/library/open.py` opens it again for searching."""

import hashlib
import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

import msgspec
import numpy as np
import Stemmer

from index.encoders.encoder import Encoded, EncoderPair
from index.errors import DocumentError, IndexDamagedError, IndexMissingError, IndexOutdatedError, OutputError
from index.language.analyser import ANALYSER
from index.library.collect import (
    Progress,
    Published,
    folder_sources,
    no_progress,
    sources_of,
    take_all,
    take_folder,
)
from index.library.draft import Changes, Draft, Refusal, code_fingerprint, find_entry
from index.library.known_vectors import KnownVectors
from index.library.manifest import FORMAT, Manifest, published_at, read_manifest, recovered
from index.library.open import Loading, build_settings, check_settings, checked_encoders, load_encoders, open_index
from index.library.reading import Shelf, shelf
from index.library.segment_files import OpenedSegment, Seen, open_segment, write_segment
from index.library.sizes import stored_lists
from index.library.store import Right, chosen, finished_segments, publish, salvaged, writing
from index.library.tiers import LARGEST, to_merge
from index.model.arrays import DROPPED
from index.model.collection import Collection
from index.model.types import Document
from index.readers.received import Received, receive
from index.readers.source import Source
from index.search.near_pairs import Among
from index.search.segment import Segment, merged, segment
from index.settings import SHIPPED_ENCODER, Address, Location, Settings, encoder_location, encoder_name

# Passages that are encoded before they are written: what is lost when a build breaks off.
_BATCH = 500
_UNKNOWN = (
    "%s: neither the manifest nor its copy can be read, so what was added from elsewhere is no longer known. "
    "Add it again with 'python -m index add PATH'."
)
_UNMERGED = "%s: it is done, but segments could not be merged, which the next change tries again: %s"
_LOG = logging.getLogger(__name__)


def build_index(
    settings: Settings,
    progress: Progress = no_progress,
    *,
    folder_only: bool = False,
    keep_left_out: bool = False,
    refused: list[Refusal] | None = None,
    processes: int = 1,
) -> Manifest:
    """Make the index that of the folder of documents, and of what was added to the library from elsewhere.

    Only documents that are new or changed are read and encoded. The index is
    built beside the old one and swapped in by one rename: whatever goes wrong
    before leaves it as it was. Equal documents, settings and versions give
    equal files. `folder_only` leaves out what was added, `keep_left_out` what
    was removed from the library but is still in the folder. So many `processes`
    read the files where there are many.
    """
    name = encoder_name(settings.encoder or SHIPPED_ENCODER)
    encoders = load_encoders(encoder_location(name))
    with writing(settings.index) as right, shelf(settings.index) as read:
        published = Published.of(settings.index)
        before = published.manifest
        usable = can_be_built_on(published, encoders)
        known = (before.documents, before.left_out) if before else recovered(settings.index)
        if known is None and published_at(settings.index):
            _LOG.warning(_UNKNOWN, settings.index)
        entries, left_out = known or ((), ())
        draft = Draft(entries, left_out if keep_left_out else (), not usable, read)
        for entry in entries:
            if folder_only and not entry.in_folder:
                draft.drop(entry)
        take_folder(draft, settings.documents, progress, refused, processes)
        if usable and before and not draft.changes and draft.left_out == set(left_out):
            right.published = before.segments
            return before
        return _publish(settings, right, draft, published, name, encoders, progress)


def add_documents(
    settings: Settings, paths: Sequence[Path], progress: Progress = no_progress, processes: int = 1
) -> Changes:
    """Add files, or all documents of folders and zip files, to the library.

    What cannot be read whole is refused, by name, in the changes; the rest is
    added. A library that is not there begins with these documents. So many
    `processes` read the files where there are many.

    Raises IndexOutdatedError or IndexDamagedError where the index cannot be
    added to.
    """
    with writing(settings.index) as right, shelf(settings.index) as read:
        try:
            published = Published.read(settings.index)
        except IndexMissingError:
            published = Published()
        draft, name, encoders = _drafted(settings, right, read, published)
        found, refused = sources_of(paths)
        draft.changes.refused += refused
        take_all(draft, found, None, progress, processes)
        if draft.changes:
            _publish(settings, right, draft, published, name, encoders, progress)
    return draft.changes


def remove_documents(settings: Settings, names: Sequence[str]) -> Changes:
    """Remove the documents of these ids, file names or paths from the library; the files stay.

    One that was found in the folder of documents stays out until it is added
    again or all is built anew. Raises DocumentError, and removes nothing,
    where a name is not that of one document, or no document would be left.
    """
    with writing(settings.index) as right, shelf(settings.index) as read:
        published = Published.read(settings.index)
        draft, name, encoders = _drafted(settings, right, read, published)
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
            _publish(settings, right, draft, published, name, encoders, no_progress)
    return draft.changes


def _drafted(settings: Settings, right: Right, read: Shelf, published: Published) -> tuple[Draft, str, Loading]:
    """A draft that begins with what is published, its encoder's name, and the encoders, which nobody loads yet."""
    manifest = published.manifest
    right.published = manifest.segments if manifest else ()
    if manifest is None:
        name = encoder_name(settings.encoder or SHIPPED_ENCODER)
        return Draft(parsed=read), name, Loading(partial(load_encoders, encoder_location(name)))
    check_settings(settings, manifest)
    stale = manifest.code != code_fingerprint() or manifest.versions != _versions()
    draft = Draft(manifest.documents, manifest.left_out, stale, read)
    load = partial(checked_encoders, settings.index, manifest)
    return draft, manifest.encoder, Loading(load, manifest.encoder_fingerprints)


def can_be_built_on(published: Published, encoders: EncoderPair) -> bool:
    """Whether what is published was made by this program, with these encoders."""
    manifest = published.manifest
    return manifest is not None and (
        manifest.code,
        manifest.settings,
        manifest.versions,
        manifest.encoder_fingerprints,
    ) == (
        code_fingerprint(),
        build_settings(),
        _versions(),
        encoders.fingerprints,
    )


def _publish(
    settings: Settings,
    right: Right,
    draft: Draft,
    published: Published,
    name: str,
    encoders: EncoderPair,
    progress: Progress,
) -> Manifest:
    """Write what was read as new segments, and put it in place; then merge those there are many of, and put that there.

    So nobody waits for the merging to find what was added.
    """
    draft.refresh(partial(_as_kept, settings.index, draft, published))
    before = published.manifest
    prints = encoders.fingerprints
    described = partial(_manifest, draft, name, prints)
    if isinstance(settings.index, Address):
        from index.library.cluster.write import publish_parts

        same = before is not None and before.encoder_fingerprint == prints[0]
        needed = encoders if draft.parsed or before is None else None
        return publish_parts(settings.index, draft, published.parts, needed, same, _made(prints), described, progress)
    writer = _Writer(settings.index, draft, _made(prints))
    segments = [] if draft.stale else list(published.segments)
    if draft.parsed:
        segments = _with_new(writer, published, segments, encoders, progress)
    manifest = _put(writer, right, described, segments)
    try:
        fewer = _merged(writer, segments, draft.order)
        return manifest if fewer == segments else _put(writer, right, described, fewer)
    except OutputError as error:
        _LOG.warning(_UNMERGED, settings.index, error)
        return manifest


def _put(
    writer: "_Writer",
    right: Right,
    described: Callable[[Sequence[str]], Manifest],
    segments: Sequence[OpenedSegment],
) -> Manifest:
    """Publish these segments."""
    manifest = replace(described([opened.name for opened in segments]), lists=stored_lists(segments))
    publish(writer.index, manifest)
    right.published = manifest.segments
    writer.seen.remember([opened.contents for opened in segments])
    return manifest


def _as_kept(index: Location, draft: Draft, published: Published, document: str) -> Document | None:
    """A document of the draft as the library has it; of a library that is damaged as one segment still has it whole."""
    found = published.document(document)
    if found is None and not isinstance(index, Address):
        found = salvaged(index, document, draft.entries[document].fingerprint)
    return found


def _manifest(draft: Draft, name: str, prints: tuple[str, str], segments: Sequence[str]) -> Manifest:
    """The manifest of what was drafted, in segments of these names."""
    return Manifest(
        format=FORMAT,
        analyser=ANALYSER,
        encoder=name,
        encoder_fingerprint=prints[0],
        word_encoder_fingerprint=prints[1],
        settings=build_settings(),
        versions=_versions(),
        code=code_fingerprint(),
        segments=tuple(segments),
        documents=tuple(draft.entries[document] for document in draft.order),
        left_out=tuple(sorted(draft.left_out)),
        passages=sum(entry.passages for entry in draft.entries.values()),
    )


class _Writer:
    """Writes segments of documents of a draft; `made` is what decides their content besides the documents."""

    def __init__(self, index: Path, draft: Draft, made: str) -> None:
        self.index = index
        self.draft = draft
        self.made = made
        self.seen = Seen(index)

    def append(self, segments: Sequence[OpenedSegment], found: Segment) -> list[OpenedSegment]:
        """The segments with one more, written: the last, since what it has is the newest of its documents."""
        fingerprints = [self.draft.entries[head.id].fingerprint for head in found.documents.heads]
        name = write_segment(self.index, found, self.made, fingerprints)
        return [*(o for o in segments if o.name != name), open_segment(self.index, name, self.seen)]

    def merged(
        self, segments: Sequence[OpenedSegment], numbers: Iterable[int], documents: Iterable[str]
    ) -> list[OpenedSegment]:
        """The segments with one more, which has what those of these numbers have of `documents`, and leaves them."""
        own = {number: part for part, number in enumerate(sorted(numbers))}
        wanted = set(documents)
        ordered = [document for document in self.draft.order if document in wanted]
        kept = [(own[number], place) for number, place in chosen(segments, ordered) if number in own]
        return self.append(segments, merged([segments[number].segment for number in own], kept))

    def gathered(self, segments: Sequence[OpenedSegment], documents: Sequence[str]) -> list[OpenedSegment]:
        """The segments with one, the last, that has these documents and no others."""
        numbers = {number for number, _ in chosen(segments, documents)}
        there = [opened for number, opened in enumerate(segments) if number in numbers]
        if len(there) == 1 and len(there[0].contents.documents) == len(documents):
            return [*(opened for opened in segments if opened not in there), *there]
        return self.merged(segments, numbers, documents)


def _made(encoders: tuple[str, str]) -> str:
    """A SHA-256 of what decides the content of a segment besides its documents."""
    what = (FORMAT, ANALYSER, encoders, build_settings(), _versions(), code_fingerprint())
    return hashlib.sha256(msgspec.json.encode(what)).hexdigest()


def _with_new(
    writer: _Writer,
    published: Published,
    segments: list[OpenedSegment],
    encoders: EncoderPair,
    progress: Progress,
) -> list[OpenedSegment]:
    """The segments with those of the documents that were read: finished before, or made now.

    Some hundred passages are written at a time, and what belongs together is
    then merged. Which documents stand in one segment follows from the
    documents alone, so the result is the same however often it broke off.
    """
    draft = writer.draft
    names = published.manifest.segments if published.manifest else ()
    finished = [opened for opened in finished_segments(writer.index, writer.made, names) if _is_wanted(opened, draft)]
    ready = {document.id for opened in finished for document in opened.contents.documents}
    read = [document for document in draft.order if document in draft.parsed]
    new = [document for document in read if document not in ready]
    there = set(draft.order).difference(new)
    segments = segments + finished
    reused = published.segments if _has_vectors_of(published, encoders) else ()
    total = sum(draft.entries[document].passages for document in new)

    def known() -> list[OpenedSegment]:
        return [*(opened for opened in reused if opened not in segments), *segments]

    with _Encoding(draft, encoders, known, partial(progress, "encode"), total) as encoding:
        for group in batches(draft, read, LARGEST):
            for batch, encoded in encoding.each([document for document in group if document not in ready]):
                collection = Collection.of(draft.parsed[document] for document in batch)
                vectors = partial(_vectors_of, encoded)
                found = segment(collection, encoders, vectors, _older(segments, there))
                segments = writer.append(segments, found)
                there |= set(batch)
                segments = _merged(writer, segments, there, group)
            segments = writer.gathered(segments, group)
    return segments


def _vectors_of(encoded: Future[dict[str, Encoded]], document: str, _: Sequence[str]) -> Encoded:
    return encoded.result()[document]


def _older(segments: Sequence[OpenedSegment], there: Iterable[str]) -> Iterator[Among]:
    """The passages of those documents in each of the segments, to look for near duplicates in."""
    places = np.array(chosen(segments, there), dtype=np.int64).reshape(-1, 2)
    for number, opened in enumerate(segments):
        kept = np.zeros(len(opened.documents), dtype=np.bool_)
        kept[places[places[:, 0] == number, 1]] = True
        if kept.any():
            owners = opened.documents.columns.document
            rows = np.where(kept[owners], np.arange(len(owners), dtype=np.int32), np.int32(DROPPED))
            yield Among(Collection(opened.documents), opened.words(), rows)


class _Encoding:
    """Encodes batches of documents in a thread of its own, one ahead of what is made of them here.

    What is encoded holds up no other thread, so both keep the cores at work.
    """

    def __init__(
        self,
        draft: Draft,
        encoders: EncoderPair,
        segments: Callable[[], Sequence[OpenedSegment]],
        progress: Callable[[int, int], None],
        total: int,
    ) -> None:
        self._draft = draft
        self._vectors = KnownVectors(encoders, segments, self._count)
        self._progress = progress
        self._total = total
        self._done = 0
        self._stopped = threading.Event()
        self._thread = ThreadPoolExecutor(1)

    def __enter__(self) -> "_Encoding":
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        self._thread.shutdown(cancel_futures=True)

    def each(self, documents: Sequence[str]) -> Iterator[tuple[list[str], Future[dict[str, Encoded]]]]:
        """Batches of these documents, with the vectors of the passages of each, which may still be on their way."""
        ahead = None
        for batch in batches(self._draft, documents):
            coming = batch, self._thread.submit(self._encode, batch)
            if ahead is not None:
                yield ahead
            ahead = coming
        if ahead is not None:
            yield ahead

    def _encode(self, batch: list[str]) -> dict[str, Encoded]:
        parsed = [self._draft.parsed[document] for document in batch]
        texts = [[p.span.of(one.document.text) for p in one.passages] for one in parsed]
        try:
            return dict(zip(batch, self._vectors.of(texts), strict=True))
        except BaseException:
            self._stopped.set()
            raise

    def _count(self, texts: int) -> None:
        if self._stopped.is_set():
            raise InterruptedError
        self._done += texts
        self._progress(self._done, self._total)


def _is_wanted(opened: OpenedSegment, draft: Draft) -> bool:
    """Whether a finished segment has documents that were read, and none that would take the place of another."""
    there = [document for document in opened.contents.documents if document.id in draft.entries]
    return bool(there) and all(
        document.id in draft.parsed and draft.entries[document.id].fingerprint == document.fingerprint
        for document in there
    )


def batches(draft: Draft, documents: Sequence[str], passages: int | None = None) -> Iterator[list[str]]:
    """The documents in batches of so many passages at least, as many as are encoded before they are written."""
    batch: list[str] = []
    held = 0
    for document in documents:
        batch.append(document)
        held += draft.entries[document].passages
        if held >= (passages or _BATCH):
            yield batch
            batch, held = [], 0
    if batch:
        yield batch


def _has_vectors_of(published: Published, encoders: EncoderPair) -> bool:
    """Whether the vectors that are published are those that the passages' encoder gives."""
    manifest = published.manifest
    return (
        manifest is not None
        and manifest.encoder_fingerprint == encoders.fingerprints[0]
        and manifest.settings == build_settings()
    )


def _merged(
    writer: _Writer, segments: list[OpenedSegment], documents: Iterable[str], within: Iterable[str] | None = None
) -> list[OpenedSegment]:
    """The segments that have these documents, as many of a size merged as the tiers allow.

    Only those merge that have no documents but those of `within`, where that is said.
    """
    there = list(documents)
    alone = set(there if within is None else within)
    while True:
        places = chosen(segments, there)
        living = np.bincount([number for number, _ in places], minlength=len(segments)).tolist()
        if 0 in living:
            segments = [opened for opened, size in zip(segments, living, strict=True) if size]
            continue
        others = {number for document, (number, _) in zip(there, places, strict=True) if document not in alone}
        may = [number for number in range(len(segments)) if number not in others]
        numbers = [may[n] for n in to_merge([segments[n] for n in may], [living[n] for n in may])]
        if not numbers:
            return segments
        segments = writer.merged(segments, numbers, there)


def _received(source: Source) -> Received | None:
    """The file of `source`; None where it cannot be had, which is said when it is to be read."""
    try:
        return receive(source)
    except DocumentError:
        return None


def _versions() -> tuple[tuple[str, str], ...]:
    """Of the libraries that decide what stands in the files."""
    return ("numpy", np.__version__), ("PyStemmer", Stemmer.version())


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
        for source in folder_sources(settings.documents, manifest.documents)[0]
        if (received := _received(source))
    }
    held = {entry.id: entry for entry in manifest.documents}
    new = any(document not in held and document not in manifest.left_out for document, _ in offered)
    old = any(entry.in_folder and (entry.id, entry.fingerprint) not in offered for entry in manifest.documents)
    return f"{settings.documents}: the documents have changed." if new or old else None
