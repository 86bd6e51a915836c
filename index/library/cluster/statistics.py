"""What the scores of all passages depend on: sums over passages, added up and taken away exactly."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from index.encoders.encoder import Matrix
from index.language.analyser import is_number
from index.library.cluster.layout import as_bytes
from index.model.arrays import Arrays
from index.search.dense import Summary
from index.search.late_interaction import PieceFrequencies
from index.search.segment import Segment

# Once, before there are threads (see `index/library/segment_files.py`).
_WORDS = msgspec.json.Decoder(tuple[str, ...])


@dataclass(frozen=True)
class Statistics:
    """Sums over some passages.

    `passages`, and their words: `words` in alphabetical order, in how many
    passages each stands (`frequencies`), a row of `vectors` for each (zeros
    for a number; no columns where nobody needs them), and their number with
    repetitions (`length`). `pieces`: in how many passages each token's piece
    stands. `total` and `products`: the sum of the passages' vectors and of
    their products, in the whole numbers of `Summary`.
    """

    passages: int
    words: tuple[str, ...]
    frequencies: NDArray[np.int64]
    vectors: Matrix
    length: int
    pieces: PieceFrequencies
    total: NDArray[np.float64]
    products: NDArray[np.float64]

    @classmethod
    def of(cls, found: Segment) -> "Statistics":
        """The sums over a segment."""
        counts = found.words.counts
        vectors = np.zeros((len(counts.vocabulary), found.words.vectors.shape[1]), dtype=np.float32)
        found.words.write_vectors(np.arange(len(vectors)), vectors)
        return cls(
            len(counts.lengths),
            counts.vocabulary,
            np.diff(counts.starts),
            vectors,
            int(counts.lengths.sum()),
            found.pieces,
            *_moments(found.vectors),
        )

    @classmethod
    def of_payloads(cls, payloads: Sequence[Mapping[str, Any]], vectors: Matrix) -> "Statistics":
        """The sums over passages as they lie in a collection, without vectors of words."""
        seen: dict[str, int] = {}
        for payload in payloads:
            for word in payload["words"].split():
                seen[word] = seen.get(word, 0) + 1
        words = tuple(sorted(seen))
        own = [np.unique(np.frombuffer(as_bytes(payload["pieces"]), dtype="<i4")) for payload in payloads]
        pieces, counts = np.unique(np.concatenate([np.zeros(0, dtype="<i4"), *own]), return_counts=True)
        return cls(
            len(payloads),
            words,
            np.array([seen[word] for word in words], dtype=np.int64),
            np.zeros((len(words), 0), dtype=np.float32),
            sum(payload["length"] for payload in payloads),
            PieceFrequencies(len(payloads), pieces.astype(np.int32), counts.astype(np.int32)),
            *_moments(vectors),
        )

    @classmethod
    def summed(cls, added: Sequence["Statistics"], taken_away: Sequence["Statistics"] = ()) -> "Statistics":
        """What is `added`, one at least, less what is `taken_away` and was in it before."""
        if len(added) == 1 and not taken_away:
            return added[0]
        words = tuple(sorted(set().union(*(one.words for one in added))))
        numbers = {word: number for number, word in enumerate(words)}
        frequencies = np.zeros(len(words), dtype=np.int64)
        vectors = np.zeros((len(words), added[0].vectors.shape[1]), dtype=np.float32)
        for one, sign in _signed(added, taken_away):
            targets = np.array([numbers[word] for word in one.words], dtype=np.int64)
            frequencies[targets] += sign * one.frequencies
            if sign > 0 and one.vectors.shape[1]:
                vectors[targets] = one.vectors
        left = np.flatnonzero(frequencies)
        signed = list(_signed(added, taken_away))
        return cls(
            sum(sign * one.passages for one, sign in signed),
            tuple(words[number] for number in left),
            frequencies[left],
            vectors[left],
            sum(sign * one.length for one, sign in signed),
            _pieces(signed),
            np.sum([sign * one.total for one, sign in signed], axis=0),
            np.sum([sign * one.products for one, sign in signed], axis=0),
        )

    @property
    def arrays(self) -> dict[str, NDArray[Any]]:
        """All of it, by name; numbers have no vector."""
        worded = [not is_number(word) for word in self.words]
        return {
            "words": np.frombuffer(msgspec.json.encode(self.words), dtype=np.uint8),
            "frequencies": self.frequencies,
            "word_vectors": self.vectors[worded] if worded else self.vectors,
            "sizes": np.array([self.passages, self.length], dtype=np.int64),
            "pieces": self.pieces.pieces,
            "piece_counts": self.pieces.counts,
            "total": self.total,
            "products": self.products,
        }

    @classmethod
    def of_arrays(cls, arrays: Arrays) -> "Statistics":
        """What had these `arrays`."""
        words = _WORDS.decode(arrays["words"].tobytes())
        passages, length = arrays["sizes"].tolist()
        vectors = np.zeros((len(words), arrays["word_vectors"].shape[1]), dtype=np.float32)
        if words:
            vectors[[not is_number(word) for word in words]] = arrays["word_vectors"]
        pieces = PieceFrequencies(passages, arrays["pieces"], arrays["piece_counts"])
        return cls(passages, words, arrays["frequencies"], vectors, length, pieces, arrays["total"], arrays["products"])


def _moments(vectors: Matrix) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    return Summary(vectors, {}).sums(np.arange(len(vectors), dtype=np.int32))


def _signed(added: Sequence[Statistics], taken_away: Sequence[Statistics]) -> Iterable[tuple[Statistics, int]]:
    yield from ((one, 1) for one in added)
    yield from ((one, -1) for one in taken_away)


def _pieces(signed: Sequence[tuple[Statistics, int]]) -> PieceFrequencies:
    size = max((int(one.pieces.pieces.max(initial=-1)) for one, _ in signed), default=-1) + 1
    counts = np.zeros(size, dtype=np.int64)
    for one, sign in signed:
        counts[one.pieces.pieces] += sign * one.pieces.counts
    left = np.flatnonzero(counts)
    passages = sum(sign * one.passages for one, sign in signed)
    return PieceFrequencies(passages, left.astype(np.int32), counts[left].astype(np.int32))
