"""The one place where a canonical text is put together, and what every reader hands over.

A reader says what stands in its file as blocks in reading order: paragraphs
and tables, with marks where notes hang, and the notes. `compose` writes them
out as one text and records where everything went. Nothing inside a paragraph
is changed, but that soft hyphens, which say where a word might break, are left
out: its white space is the reader's to keep or, where the format says so
(HTML), to fold.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Literal

from index.language.regex import regex
from index.language.span import Span, trimmed
from index.model.doubts import Doubt
from index.model.types import Excerpt, Footnote, Metadata, Place, Removal, Table, WordLedger

# About 1,700 pages: no document of this family is longer.
MOST_CHARACTERS = 5_000_000
MOST_CELLS = 100_000
# No cell is taken to span more columns than this.
MOST_COLUMNS = 30
_SOFT_HYPHEN = "\xad"
PARAGRAPH_END = "\n\n"
LINE_END = "\n"
CELL_END = "\t"
# A cell with more characters than this holds prose: its table is there for the layout.
LONGEST_CELL = 1_000
_QUESTION_HEADING = regex(r"\s*(?:vra(?:ag|gen)|antwoord(?:en)?)\b[^?]{0,60}\d[\d\s,:.enm/t]*", re.IGNORECASE)


class UnreadableError(Exception):
    """Why a file cannot be read whole; `index.readers.read` puts the file's name before it."""


@dataclass(frozen=True, slots=True)
class Words:
    """A run of text; `emphasis` where it is bold, `struck` where a line runs through it."""

    text: str
    emphasis: bool = False
    struck: bool = False


@dataclass(frozen=True, slots=True)
class NoteMark:
    """Where the note of that key hangs."""

    key: str


@dataclass(frozen=True, slots=True)
class PageTurn:
    """The page that begins here, counted from 1: all that follows stands on it."""

    page: int


