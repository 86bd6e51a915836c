"""What a question is searched among: the documents, questions and speakers that are let through.

Filters come from the question itself ("fractie:CDA", "-boete") or from
options; what the question says goes before what was set beside it.
"""

from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from index.language.parliament.promise_kinds import Refusal, Strength
from index.model.types import Field, Speaker


@dataclass(frozen=True, slots=True)
class Filters:
    """What a passage must have to be shown; an empty filter lets everything through.

    Within one filter any value will do; all filters that are set must be met.
    `documents` are ids (or a beginning of one), file names or words of a
    title, `kinds` kinds of documents, `ministers` an office or a name,
    `members` who ask, several in one value those who ask together,
    `since` and `until` the first and the last day of the document's date.
    `numbers` are question numbers, `annexes` Roman numerals, `tables`
    numbers as their headings have them, or else by their place. `promises` and
    `refusals` are what a sentence of the passage promises or refuses. Each of
    `phrases` must stand in the passage, none of `without` may.
    """

    documents: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    ministers: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()
    annexes: tuple[str, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    fields: tuple[Field, ...] = ()
    footnotes: tuple[int, ...] = ()
    tables: tuple[int, ...] = ()
    promises: tuple[Strength, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    phrases: tuple[str, ...] = ()
    without: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return any(getattr(self, field.name) for field in fields(self))

    @property
    def selects(self) -> bool:
        """Whether the filters choose passages, and do not only leave some out."""
        return bool(replace(self, without=()))

    def overruled_by(self, other: "Filters") -> "Filters":
        """These filters, with each that `other` sets taken from `other`; phrases and exclusions add up.

        A period is one filter: where `other` has either end, both are its own.
        """
        chosen = {f.name: getattr(other, f.name) or getattr(self, f.name) for f in fields(self)}
        if other.since or other.until:
            chosen |= {"since": other.since, "until": other.until}
        for name in ("phrases", "without"):
            chosen[name] = tuple(dict.fromkeys(getattr(self, name) + getattr(other, name)))
        return Filters(**chosen)

    def with_also(self, other: "Filters") -> "Filters":
        """Both as one: of a list either's values will do, of two periods what they share."""
        chosen: dict[str, Any] = {
            field.name: tuple(dict.fromkeys(getattr(self, field.name) + getattr(other, field.name)))
            for field in fields(self)
            if field.name not in ("since", "until")
        }
        first = [day for day in (self.since, other.since) if day]
        last = [day for day in (self.until, other.until) if day]
        return Filters(**chosen, since=max(first, default=None), until=min(last, default=None))

    def record(self) -> dict[str, Any]:
        """The filters that are set, as JSON: lists of values, and dates as YYYY-MM-DD."""
        found: dict[str, Any] = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if value:
                found[field.name] = value.isoformat() if isinstance(value, date) else list(value)
        return found


NO_FILTERS = Filters()
