"""Build the index of a folder of documents, and open it again for searching."""

import logging
from importlib.metadata import version
from pathlib import Path

from index import lexical, passages
from index.analyse import ANALYSER, NGRAM
from index.collection import Collection
from index.encode import Encoder, load_encoder
from index.errors import DocumentError, IndexDamagedError, IndexMissingError, IndexOutdatedError
from index.parse_report import parse_report
from index.read import document_paths, read_document
from index.search_index import SearchIndex, index_collection
from index.settings import SHIPPED_ENCODER, Settings, encoder_location, encoder_name
from index.store import (
    FORMAT,
    REBUILD,
    Manifest,
    new_build_folder,
    publish,
    read_index,
    stored_files,
    write_files,
)
from index.structure import parse
from index.types import Parsed

logger = logging.getLogger(__name__)

# Libraries that decide what stands in the files.
_LIBRARIES = ("bm25s", "faiss-cpu", "numpy", "PyStemmer")


def read_collection(folder: Path) -> Collection:
    """Read and parse every document in `folder`.

    Raises DocumentError for a document that cannot be read whole, by name.
    """
    return Collection.of(_read_whole(path) for path in document_paths(folder))


def _read_whole(path: Path) -> Parsed:
    parsed = parse(read_document(path))
    report = parse_report(parsed)
    if report.gaps:
        raise DocumentError(
            f"{path}: cannot be read whole: {'; '.join(report.gaps[:5])}. "
            "See all with 'python -m index check', mend the file or take it out of the folder."
        )
    return parsed


def build_index(settings: Settings) -> Manifest:
    """Read every document, build the index beside the old one and swap it in by one rename.

    Whatever goes wrong before the rename leaves the index as it was. Equal
    documents, settings and versions give equal files.
    """
    collection = read_collection(settings.documents)
    name = encoder_name(settings.encoder or SHIPPED_ENCODER)
    encoder = load_encoder(encoder_location(name))
    index = index_collection(collection, encoder)
    with new_build_folder(settings.index) as folder:
        write_files(folder, index)
        manifest = Manifest(
            format=FORMAT,
            build=folder.name,
            analyser=ANALYSER,
            encoder=name,
            encoder_fingerprint=encoder.fingerprint,
            dimensions=encoder.dimensions,
            settings=_build_settings(),
            versions=tuple((library, version(library)) for library in _LIBRARIES),
            documents=tuple(f"{document.id} {document.file}" for document in collection.documents),
            passages=len(collection.passages),
            files=stored_files(folder),
        )
        publish(settings.index, manifest)
    return manifest


def _build_settings() -> tuple[tuple[str, str], ...]:
    return (
        ("bm25 k1", str(lexical.K1)),
        ("bm25 b", str(lexical.B)),
        ("n-gram length", str(NGRAM)),
        ("longest passage", str(passages.LONGEST)),
        ("shortest passage", str(passages.SHORTEST)),
    )


def reason_to_build(settings: Settings) -> str | None:
    """Why there is no usable index of the documents, None where there is one."""
    try:
        index, _ = open_index(settings)
    except (IndexMissingError, IndexOutdatedError, IndexDamagedError) as error:
        return str(error)
    found = [read_document(path).id for path in document_paths(settings.documents)]
    indexed = [document.id for document in index.collection.documents]
    return None if found == indexed else f"{settings.documents}: the documents have changed."


def open_index(settings: Settings) -> tuple[SearchIndex, Encoder]:
    """The index and the encoder that belongs to it, both checked.

    Raises IndexOutdatedError, naming both encoders, where the settings name
    another encoder than the index was built with, or its weights have changed.
    """
    manifest, index = read_index(settings.index, ANALYSER)
    wanted = encoder_name(settings.encoder) if settings.encoder else manifest.encoder
    if wanted != manifest.encoder:
        raise IndexOutdatedError(
            f"{settings.index}: built with encoder {manifest.encoder!r}, the settings ask for {wanted!r}. "
            f"Rebuild it with 'python -m index build --encoder {wanted}', or drop the setting."
        )
    encoder = load_encoder(encoder_location(manifest.encoder))
    if encoder.fingerprint != manifest.encoder_fingerprint:
        raise IndexOutdatedError(
            f"{settings.index}: built with weights {manifest.encoder_fingerprint[:12]}… of {manifest.encoder!r}, "
            f"the encoder there now is {encoder.fingerprint[:12]}…. {REBUILD}"
        )
    if _build_settings() != manifest.settings:
        raise IndexOutdatedError(
            f"{settings.index}: built with {dict(manifest.settings)}, this version of Woordelijk uses "
            f"{dict(_build_settings())}. {REBUILD}"
        )
    return index, encoder
