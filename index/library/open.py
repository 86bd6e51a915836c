"""Open the index of a library for searching, with the encoders that belong to it.

Apart from building (`index/library/build.py`), so that a question starts without the
readers of documents.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from index.encoders.encoder import Encoder, Encoders
from index.encoders.load import load_encoder
from index.errors import IndexOutdatedError
from index.library.manifest import Manifest, read_manifest, rebuild
from index.library.store import Opened, chosen, read_library
from index.model import passages
from index.model.collection import Collection
from index.model.store import DocumentHead, JoinedStore, Record
from index.model.types import Parsed
from index.search import bm25, related_words
from index.search.kept_rows import KeptRows
from index.search.search_index import SearchIndex, index_collection
from index.search.segment import merged, part_of
from index.settings import WORD_ENCODER, Address, Location, Settings, encoder_location, encoder_name

if TYPE_CHECKING:
    from index.search.coverage import Covered
    from index.search.figures import SaidFigure
    from index.search.promises import Promise


def load_encoders(location: str) -> Encoders:
    """The encoder at `location` for passages, and the shipped static one for words."""
    if Path(location) == WORD_ENCODER:
        words = load_encoder(location)
        return Encoders(words, words)
    with ThreadPoolExecutor(1) as pool:
        # At the same time: most of it is done outside Python.
        passages = pool.submit(load_encoder, location)
        words = load_encoder(str(WORD_ENCODER))
        return Encoders(passages.result(), words)


class Loading:
    """Encoders that are loaded when they are first asked for, in the thread that asks; `fingerprints` may be known."""

    def __init__(self, load: Callable[[], Encoders], fingerprints: tuple[str, str] | None = None) -> None:
        self._load = load
        self._fingerprints = fingerprints
        self._loaded: Encoders | None = None
        self._lock = Lock()

    @property
    def _encoders(self) -> Encoders:
        with self._lock:
            self._loaded = self._loaded or self._load()
            return self._loaded

    @property
    def passages(self) -> Encoder:
        return self._encoders.passages

    @property
    def words(self) -> Encoder:
        return self._encoders.words

    @property
    def fingerprints(self) -> tuple[str, str]:
        return self._fingerprints or self._encoders.fingerprints


def open_index(settings: Settings, loaded: Encoders | None = None) -> tuple[SearchIndex, Encoders]:
    """The index and the encoders that belong to it, all checked; those that are `loaded` where they do.

    Raises IndexOutdatedError, naming both encoders, where the settings name
    another encoder than the index was built with, or its weights have changed.
    """
    if isinstance(settings.index, Address):
        from index.library.cluster.read import open_cluster

        return open_cluster(settings, settings.index, loaded)
    manifest, segments = read_library(settings.index)
    check_settings(settings, manifest)
    encoders = checked_encoders(settings.index, manifest, loaded)
    places = chosen(segments, [entry.id for entry in manifest.documents])
    return SearchIndex([opened.segment for opened in segments], places, encoders.passages), encoders


def open_each(
    settings: Settings, documents: Sequence[str], loaded: Encoders | None = None
) -> Iterator[tuple[str, SearchIndex, Encoders]]:
    """Each of these documents (ids of the library) as an index of its own, as if it were all there is.

    What it costs follows the documents, not the library: of a library in a
    folder their part of its segments is taken, on a cluster, where vectors
    stay, each is indexed anew. Errors as `open_index`.
    """
    if isinstance(settings.index, Address):
        yield from _indexed_anew(settings, documents, loaded)
        return
    manifest, segments = read_library(settings.index)
    check_settings(settings, manifest)
    encoders = checked_encoders(settings.index, manifest, loaded)
    for document, place in zip(documents, chosen(segments, documents), strict=True):
        own = merged([segments[place[0]].segment], [(0, place[1])])
        yield document, SearchIndex([own], [(0, 0)], encoders.passages), encoders


def _indexed_anew(
    settings: Settings, documents: Sequence[str], loaded: Encoders | None
) -> Iterator[tuple[str, SearchIndex, Encoders]]:
    collection = published_collection(settings.index)
    manifest = read_manifest(settings.index)
    check_settings(settings, manifest)
    encoders = checked_encoders(settings.index, manifest, loaded)
    for document in documents:
        record = collection.store.record(collection.numbers[document])
        own = Collection.of([Parsed(record.document, record.units)])
        yield document, index_collection(own, encoders), encoders


def published_collection(index: Location) -> Collection:
    """The documents of a library as they are published, without what searches them; errors as `read_library`."""
    opened: Sequence[Opened]
    if isinstance(index, Address):
        from index.library.cluster.read import read_parts

        manifest, opened = read_parts(index)
    else:
        manifest, opened = read_library(index)
    places = chosen(opened, [entry.id for entry in manifest.documents])
    return Collection(JoinedStore([one.documents for one in opened], places))


def published_promises(index: Location) -> "list[tuple[DocumentHead, tuple[Promise, ...]]]":
    """The promises and refusals of each document of a library; errors as `read_library`."""
    from index.search.promises import encoded_promises, read_promises

    return [(head, read_promises(rows)) for head, rows in _published_rows(index, "promises", encoded_promises)]


def published_coverage(index: Location) -> "list[tuple[DocumentHead, tuple[Covered, ...]]]":
    """The sub-questions of each document of a library and what answers them; errors as `read_library`."""
    from index.search.coverage import encoded_coverage, read_coverage

    return [(head, read_coverage(rows)) for head, rows in _published_rows(index, "coverage", encoded_coverage)]


def published_figures(index: Location) -> "list[tuple[DocumentHead, tuple[SaidFigure, ...]]]":
    """The figures that each document of a library states; errors as `read_library`."""
    from index.search.figures import encoded_figures, read_figures

    return [(head, read_figures(rows)) for head, rows in _published_rows(index, "figures", encoded_figures)]


def _published_rows(
    index: Location, part: str, found: Callable[[Record], bytes]
) -> Iterator[tuple[DocumentHead, bytes]]:
    """What was found in each document when it was added, as JSON.

    Of a library in a folder no document is read; on a cluster it is not kept,
    and `found` anew in each.
    """
    if isinstance(index, Address):
        store = published_collection(index).store
        yield from ((head, found(store.record(number))) for number, head in enumerate(store.heads))
        return
    manifest, segments = read_library(index)
    kept = [KeptRows.of_arrays(part_of(opened.arrays, part)) for opened in segments]
    for segment, number in chosen(segments, [entry.id for entry in manifest.documents]):
        yield segments[segment].documents.heads[number], kept[segment].encoded(number)


def check_settings(settings: Settings, manifest: Manifest) -> None:
    """IndexOutdatedError where the index was built with another encoder or other settings than are asked for."""
    wanted = encoder_name(settings.encoder) if settings.encoder else manifest.encoder
    if wanted != manifest.encoder:
        raise IndexOutdatedError(
            f"{settings.index}: built with encoder {manifest.encoder!r}, the settings ask for {wanted!r}. "
            f"{rebuild(settings.index)[:-2]} --encoder {wanted}', or drop the setting."
        )
    if build_settings() != manifest.settings:
        raise IndexOutdatedError(
            f"{settings.index}: built with {dict(manifest.settings)}, this version of Woordelijk uses "
            f"{dict(build_settings())}. {rebuild(settings.index)}"
        )


def checked_encoders(index: Location, manifest: Manifest, loaded: Encoders | None = None) -> Encoders:
    """The encoders that the index was built with; IndexOutdatedError where their weights have changed since.

    Those that are `loaded` already, where it was built with them.
    """
    if loaded and loaded.fingerprints == manifest.encoder_fingerprints:
        return loaded
    encoders = load_encoders(encoder_location(manifest.encoder))
    _check_weights(index, manifest.encoder, manifest.encoder_fingerprint, encoders.passages)
    _check_weights(index, str(WORD_ENCODER), manifest.word_encoder_fingerprint, encoders.words)
    return encoders


def _check_weights(index: Location, name: str, fingerprint: str, encoder: Encoder) -> None:
    if encoder.fingerprint != fingerprint:
        raise IndexOutdatedError(
            f"{index}: built with weights {fingerprint[:12]}… of {name!r}, "
            f"the encoder there now is {encoder.fingerprint[:12]}…. {rebuild(index)}"
        )


def build_settings() -> tuple[tuple[str, str], ...]:
    """What decides the content of an index, besides documents and encoders."""
    return (
        ("bm25 k1", str(bm25.K1)),
        ("bm25 b", str(bm25.B)),
        ("near words", f"{related_words.NEAR}, {related_words.NEAREST}"),
        ("longest passage", str(passages.LONGEST)),
        ("shortest passage", str(passages.SHORTEST)),
        # What is encoded together may change each other's vectors.
        ("encoded", "one by one"),
    )
