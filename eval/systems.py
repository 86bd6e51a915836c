"""The systems that are compared: the shipped assistant, its parts alone, and others.

A system is built from a collection and then answers questions. Parts alone
rank passages by one list and show the best passage of each unit; only the
assistant refuses, penalties the members' words and follows references.
"""

import logging
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

import bm25s
import numpy as np
from numpy.typing import NDArray

from eval.errors import RunError
from eval.types import Ranked, doubled
from index.encoders.encoder import Encoder, Encoders, Matrix
from index.language.analyser import Analysed, content_words, ngrams, stem, stems, word_ngrams
from index.language.compounds import Compounds
from index.library.build import can_be_built_on
from index.library.collect import Published
from index.library.open import load_encoders
from index.library.store import chosen
from index.model.collection import Collection
from index.search.bm25 import K1, B
from index.search.dense import DenseList
from index.search.late_interaction import LateInteraction
from index.search.postings import TermCounts
from index.search.ranked_list import RankedList
from index.search.related_words import RelatedWords, WordPostings, WordQuery
from index.search.search_index import SearchIndex, index_collection
from index.search.segment import search_text, search_texts
from index.settings import SHIPPED_ENCODER, Location, encoder_location
from rag.answer.assistant import Assistant
from rag.retrieval.retrieve import Retriever

# It says of every index that it builds one.
logging.getLogger("bm25s").setLevel(logging.WARNING)

# How deep a ranking goes: TREC's habit is 1,000, no measure here looks past 100.
DEPTH = 100
SHIPPED = "woordelijk"
DEFAULT_SYSTEMS = (SHIPPED, "fused", "terms", "stems", "ngrams", "related", "dense", "late", "static", "words")

Query = TypeVar("Query")
Scores = NDArray[np.floating[Any]]
Reply = tuple[tuple[Ranked, ...], bool, float]


class System(Protocol):
    """Answers questions from what it was built from.

    `reply` gives a ranking, whether it answers at all, and a confidence that
    orders questions (a probability where `probabilities`). `bytes` is the size
    of its index.
    """

    refuses: bool
    probabilities: bool

    def reply(self, question: str) -> Reply: ...

    @property
    def bytes(self) -> int: ...


class ShippedSystem:
    """The assistant, as it answers in the terminal and the page."""

    refuses = True
    probabilities = True

    def __init__(self, index: SearchIndex, encoders: Encoders) -> None:
        self._assistant = Assistant(index, encoders)

    def reply(self, question: str) -> Reply:
        answer = self._assistant.ask(question, DEPTH)
        ranking = tuple(
            Ranked(hit.unit.id, hit.score, hit.document.id, hit.passage.span, hit.text) for hit in answer.hits
        )
        return ranking, answer.answered, answer.confidence

    @property
    def bytes(self) -> int:
        return _index_bytes(self._assistant.index)


class FusedSystem:
    """The lists added up as the assistant does, and nothing after it."""

    refuses = False
    probabilities = False

    def __init__(self, index: SearchIndex, encoders: Encoders) -> None:
        self._index = index
        self._retriever = Retriever(self._index, encoders)

    def reply(self, question: str) -> Reply:
        found = self._retriever.retrieve(question)
        # Standardised scores are all 0 where no list tells passages apart.
        rows = found.rows if found.fused.any() else found.rows[:0]
        return _by_unit(self._index.collection, rows, found.fused)

    @property
    def bytes(self) -> int:
        return _index_bytes(self._index)


class ListSystem(Generic[Query]):
    """One ranked list alone; `asked` makes its query of a question, None where there is nothing to search."""

    refuses = False
    probabilities = False

    def __init__(
        self,
        collection: Collection,
        ranked: RankedList[Query],
        asked: Callable[[str], Query | None],
        stored: Iterable[NDArray[Any]],
    ) -> None:
        self._collection = collection
        self._ranked = ranked
        self._asked = asked
        self.bytes = _bytes(stored)

    def reply(self, question: str) -> Reply:
        query = self._asked(question)
        if query is None:
            return _by_unit(self._collection, np.zeros(0, dtype=np.intp), np.zeros(0))
        return _by_unit(self._collection, *self._ranked.search(query, len(self._collection.passages)))


