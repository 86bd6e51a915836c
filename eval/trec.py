"""Qrels and runs in TREC format, out and in, so that trec_eval, ir-measures and ranx can check us.

A qrel is `topic 0 unit relevance`, a line of a run `topic Q0 unit rank score
name`; units are named by their ids. trec_eval sorts a run again, by a score of
single precision and in its own order of ties; the score written is therefore
the number of places from the end, which no reader can order differently.
"""

import math
from collections.abc import Sequence, Set
from pathlib import Path

import numpy as np

from eval.benchmark import lines_of
from eval.errors import BenchmarkError, RunError, refuse
from eval.types import HIGHEST, Benchmark, Qrel, Ranked, Response, Run, Topic
from index.language.span import Span
from index.model.collection import Collection


def qrels_text(benchmark: Benchmark) -> str:
    """The judgements by unit, each with the highest relevance of its spans; topics and units in order."""
    return "".join(
        f"{topic} 0 {unit} {units[unit]}\n" for topic, units in benchmark.relevance.items() for unit in sorted(units)
    )


def read_qrels(path: Path, topics: Sequence[Topic], collection: Collection) -> tuple[Qrel, ...]:
    """Judgements in TREC format as qrels of whole answers, in the order of the file.

    A document may be a unit's id, or a passage's, which then gives the span;
    a unit gives its answer, or its question where it has none. Below 1 counts
    as 0. Raises BenchmarkError with every fault at its file and line.
    """
    spans = {
        unit.id: (unit.id, unit.document, unit.answer or unit.context or unit.questions[0]) for unit in collection.units
    }
    spans |= {passage.id: (passage.unit, passage.document, passage.span) for passage in collection.passages}
    known = {topic.id for topic in topics}
    qrels: dict[tuple[str, Span], Qrel] = {}
    faults: list[str] = []
    for number, line in enumerate(lines_of(path), start=1):
        cells = line.split()
        if not cells:
            continue
        fault = _qrel_fault(cells, known, spans.keys())
        unit, document, span = spans.get(cells[2] if fault is None else "", ("", "", None))
        if fault is None and span is not None and (cells[0], span) in qrels:
            fault = f"{cells[2]!r} is judged for topic {cells[0]!r} before; keep one."
        if fault is not None or span is None:
            faults.append(f"{path}, line {number}: {fault}")
            continue
        qrels[cells[0], span] = Qrel(cells[0], document, unit, span, max(0, int(cells[3])))
    if not qrels and not faults:
        faults.append(f"{path}: empty; expected lines of 'topic 0 unit relevance'.")
    refuse(faults, BenchmarkError)
    return tuple(qrels.values())


def _qrel_fault(cells: list[str], topics: Set[str], units: Set[str]) -> str | None:
    if len(cells) != 4:
        return f"{len(cells)} columns, expected 4: topic 0 unit relevance."
    if cells[0] not in topics:
        return f"topic {cells[0]!r} is not in the benchmark's topics."
    if cells[2] not in units:
        return f"unit {cells[2]!r} is not in the documents; they are named like {next(iter(units), '')!r}."
    if not cells[3].lstrip("-").isdecimal() or int(cells[3]) > HIGHEST:
        return f"relevance is {cells[3]!r}, expected a whole number up to {HIGHEST}."
    return None


def run_text(run: Run) -> str:
    """The run in TREC format, best first; a topic that was refused or found nothing has its ranking all the same."""
    return "".join(
        f"{response.topic} Q0 {ranked.unit} {rank} {len(response.ranking) - rank + 1} {run.system}\n"
        for response in run.responses
        for rank, ranked in enumerate(response.ranking, start=1)
    )


def read_run(path: Path, label: str, topics: Sequence[Topic], collection: Collection) -> Run:
    """A TREC run over the topics; lines about other topics of the benchmark are passed over.

    A document may be a unit's id, or a passage's, which then stands for its
    unit. Ranked as trec_eval does, whatever the ranks say: by score of single
    precision, then by name, both descending. A topic without lines has an
    empty ranking and counts 0. The confidence is the first score.

    Raises RunError with every fault at its file and line: another number of
    columns, an unknown unit, a unit twice for one topic, an unreadable score.
    """
    units = {unit.id: unit.id for unit in collection.units}
    units |= {passage.id: passage.unit for passage in collection.passages}
    rankings: dict[str, dict[str, tuple[float, str]]] = {}
    lines: dict[tuple[str, str], int] = {}
    faults: list[str] = []
    for number, line in enumerate(lines_of(path), start=1):
        cells = line.split()
        if not cells:
            continue
        fault = _fault(cells, units, lines)
        if fault is not None:
            faults.append(f"{path}, line {number}: {fault}")
            continue
        lines[cells[0], units[cells[2]]] = number
        rankings.setdefault(cells[0], {})[units[cells[2]]] = (float(cells[4]), cells[2])
    if not lines and not faults:
        faults.append(f"{path}: empty; expected lines of 'topic Q0 unit rank score name'.")
    refuse(faults, RunError)
    unknown = not any(topic.id in rankings for topic in topics)
    if unknown:
        raise RunError(
            f"{path}: none of its {len(rankings)} topics is among those asked for (for example {topics[0].id})."
        )
    return Run(label, tuple(_response(topic.id, rankings.get(topic.id, {})) for topic in topics))


def _fault(cells: list[str], units: dict[str, str], lines: dict[tuple[str, str], int]) -> str | None:
    if len(cells) != 6:
        return f"{len(cells)} columns, expected 6: topic Q0 unit rank score name."
    if cells[2] not in units:
        example = next(iter(units), "")
        return f"unit {cells[2]!r} is not in the documents; they are named like {example!r}."
    if (cells[0], units[cells[2]]) in lines:
        return f"unit {units[cells[2]]!r} stands for topic {cells[0]!r} on line {lines[cells[0], units[cells[2]]]} too."
    try:
        return None if math.isfinite(float(cells[4])) else f"score is {cells[4]}, expected a finite number."
    except ValueError:
        return f"score is {cells[4]!r}, expected a number."


def _response(topic: str, found: dict[str, tuple[float, str]]) -> Response:
    """`found`: by unit, its score and the name that the run calls it by."""
    order = sorted(found, key=lambda unit: (np.float32(found[unit][0]), found[unit][1]), reverse=True)
    ranking = tuple(Ranked(unit, found[unit][0]) for unit in order)
    return Response(topic, ranking, bool(ranking), ranking[0].score if ranking else -math.inf)
