"""The scores last accepted, and whether the code still gives them.

A file of `eval/expected` names a benchmark, a split, a system, the scores
accepted and a tolerance. Scores that rise beyond it fail like those that fall:
either way somebody should look, and accept them with `--accept`.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from eval.abstention import abstention
from eval.dataset import Dataset
from eval.errors import RegressionError
from eval.evaluate import prepare, score
from eval.measure_system import run_here
from eval.measures import Measure
from eval.results import SystemResult, json_file
from eval.systems import SystemSpec
from eval.tables import values
from eval.types import Split, Topic
from index.files import write_whole
from index.settings import ROOT

FOLDER = ROOT / "eval" / "expected"
_NAMED = 30


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is kept of a topic: its RR@10 (0 for an unanswerable one) and whether it was answered."""

    reciprocal_rank: float
    answered: bool


@dataclass(frozen=True, slots=True)
class Expected:
    """The accepted scores of one system. `benchmark` is a path in the project, `tolerance` one of every mean."""

    command: str
    benchmark: str
    split: Split
    system: str
    tolerance: float
    means: dict[str, float]
    topics: dict[str, Outcome]


def read_expected(path: Path) -> Expected:
    """The accepted scores in a file; RegressionError where it cannot be read."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Expected)
    except OSError as error:
        raise RegressionError(f"{path}: cannot be read ({error.strerror}).") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise RegressionError(f"{path}: not a file of expected scores ({error}).") from error


def expected_files(folder: Path) -> tuple[Path, ...]:
    """The files of accepted scores, by name; RegressionError where there are none."""
    paths = tuple(sorted(folder.glob("*.json")))
    if not paths:
        raise RegressionError(f"{folder}: no file of expected scores (*.json) found, so there is nothing to check.")
    return paths


def measured(expected: Expected, documents: Path) -> Expected:
    """The same system on the same topics, as the code scores them now; of a table made by hand, its shares."""
    if expected.system in _TABLES:
        shares = _TABLES[expected.system](documents)
        return replace(expected, means={name: round(value, 4) for name, value in shares.items()})
    dataset = Dataset(ROOT / expected.benchmark, documents)
    collection, benchmark = prepare(dataset, expected.split)
    run = run_here(SystemSpec.of(expected.system), collection, benchmark.topics)
    result = score(benchmark, run, collection)
    outcomes = {t.topic: Outcome(round(t.scores.get(Measure.RR_10, 0.0), 4), t.answered) for t in result.topics}
    return replace(expected, means=_means(result, benchmark.topics), topics=outcomes)


def _coverage(documents: Path) -> dict[str, float]:
    from eval.by_hand.coverage import read_judgements
    from eval.by_hand.coverage import score as score_coverage
    from index.library.collect import read_collection

    return {name: s.value for name, s in score_coverage(read_judgements(), read_collection(documents, [])).items()}


def _compare(documents: Path) -> dict[str, float]:
    from eval.by_hand.compare import LETTER, read_edits
    from eval.by_hand.compare import score as score_edits

    return {name: s.value for name, s in score_edits(read_edits(), documents / LETTER.name).items()}


# What is measured against a table made by hand, and not by topics.
_TABLES: dict[str, Callable[[Path], dict[str, float]]] = {"coverage": _coverage, "compare": _compare}


def _means(result: SystemResult, topics: tuple[Topic, ...]) -> dict[str, float]:
    means = {measure.value: sum(found) / len(found) for measure in Measure if (found := values(result, measure))}
    refusals = abstention(result.topics, topics)
    shares = {
        "unanswerable refused": refusals.refused_share,
        "answerable refused": refusals.refused_wrongly,
        "refusal area": refusals.refusal_area,
        "risk-coverage area": refusals.risk_area,
        "exact share": result.exact / result.shown if result.shown else None,
    }
    return {name: round(value, 4) for name, value in {**means, **shares}.items() if value is not None}


def regressions(expected: Expected, now: Expected) -> tuple[str, ...]:
    """What moved beyond the tolerance, and then the topics that changed; empty where nothing did.

    A passage that is no slice, and another set of topics, are regressions at any tolerance.
    """
    found = [
        f"{name}: {_shown(expected.means.get(name))} accepted, {_shown(now.means.get(name))} now"
        for name in dict.fromkeys([*expected.means, *now.means])
        if _moved(expected.means.get(name), now.means.get(name), expected.tolerance)
    ]
    if now.means.get("exact share", 1.0) != 1.0:
        found.append(f"exact share: {now.means['exact share']}, and it must be 1")
    if set(expected.topics) != set(now.topics):
        names = sorted(set(expected.topics) ^ set(now.topics))
        found.append(f"other topics: {', '.join(names[:_NAMED])}")
    return (*found, *_changed(expected, now)) if found else ()


def _moved(before: float | None, now: float | None, tolerance: float) -> bool:
    return before is None or now is None or abs(now - before) > tolerance + 1e-9


def _shown(value: float | None) -> str:
    return "nothing" if value is None else f"{value:.4f}"


def _changed(expected: Expected, now: Expected) -> list[str]:
    both = [topic for topic in expected.topics if topic in now.topics]
    lines = []
    for topic in both:
        before, after = expected.topics[topic], now.topics[topic]
        if before != after:
            lines.append(f"  topic {topic}: {_outcome(before)} accepted, {_outcome(after)} now")
    more = [f"  … and {len(lines) - _NAMED} more topics"] if len(lines) > _NAMED else []
    return lines[:_NAMED] + more


def _outcome(outcome: Outcome) -> str:
    return f"{Measure.RR_10} {outcome.reciprocal_rank:.2f}{'' if outcome.answered else ' refused'}"


def write_expected(path: Path, expected: Expected) -> None:
    """Put the accepted scores in place by one rename."""
    write_whole(path, json_file(expected))
