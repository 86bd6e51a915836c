"""The library: which documents the index holds, and how they come and go.

A change is drafted from what is published: documents are taken, dropped or
kept, and only those that are new or changed are read. Content decides, not
the name: the same file under two names is one document, and a changed file
takes the place of what stood at its path before. Nothing shows until the
draft is published whole (`index/library/build.py`). What reads documents is imported when there is one to read.
"""

import hashlib
from collections.abc import Callable, Iterable, MutableMapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from index.errors import DocumentError
from index.library.manifest import Entry
from index.model.types import Document, Parsed
from index.readers.received import Received, receive
from index.readers.source import Source, sources

if TYPE_CHECKING:
    from index.grammar.parse_report import ParseReport

_PACKAGE = Path(__file__).parents[1]
# The packages that decide how a document is read and cut.
_READING = ("grammar", "language", "model", "readers")


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that was not taken, and why."""

    name: str
    reason: str


@dataclass
class Changes:
    """What became of the files that a command named; `same` are documents that were there already."""

    added: list[Entry] = field(default_factory=list)
    replaced: list[Entry] = field(default_factory=list)
    removed: list[Entry] = field(default_factory=list)
    same: list[Entry] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.added or self.replaced or self.removed)


class Draft:
    """The documents of a library as they will be, with what was read for it.

    `entries` and `parsed` are by document id; an entry without its Parsed is
    as it was published. Of two files with the same content the first stays,
    as long as it is there; `seen` are the ids of all files that were offered.
    Where the program that read the documents has changed (`stale`), every
    document is read again. `parsed` is where what is read is kept; in memory
    where nothing is said.
    """

    def __init__(
        self,
        entries: Iterable[Entry] = (),
        left_out: Iterable[str] = (),
        stale: bool = False,
        parsed: MutableMapping[str, Parsed] | None = None,
    ) -> None:
        self.entries = {entry.id: entry for entry in entries}
        self.left_out = set(left_out)
        self.seen: set[str] = set()
        self.parsed: MutableMapping[str, Parsed] = {} if parsed is None else parsed
        self.changes = Changes()
        self.stale = stale
        self._same: set[str] = set()
        self._order: list[str] | None = None
        self._at: dict[Origin, str] = {_origin_of(entry): entry.id for entry in self.entries.values()}

    def is_known(self, received: Received, origin: "Origin", folder: Path | None) -> bool:
        """Whether the document that came in need not be read: it is there already, or was left out."""
        document = received.document
        known = self.entries.get(document)
        self.seen.add(document)
        if origin.in_folder and document in self.left_out:
            return True
        if known and (self._is_same(known, received, origin) or self._stands_elsewhere(known, origin, folder)):
            if known.id not in self.parsed and known.id not in self._same:
                self._same.add(known.id)
                self.changes.same.append(known)
            return True
        return False

    def put(self, entry: Entry, parsed: Parsed | None = None) -> None:
        """Put a document that was read in its place; without `parsed` that is kept already."""
        places = dict.fromkeys(found for found in (entry.id, self._at.get(_origin_of(entry))) if found in self.entries)
        before = [self.entries[document] for document in places if document is not None]
        for old in before:
            self._forget(old, but=entry.id)
        self.entries[entry.id] = entry
        self._order = None
        self._at[_origin_of(entry)] = entry.id
        if parsed is not None:
            self.parsed[entry.id] = parsed
        self.left_out.discard(entry.id)
        if any(old.fingerprint == entry.fingerprint for old in before):
            self.changes.same.append(entry)
        else:
            (self.changes.replaced if before else self.changes.added).append(entry)

    def keep(self, source: Source, folder: Path | None) -> None:
        """Keep what was read of `source` before; nothing of it where the program has changed since."""
        document = self._at.get(origin_of(source, folder))
        if document is not None and not self.stale:
            self.seen.add(document)

    def _is_same(self, known: Entry, received: Received, origin: "Origin") -> bool:
        fresh = not self.stale or known.id in self.parsed
        return fresh and _origin_of(known) == origin and known.fingerprint == received.fingerprint

    def _stands_elsewhere(self, known: Entry, origin: "Origin", folder: Path | None) -> bool:
        """Whether a document was found under another path that still holds it."""
        if _origin_of(known) == origin:
            return False
        if not known.in_folder:
            return origin.in_folder or Path(known.source).exists()
        return folder is None or (folder / known.source).exists()

    def drop(self, entry: Entry) -> None:
        """Leave a document out of the library."""
        self._forget(entry)
        self.changes.removed.append(entry)

    def _forget(self, entry: Entry, but: str = "") -> None:
        """Forget a document, and what was read of it unless it is that of `but`."""
        self.entries.pop(entry.id, None)
        self._order = None
        self._at.pop(_origin_of(entry), None)
        if entry.id != but:
            self.parsed.pop(entry.id, None)

    def refresh(self, kept: Callable[[str], Document | None]) -> None:
        """Where the program has changed, read every document again that was not: from its file, or as it is kept.

        `kept` gives a document that the published index keeps, by its id. What
        cannot be found whole any more stays in the library, as a doubt.
        """
        if not self.stale:
            return
        from index.grammar.parse import parse
        from index.grammar.parse_report import parse_report

        for entry in [entry for entry in self.entries.values() if entry.id not in self.parsed]:
            document = _from_file(entry) or kept(entry.id)
            if document is None:
                raise DocumentError(
                    f"{entry.source}: added to the library before, but the file is gone and so is the index that "
                    "kept it. Put the file back, or leave out what was added with "
                    "'python -m index build --folder-only'."
                )
            parsed = parse(document)
            self.parsed[entry.id] = parsed
            self.entries[entry.id] = _entry(parsed, parse_report(parsed), _origin_of(entry), entry.fingerprint)

    @property
    def order(self) -> Sequence[str]:
        """The ids in the order of the index: by file name, then by id."""
        if self._order is None:
            self._order = sorted(self.entries, key=lambda document: (self.entries[document].file, document))
        return self._order


class Origin(NamedTuple):
    """Where a document was found: its path, within the folder of documents or absolute, and its place in a zip file."""

    source: str
    member: str
    in_folder: bool


def origin_of(source: Source, folder: Path | None) -> Origin:
    """Where `source` was found; `folder` is the folder of documents where it was found in that."""
    path = source.path.resolve() if folder is None else source.path.relative_to(folder)
    return Origin(path.as_posix(), source.member, folder is not None)


def _origin_of(entry: Entry) -> Origin:
    return Origin(entry.source, entry.member, entry.in_folder)


def read_whole(received: Received, origin: Origin) -> tuple[Entry, Parsed]:
    """The document that came in, with its entry; DocumentError, naming the file, where it cannot be read whole."""
    from index.grammar.parse import parse
    from index.grammar.parse_report import parse_report
    from index.readers.read import read_received

    parsed = parse(read_received(received))
    report = parse_report(parsed)
    if report.gaps:
        raise DocumentError(
            f"{received.source.name}: cannot be read whole: {'; '.join(report.gaps[:5])}. "
            "See all with 'python -m index check', mend the file or leave it out."
        )
    return _entry(parsed, report, origin, received.fingerprint), parsed


def _entry(parsed: Parsed, report: "ParseReport", origin: Origin, found: str) -> Entry:
    return Entry(
        id=parsed.document.id,
        file=parsed.document.file,
        source=origin.source,
        member=origin.member,
        in_folder=origin.in_folder,
        fingerprint=found,
        title=parsed.document.title,
        kind=parsed.document.kind,
        date=parsed.document.date.isoformat() if parsed.document.date else "",
        questions=report.questions,
        passages=len(parsed.passages),
        doubts=report.to_look_at,
    )


def _from_file(entry: Entry) -> Document | None:
    """The document read from the path that it was added from, None where that holds it no more."""
    if entry.in_folder or not Path(entry.source).is_file():
        return None
    from index.readers.read import read_received

    for source in sources(Path(entry.source)):
        if source.member == entry.member and (received := receive(source)).fingerprint == entry.fingerprint:
            return read_received(received)
    return None


def find_entry(entries: Sequence[Entry], name: str) -> Entry:
    """The one document with this id (or a beginning of it), file name or path.

    Raises DocumentError, listing what there is, where none or several match.
    """
    path = Path(name).resolve().as_posix()
    matches = [
        entry
        for entry in entries
        if name in (entry.file, entry.source, f"{entry.source}/{entry.member}")
        or path in (entry.source, f"{entry.source}/{entry.member}")
        or (len(name) >= 4 and entry.id.startswith(name))
    ]
    if len(matches) != 1:
        listed = ", ".join(f"{entry.id} ({entry.file})" for entry in (matches or entries)[:20])
        more = f" and {len(matches or entries) - 20} more" if len(matches or entries) > 20 else ""
        raise DocumentError(f"{name}: matches {len(matches)} documents of the library, expected one: {listed}{more}.")
    return matches[0]


@cache
def code_fingerprint() -> str:
    """A SHA-256 of the program that reads documents and cuts passages: what it read is read again when it changes."""
    digest = hashlib.sha256()
    for path in sorted(path for room in _READING for path in (_PACKAGE / room).rglob("*.py")):
        digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()
