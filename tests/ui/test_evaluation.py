"""What the page measures is followed step by step and ends in a report, a sentence, or nothing where it was stopped."""

from pathlib import Path

import pytest

from index.model.judgements import HEADER, QRELS, TOPICS, topics_text
from index.settings import Settings
from ui.evaluation import Evaluation, EvaluationError, Task


def test_a_measurement_is_followed_to_its_report() -> None:
    evaluation = Evaluation(Settings(), Task(("words", "stems"), "test"))
    try:
        steps = list(evaluation.run())
        body, content = evaluation.report(), evaluation.results_zip().read_bytes()
    finally:
        evaluation.close()
    assert list(dict.fromkeys(step.system for step in steps)) == ["words", "stems"]
    shares = [step.share for step in steps]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    assert body.startswith("<h1>")
    assert "words against stems, topic by topic" in body
    assert "<body" not in body
    assert content.startswith(b"PK")


def test_what_cannot_be_measured_is_said_without_folders(tmp_path: Path) -> None:
    settings = Settings(documents=tmp_path / "none", index=tmp_path / "index")
    (tmp_path / TOPICS).write_text(topics_text(["Wat?"]), encoding="utf-8")
    (tmp_path / QRELS).write_text(HEADER, encoding="utf-8")
    evaluation = Evaluation(settings, Task(("words",), "test", tmp_path))
    evaluation._library = lambda: Settings().documents  # type: ignore[method-assign]
    try:
        with pytest.raises(EvaluationError, match=f"^{QRELS}: topic 'q001' is answerable"):
            list(evaluation.run())
    finally:
        evaluation.close()


def test_what_is_stopped_says_nothing() -> None:
    evaluation = Evaluation(Settings(), Task(("words",), "test"))
    next(evaluation.run())
    evaluation.cancel()
    assert (list(evaluation.run()), evaluation.report()) == ([], "")
    evaluation.close()
