"""What the minister promises and refuses in each document, found when the document is added.

So that all of a library is told without reading its documents. Only the
minister's answers are looked at: never the members' words, a table, an annex
or a footnote.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from index.language.promises import Verdict, undertakings
from index.language.sentences import sentence_spans
from index.model.parts import parts
from index.model.store import Record


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
