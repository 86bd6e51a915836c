"""What a person follows, and what is new to it, on the page: looked for when somebody comes by.

Each user of a password file has a list of his own; without one there is the
list of this machine, which `python -m rag watch` has too. Documents that were
added are searched by one thread, whoever asks, so that nobody's list keeps
others waiting; he is told that it is not done yet.
"""

import threading
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as StillLookingError
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Literal

from index.errors import OutputError
from rag.citation.citation import Citation
from rag.texts.answers import Language
from rag.watch.feed import Place, promises_feed, watch_feed
from rag.watch.kept import Kept
from rag.watch.news import News, fresh
from rag.watch.search import pending, search
from rag.watch.store import DAYS, WatchesBusyError, WatchStore, find_watch, new_watch, without_watch
from ui.desk.desk import Desk
from ui.links import citation_link, root_path

# Seconds that a request waits for documents to be searched, and for another who changes the same list.
_PATIENCE, _WAIT = 4.0, 2.0
# Questions asked of documents that are searched for a page; a command does any number.
_MOST_PENDING = 2_000
State = Literal["done", "looking", "much"]


class Watching:
    """The lists over one desk; `person` is a user's name, "" for the list of this machine."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._searching = ThreadPoolExecutor(1, "watching")
        self._looks: dict[str, Future[None]] = {}
        self._lock = threading.Lock()

    def store(self, person: str) -> WatchStore:
        return WatchStore.of(self._desk.settings, person)

    def looked(self, person: str) -> tuple[Kept, State]:
        """The list of that person after what was added was searched, and whether it was."""
        state = self._look(person)
        return self.store(person).read(), state

    def _look(self, person: str) -> State:
        waiting = pending(self._desk.settings, self.store(person).read(), datetime.now(UTC))
        if waiting == 0:
            return "done"
        if waiting > _MOST_PENDING:
            return "much"
        with self._lock:
            look = self._looks.get(person)
            if look is None or look.done():
                look = self._looks[person] = self._searching.submit(self._search, person)
        try:
            look.result(_PATIENCE)
        except (StillLookingError, WatchesBusyError):
            return "looking"
        except OutputError:
            # A folder that cannot be written to still shows what is kept.
            return "done"
        return "done"

    def _search(self, person: str) -> None:
        with self.store(person).changing(_WAIT) as change:
            encoders = self._desk.tools.assistant.encoders
            change.kept = search(self._desk.settings, change.kept, datetime.now(UTC), encoders)

    def fresh(self, kept: Kept) -> list[News]:
        """What is new on a list since its page was last visited."""
        return fresh(kept, self._desk.tools.citer, "visited")

    def add(self, person: str, question: str, filters: Mapping[str, Any], promises: bool) -> str:
        """Follow a question, or promises that fall due, and give the name it has; WatchError where that cannot be."""
        present = [head.id for head in self._desk.tools.collection.heads]
        with self.store(person).changing(_WAIT) as change:
            kept = change.kept.noticing(present)
            watch = new_watch(kept, question, filters, days=DAYS if promises else None)
            change.kept = replace(kept, watches=(*kept.watches, watch))
        return watch.name

    def remove(self, person: str, name: str) -> str:
        """Follow it no more; WatchError where it is not on the list."""
        with self.store(person).changing(_WAIT) as change:
            watch = find_watch(change.kept, name)
            change.kept = without_watch(change.kept, watch)
        return watch.name

    def visited(self, person: str, shown: Mapping[str, int]) -> None:
        """Note that a person has seen the first so many items of each watch, by its id."""
        with self.store(person).changing(_WAIT) as change:
            seen = [
                replace(one, visited=max(one.visited, min(shown.get(one.id, 0), one.found)))
                for one in change.kept.watches
            ]
            change.kept = replace(change.kept, watches=tuple(seen))

    def feed(self, person: str, name: str, language: Language, host: str) -> bytes:
        """The Atom feed of a watch by its id, or "promises"; `host` is the address it is asked at, with its scheme."""
        address = f"{host}{root_path()}/woordelijk/feeds/{name}?language={language}"

        def of(citation: Citation) -> str:
            return f"{host}{citation_link(citation, language)}"

        citer, place = self._desk.tools.citer, Place(address, of)
        if name == "promises":
            return promises_feed(self._desk.settings, citer, language, DAYS, datetime.now(UTC).date(), place)
        kept, _ = self.looked(person)
        return watch_feed(find_watch(kept, name), citer, language, place)
