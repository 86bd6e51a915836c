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

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.encoders.encoder import Encoder, Matrix
from index.language.analyser import content_words, is_number
from index.model.arrays import mapped
from index.search.bm25 import K1, B
from index.search.postings import TermCounts, rarity

# Words further apart than this cosine have nothing to do with each other.
NEAR = 0.3
# A word of the question finds at most so many words of the documents.
NEAREST = 100

_ARRAYS = ("word_vectors", "weights")


@dataclass(frozen=True)
class RelatedWordsIndex:
    """The words of the passages with their vectors, and where they stand.

    `counts` says how often each word stands where; `word_vectors` has a row for each word of its
    vocabulary, of zeros for a number, and `weights` for each posting what the
    word adds to a passage's score at cosine 1.
    """

    counts: TermCounts
    word_vectors: Matrix
    weights: NDArray[np.float32]

    @classmethod
    def build(cls, texts: Sequence[str], encoder: Encoder) -> "RelatedWordsIndex":
        """Index one text a passage, in the order of the passages."""
        counts = TermCounts.of(content_words(text) for text in texts)
        return cls.of(counts, encode_words(counts.vocabulary, encoder))

    @classmethod
    def of(cls, counts: TermCounts, word_vectors: Matrix) -> "RelatedWordsIndex":
        """The index of counted words with their vectors."""
        weights = np.repeat(counts.rarities(), counts.frequencies) * counts.saturations(K1, B)
        return cls(counts, word_vectors, weights.astype(np.float32))

    @property
    def vocabulary(self) -> tuple[str, ...]:
        """The words, in alphabetical order."""
        return self.counts.vocabulary

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
        passages = len(self.counts.lengths)
        total = np.zeros(passages, dtype=np.float32)
        for row in near:
            nearest = self._nearest(row)
            shares = row[nearest]
            if pooled:
                shares = shares * self._pooled_rarity(nearest, shares) / self._rarities[nearest]
            best = np.zeros(passages, dtype=np.float32)
            for word, share in zip(nearest, shares, strict=True):
                posting = slice(self.counts.starts[word], self.counts.starts[word + 1])
                found = self.counts.places[posting]
                best[found] = np.maximum(best[found], share * self.weights[posting])
            total += best
        return total

    @cached_property
    def _rarities(self) -> NDArray[np.float64]:
        return self.counts.rarities()

    def _pooled_rarity(self, words: NDArray[np.intp], shares: NDArray[np.float32]) -> float:
        """The rarity of a word that stands in as many passages as `words` do, each counting its share."""
        passages = len(self.counts.lengths)
        return rarity(min(passages, float(shares @ self.counts.frequencies[words])), passages)

    def _nearest(self, row: NDArray[np.float32]) -> NDArray[np.intp]:
        """The words near enough to one of the question's, at most NEAREST, ties by the alphabet."""
        words = np.flatnonzero(row > NEAR)
        return words[np.argsort(-row[words], kind="stable")[:NEAREST]]

    def save(self, folder: Path) -> None:
        """Write the index to a new `folder`."""
        self.counts.save(folder)
        for name in _ARRAYS:
            np.save(folder / f"{name}.npy", getattr(self, name), allow_pickle=False)

    @classmethod
    def load(cls, folder: Path) -> "RelatedWordsIndex":
        """Read what `save` wrote; the caller has checked the files."""
        arrays = {name: mapped(folder / f"{name}.npy") for name in _ARRAYS}
        return cls(TermCounts.load(folder), **arrays)


def encode_words(words: Sequence[str], encoder: Encoder) -> Matrix:
    """A row for each of `words`; zeros for a number, which is near to nothing but itself."""
    rows = encoder.encode_passages(words)
    rows[[row for row, word in enumerate(words) if is_number(word)]] = 0
    return rows
