"""Fit what the product's ranking and confidence hang on, and say how well it holds on topics not fitted on.

The lists of the shipped retriever are fused with weights for Dutch and for
English questions (`eval.fit_fusion`); the confidence is fitted to the features of
questions that the documents answer and of questions that they do not
(`eval.fit_confidence`), as they are found with those weights. Only the split
`tune` of a benchmark is looked at, and of the written questions the split
`dev`: what the encoder has learnt from looks surer to it than it is.
"""

import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import numpy as np

from eval.asked import SHORT, Lot, Question, lots
from eval.dataset import Dataset
from eval.fit_confidence import POSSIBLE, Curves, Measured, Role, Sample, confidence_table, fit_confidence
from eval.fit_fusion import Fit, Judged, fit
from eval.logistic import Rows
from eval.significance import holm, randomisation
from eval.tables import Table
from eval.types import Benchmark, Qrel, Split, Topic
from index.encoders.encoder import Encoders
from index.language.analyser import Analysed
from index.language.asked_for import asks_number
from index.library.open import load_encoders
from index.model.collection import Collection
from index.search.search_index import SearchIndex, index_collection
from index.settings import encoder_location
from index.training.asked import AskedPassage
from rag.question.filters import NO_FILTERS
from rag.question.out_of_scope import out_of_scope
from rag.question.query import read_question
from rag.retrieval.confidence import features, own_vectors
from rag.retrieval.filtering import PassageFilter
from rag.retrieval.rank import Ranker
from rag.retrieval.retrieve import Retrieved, Retriever
from rag.retrieval.weights import Weights

OFF_SUBJECT = Path(__file__).with_name("fitting") / "off_subject.jsonl"
# Short questions: for each the id of the written passage that answers it, none where the benchmark's documents do.
SHORT_QUESTIONS = Path(__file__).with_name("fitting") / "short_questions.jsonl"
# So many questions of the other benchmark are asked of these documents, which do not answer them.
_SAMPLED = 150
# Topics of a benchmark that are searched: enough to tell weights apart, few enough to fit in minutes.
_MOST_TOPICS = 300
# So many of what is no question are asked of each small library.
_ODD = 60
# So many small libraries of the written questions of a split that no encoder was trained on.
_LOTS, _SPLIT = 10, "dev"
_WRITTEN = f"asked, {_SPLIT}"
# Of these there are as many kinds, in two languages.
_MOST_WRITTEN = 600
_ROLES: dict[str, Role] = {"far": "far", "odd": "odd", "near": "near"}
_ALL = "all lists"

T = TypeVar("T")


@dataclass(frozen=True)
class Searched:
    """A benchmark's topics, searched: one `Retrieved` for each answerable or unanswerable topic, in order."""

    index: SearchIndex
    benchmark: Benchmark
    topics: tuple[Topic, ...]
    found: tuple[Retrieved, ...]

    @property
    def collection(self) -> Collection:
        return self.index.collection

    def again(self, encoders: Encoders, weights: Weights) -> "Searched":
        """The same topics, searched with these weights."""
        retriever = Retriever(self.index, encoders, weights)
        return replace(self, found=tuple(retriever.retrieve(found.text) for found in self.found))

    def judged(self, english: bool) -> Judged | None:
        """The answerable topics in one language, None where there are none."""
        chosen = [
            (topic, found)
            for topic, found in zip(self.topics, self.found, strict=True)
            if topic.answerable and Analysed(topic.question).is_english == english
        ]
        if not chosen:
            return None
        lists = {name: np.array([_spread(found, name) for _, found in chosen]) for name in chosen[0][1].lists}
        return Judged.of(self.collection, self.benchmark, [topic.id for topic, _ in chosen], lists)


def _spread(found: Retrieved, name: str) -> Rows:
    """The scores of every passage in one list; not a number where it was no candidate."""
    scores = np.full(found.passages, np.nan)
    scores[found.rows] = found.lists[name]
    return scores


