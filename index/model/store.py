"""Documents that are read one by one, and what must be known of all of them without reading any.

Ranking and filtering look at every passage of a library, and show ten. So a
store gives the passages as columns of numbers, a short head of each document,
and the document itself when it is asked for.
"""

import datetime
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any, Protocol, get_args

import msgspec
import numpy as np
from numpy.typing import NDArray

from index.language.analyser import content_words
from index.language.typography import level
from index.language.values.references import refers_only
from index.model.arrays import DROPPED, Arrays, Rows, starts_of
from index.model.types import Document, Field, Passage, Speaker, Unit, UnitKind

FIELDS: tuple[Field, ...] = get_args(Field)
SPEAKERS: tuple[Speaker, ...] = get_args(Speaker)
# What the columns have in the place of a footnote's number where a passage is none.
NO_NOTE = -1


class UnitHead(msgspec.Struct, frozen=True, gc=False):
    """What filters and references ask of a unit, as `Unit` has it.

    A struct, as the head of a document is: a library has hundreds of thousands, decoded in half the time of others.
    """

    id: str
    kind: UnitKind
    numbers: tuple[int, ...]
    asked_by: tuple[str, ...]
    annex: str | None


class DocumentHead(msgspec.Struct, frozen=True, gc=False):
    """What filters and lists ask of a document, as `Document` has it, and the heads of its units in order."""

    id: str
    file: str
    title: str
    kind: str
    sha256: str
    metadata: tuple[tuple[str, str], ...]
    date: datetime.date | None
    units: tuple[UnitHead, ...]

    @property
    def questions(self) -> int:
        """How many numbers of questions there are in it."""
        return len({number for unit in self.units for number in unit.numbers})

    def is_called(self, name: str) -> bool:
        """Whether `name` is its file name, its id or the first four or more characters of its id."""
        return self.file == name or (len(name) >= 4 and self.id.startswith(name))


@dataclass(frozen=True, slots=True)
class Record:
    """One document with its units, as it is kept."""

    document: Document
    units: tuple[Unit, ...]

    @property
    def head(self) -> DocumentHead:
        document = self.document
        units = tuple(UnitHead(u.id, u.kind, u.numbers, u.asked_by, u.annex) for u in self.units)
        return DocumentHead(
            document.id,
            document.file,
            document.title,
            document.kind,
            document.sha256,
            document.metadata,
            document.date,
            units,
        )


@dataclass(frozen=True)
class Columns:
    """The passages and units of some documents, one value each; those of a document stand together.

    `document`, `unit`: their numbers; `start`, `end`: the span; `field` and
    `speaker`: numbers in FIELDS and SPEAKERS; `note`: the footnote's number or
    NO_NOTE; `answers`: whether the passage can answer for its unit (of its
    answer, those that only refer on left out, unless nothing is left);
    `digest`: equal where the texts are, typography aside. Of the units:
    `unit_document`, and `refers`: whether its answer only refers to others.
    """

    document: Rows
    unit: Rows
    start: Rows
    end: Rows
    field: NDArray[np.uint8]
    speaker: NDArray[np.uint8]
    note: Rows
    answers: NDArray[np.bool_]
    digest: NDArray[np.uint64]
    unit_document: Rows
    refers: NDArray[np.bool_]

    @property
    def arrays(self) -> dict[str, NDArray[Any]]:
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @classmethod
    def of_arrays(cls, arrays: Arrays) -> "Columns":
        return cls(**{field.name: arrays[field.name] for field in fields(cls)})


