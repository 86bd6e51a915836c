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

import numpy as np
from numpy.typing import NDArray

from index.encoders.encoder import Encoder, Matrix
from index.language.analyser import is_number
from index.model.arrays import DROPPED, Rows
from index.search.bm25 import idf, saturation
from index.search.postings import TermCounts
from index.search.ranked_list import Eligible, Found, Scores, best

# Words further apart than this cosine have nothing to do with each other.
NEAR = 0.3
# A word of the question finds at most so many words of the documents.
NEAREST = 100


@dataclass(frozen=True)
class WordPostings:
    """The words of some passages: how often each stands where, and a vector for each word that is no number."""

    counts: TermCounts
    vectors: Matrix

    @classmethod
    def of(cls, texts: Sequence[Sequence[str]], encoder: Encoder) -> "WordPostings":
        """Those of one list of words a passage."""
        counts = TermCounts.of(texts)
        return cls(counts, encoder.encode_passages([word for word in counts.vocabulary if not is_number(word)]))

    def write_vectors(self, targets: NDArray[np.int64], vectors: Matrix) -> None:
        """Write the vector of each word that is no number to its target row, where that is not DROPPED."""
        worded = targets[[not is_number(word) for word in self.counts.vocabulary]] if len(targets) else targets
        vectors[worded[worded != DROPPED]] = self.vectors[worded != DROPPED]


@dataclass(frozen=True)
class WordQuery:
    """The words of a question: how near each is to each word of the vocabulary, shape (words, vocabulary).

    `pooled`: whether each counts by how rare all the words near to it are together.
    """

    near: NDArray[np.float32]
    pooled: bool = False


@dataclass(frozen=True)
class Vocabulary:
    """The words of all parts, in alphabetical order, with their vectors and in how many passages each stands.

    `own` has, for each part, the number there of each word, DROPPED where it
    is not there.
    """

    words: tuple[str, ...]
    vectors: Matrix
    frequencies: NDArray[np.int64]
    own: tuple[Rows, ...]

    @classmethod
    def of(cls, parts: Sequence[WordPostings], kept: Sequence[NDArray[np.bool_]]) -> "Vocabulary":
        """Of the passages that are `kept`, a mask a part."""
        counted = [part.counts.frequencies(mask) for part, mask in zip(parts, kept, strict=True)]
        there = [np.flatnonzero(counts) for counts in counted]
        vocabularies = [part.counts.vocabulary for part in parts]
        known = [[words[i] for i in found] for words, found in zip(vocabularies, there, strict=True)]
        words = tuple(sorted(set().union(*known)))
        numbers = {word: number for number, word in enumerate(words)}
        vectors = np.zeros((len(words), parts[0].vectors.shape[1] if parts else 0), dtype=np.float32)
        frequencies = np.zeros(len(words), dtype=np.int64)
        own = []
        for part, found, counts, mine in zip(parts, there, counted, known, strict=True):
            targets = np.array([numbers[word] for word in mine], dtype=np.int64)
            every = np.full(len(counts), DROPPED, dtype=np.int64)
            every[found] = targets
            part.write_vectors(every, vectors)
            frequencies[targets] += counts[found]
            back = np.full(len(words), DROPPED, dtype=np.int32)
            back[targets] = found
            own.append(back)
        return cls(words, vectors, frequencies, tuple(own))


