"""All documents of an index with their units and passages, and how to look them up."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Set
from functools import cached_property
from typing import TypeVar

from index.errors import UnknownDocumentError
from index.language.span import Span
from index.model.filter_masks import Facets
from index.model.types import Document, Parsed, Passage, Unit

Key = TypeVar("Key")
Value = TypeVar("Value")
# Of the documents there are, a message names so many.
_NAMED = 20


class Collection:
    """Documents, units and passages, each in order; passages of a document stand together.

    Checked when made: every passage lies in its document and names a unit of it.
    """

    def __init__(self, documents: tuple[Document, ...], units: tuple[Unit, ...], passages: tuple[Passage, ...]) -> None:
        self.documents = documents
        self.units = units
        self.passages = passages
        for passage in passages:
            if passage.span.end > len(self._documents[passage.document].text):
                raise ValueError(f"passage {passage.id} runs past the end of its document")
            if self._units[passage.unit].document != passage.document:
                raise ValueError(f"passage {passage.id} and its unit are of different documents")

    @classmethod
    def of(cls, parsed: Iterable[Parsed]) -> "Collection":
        """The collection of some parsed documents, in their order."""
        found = tuple(parsed)
        return cls(
            tuple(p.document for p in found),
            tuple(unit for p in found for unit in p.units),
            tuple(passage for p in found for passage in p.passages),
        )

    @cached_property
    def _documents(self) -> dict[str, Document]:
        return {document.id: document for document in self.documents}

    @cached_property
    def _units(self) -> dict[str, Unit]:
        return {unit.id: unit for unit in self.units}

    @property
    def document_ids(self) -> Set[str]:
        """The ids of all documents."""
        return self._documents.keys()

    def document(self, document_id: str) -> Document:
        """The document of that id."""
        return self._documents[document_id]

    def unit(self, unit_id: str) -> Unit:
        """The unit of that id."""
        return self._units[unit_id]

    @cached_property
    def facets(self) -> Facets:
        """The masks of passages that filters are made of."""
        return Facets(self)

    @cached_property
    def _units_of(self) -> dict[str, tuple[Unit, ...]]:
        return _grouped(self.units, lambda unit: unit.document)

    @cached_property
    def _numbered(self) -> dict[int, tuple[Unit, ...]]:
        pairs = [(number, unit) for unit in self.units for number in unit.numbers]
        found = _grouped(pairs, lambda pair: pair[0])
        return {number: tuple(unit for _, unit in pairs) for number, pairs in found.items()}

    @cached_property
    def _places_of(self) -> dict[str, tuple[int, ...]]:
        return _grouped(range(len(self.passages)), lambda place: self.passages[place].unit)

    def units_of(self, document_id: str) -> tuple[Unit, ...]:
        """The units of that document, in its order."""
        return self._units_of.get(document_id, ())

    def units_numbered(self, number: int) -> tuple[Unit, ...]:
        """The units of any document that answer the question of that number, document by document."""
        return self._numbered.get(number, ())

    def places_of(self, unit_id: str) -> tuple[int, ...]:
        """The places among all passages of those of that unit, ascending."""
        return self._places_of.get(unit_id, ())

    def text(self, passage: Passage) -> str:
        """The passage's own words: the exact slice of its document."""
        return passage.span.of(self._documents[passage.document].text)

    def span_text(self, unit: Unit, span: Span | None) -> str:
        """The words of a span of a unit's document, "" for None."""
        return span.of(self._documents[unit.document].text) if span else ""

    def find_document(self, name: str) -> Document:
        """The one document with this id (or a beginning of it) or file name.

        Raises UnknownDocumentError, listing what there is, where none or several match.
        """
        matches = [
            document
            for document in self.documents
            if document.file == name or (len(name) >= 4 and document.id.startswith(name))
        ]
        if len(matches) != 1:
            there = matches or self.documents
            known = ", ".join(f"{document.id} ({document.file})" for document in there[:_NAMED])
            more = f" and {len(there) - _NAMED} more" if len(there) > _NAMED else ""
            raise UnknownDocumentError(f"{name}: matches {len(matches)} documents, expected one of: {known}{more}.")
        return matches[0]


def _grouped(values: Iterable[Value], key: Callable[[Value], Key]) -> dict[Key, tuple[Value, ...]]:
    """`values` by their key, in order."""
    groups: dict[Key, list[Value]] = defaultdict(list)
    for value in values:
        groups[key(value)].append(value)
    return {found: tuple(group) for found, group in groups.items()}
