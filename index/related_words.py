"""BM25 in which a word of the question also finds words near it in meaning.

People ask in their own words ("agenten"), the ministry answers in its own
("politiecapaciteit"). Each word of the question stands for every word of the
documents that lies near it in the word encoder's space, in Dutch or English,
in proportion to the cosine: the extended BM25 of Rekabsaz et al. (CIKM 2016,
"Generalizing Translation Models in the Probabilistic Relevance Framework").
Numbers and names the encoder does not know match themselves alone.

A word of another language is as rare as all that it stands for together, as in
probabilistic structured queries (Darwish and Oard, SIGIR 2003): the one place
where a Dutch letter says "child" is no better an answer than the many where it
says "kind".
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from index.analyse import content_words, is_number
from index.encode import Encoder, Matrix
from index.lexical import K1, B

# Words further apart than this cosine have nothing to do with each other.
NEAR = 0.3
# A word of the question finds at most so many words of the documents.
NEAREST = 100

_ARRAYS = ("word_vectors", "weights", "places", "starts")


@dataclass(frozen=True)
class RelatedWordsIndex:
    """The words of the passages with their vectors, and where they stand.

    `vocabulary` is in alphabetical order, `word_vectors` has a row for each
    word, of zeros for a number. The passages of word i are `places[starts[i]:starts[i + 1]]`, and
    `weights` there what the word adds to their score at cosine 1.
    """

    vocabulary: tuple[str, ...]
    word_vectors: Matrix
    weights: NDArray[np.float32]
    places: NDArray[np.int32]
    starts: NDArray[np.int64]
    passages: int

    @classmethod
    def build(cls, texts: Sequence[str], encoder: Encoder) -> "RelatedWordsIndex":
        """Index one text a passage, in the order of the passages."""
        counts = [Counter(content_words(text)) for text in texts]
        vocabulary = tuple(sorted({word for count in counts for word in count}))
        numbers = {word: number for number, word in enumerate(vocabulary)}
        average = sum(count.total() for count in counts) / max(1, len(counts)) or 1.0
        postings: list[list[tuple[int, float]]] = [[] for _ in vocabulary]
        for place, count in enumerate(counts):
            length = K1 * (1 - B + B * count.total() / average)
            for word, times in count.items():
                postings[numbers[word]].append((place, times / (times + length)))
        frequencies = np.array([len(posting) for posting in postings], dtype=np.float64)
        rarity = _rarity(frequencies, len(texts))
        word_vectors = encoder.encode_passages(vocabulary)
        # A number is near to nothing but itself.
        word_vectors[[row for row, word in enumerate(vocabulary) if is_number(word)]] = 0
        return cls(
            vocabulary=vocabulary,
            word_vectors=word_vectors,
            weights=np.array(
                [weight * rarity[i] for i, posting in enumerate(postings) for _, weight in posting], dtype=np.float32
            ),
            places=np.array([place for posting in postings for place, _ in posting], dtype=np.int32),
            starts=np.concatenate([[0], np.cumsum(frequencies)]).astype(np.int64),
            passages=len(texts),
        )

    def nearness(self, words: Sequence[str], vectors: Matrix) -> NDArray[np.float32]:
        """How near each of `words` is to each word of the vocabulary, shape (words, vocabulary).

        A cosine; 1 for the word itself. A number is near to itself only.
        `vectors` has a row for each word.
        """
        near: NDArray[np.float32] = vectors @ self.word_vectors.T
        for row, word in enumerate(words):
            if is_number(word):
                near[row] = 0
            if word in self._rows:
                near[row, self._rows[word]] = 1
        return near

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {word: row for row, word in enumerate(self.vocabulary)}

    def scores(self, near: NDArray[np.float32], pooled: bool = False) -> NDArray[np.float32]:
        """The score of every passage, shape (passages,), for the `nearness` of a question's words.

        For each word of the question, a passage counts the best of its words.
        Each counts by its own rarity or, `pooled`, by that of all the words
        near to the question's.
        """
        total = np.zeros(self.passages, dtype=np.float32)
        for row in near:
            nearest = self._nearest(row)
            shares = row[nearest]
            if pooled:
                shares = shares * self._pooled_rarity(nearest, shares) / self._rarity[nearest]
            best = np.zeros(self.passages, dtype=np.float32)
            for word, share in zip(nearest, shares, strict=True):
                posting = slice(self.starts[word], self.starts[word + 1])
                found = self.places[posting]
                best[found] = np.maximum(best[found], share * self.weights[posting])
            total += best
        return total

    @cached_property
    def _frequencies(self) -> NDArray[np.float64]:
        return np.diff(self.starts).astype(np.float64)

    @cached_property
    def _rarity(self) -> NDArray[np.float64]:
        return _rarity(self._frequencies, self.passages)

    def _pooled_rarity(self, words: NDArray[np.intp], shares: NDArray[np.float32]) -> float:
        frequency = min(float(self.passages), float(shares @ self._frequencies[words]))
        return float(_rarity(np.array([frequency]), self.passages)[0])

    def _nearest(self, row: NDArray[np.float32]) -> NDArray[np.intp]:
        """The words near enough to one of the question's, at most NEAREST, ties by the alphabet."""
        words = np.flatnonzero(row > NEAR)
        return words[np.argsort(-row[words], kind="stable")[:NEAREST]]

    def save(self, folder: Path) -> None:
        """Write the index to a new `folder`."""
        folder.mkdir()
        (folder / "vocabulary.json").write_bytes(msgspec.json.encode(self.vocabulary))
        for name in _ARRAYS:
            np.save(folder / f"{name}.npy", getattr(self, name), allow_pickle=False)

    @classmethod
    def load(cls, folder: Path, passages: int) -> "RelatedWordsIndex":
        """Read what `save` wrote; the caller has checked the files."""
        vocabulary = msgspec.json.decode((folder / "vocabulary.json").read_bytes(), type=tuple[str, ...])
        arrays = {name: np.load(folder / f"{name}.npy", allow_pickle=False) for name in _ARRAYS}
        return cls(vocabulary=vocabulary, passages=passages, **arrays)


def _rarity(frequencies: NDArray[np.float64], passages: int) -> NDArray[np.float64]:
    """BM25's inverse document frequency (Lucene's variant) of words that stand in so many passages."""
    rarity: NDArray[np.float64] = np.log(1 + (passages - frequencies + 0.5) / (frequencies + 0.5))
    return rarity
