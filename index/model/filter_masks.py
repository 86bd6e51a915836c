"""Which passages a filter lets through: by document, date, minister, group, kind, speaker or number.

Every look-up gives a boolean mask over the passages, in the collection's
order, to be combined with `&` and `|`. What a document does not state matches
no filter: a letter without a date is in no period.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from collections.abc import Collection as Values
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from numpy.typing import NDArray

from index.language.analyser import words
from index.model.types import Document, Field, Speaker, Unit, UnitKind

if TYPE_CHECKING:
    from index.model.collection import Collection

Mask = NDArray[np.bool_]
Value = TypeVar("Value")

# What the metadata says of who signs, or on whose behalf.
MINISTER_KEYS = ("office", "name", "minister", "on_behalf_of")


class Facets:
    """The masks of one collection; each takes microseconds to a few milliseconds, whatever the library's size."""

    def __init__(self, collection: Collection) -> None:
        self._collection = collection
        self._document_numbers = {document.id: i for i, document in enumerate(collection.documents)}
        self._unit_numbers = {unit.id: i for i, unit in enumerate(collection.units)}

    def in_documents(self, ids: Values[str]) -> Mask:
        """The passages of the documents with these ids."""
        return self._by_document(lambda document: document.id in ids)

    def dated(self, first: date | None = None, last: date | None = None) -> Mask:
        """The passages of documents dated from `first` to `last`, both included; None leaves that side open."""

        def within(document: Document) -> bool:
            stated = self.dates[self._document_numbers[document.id]]
            return stated is not None and (first is None or first <= stated) and (last is None or stated <= last)

        return self._by_document(within)

    def by_minister(self, name: str) -> Mask:
        """The passages of documents that are signed by, or for, the one whose office and name have all these words."""

        def signed(document: Document) -> bool:
            return states(" ".join(value for key, value in document.metadata if key in MINISTER_KEYS), name)

        return self._by_document(signed)

    def of_document_kind(self, kind: str) -> Mask:
        """The passages of documents of this kind, as `Document.kind` has it, capitals aside."""
        return self._by_document(lambda document: document.kind.casefold() == kind.casefold())

    def with_metadata(self, key: str, value: str) -> Mask:
        """The passages of documents whose metadata `key` has all the words of `value`."""
        return self._by_document(lambda document: states(dict(document.metadata).get(key, ""), value))

    def asked_by(self, group: str) -> Mask:
        """The passages of units that the group asked, alone or with others; "PvdA" is part of "GroenLinks-PvdA"."""
        return self._by_unit(lambda unit: any(states(name, group) for name in unit.asked_by))

    def of_kind(self, kind: UnitKind) -> Mask:
        """The passages of questions, sections or annexes."""
        return self._by_unit(lambda unit: unit.kind == kind)

    def numbered(self, numbers: Values[int]) -> Mask:
        """The passages of the units that answer any of these question numbers, in any document."""
        wanted = frozenset(numbers)
        return self._by_unit(lambda unit: not wanted.isdisjoint(unit.numbers))

    def in_units(self, ids: Values[str]) -> Mask:
        """The passages of the units with these ids."""
        return self._by_unit(lambda unit: unit.id in ids)

    def spoken_by(self, speaker: Speaker) -> Mask:
        """The passages that this speaker speaks."""
        return np.equal(self._speakers, speaker)

    def of_field(self, field: Field) -> Mask:
        """The passages that are of this part of their unit."""
        return np.equal(self._fields, field)

    @cached_property
    def dates(self) -> tuple[date | None, ...]:
        """The date that each document states, None where it states none."""
        return tuple(document.date for document in self._collection.documents)

    @cached_property
    def document_numbers(self) -> NDArray[np.int32]:
        """The place of each passage's document among the documents, shape (passages,)."""
        found = (self._document_numbers[passage.document] for passage in self._collection.passages)
        return np.fromiter(found, dtype=np.int32, count=len(self._collection.passages))

    @cached_property
    def unit_numbers(self) -> NDArray[np.int32]:
        """The place of each passage's unit among the units, shape (passages,)."""
        found = (self._unit_numbers[passage.unit] for passage in self._collection.passages)
        return np.fromiter(found, dtype=np.int32, count=len(self._collection.passages))

    @cached_property
    def _speakers(self) -> NDArray[np.str_]:
        return np.array([passage.speaker for passage in self._collection.passages], dtype=np.str_)

    @cached_property
    def _fields(self) -> NDArray[np.str_]:
        return np.array([passage.field for passage in self._collection.passages], dtype=np.str_)

    def _by_document(self, matches: Callable[[Document], bool]) -> Mask:
        return _each(matches, self._collection.documents)[self.document_numbers]

    def _by_unit(self, matches: Callable[[Unit], bool]) -> Mask:
        return _each(matches, self._collection.units)[self.unit_numbers]


def _each(matches: Callable[[Value], bool], values: Sequence[Value]) -> Mask:
    return np.fromiter((matches(value) for value in values), dtype=np.bool_, count=len(values))


def states(stated: str, asked: str) -> bool:
    """Whether `stated` has every word of `asked`, accents and capitals aside; nothing is asked by no words."""
    wanted = words(asked)
    return bool(wanted) and set(wanted) <= set(words(stated))