class RelatedWords:
    """The list over the words of several parts; `rows` are where the passages of each stand in the collection."""

    name = "related"

    def __init__(self, parts: Sequence[WordPostings], rows: Sequence[Rows]) -> None:
        self._parts = parts
        self._rows = rows
        self._kept = [target != DROPPED for target in rows]
        self.passages = sum(int(np.count_nonzero(kept)) for kept in self._kept)

    @classmethod
    def of(cls, texts: Sequence[Sequence[str]], encoder: Encoder) -> "RelatedWords":
        """Over one list of words a passage."""
        return cls([WordPostings.of(texts, encoder)], [np.arange(len(texts), dtype=np.int32)])

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        return Vocabulary.of(self._parts, self._kept)

    @property
    def vocabulary(self) -> tuple[str, ...]:
        """The words of the passages, in alphabetical order."""
        return self._vocabulary.words

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {word: number for number, word in enumerate(self.vocabulary)}

    @cached_property
    def _average(self) -> float:
        """The words of an average passage."""
        lengths = [part.counts.lengths[kept] for part, kept in zip(self._parts, self._kept, strict=True)]
        return sum(int(found.sum()) for found in lengths) / max(1, self.passages)

    def nearness(self, words: Sequence[str], vectors: Matrix) -> NDArray[np.float32]:
        """How near each of `words` is to each word of the vocabulary, shape (words, vocabulary).

        A cosine; 1 for the word itself. A number is near to itself only.
        `vectors` has a row for each word.
        """
        near: NDArray[np.float32] = vectors @ self._vocabulary.vectors.T
        for row, word in enumerate(words):
            if is_number(word):
                near[row] = 0
            if word in self._numbers:
                near[row, self._numbers[word]] = 1
        return near

    def search(self, query: WordQuery, k: int, eligible: Eligible | None = None) -> tuple[Found, Scores]:
        scores = self._scores(query)
        found = best(np.where(scores > 0 if eligible is None else eligible & (scores > 0), scores, -np.inf), k)
        return found, scores[found]

    def score(self, query: WordQuery, rows: Found) -> Scores:
        return self._scores(query)[rows]

    def _scores(self, query: WordQuery) -> Scores:
        """The score of every passage that a posting of the query's words touches.

        For each word of the question, a passage counts the best of its words.
        Each counts by its own rarity or, pooled, by that of all the words
        near to the question's.
        """
        best_of_word = np.zeros((len(query.near), self.passages), dtype=np.float32)
        if not best_of_word.size:
            return np.zeros(self.passages, dtype=np.float32)
        chosen = [self._nearest(row) for row in query.near]
        words = np.concatenate(chosen)
        asked = np.repeat(np.arange(len(chosen)), [len(found) for found in chosen])
        rarities = idf(self._vocabulary.frequencies[words], self.passages)
        shares = query.near[asked, words].astype(np.float64)
        if query.pooled:
            pooled = [self._pooled_rarity(found, row[found]) for found, row in zip(chosen, query.near, strict=True)]
            shares *= np.array(pooled)[asked] / rarities
        for part, rows, own in zip(self._parts, self._rows, self._vocabulary.own, strict=True):
            known = np.flatnonzero(own[words] != DROPPED)
            postings, lengths = part.counts.postings_of(own[words[known]])
            passages = part.counts.rows[postings]
            saturated = saturation(part.counts.counts[postings], part.counts.lengths[passages], self._average)
            weights = (np.repeat(rarities[known], lengths) * saturated).astype(np.float32)
            values = (np.repeat(shares[known], lengths) * weights).astype(np.float32)
            targets = rows[passages]
            kept = targets != DROPPED
            cells = np.repeat(asked[known], lengths)[kept] * self.passages + targets[kept]
            np.maximum.at(best_of_word.reshape(-1), cells, values[kept])
        total: Scores = best_of_word.sum(axis=0, dtype=np.float32)
        return total

    def _pooled_rarity(self, words: NDArray[np.intp], shares: NDArray[np.float32]) -> float:
        """The rarity of a word that stands in as many passages as `words` do, each counting its share."""
        passages = float(shares @ self._vocabulary.frequencies[words])
        return float(idf(min(self.passages, passages), self.passages))

    def _nearest(self, row: NDArray[np.float32]) -> NDArray[np.intp]:
        """The words near enough to one of the question's, at most NEAREST, ties by the alphabet."""
        words = np.flatnonzero(row > NEAR)
        return words[best(row[words], NEAREST)]
