"""Turn a received file into a `Document` with one canonical text, once.

The one front door: it tells the format by the content, lets that format's
reader (`index/readers`) put the text together, and adds what is known of the
document. What the metadata of an official publication says counts where it
identifies the document; for the rest the text itself is believed before it;
`documents.toml` overrules both.
"""

import logging
from collections.abc import Callable
from datetime import date
from importlib import import_module
from pathlib import Path

from index.errors import DocumentError
from index.grammar.metadata import stated
from index.grammar.titles import found_title
from index.model.types import Document, Metadata
from index.readers.canonical import Reading, UnreadableError
from index.readers.formats import Format, Opened, opened
from index.readers.official_metadata import read_metadata
from index.readers.package import Package
from index.readers.received import Received, receive
from index.readers.source import Source, sources

# Each has a function `read(content) -> Reading`; imported when a file of its format is met.
_READERS: dict[Format, str] = {
    "docx": "index.readers.docx.reader",
    "odt": "index.readers.odt.reader",
    "html": "index.readers.html.reader",
    "official xml": "index.readers.official_xml",
    "text": "index.readers.plain_text",
    "markdown": "index.readers.markdown",
    "pdf": "index.readers.pdf.reader",
}

_LOG = logging.getLogger(__name__)
# Which publication it is: the metadata knows that better than the text.
_IDENTIFYING = frozenset("identifier kind title chamber year dossier number item appendix question_number date".split())


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


def read_source(source: Source) -> Document:
    """Read one source; DocumentError as `read_document`."""
    return read_received(receive(source))


def read_received(received: Received) -> Document:
    """Read a file that came in; DocumentError as `read_document`."""
    source = received.source
    try:
        reading = _reading(opened(received.content, source.file))
        if not reading.text.strip():
            raise UnreadableError("the file holds no text.")
    except UnreadableError as error:
        raise DocumentError(f"{source.name}: {error}") from error
    known = _known(reading, received)
    day = known.pop("date", None)
    stated_text = {name: value for name, value in known.items() if isinstance(value, str)}
    kind = stated_text.pop("kind", "")
    return Document(
        id=received.document,
        title=stated_text.pop("title", "")
        or stated_text.get("subject")
        or found_title(reading.text, kind)
        or Path(source.file).stem,
        kind=kind,
        text=reading.text,
        file=source.file,
        sha256=received.sha256,
        metadata=tuple(sorted(stated_text.items())),
        footnotes=reading.footnotes,
        removals=reading.removals,
        places=reading.places,
        tables=reading.tables,
        emphasis=reading.emphasis,
        doubts=reading.doubts,
        date=day if isinstance(day, date) else None,
        ledger=reading.ledger,
    )


def _reading(file: Opened) -> Reading:
    """What the reader of the file's format gets out of it."""
    if file.kind == "archive":
        raise UnreadableError("a zip file inside another, or without a document. Unpack it first.")
    read: Callable[[bytes | Package], Reading] = import_module(_READERS[file.kind]).read
    return read(file.package or file.content)


def _known(reading: Reading, received: Received) -> dict[str, str | date]:
    """What is known of a document, by the names of `documents.toml`."""
    metadata = {**reading.metadata, **_published(received, reading.metadata.get("identifier"))}
    identifying = {name: value for name, value in metadata.items() if name in _IDENTIFYING}
    return {**metadata, **stated(reading.text).values, **identifying, **received.description}


def _published(received: Received, identifier: object) -> Metadata:
    """What the metadata file of an official publication says, where it lies beside and is of this document."""
    for name, content in received.published.items():
        try:
            found = read_metadata(content, name)
        except UnreadableError as error:
            _LOG.warning("%s: %s is left out: %s", received.source.name, name, error)
            continue
        if str(found.get("identifier", "")).lower() in (
            Path(received.source.file).stem.lower(),
            str(identifier or "-").lower(),
        ):
            return found
    return {}
