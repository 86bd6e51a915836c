"""Everything that a question is searched in: the lists, and the rows beside them.

Whatever can be computed from the documents is computed here, at build time.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

import numpy as np

from index.encoders.encoder import Encoder, Encoders, Matrix
from index.language.analyser import word_terms
from index.language.compounds import Compounds
from index.language.span import Span
from index.model.collection import Collection
from index.search.bm25 import LexicalIndex
from index.search.dense import DenseIndex
from index.search.late_interaction import LateInteraction
from index.search.postings import TermCounts
from index.search.related_words import RelatedWordsIndex, encode_words
from index.search.segment import Segment, segment


@dataclass(frozen=True)
class SearchIndex:
    """A collection and the lists it can be searched by, all in the order of its passages.

    `sentences` are each passage's sentences; `sentence_ngrams` and
    `sentence_vectors` have a place for each of them, passage after passage.
    """

    collection: Collection
    terms: LexicalIndex
    related: RelatedWordsIndex
    vectors: DenseIndex
    tokens: LateInteraction
    sentences: tuple[tuple[Span, ...], ...]
    sentence_ngrams: LexicalIndex
    sentence_vectors: Matrix

    @classmethod
    def of(cls, found: Segment, encoder: Encoder, known: RelatedWordsIndex | None = None) -> "SearchIndex":
        """The index of a segment: what depends on all its documents together is computed here.

        `encoder` is the words'; the vectors of the words that `known` has are taken from there.
        """
        return cls(
            collection=found.collection,
            terms=LexicalIndex.of(word_term_counts(found.words)),
            related=RelatedWordsIndex.of(found.words, _word_vectors(found.words.vocabulary, encoder, known)),
            vectors=DenseIndex(found.vectors),
            tokens=LateInteraction(found.tokens),
            sentences=found.sentences,
            sentence_ngrams=LexicalIndex.of(found.sentence_ngrams),
            sentence_vectors=found.sentence_vectors,
        )

    @property
    def segment(self) -> Segment:
        """What of the index belongs to each document by itself."""
        return Segment(
            collection=self.collection,
            sentences=self.sentences,
            words=self.related.counts,
            sentence_ngrams=self.sentence_ngrams.counts,
            vectors=self.vectors.rows,
            tokens=self.tokens.tokens,
            sentence_vectors=self.sentence_vectors,
        )

    @cached_property
    def compounds(self) -> Compounds:
        """Splits the compounds of a question into words of the documents."""
        return Compounds(frozenset(self.related.vocabulary))

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [0, *accumulate(len(spans) for spans in self.sentences)]

    def sentence_start(self, place: int) -> int:
        """The place among all sentences where those of the passage at `place` begin."""
        return self._sentence_starts[place]


def word_term_counts(words: TermCounts) -> TermCounts:
    """The terms of the word index, of counted words; compounds are split into words of the same collection."""
    parts = Compounds(frozenset(words.vocabulary)).parts
    return words.expanded(lambda word: word_terms(word, parts))


def index_collection(collection: Collection, encoders: Encoders) -> SearchIndex:
    """The index of a collection, in memory."""
    return SearchIndex.of(segment(collection, encoders), encoders.words)


def _word_vectors(vocabulary: tuple[str, ...], encoder: Encoder, known: RelatedWordsIndex | None) -> Matrix:
    if known is None or not known.vocabulary:
        return encode_words(vocabulary, encoder)
    rows = {word: row for row, word in enumerate(known.vocabulary)}
    new = [place for place, word in enumerate(vocabulary) if word not in rows]
    old = [place for place, word in enumerate(vocabulary) if word in rows]
    vectors = np.empty((len(vocabulary), known.word_vectors.shape[1]), dtype=np.float32)
    vectors[old] = known.word_vectors[[rows[vocabulary[place]] for place in old]]
    vectors[new] = encode_words([vocabulary[place] for place in new], encoder)
    return vectors
