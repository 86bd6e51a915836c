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

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.encoders.encoder import Encoder, Matrix
from index.language.analyser import is_number
from index.model.arrays import DROPPED, Rows
from index.search.bm25 import idf, length_norms
from index.search.dense import Summary, codes_of
from index.search.postings import TermCounts
from index.search.ranked_list import Eligible, Found, Scores, best, best_found

# Words further apart than this cosine have nothing to do with each other.
NEAR = 0.3
# A word of the question finds at most so many words of the documents.
NEAREST = 100
# Words of questions whose near words are kept: people ask with the same words.
_KEPT = 4_096


@dataclass(frozen=True)
class WordPostings:
    """The words of some passages: how often each stands where, and a vector for each word that is no number.

    Of many words, `summary` has codes that say which to compare with one of a question.
    """

    counts: TermCounts
    summary: Summary

    @classmethod
    def of(cls, counts: TermCounts, encoder: Encoder) -> "WordPostings":
        """Those of the words that were counted, each with the vector that the encoder gives it."""
        vectors = encoder.encode_passages([word for word in counts.vocabulary if not is_number(word)])
        return cls.with_vectors(counts, vectors)

    @classmethod
    def with_vectors(cls, counts: TermCounts, vectors: Matrix) -> "WordPostings":
        """Those of which each word that is no number has this vector."""
        return cls(counts, Summary(vectors, codes_of(vectors)))

    @property
    def vectors(self) -> Matrix:
        """A row for each word that is no number, in their order."""
        return self.summary.vectors

    @cached_property
    def worded(self) -> NDArray[np.intp]:
        """The numbers of the words that have a vector, in order."""
        words = self.counts.vocabulary
        worded = np.ones(len(words), dtype=np.bool_)
        # In alphabetical order numbers stand together, but for those in figures of other scripts.
        worded[bisect_left(words, "0") : bisect_left(words, ":")] = False
        for number in range(bisect_left(words, "\x80"), len(words)):
            worded[number] = not is_number(words[number])
        return np.flatnonzero(worded)

    def write_vectors(self, targets: NDArray[np.int64], vectors: Matrix) -> None:
        """Write the vector of each word that is no number to its target row, where that is not DROPPED."""
        worded = targets[self.worded]
        vectors[worded[worded != DROPPED]] = self.vectors[worded != DROPPED]


@dataclass(frozen=True)
class NearWords:
    """The words of a vocabulary near to one that is asked for, by number, best first, equals by number.

    At most NEAREST, of a cosine above NEAR. `nearest` is the cosine of the nearest, whatever it is; 0 where there is
    none.
    """

    words: NDArray[np.intp]
    cosines: NDArray[np.float32]
    nearest: float

    @classmethod
    def of(cls, words: NDArray[np.intp], cosines: NDArray[np.float32]) -> "NearWords":
        """The near ones of these words, which have these cosines."""
        order = np.argsort(words)
        words, cosines = words[order], cosines[order]
        places = best(cosines, NEAREST, np.flatnonzero(cosines > NEAR))
        return cls(words[places], cosines[places], float(cosines.max()) if len(cosines) else 0.0)


# What a word that nobody knows is near to.
_NOTHING = NearWords(np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.float32), 0.0)


@dataclass(frozen=True)
class WordQuery:
    """The words of the vocabulary that are near to each word of a question.

    `pooled`: whether each counts by how rare all the words near to it are together.
    """

    near: Sequence[NearWords]
    pooled: bool = False


@dataclass(frozen=True)
class Vocabulary:
    """The words of all parts, in alphabetical order, and in how many passages each stands.

    `vectors` are those of each part, with the number of the word that each is
    of, DROPPED where it stands in no passage any more, or in an earlier part
    too, so that no word is compared twice. `own` has, for each
    part, the number there of each word, DROPPED where it is not there.
    """

    words: tuple[str, ...]
    vectors: tuple[tuple[Summary, Rows], ...]
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
        frequencies = np.zeros(len(words), dtype=np.int64)
        own, vectors = [], []
        new = np.ones(len(words), dtype=np.bool_)
        for part, found, counts, mine in zip(parts, there, counted, known, strict=True):
            targets = np.array([numbers[word] for word in mine], dtype=np.int64)
            every = np.full(len(counts), DROPPED, dtype=np.int32)
            every[found] = targets
            worded = every[part.worded]
            vectors.append((part.summary, np.where((worded != DROPPED) & new[worded], worded, DROPPED)))
            new[targets] = False
            frequencies[targets] += counts[found]
            back = np.full(len(words), DROPPED, dtype=np.int32)
            back[targets] = found
            own.append(back)
        return cls(words, tuple(vectors), frequencies, tuple(own))

    def near(self, vectors: Matrix) -> list[NearWords]:
        """For each of these vectors, shape (asked, dimensions), the words near to one that has it."""
        rows = [vectors[row : row + 1] for row in range(len(vectors))]
        words, cosines = [[_NOTHING.words] for _ in rows], [[_NOTHING.cosines] for _ in rows]
        for summary, numbers in self.vectors:
            for row, (places, about) in enumerate(summary.candidates(vectors, NEAREST, numbers != DROPPED)):
                words[row].append(numbers[places].astype(np.intp))
                cosines[row].append(summary.scores(rows[row], places) if summary.is_coded else about)
        found = zip(words, cosines, strict=True)
        return [NearWords.of(np.concatenate(numbers), np.concatenate(near)) for numbers, near in found]


