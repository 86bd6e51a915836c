"""Build the index of a folder of documents, and open it again for searching."""

from importlib.metadata import version
from pathlib import Path

from index import lexical, passages, related_words
from index.analyse import ANALYSER, NGRAM
from index.collection import Collection
from index.encode import Encoder, Encoders, load_encoder
from index.errors import DocumentError, IndexDamagedError, IndexMissingError, IndexOutdatedError
from index.parse_report import parse_report
from index.read import document_paths, read_document
from index.search_index import SearchIndex, index_collection
from index.settings import SHIPPED_ENCODER, WORD_ENCODER, Settings, encoder_location, encoder_name
from index.store import (
    FORMAT,
    Manifest,
    new_build_folder,
    publish,
    read_index,
    rebuild,
    stored_files,
    write_files,
)
from index.structure import parse
from index.types import Parsed

# Libraries that decide what stands in the files.
_LIBRARIES = ("bm25s", "faiss-cpu", "numpy", "PyStemmer")


def read_collection(folder: Path) -> Collection:
    """Read and parse every document in `folder`.

    Raises DocumentError for a document that cannot be read whole, by name.
    """
    parsed = [_read_whole(path) for path in document_paths(folder)]
    files: dict[str, str] = {}
    for document in (p.document for p in parsed):
        if document.id in files:
            raise DocumentError(
                f"{folder}: {document.file} and {files[document.id]} are the same document. Take one of them away."
            )
        files[document.id] = document.file
    return Collection.of(parsed)


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
    encoders = load_encoders(encoder_location(name))
    index = index_collection(collection, encoders)
    with new_build_folder(settings.index) as folder:
        write_files(folder, index)
        manifest = Manifest(
            format=FORMAT,
            build=folder.name,
            analyser=ANALYSER,
            encoder=name,
            encoder_fingerprint=encoders.passages.fingerprint,
            word_encoder_fingerprint=encoders.words.fingerprint,
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
        ("near words", f"{related_words.NEAR}, {related_words.NEAREST}"),
        ("longest passage", str(passages.LONGEST)),
        ("shortest passage", str(passages.SHORTEST)),
    )


def reason_to_build(settings: Settings) -> str | None:
    """Why there is no usable index of the documents, None where there is one."""
    try:
        index, _ = open_index(settings)
    except (IndexMissingError, IndexOutdatedError, IndexDamagedError) as error:
        return str(error)
    found = tuple(read_document(path) for path in document_paths(settings.documents))
    return None if found == index.collection.documents else f"{settings.documents}: the documents have changed."


def load_encoders(location: str) -> Encoders:
    """The encoder at `location` for passages, and the shipped static one for words."""
    words = load_encoder(str(WORD_ENCODER))
    passages = words if Path(location) == WORD_ENCODER else load_encoder(location)
    return Encoders(passages, words)


def open_index(settings: Settings) -> tuple[SearchIndex, Encoders]:
    """The index and the encoders that belong to it, all checked.

    Raises IndexOutdatedError, naming both encoders, where the settings name
    another encoder than the index was built with, or its weights have changed.
    """
    manifest, index = read_index(settings.index, ANALYSER)
    wanted = encoder_name(settings.encoder) if settings.encoder else manifest.encoder
    if wanted != manifest.encoder:
        raise IndexOutdatedError(
            f"{settings.index}: built with encoder {manifest.encoder!r}, the settings ask for {wanted!r}. "
            f"{rebuild(settings.index)[:-2]} --encoder {wanted}', or drop the setting."
        )
    if _build_settings() != manifest.settings:
        raise IndexOutdatedError(
            f"{settings.index}: built with {dict(manifest.settings)}, this version of Woordelijk uses "
            f"{dict(_build_settings())}. {rebuild(settings.index)}"
        )
    encoders = load_encoders(encoder_location(manifest.encoder))
    _check_weights(settings.index, manifest.encoder, manifest.encoder_fingerprint, encoders.passages)
    _check_weights(settings.index, str(WORD_ENCODER), manifest.word_encoder_fingerprint, encoders.words)
    return index, encoders


def _check_weights(index: Path, name: str, fingerprint: str, encoder: Encoder) -> None:
    if encoder.fingerprint != fingerprint:
        raise IndexOutdatedError(
            f"{index}: built with weights {fingerprint[:12]}… of {name!r}, "
            f"the encoder there now is {encoder.fingerprint[:12]}…. {rebuild(index)}"
        )
