"""Read and check a benchmark folder: `topics.jsonl` and `qrels.tsv`.

A topic is a JSON object a line. A qrel is a line of six tab-separated
columns under a header: topic, document (its id or a beginning of it), unit
label, start, end, relevance. Every fault is found in one reading and named
with file and line; nothing is used before all is in order.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

from eval.errors import BenchmarkError, refuse
from eval.types import HIGHEST, Benchmark, Qrel, Topic
from index.language.span import Span
from index.model.collection import Collection
from index.model.judgements import COLUMNS, QRELS, TOPICS, unit_spans
from index.model.types import Document, Unit

_TEXTS = ("id", "question", "style", "asks")
_KEYS = {*_TEXTS, "split", "answerable"}
_HALVES = get_args(Topic.__annotations__["split"])


def read_benchmark(folder: Path, collection: Collection) -> Benchmark:
    """The benchmark in `folder` over the documents of `collection`.

    Raises BenchmarkError with every fault at its file and line.
    """
    benchmark = read_unjudged(folder, collection)
    refuse(_unjudged(folder, benchmark))
    return benchmark


def read_unjudged(folder: Path, collection: Collection) -> Benchmark:
    """The same, but that topics may still have to be judged."""
    benchmark, faults = _read(folder, collection)
    refuse(faults)
    return benchmark


def faults_of(folder: Path, collection: Collection) -> tuple[str, ...]:
    """Every fault of the benchmark in `folder`, in file order; empty where it can be used.

    Raises BenchmarkError where a file cannot be read at all.
    """
    benchmark, faults = _read(folder, collection)
    return tuple(faults or _unjudged(folder, benchmark))


def _read(folder: Path, collection: Collection) -> tuple[Benchmark, list[str]]:
    topics, faults = read_topics(folder / TOPICS)
    qrels, more = read_qrels(folder / QRELS, topics, collection)
    return Benchmark(folder.resolve().name, topics, qrels), [*faults, *more]


def _unjudged(folder: Path, benchmark: Benchmark) -> list[str]:
    """Answerable topics without an answer, which would count 0 whatever a system does, and the reverse."""
    faults = []
    for topic in benchmark.topics:
        judged = bool(benchmark.answers[topic.id])
        if topic.answerable and not judged:
            faults.append(
                f"{folder / QRELS}: topic {topic.id!r} is answerable and has no span of relevance "
                f'{benchmark.threshold} or more. Judge one, or set "answerable": false.'
            )
        if not topic.answerable and judged:
            faults.append(
                f"{folder / QRELS}: topic {topic.id!r} is not answerable, and a span is judged to answer it. "
                'Take the span out, or set "answerable": true.'
            )
    return faults


def lines_of(path: Path) -> list[str]:
    """The lines of a UTF-8 file; BenchmarkError where it cannot be read."""
    try:
        # Not splitlines(): a JSON string may hold U+2028 and its like.
        return [line.rstrip("\r") for line in path.read_bytes().decode("utf-8-sig").split("\n")]
    except OSError as error:
        raise BenchmarkError(
            f"{path}: cannot be read ({error.strerror}). Start a benchmark with 'python -m eval new FOLDER'."
        ) from error
    except UnicodeDecodeError as error:
        raise BenchmarkError(f"{path}: byte {error.start} is not UTF-8 text. Save the file as UTF-8.") from error


def read_topics(path: Path) -> tuple[tuple[Topic, ...], list[str]]:
    """The topics of a file that are in order, and the faults of the others; blank lines are passed over."""
    topics: list[Topic] = []
    faults: list[str] = []
    seen: dict[str, int] = {}
    for number, line in enumerate(lines_of(path), start=1):
        if not line.strip():
            continue
        try:
            topic = _topic(line)
            if topic.id in seen:
                raise BenchmarkError(f"id {topic.id!r} stands on line {seen[topic.id]} too; give each topic its own.")
        except BenchmarkError as error:
            faults.append(f"{path}, line {number}: {error}")
            continue
        seen[topic.id] = number
        topics.append(topic)
    if not topics and not faults:
        faults.append(f'{path}: no topics found; expected a line {{"id": …, "question": …}} for each.')
    return tuple(topics), faults


def _topic(line: str) -> Topic:
    try:
        found: Any = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        raise BenchmarkError(f"not JSON ({error}).") from error
    if not isinstance(found, dict) or not {"id", "question"} <= set(found):
        raise BenchmarkError('expected an object with "id" and "question".')
    unknown = sorted(set(found) - _KEYS)
    if unknown:
        raise BenchmarkError(f"unknown keys {', '.join(unknown)}; expected {', '.join(sorted(_KEYS))}.")
    wrong = [key for key in _TEXTS if not isinstance(found.get(key, ""), str)]
    if wrong or not isinstance(found.get("answerable", True), bool):
        raise BenchmarkError(f'expected text in {", ".join(wrong or _TEXTS)}, and "answerable" true or false.')
    if not found["id"] or any(character.isspace() for character in found["id"]):
        raise BenchmarkError(f'"id" is {found["id"]!r}, expected a word without white space.')
    if found.get("split", "test") not in _HALVES:
        raise BenchmarkError(f'"split" is {found["split"]!r}, expected {" or ".join(_HALVES)}.')
    return Topic(**found)


def read_qrels(path: Path, topics: tuple[Topic, ...], collection: Collection) -> tuple[tuple[Qrel, ...], list[str]]:
    """The judgements of a file that are in order, and the faults of the others.

    Columns after the sixth are a person's notes and passed over.
    """
    known = {topic.id for topic in topics}
    qrels: list[Qrel] = []
    faults: list[str] = []
    seen: dict[tuple[str, str, Span], int] = {}
    for number, cells in _rows(path, faults):
        try:
            qrel = _qrel(cells, known, collection)
            key = (qrel.topic, qrel.document, qrel.span)
            if key in seen:
                raise BenchmarkError(f"the same span is judged for this topic on line {seen[key]}; keep one.")
        except BenchmarkError as error:
            faults.append(f"{path}, line {number}: {error}")
            continue
        seen[key] = number
        qrels.append(qrel)
    return tuple(qrels), faults


def _rows(path: Path, faults: list[str]) -> Iterator[tuple[int, list[str]]]:
    """The filled rows under the header with their line numbers."""
    first, *rest = lines_of(path)
    if tuple(first.split("\t"))[: len(COLUMNS)] != COLUMNS:
        faults.append(f"{path}, line 1: found {first[:80]!r}, expected the header {'<tab>'.join(COLUMNS)}.")
        return
    for number, line in enumerate(rest, start=2):
        if line.strip():
            yield number, line.split("\t")


def _qrel(cells: list[str], topics: set[str], collection: Collection) -> Qrel:
    if len(cells) < len(COLUMNS):
        raise BenchmarkError(f"{len(cells)} columns, expected {len(COLUMNS)} with a tab between: {', '.join(COLUMNS)}.")
    topic, name, label, *numbers = (cell.strip() for cell in cells[: len(COLUMNS)])
    if topic not in topics:
        raise BenchmarkError(f"topic {topic!r} is not in {TOPICS}.")
    document = _document(name, collection)
    unit = _unit(label, document, collection)
    try:
        start, end, relevance = (int(number) for number in numbers)
    except ValueError as error:
        raise BenchmarkError(f"start, end and relevance are {numbers}, expected whole numbers.") from error
    if not 0 <= relevance <= HIGHEST:
        raise BenchmarkError(f"relevance is {relevance}, expected 0 to {HIGHEST}.")
    if not 0 <= start < end <= len(document.text):
        raise BenchmarkError(
            f"span {start}-{end} is outside document {document.id}, which has {len(document.text)} code points."
        )
    span = Span(start, end)
    if not any(part.contains(span) for part in unit_spans(unit)):
        raise BenchmarkError(
            f"span {start}-{end} is not in {unit.label}: it has {_listed(unit_spans(unit))}. "
            "A span lies in one context, question, answer or footnote."
        )
    return Qrel(topic, document.id, unit.id, span, relevance)


def _document(name: str, collection: Collection) -> Document:
    matches = [d for d in collection.documents if d.file == name or (len(name) >= 4 and d.id.startswith(name))]
    if len(matches) != 1:
        known = ", ".join(f"{document.id} ({document.file})" for document in collection.documents)
        raise BenchmarkError(f"document {name!r} matches {len(matches)} documents, expected one of: {known}.")
    return matches[0]


def _unit(label: str, document: Document, collection: Collection) -> Unit:
    units = [unit for unit in collection.units if unit.document == document.id]
    for unit in units:
        if label in (unit.label, unit.id):
            return unit
    known = ", ".join(unit.label for unit in units[:3])
    raise BenchmarkError(
        f"unit {label!r} is not in document {document.id}; its units are named {known} … "
        "(all: 'python -m index units')."
    )


def _listed(spans: tuple[Span, ...]) -> str:
    return ", ".join(f"{span.start}-{span.end}" for span in spans)
