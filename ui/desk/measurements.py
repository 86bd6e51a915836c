"""What is being measured for each person, whether or not he stays to look at it.

One evaluation runs at a time, in a thread of its own; a person has one, and
finds it as it is now when he comes back to the page.
"""

import json
import shutil
import tempfile
import threading
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from ui.desk.evaluation import Evaluation, Step

State = Literal["waiting", "preparing", "measuring", "reporting", "done", "cancelled", "failed"]
ENDED: tuple[State, ...] = ("done", "cancelled", "failed")
# What became of a question: with an answer that is found, or further down, or not; without one, rightly nothing or not.
Became = Literal["missed", "answered all the same", "lower", "first", "rightly nothing"]
# So many people's last measurements are kept.
_MOST_KEPT = 50


@dataclass(frozen=True, slots=True)
class Outcome:
    """A question and what became of it; `rank` is where the first passage that answers stands, from 1."""

    question: str
    became: Became
    rank: int | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """The results: what became of each question with each system, the report as HTML, and a file of everything."""

    systems: dict[str, tuple[Outcome, ...]]
    report: str
    file: Path


class Measurement:
    """One evaluation and how far it is. `questions` is whose they are: "own" or "shipped"."""

    def __init__(self, evaluation: Evaluation, questions: str) -> None:
        self.questions = questions
        self.state: State = "waiting"
        self.step: Step | None = None
        self.measured: Measured | None = None
        self.error: Exception | None = None
        self._evaluation = evaluation
        self._folder = Path(tempfile.mkdtemp(prefix="measured-"))

    @property
    def ended(self) -> bool:
        """Whether nothing more will come."""
        return self.state in ENDED

    def run(self) -> None:
        """Measure to the end; whatever happens is told by `state`."""
        try:
            self.state = "preparing"
            for step in self._evaluation.run():
                self.step, self.state = step, "measuring"
            self.state = "reporting"
            report = self._evaluation.report()
            if not self._evaluation.cancelled:
                file = Path(shutil.move(self._evaluation.results_zip(), self._folder))
                self.measured = Measured(read_outcomes(self._evaluation.scores), report, file)
            self.state = "cancelled" if self._evaluation.cancelled else "done"
        except Exception as error:
            self.error = error
            self.state = "cancelled" if self._evaluation.cancelled else "failed"
        finally:
            self._evaluation.close()

    def cancel(self) -> None:
        """Stop it; what it had is not kept."""
        self._evaluation.cancel()

    def forget(self) -> None:
        """Stop it and remove its file."""
        self.cancel()
        shutil.rmtree(self._folder, ignore_errors=True)


class Measurements:
    """The last measurement of each person."""

    def __init__(self) -> None:
        self._latest: OrderedDict[str, Measurement] = OrderedDict()
        self._lock = threading.Lock()
        self._turn = threading.Lock()

    def latest(self, person: str) -> Measurement | None:
        """The measurement that a person began last."""
        return self._latest.get(person)

    def start(self, person: str, measurement: Measurement) -> Measurement:
        """Begin one in the place of the person's last; while that still runs, it stays and is given."""
        with self._lock:
            last = self._latest.get(person)
            if last is not None and not last.ended:
                measurement.forget()
                return last
            if last is not None:
                last.forget()
            self._latest[person] = measurement
            self._latest.move_to_end(person)
            self._drop_oldest()
        threading.Thread(target=self._in_turn, args=(measurement,), daemon=True).start()
        return measurement

    def close(self) -> None:
        for measurement in list(self._latest.values()):
            measurement.cancel()

    def _in_turn(self, measurement: Measurement) -> None:
        with self._turn:
            measurement.run()

    def _drop_oldest(self) -> None:
        over = max(0, len(self._latest) - _MOST_KEPT)
        for person in [name for name, kept in self._latest.items() if kept.ended][:over]:
            self._latest.pop(person).forget()


def read_outcomes(scores: Path) -> dict[str, tuple[Outcome, ...]]:
    """What became of each question with each system, in the order in which they were asked, by what `eval` wrote."""
    found = json.loads(scores.read_text("utf-8"))
    questions = {topic["id"]: topic["question"] for topic in found["topics"]}
    return {
        system["name"]: tuple(_outcome(questions[one["topic"]], one) for one in system["topics"])
        for system in found["systems"]
    }


def _outcome(question: str, result: dict[str, Any]) -> Outcome:
    if not result["answerable"]:
        return Outcome(question, "answered all the same" if result["answered"] else "rightly nothing")
    rank = result["rank"]
    return Outcome(question, "missed" if rank is None else "first" if rank == 1 else "lower", rank)
