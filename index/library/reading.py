"""Read files, many at once, and keep what was read until it is written.

Thousands of files are read by a process a core. Little of what was read is in
memory: it lies in a folder, a file each, where a command that broke off finds
it when it is run again. A file that ends the process that reads it costs no
other file anything.
"""

import hashlib
import logging
import os
import secrets
import tempfile
from collections import deque
from collections.abc import Iterator, MutableMapping, Sequence
from concurrent.futures import BrokenExecutor, Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

import msgspec

from index.errors import DocumentError, OutputError, WoordelijkError
from index.library.draft import Draft, Origin, Refusal, code_fingerprint, origin_of, read_whole
from index.library.manifest import Entry
from index.library.store import READ
from index.limits import limit_memory
from index.model.types import Document, Parsed, Unit
from index.readers.received import Received, receive
from index.readers.source import Source
from index.settings import Address, Location

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing.process import BaseProcess

# Of what was read so many stay in memory: a document that is added is not written twice.
_IN_MEMORY = 32
# Files that are read sooner than other processes start.
_FEW = 32
_BROKE = "{name}: reading it ended the process that read it (a fault of ours, or too little memory). Leave it out."
_FAULT = "{name}: reading it failed by a fault of ours ({fault}), which is said above. It was left out."
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Kept:
    """A document that was read, as it is kept; without its entry where nothing asks for that again."""

    entry: Entry | None
    document: Document
    units: tuple[Unit, ...]


# Once, before there are threads (see `index/library/segment_files.py`).
_DECODER = msgspec.json.Decoder(_Kept)


