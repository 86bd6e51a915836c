"""Make citations, in this one place, from offsets only.

A citation is the exact slice of a document that stands within one part of one
unit, so that it has one speaker. Nothing here searches for words: whoever
found them hands over where they stand.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from index.errors import WoordelijkError
from index.language.span import Span
from index.language.word_boundaries import ends_word, starts_word, word_at
from index.model.collection import Collection
from index.model.parts import Part, parts
from index.model.types import Document, Speaker, Unit


class CitationError(WoordelijkError):
    """Offsets that no citation can be made from."""


@dataclass(frozen=True, slots=True)
class NoteMark:
    """The mark of footnote `number`, which stood at `offset` of the quotation (0 to its length)."""

    number: int
    offset: int


@dataclass(frozen=True, slots=True)
class Citation:
    """The exact words of one part of a document, and where they stand.

    `quotation` is `document.text[span.start:span.end]`; `marks` are the
    footnote marks that the document has there, by offset.
    """

    document: Document
    part: Part
    span: Span
    quotation: str
    marks: tuple[NoteMark, ...] = ()

    def __post_init__(self) -> None:
        if self.quotation != self.span.of(self.document.text):
            raise ValueError(
                f"citation [{self.span.start}, {self.span.end}): its text is not the slice of its document"
            )
        if self.part.document != self.document.id or not self.part.span.contains(self.span):
            raise ValueError(f"citation [{self.span.start}, {self.span.end}): it does not lie in its part")

    @property
    def unit(self) -> Unit | None:
        return self.part.unit

    @property
    def unit_name(self) -> str:
        """The unit's name within its document ("vraag-28"), "-" outside the units."""
        return self.part.unit.id.partition(":")[2] if self.part.unit else "-"

    @property
    def speaker(self) -> Speaker:
        return self.part.speaker


class Parts(dict[str, tuple[Part, ...]]):
    """The parts of documents by id: those that were asked for, and any other on demand."""

    def __init__(self, collection: Collection) -> None:
        super().__init__()
        self._collection = collection

    def __missing__(self, document_id: str) -> tuple[Part, ...]:
        found = parts(self._collection.document(document_id), self._collection.units_of(document_id))
        self[document_id] = found
        return found


class Citer:
    """Makes the citations of a collection of documents."""

    def __init__(self, collection: Collection) -> None:
        self.collection = collection

    @cached_property
    def parts(self) -> "Parts":
        """The parts of each document by its id, each found when it is asked for."""
        return Parts(self.collection)

    def cite(self, name: str, start: int, end: int) -> Citation:
        """The citation of `text[start:end]` of the document of that id or file name.

        Raises CitationError where the range lies outside the document, holds
        no word, begins or ends inside a word, or runs from one part into
        another; DocumentError where the name is not of one document.
        """
        document = self.collection.find_document(name)
        _check_range(document, start, end)
        span = Span(start, end)
        for part in self.parts[document.id]:
            if part.span.contains(span):
                return self.within(part, span)
        raise CitationError(_crossing(document, span, self.parts[document.id]))

    def within(self, part: Part, span: Span) -> Citation:
        """The citation of a span that is known to lie in `part`; ValueError where it does not."""
        document = self.collection.document(part.document)
        marks = tuple(
            NoteMark(note.number, note.mark - span.start)
            for note in document.footnotes
            if note.mark is not None and span.start < note.mark <= span.end
        )
        return Citation(document, part, span, span.of(document.text), marks)


def _check_range(document: Document, start: int, end: int) -> None:
    length = len(document.text)
    if not 0 <= start < end <= length:
        raise CitationError(
            f"{document.file}: [{start}, {end}) is no range of its text; "
            f"expected 0 <= START < END <= {length} (code points, see 'python -m index text {document.id}')."
        )
    text = document.text
    if not any(character.isalnum() for character in text[start:end]):
        raise CitationError(f"{document.file}: [{start}, {end}) holds no word: {text[start:end]!r}.")
    first = start + len(text[start:end]) - len(text[start:end].lstrip())
    last = start + len(text[start:end].rstrip())
    for offset, whole in ((first, starts_word(text, first)), (last, ends_word(text, last))):
        if not whole:
            left, right = word_at(text, offset)
            raise CitationError(
                f"{document.file}: offset {offset} falls inside {text[left:right]!r}; "
                f"begin or end at {left} or {right}, where words do."
            )


def _crossing(document: Document, span: Span, found: Iterable[Part]) -> str:
    crossed = [part for part in found if part.span.start < span.end and span.start < part.span.end]
    names = ", ".join(
        f"{part.unit.label if part.unit else 'frame'} {part.field} [{part.span.start}, {part.span.end})"
        for part in crossed
    )
    return (
        f"{document.file}: [{span.start}, {span.end}) does not lie in one part of the document; it touches {names}. "
        "A quotation has one speaker: cite each part by itself."
    )
