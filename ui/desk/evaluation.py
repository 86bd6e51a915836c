"""Measure retrieval in a process of its own: `python -m eval run` and `report`.

The page imports nothing of `eval`: what a person can run on the command line
is what is run, apart from the server, so that people who ask meanwhile are
not kept waiting by more than the processor, and so that it can be stopped.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from index.errors import WoordelijkError
from index.readers.source import MAX_ARCHIVE_BYTES
from index.regular_file import read_regular
from index.settings import ROOT, Settings
from rag.texts.answers import Language

# The shipped systems that can be measured, the assistant itself first.
SYSTEMS = ("woordelijk", "fused", "stems", "ngrams", "related", "dense", "static", "words")
SPLITS = ("test", "tune", "all")


class EvaluationError(WoordelijkError):
    """An evaluation that ended without a report; the message is what the command said."""


@dataclass(frozen=True, slots=True)
class Task:
    """What to measure: `benchmark` is a folder of topics and qrels, which goes with it; None for the shipped one."""

    systems: tuple[str, ...]
    split: str
    benchmark: Path | None = None

    def __post_init__(self) -> None:
        unknown = [name for name in self.systems if name not in SYSTEMS]
        if not self.systems or unknown or self.split not in SPLITS:
            raise EvaluationError(
                f"Systems {', '.join(self.systems) or '(none)'}, split {self.split!r}; expected some of "
                f"{', '.join(SYSTEMS)}, and one of {', '.join(SPLITS)}."
            )


@dataclass(frozen=True, slots=True)
class Step:
    """How far a system is: `done` of `total` questions, and the share of the whole that is done, 0 to 1."""

    system: str
    done: int
    total: int
    share: float


class Evaluation:
    """One run, in a folder of its own that goes with it."""

    def __init__(self, settings: Settings, task: Task, language: Language = "en") -> None:
        self._settings = settings
        self._language = language
        self._task = task
        self._folder = Path(tempfile.mkdtemp(prefix="evaluation-"))
        self._process: subprocess.Popen[str] | None = None
        self._lock = threading.Lock()
        self._cancelled = False

    @property
    def cancelled(self) -> bool:
        return self._cancelled

    def run(self) -> Iterator[Step]:
        """Measure; each step as it is reported. EvaluationError with what the command said where it fails."""
        process = self._start(self._run_arguments())
        if process is None or process.stdout is None:
            return
        started: dict[str, int] = {}
        with process.stdout as told:
            for line in told:
                step = json.loads(line)
                before = started.setdefault(step["system"], len(started))
                share = (before + step["done"] / max(step["total"], 1)) / len(self._task.systems)
                yield Step(**step, share=share)
        self._finish(process)

    def report(self) -> str:
        """The tables and plots as HTML, everything in it escaped; the body of the report that `eval` writes."""
        process = self._start(
            ["report", str(self._results), "--out", str(self._folder), "--body", "--language", self._language]
        )
        if process is None:
            return ""
        process.communicate()
        self._finish(process)
        return "" if self._cancelled else (self._folder / "body.html").read_text(encoding="utf-8")

    def results_zip(self) -> Path:
        """Everything that was measured, and the report, as one file."""
        for name in ("report.html", "report.md"):
            shutil.copyfile(self._folder / name, self._results / name)
        return Path(shutil.make_archive(str(self._folder / "results"), "zip", self._results))

    def cancel(self) -> None:
        """Stop it, with every process that it started."""
        with self._lock:
            self._cancelled = True
            if self._process is not None and self._process.poll() is None:
                _stop(self._process)

    def close(self) -> None:
        """Stop it and take its folder away."""
        self.cancel()
        if self._process is not None:
            self._process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)
        if self._task.benchmark is not None:
            shutil.rmtree(self._task.benchmark, ignore_errors=True)
            with suppress(OSError):
                self._task.benchmark.parent.rmdir()

    @property
    def scores(self) -> Path:
        """The file of what each system made of each question."""
        return self._results / "scores.json"

    @property
    def _said(self) -> Path:
        """What the command says on standard error: its sentence where it fails."""
        return self._folder / "said.txt"

    @property
    def _results(self) -> Path:
        return self._folder / "results"

    def _run_arguments(self) -> list[str]:
        task = self._task
        named = [part for system in task.systems for part in ("--system", system)]
        # The shipped topics are about the shipped documents, a person's own about all that are searched.
        searched = ["--documents", str(Settings().documents)]
        if task.benchmark is not None:
            index = self._settings.index
            place = index.resolve() if isinstance(index, Path) else index
            searched = ["--index", str(place), "--benchmark", str(task.benchmark)]
        return ["run", "--json-progress", "--split", task.split, *searched, "--out", str(self._results), *named]

    def _start(self, arguments: Sequence[str]) -> subprocess.Popen[str] | None:
        """The command in a session of its own; None where it was cancelled before it began."""
        with self._lock:
            if self._cancelled:
                return None
            with self._said.open("wb") as said:
                self._process = subprocess.Popen(
                    [sys.executable, "-m", "eval", *arguments],
                    cwd=ROOT,
                    stdout=subprocess.PIPE,
                    stderr=said,
                    encoding="utf-8",
                    start_new_session=True,
                )
            return self._process

    def _finish(self, process: subprocess.Popen[str]) -> None:
        if process.wait() == 0 or self._cancelled:
            return
        text = self._said.read_text(encoding="utf-8", errors="replace").strip().replace(f"{self._folder}/", "")
        if self._task.benchmark is not None:
            text = text.replace(f"{self._task.benchmark}/", "")
        if process.returncode == 2:
            raise EvaluationError(text)
        raise RuntimeError(f"eval ended with {process.returncode}: {text}")


def copy_regular(source: Path, place: Path, follow_links: bool = True) -> None:
    """Copy an ordinary file; EvaluationError, with its name, where it cannot be read."""
    try:
        place.write_bytes(read_regular(source, MAX_ARCHIVE_BYTES, follow_links))
    except OSError as error:
        raise EvaluationError(f"{source.name}: cannot be read any more ({error.strerror}); add it again.") from error


def _stop(process: subprocess.Popen[str]) -> None:
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGTERM)
    else:
        process.terminate()
