"""What is drawn from some documents, and from nothing else.

Nothing in a segment depends on other documents but its near duplicates, which
name those they are of. So a document that comes or goes leaves all that was
computed for the others as it is. Merging segments of the same documents gives
the same arrays, in whatever parts they come.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from index.encoders.encoder import Encoded, EncoderPair, Matrix
from index.encoders.token_vectors import TokenVectors
from index.language.abbreviations import abbreviations, spelled_out
from index.language.analyser import content_words, is_number
from index.model.arrays import DROPPED, Arrays, Rows, part_of
from index.model.collection import Collection
from index.model.store import DocumentStore, JoinedStore, placed
from index.model.types import Passage
from index.search.dense import CODED, Summary
from index.search.kept_rows import KeptRows
from index.search.late_interaction import PieceFrequencies
from index.search.names import names
from index.search.near_pairs import Among, NearPairs, near_pairs
from index.search.postings import TermCounts
from index.search.related_words import WordPostings

# The vectors of the texts of one document, by its id.
EncodePassages = Callable[[str, Sequence[str]], Encoded]


@dataclass(frozen=True)
class Segment:
    """Documents with the words and vectors of their passages, in their order.

    `outside` are the words of each document that stand in no passage, `names`
    the terms of the identifiers in each passage and `titles` what names each
    document (index.search.names).
    """

    documents: DocumentStore
    words: WordPostings
    outside: TermCounts
    names: TermCounts
    titles: TermCounts
    vectors: Matrix
    summary: Summary
    tokens: TokenVectors
    pieces: PieceFrequencies
    near: NearPairs
    promises: KeptRows
    coverage: KeptRows
    figures: KeptRows

    @property
    def arrays(self) -> dict[str, NDArray[Any]]:
        """All of it but the documents themselves, by name."""
        tokens = {field.name: getattr(self.tokens, field.name) for field in fields(self.tokens)}
        parts: dict[str, Arrays] = {
            "columns": self.documents.columns.arrays,
            "words": self.words.counts.arrays,
            "outside": self.outside.arrays,
            "names": self.names.arrays,
            "titles": self.titles.arrays,
            "tokens": tokens,
            "pieces": {"pieces": self.pieces.pieces, "counts": self.pieces.counts},
            "near": self.near.arrays,
            "summary": self.summary.arrays,
            "promises": self.promises.arrays,
            "coverage": self.coverage.arrays,
            "figures": self.figures.arrays,
        }
        heads = np.frombuffer(msgspec.json.encode(self.documents.heads), dtype=np.uint8)
        found = {f"{part}.{name}": array for part, arrays in parts.items() for name, array in arrays.items()}
        words = {f"word_{name}": array for name, array in self.words.summary.arrays.items()}
        return found | words | {"heads": heads, "word_vectors": self.words.vectors, "vectors": self.vectors}

    @classmethod
    def of_arrays(cls, documents: DocumentStore, arrays: Arrays) -> "Segment":
        """The segment of these documents that had these `arrays`."""

        tokens = TokenVectors(**part_of(arrays, "tokens"))
        return cls(
            documents=documents,
            words=WordPostings(
                TermCounts.of_arrays(part_of(arrays, "words")), Summary(arrays["word_vectors"], _word_codes(arrays))
            ),
            outside=TermCounts.of_arrays(part_of(arrays, "outside")),
            names=TermCounts.of_arrays(part_of(arrays, "names")),
            titles=TermCounts.of_arrays(part_of(arrays, "titles")),
            vectors=arrays["vectors"],
            summary=Summary(arrays["vectors"], part_of(arrays, "summary")),
            tokens=tokens,
            pieces=PieceFrequencies(len(tokens), **part_of(arrays, "pieces")),
            near=NearPairs.of_arrays(part_of(arrays, "near")),
            promises=KeptRows.of_arrays(part_of(arrays, "promises")),
            coverage=KeptRows.of_arrays(part_of(arrays, "coverage")),
            figures=KeptRows.of_arrays(part_of(arrays, "figures")),
        )


def _word_codes(arrays: Arrays) -> Arrays:
    return {"codes": arrays["word_codes"]} if "word_codes" in arrays else {}


def segment(
    collection: Collection,
    encoders: EncoderPair,
    encode: EncodePassages | None = None,
    older: Iterable[Among] = (),
) -> Segment:
    """The segment of a collection; near duplicates are looked for in it and among the `older` passages.

    `encode` takes the place of the passages' encoder.
    """
    # What only reads kept rows does without the rules that find them.
    from index.search.coverage import encoded_coverage
    from index.search.figures import encoded_figures
    from index.search.promises import encoded_promises

    counts = TermCounts.of([content_words(text) for text in search_texts(collection)])
    named = list(names(collection))
    near = near_pairs(collection, counts, older)
    records = [collection.store.record(number) for number in range(len(collection.store))]
    promises, coverage, figures = (
        KeptRows.of(map(kept, records)) for kept in (encoded_promises, encoded_coverage, encoded_figures)
    )
    # Last, since the encoders and the vectors may be under way while all else is found.
    words = WordPostings.of(counts, encoders.words)
    encode = encode or (lambda _, texts: encoders.passages.encode_passages_by_token(texts))
    vectors, tokens = _encoded(collection, encode)
    return Segment(
        documents=collection.store,
        words=words,
        outside=TermCounts.of(_words_outside(collection)),
        names=TermCounts.of([terms for one in named for terms in one.passages]),
        titles=TermCounts.of([one.document for one in named]),
        vectors=vectors,
        summary=Summary.of(vectors),
        tokens=tokens,
        pieces=PieceFrequencies.of(tokens),
        near=near,
        promises=promises,
        coverage=coverage,
        figures=figures,
    )


def _encoded(collection: Collection, encode: EncodePassages) -> tuple[Matrix, TokenVectors]:
    """The vectors of the passages and of their tokens.

    In meaning a passage stands for itself: with the question beside it, all that answers it would look alike.
    Document by document: what is encoded together may change the last digits.
    """
    encoded = [encode(head.id, texts) for head, texts in zip(collection.heads, _texts(collection), strict=True)]
    ends = np.cumsum([len(one.rows) for one in encoded])
    targets = [np.arange(end - len(one.rows), end, dtype=np.int32) for one, end in zip(encoded, ends, strict=True)]
    tokens = _merged_tokens([one.tokens for one in encoded], targets)
    return np.concatenate([one.rows for one in encoded]), tokens


def _merged_tokens(parts: Sequence[TokenVectors], targets: Sequence[Rows]) -> TokenVectors:
    """The tokens as a segment keeps them: of many passages in half the room, as their vectors have codes."""
    passages = sum(int(np.count_nonzero(target != DROPPED)) for target in targets)
    return TokenVectors.merged(parts, targets, halved=passages >= CODED)


def _texts(collection: Collection) -> list[list[str]]:
    """The passages of each document."""
    texts: list[list[str]] = [[] for _ in collection.documents]
    for row, document in enumerate(collection.columns.document):
        texts[document].append(collection.row_text(row))
    return texts


def _words_outside(collection: Collection) -> Iterable[list[str]]:
    """The words of each document that none of its passages has."""
    for document, texts in zip(collection.documents, _texts(collection), strict=True):
        inside = {word for text in texts for word in content_words(text)}
        yield [word for word in dict.fromkeys(content_words(document.text)) if word not in inside]


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


def merged(parts: Sequence[Segment], chosen: Sequence[tuple[int, int]]) -> Segment:
    """One segment of the `chosen` documents, in order: of each the part that has it, and its number there."""
    joined = JoinedStore([part.documents for part in parts], chosen)
    rows: tuple[Rows, ...] = joined.rows
    counts = TermCounts.merged([part.words.counts for part in parts], rows)
    vectors = placed([part.vectors for part in parts], rows)
    tokens = _merged_tokens([part.tokens for part in parts], rows)
    return Segment(
        documents=joined,
        words=WordPostings.with_vectors(counts, _word_vectors(counts.vocabulary, [part.words for part in parts])),
        outside=TermCounts.merged([part.outside for part in parts], joined.documents),
        names=TermCounts.merged([part.names for part in parts], rows),
        titles=TermCounts.merged([part.titles for part in parts], joined.documents),
        vectors=vectors,
        summary=Summary.of(vectors),
        tokens=tokens,
        pieces=PieceFrequencies.of(tokens),
        near=NearPairs.merged([part.near for part in parts], rows, joined),
        promises=KeptRows.merged([part.promises for part in parts], chosen),
        coverage=KeptRows.merged([part.coverage for part in parts], chosen),
        figures=KeptRows.merged([part.figures for part in parts], chosen),
    )


def _word_vectors(vocabulary: Sequence[str], parts: Sequence[WordPostings]) -> Matrix:
    """The vectors of these words, which the parts have, but for the numbers."""
    numbers = {word: number for number, word in enumerate(vocabulary)}
    vectors = np.zeros((len(vocabulary), parts[0].vectors.shape[1]), dtype=np.float32)
    for part in parts:
        targets = [numbers.get(word, DROPPED) for word in part.counts.vocabulary]
        part.write_vectors(np.array(targets, dtype=np.int64), vectors)
    return vectors[[not is_number(word) for word in vocabulary]] if len(vocabulary) else vectors
