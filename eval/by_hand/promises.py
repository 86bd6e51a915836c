"""Measure which sentences are told to promise or refuse, against a table that was made by hand.

The table (`judgements.tsv`) has no sentence: a document's id, the span of the
sentence, what it is, and the span of its moment. A document in which nothing
is promised has a line of its own with the id alone. All that it does not have
is judged to be nothing.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.by_hand.tables import judged_records, one_of, read_rows
from eval.tables import Table
from index.language.parliament.promise_kinds import VERDICTS, Verdict
from index.language.span import Span
from index.model.collection import Collection
from index.search.promises import Promise, promises
from index.settings import ROOT

JUDGEMENTS = ROOT / "eval" / "benchmarks" / "promises" / "judgements.tsv"


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence of a document, what it is, and where its moment stands, if it states one."""

    document: str
    span: Span
    verdict: Verdict
    moment: Span | None


@dataclass(frozen=True, slots=True)
class Judgements:
    """The sentences judged, and the ids of the documents that were read whole for it."""

    documents: tuple[str, ...]
    sentences: tuple[Judged, ...]


def read_judgements(path: Path = JUDGEMENTS) -> Judgements:
    """Read a table; BenchmarkError names every line that is not as expected."""
    rows = read_rows(path, _judged, "document, start, end, class, moment_start and moment_end")
    documents = dict.fromkeys(document for document, _ in rows)
    return Judgements(tuple(documents), tuple(judged for _, judged in rows if judged))


def _judged(row: dict[str, str]) -> tuple[str, Judged | None]:
    """The document of a row, and what is judged in it, if it says that."""
    if not row["start"]:
        return row["document"], None
    verdict = one_of(VERDICTS, row, "class")
    moment = Span(int(row["moment_start"]), int(row["moment_end"])) if row["moment_start"] else None
    return row["document"], Judged(row["document"], Span(int(row["start"]), int(row["end"])), verdict, moment)


@dataclass(frozen=True, slots=True)
class Score:
    """How many were found rightly, found wrongly, and missed."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """Of what was found, how much is right; 1 where nothing was."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Of what there is, how much was found; 1 where there is nothing."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


def score(judgements: Judgements, collection: Collection) -> dict[str, Score]:
    """The score of each verdict, of "all" together, and of the "moment" of what was found rightly.

    Only documents that were judged are looked at; BenchmarkError where the collection has none of them.
    """
    records = judged_records(judgements.documents, collection)
    found = [(record.document.id, one) for record in records for one in promises(record)]
    there = {record.document.id for record in records}
    judged = [one for one in judgements.sentences if one.document in there]
    scores: dict[str, Score] = {verdict: _score(verdict, found, judged) for verdict in VERDICTS}
    return {**scores, "all": _sum(scores.values()), "moment": _moments(found, judged)}


def _score(verdict: Verdict, found: Sequence[tuple[str, Promise]], judged: Sequence[Judged]) -> Score:
    there = Counter((one.document, one.span.start) for one in judged if one.verdict == verdict)
    told = Counter((document, one.start) for document, one in found if one.verdict == verdict)
    right = (there & told).total()
    return Score(right, told.total() - right, there.total() - right)


def _sum(scores: Iterable[Score]) -> Score:
    scores = tuple(scores)
    return Score(sum(s.right for s in scores), sum(s.wrong for s in scores), sum(s.missed for s in scores))


def _moments(found: Sequence[tuple[str, Promise]], judged: Sequence[Judged]) -> Score:
    """The moments of the sentences that were told rightly: right are those in the very words."""
    told = {(document, one.start, one.verdict): one for document, one in found}
    pairs = [(told.get((one.document, one.span.start, one.verdict)), one) for one in judged]
    outcomes = Counter(_outcome(one, truth) for one, truth in pairs if one)
    return Score(outcomes["right"], outcomes["wrong"], outcomes["missed"])


def _outcome(found: Promise, judged: Judged) -> str:
    if judged.moment is None:
        return "wrong" if found.moment else "none"
    if found.moment is None:
        return "missed"
    place = judged.moment.start - judged.span.start
    stated = found.text[place : place + judged.moment.end - judged.moment.start]
    return "right" if stated == found.moment else "wrong"


def table_of(scores: dict[str, Score], judgements: Judgements, documents: int) -> Table:
    """The scores as a table."""
    rows = tuple(
        (name, str(s.right + s.missed), str(s.right), str(s.wrong), f"{s.precision:.3f}", f"{s.recall:.3f}")
        for name, s in scores.items()
    )
    note = (
        f"{documents} of {len(judgements.documents)} judged documents; their other sentences are judged to be nothing. "
        "A moment is right where it has the very words."
    )
    header = ("what", "judged", "right", "wrong", "precision", "recall")
    return Table("Promises and refusals", note, header, rows)
