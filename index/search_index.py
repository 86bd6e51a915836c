"""Everything that a question is searched in: the lists, and the rows beside them.

Whatever can be computed from the documents is computed here, at build time.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from index.abbreviations import abbreviations, spelled_out
from index.analyse import ngrams, terms
from index.collection import Collection
from index.compounds import Compounds
from index.dense import FaissStore
from index.encode import Encoders, Matrix
from index.lexical import LexicalIndex
from index.related_words import RelatedWordsIndex
from index.sentences import sentence_spans
from index.types import Passage, Span


@dataclass(frozen=True)
class SearchIndex:
    """A collection and the lists it can be searched by, all in the order of its passages.

    `sentences` are each passage's sentences; `sentence_ngrams` and
    `sentence_vectors` have a place for each of them, passage after passage.
    """

    collection: Collection
    terms: LexicalIndex
    related: RelatedWordsIndex
    vectors: FaissStore
    sentences: tuple[tuple[Span, ...], ...]
    sentence_ngrams: LexicalIndex
    sentence_vectors: Matrix

    @cached_property
    def compounds(self) -> Compounds:
        """Splits compounds, of documents and questions, into words of the documents."""
        return Compounds(frozenset(self.related.vocabulary))

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [0, *accumulate(len(spans) for spans in self.sentences)]

    def sentence_start(self, place: int) -> int:
        """The place among all sentences where those of the passage at `place` begin."""
        return self._sentence_starts[place]


def index_collection(collection: Collection, encoders: Encoders) -> SearchIndex:
    """The index of a collection, in memory."""
    texts = search_texts(collection)
    sentences = tuple(
        sentence_spans(collection.document(passage.document).text, passage.span.start, passage.span.end)
        for passage in collection.passages
    )
    sentence_texts = [
        span.of(collection.document(passage.document).text)
        for passage, spans in zip(collection.passages, sentences, strict=True)
        for span in spans
    ]
    related = RelatedWordsIndex.build(texts, encoders.words)
    compounds = Compounds(frozenset(related.vocabulary))
    return SearchIndex(
        collection=collection,
        terms=LexicalIndex.build([terms(text, compounds.parts) for text in texts]),
        related=related,
        # The question beside an answer would make all passages of the answer mean the same.
        vectors=FaissStore(encoders.passages.encode_passages([collection.text(p) for p in collection.passages])),
        sentences=sentences,
        sentence_ngrams=LexicalIndex.build([ngrams(text) for text in sentence_texts]),
        sentence_vectors=encoders.words.encode_passages(sentence_texts),
    )


def search_texts(collection: Collection) -> list[str]:
    """What the words of each passage are searched by: `search_text`, its document's abbreviations spelled out."""
    known = {document.id: abbreviations(document.text) for document in collection.documents}
    return [spelled_out(search_text(collection, p), known[p.document]) for p in collection.passages]


def search_text(collection: Collection, passage: Passage) -> str:
    """What a passage is searched by: its words, and the question that it answers.

    The members' own words stand for themselves, and so does a footnote: with
    the question beside it, any note of an answer would seem to answer.
    """
    words = collection.text(passage)
    if passage.speaker == "members" or passage.field == "footnote":
        return words
    unit = collection.unit(passage.unit)
    return f"{words}\n{unit.question_text(collection.document(unit.document).text)}"