class RelatedWords:
    """The list over the words of several parts; `rows` are where the passages of each stand in the collection."""

    name = "related"

    def __init__(self, parts: Sequence[WordPostings], rows: Sequence[Rows]) -> None:
        self._parts = parts
        self._rows = rows
        self._kept = [target != DROPPED for target in rows]
        self.passages = sum(int(np.count_nonzero(kept)) for kept in self._kept)
        self._known_near: dict[str, NearWords] = {}

    @classmethod
    def of(cls, texts: Sequence[Sequence[str]], encoder: Encoder) -> "RelatedWords":
        """Over one list of words a passage."""
        return cls([WordPostings.of(TermCounts.of(texts), encoder)], [np.arange(len(texts), dtype=np.int32)])

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

    def near(self, words: Sequence[str], vectors: Matrix) -> tuple[NearWords, ...]:
        """The words of the vocabulary near to each of `words`, of which `vectors` has a row each.

        A word that is there itself is the nearest, at 1; a number is near to itself only.
        """
        # Another thread may begin anew meanwhile: what is known here stays.
        known = self._known_near
        new = [row for row, word in enumerate(words) if word not in known and not is_number(word)]
        nearest = self._vocabulary.near(np.ascontiguousarray(vectors[new], dtype=np.float32)) if new else []
        found = {words[row]: self._with_itself(words[row], near) for row, near in zip(new, nearest, strict=True)}
        known.update(found)
        if len(known) > _KEPT:
            self._known_near = {}
        return tuple(known.get(word) or self._with_itself(word, _NOTHING) for word in words)

    def _with_itself(self, word: str, near: NearWords) -> NearWords:
        """The near words of `word`, and at the first place itself where it is there."""
        number = self._numbers.get(word)
        if number is None:
            return near
        others = near.words != number
        words, cosines = near.words[others][: NEAREST - 1], near.cosines[others][: NEAREST - 1]
        first = int(np.searchsorted(-cosines, -1.0)) if len(cosines) else 0
        return NearWords(np.insert(words, first, number), np.insert(cosines, first, np.float32(1)), 1.0)

    def search(self, query: WordQuery, k: int, eligible: Eligible | None = None) -> tuple[Found, Scores]:
        scores = self.scores(query)
        found = best_found(scores, k, eligible)
        return found, scores[found]

    def score(self, query: WordQuery, rows: Found) -> Scores:
        return self.scores(query)[rows]

    def scores(self, query: WordQuery) -> Scores:
        """The score of every passage: for each word of the question, the best of its words counts.

        Each counts by its own rarity or, pooled, by that of all the words
        near to the question's.
        """
        total = np.zeros(self.passages, dtype=np.float32)
        asked = [(near.words, self._weights(near, query.pooled)) for near in query.near if len(near.words)]
        parts = zip(self._parts, self._norms, self._rows, self._kept, self._vocabulary.own, strict=True)
        for part, norms, rows, kept, own in parts:
            scores = _scores_in(part.counts, norms, [(own[words], weights) for words, weights in asked])
            total[rows[kept]] = scores[kept]
        return total

    @cached_property
    def _norms(self) -> list[NDArray[np.float32]]:
        """Of the passages of each part what their lengths are worth."""
        return [length_norms(part.counts.lengths, self._average) for part in self._parts]

    def _weights(self, near: NearWords, pooled: bool) -> Scores:
        """What each of the words near to one of the question's counts at most: its share times its rarity.

        Pooled, all are as rare as a word that stands in as many passages as they do, each counting its share.
        """
        frequencies: Any = self._vocabulary.frequencies[near.words]
        if pooled:
            frequencies = min(self.passages, float(near.cosines @ frequencies))
        weights: Scores = (near.cosines * idf(frequencies, self.passages)).astype(np.float32)
        return weights


def _scores_in(counts: TermCounts, norms: NDArray[np.float32], asked: Sequence[tuple[Rows, Scores]]) -> Scores:
    """The scores of the passages of one part; `asked` has, for each word of the question, words and weights."""
    scores, highest = np.zeros_like(norms), np.empty_like(norms)
    for words, weights in asked:
        known = words != DROPPED
        passages, times, lengths = counts.runs(words[known])
        values = times.astype(np.float32)
        values /= values + norms[passages]
        values *= np.repeat(weights[known], lengths)
        highest.fill(0)
        np.maximum.at(highest, passages, values)
        scores += highest
    return scores
