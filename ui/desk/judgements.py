"""What people think of the passages they were shown: kept here, and handed over as a benchmark after review.

A judgement is about one question and one range of a document. It is a line of
JSON in a file beside the index; the last line about the same range counts.
"""

import errno
import json
import os
import threading
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from index.errors import OutputError, WoordelijkError
from index.language.span import Span
from index.model.collection import Collection
from index.model.judgements import HEADER, QRELS, TOPICS, qrel_line, topic_id, topics_text, unit_spans
from index.model.types import Unit
from index.settings import Settings
from rag.question.query import LONGEST_QUESTION

# As judgements of a benchmark are: 3 answers fully, 0 does not answer.
ANSWERS, DOES_NOT = 3, 0


class JudgementError(WoordelijkError):
    """A judgement that is about nothing that there is, or a file of them that cannot be used."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether a range of a document (code points) answers a question; `relevance` is 0 to 3."""

    question: str
    document: str
    start: int
    end: int
    relevance: int


class Judgements:
    """The judgements in one file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()

    @classmethod
    def of(cls, settings: Settings) -> "Judgements":
        """Those about the documents of an index: in a file beside it."""
        return cls(settings.beside / "judgements.jsonl")

    def judge(self, collection: Collection, judgement: Judgement, taken_back: bool = False) -> None:
        """Keep a judgement in the place of an earlier one on the same, or take that back.

        JudgementError where it is about no passage of `collection`, or no question.
        """
        if not judgement.question.strip() or len(judgement.question) > LONGEST_QUESTION:
            raise JudgementError(f"The question has {len(judgement.question)} characters; expected 1 to 2,000.")
        if judgement.relevance not in range(ANSWERS + 1):
            raise JudgementError(f"relevance is {judgement.relevance}; expected 0 to {ANSWERS}.")
        if _unit(collection, judgement) is None:
            raise JudgementError(
                f"[{judgement.start}, {judgement.end}) of {judgement.document[:40]}: no passage of a question or annex."
            )
        record = {**asdict(judgement), "relevance": None if taken_back else judgement.relevance}
        with self._lock:
            _append(self.path, (json.dumps(record, ensure_ascii=False) + "\n").encode("utf-8"))

    def all(self) -> tuple[Judgement, ...]:
        """Those that count, in the order in which their questions were first judged."""
        return self.read()[0]

    def read(self) -> tuple[tuple[Judgement, ...], tuple[int, ...]]:
        """Those that count, as `all` gives them, and the numbers (from 1) of the lines that are no judgements.

        Such a line is what a full disk or another program left; it costs the
        others nothing. JudgementError where the file cannot be read at all.
        """
        found: dict[tuple[str, str, int, int], Judgement] = {}
        questions: dict[str, int] = {}
        unreadable: list[int] = []
        for number, line in enumerate(self._lines(), start=1):
            if not line.strip():
                continue
            if (judgement := _read(line)) is None:
                unreadable.append(number)
                continue
            key = (judgement.question, judgement.document, judgement.start, judgement.end)
            questions.setdefault(judgement.question, number)
            if judgement.relevance < 0:
                found.pop(key, None)
            else:
                found[key] = judgement
        return tuple(sorted(found.values(), key=lambda one: questions[one.question])), tuple(unreadable)

    def _lines(self) -> list[bytes]:
        if not self.path.exists():
            return []
        try:
            return self.path.read_bytes().split(b"\n")
        except OSError as error:
            raise JudgementError(f"{self.path}: cannot be read ({error}).") from error


def _append(path: Path, line: bytes) -> None:
    """Write a whole line at the end of the file, or nothing; OutputError where that cannot be.

    What a killed program left of a line stays by itself, on a line of its own.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a+b", buffering=0) as file:
            size = file.seek(0, os.SEEK_END)
            if size:
                file.seek(size - 1)
                line = line if file.read(1) == b"\n" else b"\n" + line
            try:
                written = file.write(line)
                if written != len(line):
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            except OSError:
                file.truncate(size)
                raise
    except OSError as error:
        raise OutputError(f"{path.name}: cannot be written ({error.strerror}). Nothing was changed.") from error


def _read(line: bytes) -> Judgement | None:
    """The judgement on a line, with -1 for one that is taken back; None where it is not one."""
    try:
        record: dict[str, Any] = json.loads(line)
        relevance = record["relevance"]
        return Judgement(
            str(record["question"]),
            str(record["document"]),
            int(record["start"]),
            int(record["end"]),
            -1 if relevance is None else int(relevance),
        )
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return None


def _unit(collection: Collection, judgement: Judgement) -> Unit | None:
    """The unit in which a judged range stands, None where it stands in none."""
    if judgement.start < 0 or judgement.end <= judgement.start:
        return None
    span = Span(judgement.start, judgement.end)
    for unit in collection.units:
        if unit.document == judgement.document and any(part.contains(span) for part in unit_spans(unit)):
            return unit
    return None


def passage(collection: Collection, judgement: Judgement) -> tuple[str, str] | None:
    """The label of the unit and the words that were judged; None where the document is no longer there."""
    unit = _unit(collection, judgement)
    if unit is None:
        return None
    return unit.label, collection.document(unit.document).text[judgement.start : judgement.end]


@dataclass(frozen=True, slots=True)
class OwnBenchmark:
    """A benchmark made of judgements: its files by name, how many questions it has, and how many were left out."""

    files: Mapping[str, str]
    count: int
    left_out: int

    def zipped(self) -> bytes:
        """The files as one; equal judgements give an equal file."""
        content = BytesIO()
        with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in self.files.items():
                archive.writestr(zipfile.ZipInfo(name), text)
        return content.getvalue()


def own_benchmark(collection: Collection, judgements: Sequence[Judgement]) -> OwnBenchmark:
    """A benchmark of judgements.

    A question without an answering passage is left out: whether the documents
    answer it is not known.
    """
    usable = [(one, unit) for one in judgements if (unit := _unit(collection, one)) is not None]
    answered = {one.question for one, _ in usable if one.relevance >= 2}
    asked = list(dict.fromkeys(one.question for one, _ in usable if one.question in answered))
    names = {question: topic_id(number) for number, question in enumerate(asked, start=1)}
    rows = [
        qrel_line(names[one.question], one.document, unit.label, Span(one.start, one.end), one.relevance)
        for one, unit in usable
        if one.question in names
    ]
    left_out = len({one.question for one in judgements} - answered)
    return OwnBenchmark({TOPICS: topics_text(asked), QRELS: "".join([HEADER, *rows])}, len(names), left_out)
