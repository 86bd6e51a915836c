"""What the minister promises and refuses in each document, found when the document is added.

So that all of a library is told without reading its documents. Only the
minister's answers are looked at: never the members' words, a table, an annex
or a footnote.
"""

import datetime
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

import msgspec
import numpy as np
from numpy.typing import NDArray

from index.language.parliament.promise_kinds import VERDICTS, Verdict
from index.language.parliament.promises import undertakings
from index.language.sentences import sentence_spans
from index.language.span import Span
from index.model.parts import parts
from index.model.store import Columns, Record


@dataclass(frozen=True, slots=True)
class Promise:
    """A sentence that promises or refuses, of the unit with these numbers and this label.

    `text` is the slice `start:end` (code points) of the document; `moment` is
    a slice of it, where it states one, and `by` its last day, where that is
    known; `to` a slice too, who will be told. `rule` is what found it.
    """

    verdict: Verdict
    rule: str
    numbers: tuple[int, ...]
    label: str
    text: str
    start: int
    end: int
    moment: str | None = None
    by: datetime.date | None = None
    to: str | None = None


# Once, before there are threads (see `index/library/segment_files.py`).
_DECODER = msgspec.json.Decoder(tuple[Promise, ...])


def promises(record: Record) -> Iterator[Promise]:
    """The promises and refusals of one document, by offset; of a sentence that has both the promise first."""
    document = record.document
    for part in parts(document, record.units):
        if part.unit is None or part.field != "answer" or part.speaker != "minister":
            continue
        for sentence in sentence_spans(document.text, part.span.start, part.span.end):
            text = sentence.of(document.text)
            for found in undertakings(text, document.date):
                moment = found.moment
                yield Promise(
                    found.verdict,
                    found.rule,
                    part.unit.numbers,
                    part.unit.label,
                    text,
                    sentence.start,
                    sentence.end,
                    moment.span.of(text) if moment else None,
                    moment.by if moment else None,
                    found.to.of(text) if found.to else None,
                )


def encoded_promises(record: Record) -> bytes:
    """The promises of one document as JSON, to keep."""
    return msgspec.json.encode(tuple(promises(record)))


def read_promises(encoded: bytes) -> tuple[Promise, ...]:
    """What `encoded_promises` wrote."""
    return _DECODER.decode(encoded)


class Undertaken:
    """The sentences of some documents that promise or refuse, each in the passage that holds it whole."""

    def __init__(self, columns: Columns, of_documents: Iterable[Iterable[Promise]]) -> None:
        found = [
            (document, one.start, one.end, VERDICTS.index(one.verdict))
            for document, own in enumerate(of_documents)
            for one in own
        ]
        documents, starts, ends, verdicts = np.array(found, dtype=np.int64).reshape(-1, 4).T
        self._passages = len(columns.document)
        # The passages of a document do not overlap: the last that begins at or before a sentence has it, or none has.
        passages = (columns.document.astype(np.int64) << 32) | columns.start
        order = np.argsort(passages, kind="stable")
        before = np.searchsorted(passages[order], (documents << 32) | starts, side="right") - 1
        rows = order[np.maximum(before, 0)]
        held = (before >= 0) & (columns.document[rows] == documents) & (ends <= columns.end[rows])
        by_row = np.argsort(rows[held], kind="stable")
        self._rows, self._verdicts = rows[held][by_row], verdicts[held][by_row]
        self._starts, self._ends = starts[held][by_row], ends[held][by_row]

    def passages(self, verdicts: Collection[Verdict]) -> NDArray[np.bool_]:
        """The mask of the passages with a sentence of any of these verdicts."""
        mask = np.zeros(self._passages, dtype=np.bool_)
        mask[self._rows[self._of(verdicts)]] = True
        return mask

    def sentences(self, row: int, verdicts: Collection[Verdict]) -> tuple[Span, ...]:
        """Where those sentences stand in the document of the passage in `row`, each once, in order."""
        own = slice(*np.searchsorted(self._rows, [row, row + 1]))
        of = self._of(verdicts)[own]
        pairs = zip(self._starts[own][of].tolist(), self._ends[own][of].tolist(), strict=True)
        return tuple(Span(start, end) for start, end in dict.fromkeys(pairs))

    def _of(self, verdicts: Collection[Verdict]) -> NDArray[np.bool_]:
        return np.isin(self._verdicts, [VERDICTS.index(verdict) for verdict in verdicts])
