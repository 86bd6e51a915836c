"""What is measured goes on whether or not somebody looks, one at a time, and is told as it is."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ui.desk.evaluation import EvaluationError, Step
from ui.desk.measurements import Measurement, Measurements, Outcome, read_outcomes

_TOPICS = [("A", "Waar?"), ("B", "Wanneer?"), ("C", "Wie?"), ("D", "Hoezo?"), ("E", "Welnee?")]


def scores_file(folder: Path) -> Path:
    """One system: a first answer, a third, none, and two questions without an answer."""
    became = [(True, True, 1), (True, True, 3), (True, True, None), (False, False, None), (False, True, None)]
    topics = [
        {"topic": topic, "answerable": answerable, "answered": answered, "rank": rank}
        for (topic, _), (answerable, answered, rank) in zip(_TOPICS, became, strict=True)
    ]
    questions = [{"id": topic, "question": question} for topic, question in _TOPICS]
    file = folder / "scores.json"
    file.write_text(json.dumps({"topics": questions, "systems": [{"name": "woordelijk", "topics": topics}]}))
    return file


class Made:
    """An evaluation that takes its steps when it is let, and fails where it is told to."""

    def __init__(self, folder: Path, error: Exception | None = None) -> None:
        self.go, self.cancelled, self.closed = threading.Event(), False, False
        self.scores = scores_file(folder)
        self._error, self._folder = error, folder

    def run(self) -> Iterator[Step]:
        yield Step("woordelijk", 0, 5, 0.0)
        self.go.wait(10)
        if self._error:
            raise self._error

    def report(self) -> str:
        return "<h1>x</h1>"

    def results_zip(self) -> Path:
        place = self._folder / "results.zip"
        place.write_bytes(b"PK")
        return place

    def cancel(self) -> None:
        self.cancelled = True
        self.go.set()

    def close(self) -> None:
        self.closed = True


def until(holds: Callable[[], bool]) -> None:
    for _ in range(500):
        if holds():
            return
        time.sleep(0.01)
    raise AssertionError("it did not come")


def measurement(made: Made) -> Measurement:
    return Measurement(made, "own")  # type: ignore[arg-type]


def test_it_goes_on_while_nobody_looks_and_is_found_again(tmp_path: Path) -> None:
    measurements, made = Measurements(), Made(tmp_path)
    begun = measurements.start("anna", measurement(made))
    until(lambda: begun.state == "measuring")
    assert measurements.start("anna", measurement(Made(tmp_path))) is begun
    assert measurements.latest("bob") is None
    made.go.set()
    until(lambda: begun.ended)
    found = measurements.latest("anna")
    assert found is begun
    assert (found.state, made.closed) == ("done", True)
    assert found.measured is not None
    assert (found.measured.report, found.measured.file.read_bytes()) == ("<h1>x</h1>", b"PK")
    again = measurements.start("anna", measurement(Made(tmp_path)))
    assert not found.measured.file.exists()
    again.cancel()
    until(lambda: again.ended)


def test_one_runs_at_a_time_and_the_next_waits(tmp_path: Path) -> None:
    measurements, first, second = Measurements(), Made(tmp_path), Made(tmp_path)
    one = measurements.start("anna", measurement(first))
    until(lambda: one.state == "measuring")
    other = measurements.start("bob", measurement(second))
    time.sleep(0.05)
    assert other.state == "waiting"
    one.cancel()
    until(lambda: other.state == "measuring")
    assert (one.state, one.measured) == ("cancelled", None)
    measurements.close()
    until(lambda: other.ended)


@pytest.mark.parametrize("error", [EvaluationError("qrels.tsv: no."), OSError(28, "No space left on device")])
def test_why_it_failed_is_kept(tmp_path: Path, error: Exception) -> None:
    made = Made(tmp_path, error)
    made.go.set()
    failed = Measurements().start("anna", measurement(made))
    until(lambda: failed.ended)
    assert (failed.state, failed.error, failed.measured) == ("failed", error, None)


def test_what_became_of_each_question_is_read(tmp_path: Path) -> None:
    assert read_outcomes(scores_file(tmp_path)) == {
        "woordelijk": (
            Outcome("Waar?", "first", 1),
            Outcome("Wanneer?", "lower", 3),
            Outcome("Wie?", "missed"),
            Outcome("Hoezo?", "rightly nothing"),
            Outcome("Welnee?", "answered all the same"),
        )
    }
