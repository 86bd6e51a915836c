"""Tables of judgements that were made by hand: a line a judgement, of spans of documents, without a word of theirs."""

import csv
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from eval.benchmark import lines_of
from eval.errors import BenchmarkError, refuse
from eval.tables import Table
from index.model.collection import Collection as Documents
from index.model.store import Record

T = TypeVar("T")
V = TypeVar("V", bound=str)


def read_rows(path: Path, read: Callable[[dict[str, str]], T], expected: str) -> list[T]:
    """What `read` makes of each row; BenchmarkError names every line that is not as expected."""
    faults: list[str] = []
    found: list[T] = []
    for number, row in enumerate(csv.DictReader(lines_of(path), delimiter="\t"), start=2):
        try:
            found.append(read(row))
        except (KeyError, TypeError, ValueError) as error:
            faults.append(f"{path}:{number}: not {expected} ({error}).")
    refuse(faults)
    return found


def one_of(values: Sequence[V], row: dict[str, str], column: str) -> V:
    """The value in that column; ValueError where it is none of these."""
    value = next((value for value in values if value == row[column]), None)
    if value is None:
        raise ValueError(f"{column} is {row[column]!r}, expected one of {', '.join(values)}")
    return value


def judged_records(documents: Collection[str], collection: Documents) -> list[Record]:
    """The judged documents (ids) that the collection has; BenchmarkError where it has none."""
    there = [number for number, head in enumerate(collection.heads) if head.id in documents]
    if not there:
        raise BenchmarkError(
            f"None of the {len(documents)} judged documents is there. Name their folder with --documents."
        )
    return [collection.store.record(number) for number in there]


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many; 1 of none."""

    right: int
    of: int

    @property
    def value(self) -> float:
        return self.right / self.of if self.of else 1.0


def shares_table(title: str, note: str, scores: dict[str, Share]) -> Table:
    """Shares by what they are of."""
    rows = tuple((name, str(s.of), str(s.right), f"{s.value:.3f}") for name, s in scores.items())
    return Table(title, note, ("what", "of", "right", "share"), rows)
