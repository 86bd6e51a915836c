"""What is drawn from documents one by one, and how the parts become one.

Nothing in a segment depends on another document, so a document that comes or
goes leaves all that was computed for the others as it is. Merging segments of
the same documents gives the same arrays, in whatever parts they come.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain

import numpy as np

from index.encoders.encoder import Encoded, Encoders, Matrix
from index.encoders.token_vectors import TokenVectors
from index.language.abbreviations import abbreviations, spelled_out
from index.language.analyser import content_words, ngrams
from index.language.sentences import sentence_spans
from index.language.span import Span
from index.model.arrays import DROPPED, Places
from index.model.collection import Collection
from index.model.types import Passage
from index.search.postings import TermCounts

EncodePassages = Callable[[Sequence[str]], Encoded]


@dataclass(frozen=True)
class Segment:
    """A collection with the words and vectors of its passages, in their order.

    Every other term of a passage (stems, n-grams) is made of its words
    (`TermCounts.expanded`), so that the words of one document may decide how
    those of another are taken apart.

    `sentences` are each passage's sentences; `sentence_ngrams` and
    `sentence_vectors` have a place for each of them, passage after passage.
    """

    collection: Collection
    sentences: tuple[tuple[Span, ...], ...]
    words: TermCounts
    sentence_ngrams: TermCounts
    vectors: Matrix
    tokens: TokenVectors
    sentence_vectors: Matrix


def segment(collection: Collection, encoders: Encoders, encode: EncodePassages | None = None) -> Segment:
    """The segment of a collection; `encode` takes the place of the passages' encoder."""
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
    # In meaning a passage stands for itself: with the question beside it, all that answers it would look alike.
    encoded = (encode or encoders.passages.encode_passages_by_token)(
        [collection.text(passage) for passage in collection.passages]
    )
    return Segment(
        collection=collection,
        sentences=sentences,
        words=TermCounts.of(content_words(text) for text in texts),
        sentence_ngrams=TermCounts.of(ngrams(text) for text in sentence_texts),
        vectors=encoded.rows,
        tokens=encoded.tokens,
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


def merged(parts: Sequence[Segment], documents: Sequence[str]) -> Segment:
    """One segment of the documents with these ids, in this order.

    A document that several parts have is taken from the last of them; one
    that none has is a KeyError.
    """
    stand = [_ranges(part) for part in parts]
    owners = {document: number for number, ranges in enumerate(stand) for document in ranges}
    chosen = [_Chosen(owners[document], document, *stand[owners[document]][document]) for document in documents]
    passages = _targets([len(p.sentences) for p in parts], [(c.part, c.passages) for c in chosen])
    sentences = _targets([len(p.sentence_vectors) for p in parts], [(c.part, c.sentences) for c in chosen])
    return Segment(
        collection=_joined(parts, chosen),
        sentences=tuple(chain.from_iterable(parts[c.part].sentences[_slice(c.passages)] for c in chosen)),
        words=TermCounts.merged([part.words for part in parts], passages),
        sentence_ngrams=TermCounts.merged([part.sentence_ngrams for part in parts], sentences),
        vectors=_rows([part.vectors for part in parts], passages),
        tokens=TokenVectors.merged([part.tokens for part in parts], passages),
        sentence_vectors=_rows([part.sentence_vectors for part in parts], sentences),
    )


@dataclass(frozen=True, slots=True)
class _Chosen:
    """A document of the merged segment: the part that it is taken from, and where it stands there."""

    part: int
    document: str
    passages: range
    sentences: range


def _slice(places: range) -> slice:
    return slice(places.start, places.stop)


def _ranges(part: Segment) -> dict[str, tuple[range, range]]:
    """Where the passages and the sentences of each document stand, which are together."""
    starts = [0, *accumulate(len(spans) for spans in part.sentences)]
    counts = Counter(passage.document for passage in part.collection.passages)
    ranges = {}
    first = 0
    for document in part.collection.documents:
        last = first + counts[document.id]
        ranges[document.id] = range(first, last), range(starts[first], starts[last])
        first = last
    return ranges


def _targets(sizes: Sequence[int], chosen: Iterable[tuple[int, range]]) -> list[Places]:
    """Where each row of each part goes when the `chosen` ranges are put one after the other."""
    targets = [np.full(size, DROPPED, dtype=np.int32) for size in sizes]
    position = 0
    for part, places in chosen:
        targets[part][_slice(places)] = range(position, position + len(places))
        position += len(places)
    return targets


def _joined(parts: Sequence[Segment], chosen: Sequence[_Chosen]) -> Collection:
    collections = [parts[c.part].collection for c in chosen]
    return Collection(
        tuple(found.document(c.document) for found, c in zip(collections, chosen, strict=True)),
        tuple(unit for found, c in zip(collections, chosen, strict=True) for unit in found.units_of(c.document)),
        tuple(
            chain.from_iterable(
                found.passages[_slice(c.passages)] for found, c in zip(collections, chosen, strict=True)
            )
        ),
    )


def _rows(matrices: Sequence[Matrix], targets: Sequence[Places]) -> Matrix:
    """The rows of all matrices, each at its target."""
    total = sum(int((target != DROPPED).sum()) for target in targets)
    joined = np.empty((total, matrices[0].shape[1]), dtype=np.float32)
    for matrix, target in zip(matrices, targets, strict=True):
        kept = target != DROPPED
        joined[target[kept]] = matrix[kept]
    return joined
