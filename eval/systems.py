"""The systems that are compared: the shipped assistant, its parts alone, and others.

A system is built from a collection and then answers questions. Parts alone
rank passages by one list and show the best passage of each unit; only the
assistant refuses, handicaps the members' words and follows references.
"""

import re
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from eval.errors import RunError
from eval.types import Ranked, doubled
from index.encoders.encoder import Encoder, Encoders
from index.language.analyser import Analysed, content_words, ngrams, stems, terms
from index.language.compounds import Compounds
from index.library.open import load_encoders
from index.library.store import stored_files, write_files
from index.model.collection import Collection
from index.search.bm25 import LexicalIndex
from index.search.dense import DenseIndex
from index.search.late_interaction import LateInteraction
from index.search.postings import TermCounts
from index.search.related_words import RelatedWordsIndex
from index.search.search_index import index_collection, word_term_counts
from index.search.segment import search_text, search_texts
from index.settings import SHIPPED_ENCODER, encoder_location
from rag.answer.assistant import Assistant
from rag.retrieval.retrieve import Retriever

# How deep a ranking goes: TREC's habit is 1,000, no measure here looks past 100.
DEPTH = 100
SHIPPED = "woordelijk"
DEFAULT_SYSTEMS = (SHIPPED, "fused", "terms", "stems", "ngrams", "related", "dense", "late", "static", "words")

Scores = NDArray[np.floating[Any]]
Reply = tuple[tuple[Ranked, ...], bool, float]


class System(Protocol):
    """Answers questions from what it was built from.

    `reply` gives a ranking, whether it answers at all, and a confidence that
    orders questions (a probability where `probabilities`). `save` writes the
    index to an empty folder, so that its size can be taken.
    """

    refuses: bool
    probabilities: bool

    def reply(self, question: str) -> Reply: ...

    def save(self, folder: Path) -> None: ...


class ShippedSystem:
    """The assistant, as it answers in the terminal and the page."""

    refuses = True
    probabilities = True

    def __init__(self, collection: Collection, encoders: Encoders) -> None:
        self._assistant = Assistant(index_collection(collection, encoders), encoders)

    def reply(self, question: str) -> Reply:
        answer = self._assistant.ask(question, DEPTH)
        ranking = tuple(
            Ranked(hit.unit.id, hit.score, hit.document.id, hit.passage.span, hit.text) for hit in answer.hits
        )
        return ranking, answer.answered, answer.confidence

    def save(self, folder: Path) -> None:
        write_files(folder, self._assistant.index)


class FusedSystem:
    """The lists added up as the assistant does, and nothing after it."""

    refuses = False
    probabilities = False

    def __init__(self, collection: Collection, encoders: Encoders) -> None:
        self._index = index_collection(collection, encoders)
        self._retriever = Retriever(self._index, encoders)

    def reply(self, question: str) -> Reply:
        fused = self._retriever.retrieve(question).fused
        # Standardised scores are all 0 where no list tells passages apart.
        return _by_unit(self._index.collection, fused, np.full(len(fused), bool(fused.any())))

    def save(self, folder: Path) -> None:
        write_files(folder, self._index)


class LexicalSystem:
    """BM25 over one kind of term."""

    refuses = False
    probabilities = False

    def __init__(self, collection: Collection, terms: Callable[[str], Sequence[str]]) -> None:
        self._collection = collection
        self._terms = terms
        self._index = LexicalIndex.build([terms(search_text(collection, p)) for p in collection.passages])

    def reply(self, question: str) -> Reply:
        scores = self._index.scores(self._terms(question))
        return _by_unit(self._collection, scores, scores > 0)

    def save(self, folder: Path) -> None:
        self._index.save(folder / "terms")


class TermsSystem:
    """BM25 over stems, parts of compounds and n-grams, abbreviations spelled out: the shipped word index."""

    refuses = False
    probabilities = False

    def __init__(self, collection: Collection) -> None:
        self._collection = collection
        words = TermCounts.of(content_words(text) for text in search_texts(collection))
        self._compounds = Compounds(frozenset(words.vocabulary))
        self._index = LexicalIndex.of(word_term_counts(words))

    def reply(self, question: str) -> Reply:
        scores = self._index.scores(terms(question, self._compounds.parts))
        return _by_unit(self._collection, scores, scores > 0)

    def save(self, folder: Path) -> None:
        self._index.save(folder / "terms")


