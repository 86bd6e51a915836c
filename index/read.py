"""Turn a received file into a `Document` with one canonical text, once.

The one front door: it tells the format by the content, lets that format's
reader (`index/readers`) put the text together, and adds what is known of the
document. What the metadata of an official publication says counts where it
identifies the document; for the rest the text itself is believed before it;
`documents.toml` overrules both.
"""

import hashlib
import logging
import tomllib
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from index.errors import DocumentError
from index.metadata import stated
from index.readers.canonical import Reading, UnreadableError
from index.readers.formats import Format, format_of
from index.readers.official_metadata import read_metadata
from index.sources import DESCRIPTIONS, METADATA, Source, document_paths, sources
from index.types import Document

__all__ = ["document_paths", "read_document", "read_documents", "read_source", "sources"]

# Each has a function `read(content) -> Reading`; imported when a file of its format is met.
_READERS: dict[Format, str] = {
    "docx": "index.readers.docx",
    "odt": "index.readers.odt",
    "html": "index.readers.html",
    "official xml": "index.readers.official_xml",
    "text": "index.readers.letter_text",
    "markdown": "index.readers.markdown",
    "pdf": "index.readers.pdf",
}

_LOG = logging.getLogger(__name__)
# Which publication it is: the metadata knows that better than the text.
_IDENTIFYING = frozenset("identifier kind title chamber year dossier number appendix question_number date".split())


def read_document(path: Path) -> Document:
    """Read the one document that the file is, exactly.

    Raises DocumentError, naming the file, where it is missing, empty, broken,
    encrypted, too large, or of no format that is read, and for an archive of
    several documents.
    """
    found = sources(path)
    if len(found) != 1:
        raise DocumentError(
            f"{path}: holds {len(found)} documents, expected one: {', '.join(s.file for s in found[:3])}, …."
        )
    return read_source(found[0])


def read_documents(path: Path) -> tuple[Document, ...]:
    """Read every document of a file, a folder or a zip file, in sorted order; DocumentError as `read_document`."""
    return tuple(read_source(source) for source in sources(path))


def read_source(source: Source) -> Document:
    """Read one source; DocumentError as `read_document`."""
    content = source.content()
    try:
        reading = _reader(format_of(content, source.file))(content)
        if not reading.text.strip():
            raise UnreadableError("the file holds no text.")
    except UnreadableError as error:
        raise DocumentError(f"{source.name}: {error}") from error
    sha256 = hashlib.sha256(content).hexdigest()
    known = _known(reading, source)
    return Document(
        id=sha256[:16],
        title=known.pop("title", "") or known.get("subject") or Path(source.file).stem,
        kind=known.pop("kind", ""),
        text=reading.text,
        file=source.file,
        sha256=sha256,
        metadata=tuple(sorted(known.items())),
        footnotes=reading.footnotes,
        pieces=reading.pieces,
        removals=reading.removals,
        places=reading.places,
        tables=reading.tables,
        emphasis=reading.emphasis,
        doubts=reading.doubts,
        ledger=reading.ledger,
    )


def _reader(kind: Format) -> Callable[[bytes], Reading]:
    if kind == "archive":
        raise UnreadableError("a zip file inside another, or without a document. Unpack it first.")
    read: Callable[[bytes], Reading] = import_module(_READERS[kind]).read
    return read


def _known(reading: Reading, source: Source) -> dict[str, str]:
    """What is known of a document, by the names of `documents.toml`."""
    metadata = {**reading.metadata, **_published(source, reading.metadata.get("identifier"))}
    identifying = {name: value for name, value in metadata.items() if name in _IDENTIFYING}
    return {**metadata, **stated(reading.text).values, **identifying, **description(source)}


def _published(source: Source, identifier: str | None) -> dict[str, str]:
    """What the metadata file of an official publication says, where it lies beside and is of this document."""
    for name in METADATA:
        if (content := source.beside(name)) is None:
            continue
        try:
            found = read_metadata(content, name)
        except UnreadableError as error:
            _LOG.warning("%s: %s is left out: %s", source.name, name, error)
            continue
        if found.get("identifier", "").lower() in (Path(source.file).stem.lower(), (identifier or "-").lower()):
            return found
    return {}


def description(source: Source) -> dict[str, str]:
    """What `documents.toml` beside the file says of it: its entry, or nothing."""
    content = source.beside(DESCRIPTIONS)
    if content is None:
        return {}
    toml = source.path.with_name(DESCRIPTIONS) if not source.member else f"{source.path}/{DESCRIPTIONS}"
    name = Path(source.file).name
    try:
        table: dict[str, Any] = tomllib.loads(content.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DocumentError(f"{toml}: not valid TOML ({error}).") from error
    entry = table.get(name, {})
    if not isinstance(entry, dict) or not all(isinstance(v, str) for v in entry.values()):
        raise DocumentError(f'{toml}: expected ["{name}"] to be a table of strings.')
    return dict(entry)
