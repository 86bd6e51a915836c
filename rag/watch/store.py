"""Where the watches of a library are kept: a file beside it for those of this machine, one more for each user.

Written whole or not at all, by one at a time. A file that cannot be read is
left as it is and named: nothing of it is lost by what we do.
"""

import hashlib
import os
import re
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from index.errors import OutputError, WoordelijkError
from index.files import PRIVATE, write_whole
from index.regular_file import read_regular
from index.settings import Address, Settings
from rag.question.filter_record import read_filters
from rag.question.operators import called_as_typed
from rag.question.out_of_scope import out_of_scope
from rag.question.query import LONGEST_QUESTION, Query, read_question
from rag.question.remark import remark_text
from rag.watch.kept import Kept, Watch

FORMAT = 1
MOST_WATCHES = 200
LONGEST_NAME = 100
LONGEST_FILTERS = 4_000
MOST_DAYS = 366
DAYS = 14
# Bytes: all that may be kept, many times over.
_LARGEST = 100_000_000
# Seconds that one who changes the file waits for another.
WAIT = 60.0
FOLDER = "WOORDELIJK_WATCHES"
_DECODER = msgspec.json.Decoder(Kept)


@dataclass(frozen=True, slots=True)
class _Written:
    """What a file of any version has."""

    format: int


_FORMAT_DECODER = msgspec.json.Decoder(_Written)


class WatchError(WoordelijkError):
    """A watch that cannot be, or is not there."""


class WatchesDamagedError(WoordelijkError):
    """A file of watches that cannot be read."""


class WatchesBusyError(WoordelijkError):
    """A file of watches that somebody else is changing."""


class WatchStore:
    """The watches in one file; `person` is whose they are, "" for those of this machine."""

    def __init__(self, path: Path, person: str = "") -> None:
        self.path = path
        self.person = person

    @classmethod
    def of(cls, settings: Settings, person: str = "") -> "WatchStore":
        """Those of a library: beside it, or in the folder that WOORDELIJK_WATCHES names."""
        index = settings.index
        name = f"{index.host}-{index.port}-{index.name}" if isinstance(index, Address) else index.name
        folder = Path(os.environ.get(FOLDER) or settings.beside)
        if os.environ.get(FOLDER):
            # Libraries of one name may share it.
            place = str(index if isinstance(index, Address) else index.resolve())
            name = f"{name}-{hashlib.sha256(place.encode()).hexdigest()[:12]}"
        # A user's name may hold anything, a path too.
        user = f".{hashlib.sha256(person.encode()).hexdigest()[:24]}" if person else ""
        return cls(folder / f"{name}.watches{user}.json", person)

    def read(self) -> Kept:
        """All that is kept; WatchesDamagedError where the file is not what was written."""
        try:
            content = read_regular(self.path, _LARGEST)
        except FileNotFoundError:
            return Kept(FORMAT, self.person)
        except OSError as error:
            raise WatchesDamagedError(f"{self.path}: cannot be read ({error.strerror}). {self._advice()}") from error
        try:
            written = _FORMAT_DECODER.decode(content).format
            if written > FORMAT:
                raise WatchesDamagedError(
                    f"{self.path}: was written by a later version of this program (format {written}, expected "
                    f"{FORMAT}). Use that version; nothing was changed."
                )
            found = _DECODER.decode(content)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            raise WatchesDamagedError(f"{self.path}: not a file of watches ({error}). {self._advice()}") from error
        if found.format != FORMAT or found.person != self.person:
            raise WatchesDamagedError(
                f"{self.path}: has format {found.format} and is of {found.person!r}; expected format {FORMAT} and "
                f"{self.person!r}. {self._advice()}"
            )
        return found

    def _advice(self) -> str:
        return "Put back a copy of it, or move it away to begin anew; nothing was changed."

    @contextmanager
    def changing(self, wait: float = WAIT) -> Iterator["Change"]:
        """The right to change them: what is in `kept` at the end is written, whole.

        WatchesBusyError where another still changes them after `wait` seconds,
        OutputError where the folder cannot be written to.
        """
        from filelock import FileLock, Timeout

        lock = FileLock(self.path.with_name(f".{self.path.name}.lock"), mode=PRIVATE)
        try:
            lock.acquire(timeout=wait)
        except Timeout as error:
            raise WatchesBusyError("Somebody else is looking for what is new. Try again in a minute.") from error
        except OSError as error:
            raise OutputError(
                f"{self.path}: cannot be written ({error.strerror}). Name a folder for it in {FOLDER}."
            ) from error
        try:
            before = self.read()
            change = Change(before)
            yield change
            if change.kept != before:
                write_whole(self.path, msgspec.json.format(msgspec.json.encode(change.kept), indent=1), PRIVATE)
        finally:
            lock.release()


