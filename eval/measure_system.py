"""Build one system and let it answer every topic, in a process of its own.

A fresh process for each system keeps its peak memory apart from the others',
and its timings from their caches.
"""

import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from eval.source import Source
from eval.systems import System, SystemSpec
from eval.types import Cost, Response, Run, Topic
from index.model.collection import Collection

_STATUS = Path("/proc/self/status")
# Questions between two lines of progress.
_EVERY = 10

# How many questions are answered, and of how many.
Progress = Callable[[int, int], None]


def no_progress(done: int, total: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class ProgressLines:
    """Tells standard error now and then how far a system is, a line "LABEL: DONE of TOTAL" each time."""

    label: str

    def __call__(self, done: int, total: int) -> None:
        if done % _EVERY == 0 or done == total:
            sys.stderr.write(f"{self.label}: {done} of {total}\n")
            sys.stderr.flush()


def run_apart(spec: SystemSpec, source: Source, topics: Sequence[Topic], progress: Progress = no_progress) -> Run:
    """`run_here` in a fresh process, with the peak memory of that process; `progress` is called there."""
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_run_fresh, spec, source, tuple(topics), progress).result()


def _run_fresh(spec: SystemSpec, source: Source, topics: tuple[Topic, ...], progress: Progress) -> Run:
    run = run_here(spec, source.collection(), topics, progress)
    return replace(run, cost=replace(run.cost, peak_bytes=peak_bytes(), index_bytes=run.cost.index_bytes))


def run_here(
    spec: SystemSpec, collection: Collection, topics: Sequence[Topic], progress: Progress = no_progress
) -> Run:
    """The responses of a system to the topics, in their order, and what they cost.

    The build is timed with the loading of the encoder, the questions one by
    one after one that warms the system up.
    """
    progress(0, len(topics))
    started = time.perf_counter()
    system = spec.build(collection)
    built = time.perf_counter() - started
    if topics:
        system.reply(topics[0].question)
    responses = []
    for number, topic in enumerate(topics, start=1):
        responses.append(_response(system, topic))
        progress(number, len(topics))
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
