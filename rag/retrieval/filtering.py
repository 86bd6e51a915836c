"""Which passages of a collection the filters of a question let through, and what to say where they let through none."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.language.analyser import content_words, words
from index.language.parliament.parties import called
from index.language.phrases import pattern, searched_words, shadow
from index.language.values.ranges import in_ranges
from index.model.collection import Collection
from index.model.filter_masks import MINISTER_KEYS, FilterMasks, asking_members, states
from index.model.store import DocumentHead, UnitHead
from rag.question.filters import Filters
from rag.question.remark import Remark

if TYPE_CHECKING:
    from index.search.promises import Undertaken

Mask = NDArray[np.bool_]
_TABLE = re.compile(r"\s*Tabel\s+(\d{1,3})\b", re.IGNORECASE)
# The heading of a table has at most so many characters.
_HEADING = 300

# At most so many values that there are, are told.
_TOLD = 30
# Passages that are kept as phrases are looked for in them.
_KEPT = 50_000
# What the last filters let through is kept: two masks each.
_FILTERED = 4


@dataclass(frozen=True)
class Filtered:
    """What may be shown, as masks over the passages, and what to say about it.

    `found` are the passages that a search may find, `reachable` those that a
    reference in one of them may lead to: of another question or group, but
    not without the phrases, or by another speaker. `with_phrases`: whether
    they have all the phrases asked for.
    """

    found: Mask
    reachable: Mask
    remarks: tuple[Remark, ...] = ()
    with_phrases: bool = True

    @property
    def rows(self) -> list[int]:
        """The rows of the passages that may be found, ascending."""
        rows: list[int] = np.flatnonzero(self.found).tolist()
        return rows


@dataclass(frozen=True)
class _Choice:
    """A filter on documents or units: what its unknown values are called, its mask for a value, what there is."""

    unknown: str
    mask: Callable[[str], Mask]
    values: Callable[[], Iterable[str]]


class PassageFilter:
    """Applies filters to the passages of one collection."""

    def __init__(self, collection: Collection, undertaken: "Callable[[], Undertaken]") -> None:
        """`undertaken` tells, when somebody asks, what the passages promise and refuse."""
        self._collection = collection
        self._undertaken = undertaken
        self._known = cache(self._words_of)
        # Most questions have no filter, and those of a conversation the same.
        self._last = lru_cache(_FILTERED)(self._applied)
        # What phrases are looked for in.
        self._shadow = lru_cache(_KEPT)(lambda row: shadow(collection.row_text(row)))
        self._choices = {
            "documents": _Choice("unknown document", self._document, lambda: map(_titled, collection.heads)),
            "ministers": _Choice("unknown minister", self._minister, self._ministers),
            "groups": _Choice("unknown group", self._group, lambda: (g for unit in self._units for g in unit.asked_by)),
            "members": _Choice("unknown member", self._masks.asked_by_members, self._members),
            "kinds": _Choice("unknown kind", self._kind, lambda: (head.kind for head in collection.heads)),
            "annexes": _Choice("unknown annex", self._annex, lambda: (unit.annex or "" for unit in self._units)),
        }

    @property
    def _masks(self) -> FilterMasks:
        return self._collection.masks

    @property
    def _units(self) -> Iterator[UnitHead]:
        return (unit for head in self._collection.heads for unit in head.units)

    def knows(self, name: str, value: str) -> bool:
        """Whether the documents have this group, document, minister, kind or member, or these members together."""
        if name == "document" and value in self._files:
            return True
        if name == "member":
            return bool(self._masks.asked_by_members(value).any())
        wanted = [frozenset(words(form)) for form in (called(value) if name == "group" else [value])]
        return any(asked and asked <= known for known in self._known(f"{name}s") for asked in wanted)

    def _words_of(self, name: str) -> frozenset[frozenset[str]]:
        """The words of every value that there is for a filter."""
        return frozenset(frozenset(words(value)) for value in set(self._choices[name].values()))

    @cached_property
    def _files(self) -> frozenset[str]:
        """The file names of the documents, and every beginning of their ids that names one."""
        documents = self._collection.heads
        return frozenset(d.file for d in documents) | {d.id[:end] for d in documents for end in range(4, len(d.id) + 1)}

    def told(self, remark: Remark) -> Remark:
        """A remark on how a question was read, with what there is instead."""
        return (
            replace(remark, known=_told(self._choices["annexes"].values()))
            if remark.kind == "unknown annex"
            else remark
        )

    def apply(self, filters: Filters) -> Filtered:
        """The passages that meet all of `filters`.

        Of a value that matches nothing a remark says what there is. Phrases
        that stand nowhere are passed over and told: what is left are the
        nearest passages.
        """
        return self._last(filters)

    def _applied(self, filters: Filters) -> Filtered:
        remarks: list[Remark] = []
        units = self._numbered(filters, remarks) & self._dated(filters, remarks)
        published = self._published(filters.documents)
        self._look_at_footnotes(filters, remarks)
        units &= self._tabulated(filters, remarks)
        for name, choice in self._choices.items():
            if values := getattr(filters, name):
                masks = {value: choice.mask(value) for value in values}
                units &= _either(masks.values())
                unknown = [value for value, mask in masks.items() if not mask.any()]
                remarks += [Remark(choice.unknown, value, _told(choice.values())) for value in unknown]
        spoken = self._spoken(filters)
        self._look_at_undertakings(filters, remarks)
        with_phrases, missing = self._with(filters.phrases, units & published & spoken)
        reachable = published & spoken & with_phrases
        return Filtered(units & reachable, reachable, (*remarks, *missing), not missing)

    def _published(self, names: Sequence[str]) -> Mask:
        """Of each publication the file that stands for it, or another that is asked for by its name or id."""
        collection = self._collection
        if len(collection.publications) == len(collection.heads):
            return self._everything()
        chosen = {
            next((file for file in found.files if any(map(file.is_called, names))), found.shown).id
            for found in collection.publications
        }
        return self._masks.in_documents(chosen)

    def _numbered(self, filters: Filters, remarks: list[Remark]) -> Mask:
        if not filters.numbers:
            return self._everything()
        mask = self._masks.numbered(filters.numbers)
        if not mask.any():
            there_are = {number for unit in self._units for number in unit.numbers}
            remarks.append(_unknown("unknown question", filters.numbers, there_are))
        return mask

    def _look_at_footnotes(self, filters: Filters, remarks: list[Remark]) -> None:
        """Say which footnotes there are, where none is asked for that there is."""
        if filters.footnotes and not self._masks.of_notes(filters.footnotes).any():
            remarks.append(_unknown("unknown footnote", filters.footnotes, self._masks.notes))

    def _tabulated(self, filters: Filters, remarks: list[Remark]) -> Mask:
        """The tables asked for by number; where none has it, a remark on which there are."""
        if not filters.tables:
            return self._everything()
        numbers = self._numbered_tables
        mask = np.isin(numbers, filters.tables)
        if not mask.any():
            remarks.append(_unknown("unknown table", filters.tables, set(numbers[numbers > 0].tolist())))
        return mask

    @cached_property
    def _numbered_tables(self) -> NDArray[np.intp]:
        """Of each passage the number of the table that it is, 0 for any other.

        As the heading says it ("Tabel 2: …"), or by its place among the
        tables of a document of which no heading says a number.
        """
        collection, numbers = self._collection, np.zeros(len(self._collection.passages), dtype=np.intp)
        stating = {collection.numbers[document] for document in collection.documents_with(["tabel"])}
        by_document: dict[int, list[int]] = {}
        for row in np.flatnonzero(self._masks.of_field("table")).tolist():
            by_document.setdefault(int(collection.columns.document[row]), []).append(row)
        for document, rows in by_document.items():
            rows.sort(key=lambda row: int(collection.columns.start[row]))
            # Only a document that has the word says a number.
            said = [self._stated_table(row) for row in rows] if document in stating else []
            numbers[rows] = said if any(said) else range(1, len(rows) + 1)
        return numbers

    def _stated_table(self, row: int) -> int:
        """The number that the heading of a table states, within it or on the line before; 0 for none."""
        columns = self._collection.columns
        start = int(columns.start[row])
        text = self._collection.documents[int(columns.document[row])].text
        before = text[max(0, start - _HEADING) : start].rstrip().rpartition("\n")[2]
        match = _TABLE.match(text[start : start + _HEADING]) or _TABLE.match(before)
        return int(match[1]) if match else 0

    def _look_at_undertakings(self, filters: Filters, remarks: list[Remark]) -> None:
        """Say where nothing at all is promised, or refused, in a way that is asked for."""
        for kind, verdicts in (("nothing promised", filters.promises), ("nothing refused", filters.refusals)):
            if verdicts and not self._undertaken().passages(verdicts).any():
                remarks.append(Remark(kind, ", ".join(verdicts)))

    def _dated(self, filters: Filters, remarks: list[Remark]) -> Mask:
        if not (filters.since or filters.until):
            return self._everything()
        mask = self._masks.dated(filters.since, filters.until)
        if not mask.any():
            ends = (day.isoformat() if day else "" for day in (filters.since, filters.until))
            years = (str(stated.year) for stated in self._masks.dates if stated)
            remarks.append(Remark("no document of then", "..".join(ends), _told(years)))
        return mask

    def _spoken(self, filters: Filters) -> Mask:
        """The passages of the speakers, parts and footnotes asked for, without the words that are excluded."""
        mask = self._everything()
        if filters.speakers:
            mask &= _either(self._masks.spoken_by(speaker) for speaker in filters.speakers)
        if filters.fields:
            mask &= _either(self._masks.of_field(field) for field in filters.fields)
        if filters.footnotes:
            mask &= self._masks.of_notes(filters.footnotes)
        for verdicts in filter(None, (filters.promises, filters.refusals)):
            mask &= self._undertaken().passages(verdicts)
        for phrase in filters.without:
            mask &= ~self._has(phrase, mask)
        return mask

    def _with(self, phrases: Sequence[str], among: Mask) -> tuple[Mask, tuple[Remark, ...]]:
        """The passages with all of `phrases` that stand somewhere in `among`, and what to say of the others.

        Where no passage has them all, none is asked for.
        """
        everything = self._everything()
        masks = {phrase: self._has(phrase, everything) for phrase in phrases}
        missing = [phrase for phrase, mask in masks.items() if not (mask & among).any()]
        nowhere = tuple(Remark("phrase nowhere", phrase) for phrase in missing) if among.any() else ()
        present = [mask for phrase, mask in masks.items() if phrase not in missing]
        together = np.logical_and.reduce([everything, *present])
        if (together & among).any():
            return together, nowhere
        apart = Remark("phrases apart", "”, “".join(phrase for phrase in phrases if phrase not in missing))
        return everything, (*nowhere, apart) if len(present) > 1 else nowhere

    def _has(self, phrase: str, among: Mask) -> Mask:
        found = pattern(phrase)
        return self._each(lambda row: found.search(self._shadow(row)) is not None, among & self._may_have(phrase))

    def _may_have(self, phrase: str) -> Mask:
        """The passages of documents that have all words of a phrase: no other is read."""
        wanted = {known for word in searched_words(shadow(phrase)) for known in content_words(word)}
        return self._masks.in_documents(frozenset(self._collection.documents_with(wanted)))

    def _everything(self) -> Mask:
        return np.ones(len(self._collection.passages), dtype=np.bool_)

    def _each(self, holds: Callable[[int], bool], among: Mask) -> Mask:
        mask = np.zeros_like(among)
        for row in np.flatnonzero(among):
            mask[row] = holds(int(row))
        return mask

    def _group(self, name: str) -> Mask:
        return _either(self._masks.asked_by(form) for form in called(name))

    def _document(self, name: str) -> Mask:
        called_so = self._masks.documents(lambda head: head.is_called(name))
        return called_so if called_so.any() else self._masks.documents(lambda head: states(_titled(head), name))

    def _minister(self, name: str) -> Mask:
        return self._masks.by_minister(name)

    def _kind(self, name: str) -> Mask:
        return self._masks.documents(lambda head: states(head.kind, name))

    def _annex(self, numeral: str) -> Mask:
        return self._masks.units(lambda unit: unit.annex == numeral)

    def _ministers(self) -> Iterator[str]:
        for head in self._collection.heads:
            yield from (value for key, value in head.metadata if key in MINISTER_KEYS)

    def _members(self) -> Iterator[str]:
        for head in self._collection.heads:
            yield from asking_members(head)


def _unknown(kind: str, wanted: Iterable[int], there_are: Iterable[int]) -> Remark:
    """That these numbers do not occur, and which do, as ranges."""
    asked, known = (in_ranges([str(number) for number in sorted(numbers)]) for numbers in (wanted, there_are))
    return Remark(kind, ", ".join(asked), tuple(known[:_TOLD]))


def _either(masks: Iterable[Mask]) -> Mask:
    """The passages of any of `masks`, one at least."""
    either: Mask = np.logical_or.reduce(list(masks))
    return either


def _titled(head: DocumentHead) -> str:
    return f"{head.title} ({head.id[:8]})"


def _told(values: Iterable[str]) -> tuple[str, ...]:
    """The different values, in the alphabet's order, as many as are told."""
    return tuple(sorted({value for value in values if value}, key=str.casefold)[:_TOLD])
