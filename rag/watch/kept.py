"""What is kept of saved questions: which there are, what they found, and which documents the library had when.

The library is seen now and then, each time with some documents. What differs
from the time before makes a new *moment*, a number that counts up. By moments
it is told which documents a watch has not been asked about: a rebuilt index
has the same documents, and one that is removed and added again is not new to
whoever saw it before.
"""

import sys
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import Annotated, Any

from msgspec import Meta

# As they are kept; what is read is checked against it.
_Day = Annotated[str, Meta(pattern=r"^(\d{4}-\d\d-\d\d)?$")]
_Moment = Annotated[str, Meta(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")]
_Range = Annotated[str, Meta(pattern=r"^(\d{1,9}-\d{1,9})?$")]

# Found by one watch: so many are kept, the latest.
MOST_ITEMS = 100


@dataclass(frozen=True, slots=True)
class Item:
    """Something that a watch found: the range `start` to `end` (code points) of a document.

    `number` counts from 1 within the watch. `sentence` is the part that
    answers, "start-end", "" where that is all of it. `at` is when it was found
    (UTC), `by` the day on which a promise falls due, "" for no promise.
    """

    number: int
    document: str
    start: int
    end: int
    at: _Moment
    sentence: _Range = ""
    by: _Day = ""


@dataclass(frozen=True, slots=True)
class Watch:
    """A question that is asked of every document that is added, or promises that fall due within `days`.

    `filters` are those beside the question, as `Filters.record` has them.
    `asked` are the moments of the library at which it was asked of all
    documents, first that at which it was made; of promises all were found that fall
    due until the day `until`. `found` is how many items there were in all, of
    which the latest are kept, `told` and `visited` how many of these a command
    and the page have shown.
    """

    id: str
    name: str
    question: str
    filters: dict[str, Any]
    days: int | None
    created: _Moment
    asked: Annotated[tuple[int, ...], Meta(min_length=1)]
    until: _Day = ""
    found: int = 0
    told: int = 0
    visited: int = 0
    items: tuple[Item, ...] = ()

    def with_found(self, items: Iterable[Item]) -> "Watch":
        """This watch with these items, numbered on; the latest are kept."""
        numbered = [replace(item, number=self.found + place) for place, item in enumerate(items, start=1)]
        return replace(self, items=(*self.items, *numbered)[-MOST_ITEMS:], found=self.found + len(numbered))

    def since(self, shown: int) -> tuple[Item, ...]:
        """The items that are kept of those after the first `shown`."""
        return tuple(item for item in self.items if item.number > shown)


@dataclass(frozen=True, slots=True)
class Kept:
    """The watches of one person, and when which documents came and went: at odd places a moment of coming, from 1."""

    format: int
    person: str = ""
    moment: int = 0
    documents: dict[str, tuple[int, ...]] = field(default_factory=dict)
    watches: tuple[Watch, ...] = ()

    def noticing(self, documents: Iterable[str]) -> "Kept":
        """The same after the library was seen with these documents."""
        present = dict.fromkeys(documents)
        there = {document for document, moments in self.documents.items() if len(moments) % 2}
        changed = [*(there - present.keys()), *(document for document in present if document not in there)]
        if not changed:
            return self
        moment = self.moment + 1
        noted = {document: (*self.documents.get(document, ()), moment) for document in changed}
        return replace(self, moment=moment, documents={**self.documents, **noted})

    def new_to(self, watch: Watch, documents: Iterable[str]) -> list[str]:
        """Those of the present `documents`, in order, that this watch has not been asked about."""
        return [one for one in documents if not _was_seen(self.documents[one], watch)]


def _was_seen(moments: Sequence[int], watch: Watch) -> bool:
    """Whether a document, which is there, was there at any moment at which the watch was asked."""
    stays = zip_longest(moments[::2], moments[1::2], fillvalue=sys.maxsize)
    return any(bisect_left(watch.asked, came) < bisect_left(watch.asked, gone) for came, gone in stays)