class LexicalSystem:
    """BM25, by bm25s in Lucene's variant, over one kind of term of these texts, one a passage."""

    refuses = False
    probabilities = False

    def __init__(self, collection: Collection, terms_of: Callable[[str], list[str]], texts: Sequence[str]) -> None:
        self._collection = collection
        self._terms_of = terms_of
        self._ranked = bm25s.BM25(k1=K1, b=B, method="lucene")
        found = [terms_of(text) for text in texts]
        # Texts that have no term at all it cannot index.
        self._ranked.index(found if any(found) else [[""] for _ in found], show_progress=False)
        self.bytes = _bytes(part for part in self._ranked.scores.values() if isinstance(part, np.ndarray))

    def reply(self, question: str) -> Reply:
        terms = self._terms_of(question)
        scores = self._ranked.get_scores(terms) if terms else np.zeros(0)
        found = np.flatnonzero(scores)
        return _by_unit(self._collection, found, scores[found])


class LateSystem:
    """The tokens of one encoder, each of the question's with its nearest of the passage."""

    refuses = False
    probabilities = False

    def __init__(self, collection: Collection, encoder: Encoder) -> None:
        self._collection = collection
        self._encoder = encoder
        tokens = encoder.encode_passages_by_token(_texts(collection)).tokens
        self._late = LateInteraction.of(tokens, encoder.piece_vectors)
        self.bytes = _bytes((tokens.rows, tokens.scales, tokens.pieces, tokens.starts))

    def reply(self, question: str) -> Reply:
        tokens = self._encoder.encode_queries_by_token([question]).tokens
        rows = np.arange(len(self._collection.passages))
        scores = self._late.score(tokens, rows)
        return _by_unit(self._collection, rows if scores.any() else rows[:0], scores)


def _searched(collection: Collection) -> list[str]:
    return [search_text(collection, passage) for passage in collection.passages]


def _terms(collection: Collection) -> System:
    """BM25 over stems, parts of compounds and n-grams, abbreviations spelled out."""
    texts = search_texts(collection)
    parts = Compounds({word for text in texts for word in content_words(text)}).parts

    def terms(text: str) -> list[str]:
        words = content_words(text)
        return [term for word in words for term in (stem(word), *map(stem, parts(word)), *word_ngrams(word))]

    return LexicalSystem(collection, terms, texts)


def _related(collection: Collection, encoder: Encoder) -> System:
    """BM25 in which a word also finds words near it in meaning."""
    words = WordPostings.of(TermCounts.of(content_words(text) for text in search_texts(collection)), encoder)
    ranked = RelatedWords([words], [np.arange(len(collection.passages), dtype=np.int32)])

    def asked(question: str) -> WordQuery:
        analysed = Analysed(question)
        known = tuple(dict.fromkeys(analysed.content_words))
        return WordQuery(ranked.near(known, encoder.encode_queries(known)), pooled=analysed.is_english)

    return ListSystem(collection, ranked, asked, (*words.counts.arrays.values(), words.vectors))


def _dense(collection: Collection, encoder: Encoder) -> System:
    """The inner product of one encoder's vectors."""
    vectors = encoder.encode_passages(_texts(collection))

    def asked(question: str) -> Matrix | None:
        query = encoder.encode_queries([question])
        return query if query.any() else None

    return ListSystem(collection, DenseList.of(vectors), asked, (vectors,))


def _texts(collection: Collection) -> list[str]:
    return [collection.text(passage) for passage in collection.passages]


def _bytes(arrays: Iterable[NDArray[Any]]) -> int:
    return sum(array.nbytes for array in arrays)


def _index_bytes(index: SearchIndex) -> int:
    """What the segments of an index take on disk, but for the documents."""
    return sum(_bytes(segment.arrays.values()) for segment in index.segments)


def _by_unit(collection: Collection, rows: NDArray[np.intp], scores: Scores) -> Reply:
    """The best of some passages of each unit, by score descending, then by passage id; `scores` has one a row."""
    order = sorted(
        zip(rows.tolist(), scores.tolist(), strict=False), key=lambda p: (-p[1], collection.passage_id(p[0]))
    )
    best: dict[str, Ranked] = {}
    for row, score in order:
        passage = collection.passages[row]
        if passage.unit not in best:
            best[passage.unit] = Ranked(passage.unit, score, passage.document, passage.span, collection.text(passage))
            if len(best) == DEPTH:
                break
    ranking = tuple(best.values())
    return ranking, bool(ranking), ranking[0].score if ranking else -np.inf