def search(dataset: Dataset, split: Split, encoders: Encoders, generator: random.Random, most: int) -> Searched:
    """Search the topics of one split, `most` of them by lot, but for those that name their units."""
    collection = dataset.collection()
    benchmark = dataset.topics(collection).part(split)
    topics = benchmark.topics
    if len(topics) > most:
        topics = tuple(generator.sample(topics, most))
    index = index_collection(collection, encoders)
    pairs = searched(Retriever(index, encoders), [topic.question for topic in topics])
    kept = [(topic, found) for topic, found in zip(topics, pairs, strict=True) if found is not None]
    return Searched(index, benchmark, tuple(topic for topic, _ in kept), tuple(found for _, found in kept))


def searched(retriever: Retriever, questions: Sequence[str]) -> list[Retrieved | None]:
    """What is found for each question, None for one without words or with the name of a unit, or out of scope."""
    queries = [None if out_of_scope(question) else read_question(question) for question in questions]
    return [None if query is None or query.names_units else retriever.retrieve(query.text) for query in queries]


@dataclass(frozen=True)
class Fitted:
    """The weights, and the tables that say how well they hold."""

    weights: Weights
    tables: tuple[Table, ...]


def fit_all(
    dataset: Dataset,
    other: Dataset | None,
    encoder: str,
    seed: int,
    command: str,
    asked: Sequence[AskedPassage] = (),
) -> Fitted:
    """Fit ranking and confidence on the tune split of `dataset`, and on `other`, a benchmark of other documents.

    The confidence is fitted on the split dev of `asked` too, written questions with near misses.
    """
    encoders = load_encoders(encoder_location(encoder))
    generator = random.Random(seed)
    own = search(dataset, "tune", encoders, generator, _MOST_TOPICS)
    others = [] if other is None else [search(other, "all", encoders, generator, _MOST_TOPICS)]
    written = _written(asked, encoders, generator)
    dutch, dutch_names = _judged((own, *others, *written), english=False)
    english, english_names = _judged((own, *written), english=True)
    fits = {language: _without_each(judged, seed) for language, judged in (("Dutch", dutch), ("English", english))}
    provenance = {
        "command": command,
        "seed": str(seed),
        "fitted on": "; ".join(
            f"{language} questions: " + ", ".join(f"{n} {one.topics}" for n, one in zip(names, judged, strict=True))
            for language, names, judged in (("Dutch", dutch_names, dutch), ("English", english_names, english))
        ),
        "written questions": f"split {_SPLIT}, {sum(len(p.asked()) for p in asked if p.split == _SPLIT)}",
        "encoder": encoders.passages.fingerprint,
        "word encoder": encoders.words.fingerprint,
    }
    chosen = {language: _rounded(found[_ALL].weights) for language, found in fits.items()}
    weights = Weights(chosen["Dutch"], chosen["English"], (), (), (), (0.0,), POSSIBLE, 1.0, provenance)
    curves, measured = _confidence(own, others, asked, encoders, weights, seed)
    weights = replace(
        weights,
        subject=curves.subject,
        form=curves.form,
        answer=curves.answer,
        question=curves.question,
        sure=curves.sure,
    )
    tables = [
        fit_table("Dutch questions: lists taken away", "lists", fits["Dutch"], dutch_names),
        fit_table("English questions: lists taken away", "lists", fits["English"], english_names),
        confidence_table(curves, measured),
    ]
    return Fitted(weights, tuple(tables))


def weights_file(weights: Weights) -> bytes:
    """The weights as a file of JSON, a line for each of them: what changed is seen in it."""
    fields = msgspec.to_builtins(weights)
    lines = (f" {json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}" for name, value in fields.items())
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode()


def _judged(benchmarks: Sequence[Searched], english: bool) -> tuple[list[Judged], list[str]]:
    """The topics in one language of each benchmark that has some, and the names of those."""
    found = [(judged, one.benchmark.name) for one in benchmarks if (judged := one.judged(english)) is not None]
    return [judged for judged, _ in found], [name for _, name in found]


