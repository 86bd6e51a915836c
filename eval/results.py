"""What `python -m eval run` leaves behind, and how it is read again.

A folder: `scores.json` (what every system scored on every topic; equal inputs
give an equal file), `cost.json` (date, machine and timings, which differ each
time), `qrels.trec` and `runs/NAME.run`. It is written beside its place and put
there by a rename, so that nothing is ever written half.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import msgspec

from eval.errors import RunError
from eval.types import Cost, Split, Topic
from index.files import whole_folder

SCORES = "scores.json"
COST = "cost.json"
FORMAT = 1

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class TopicResult:
    """What became of one topic: answered or refused, how surely, and what it scored.

    `right` says whether the first unit answers, `rank` where the first that
    does stands (None: nowhere), `first` is the first unit's label. `scores`
    holds every measure, and is empty for an unanswerable topic.
    """

    topic: str
    answerable: bool
    answered: bool
    confidence: float | None
    right: bool
    rank: int | None
    first: str
    scores: dict[str, float]


@dataclass(frozen=True, slots=True)
class SystemResult:
    """One system's results, topics in the benchmark's order. `shown` passages, of which `exact` are slices."""

    name: str
    refuses: bool
    probabilities: bool
    topics: tuple[TopicResult, ...]
    shown: int
    exact: int


@dataclass(frozen=True, slots=True)
class Results:
    """All systems of one run over one benchmark."""

    format: int
    benchmark: str
    split: Split
    threshold: int
    topics: tuple[Topic, ...]
    systems: tuple[SystemResult, ...]

    def system(self, name: str) -> SystemResult:
        """The system of that name; RunError, listing what there is, where there is none."""
        for system in self.systems:
            if system.name == name:
                return system
        known = ", ".join(system.name for system in self.systems)
        raise RunError(f"system {name!r} is not in these results, expected one of: {known}.")

    @property
    def counted(self) -> str:
        """How many topics there are, in the words that stand under every table."""
        answerable = sum(topic.answerable for topic in self.topics)
        return f"{self.benchmark}, split {self.split}: n = {answerable} answerable, {len(self.topics) - answerable} not"


@dataclass(frozen=True, slots=True)
class CostRecord:
    """When, where and how the systems were measured, and what each took."""

    date: str
    machine: str
    command: str
    systems: dict[str, Cost]


def write_results(out: Path, results: Results, costs: CostRecord, files: Mapping[str, str]) -> None:
    """Write a folder of results at `out`, in the place of an older one.

    RunError where something else stands there. `files`: further files by path.
    """
    check_place(out)
    with whole_folder(out) as folder:
        (folder / SCORES).write_bytes(json_file(results))
        (folder / COST).write_bytes(json_file(costs))
        for name, text in files.items():
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8", newline="\n")


def check_place(out: Path) -> None:
    """RunError where `out` holds anything but older results."""
    if out.exists() and not (out.is_dir() and (not any(out.iterdir()) or (out / SCORES).is_file())):
        raise RunError(f"{out}: is there already and holds no {SCORES}; name a new folder with --out.")


def json_file(value: object) -> bytes:
    """A value as a file of JSON that a person can read and compare; equal values give equal files."""
    return msgspec.json.format(msgspec.json.encode(value), indent=1) + b"\n"


def read_results(folder: Path) -> Results:
    """The results in a folder; RunError where it holds none, or of another format."""
    results = _decoded(folder / SCORES, Results)
    if results.format != FORMAT:
        raise RunError(f"{folder / SCORES}: format {results.format}, expected {FORMAT}. Run it again.")
    return results


def read_costs(folder: Path) -> CostRecord:
    """The costs in a folder; RunError where it holds none."""
    return _decoded(folder / COST, CostRecord)


def _decoded(path: Path, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(path.read_bytes(), type=kind)
    except OSError as error:
        raise RunError(
            f"{path}: cannot be read ({error.strerror}). Make it with 'python -m eval run --out {path.parent}'."
        ) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise RunError(f"{path}: not the results of a run ({error}). Run it again.") from error
