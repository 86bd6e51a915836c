"""A BEIR folder (Thakur et al., arXiv:2104.08663) as a collection and a benchmark.

`corpus.jsonl` ({"_id", "title", "text"} a line) becomes one document, the
texts one below the other, with one unit and one passage a text; `queries.jsonl`
and `qrels/*.tsv` become topics and judgements. A text stands for itself: no
question belongs to it, and it is not cut.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from itertools import accumulate
from pathlib import Path

from eval.benchmark import lines_of
from eval.errors import BenchmarkError, refuse
from eval.types import HIGHEST, Benchmark, Qrel, Topic
from index.language.span import Span
from index.model.collection import Collection
from index.model.store import MemoryStore, Record
from index.model.types import Document, Passage, Unit

CORPUS = "corpus.jsonl"
QUERIES = "queries.jsonl"


def read_beir_corpus(folder: Path) -> Collection:
    """The texts of a BEIR folder, each one unit; texts without words are left out.

    Raises BenchmarkError with every fault at its file and line.
    """
    texts = {identifier: _words(record) for identifier, record in _records(folder / CORPUS)}
    kept = {identifier: text for identifier, text in texts.items() if text}
    record, passages = corpus_of(kept, folder.resolve().name, CORPUS)
    return Collection(MemoryStore([record], passages))


def corpus_of(texts: Mapping[str, str], title: str, file: str) -> tuple[Record, list[Passage]]:
    """Texts by id as one document, one below the other, each a unit and a passage that stand for themselves."""
    text = "\n".join(texts.values())
    digest = hashlib.sha256(f"{file}\n{text}".encode("utf-8", "surrogatepass")).hexdigest()
    document = Document(id=digest[:16], title=title, kind="corpus", text=text, file=file, sha256=digest)
    ends = accumulate(len(one) + 1 for one in texts.values())
    spans = [Span(end - len(one) - 1, end - 1) for one, end in zip(texts.values(), ends, strict=True)]
    units = tuple(
        Unit(name, document.id, "annex", (), name, (), None, (span,), None, annex=name)
        for name, span in zip(texts, spans, strict=True)
    )
    # As the members' words a text is searched by itself alone, with no question put before it.
    return Record(document, units), [Passage(document.id, u.id, "members", "context", u.questions[0]) for u in units]


def _words(record: dict[str, object]) -> str:
    return "\n".join(str(record[key]).strip() for key in ("title", "text") if str(record.get(key) or "").strip())


def read_beir(folder: Path, collection: Collection) -> Benchmark:
    """The queries that have judgements in `qrels/*.tsv`, all of the split "test".

    Judgements of texts that the corpus lacks, or of unknown queries, are
    faults; so is a second judgement of a pair. Raises BenchmarkError.
    """
    queries = {identifier: str(record.get("text", "")) for identifier, record in _records(folder / QUERIES)}
    units = {unit.id: unit for unit in collection.units}
    faults: list[str] = []
    qrels: dict[tuple[str, str], Qrel] = {}
    for place, cells in _judgements(folder):
        fault = _fault(cells, queries, units)
        if fault is None and (cells[0], cells[1]) in qrels:
            fault = f"query {cells[0]!r} and text {cells[1]!r} are judged twice; keep one."
        if fault is not None:
            faults.append(f"{place}: {fault}")
            continue
        unit = units[cells[1]]
        qrels[cells[0], cells[1]] = Qrel(cells[0], unit.document, unit.id, unit.questions[0], int(cells[2]))
    refuse(faults)
    answered = {qrel.topic for qrel in qrels.values() if qrel.relevance > 0}
    topics = tuple(Topic(identifier, text) for identifier, text in queries.items() if identifier in answered)
    if not topics:
        raise BenchmarkError(f"{folder}: no query has a judgement above 0, so there is nothing to measure.")
    kept = tuple(qrel for qrel in qrels.values() if qrel.topic in answered)
    return Benchmark(folder.resolve().name, topics, kept)


def _fault(cells: list[str], queries: dict[str, str], units: dict[str, Unit]) -> str | None:
    if len(cells) != 3 or not cells[2].lstrip("-").isdigit():
        return f"found {cells}, expected query-id, corpus-id and a whole number with a tab between."
    if cells[0] not in queries:
        return f"query {cells[0]!r} is not in {QUERIES}."
    if cells[1] not in units:
        return f"text {cells[1]!r} is not in {CORPUS}, or has no words."
    return None if 0 <= int(cells[2]) <= HIGHEST else f"relevance is {cells[2]}, expected 0 to {HIGHEST}."


def _judgements(folder: Path) -> Iterator[tuple[str, list[str]]]:
    paths = sorted((folder / "qrels").glob("*.tsv"))
    if not paths:
        raise BenchmarkError(f"{folder / 'qrels'}: no .tsv file found; expected query-id, corpus-id and score.")
    for path in paths:
        for number, line in enumerate(lines_of(path), start=1):
            if line.strip() and not (number == 1 and line.startswith("query-id")):
                yield f"{path}, line {number}", line.split("\t")


def _records(path: Path) -> Iterator[tuple[str, dict[str, object]]]:
    seen: dict[str, int] = {}
    faults: list[str] = []
    for number, line in enumerate(lines_of(path), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (json.JSONDecodeError, RecursionError) as error:
            faults.append(f"{path}, line {number}: not JSON ({error}).")
            continue
        identifier = record.get("_id") if isinstance(record, dict) else None
        if not isinstance(identifier, str) or not identifier or len(identifier.split()) != 1:
            faults.append(f'{path}, line {number}: expected an object with an "_id" without white space.')
        elif identifier in seen:
            faults.append(f"{path}, line {number}: _id {identifier!r} stands on line {seen[identifier]} too.")
        else:
            seen[identifier] = number
            yield identifier, record
    if not seen and not faults:
        faults.append(f"{path}: empty; expected one JSON object a line.")
    refuse(faults)
