"""Build one system and let it answer every topic, in a process of its own.

A fresh process for each system keeps its peak memory apart from the others',
and its timings from their caches.
"""

import json
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from eval.dataset import Dataset
from eval.systems import System, SystemSpec
from eval.types import Cost, Response, Run, Topic
from index.library.collect import Progress, no_progress
from index.model.collection import Collection
from index.settings import Location, Settings

_STATUS = Path("/proc/self/status")
# Questions between two lines of progress for a person.
_EVERY = 10


def progress_lines(system: str, done: int, total: int) -> None:
    """Tell standard error now and then how many questions a system has answered."""
    if done % _EVERY == 0 or done == total:
        sys.stderr.write(f"{system}: {done} of {total}\n")
        sys.stderr.flush()


def progress_records(system: str, done: int, total: int) -> None:
    """Tell a program the same of every question on standard output, in a line of JSON."""
    sys.stdout.write(json.dumps({"system": system, "done": done, "total": total}) + "\n")
    sys.stdout.flush()


def run_apart(spec: SystemSpec, dataset: Dataset, topics: Sequence[Topic], progress: Progress = no_progress) -> Run:
    """`run_here` in a fresh process, with the peak memory of that process; `progress` is called there."""
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_run_fresh, spec, dataset, tuple(topics), progress).result()


def _run_fresh(spec: SystemSpec, dataset: Dataset, topics: tuple[Topic, ...], progress: Progress) -> Run:
    library = dataset.index or Settings.from_environment().index
    run = run_here(spec, dataset.collection(), topics, progress, library)
    return replace(run, cost=replace(run.cost, peak_bytes=peak_bytes()))


def run_here(
    spec: SystemSpec,
    collection: Collection,
    topics: Sequence[Topic],
    progress: Progress = no_progress,
    library: Location | None = None,
) -> Run:
    """The responses of a system to the topics, in their order, and what they cost.

    The build is timed with the loading of the encoder, the questions one by
    one after one that warms the system up. Where the `library` is one of the
    same documents, by the same program, its index is opened and not built.
    """
    progress(spec.label, 0, len(topics))
    started = time.perf_counter()
    system = spec.build(collection, library)
    built = time.perf_counter() - started
    if topics:
        system.reply(topics[0].question)
    responses = []
    for number, topic in enumerate(topics, start=1):
        responses.append(_response(system, topic))
        progress(spec.label, number, len(topics))
    seconds = [response.seconds for response in responses if response.seconds is not None]
    cost = Cost(
        build_seconds=built,
        index_bytes=system.bytes,
        median_seconds=float(np.median(seconds)) if seconds else None,
        p95_seconds=float(np.percentile(seconds, 95)) if seconds else None,
    )
    return Run(spec.label, tuple(responses), system.probabilities, system.refuses, cost)


def _response(system: System, topic: Topic) -> Response:
    started = time.perf_counter()
    ranking, answered, confidence = system.reply(topic.question)
    return Response(topic.id, ranking, answered, confidence, time.perf_counter() - started)


def peak_bytes() -> int | None:
    """The most memory this process has held at once; None where the system does not tell."""
    if _STATUS.exists():
        # Not getrusage: it hands down the peak of the process that started this one.
        for line in _STATUS.read_text("ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    try:
        import resource
    except ImportError:
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(peak) if sys.platform == "darwin" else int(peak) * 1024
