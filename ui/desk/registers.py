"""What was found in every document when it was added, read once for each opened index.

A page shows some of it, filtered and in another order, and must not read all
of it anew for every request.
"""

import threading
from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from index.library.open import published_coverage, published_promises
from index.model.store import DocumentHead
from index.search.coverage import Covered
from index.search.promises import Promise
from index.settings import Location
from rag.compare.disagreements import Disagreement, disagreements
from rag.compare.documents import Comparison, compare

if TYPE_CHECKING:
    from ui.desk.desk import Tools

# Comparisons that are kept at hand.
_KEPT = 8


class Register:
    """Promises, sub-questions and figures that disagree of the documents that `tools` have, each when asked for."""

    def __init__(self, tools: "Tools", index: Location) -> None:
        self.tools = tools
        self._index = index
        self._comparison = lru_cache(_KEPT)(self._compare)
        self._there = {head.id for head in tools.collection.heads}

    @cached_property
    def promises(self) -> Sequence[tuple[DocumentHead, tuple[Promise, ...]]]:
        return [(head, found) for head, found in published_promises(self._index) if head.id in self._there]

    @cached_property
    def coverage(self) -> Sequence[tuple[DocumentHead, tuple[Covered, ...]]]:
        return [(head, found) for head, found in published_coverage(self._index) if head.id in self._there]

    def comparison(self, a: str, b: str) -> Comparison:
        """The documents of these ids side by side; the latest are kept."""
        return self._comparison(a, b)

    def _compare(self, a: str, b: str) -> Comparison:
        collection = self.tools.collection
        records = [collection.store.record(collection.numbers[name]) for name in (a, b)]
        return compare(records[0], records[1], self.tools.assistant.encoders.words)

    @cached_property
    def disagreements(self) -> Sequence[Disagreement]:
        """What is stated with different values."""
        found = disagreements(self._index)
        return [one for one in found if all(stated.document.id in self._there for stated in one.stated)]


class Registers:
    """The register of the index of the moment; an index that is published meanwhile gets another."""

    def __init__(self, index: Location) -> None:
        self._index = index
        self._lock = threading.Lock()
        self._register: Register | None = None

    def of(self, tools: "Tools") -> Register:
        """The register of what these tools have open."""
        with self._lock:
            if self._register is None or self._register.tools is not tools:
                self._register = Register(tools, self._index)
            return self._register