def _written(asked: Sequence[AskedPassage], encoders: Encoders, generator: random.Random) -> list[Searched]:
    """Written questions as one benchmark, asked of all documents of their split together; none where there are none."""
    for lot in lots(asked, _SPLIT, 1, generator, size=max(1, len(asked))):
        answerable = [question for question in lot.questions if question.unit]
        chosen = generator.sample(answerable, min(_MOST_WRITTEN, len(answerable)))
        index = index_collection(lot.collection, encoders)
        found = searched(Retriever(index, encoders), [question.text for question in chosen])
        kept = [(q, one, Topic(str(n), q.text)) for n, (q, one) in enumerate(zip(chosen, found, strict=True)) if one]
        units = {unit.id: unit for unit in lot.collection.units}
        qrels = tuple(
            Qrel(topic.id, units[question.unit].document, question.unit, units[question.unit].questions[0], 1)
            for question, _, topic in kept
            if question.unit
        )
        topics = tuple(topic for _, _, topic in kept)
        return [Searched(index, Benchmark(_WRITTEN, topics, qrels), topics, tuple(one for _, one, _ in kept))]
    return []


def _rounded(weights: Mapping[str, float]) -> dict[str, float]:
    return {name: round(weight, 3) for name, weight in weights.items()}


def _confidence(
    own: Searched,
    others: Sequence[Searched],
    asked: Sequence[AskedPassage],
    encoders: Encoders,
    weights: Weights,
    seed: int,
) -> tuple[Curves, tuple[Measured, ...]]:
    own, others = own.again(encoders, weights), [one.again(encoders, weights) for one in others]
    short, of_letter = _short_questions()
    strangers = _strangers(own, encoders, weights, _off_subject(), own=True)
    samples = _topics(own) + strangers + _short(own, encoders, weights, of_letter, strangers)
    generator = random.Random(seed)
    for one in others:
        name = one.benchmark.name
        texts = _some(generator, [topic.question for topic in one.topics])
        samples += _strangers(own, encoders, weights, {f"questions of {name}": texts}, own=True)
        samples += [
            _sample(found, "answerable", f"{name}, answerable", name, right=True)
            for found in _some(generator, one.found)
        ]
        topics = [topic.question for topic in own.topics if topic.answerable]
        made_up = {**_off_subject(), f"questions of {own.benchmark.name}": topics}
        samples += _strangers(one, encoders, weights, made_up)
    written = [
        replace(passage, questions={**passage.questions, SHORT: short[passage.id]}) if passage.id in short else passage
        for passage in asked
    ]
    for number, lot in enumerate(lots(written, _SPLIT, _LOTS, generator)):
        samples += _asked(lot, f"library {number}", encoders, weights, generator)
    return fit_confidence(samples, seed)


def _sample(found: Retrieved, role: Role, kind: str, source: str, **told: Any) -> Sample:
    return Sample(features(found), role, kind, source, vectors=own_vectors(found), **told)


def _short(
    own: Searched, encoders: Encoders, weights: Weights, texts: Sequence[str], strangers: Sequence[Sample]
) -> list[Sample]:
    """The benchmark's documents asked in a few words, as a source of its own, with the short ones of its strangers."""
    source, most = f"{own.benchmark.name}, {SHORT}", max(len(text.split()) for text in texts)
    found = searched(Retriever(own.index, encoders, weights), texts)
    asked = [_sample(one, "answerable", f"{source}: answerable", source, group=one.text) for one in found if one]
    beside = [
        replace(sample, kind=f"{source}: {sample.role}", source=source, own=False)
        for sample in strangers
        if len(sample.group.split()) <= most
    ]
    return asked + beside


def _topics(own: Searched) -> list[Sample]:
    samples = []
    for topic, found in zip(own.topics, own.found, strict=True):
        first = _first(own.index, found)
        right = first in {qrel.unit for qrel in own.benchmark.answers[topic.id]}
        kind = f"{own.benchmark.name}, {'answerable' if topic.answerable else topic.asks}"
        role = "answerable" if topic.answerable else _ROLES.get(topic.asks, "near")
        number = asks_number(topic.question)
        samples.append(_sample(found, role, kind, own.benchmark.name, own=True, right=right, number=number))
    return samples


def _first(index: SearchIndex, found: Retrieved) -> str:
    """The unit that is ranked first."""
    collection = index.collection
    everything = PassageFilter(collection, lambda: index.undertaken).apply(NO_FILTERS)
    ranked = Ranker(collection).rank(found.scores, 1, everything)
    return collection.passages[next(ranked).row].unit


