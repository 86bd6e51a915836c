"""The passages that may be found, as conditions on what is stored with each.

A mask over millions of passages is not sent: of each key the values that the
eligible passages have are, wherever that leaves others out. What the
conditions let through besides is known, and asked for on top.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from qdrant_client import models

from index.library.cluster import layout
from index.model.collection import Collection
from index.model.store import FIELDS, SPEAKERS
from index.search.ranked_list import Eligible

# A condition names at most so many values.
_MOST = 500


@dataclass(frozen=True)
class _Facet:
    """A key of the payload: the values there are, and for each passage the number of its value."""

    key: str
    values: Sequence[Any]
    codes: NDArray[np.integer[Any]]


class Conditions:
    """Makes conditions for one collection, whose documents have these `slots`."""

    def __init__(self, collection: Collection, slots: NDArray[np.int64]) -> None:
        self._collection = collection
        self._slots = slots

    def of(self, eligible: Eligible) -> tuple[list[models.Condition], int]:
        """Conditions that all `eligible` passages meet, and how many others do."""
        conditions: list[models.Condition] = []
        let_through = np.ones(len(eligible), dtype=np.bool_)
        wanted = int(eligible.sum())
        for facet in self._facets:
            if int(let_through.sum()) == wanted:
                break
            present = np.zeros(len(facet.values), dtype=np.bool_)
            present[facet.codes[eligible]] = True
            values = [facet.values[code] for code in np.flatnonzero(present).tolist()]
            narrower = let_through & present[facet.codes]
            if len(values) <= _MOST and narrower.sum() < let_through.sum():
                conditions.append(models.FieldCondition(key=facet.key, match=models.MatchAny(any=values)))
                let_through = narrower
        return self._period(conditions, let_through, eligible)

    def _period(
        self, conditions: list[models.Condition], let_through: Eligible, eligible: Eligible
    ) -> tuple[list[models.Condition], int]:
        """The conditions with one more on the date, where that leaves others out."""
        days = self._days[self._collection.columns.document]
        if (let_through & ~eligible).any() and eligible.any():
            first, last = int(days[eligible].min()), int(days[eligible].max())
            narrower = let_through & (days >= first) & (days <= last)
            if narrower.sum() < let_through.sum():
                conditions.append(models.FieldCondition(key="day", range=models.Range(gte=first, lte=last)))
                let_through = narrower
        return conditions, int((let_through & ~eligible).sum())

    @cached_property
    def _days(self) -> NDArray[np.int64]:
        return np.array([layout.day(head) for head in self._collection.heads], dtype=np.int64)

    @cached_property
    def _facets(self) -> tuple[_Facet, ...]:
        columns, heads = self._collection.columns, self._collection.heads
        units = [unit for head in heads for unit in head.units]
        of_documents = _coded([layout.document_values(head) for head in heads], columns.document)
        of_units = _coded([layout.unit_values(unit) for unit in units], columns.unit)
        notes, note_codes = np.unique(columns.note, return_inverse=True)
        return (
            _Facet("speaker", SPEAKERS, columns.speaker),
            _Facet("field", FIELDS, columns.field),
            *of_documents,
            *of_units,
            _Facet("note", notes.tolist(), note_codes),
            _Facet("slot", self._slots.tolist(), columns.document),
            _Facet("unit", [unit.id for unit in units], columns.unit),
        )


def _coded(of_owners: Sequence[dict[str, str]], owners: NDArray[np.integer[Any]]) -> list[_Facet]:
    """A facet for each key of documents or units; `owners` has that of each passage."""
    facets = []
    for key in of_owners[0] if of_owners else ():
        numbers: dict[str, int] = {}
        codes = np.array([numbers.setdefault(values[key], len(numbers)) for values in of_owners], dtype=np.int64)
        facets.append(_Facet(key, list(numbers), codes[owners]))
    return facets
