"""Run systems over a benchmark and score what they answered."""

import math
from collections.abc import Sequence
from pathlib import Path

from eval.dataset import Dataset
from eval.errors import RunError
from eval.measure_system import run_apart
from eval.measures import exactness, first_ranks, responses_of, topic_scores
from eval.results import FORMAT, Results, SystemResult, TopicResult
from eval.systems import SystemSpec
from eval.trec import read_run
from eval.types import Benchmark, Run, Split
from index.library.collect import Progress, no_progress
from index.model.collection import Collection


def prepare(dataset: Dataset, split: Split) -> tuple[Collection, Benchmark]:
    """The documents and the topics of one split; BenchmarkError with every fault, or where the split is empty."""
    collection = dataset.collection()
    benchmark = dataset.topics(collection).part(split)
    if not benchmark.topics:
        raise RunError(f"{dataset.benchmark}: no topics in the split {split!r}; choose another with --split.")
    return collection, benchmark


def answer_all(
    specs: Sequence[SystemSpec],
    dataset: Dataset,
    collection: Collection,
    benchmark: Benchmark,
    progress: Progress = no_progress,
) -> list[Run]:
    """Every system's run, each measured in a process of its own; runs from elsewhere are read first.

    `progress`, a function of a module, is told the system's label, how many topics it has answered, and of how many.
    """
    external = {
        spec: read_run(Path(spec.path), spec.label, benchmark.topics, collection)
        for spec in specs
        if spec.kind == "run" and spec.path
    }
    return [
        external[spec] if spec in external else run_apart(spec, dataset, benchmark.topics, progress) for spec in specs
    ]


def score_all(benchmark: Benchmark, split: Split, runs: Sequence[Run], collection: Collection) -> Results:
    """The results of several runs."""
    systems = tuple(score(benchmark, run, collection) for run in runs)
    return Results(FORMAT, benchmark.name, split, benchmark.threshold, benchmark.topics, systems)


def score(benchmark: Benchmark, run: Run, collection: Collection) -> SystemResult:
    """The results of one run: each topic in the benchmark's order, those left out as refused and 0."""
    scores = topic_scores(benchmark, run)
    ranks = first_ranks(benchmark, run)
    labels = {unit.id: unit.label for unit in collection.units}
    results = []
    for topic, response in zip(benchmark.topics, responses_of(benchmark, run), strict=True):
        rank = ranks.get(topic.id)
        results.append(
            TopicResult(
                topic=topic.id,
                answerable=topic.answerable,
                answered=response.answered,
                confidence=response.confidence if math.isfinite(response.confidence) else None,
                right=rank == 1,
                rank=rank,
                first=labels.get(response.ranking[0].unit, "") if response.ranking else "",
                scores=scores.get(topic.id, {}),
            )
        )
    shown, exact = exactness(run, collection)
    return SystemResult(run.system, run.refuses, run.probabilities, tuple(results), shown, exact)
