"""Find passages of other documents that say nearly the same, when a document is added.

Passages that share most of their words are found through the postings of
their rarest words: whoever shares enough of all words has one of those
(prefix filtering; Chaudhuri, Ganti and Kaushik, ICDE 2006). What counts is
then the comparison of all their words in order.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.language.alignment import side_by_side, words
from index.language.analyser import content_words
from index.model.arrays import DROPPED, Arrays, Rows, distinct
from index.model.collection import Collection
from index.model.store import FIELDS, DocumentStore
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


@dataclass(frozen=True)
class Among:
    """Passages to look among: the postings of their words, and for each of these passages its row, or DROPPED."""

    collection: Collection
    counts: TermCounts
    rows: Rows


def near_pairs(new: Collection, counts: TermCounts, older: Iterable[Among] = ()) -> NearPairs:
    """The pairs of each passage of `new`, whose words are `counts`, with others of `new` and with `older` ones.

    Of these the postings of one part are let go before the next is asked for.
    """
    every = np.arange(len(new.passages), dtype=np.int32)
    pairs = [pair for among in ([Among(new, counts, every)], older) for pair in _Search(new, among).pairs()]
    found = NearPairs.of([row for row, _ in pairs], [other for _, other in pairs])
    return NearPairs.merged([found], [every], new.store)


class _Search:
    """Finds the passages that are near-identical to new ones among the parts of older ones."""

    def __init__(self, new: Collection, among: Iterable[Among]) -> None:
        self._new = new
        self._parts: list[Collection] = []
        words_of = [self._words(row) for row in range(len(new.passages))]
        # Of each new passage those that share enough words: their part, their row there, and how many they share.
        self._sharing: list[list[NDArray[np.int64]]] = [[np.zeros((0, 3), dtype=np.int64)] for _ in words_of]
        for number, part in enumerate(among):
            for found, own in zip(self._sharing, words_of, strict=True):
                rows, shared = _sharing(part, own)
                found.append(np.stack([np.full_like(rows, number), rows, shared], axis=1))
            self._parts.append(part.collection)

    def _words(self, row: int) -> Counter[str]:
        """What is to be shared with a new passage; nothing where that says nothing of its own."""
        text = self._new.row_text(row)
        # So many words of a passage of SHORTEST are the share that they must have in common.
        if self._new.columns.field[row] == _FOOTNOTE or len(words(text)) < SHORTEST / (2 / NEAR_IDENTICAL - 1):
            return Counter()
        return Counter(content_words(text))

    def pairs(self) -> Iterator[tuple[int, tuple[int, int, int]]]:
        """Rows of new passages, and the document and span of one of another document that says nearly the same."""
        for row, found in enumerate(self._sharing):
            every = np.concatenate(found)
            compared = 0
            for number, other, _ in every[np.argsort(-every[:, 2], kind="stable")].tolist():
                part = self._parts[number]
                if not self._may_be(row, part, other):
                    continue
                if part.columns.digest[other] != self._new.columns.digest[row]:
                    compared += 1
                    if compared > _COMPARED or not _says_the_same(self._new.row_text(row), part.row_text(other)):
                        continue
                columns = part.columns
                document = id_number(part.store.ids[columns.document[other]])
                yield row, (document, int(columns.start[other]), int(columns.end[other]))

    def _may_be(self, row: int, part: Collection, other: int) -> bool:
        """Whether the other passage has the same voice, in another document."""
        ours, theirs = self._new.columns, part.columns
        same_voice = theirs.field[other] == ours.field[row] and theirs.speaker[other] == ours.speaker[row]
        return bool(same_voice) and part.store.ids[theirs.document[other]] != self._new.store.ids[ours.document[row]]


def _says_the_same(text: str, theirs: str) -> bool:
    if max(len(words(text)), len(words(theirs))) < SHORTEST:
        return False
    return similarity(text, theirs) >= NEAR_IDENTICAL or similarity(theirs, text) >= NEAR_IDENTICAL


def _sharing(part: Among, own: Counter[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The rows of one part that share enough of these words, and how many they share."""
    counts = part.counts
    needed = max(1, _SHARED * own.total())
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
    kept = (shared >= needed) & (part.rows[candidates] != DROPPED)
    return part.rows[candidates[kept]].astype(np.int64), shared[kept]