def _strangers(
    asked_of: Searched, encoders: Encoders, weights: Weights, questions: Mapping[str, Sequence[str]], own: bool = False
) -> list[Sample]:
    """Questions, by kind, that the documents do not answer."""
    retriever, name = Retriever(asked_of.index, encoders, weights), asked_of.benchmark.name
    return [
        _sample(found, _ROLES.get(kind, "far"), f"{name}, made-up: {kind}", name, own=own, group=found.text)
        for kind, texts in questions.items()
        for found in searched(retriever, texts)
        if found is not None
    ]


def _asked(lot: Lot, group: str, encoders: Encoders, weights: Weights, generator: random.Random) -> list[Sample]:
    """The questions of a small library, and what is asked of none."""
    retriever = Retriever(index_collection(lot.collection, encoders), encoders, weights)
    odd = [Question(text, "odd") for text in generator.sample(_off_subject()["odd"], _ODD)]
    questions, source = [*lot.questions, *odd], _WRITTEN
    found = zip(questions, searched(retriever, [question.text for question in questions]), strict=True)
    return [
        _sample(
            retrieved,
            "answerable" if question.unit else _ROLES.get(question.kind, "near"),
            f"{source}: {question.kind}{', English' if english and question.kind == 'far' else ''}",
            source,
            right=retrieved.units[np.argmax(retrieved.fused)] == lot.collection.unit_numbers.get(question.unit or ""),
            number=asks_number(question.text),
            group=retrieved.text if question.kind == "odd" else group,
        )
        for question, retrieved in found
        if retrieved is not None
        for english in (Analysed(retrieved.text).is_english,)
    ]


def _off_subject() -> dict[str, list[str]]:
    """By kind (far, odd): questions on other subjects, and what is no question."""
    found: dict[str, list[str]] = {}
    for line in OFF_SUBJECT.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        found.setdefault(record["asks"], []).append(record["question"])
    return found


def _short_questions() -> tuple[dict[str, tuple[str, ...]], list[str]]:
    """Short questions by the id of the passage that answers them, and those that the benchmark's documents answer."""
    written: dict[str, tuple[str, ...]] = {}
    own: list[str] = []
    for line in SHORT_QUESTIONS.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        if record["passage"]:
            written[record["passage"]] = (*written.get(record["passage"], ()), record["question"])
        else:
            own.append(record["question"])
    return written, own


def _some(generator: random.Random, items: Sequence[T]) -> list[T]:
    return generator.sample(list(items), min(_SAMPLED, len(items)))


def _without_each(judged: Sequence[Judged], seed: int) -> dict[str, Fit]:
    """All lists, and all but each, fitted anew."""
    prepared = [one.prepared() for one in judged]
    found = {_ALL: fit(prepared, seed)}
    for name in prepared[0].names:
        found[f"without {name}"] = fit([one.without(name) for one in prepared], seed)
    return found


def fit_table(title: str, what: str, fits: Mapping[str, Fit], names: Sequence[str]) -> Table:
    """What each fit scores on the benchmarks of these names, compared with the first."""
    base = next(iter(fits.values()))
    others = list(fits)[1:]
    p_values = [
        [randomisation(fits[name].held_out[place].tolist(), scores.tolist()) for name in others]
        for place, scores in enumerate(base.held_out)
    ]
    corrected = [holm(values) for values in p_values]
    rows = []
    for row, (name, found) in enumerate(fits.items()):
        cells = [name, " ".join(f"{n} {w:.2f}" for n, w in found.weights.items())]
        for place, scores in enumerate(found.held_out):
            cells += [f"{scores.mean():.4f}", "–" if row == 0 else f"{corrected[place][row - 1]:.4f}"]
        rows.append(tuple(cells))
    columns = [c for name, s in zip(names, base.held_out, strict=True) for c in (f"{name} (n={len(s)})", "p corrected")]
    note = (
        "nDCG@10 on topics not fitted on (5 folds), weights fitted on all; references not followed; two-sided paired "
        f"randomisation test against {next(iter(fits))}, p corrected by Holm."
    )
    return Table(title, note, (what, "weights", *columns), tuple(rows))
