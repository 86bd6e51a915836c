"""The amounts, percentages and numbers that are said of something in each document, found when it is added.

So that a library is looked through for the same quantity with another value
without reading its documents. Never what the members say, and no footnote.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import msgspec

from index.language.analyser import content_words, is_number, stem
from index.language.regex import regex
from index.language.sentences import sentence_spans
from index.language.span import Span
from index.language.values.articles import articles
from index.language.values.quantities import QuantityKind, quantities
from index.model.parts import parts
from index.model.store import Record

_YEAR = regex(r"(?<![\d.,])(?:19|20)\d\d(?![\d.,]*\d)")
# Code points before and behind a figure in which the noun stands that it counts; figures of one sentence.
_BESIDE = 60
_MOST = 20
_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class SaidFigure:
    """A figure of a document: `text[start:end]`, in the sentence from `sentence_start`, of the unit with this label.

    `value` is in euros, hundredths or by itself; `noun` the stem of what it
    counts, `place` its place, from 0, among the figures of the sentence;
    `year` the one named nearest to it there, else that of the document, None
    where neither is known. `words` are the `content` of the sentence.
    """

    kind: QuantityKind
    noun: str
    place: int
    year: int | None
    value: str
    start: int
    end: int
    sentence: str
    sentence_start: int
    label: str
    words: str


# Once, before there are threads (see `index/library/segment_files.py`).
_DECODER = msgspec.json.Decoder(tuple[SaidFigure, ...])


def said_figures(record: Record) -> Iterator[SaidFigure]:
    """The figures of one document, in its order."""
    document = record.document
    stated = document.date.year if document.date else None
    for part in parts(document, record.units):
        if part.unit is None or part.field != "answer" or part.speaker == "members":
            continue
        for sentence in sentence_spans(document.text, part.span.start, part.span.end):
            if sentence.end - sentence.start <= _LONGEST:
                yield from _of_sentence(sentence.of(document.text), sentence, stated, part.unit.label)


def _of_sentence(text: str, sentence: Span, stated: int | None, label: str) -> Iterator[SaidFigure]:
    years = [(match.start(), int(match[0])) for match in _YEAR.finditer(text)]
    of_law = [span for _, span in articles(text)]
    said = (found for found in quantities(text) if not any(_meet(found.span, span) for span in of_law))
    words = content(text)
    for place, found in enumerate(islice(said, _MOST)):
        span = found.span
        near = min(years, key=lambda year: abs(year[0] - span.start), default=None)
        yield SaidFigure(
            found.kind,
            _noun(text, span),
            place,
            near[1] if near else stated,
            format(found.value.normalize(), "f"),
            sentence.start + span.start,
            sentence.start + span.end,
            text,
            sentence.start,
            label,
            words,
        )


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _noun(text: str, span: Span) -> str:
    """The stem of the first word behind a figure that says what it counts, else of the last before it."""
    behind = _counted(text[span.end : span.end + _BESIDE].partition(",")[0])
    before = _counted(text[max(0, span.start - _BESIDE) : span.start])
    return stem(behind[0]) if behind else stem(before[-1]) if before else ""


def content(text: str) -> str:
    """The words that a sentence says something with, its numbers aside, with a space between them."""
    return " ".join(_counted(text))


def _counted(text: str) -> list[str]:
    return [word for word in content_words(text) if not is_number(word)]


def encoded_figures(record: Record) -> bytes:
    """The figures of one document as JSON, to keep."""
    return msgspec.json.encode(tuple(said_figures(record)))


def read_figures(encoded: bytes) -> tuple[SaidFigure, ...]:
    """What `encoded_figures` wrote."""
    return _DECODER.decode(encoded)
