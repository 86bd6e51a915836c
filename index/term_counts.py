"""How often each term stands in each passage: all that a lexical index has to remember of its texts.

Counts of documents that were read apart are merged by array operations, so a
document comes or goes without the others being analysed again. What depends
on the whole collection (rarity, average length) is drawn from the counts.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.int32]

# A place that a merge leaves out.
DROPPED = -1
# Bits for a count beside the cell it stands in: BM25 cannot tell 65,535 times from more.
_COUNT_BITS = 16
_MOST = 2**_COUNT_BITS - 1
_ARRAYS = ("places", "counts", "starts", "lengths")


@dataclass(frozen=True)
class TermCounts:
    """Postings with counts.

    `vocabulary` is in alphabetical order. The passages of term i are
    `places[starts[i]:starts[i + 1]]`, ascending, and `counts` there how often
    it stands in each (at most 65,535). `lengths` has the number of terms of
    each passage, repetitions counted.
    """

    vocabulary: tuple[str, ...]
    places: Places
    counts: NDArray[np.uint16]
    starts: NDArray[np.int64]
    lengths: NDArray[np.int32]

    @classmethod
    def of(cls, texts: Iterable[Sequence[str]]) -> "TermCounts":
        """The counts of one list of terms a passage, in the order of the passages."""
        lengths = []
        numbers: dict[str, int] = {}
        cells: list[tuple[int, int, int]] = []
        for place, text in enumerate(texts):
            lengths.append(len(text))
            cells += [(numbers.setdefault(term, len(numbers)), place, n) for term, n in Counter(text).items()]
        terms, places, counts = np.array(cells, dtype=np.int64).reshape(-1, 3).T
        order, vocabulary = _alphabetical(list(numbers))
        return _sorted(vocabulary, order[terms], places, counts, np.array(lengths, dtype=np.int32))

    @classmethod
    def merged(cls, parts: Sequence["TermCounts"], targets: Sequence[Places]) -> "TermCounts":
        """All `parts` as one: passage p of part i comes at place `targets[i][p]`, or is DROPPED.

        The targets that are not DROPPED must be 0, 1, 2, … in some order.
        Terms that stand in no passage any more are forgotten. At least one part.
        """
        numbers: dict[str, int] = {}
        terms, places, counts = [], [], []
        lengths = np.zeros(sum(int((target != DROPPED).sum()) for target in targets), dtype=np.int32)
        for part, target in zip(parts, targets, strict=True):
            own = np.array([numbers.setdefault(term, len(numbers)) for term in part.vocabulary], dtype=np.int64)
            moved = target[part.places]
            kept = moved != DROPPED
            terms.append(np.repeat(own, np.diff(part.starts))[kept])
            places.append(moved[kept])
            counts.append(part.counts[kept])
            lengths[target[target != DROPPED]] = part.lengths[target != DROPPED]
        order, vocabulary = _alphabetical(list(numbers))
        return _sorted(
            vocabulary, order[np.concatenate(terms)], np.concatenate(places), np.concatenate(counts), lengths
        )

    @property
    def frequencies(self) -> NDArray[np.int64]:
        """In how many passages each term stands, shape (terms,)."""
        return np.diff(self.starts)

    def saturations(self, k1: float, b: float) -> NDArray[np.float64]:
        """BM25's part that rises with the count and falls with the length, for every posting.

        tf / (tf + k1 (1 - b + b length / average)); Robertson and Zaragoza, 2009.
        """
        lengths = self.lengths.astype(np.float64)
        average = lengths.mean() if lengths.any() else 1.0
        levels = k1 * (1 - b + b * lengths / average)
        times = self.counts.astype(np.float64)
        saturated: NDArray[np.float64] = times / (times + levels[self.places])
        return saturated

    def rarities(self) -> NDArray[np.float64]:
        """Each term's inverse document frequency as Lucene has it, ln(1 + (N - n + 0.5) / (n + 0.5))."""
        rarity: NDArray[np.float64] = np.log(
            1 + (len(self.lengths) - self.frequencies + 0.5) / (self.frequencies + 0.5)
        )
        return rarity

    def save(self, folder: Path) -> None:
        """Write the counts to a new `folder`."""
        folder.mkdir()
        (folder / "vocabulary.json").write_bytes(msgspec.json.encode(self.vocabulary))
        for name in _ARRAYS:
            np.save(folder / f"{name}.npy", getattr(self, name), allow_pickle=False)

    @classmethod
    def load(cls, folder: Path) -> "TermCounts":
        """Read what `save` wrote; the caller has checked the files. The arrays stay on disk until they are used."""
        vocabulary = msgspec.json.decode((folder / "vocabulary.json").read_bytes(), type=tuple[str, ...])
        arrays = {name: np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False) for name in _ARRAYS}
        return cls(vocabulary=vocabulary, **arrays)


def _alphabetical(terms: list[str]) -> tuple[NDArray[np.int64], tuple[str, ...]]:
    """The alphabetical place of each term, and the terms in that order."""
    ordered = sorted(terms)
    places = {term: place for place, term in enumerate(ordered)}
    return np.array([places[term] for term in terms], dtype=np.int64), tuple(ordered)


def _sorted(
    vocabulary: tuple[str, ...],
    terms: NDArray[np.int64],
    places: NDArray[np.integer],
    counts: NDArray[np.integer],
    lengths: NDArray[np.int32],
) -> TermCounts:
    """The counts in order of term and place, without terms that have none."""
    rows = max(1, len(lengths))
    # One number a cell, its count in the low bits, is sorted many times faster than three arrays by index.
    cells = (terms * rows + places).astype(np.uint64) << np.uint64(_COUNT_BITS)
    cells |= np.minimum(counts, _MOST).astype(np.uint64)
    cells.sort()
    where = (cells >> np.uint64(_COUNT_BITS)).astype(np.int64)
    frequencies = np.bincount(where // rows, minlength=len(vocabulary))
    used = np.flatnonzero(frequencies)
    return TermCounts(
        vocabulary=vocabulary if len(used) == len(vocabulary) else tuple(vocabulary[i] for i in used),
        places=(where % rows).astype(np.int32),
        counts=(cells & np.uint64(_MOST)).astype(np.uint16),
        starts=np.concatenate([[0], np.cumsum(frequencies[used])]).astype(np.int64),
        lengths=lengths,
    )