Inline = Words | NoteMark | PageTurn
Role = Literal["quote", "title", "indented", ""]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, or a heading, which is emphasis as a whole.

    `label` is the number or bullet that the format itself puts before it
    ("3.", "Vraag 1", "•"); a space follows it. `role` says that its style is
    that of a quotation or a title, or that it is indented; `line` where the file has it,
    counted from 1 (in a word processor's file lines are paragraphs), 0 where
    that is not known.
    """

    inlines: tuple[Inline, ...]
    label: str = ""
    heading: bool = False
    role: Role = ""
    line: int = 0

    @classmethod
    def of(cls, text: str, *, label: str = "", heading: bool = False) -> "Paragraph":
        """A paragraph of one plain run."""
        return cls((Words(text),), label, heading)

    @property
    def words(self) -> str:
        """Its own text, without the label."""
        return "".join(inline.text for inline in self.inlines if isinstance(inline, Words))

    @property
    def is_visible(self) -> bool:
        """Whether there is anything to read; a bullet alone is nothing, a number is."""
        return bool(self.words.strip()) or any(character.isalnum() for character in self.label)


# Tables may lie in tables: what is in them is looked at once, so these two have no slots.
@dataclass(frozen=True)
class Cell:
    """A cell of a table. Where one spans columns or rows, the cells it covers are there too, empty."""

    blocks: "tuple[Block, ...]" = ()

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs with text, those of nested tables too."""
        return tuple(visible_paragraphs(self.blocks))


# A cell that another one spans.
COVERED = Cell()


@dataclass(frozen=True)
class TableBlock:
    """A table as rows of cells. A row of one cell spans the whole table."""

    rows: tuple[tuple[Cell, ...], ...]

    @classmethod
    def of(cls, rows: Iterable[Iterable[Cell]]) -> "TableBlock":
        """The table of these rows; UnreadableError as soon as it has more than MOST_CELLS, most of them empty."""
        kept: list[tuple[Cell, ...]] = []
        count = 0
        for row in rows:
            cells = tuple(islice(row, MOST_CELLS - count + 1))
            count += len(cells)
            if count > MOST_CELLS:
                raise UnreadableError(f"a table of more than {MOST_CELLS:,} cells; no more are read. Split the file.")
            kept.append(cells)
        return cls(tuple(kept))

    @cached_property
    def is_layout(self) -> bool:
        """Whether it only puts text in its place: one column, prose, questions and answers, or tables in its cells."""
        filled = [[cell for cell in row if cell.paragraphs] for row in self.rows]
        if max(map(len, filled), default=0) < 2:
            return True
        return any(_holds_prose(cell) for row in filled for cell in row)


Block = Paragraph | TableBlock | PageTurn


def visible_paragraphs(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    """The paragraphs in `blocks` that have something to read, those in tables too."""
    for block in blocks:
        if isinstance(block, Paragraph) and block.is_visible:
            yield block
        elif isinstance(block, TableBlock):
            for row in block.rows:
                for cell in row:
                    yield from cell.paragraphs


def _holds_prose(cell: Cell) -> bool:
    nested = any(isinstance(block, TableBlock) and not block.is_layout for block in cell.blocks)
    texts = [f"{paragraph.label} {paragraph.words}" for paragraph in cell.paragraphs]
    return nested or sum(map(len, texts)) > LONGEST_CELL or any(map(_QUESTION_HEADING.fullmatch, texts))


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote or endnote; `number` as printed, None to count the marks."""

    key: str
    paragraphs: tuple[Paragraph, ...]
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """What a reader found in one file, before it is written out as one text.

    `running` are the page headers and footers, which are no part of a
    document's text. `shown` is all that the file shows, taken from it by other
    means, and `left_out` what of that is no text, as `word_ledger` counts them.
    `metadata` is as `Reading` has it.
    """

    blocks: tuple[Block, ...]
    notes: tuple[Note, ...] = ()
    running: tuple[Block, ...] = ()
    shown: tuple[Excerpt, ...] = ()
    left_out: tuple[Excerpt, ...] = ()
    metadata: Metadata = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader got out of one file: the fields of `Document` that depend on its format.

    `metadata` is only what the file's own metadata states, by the names that
    `documents.toml` uses; `doubts` say what could not be read for certain;
    `ledger` is the account of the file's words.
    """

    text: str
    footnotes: tuple[Footnote, ...] = ()
    places: tuple[Place, ...] = ()
    tables: tuple[Table, ...] = ()
    emphasis: tuple[Span, ...] = ()
    removals: tuple[Removal, ...] = ()
    metadata: Metadata = field(default_factory=dict)
    doubts: tuple[Doubt, ...] = ()
    ledger: WordLedger | None = None


def compose(blocks: Iterable[Block], notes: Iterable[Note] = (), metadata: Metadata | None = None) -> Reading:
    """The canonical text of `blocks`, with its notes behind the running text in the order of their marks.

    A blank line parts two paragraphs; a table has a line for each row, a tab
    between cells, a line for each paragraph in a cell. Paragraphs and rows
    without text are left out. Places change with each page and with each
    paragraph or table that has text, counted from 1. The second mark of a
    note is passed over; a note without a mark comes last in the running text,
    so that nothing is lost.

    Raises UnreadableError where the text grows past MOST_CHARACTERS; `blocks`
    is consumed no further, so a generator stops there.
    """
    writer = _Writer()
    for block in blocks:
        writer.block(block)
    known = {note.key: note for note in notes}
    marked = [known[key] for key in writer.marks if key in known]
    for note in [note for key, note in known.items() if key not in writer.marks]:
        for paragraph in note.paragraphs:
            writer.block(paragraph)
    numbers = _numbers(marked)
    footnotes = [writer.note(note, numbers[note.key]) for note in marked]
    text = "".join(writer.parts)
    emphasis = (trimmed(text, span.start, span.end) for span in writer.emphasis)
    return Reading(
        text=text,
        footnotes=tuple(note for note in footnotes if note),
        places=tuple(writer.places),
        tables=tuple(writer.tables),
        emphasis=tuple(span for span in emphasis if span),
        metadata=metadata or {},
    )


def _numbers(notes: list[Note]) -> dict[str, int]:
    """The number of each note: as printed, or one more than the one before; no two are the same."""
    numbers: dict[str, int] = {}
    taken: set[int] = set()
    last = 0
    for note in notes:
        number = note.number if note.number is not None and note.number not in taken else last + 1
        while number in taken:
            number += 1
        numbers[note.key] = last = number
        taken.add(number)
    return numbers


class _Writer:
    """The text so far, in parts, and where things stand in it."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.page: int | None = None
        self.paragraph: int | None = None
        self.marks: dict[str, tuple[int, Place]] = {}
        self.places: list[Place] = []
        self.tables: list[Table] = []
        self.emphasis: list[Span] = []

    def block(self, block: Block) -> None:
        if isinstance(block, PageTurn):
            self.page = block.page
        elif isinstance(block, TableBlock):
            self._table(block)
        elif block.is_visible:
            self._open()
            self._paragraph(block)
        else:
            for inline in block.inlines:
                if isinstance(inline, PageTurn):
                    self.page = inline.page
                elif isinstance(inline, NoteMark):
                    self._mark(inline)

    def note(self, note: Note, number: int) -> Footnote | None:
        """Write a note's body; its place is that of its mark. None where it has no text."""
        paragraphs = [paragraph for paragraph in note.paragraphs if paragraph.is_visible]
        if not paragraphs:
            return None
        mark, place = self.marks[note.key]
        self._write(PARAGRAPH_END)
        self.places.append(Place(self.length, place.page, place.paragraph))
        body = self._lines(paragraphs)
        assert body is not None, "a note with text has a body"
        return Footnote(number, mark, body)

    def _write(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)
        if self.length > MOST_CHARACTERS:
            raise UnreadableError(f"more than {MOST_CHARACTERS:,} characters of text are not read. Split the file.")

    def _open(self) -> None:
        if self.length:
            self._write(PARAGRAPH_END)
        self.paragraph = (self.paragraph or 0) + 1
        self.places.append(Place(self.length, self.page, self.paragraph))

    def _mark(self, mark: NoteMark) -> None:
        self.marks.setdefault(mark.key, (self.length, Place(self.length, self.page, self.paragraph)))

    def _turn(self, page: int) -> None:
        self.page = page
        if self.places and self.places[-1].start == self.length:
            self.places.pop()
        self.places.append(Place(self.length, page, self.paragraph))

    def _paragraph(self, paragraph: Paragraph) -> None:
        start = self.length
        if paragraph.label:
            self._label(paragraph)
        for inline in paragraph.inlines:
            if isinstance(inline, NoteMark):
                self._mark(inline)
            elif isinstance(inline, PageTurn):
                self._turn(inline.page)
            elif inline.text:
                self._words(inline)
        if paragraph.heading:
            self._emphasise(start)

    def _label(self, paragraph: Paragraph) -> None:
        """A number is bold where the words behind it are."""
        first = next((inline for inline in paragraph.inlines if isinstance(inline, Words) and inline.text), Words(""))
        self._words(Words(f"{paragraph.label} " if paragraph.words.strip() else paragraph.label, first.emphasis))

    def _words(self, words: Words) -> None:
        start = self.length
        self._write(words.text.replace(_SOFT_HYPHEN, ""))
        if words.emphasis and self.length > start:
            self._emphasise(start)

    def _emphasise(self, start: int) -> None:
        """Record all from `start` on as one span with what it touches or covers."""
        while self.emphasis and self.emphasis[-1].end >= start:
            start = min(start, self.emphasis.pop().start)
        self.emphasis.append(Span(start, self.length))

    def _table(self, table: TableBlock) -> None:
        if table.is_layout:
            for row in table.rows:
                for cell in row:
                    for block in cell.blocks:
                        self.block(block)
            return
        self._open()
        rows: list[tuple[Span | None, ...]] = []
        for row in table.rows:
            if any(cell.paragraphs for cell in row):
                if rows:
                    self._write(LINE_END)
                rows.append(self._row(row))
        cells = [cell for row in rows for cell in row if cell]
        self.tables.append(Table(Span(cells[0].start, cells[-1].end), tuple(rows)))

    def _row(self, row: tuple[Cell, ...]) -> tuple[Span | None, ...]:
        spans: list[Span | None] = []
        for position, cell in enumerate(row):
            if position:
                self._write(CELL_END)
            spans.append(self._lines(cell.paragraphs))
        return tuple(spans)

    def _lines(self, paragraphs: Iterable[Paragraph]) -> Span | None:
        """Write paragraphs a line each; the span of what was written, without white space around it."""
        offset = self.length
        first = len(self.parts)
        for position, paragraph in enumerate(paragraphs):
            if position:
                self._write(LINE_END)
            self._paragraph(paragraph)
        text = "".join(self.parts[first:])
        span = trimmed(text, 0, len(text))
        return Span(offset + span.start, offset + span.end) if span else None
