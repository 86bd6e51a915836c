"""Two documents side by side: units matched by question, then by meaning, and where their sentences differ."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from index.encoders.encoder import Encoder
from index.language.sentences import sentence_spans
from index.language.span import Span
from index.model.collection import find_head
from index.model.parts import Part, parts
from index.model.store import Record
from index.model.types import Document, Speaker, Unit
from index.settings import WORD_ENCODER, Location
from rag.compare.pairing import Pair, pairs
from rag.compare.sentences import Sentence, SentenceDifference, differences, with_moved

Status = Literal["same", "changed", "added", "dropped"]
# Texts of a unit that are compared with each other: what is asked, what is answered, and the notes.
_GROUPS = (("context", "question", "heading"), ("answer", "table"), ("footnote",))


@dataclass(frozen=True, slots=True)
class ComparedUnits:
    """A unit of either document, or of both, and what became of it."""

    pair: Pair
    status: Status


@dataclass(frozen=True, slots=True)
class Placed:
    """A difference and the units that it stands in; None for words outside the units.

    `a` is the unit of the first document that has its sentence: of one that moved another than that of the pair.
    """

    pair: Pair
    a: Unit | None
    difference: SentenceDifference


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two documents, their units in the order of the second, and the differences, figures that differ first."""

    a: Document
    b: Document
    units: tuple[ComparedUnits, ...]
    differences: tuple[Placed, ...]


def compare(a: Record, b: Record, words: Encoder) -> Comparison:
    """Compare two documents; `words` is the encoder that tells which questions mean the same."""
    matched = pairs(a.document, a.units, b.document, b.units, words)
    texts = _Texts(a), _Texts(b)
    outside = differences(texts[0].outside(), texts[1].outside())
    found: list[tuple[int | None, SentenceDifference]] = [(None, one) for one in outside]
    for number, pair in enumerate(matched):
        for group in range(len(_GROUPS)):
            found += [(number, one) for one in differences(texts[0].of(pair.a, group), texts[1].of(pair.b, group))]
    touched = {number for number, _ in found}
    placed = [
        Placed(_pair(matched, found[come][0]), _pair(matched, found[gone][0]).a, one)
        for gone, come, one in with_moved([one for _, one in found])
    ]
    units = tuple(ComparedUnits(pair, _status(pair, number in touched)) for number, pair in enumerate(matched))
    ordered = sorted(placed, key=lambda one: not one.difference.figures)
    return Comparison(a.document, b.document, units, tuple(ordered))


def _pair(matched: Sequence[Pair], number: int | None) -> Pair:
    return Pair(None, None) if number is None else matched[number]


def _status(pair: Pair, differs: bool) -> Status:
    if pair.a is None:
        return "added"
    if pair.b is None:
        return "dropped"
    return "changed" if differs else "same"


class _Texts:
    """The sentences of one document, unit by unit."""

    def __init__(self, record: Record) -> None:
        self._text = record.document.text
        self._outside: list[Part] = []
        self._parts: dict[str, list[Part]] = {}
        for part in parts(record.document, record.units):
            if part.unit is None:
                self._outside.append(part)
            else:
                self._parts.setdefault(part.unit.id, []).append(part)

    def outside(self) -> list[Sentence]:
        """What stands outside the units."""
        return [one for part in self._outside for one in self._sentences(part.span, part.speaker)]

    def of(self, unit: Unit | None, group: int) -> list[Sentence]:
        """The sentences of one group of texts of a unit, in order; of a question without its number."""
        if unit is None:
            return []
        return [
            one
            for part in self._parts.get(unit.id, ())
            if part.field in _GROUPS[group]
            for span in (_without_number(part, unit) if part.field == "question" else (part.span,))
            for one in self._sentences(span, part.speaker)
        ]

    def _sentences(self, span: Span, speaker: Speaker) -> Iterator[Sentence]:
        for found in sentence_spans(self._text, span.start, span.end):
            yield Sentence(found.of(self._text), found, speaker)


def _without_number(part: Part, unit: Unit) -> Iterator[Span]:
    inside = [question for question in unit.questions if part.span.contains(question)]
    yield from inside or (part.span,)


def compare_named(index: Location, a: str | Path, b: str | Path) -> Comparison:
    """Compare two documents: a name is that (id or file name) of one in the library, a path a file in none.

    Raises UnknownDocumentError, DocumentError, and what `read_library` does.
    """
    from index.encoders.load import load_encoder

    records = [_from_file(one) if isinstance(one, Path) else _from_library(index, one) for one in (a, b)]
    return compare(records[0], records[1], load_encoder(str(WORD_ENCODER)))


def _from_library(index: Location, name: str) -> Record:
    from index.library.open import published_collection

    collection = published_collection(index)
    return collection.store.record(collection.numbers[find_head(collection.heads, name).id])


def _from_file(path: Path) -> Record:
    from index.grammar.parse import parse
    from index.readers.read import read_document

    parsed = parse(read_document(path))
    return Record(parsed.document, parsed.units)