class Change:
    """What is kept, to be replaced."""

    def __init__(self, kept: Kept) -> None:
        self.kept = kept


def new_watch(
    kept: Kept,
    question: str,
    filters: Mapping[str, Any] | None = None,
    name: str = "",
    days: int | None = None,
    now: datetime | None = None,
) -> Watch:
    """A watch that can be added to those that are kept; what is there now is not new to it.

    Without a name it is called after its question, or after its promises.
    Raises WatchError where nothing is asked of the documents, it is too long, the name
    is taken or there are as many as are kept; FilterError for its filters.
    """
    if len(kept.watches) >= MOST_WATCHES:
        raise WatchError(f"There are {len(kept.watches)} watches, as many as are kept. Remove one first.")
    checked = _checked_filters(filters)
    asked = " ".join(question.split())
    if days is None:
        _check_question(asked, bool(checked))
    elif asked or checked:
        raise WatchError("Promises that fall due are of the whole library: leave out the question and its filters.")
    elif not 0 <= days <= MOST_DAYS:
        raise WatchError(f"{days} days: expected 0 to {MOST_DAYS}.")
    called = _checked_name(name) if name else _called(asked, checked, days)
    if any(one.name.casefold() == called.casefold() for one in kept.watches):
        raise WatchError(f"There is a watch “{called}” already. Give this one another name.")
    at = stamp(now or datetime.now(UTC))
    made = hashlib.sha256(f"{kept.person}\n{called}\n{at}\n{len(kept.watches)}".encode()).hexdigest()[:16]
    return Watch(made, called, asked, checked, days, at, (kept.moment,))


def find_watch(kept: Kept, name: str) -> Watch:
    """The watch of that name or id, capitals aside; WatchError, with what there is, where there is none."""
    wanted = name.casefold()
    for watch in kept.watches:
        if wanted in (watch.id, watch.name.casefold()):
            return watch
    there_are = ", ".join(f"“{watch.name}”" for watch in kept.watches[:20]) or "none"
    raise WatchError(f"{name[:LONGEST_NAME]!r}: no such watch; there are: {there_are}.")


def without_watch(kept: Kept, watch: Watch) -> Kept:
    """What is kept without that watch."""
    return replace(kept, watches=tuple(one for one in kept.watches if one.id != watch.id))


def stamp(moment: datetime) -> str:
    """A moment as it is kept: RFC 3339, to the second, in UTC."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _checked_filters(filters: Mapping[str, Any] | None) -> dict[str, Any]:
    record = read_filters(filters or None).record()
    if len(msgspec.json.encode(record)) > LONGEST_FILTERS:
        raise WatchError(f"The filters take more than {LONGEST_FILTERS:,} characters. Leave some values out.")
    return record


def _check_question(asked: str, filtered: bool) -> None:
    if len(asked) > LONGEST_QUESTION:
        raise WatchError(f"The question has {len(asked):,} characters; expected at most {LONGEST_QUESTION:,}.")
    query = read_question(asked)
    if query is None and not filtered:
        raise WatchError(f"{asked[:60]!r}: no question, no words and no filter. Say what to watch for.")
    if not filtered and (out_of_scope(asked) or _says_nothing(query)):
        raise WatchError(f"{asked[:60]!r}: asks nothing of the documents, so nothing would be told. Ask a question.")
    if query and query.remarks:
        raise WatchError(remark_text(called_as_typed(query.remarks[0], asked), "en"))


def _says_nothing(query: Query | None) -> bool:
    """Whether a question is of words alone that every document has ("de het een")."""
    return query is not None and not (query.content or query.filters or query.names_units)


def _checked_name(name: str) -> str:
    called = name.strip()
    if not called or len(called) > LONGEST_NAME or any(unicodedata.category(c)[0] == "C" for c in called):
        raise WatchError(f"{name[:60]!r}: no name for a watch; expected 1 to {LONGEST_NAME} characters on one line.")
    return called


def _called(asked: str, filters: Mapping[str, Any], days: int | None) -> str:
    if days is not None:
        return "toezeggingen"
    words = asked or ", ".join(f"{key}: {value}" for key, value in filters.items())
    plain = "".join(" " if unicodedata.category(c)[0] == "C" else c for c in words)
    return re.sub(r"\s+", " ", plain).strip()[:LONGEST_NAME].strip() or "…"
