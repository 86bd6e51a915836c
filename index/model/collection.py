"""All documents of an index with their units and passages, and how to look them up.

A passage's *row* is its number among all, 0 for the first. What is looked at
of all passages are `columns`; a document is read when somebody looks at it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from typing import TypeVar, overload

import numpy as np
from numpy.typing import NDArray

from index.errors import UnknownDocumentError
from index.language.span import Span
from index.model.arrays import Rows, starts_of
from index.model.filter_masks import FilterMasks
from index.model.publications import Publication, publications
from index.model.store import FIELDS, NO_NOTE, SPEAKERS, Columns, DocumentHead, DocumentStore, MemoryStore, Record
from index.model.types import Document, Parsed, Passage, Unit

Value = TypeVar("Value")
# Of the documents there are, a message names so many.
_NAMED = 20
# Documents that are kept at hand once they were looked at.
_KEPT = 128
# Words of which is kept which documents have them.
_WORDS = 256


class Looked(Sequence[Value]):
    """Values that are made one by one when they are looked at."""

    def __init__(self, size: int, made: Callable[[int], Value]) -> None:
        self._size = size
        self._made = made

    def __len__(self) -> int:
        return self._size

    @overload
    def __getitem__(self, place: int) -> Value: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Value, ...]: ...

    def __getitem__(self, place: int | slice) -> Value | tuple[Value, ...]:
        if isinstance(place, slice):
            return tuple(self._made(one) for one in range(self._size)[place])
        return self._made(range(self._size)[place])

    def __iter__(self) -> Iterator[Value]:
        return map(self._made, range(self._size))


class Collection:
    """Documents, units and passages, each in order; passages of a document stand together."""

    def __init__(self, store: DocumentStore) -> None:
        self.store = store
        self._record = lru_cache(_KEPT)(store.record)
        self.having = lru_cache(_WORDS)(self._having)
        self.documents: Sequence[Document] = Looked(len(store), lambda number: self._record(number).document)

    @cached_property
    def units(self) -> Sequence[Unit]:
        return Looked(len(self.columns.unit_document), self._unit)

    @cached_property
    def passages(self) -> Sequence[Passage]:
        return Looked(len(self.columns.document), self._passage)

    @classmethod
    def of(cls, parsed: Iterable[Parsed]) -> "Collection":
        """The collection of some parsed documents, in their order."""
        found = tuple(parsed)
        records = (Record(p.document, p.units) for p in found)
        return cls(MemoryStore(records, (passage for p in found for passage in p.passages)))

    @property
    def columns(self) -> Columns:
        """The passages and units as columns of numbers."""
        return self.store.columns

    @property
    def heads(self) -> tuple[DocumentHead, ...]:
        return self.store.heads

    @cached_property
    def publications(self) -> tuple[Publication[DocumentHead], ...]:
        """The documents by their files: several formats of one publication are one."""
        return publications(self.heads)

    @cached_property
    def publication_numbers(self) -> NDArray[np.intp]:
        """Of each document the number of its publication."""
        found = np.empty(len(self.heads), dtype=np.intp)
        for number, publication in enumerate(self.publications):
            found[[self.numbers[file.id] for file in publication.files]] = number
        return found

    @cached_property
    def shown_heads(self) -> tuple[DocumentHead, ...]:
        """The heads of the files that stand for their publications, in order."""
        shown = {publication.shown.id for publication in self.publications}
        return tuple(head for head in self.heads if head.id in shown)

    def _unit(self, number: int) -> Unit:
        document = int(self.columns.unit_document[number])
        return self._record(document).units[number - int(self._unit_starts[document])]

    def _passage(self, row: int) -> Passage:
        columns = self.columns
        unit, note = self._unit(int(columns.unit[row])), int(columns.note[row])
        return Passage(
            unit.document,
            unit.id,
            SPEAKERS[columns.speaker[row]],
            FIELDS[columns.field[row]],
            Span(int(columns.start[row]), int(columns.end[row])),
            None if note == NO_NOTE else note,
        )

    @cached_property
    def _unit_starts(self) -> NDArray[np.int64]:
        return starts_of(np.bincount(self.columns.unit_document, minlength=len(self.store)))

    @cached_property
    def _rows_by_unit(self) -> tuple[NDArray[np.intp], NDArray[np.int64]]:
        order = np.argsort(self.columns.unit, kind="stable")
        return order, starts_of(np.bincount(self.columns.unit, minlength=len(self.units)))

    @cached_property
    def numbers(self) -> dict[str, int]:
        return {document: number for number, document in enumerate(self.store.ids)}

    @cached_property
    def unit_numbers(self) -> dict[str, int]:
        units = (unit.id for head in self.heads for unit in head.units)
        return {unit: number for number, unit in enumerate(units)}

    def document(self, document_id: str) -> Document:
        return self.documents[self.numbers[document_id]]

    def unit(self, unit_id: str) -> Unit:
        return self._unit(self.unit_numbers[unit_id])

    @cached_property
    def masks(self) -> FilterMasks:
        """The masks of passages that filters are made of."""
        return FilterMasks(self.columns, self.heads)

    def units_of(self, document_id: str) -> tuple[Unit, ...]:
        return self._record(self.numbers[document_id]).units

    def rows_of(self, unit: int) -> NDArray[np.intp]:
        """The rows of the passages of the unit of that number, ascending."""
        order, starts = self._rows_by_unit
        return order[starts[unit] : starts[unit + 1]]

    def passage_id(self, row: int) -> str:
        """The id of the passage in that row, without reading its document."""
        head = self.heads[self.columns.document[row]]
        return f"{head.id}:{self.columns.start[row]}-{self.columns.end[row]}"

    def text(self, passage: Passage) -> str:
        """The passage's own words: the exact slice of its document."""
        return passage.span.of(self.document(passage.document).text)

    def row_text(self, row: int) -> str:
        """The words of the passage in that row."""
        columns = self.columns
        return self.documents[int(columns.document[row])].text[columns.start[row] : columns.end[row]]

    def documents_with(self, words: Iterable[str]) -> tuple[str, ...]:
        """The ids of the documents that have all these folded content words anywhere, in order; all for no words."""
        return tuple(self.store.ids[number] for number in self.numbers_with(words))

    def numbers_with(self, words: Iterable[str]) -> Rows:
        """The numbers of the same documents, ascending; the rarest word says which are looked at."""
        rarest, *others = sorted(map(self.having, words), key=len) or [np.arange(len(self.store), dtype=np.int32)]
        for having in others:
            rarest = rarest[np.isin(rarest, having)]
        return rarest

    def _having(self, word: str) -> Rows:
        """The numbers of the documents that have this folded content word anywhere, ascending."""
        mask = np.zeros(len(self.store), dtype=np.bool_)
        mask[self.store.having(word)] = True
        return np.flatnonzero(mask).astype(np.int32)

    def find_document(self, name: str) -> Document:
        """The one document with this id (or a beginning of it) or file name.

        Raises UnknownDocumentError, listing what there is, where none or several match.
        """
        return self.document(name if name in self.numbers else find_head(self.heads, name).id)


def find_head(heads: Sequence[DocumentHead], name: str) -> DocumentHead:
    """The head of the one document with this id (or a beginning of it) or file name.

    Raises UnknownDocumentError, listing what there is, where none or several match.
    """
    matches = [head for head in heads if head.is_called(name)]
    if len(matches) != 1:
        there = matches or heads
        known = ", ".join(f"{head.id} ({head.file})" for head in there[:_NAMED])
        more = f" and {len(there) - _NAMED} more" if len(there) > _NAMED else ""
        raise UnknownDocumentError(f"{name}: matches {len(matches)} documents, expected one of: {known}{more}.")
    return matches[0]
