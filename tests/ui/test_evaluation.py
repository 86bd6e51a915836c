"""What the page measures is followed step by step and ends in a report, a sentence, or nothing where it was stopped."""

import shutil
from contextlib import nullcontext
from pathlib import Path

import pytest

from index.library.build import add_documents, remove_documents
from index.library.open import published_collection
from index.model.judgements import HEADER, QRELS, TOPICS, qrel_line, topics_text
from index.settings import Settings
from tests.conftest import SMALL_LETTER, write_letter
from ui.desk.evaluation import Evaluation, EvaluationError, Task


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


def own_benchmark(place: Path, qrel: str = "") -> Path:
    folder = place / "own"
    folder.mkdir()
    (folder / TOPICS).write_text(topics_text(["Hoeveel bruggen telt de gemeente?"]), encoding="utf-8")
    (folder / QRELS).write_text(HEADER + qrel, encoding="utf-8")
    return folder


def test_own_topics_are_measured_on_the_library_as_it_is(letter_settings: Settings, tmp_path: Path) -> None:
    """On what is searched: of two files of one name both, and none that is on disk but not in the library."""
    shutil.copytree(letter_settings.index, tmp_path / "library" / "index")
    settings = Settings(documents=tmp_path / "none", index=tmp_path / "library" / "index")
    texts = [SMALL_LETTER, SMALL_LETTER.replace("15 bruggen", "16 bruggen")]
    files = [write_letter(tmp_path / str(number), text) for number, text in enumerate(texts)]
    first, second = (entry.id for entry in add_documents(settings, files).added)
    remove_documents(settings, [first])
    for file in files:
        file.unlink()
    collection = published_collection(settings.index)
    (unit,) = (unit for unit in collection.units if unit.document == second and unit.numbers == (1,))
    assert unit.answer is not None
    for document, fault in ((second, ""), (first, "line 2")):
        benchmark = own_benchmark(tmp_path, qrel_line("q001", document, unit.label, unit.answer, 3))
        evaluation = Evaluation(settings, Task(("words",), "all", benchmark))
        with pytest.raises(EvaluationError, match=fault) if fault else nullcontext():
            assert [step.done for step in evaluation.run()][-1:] == [1]
        evaluation.close()
        assert not (tmp_path / "own").exists()


def test_what_cannot_be_measured_is_said_without_folders(letter_settings: Settings, tmp_path: Path) -> None:
    evaluation = Evaluation(letter_settings, Task(("words",), "test", own_benchmark(tmp_path)))
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