class Shelf(MutableMapping[str, Parsed]):
    """What was read, by document; in `folder`, but for a few."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._memory: dict[str, Parsed] = {}
        self._paths: dict[str, Path] = {}

    def __len__(self) -> int:
        return len(self._memory) + len(self._paths)

    def __iter__(self) -> Iterator[str]:
        return iter([*self._memory, *self._paths])

    def __contains__(self, document: object) -> bool:
        return document in self._memory or document in self._paths

    def __getitem__(self, document: str) -> Parsed:
        if document in self._memory:
            return self._memory[document]
        path = self._paths[document]
        if (kept := _read(path)) is None:
            raise OutputError(f"{path}: is no longer what was written there. Run the command again.")
        return Parsed(kept.document, kept.units)

    def __setitem__(self, document: str, parsed: Parsed) -> None:
        del self[document]
        if not self.is_full:
            self._memory[document] = parsed
        else:
            path = self.folder / document
            _write(path, None, parsed)
            self._paths[document] = path

    def __delitem__(self, document: str) -> None:
        self._memory.pop(document, None)
        self._paths.pop(document, None)

    @property
    def is_full(self) -> bool:
        """Whether as much is in memory as may be."""
        return len(self._memory) >= _IN_MEMORY

    def place(self, received: Received) -> Path:
        """Where what is read of that file is kept."""
        made = f"{received.fingerprint} {code_fingerprint()}"
        return self.folder / hashlib.sha256(made.encode()).hexdigest()

    def found(self, path: Path) -> Entry | None:
        """The entry of a document that is kept there, whole; None where there is none."""
        kept = _read(path)
        return kept.entry if kept is not None else None

    def keep(self, document: str, path: Path) -> None:
        """Have what is kept at `path` as what was read of the document."""
        del self[document]
        self._paths[document] = path


@contextmanager
def shelf(index: Location) -> Iterator[Shelf]:
    """Where to keep what is read for the library at `index`: in its folder, or in one that goes with the command."""
    if isinstance(index, Address):
        with tempfile.TemporaryDirectory() as folder:
            yield Shelf(Path(folder))
    else:
        yield Shelf(index / READ)


def _write(path: Path, entry: Entry | None, parsed: Parsed) -> None:
    """Keep a document there. It may be lost, but is never taken for whole where it is not: its hash comes first."""
    content = msgspec.json.encode(_Kept(entry, parsed.document, parsed.units))
    unfinished = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            unfinished.write_bytes(hashlib.sha256(content).digest() + content)
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror or error}). Nothing was changed.") from error


def _read(path: Path) -> _Kept | None:
    """What is kept there; None where it is not what was written."""
    with suppress(OSError, msgspec.MsgspecError):
        content = path.read_bytes()
        if hashlib.sha256(content[32:]).digest() == content[:32]:
            return _DECODER.decode(content[32:])
    return None


@dataclass(frozen=True)
class _Begun:
    """A file that is being read, or what came of it: nothing where it was known, or what is wrong with it."""

    source: Source
    received: Received | None = None
    reading: "Future[Entry] | None" = None
    failed: DocumentError | None = None


class Reading:
    """Takes files into a draft, in their order, as many read at once as there are `processes`."""

    def __init__(self, draft: Draft, folder: Path | None, processes: int) -> None:
        self._draft = draft
        self._folder = folder
        self._processes = processes if isinstance(draft.parsed, Shelf) else 1
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> "Reading":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=kind is None, cancel_futures=True)

    def each(self, found: Sequence[Source]) -> Iterator[int]:
        """How many are done, each time that one is; what cannot be read is refused by name."""
        alone = self._processes == 1 or len(found) <= _FEW
        begun: deque[_Begun] = deque()
        done = 0
        for source in found:
            begun.append(self._begin(source, alone))
            if alone or len(begun) > 3 * self._processes:
                self._finish(begun.popleft(), len(found))
                yield (done := done + 1)
        while begun:
            self._finish(begun.popleft(), len(found))
            yield (done := done + 1)

    def _begin(self, source: Source, alone: bool) -> _Begun:
        try:
            received = receive(source)
        except DocumentError as error:
            return _Begun(source, failed=error)
        origin = origin_of(source, self._folder)
        if self._draft.is_known(received, origin, self._folder):
            return _Begun(source)
        shelf = self._draft.parsed
        if alone or not isinstance(shelf, Shelf) or shelf.place(received).is_file():
            return _Begun(source, received)
        return _Begun(source, received, self._sent(shelf.place(received), received, origin))

    def _finish(self, begun: _Begun, of: int) -> None:
        try:
            if begun.failed is not None:
                raise begun.failed
            if begun.received is not None:
                self._put(begun, begun.received, of)
        except DocumentError as error:
            self._draft.changes.refused.append(Refusal(begun.source.name, str(error)))
            self._draft.keep(begun.source, self._folder)

    def _put(self, begun: _Begun, received: Received, of: int) -> None:
        origin = origin_of(begun.source, self._folder)
        # What was begun before it may have been the same document.
        if self._draft.is_known(received, origin, self._folder):
            return
        try:
            entry, parsed = self._entry(begun.reading, received, origin)
        except (WoordelijkError, MemoryError):
            raise
        except Exception as error:
            if of == 1:
                raise
            _LOG.exception("%s", begun.source.name)
            raise DocumentError(_FAULT.format(name=begun.source.name, fault=type(error).__name__)) from error
        self._draft.put(entry, parsed)

    def _entry(
        self, reading: "Future[Entry] | None", received: Received, origin: Origin
    ) -> tuple[Entry, Parsed | None]:
        shelf = self._draft.parsed
        if not isinstance(shelf, Shelf):
            return read_whole(received, origin)
        path = shelf.place(received)
        if reading is not None:
            try:
                entry = reading.result()
            except BrokenExecutor:
                entry = _alone(path, received, origin)
        elif (kept := shelf.found(path)) is not None:
            entry = replace(kept, source=origin.source, member=origin.member, in_folder=origin.in_folder)
        elif shelf.is_full:
            entry = _kept(path, received, origin)
        else:
            return read_whole(received, origin)
        shelf.keep(entry.id, path)
        return entry, None

    def _sent(self, path: Path, received: Received, origin: Origin) -> "Future[Entry]":
        """The reading of a file, in one of the processes; where one of them ended, others are started."""
        with suppress(BrokenExecutor):
            if self._pool is not None:
                return self._pool.submit(_kept, path, _without_archive(received), origin)
        self._pool = _pool(self._processes)
        return self._pool.submit(_kept, path, _without_archive(received), origin)


def _alone(path: Path, received: Received, origin: Origin) -> Entry:
    """The entry of a file that was being read when a process ended: it may have been that file or another."""
    try:
        with _pool(1) as pool:
            return pool.submit(_kept, path, _without_archive(received), origin).result()
    except BrokenExecutor as error:
        raise DocumentError(_BROKE.format(name=received.source.name)) from error


def _without_archive(received: Received) -> Received:
    """As it is sent to another process: the archive is as large as all that is in it."""
    return replace(received, source=replace(received.source, archive=None))


def _pool(processes: int) -> "ProcessPoolExecutor":
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    return ProcessPoolExecutor(processes, multiprocessing.get_context("spawn"), initializer=_prepare)


def _prepare() -> None:
    """Make this a process that reads: it ends with the one that started it, which alone hears of Ctrl+C."""
    import multiprocessing
    import signal
    import threading

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    limit_memory()
    if (parent := multiprocessing.parent_process()) is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: "BaseProcess") -> None:
    parent.join()
    os._exit(1)


def _kept(path: Path, received: Received, origin: Origin) -> Entry:
    """Read the file, and keep the document at `path`."""
    try:
        entry, parsed = read_whole(received, origin)
    except MemoryError as error:
        raise DocumentError(_BROKE.format(name=received.source.name)) from error
    _write(path, entry, parsed)
    return entry