def words(text: str) -> list[str]:
    """Lower-cased words as they stand: what BM25 gets without knowing Dutch."""
    return re.findall(r"\w+", text.lower())


@dataclass(frozen=True, slots=True)
class SystemSpec:
    """How a system is named on the command line: `KIND`, `KIND:PATH`, or either with `LABEL=` before it.

    Kinds: woordelijk, fused, dense and late (with the shipped encoder, or the
    sentence-transformers model at PATH), static (the vectors of the word
    encoder), related, terms, stems, ngrams, words (BM25), and run (the TREC run at
    PATH).
    """

    label: str
    kind: str
    path: str | None

    @classmethod
    def of(cls, text: str) -> "SystemSpec":
        """Read one; RunError for an unknown kind, or a path that is missing or not wanted."""
        label, separator, rest = text.partition("=")
        kind, _, path = (rest if separator else text).partition(":")
        kinds = (*_WITH_INDEX, *_BUILDERS)
        if kind not in (*kinds, "run"):
            raise RunError(f"system {text!r}: kind {kind!r} is unknown, expected {', '.join((*kinds, 'run:FILE'))}.")
        if kind in _WITHOUT_PATH and path:
            raise RunError(
                f"system {text!r}: {kind} takes no path; only woordelijk, fused, dense and late take an encoder."
            )
        if kind == "run" and not path:
            raise RunError(f"system {text!r}: expected run:FILE, the path of a TREC run.")
        default = f"{kind}-{Path(path).stem}" if path else kind
        return cls(_checked(label if separator else default, text), kind, path or None)

    def build(self, collection: Collection, library: Location | None = None) -> System:
        """The system, built from `collection`; EncoderError where its encoder cannot be loaded.

        What needs the whole index takes that of the `library` where it is one of the same documents.
        """
        if self.kind not in _WITH_INDEX:
            return _BUILDERS[self.kind](collection, self.path)
        encoders = _encoders(self.path)
        index = _published_index(collection, encoders, library) if library else None
        return _WITH_INDEX[self.kind](index or index_collection(collection, encoders), encoders)


def _checked(label: str, text: str) -> str:
    if not re.fullmatch(r"[\w.+-]+", label) or label.startswith("."):
        raise RunError(f"system {text!r}: label {label!r} becomes a file name; use letters, digits, '-', '_' and '.'.")
    return label


def specs_of(texts: Sequence[str]) -> tuple[SystemSpec, ...]:
    """All systems of a command; RunError where two have one label."""
    specs = tuple(SystemSpec.of(text) for text in texts)
    twice = doubled([spec.label for spec in specs])
    if twice:
        raise RunError(f"two systems are called {', '.join(twice)}; name one of them with LABEL=SYSTEM.")
    return specs


def _published_index(collection: Collection, encoders: Encoders, library: Location) -> SearchIndex | None:
    """The index of a library that holds these documents and no others, made by this program and these encoders."""
    published = Published.of(library)
    segments = published.segments
    ids = [head.id for head in collection.heads]
    there = [entry.id for entry in published.manifest.documents] if published.manifest else []
    if not segments or ids != there or not can_be_built_on(published, encoders):
        return None
    return SearchIndex([opened.segment for opened in segments], chosen(segments, ids), encoders.passages)


def _encoders(path: str | None) -> Encoders:
    return load_encoders(path or encoder_location(SHIPPED_ENCODER))


_WITHOUT_PATH = frozenset({"terms", "stems", "ngrams", "related", "static", "words"})

_WITH_INDEX: dict[str, Callable[[SearchIndex, Encoders], System]] = {SHIPPED: ShippedSystem, "fused": FusedSystem}
_BUILDERS: dict[str, Callable[[Collection, str | None], System]] = {
    "dense": lambda collection, path: _dense(collection, _encoders(path).passages),
    "late": lambda collection, path: LateSystem(collection, _encoders(path).passages),
    "static": lambda collection, path: _dense(collection, _encoders(path).words),
    "related": lambda collection, path: _related(collection, _encoders(path).words),
    "terms": lambda collection, path: _terms(collection),
    "stems": lambda collection, path: LexicalSystem(collection, stems, _searched(collection)),
    "ngrams": lambda collection, path: LexicalSystem(collection, ngrams, _searched(collection)),
    "words": lambda collection, path: LexicalSystem(collection, words, _searched(collection)),
}
