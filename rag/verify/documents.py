"""What the check of a memo needs to know of a library: which documents hold some words.

A library of any size is asked, and only the documents that it names are
looked at.
"""

from collections.abc import Collection as Words
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Protocol

from index.language.analyser import content_words
from index.language.typography import INVISIBLE, QUOTES, level
from index.model.collection import Collection
from rag.citation.reference import annex_author

# What levelling may change within a word.
_ODD = frozenset(INVISIBLE + "ﬀﬁﬂﬃﬄﬅﬆĳĲ₀₁₂₃₄₅₆₇₈₉²³\u2126\u212a\u212b" + "".join(map(chr, range(0x300, 0x370))))


class Documents(Protocol):
    """The documents of a library."""

    def documents_with(self, words: Words[str]) -> Sequence[str]:
        """The ids of all documents that hold every one of these words, and maybe of others.

        Words are those of `searched_words`; all of a document's text counts,
        also what is in no passage. Of no words every document.
        """

    @property
    def titles(self) -> Iterable[str]:
        """The titles that have quotation marks in them."""

    @property
    def annex_authors(self) -> Iterable[str]:
        """Who wrote an annex of any document."""

    @property
    def groups(self) -> Iterable[str]:
        """The groups and single members that ask in any document."""

    @property
    def ministers(self) -> Iterable[str]:
        """The names of those who signed any document."""


def even(text: str) -> str:
    """`text` with its letters and digits as typography leaves them; whatever else may be levelled or not."""
    return text if _ODD.isdisjoint(text) else level(text)


class IndexedDocuments:
    """The documents of a collection, found by the words that its store knows of each."""

    def __init__(self, collection: Collection) -> None:
        self._collection = collection

    def documents_with(self, words: Words[str]) -> Sequence[str]:
        # As the store has them: a number in one form, a number word with its digits.
        found = self._collection.documents_with({known for word in words for known in content_words(word)})
        return sorted(found, key=lambda document: document not in self._shown)

    @cached_property
    def _shown(self) -> frozenset[str]:
        """The files that stand for their publications: what stands in two formats of one is found there."""
        return frozenset(head.id for head in self._collection.shown_heads)

    @cached_property
    def titles(self) -> Iterable[str]:
        return tuple(head.title for head in self._collection.heads if any(quote in head.title for quote in QUOTES))

    @cached_property
    def annex_authors(self) -> Iterable[str]:
        collection = self._collection
        holding = (head.id for head in collection.heads if any(unit.kind == "annex" for unit in head.units))
        annexes = (unit for document in holding for unit in collection.units_of(document) if unit.kind == "annex")
        found = (annex_author(collection.document(unit.document), unit) for unit in annexes)
        return tuple(dict.fromkeys(author for author in found if author))

    @cached_property
    def groups(self) -> Iterable[str]:
        return tuple(dict.fromkeys(g for head in self._collection.heads for unit in head.units for g in unit.asked_by))

    @cached_property
    def ministers(self) -> Iterable[str]:
        names = (value for head in self._collection.heads for key, value in head.metadata if key == "name")
        return tuple(dict.fromkeys(names))
