"""The same publication in several formats is one document with several files.

Files are of one publication where what they state of themselves is the same (title, date, kind, how many questions)
and each has a format of its own: the page and the Word file of one answer, not two letters of one day.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from index.library.manifest import Entry


@dataclass(frozen=True, slots=True)
class Publication:
    """A document by its entries, one for each file; the first is that with the most passages, and is shown for all."""

    entries: tuple[Entry, ...]

    @property
    def shown(self) -> Entry:
        return self.entries[0]


def publications(entries: Iterable[Entry]) -> tuple[Publication, ...]:
    """The publications of a library in its order, each at the place of its first file."""
    found: dict[tuple[object, ...], list[Entry]] = {}
    for entry in entries:
        key = _key(entry)
        # Two files of one format are two documents.
        while key in found and _suffix(entry) in map(_suffix, found[key]):
            key = (*key, len(key))
        found.setdefault(key, []).append(entry)
    return tuple(Publication(tuple(sorted(same, key=lambda e: (-e.passages, e.file)))) for same in found.values())


def find_publication(entries: Iterable[Entry], document: str) -> Publication | None:
    """The publication that the document of that id is of; None where there is no such document."""
    return next((p for p in publications(entries) if any(entry.id == document for entry in p.entries)), None)


def _key(entry: Entry) -> tuple[object, ...]:
    title = "".join(character for character in entry.title.casefold() if character.isalnum())
    # Without a date the files are of one publication where they have one name too.
    return (title, entry.date or PurePosixPath(entry.file).stem, entry.kind, entry.questions)


def _suffix(entry: Entry) -> str:
    return PurePosixPath(entry.file).suffix.lower()
