"""What the pages and the programs that ask work on: the index as it is on disk now.

A server runs for days while documents come and go. The index is swapped on
disk by one rename; here it is swapped by one assignment, so that whoever is
being answered keeps the collection he began with.
"""

import gc
import hashlib
import logging
import math
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from anyio import to_thread

from index.errors import WoordelijkError
from index.library.collect import Progress
from index.library.draft import Changes
from index.library.manifest import published_at
from index.model.collection import Collection
from index.settings import Address, Settings
from rag.answer.assistant import Assistant
from rag.citation.citation import Citer
from ui.desk.jobs import Jobs
from ui.desk.measurements import Measurements

# Seconds between two looks at what a cluster publishes.
_EVERY = 2.0
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Tools:
    """One opened index with what answers, cites and checks from it; all of the same documents."""

    assistant: Assistant

    @property
    def collection(self) -> Collection:
        return self.assistant.index.collection

    @cached_property
    def library(self) -> str:
        """What the documents are, in a word: other documents, another word."""
        ids = " ".join(head.id for head in self.collection.heads)
        return hashlib.sha256(ids.encode("ascii")).hexdigest()[:16]

    @cached_property
    def citer(self) -> Citer:
        return Citer(self.collection)


class Desk:
    """Hands out the tools of the index as it is now, and does what takes long: checks of memos, and changes.

    Raises WoordelijkError when made where the index cannot be used; later a
    broken index is logged, and the last good one kept.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        # Half of the processors stay free for those who ask.
        self.checks = Jobs(max(1, (os.cpu_count() or 1) // 2))
        # One at a time; what reading a document and encoding it took in memory goes with its process.
        self.changes = Jobs(1, jobs_of_a_process=1)
        self.measurements = Measurements()
        self._opening = threading.Lock()
        self._asked = -math.inf
        self._stamp: tuple[Any, ...] | None = None
        self._stamp = self._written()
        self._tools = Tools(Assistant.open(settings))

    @property
    def tools(self) -> Tools:
        """The tools of the index on disk; one asker opens a new index while the others use the old."""
        if published_at(self.settings.index) != self._stamp and self._opening.acquire(blocking=False):
            try:
                self._reopen()
            finally:
                self._opening.release()
        return self._tools

    def refresh(self) -> Tools:
        """The tools of the index on disk, waited for: what a person just changed is in them."""
        with self._opening:
            self._asked = -math.inf
            if self._written() != self._stamp:
                self._reopen()
        return self._tools

    async def change(
        self, function: Callable[..., Changes], *arguments: Any, progress: Progress | None = None
    ) -> Changes:
        """What `function(settings, *arguments)` changed in the library, which is then open as it is now."""
        changes: Changes = await self.changes.run(function, self.settings, *arguments, progress=progress)
        await to_thread.run_sync(self.refresh)
        return changes

    def close(self) -> None:
        """End the processes that wait for something to do, and what is being measured."""
        self.checks.close()
        self.changes.close()
        self.measurements.close()

    def _reopen(self) -> None:
        self._asked = -math.inf
        self._stamp = self._written()
        try:
            self._tools = Tools(self._tools.assistant.opened_anew(self.settings))
        except WoordelijkError:
            logger.exception("the changed index cannot be opened; the one before stays in use")
        # An opened index refers to itself, and is large: by itself Python would let some of them pile up.
        gc.collect()

    def _written(self) -> tuple[Any, ...] | None:
        """What changes whenever an index is published; a cluster is asked now and then, not for every question."""
        if isinstance(self.settings.index, Address) and time.monotonic() - self._asked < _EVERY:
            return self._stamp
        self._asked = time.monotonic()
        found = published_at(self.settings.index)
        # A cluster that does not answer has not changed; whoever asks is told.
        return self._stamp if found is None and isinstance(self.settings.index, Address) else found
