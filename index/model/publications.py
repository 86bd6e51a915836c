"""The same publication in several formats is one document with several files.

Files are of one publication where what they state of themselves is the same (title, date, kind, how many questions)
and each has a format of its own: the page and the Word file of one answer, not two letters of one day. One of them
stands for all: it is listed and searched, and a citation stays with the file that it was cut from.
"""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from posixpath import basename, splitext
from typing import Generic, Protocol, TypeVar

# As publications are published, those that say the most of themselves first; a ministry's own Word file after them.
_FORMATS = (".xml", ".html", ".htm", ".odt", ".pdf", ".docx", ".md", ".txt")

# What is neither letter nor digit.
_NEITHER = re.compile(r"[\W_]+")


class Filed(Protocol):
    """What is asked of a document: an entry of the manifest has it, and the head of a document."""

    @property
    def id(self) -> str: ...
    @property
    def file(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def date(self) -> datetime.date | str | None: ...
    @property
    def questions(self) -> int: ...


File = TypeVar("File", bound=Filed)


@dataclass(frozen=True, slots=True)
class Publication(Generic[File]):
    """A document by its files, the official ones first."""

    files: tuple[File, ...]

    @property
    def shown(self) -> File:
        """The file that stands for all."""
        return self.files[0]


def publications(files: Iterable[File]) -> tuple[Publication[File], ...]:
    """The publications of a library in its order, each at the place of its first file."""
    filed = tuple(files)
    if len({_suffix(file) for file in filed}) < 2:
        return tuple(Publication((file,)) for file in filed)
    found: dict[tuple[object, ...], list[File]] = {}
    for file in filed:
        key = _key(file)
        # Two files of one format are two documents.
        while key in found and _suffix(file) in map(_suffix, found[key]):
            key = (*key, len(key))
        found.setdefault(key, []).append(file)
    return tuple(Publication(tuple(sorted(same, key=_rank))) for same in found.values())


def find_publication(files: Iterable[File], document: str) -> Publication[File] | None:
    """The publication that the document of that id is of; None where there is no such document."""
    return next((p for p in publications(files) if any(file.id == document for file in p.files)), None)


def shown_documents(files: Iterable[Filed]) -> frozenset[str]:
    """The ids of the files that stand for their publications."""
    return frozenset(publication.shown.id for publication in publications(files))


def _key(file: Filed) -> tuple[object, ...]:
    title = _NEITHER.sub("", file.title.casefold())
    # Without a date the files are of one publication where they have one name too.
    return (title, str(file.date or splitext(basename(file.file))[0]), file.kind, file.questions)


def _suffix(file: Filed) -> str:
    return splitext(file.file)[1].lower()


def _rank(file: Filed) -> tuple[int, str]:
    suffix = _suffix(file)
    return (_FORMATS.index(suffix) if suffix in _FORMATS else len(_FORMATS), file.file)
