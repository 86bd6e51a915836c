"""How often each term stands in each passage: all that a lexical index has to remember of its texts.

Counts of documents that were read apart are merged by array operations. What
depends on all documents (inverse document frequency, average length) is drawn
from sums of the counts when a question is asked.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from index.model.arrays import DROPPED, Arrays, Rows, within_runs

Cells = NDArray[np.uint64]
Integers = NDArray[np.integer[Any]]

# Bits for a count beside the cell it stands in: BM25 cannot tell 65,535 times from more.
_COUNT_BITS = 16
_MOST = 2**_COUNT_BITS - 1


@dataclass(frozen=True)
class TermCounts:
    """Postings with counts.

    The passages of term i are `rows[starts[i]:starts[i + 1]]`, ascending, and
    `counts` there how often it stands in each (at most 65,535). `lengths` has
    the number of terms of each passage, repetitions counted. `encoded` is the
    `vocabulary` as JSON, which is read when it is needed.
    """

    encoded: NDArray[np.uint8]
    rows: Rows
    counts: NDArray[np.uint16]
    starts: NDArray[np.int64]
    lengths: NDArray[np.int32]

    @classmethod
    def of(cls, texts: Iterable[Sequence[str]]) -> "TermCounts":
        """The counts of one list of terms a passage, in the order of the passages."""
        lengths = []
        numbers: dict[str, int] = {}
        cells: list[tuple[int, int, int]] = []
        for row, text in enumerate(texts):
            lengths.append(len(text))
            cells += [(numbers.setdefault(term, len(numbers)), row, n) for term, n in Counter(text).items()]
        terms, rows, counts = np.array(cells, dtype=np.int64).reshape(-1, 3).T
        order, vocabulary = _alphabetical(list(numbers))
        return _unpacked(
            vocabulary, _packed(order[terms], rows, counts, len(lengths)), np.array(lengths, dtype=np.int32)
        )

    @classmethod
    def merged(cls, parts: Sequence["TermCounts"], targets: Sequence[Rows]) -> "TermCounts":
        """All `parts` as one: passage p of part i comes to row `targets[i][p]`, or is DROPPED.

        The targets that are not DROPPED must be 0, 1, 2, … in some order.
        Terms that stand in no passage any more are forgotten. At least one part.
        """
        numbers: dict[str, int] = {}
        terms, rows, counts = [], [], []
        lengths = np.zeros(sum(int((target != DROPPED).sum()) for target in targets), dtype=np.int32)
        for part, target in zip(parts, targets, strict=True):
            own = np.array([numbers.setdefault(term, len(numbers)) for term in part.vocabulary], dtype=np.int64)
            moved = target[part.rows]
            kept = moved != DROPPED
            terms.append(np.repeat(own, np.diff(part.starts))[kept])
            rows.append(moved[kept])
            counts.append(part.counts[kept])
            lengths[target[target != DROPPED]] = part.lengths[target != DROPPED]
        order, vocabulary = _alphabetical(list(numbers))
        cells = [_packed(order[t], p, c, len(lengths)) for t, p, c in zip(terms, rows, counts, strict=True)]
        return _unpacked(vocabulary, np.concatenate(cells), lengths)

    @cached_property
    def vocabulary(self) -> tuple[str, ...]:
        """The terms, in alphabetical order."""
        return msgspec.json.decode(self.encoded.tobytes(), type=tuple[str, ...])

    def number(self, term: str) -> int | None:
        """The number of `term`, None where it is unknown; a few are sought among all faster than a table is made."""
        number = bisect_left(self.vocabulary, term)
        return number if number < len(self.vocabulary) and self.vocabulary[number] == term else None

    def postings(self, term: str) -> slice:
        """Where the postings of `term` stand; an empty slice where it is unknown."""
        number = self.number(term)
        return slice(0, 0) if number is None else slice(int(self.starts[number]), int(self.starts[number + 1]))

    def runs(self, terms: Integers) -> tuple[Rows, NDArray[np.uint16], NDArray[np.int64]]:
        """The rows and counts of several terms, by number, term after term, and how many each has."""
        starts, lengths = self.starts[terms], self.starts[terms + 1] - self.starts[terms]
        places = within_runs(starts, lengths)
        return self.rows[places], self.counts[places], lengths

    def frequencies(self, kept: NDArray[np.bool_]) -> NDArray[np.int64]:
        """In how many of the passages that are kept each term stands, shape (terms,)."""
        if kept.all():
            return np.diff(self.starts)
        counted = np.concatenate([[0], np.cumsum(kept[self.rows])])
        frequencies: NDArray[np.int64] = counted[self.starts[1:]] - counted[self.starts[:-1]]
        return frequencies

    @property
    def arrays(self) -> dict[str, NDArray[Any]]:
        """The arrays by name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @classmethod
    def of_arrays(cls, arrays: Arrays) -> "TermCounts":
        """What had these `arrays`."""
        return cls(**{field.name: arrays[field.name] for field in fields(cls)})


def _alphabetical(terms: list[str]) -> tuple[NDArray[np.int64], tuple[str, ...]]:
    """The alphabetical number of each term, and the terms in that order."""
    ordered = sorted(terms)
    numbers = {term: number for number, term in enumerate(ordered)}
    return np.array([numbers[term] for term in terms], dtype=np.int64), tuple(ordered)


def _packed(terms: Integers, rows: Integers, counts: Integers, passages: int) -> Cells:
    """One number a posting, its count in the low bits: sorted many times faster than three arrays by index."""
    cells = (terms.astype(np.int64) * max(1, passages) + rows).astype(np.uint64) << np.uint64(_COUNT_BITS)
    cells |= np.minimum(counts, _MOST).astype(np.uint64)
    return cells


def _unpacked(vocabulary: tuple[str, ...], cells: Cells, lengths: NDArray[np.int32]) -> TermCounts:
    """The counts in order of term and row, without terms that have none; no two cells are of one posting."""
    cells.sort()
    passages = max(1, len(lengths))
    where = (cells >> np.uint64(_COUNT_BITS)).astype(np.int64)
    frequencies = np.bincount(where // passages, minlength=len(vocabulary))
    used = np.flatnonzero(frequencies)
    kept = vocabulary if len(used) == len(vocabulary) else tuple(vocabulary[i] for i in used)
    return TermCounts(
        encoded=np.frombuffer(msgspec.json.encode(kept), dtype=np.uint8),
        rows=(where % passages).astype(np.int32),
        counts=(cells & np.uint64(_MOST)).astype(np.uint16),
        starts=np.concatenate([[0], np.cumsum(frequencies[used])]).astype(np.int64),
        lengths=lengths,
    )
