"""Which passages a filter lets through: by document, date, minister, group, kind, speaker or number.

Every look-up gives a boolean mask over the passages, in the collection's
order, to be combined with `&` and `|`. What a document does not state matches
no filter: a letter without a date is in no period.
"""

from collections.abc import Callable, Sequence
from collections.abc import Collection as Values
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from index.language.analyser import words
from index.language.parliament.askers import NamedMember, named_members
from index.model.store import FIELDS, NO_NOTE, SPEAKERS, Columns, DocumentHead, UnitHead
from index.model.types import Field, Speaker

Mask = NDArray[np.bool_]
Value = TypeVar("Value")

# What the metadata says of who signs, or on whose behalf.
MINISTER_KEYS = ("office", "name", "minister", "on_behalf_of")


@dataclass(frozen=True, slots=True)
class _Askers:
    """The words of each name and of each group that asks."""

    names: tuple[frozenset[str], ...]
    groups: tuple[frozenset[str], ...]


class FilterMasks:
    """The masks of one collection; each takes microseconds to a few milliseconds, whatever the library's size."""

    def __init__(self, columns: Columns, heads: Sequence[DocumentHead]) -> None:
        self._columns = columns
        self._heads = heads

    def in_documents(self, ids: Values[str]) -> Mask:
        return self.documents(lambda head: head.id in ids)

    def documents(self, matches: Callable[[DocumentHead], bool]) -> Mask:
        """The passages of the documents that match."""
        return _each(matches, self._heads)[self._columns.document]

    def units(self, matches: Callable[[UnitHead], bool]) -> Mask:
        """The passages of the units that match."""
        return _each(matches, [unit for head in self._heads for unit in head.units])[self._columns.unit]

    def dated(self, first: date | None = None, last: date | None = None) -> Mask:
        """The passages of documents dated from `first` to `last`, both included; None leaves that side open."""

        def within(stated: date | None) -> bool:
            return stated is not None and (first is None or first <= stated) and (last is None or stated <= last)

        return _each(within, self.dates)[self._columns.document]

    def by_minister(self, name: str) -> Mask:
        """The passages of documents that are signed by, or for, the one whose office and name have all these words."""

        def signed(head: DocumentHead) -> bool:
            return states(" ".join(value for key, value in head.metadata if key in MINISTER_KEYS), name)

        return self.documents(signed)

    def asked_by(self, group: str) -> Mask:
        """The passages of units that the group asked, alone or with others; "PvdA" is part of "GroenLinks-PvdA"."""
        named = cache(lambda name: states(name, group))
        return self.units(lambda unit: any(named(name) for name in unit.asked_by))

    def asked_by_members(self, names: str) -> Mask:
        """The passages of units that these members asked, together where there are several: "Lahlah en Chakor".

        A name has all words that are asked for, "Nispen" is part of "Van
        Nispen"; a group in brackets must be one of those that ask.
        """
        wanted = named_members(names)
        if not wanted:
            return np.zeros(len(self._columns.document), dtype=np.bool_)

        def asks(askers: _Askers, member: NamedMember) -> bool:
            name, group = frozenset(words(member.name)), frozenset(words(member.group))
            named = bool(name) and any(name <= known for known in askers.names)
            return named and (not group or any(group <= known for known in askers.groups))

        return _each(lambda askers: all(asks(askers, one) for one in wanted), self._askers)[self._columns.unit]

    @cached_property
    def _askers(self) -> list["_Askers"]:
        """Of each unit the words of the names and groups that ask; made when the first member is asked for."""
        known = cache(lambda text: frozenset(words(text)))
        return [
            _Askers(
                tuple(known(name) for name in (*_members_of(head), *_single_members(unit))),
                tuple(known(group) for group in (*unit.asked_by, *(v for k, v in head.metadata if k == "groups"))),
            )
            for head in self._heads
            for unit in head.units
        ]

    def numbered(self, numbers: Values[int]) -> Mask:
        """The passages of the units that answer any of these question numbers, in any document."""
        wanted = frozenset(numbers)
        return self.units(lambda unit: not wanted.isdisjoint(unit.numbers))

    def spoken_by(self, speaker: Speaker) -> Mask:
        return np.equal(self._columns.speaker, SPEAKERS.index(speaker))

    def of_field(self, field: Field) -> Mask:
        """The passages that are of this part of their unit."""
        return np.equal(self._columns.field, FIELDS.index(field))

    def of_notes(self, numbers: Values[int]) -> Mask:
        """The footnotes of these numbers, in any document."""
        return np.isin(self._columns.note, [number for number in numbers if number != NO_NOTE])

    @cached_property
    def notes(self) -> tuple[int, ...]:
        """The numbers of the footnotes that there are, ascending."""
        return tuple(number for number in np.unique(self._columns.note).tolist() if number != NO_NOTE)

    @cached_property
    def dates(self) -> tuple[date | None, ...]:
        """The date that each document states, None where it states none."""
        return tuple(head.date for head in self._heads)


def _members_of(head: DocumentHead) -> tuple[str, ...]:
    """The members that ask the questions of a document, as it states them."""
    return tuple(name for key, value in head.metadata if key == "members" for name in value.split(", "))


def asking_members(head: DocumentHead) -> tuple[str, ...]:
    """All members that ask in a document, together or by themselves, each once."""
    return tuple(dict.fromkeys((*_members_of(head), *(n for unit in head.units for n in _single_members(unit)))))


def _single_members(unit: UnitHead) -> tuple[str, ...]:
    """The members that ask by themselves among those that ask in a unit ("lid Omtzigt")."""
    return tuple(name.removeprefix("lid ") for name in unit.asked_by if name.startswith("lid "))


def _each(matches: Callable[[Value], bool], values: Sequence[Value]) -> Mask:
    return np.fromiter((matches(value) for value in values), dtype=np.bool_, count=len(values))


def states(stated: str, asked: str) -> bool:
    """Whether `stated` has every word of `asked`, accents and capitals aside; nothing is asked by no words."""
    wanted = words(asked)
    return bool(wanted) and set(wanted) <= set(words(stated))
