"""Measure what is told of sub-questions and their answers against a table that was made by hand.

The table (`judgements.tsv`) has no sentence: a document's id, the span of a
sub-question, whether its answer answers it, and where the sentences begin that
do. As a control the answers of each document are given to its next question:
what is then told to be answered was told wrongly.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from eval.by_hand.tables import Share, judged_records, one_of, read_rows, shares_table
from eval.tables import Table
from index.language.span import Span
from index.model.collection import Collection
from index.model.store import Record
from index.search.coverage import Covered, Status, coverage
from index.settings import ROOT

JUDGEMENTS = ROOT / "eval" / "benchmarks" / "coverage" / "judgements.tsv"
STATUSES: tuple[Status, ...] = ("answered", "partly", "elsewhere", "not found")


@dataclass(frozen=True, slots=True)
class Judged:
    """A sub-question of a document, whether it is answered, and where the sentences that answer it begin."""

    document: str
    span: Span
    status: Status
    evidence: frozenset[int]


def read_judgements(path: Path = JUDGEMENTS) -> tuple[Judged, ...]:
    """Read a table; BenchmarkError names every line that is not as expected."""
    return tuple(read_rows(path, _judged, "document, start, end, status and evidence"))


def _judged(row: dict[str, str]) -> Judged:
    status = one_of(STATUSES, row, "status")
    evidence = frozenset(int(start) for start in row["evidence"].split(",") if start)
    return Judged(row["document"], Span(int(row["start"]), int(row["end"])), status, evidence)


def score(judged: Sequence[Judged], collection: Collection) -> dict[str, Share]:
    """How often what is told is right; BenchmarkError where the collection has none of the judged documents.

    "parted": sub-questions with the very span; "status": with the status that
    was judged; "not found": of those, those judged so; "no full answer": those
    told as not found that were judged so or partly answered; "evidence": of
    those answered or partly answered, those shown with a sentence that was
    judged to answer; "other answers": with the answer of the next question,
    those not told to be answered.
    """
    records = judged_records({one.document for one in judged}, collection)
    told = {(r.document.id, one.start, one.end): one for r in records for one in coverage(r)}
    there = {record.document.id for record in records}
    wanted = [one for one in judged if one.document in there]
    pairs = [(one, told.get((one.document, one.span.start, one.span.end))) for one in wanted]
    both = [(one, found) for one, found in pairs if found]
    silent = [one for one, found in both if found.status == "not found"]
    said = [(one, found) for one, found in both if one.status in ("answered", "partly") and found.evidence]
    return {
        "parted": Share(len(both), len(pairs)),
        "status": Share(sum(one.status == found.status for one, found in both), len(both)),
        "not found": Share(sum(one.status == "not found" for one in silent), len(silent)),
        "no full answer": Share(sum(one.status in ("not found", "partly") for one in silent), len(silent)),
        "evidence": Share(sum(bool(one.evidence & _starts(found)) for one, found in said), len(said)),
        "other answers": _control(records),
    }


def _starts(found: Covered) -> set[int]:
    return {evidence.start for evidence in found.evidence}


def _control(records: Iterable[Record]) -> Share:
    told = Counter(one.status != "answered" for record in records for one in coverage(_turned(record)))
    return Share(told[True], told.total())


def _turned(record: Record) -> Record:
    """The document in which each question has the answer of the next that has one."""
    asked = [unit for unit in record.units if unit.kind == "question" and unit.answer]
    following = dict(zip((unit.id for unit in asked), [*asked[1:], *asked[:1]], strict=True))
    return Record(
        record.document,
        tuple(
            replace(unit, answer=other.answer, tables=other.tables, footnotes=(), asked_within=other.asked_within)
            for unit in asked
            for other in (following[unit.id],)
        ),
    )


def table_of(scores: dict[str, Share], judged: Sequence[Judged]) -> Table:
    """The scores as a table."""
    note = f"{len(judged)} sub-questions judged; what each row counts is said in eval/benchmarks/coverage."
    return shares_table("Sub-questions and their answers", note, scores)
