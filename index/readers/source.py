"""Where documents come from: a file, a folder, or a zip file, each as a sequence of sources in sorted order."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from index.errors import DocumentError
from index.readers.canonical import UnreadableError
from index.readers.formats import SUFFIXES, package_format
from index.readers.package import Package
from index.regular_file import TooLargeError, open_regular, read_regular

DESCRIPTIONS = "documents.toml"
METADATA = ("metadata.xml", "metadata_owms.xml")
MAX_BYTES = 50_000_000
MAX_ARCHIVE_BYTES = 300_000_000
_LOG = logging.getLogger(__name__)


class Archive:
    """A zip file of documents, kept open while its documents are read."""

    def __init__(self, path: Path, content: bytes) -> None:
        self.path = path
        try:
            self.package = Package(content)
        except UnreadableError as error:
            raise DocumentError(f"{path}: {error}") from error

    @cached_property
    def members(self) -> tuple[str, ...]:
        """The members that are documents, sorted; DocumentError where one's name leads out of the archive."""
        for name in self.package.names:
            parts = PurePosixPath(name.replace("\\", "/"))
            if parts.is_absolute() or ".." in parts.parts or ":" in parts.parts[0]:
                raise DocumentError(f"{self.path}: its member {name!r} leads out of the archive; nothing was read.")
        return tuple(sorted(name for name in self.package.names if _is_document(PurePosixPath(name))))


@dataclass(frozen=True, slots=True)
class Source:
    """One document to be read: a file, or a member of an archive."""

    path: Path
    member: str = ""
    archive: Archive | None = None

    @property
    def name(self) -> str:
        """How messages name it."""
        return f"{self.path}/{self.member}" if self.member else str(self.path)

    @property
    def file(self) -> str:
        """How a document names it: "brief.docx", "stukken.zip/map/brief.docx"."""
        return f"{self.path.name}/{self.member}" if self.member else self.path.name

    @property
    def base_name(self) -> str:
        """Its name without the folder."""
        return PurePosixPath(self.member).name or self.path.name

    def content(self) -> bytes:
        """Its bytes; DocumentError where they cannot be had or are too many."""
        if self.archive is None:
            return _read_bytes(self.path, MAX_BYTES)
        try:
            return self.archive.package.read(self.member, MAX_BYTES)
        except UnreadableError as error:
            raise DocumentError(f"{self.path}: {error}") from error

    def beside(self, name: str) -> bytes | None:
        """The content of the file of that name in the same folder; None where there is none."""
        if self.archive is None:
            path = self.path.with_name(name)
            return _read_bytes(path, MAX_BYTES) if path.is_file() else None
        member = str(PurePosixPath(self.member).with_name(name))
        return Source(self.path, member, self.archive).content() if member in self.archive.package else None


def document_paths(folder: Path) -> tuple[Path, ...]:
    """The documents and archives in `folder` and its folders, by path.

    Files of other kinds, hidden ones and links that lead out of the folder
    are passed over. Raises DocumentError where there is nothing to read.
    """
    paths = tuple(sorted(_files(folder))) if folder.is_dir() else ()
    if not paths:
        raise DocumentError(
            f"{folder}: no documents found; expected at least one .docx, .odt, .pdf, .html, .xml, .md, .txt "
            "or .zip file. Put a document there or name another folder."
        )
    return paths


def sources(path: Path) -> tuple[Source, ...]:
    """The documents of a file, a folder or a zip file, in sorted order.

    Raises DocumentError where there is none, and for an archive in an archive.
    """
    if path.is_dir():
        return tuple(source for file in document_paths(path) for source in sources(file))
    archive = _archive(path)
    if archive is None:
        return (Source(path),)
    if not archive.members:
        raise DocumentError(f"{path}: a zip file without a document in it; expected .docx, .odt, .pdf or text files.")
    for member in archive.members:
        if PurePosixPath(member).suffix.lower() == ".zip":
            raise DocumentError(f"{path}: holds another zip file, {member}. Unpack it and put its files in a folder.")
    return tuple(Source(path, member, archive) for member in archive.members)


def _archive(path: Path) -> Archive | None:
    """The archive that the file is, None where it is a document."""
    with _opened(path) as file:
        start = file.read(4)
    if start[:2] != b"PK":
        return None
    try:
        if package_format(Package(path)) != "archive":
            return None
    except UnreadableError:
        return None  # said when the document itself is read
    return Archive(path, _read_bytes(path, MAX_ARCHIVE_BYTES))


def _files(folder: Path) -> Iterator[Path]:
    top = folder.resolve()
    for path in folder.rglob("*"):
        if _is_document(PurePosixPath(path.relative_to(folder).as_posix())) and path.is_file():
            if path.resolve().is_relative_to(top):
                yield path
            else:
                _LOG.warning("%s: a link to a file outside the folder; passed over.", path)


def _is_document(path: PurePosixPath) -> bool:
    hidden = any(part.startswith((".", "~$", "__MACOSX")) for part in path.parts)
    return not hidden and path.suffix.lower() in SUFFIXES and path.name.lower() not in METADATA


def _read_bytes(path: Path, most: int) -> bytes:
    try:
        return read_regular(path, most)
    except TooLargeError as error:
        raise DocumentError(f"{path}: {error.size:,} bytes; at most {most:,} are read. Split the file.") from error
    except OSError as error:
        raise DocumentError(f"{path}: cannot be read ({error.strerror}).") from error


def _opened(path: Path) -> BinaryIO:
    try:
        return open_regular(path)
    except OSError as error:
        raise DocumentError(f"{path}: cannot be read ({error.strerror}).") from error
