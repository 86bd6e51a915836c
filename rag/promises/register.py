"""The register of promises and refusals of a library: which there are of a kind, until a day, in a document.

They were found when their document was added, so that no document is read for it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from index.errors import WoordelijkError
from index.language.parliament.promise_kinds import STRENGTHS
from index.language.values.periods import read_period
from index.library.open import published_promises
from index.model.collection import find_head
from index.model.publications import shown_documents
from index.model.store import DocumentHead
from index.search.promises import Promise
from index.settings import Location

Kind = Literal["promise", "refusal", "firm", "soft", "declines", "not-possible", "not-known"]
KINDS: tuple[Kind, ...] = get_args(Kind)


class PromiseFilterError(WoordelijkError):
    """A kind of promise or a day that there is not."""


@dataclass(frozen=True, slots=True)
class Found:
    """A promise or a refusal, and the document that it stands in."""

    document: DocumentHead
    promise: Promise

    @property
    def kind(self) -> Literal["promise", "refusal"]:
        """Which of both it is."""
        return "promise" if self.promise.verdict in STRENGTHS else "refusal"


def find_promises(
    index: Location, kinds: Collection[str] = (), until: str = "", document: str = ""
) -> tuple[Found, ...]:
    """The promises and refusals of a library, document by document, in the order of the text.

    Of `kinds` (any of KINDS; all where there are none), in one `document` (id
    or file name); with `until` (a day, month or year) those that state a day
    on or before the last day of it, by that day. Raises PromiseFilterError,
    UnknownDocumentError, and what `read_library` does.
    """
    return choose_promises(published_promises(index), kinds, until, document)


def choose_promises(
    everything: Sequence[tuple[DocumentHead, tuple[Promise, ...]]],
    kinds: Collection[str] = (),
    until: str = "",
    document: str = "",
) -> tuple[Found, ...]:
    """The same as `find_promises`, of what was read before."""
    if unknown := [kind for kind in kinds if kind not in KINDS]:
        raise PromiseFilterError(f"kind is {unknown[0]!r}; expected one of {', '.join(KINDS)}.")
    last = _last_day(until)
    heads = [head for head, _ in everything]
    chosen = {find_head(heads, document).id} if document else shown_documents(heads)
    found = (Found(head, one) for head, ones in everything if head.id in chosen for one in ones)
    wanted = [one for one in found if not kinds or {one.kind, one.promise.verdict.replace(" ", "-")} & set(kinds)]
    if last is None:
        return tuple(wanted)
    return tuple(one for _, one in sorted(_due(wanted, last), key=lambda pair: pair[0]))


def _due(found: list[Found], last: date) -> list[tuple[date, Found]]:
    return [(by, one) for one in found if (by := one.promise.by) and by <= last]


def _last_day(until: str) -> date | None:
    if not until:
        return None
    period = read_period(until)
    if period is None or period[1] is None:
        raise PromiseFilterError(f"until is {until!r}; expected a day, month or year, such as 2026-07-01 or juli 2026.")
    return period[1]
