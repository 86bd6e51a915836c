"""Find passages of other documents that say nearly the same, when a document is added.

Passages that share most of their words are found through the postings of
their rarest words: whoever shares enough of all words has one of those
(prefix filtering; Chaudhuri, Ganti and Kaushik, ICDE 2006). What counts is
then the comparison of all their words in order.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index.language.alignment import side_by_side, words
from index.language.analyser import content_words
from index.model.arrays import DROPPED, Arrays, Rows, distinct
from index.model.collection import Collection
from index.model.store import FIELDS, Columns, DocumentStore
from index.search.postings import TermCounts

# The share of the words, of both passages together, that near-identical ones have in common, in order.
NEAR_IDENTICAL = 0.8
# Fewer words say nothing of their own: "Ja, dat klopt."
SHORTEST = 8
# Of two such passages each has at least two thirds of the other's words; some leave a little to the analyser.
_SHARED = 0.6
# Passages compared word by word with one, those that share most; copies to the letter are all found.
_COMPARED = 100
_FOOTNOTE = FIELDS.index("footnote")


def similarity(text: str, other: str) -> float:
    """The share, 0..1, of the words of both that they have in common, in order."""
    total = len(words(text)) + len(words(other))
    same = sum(
        len(words(part.document)) + len(words(part.quotation)) for part in side_by_side(text, other) if part.same
    )
    return same / max(1, total)


@dataclass(frozen=True)
class NearPairs:
    """Pairs of passages that say nearly the same: a row of the segment, and a passage of another document.

    That document may stand in another segment, or in none any more; it is
    named by its id (16 hexadecimal digits) as a number. Ascending, each pair
    once: where both stand in the segment, `rows` has the later one.
    """

    rows: Rows
    documents: NDArray[np.uint64]
    starts: Rows
    ends: Rows

    @classmethod
    def of(cls, rows: Sequence[int], others: Sequence[tuple[int, int, int]]) -> "NearPairs":
        """Of rows and the documents, starts and ends of the others."""
        found = sorted(set(zip(rows, others, strict=True)))
        return cls(
            np.array([row for row, _ in found], dtype=np.int32),
            np.array([document for _, (document, _, _) in found], dtype=np.uint64),
            np.array([start for _, (_, start, _) in found], dtype=np.int32),
            np.array([end for _, (_, _, end) in found], dtype=np.int32),
        )

    @classmethod
    def merged(cls, parts: Sequence["NearPairs"], targets: Sequence[Rows], whole: DocumentStore) -> "NearPairs":
        """The pairs of all parts, whose rows become those of the whole, or are DROPPED."""
        columns, ids = whole.columns, [id_number(document) for document in whole.ids]
        here = list(zip((ids[d] for d in columns.document), columns.start.tolist(), columns.end.tolist(), strict=True))
        row_of = {passage: row for row, passage in enumerate(here)} if any(len(part.rows) for part in parts) else {}
        rows, others = [], []
        for part, target in zip(parts, targets, strict=True):
            for old, *other in zip(*(array.tolist() for array in part.arrays.values()), strict=True):
                row = int(target[old])
                beside = row_of.get(tuple(other), DROPPED)
                if row != DROPPED:
                    rows.append(max(row, beside))
                    others.append(here[row] if beside > row else tuple(other))
        return cls.of(rows, others)

    @property
    def arrays(self) -> dict[str, NDArray[Any]]:
        """The arrays by name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @classmethod
    def of_arrays(cls, arrays: Arrays) -> "NearPairs":
        """What had these `arrays`."""
        return cls(**{field.name: arrays[field.name] for field in fields(cls)})


NO_PAIRS = NearPairs.of([], [])


def id_number(document: str) -> int:
    """The id of a document, 16 hexadecimal digits, as a number."""
    return int(document, 16)


class Searched(Protocol):
    """Passages to look among: where those of each part stand in the collection, and the postings of their words."""

    @property
    def collection(self) -> Collection: ...

    @property
    def postings(self) -> Sequence[tuple[TermCounts, Rows]]: ...


