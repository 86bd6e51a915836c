"""How often each term stands in each passage: all that a lexical index has to remember of its texts.

Counts of documents that were read apart are merged by array operations, so a
document comes or goes without the others being analysed again. What depends
on the whole collection (rarity, average length) is drawn from the counts.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from index.model.arrays import DROPPED, Places, mapped

Cells = NDArray[np.uint64]
Integers = NDArray[np.integer[Any]]

# Bits for a count beside the cell it stands in: BM25 cannot tell 65,535 times from more.
_COUNT_BITS = 16
_MOST = 2**_COUNT_BITS - 1
# Postings that are expanded at a time.
_CHUNK = 4_000_000
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
        return _unpacked(
            vocabulary, _packed(order[terms], places, counts, len(lengths)), np.array(lengths, dtype=np.int32)
        )

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
        cells = [_packed(order[t], p, c, len(lengths)) for t, p, c in zip(terms, places, counts, strict=True)]
        return _unpacked(vocabulary, np.concatenate(cells), lengths)

    def expanded(self, terms_of: Callable[[str], Sequence[str]]) -> "TermCounts":
        """The counts of what each term is made of: `terms_of` a word may be its stem, its n-grams, or nothing.

        The same as counting the expanded texts, without a text being read.
        """
        numbers: dict[str, int] = {}
        made = [Counter(terms_of(term)) for term in self.vocabulary]
        parts = np.array([numbers.setdefault(part, len(numbers)) for count in made for part in count], dtype=np.int64)
        times = np.array([n for count in made for n in count.values()], dtype=np.int64)
        sizes = np.array([len(count) for count in made], dtype=np.int64)
        starts = np.concatenate([[0], np.cumsum(sizes)])
        order, vocabulary = _alphabetical(list(numbers))
        words = np.repeat(np.arange(len(self.vocabulary)), self.frequencies)
        lengths = np.zeros(len(self.lengths), dtype=np.int64)
        found = []
        for rows in _chunks(self.places, sizes[words], len(self.lengths)):
            word, place = words[rows], self.places[rows]
            repeats = sizes[word]
            inside = np.arange(repeats.sum()) - np.repeat(np.cumsum(repeats) - repeats, repeats)
            cells = np.repeat(starts[word], repeats) + inside
            counts = np.repeat(self.counts[rows].astype(np.int64), repeats) * times[cells]
            places = np.repeat(place, repeats)
            lengths += np.bincount(places, weights=counts, minlength=len(lengths)).astype(np.int64)
            found.append(_summed(_packed(order[parts[cells]], places, counts, len(lengths))))
        cells = np.concatenate(found) if found else np.zeros(0, dtype=np.uint64)
        return _unpacked(vocabulary, cells, lengths.astype(np.int32))

    def find(self, term: str) -> int | None:
        """The place of `term` in the vocabulary, None where it is not there."""
        place = bisect_left(self.vocabulary, term)
        return place if place < len(self.vocabulary) and self.vocabulary[place] == term else None

    def postings(self, term: str) -> slice:
        """Where the postings of `term` stand; an empty slice where it is unknown."""
        place = self.find(term)
        return slice(0, 0) if place is None else slice(int(self.starts[place]), int(self.starts[place + 1]))

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
        """The `rarity` of each term."""
        rarities: NDArray[np.float64] = _rarity(self.frequencies, len(self.lengths))
        return rarities

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
        arrays = {name: mapped(folder / f"{name}.npy") for name in _ARRAYS}
        return cls(vocabulary=vocabulary, **arrays)


def rarity(frequency: float, passages: int) -> float:
    """The inverse document frequency of a term as Lucene has it, ln(1 + (N - n + 0.5) / (n + 0.5))."""
    return float(_rarity(np.float64(frequency), passages))


def _rarity(frequency: Any, passages: int) -> Any:
    return np.log(1 + (passages - frequency + 0.5) / (frequency + 0.5))


def _alphabetical(terms: list[str]) -> tuple[NDArray[np.int64], tuple[str, ...]]:
    """The alphabetical place of each term, and the terms in that order."""
    ordered = sorted(terms)
    places = {term: place for place, term in enumerate(ordered)}
    return np.array([places[term] for term in terms], dtype=np.int64), tuple(ordered)


def _chunks(places: Places, sizes: NDArray[np.int64], passages: int) -> Iterator[NDArray[np.intp]]:
    """The postings of so many passages at a time that what they expand to fits in memory; their order stays."""
    chunks = max(1, -(-int(sizes.sum()) // _CHUNK))
    chunk = places // max(1, -(-passages // chunks))
    for number in range(chunks):
        yield np.flatnonzero(chunk == number)


def _packed(terms: Integers, places: Integers, counts: Integers, passages: int) -> Cells:
    """One number a posting, its count in the low bits: sorted many times faster than three arrays by index."""
    cells = (terms.astype(np.int64) * max(1, passages) + places).astype(np.uint64) << np.uint64(_COUNT_BITS)
    cells |= np.minimum(counts, _MOST).astype(np.uint64)
    return cells


def _summed(cells: Cells) -> Cells:
    """`cells` in order, with one for each term and place, which counts what all of them count."""
    cells.sort()
    where = cells >> np.uint64(_COUNT_BITS)
    first = np.flatnonzero(np.concatenate([[True], where[1:] != where[:-1]])) if len(cells) else np.zeros(0, np.intp)
    counts = np.add.reduceat(cells & np.uint64(_MOST), first) if len(cells) else cells
    summed: Cells = (where[first] << np.uint64(_COUNT_BITS)) | np.minimum(counts, np.uint64(_MOST))
    return summed


def _unpacked(vocabulary: tuple[str, ...], cells: Cells, lengths: NDArray[np.int32]) -> TermCounts:
    """The counts in order of term and place, without terms that have none; no two cells are of one posting."""
    cells.sort()
    passages = max(1, len(lengths))
    where = (cells >> np.uint64(_COUNT_BITS)).astype(np.int64)
    frequencies = np.bincount(where // passages, minlength=len(vocabulary))
    used = np.flatnonzero(frequencies)
    return TermCounts(
        vocabulary=vocabulary if len(used) == len(vocabulary) else tuple(vocabulary[i] for i in used),
        places=(where % passages).astype(np.int32),
        counts=(cells & np.uint64(_MOST)).astype(np.uint16),
        starts=np.concatenate([[0], np.cumsum(frequencies[used])]).astype(np.int64),
        lengths=lengths,
    )
