"""What the minister promises and refuses in each document, found when the document is added.

So that all of a library is told without reading its documents. Only the
minister's answers are looked at: never the members' words, a table, an annex
or a footnote.
"""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import msgspec
import numpy as np
from numpy.typing import NDArray

from index.language.promises import Verdict, undertakings
from index.language.sentences import sentence_spans
from index.model.arrays import Arrays, starts_of
from index.model.parts import parts
from index.model.store import Record


@dataclass(frozen=True, slots=True)
class Promise:
    """A sentence that promises or refuses, of the unit with these numbers and this label.

    `text` is the slice `start:end` (code points) of the document; `moment` is
    a slice of it, where it states one, and `by` its last day, where that is
    known. `rule` is what found it.
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
                )


@dataclass(frozen=True)
class StoredPromises:
    """Those of some documents: the JSON of each, in `content` from one of the `starts` to the next."""

    content: NDArray[np.uint8]
    starts: NDArray[np.int64]

    @classmethod
    def of(cls, records: Iterable[Record]) -> "StoredPromises":
        """Find those of these documents."""
        return cls._joined(
            [np.frombuffer(msgspec.json.encode(tuple(promises(record))), dtype=np.uint8) for record in records]
        )

    @classmethod
    def of_arrays(cls, arrays: Arrays) -> "StoredPromises":
        """Those among `arrays`."""
        return cls(arrays["content"], arrays["starts"])

    @classmethod
    def merged(cls, stored: Sequence["StoredPromises"], chosen: Sequence[tuple[int, int]]) -> "StoredPromises":
        """Those of the `chosen` documents, in order: of each the part that has it, and its number there."""
        return cls._joined([stored[part]._encoded(number) for part, number in chosen])

    @classmethod
    def _joined(cls, encoded: Sequence[NDArray[np.uint8]]) -> "StoredPromises":
        content = np.concatenate([np.zeros(0, np.uint8), *encoded])
        return cls(content, starts_of(np.array([len(one) for one in encoded], dtype=np.int64)))

    @property
    def arrays(self) -> Arrays:
        """All of it, by name."""
        return {"content": self.content, "starts": self.starts}

    def of_document(self, number: int) -> tuple[Promise, ...]:
        """Those of one document, by its number."""
        return _DECODER.decode(self._encoded(number).tobytes())

    def _encoded(self, number: int) -> NDArray[np.uint8]:
        return self.content[self.starts[number] : self.starts[number + 1]]