class DocumentStore(Protocol):
    """So many documents, by their number, 0 for the first."""

    def __len__(self) -> int: ...

    @property
    def columns(self) -> Columns: ...

    @property
    def heads(self) -> tuple[DocumentHead, ...]: ...

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the documents, in order, without what else is known of them."""

    def record(self, number: int) -> Record: ...

    def encoded(self, number: int) -> bytes:
        """The record as it is written to disk: a line of JSON."""

    def having(self, word: str) -> NDArray[np.integer[Any]]:
        """The numbers of the documents that have this folded content word anywhere; some may come twice."""


class MemoryStore:
    """Documents at hand, with the passages they are cut into, document by document.

    Raises ValueError where a passage runs past the end of its document, or
    names a unit of another.
    """

    def __init__(self, records: Iterable[Record], passages: Iterable[Passage]) -> None:
        self._records = tuple(records)
        passages = tuple(passages)
        numbers = {record.document.id: number for number, record in enumerate(self._records)}
        units = [unit for record in self._records for unit in record.units]
        unit_numbers = {unit.id: number for number, unit in enumerate(units)}
        for passage in passages:
            if passage.span.end > len(self._records[numbers[passage.document]].document.text):
                raise ValueError(f"passage {passage.id} runs past the end of its document")
            if units[unit_numbers[passage.unit]].document != passage.document:
                raise ValueError(f"passage {passage.id} and its unit are of different documents")
        texts = [p.span.of(self._records[numbers[p.document]].document.text) for p in passages]
        of_units = [unit_numbers[passage.unit] for passage in passages]
        self.columns = Columns(
            document=_int32(numbers[passage.document] for passage in passages),
            unit=_int32(of_units),
            start=_int32(passage.span.start for passage in passages),
            end=_int32(passage.span.end for passage in passages),
            field=np.array([FIELDS.index(passage.field) for passage in passages], dtype=np.uint8),
            speaker=np.array([SPEAKERS.index(passage.speaker) for passage in passages], dtype=np.uint8),
            note=_int32(NO_NOTE if passage.footnote is None else passage.footnote for passage in passages),
            answers=_answers(passages, texts, [units[number] for number in of_units]),
            digest=np.array([digest(text) for text in texts], dtype=np.uint64),
            unit_document=_int32(numbers[unit.document] for unit in units),
            refers=np.array([unit.refers_only for unit in units], dtype=np.bool_),
        )

    def __len__(self) -> int:
        return len(self._records)

    @cached_property
    def heads(self) -> tuple[DocumentHead, ...]:
        return tuple(record.head for record in self._records)

    @cached_property
    def ids(self) -> tuple[str, ...]:
        return tuple(record.document.id for record in self._records)

    def record(self, number: int) -> Record:
        return self._records[number]

    def encoded(self, number: int) -> bytes:
        return msgspec.json.encode(self._records[number]) + b"\n"

    def having(self, word: str) -> NDArray[np.integer[Any]]:
        return _int32(self._having.get(word, ()))

    @cached_property
    def _having(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number, record in enumerate(self._records):
            for word in set(content_words(record.document.text)):
                found.setdefault(word, []).append(number)
        return found


def _int32(values: Iterable[int]) -> Rows:
    return np.array(list(values), dtype=np.int32)


def _answers(passages: Sequence[Passage], texts: Sequence[str], units: Sequence[Unit]) -> NDArray[np.bool_]:
    """Which passages can answer for their unit; `units` has that of each."""
    answer = np.array([passage.field in ("answer", "table") for passage in passages], dtype=np.bool_)
    refers = np.array(
        [
            bool(unit.references) and passage.field in ("answer", "table") and refers_only(text, unit.numbers)
            for passage, text, unit in zip(passages, texts, units, strict=True)
        ],
        dtype=np.bool_,
    )
    with_own = {unit.id for unit, own in zip(units, answer & ~refers, strict=True) if own}
    alone = np.array([unit.id not in with_own for unit in units], dtype=np.bool_)
    return answer & (~refers | alone)


def digest(text: str) -> int:
    """A number that is equal where the texts are, typography aside."""
    return int.from_bytes(hashlib.blake2b(level(text).encode("utf-8"), digest_size=8).digest(), "little")


class JoinedStore:
    """Documents of several stores as one: `chosen` has the store and the number there of each, in order.

    `documents` and `rows` have for each store the new number of each of its
    documents and the new row of each of its passages, DROPPED for those that
    were not chosen.
    """

    def __init__(self, stores: Sequence[DocumentStore], chosen: Sequence[tuple[int, int]]) -> None:
        self._stores = tuple(stores)
        self._chosen = tuple(chosen)
        documents = [np.full(len(store), DROPPED, dtype=np.int32) for store in self._stores]
        for number, (store, own) in enumerate(self._chosen):
            documents[store][own] = number
        self.documents = tuple(documents)

    def __len__(self) -> int:
        return len(self._chosen)

    @cached_property
    def rows(self) -> tuple[Rows, ...]:
        return _moved([store.columns.document for store in self._stores], self.documents, self._chosen)

    @cached_property
    def _units(self) -> tuple[Rows, ...]:
        return _moved([store.columns.unit_document for store in self._stores], self.documents, self._chosen)

    @cached_property
    def columns(self) -> Columns:
        columns = [store.columns for store in self._stores]
        renumbered = [
            Columns(
                **c.arrays
                | {
                    "document": documents[c.document],
                    "unit": units[c.unit],
                    "unit_document": documents[c.unit_document],
                }
            )
            for c, documents, units in zip(columns, self.documents, self._units, strict=True)
        ]
        return Columns(
            **{
                field.name: placed(
                    [getattr(c, field.name) for c in renumbered],
                    self._units if field.name in ("unit_document", "refers") else self.rows,
                )
                for field in fields(Columns)
            }
        )

    @cached_property
    def heads(self) -> tuple[DocumentHead, ...]:
        return tuple(self._stores[store].heads[number] for store, number in self._chosen)

    @cached_property
    def ids(self) -> tuple[str, ...]:
        known = [store.ids for store in self._stores]
        return tuple(known[store][number] for store, number in self._chosen)

    def record(self, number: int) -> Record:
        store, own = self._chosen[number]
        return self._stores[store].record(own)

    def encoded(self, number: int) -> bytes:
        store, own = self._chosen[number]
        return self._stores[store].encoded(own)

    def having(self, word: str) -> NDArray[np.integer[Any]]:
        pairs = zip(self._stores, self.documents, strict=True)
        found = np.concatenate([np.zeros(0, np.int32), *(documents[store.having(word)] for store, documents in pairs)])
        there: NDArray[np.integer[Any]] = found[found != DROPPED]
        return there


def _moved(owners: Sequence[Rows], documents: Sequence[Rows], chosen: Sequence[tuple[int, int]]) -> tuple[Rows, ...]:
    """The new place of what stands in each store, document by document; `owners` has the document of each."""
    counts = [np.bincount(owner, minlength=len(new)) for owner, new in zip(owners, documents, strict=True)]
    first = starts_of(np.array([counts[store][own] for store, own in chosen], dtype=np.int64))
    moved = []
    for owner, new, count in zip(owners, documents, counts, strict=True):
        inside = np.arange(len(owner)) - starts_of(count)[owner]
        number = new[owner]
        moved.append(np.where(number == DROPPED, DROPPED, first[number] + inside).astype(np.int32))
    return tuple(moved)


def placed(parts: Sequence[NDArray[Any]], targets: Sequence[Rows]) -> NDArray[Any]:
    """The rows of all parts, each at its target; those that are DROPPED are left out. At least one part."""
    total = sum(int(np.count_nonzero(target != DROPPED)) for target in targets)
    whole = np.empty((total, *parts[0].shape[1:]), dtype=parts[0].dtype)
    for part, target in zip(parts, targets, strict=True):
        kept = target != DROPPED
        whole[target[kept]] = part[kept] if not kept.all() else part
    return whole
