"""What the check of a memo needs to know of a library: which documents hold some words.

A library of any size is asked by the rarest words first, and only the
documents that it names are looked at.
"""

from collections.abc import Collection as Words
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from index.language.analyser import content_words
from index.language.regex import regex
from index.language.typography import INVISIBLE, QUOTES, level
from index.model.arrays import Rows
from index.model.collection import Collection
from rag.citation.reference import annex_author

# Of the words of a quotation the rarest say which documents it is looked for in.
_RAREST = 64
# How much one document weighs that has a word alone.
_ONE = 1_000_000
_QUOTE = regex(f"[{QUOTES}]")
# What levelling may change within a word.
_ODD = frozenset(INVISIBLE + "ﬀﬁﬂﬃﬄﬅﬆĳĲ₀₁₂₃₄₅₆₇₈₉²³\u2126\u212a\u212b" + "".join(map(chr, range(0x300, 0x370))))


class Sharing(NamedTuple):
    """A document by its id, and which of the words looked for it has nowhere."""

    document: str
    lacking: frozenset[str]


class Documents(Protocol):
    """The documents of a library."""

    def documents_with(self, words: Words[str]) -> Sequence[str]:
        """The ids of all documents that hold every one of these words, and maybe of others.

        Words are those of `searched_words`; all of a document's text counts,
        also what is in no passage. Of no words every document.
        """

    def sharing(self, words: Words[str], most: int) -> Sequence[Sharing]:
        """At most so many documents, those first that share most of the rare ones of these words.

        All documents where there are no more, else none that shares none.
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
        found = self._numbers(words)
        return [self._ids[number] for number in found[np.argsort(self._hidden[found], kind="stable")]]

    def sharing(self, words: Words[str], most: int) -> Sequence[Sharing]:
        having = {word: self._numbers((word,)) for word in words}
        rarest = sorted((word for word in having if len(having[word])), key=lambda word: (len(having[word]), word))
        votes = np.zeros(len(self._ids), dtype=np.int64)
        for word in rarest[:_RAREST]:
            votes[having[word]] += _ONE // len(having[word]) + 1
        best = self._best(votes, most)
        there = {word: np.isin(best, having[word]) for word in having}
        return [
            Sharing(self._ids[number], frozenset(word for word in having if not there[word][place]))
            for place, number in enumerate(best)
        ]

    def _best(self, votes: NDArray[np.int64], most: int) -> Rows:
        """The numbers of at most so many documents, those with most votes first, the library's order among equals."""
        least = max(1, np.partition(votes, -most)[-most]) if len(votes) > most else 0
        best = np.flatnonzero(votes >= least)
        return best[np.lexsort((self._hidden[best], -votes[best]))][:most].astype(np.int32)

    def _numbers(self, words: Words[str]) -> Rows:
        # As the store has them: a number in one form, a number word with its digits.
        return self._collection.numbers_with({known for word in words for known in content_words(word)})

    @property
    def _ids(self) -> Sequence[str]:
        return self._collection.store.ids

    @cached_property
    def _hidden(self) -> NDArray[np.bool_]:
        """The files for which another of their publication stands: what stands in both is found in that."""
        hidden = np.ones(len(self._ids), dtype=np.bool_)
        for publication in self._collection.publications:
            hidden[self._collection.numbers[publication.shown.id]] = False
        return hidden

    @cached_property
    def titles(self) -> Iterable[str]:
        return tuple(head.title for head in self._collection.heads if _QUOTE.search(head.title))

    @cached_property
    def annex_authors(self) -> Iterable[str]:
        collection = self._collection
        holding = dict.fromkeys(head.id for head in collection.heads for unit in head.units if unit.kind == "annex")
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