class RelatedSystem:
    """BM25 in which a word also finds words near it in meaning."""

    refuses = False
    probabilities = False

    def __init__(self, collection: Collection, words: Encoder) -> None:
        self._collection = collection
        self._words = words
        self._index = RelatedWordsIndex.build(search_texts(collection), words)

    def reply(self, question: str) -> Reply:
        asked = tuple(dict.fromkeys(content_words(question)))
        near = self._index.nearness(asked, self._words.encode_queries(asked))
        scores = self._index.scores(near, pooled=Analysed(question).is_english)
        return _by_unit(self._collection, scores, scores > 0)

    def save(self, folder: Path) -> None:
        self._index.save(folder / "related_words")


class DenseSystem:
    """The inner product of one encoder's vectors."""

    refuses = False
    probabilities = False

    def __init__(self, collection: Collection, encoder: Encoder) -> None:
        self._collection = collection
        self._encoder = encoder
        self._store = DenseIndex(encoder.encode_passages([collection.text(p) for p in collection.passages]))

    def reply(self, question: str) -> Reply:
        query = self._encoder.encode_queries([question])
        found = np.full(len(self._collection.passages), bool(query.any()))
        return _by_unit(self._collection, self._store.scores(query), found)

    def save(self, folder: Path) -> None:
        self._store.save(folder / "vectors.npy")


class LateSystem:
    """The tokens of one encoder, each of the question's with its nearest of the passage."""

    refuses = False
    probabilities = False

    def __init__(self, collection: Collection, encoder: Encoder) -> None:
        self._collection = collection
        self._encoder = encoder
        encoded = encoder.encode_passages_by_token([collection.text(p) for p in collection.passages])
        self._late = LateInteraction(encoded.tokens)

    def reply(self, question: str) -> Reply:
        tokens = self._encoder.encode_queries_by_token([question]).tokens
        scores = self._late.scores(tokens, np.arange(len(self._collection.passages)))
        return _by_unit(self._collection, scores, np.full(len(scores), bool(scores.any())))

    def save(self, folder: Path) -> None:
        self._late.tokens.save(folder / "tokens")


def _by_unit(collection: Collection, scores: Scores, found: NDArray[np.bool_]) -> Reply:
    """The best found passage of each unit, by score descending, then by passage id."""
    passages = collection.passages
    order = sorted(np.flatnonzero(found), key=lambda place: (-float(scores[place]), passages[place].id))
    best: dict[str, Ranked] = {}
    for place in order:
        passage = passages[place]
        if passage.unit not in best:
            best[passage.unit] = Ranked(
                passage.unit, float(scores[place]), passage.document, passage.span, collection.text(passage)
            )
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
        if kind not in (*_BUILDERS, "run"):
            raise RunError(
                f"system {text!r}: kind {kind!r} is unknown, expected {', '.join((*_BUILDERS, 'run:FILE'))}."
            )
        if kind in _WITHOUT_PATH and path:
            raise RunError(
                f"system {text!r}: {kind} takes no path; only woordelijk, fused, dense and late take an encoder."
            )
        if kind == "run" and not path:
            raise RunError(f"system {text!r}: expected run:FILE, the path of a TREC run.")
        default = f"{kind}-{Path(path).stem}" if path else kind
        return cls(_checked(label if separator else default, text), kind, path or None)

    def build(self, collection: Collection) -> System:
        """The system, built from `collection`; EncoderError where its encoder cannot be loaded."""
        return _BUILDERS[self.kind](collection, self.path)


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


def _encoders(path: str | None) -> Encoders:
    return load_encoders(path or encoder_location(SHIPPED_ENCODER))


_WITHOUT_PATH = frozenset({"terms", "stems", "ngrams", "related", "static", "words"})

_BUILDERS: dict[str, Callable[[Collection, str | None], System]] = {
    SHIPPED: lambda collection, path: ShippedSystem(collection, _encoders(path)),
    "fused": lambda collection, path: FusedSystem(collection, _encoders(path)),
    "dense": lambda collection, path: DenseSystem(collection, _encoders(path).passages),
    "late": lambda collection, path: LateSystem(collection, _encoders(path).passages),
    "static": lambda collection, path: DenseSystem(collection, _encoders(path).words),
    "related": lambda collection, path: RelatedSystem(collection, _encoders(path).words),
    "terms": lambda collection, path: TermsSystem(collection),
    "stems": lambda collection, path: LexicalSystem(collection, stems),
    "ngrams": lambda collection, path: LexicalSystem(collection, ngrams),
    "words": lambda collection, path: LexicalSystem(collection, words),
}


def saved_bytes(system: System) -> int:
    """How large the system's index is on disk."""
    with tempfile.TemporaryDirectory() as folder:
        system.save(Path(folder))
        return sum(file.bytes for file in stored_files(Path(folder)))