def near_pairs(new: Collection, counts: TermCounts, older: Searched | None) -> NearPairs:
    """The pairs of each passage of `new`, whose words are `counts`, with others of `new` and with `older` ones."""
    own = [(counts, np.arange(len(new.passages), dtype=np.int32))]
    lookups = [_Lookup(new, own), *([_Lookup(older.collection, older.postings)] if older else [])]
    rows, others = [], []
    for row in range(len(new.passages)):
        for lookup in lookups:
            for other in lookup.near(new, row):
                rows.append(row)
                others.append((id_number(lookup.ids[lookup.columns.document[other]]), *lookup.span(other)))
    found = NearPairs.of(rows, others)
    return NearPairs.merged([found], [np.arange(len(new.passages), dtype=np.int32)], new.store)


class _Lookup:
    """Finds the near-identical passages among those of one collection."""

    def __init__(self, collection: Collection, postings: Sequence[tuple[TermCounts, Rows]]) -> None:
        self._collection = collection
        self._postings = postings
        self.columns = collection.columns
        self.ids = collection.store.ids

    def span(self, row: int) -> tuple[int, int]:
        return int(self.columns.start[row]), int(self.columns.end[row])

    def near(self, new: Collection, row: int) -> Iterator[int]:
        """The rows here that say nearly the same as a passage of `new`, and are of another document."""
        text, columns = new.row_text(row), new.columns
        length = len(words(text))
        # So many words of a passage of SHORTEST are the share that they must have in common.
        if columns.field[row] == _FOOTNOTE or length < SHORTEST / (2 / NEAR_IDENTICAL - 1):
            return
        document = new.store.ids[columns.document[row]]
        compared = 0
        for other in self._sharing(Counter(content_words(text))):
            if self.ids[self.columns.document[other]] == document or not self._same_voice(columns, row, other):
                continue
            if self.columns.digest[other] != columns.digest[row]:
                compared += 1
                if compared > _COMPARED or not self._says_the_same(text, length, other):
                    continue
            yield other

    def _same_voice(self, columns: Columns, row: int, other: int) -> bool:
        ours = self.columns
        return bool(ours.field[other] == columns.field[row] and ours.speaker[other] == columns.speaker[row])

    def _says_the_same(self, text: str, length: int, other: int) -> bool:
        theirs = self._collection.row_text(other)
        if max(length, len(words(theirs))) < SHORTEST:
            return False
        return similarity(text, theirs) >= NEAR_IDENTICAL or similarity(theirs, text) >= NEAR_IDENTICAL

    def _sharing(self, own: Counter[str]) -> list[int]:
        """The rows that share enough of these words, most first."""
        needed = max(1, _SHARED * own.total())
        found = [self._in_part(counts, rows, own, needed) for counts, rows in self._postings]
        shared = np.concatenate([shared for _, shared in found])
        ordered: list[int] = np.concatenate([rows for rows, _ in found])[np.argsort(-shared, kind="stable")].tolist()
        return ordered

    def _in_part(
        self, counts: TermCounts, rows: Rows, own: Counter[str], needed: float
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The rows of one part that share at least `needed` of these words, and how many they share."""
        known = [(number, times) for word, times in own.items() if (number := counts.number(word)) is not None]
        left = sum(times for _, times in known)
        nothing = np.zeros(0, dtype=np.int64)
        if left < needed:
            return nothing, nothing
        numbers, times = np.array(known).T
        starts, ends = counts.starts[numbers], counts.starts[numbers + 1]
        order = np.argsort(ends - starts, kind="stable").tolist()
        rare = []
        while left >= needed:
            place = order.pop(0)
            posting = slice(starts[place], ends[place])
            rare.append((counts.rows[posting], np.minimum(counts.counts[posting], times[place])))
            left -= int(times[place])
        met = np.concatenate([found for found, _ in rare])
        candidates = distinct(met)
        numbered = candidates.searchsorted(met)
        shared = np.bincount(numbered, weights=np.concatenate([n for _, n in rare])).astype(np.int64)
        for place in order:
            kept = shared + left >= needed
            candidates, shared = candidates[kept], shared[kept]
            if not len(candidates):
                return nothing, nothing
            found, often = counts.rows[starts[place] : ends[place]], counts.counts[starts[place] : ends[place]]
            at = np.minimum(found.searchsorted(candidates), len(found) - 1)
            shared += (found[at] == candidates) * np.minimum(often[at], times[place]).astype(np.int64)
            left -= int(times[place])
        kept = (shared >= needed) & (rows[candidates] != DROPPED)
        return rows[candidates[kept]].astype(np.int64), shared[kept]
