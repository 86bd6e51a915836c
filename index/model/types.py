"""The values that everything else passes along: documents, units, passages.

All of them are frozen and checked when they are made. Offsets count code
points of `Document.text` and are half-open, `[start, end)`; nothing here
holds a copy of text that an offset can point at.
"""

import datetime
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from index.language.span import Span
from index.model.doubts import Doubt, LeftOut

Speaker = Literal["minister", "members", "third party"]
UnitKind = Literal["question", "section", "annex", "chapter", "turn"]
Field = Literal["context", "question", "answer", "table", "footnote"]
# What a document states of itself, by the names of `documents.toml`; its `date` is a date, all else is text.
Metadata = Mapping[str, str | datetime.date]


@dataclass(frozen=True, slots=True)
class Removal:
    """Something the reader took out of the running text: its range in the file and what it was.

    `number` is the footnote's, None for anything else.
    """

    raw: Span
    kind: Literal["bookmark", "footnote mark", "footnote body", "byte order mark", "carriage return"]
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note: its number, where its mark stood in the running text, and its body."""

    number: int
    mark: int
    body: Span


@dataclass(frozen=True, slots=True)
class Place:
    """From `start` on in the canonical text, until the next place: the page, and the paragraph of the file.

    Both count from 1; None for what the file's format does not know.
    """

    start: int
    page: int | None = None
    paragraph: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table as rows of cells, top to bottom and left to right; rows may differ in length.

    A cell is None where the document leaves it empty.
    """

    span: Span
    rows: tuple[tuple[Span | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Words of a file: on which page, None where it has none, and of what kind they are ("running head")."""

    text: str
    page: int | None = None
    kind: LeftOut = ""


@dataclass(frozen=True, slots=True)
class WordLedger:
    """What became of the words of a file: `shown` of them it shows, all in the canonical text but for these.

    `left_out` on purpose, each with its kind; `lost` without one, words that
    follow each other together; `glued` are in the text without the space that
    the file shows between them.
    """

    shown: int
    left_out: tuple[Excerpt, ...] = ()
    lost: tuple[Excerpt, ...] = ()
    glued: tuple[Excerpt, ...] = ()

    @property
    def lost_words(self) -> int:
        return sum(len(excerpt.text.split()) for excerpt in self.lost)

    @property
    def words_left_out(self) -> int:
        return sum(len(excerpt.text.split()) for excerpt in self.left_out)

    def doubts(self) -> tuple[Doubt, ...]:
        """One for every page with words that are lost, and one for every page where some are glued."""
        return (*_doubted("lost words", self.lost), *_doubted("glued words", self.glued))


# Of so many stretches of a page a doubt names the words.
_NAMED = 5


def _doubted(key: str, excerpts: tuple[Excerpt, ...]) -> Iterator[Doubt]:
    """A doubt for every page, with the first words there."""
    pages: dict[int | None, list[str]] = {}
    for excerpt in excerpts:
        pages.setdefault(excerpt.page, []).append(f"“{excerpt.text[:60]}”")
    for page, texts in pages.items():
        more = [f"… ({len(texts)})"] if len(texts) > _NAMED else []
        yield Doubt(key, numbers=(page,) if page else (), words="; ".join([*texts[:_NAMED], *more]))


@dataclass(frozen=True, slots=True)
class Document:
    """One file read into one canonical text.

    `id` is the first 16 hexadecimal digits of the SHA-256 of the file's
    bytes, `sha256` all 64. `metadata` and `date` hold only what the document
    or its entry in `documents.toml` states. The running text and the
    `removals` (in file order) together account for every code point of a
    decoded text file. The bodies of `footnotes` stand after the running text, in
    the order of the file; `running_end` is where they begin.

    What a format knows beyond its text is kept beside it: `places` by offset,
    the `tables`, and as `emphasis` the spans set in bold or as a heading.
    `doubts` are what its reader could not be sure of; `ledger` is the account
    of the file's words.
    """

    id: str
    title: str
    kind: str
    text: str
    file: str
    sha256: str
    metadata: tuple[tuple[str, str], ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    removals: tuple[Removal, ...] = ()
    places: tuple[Place, ...] = ()
    tables: tuple[Table, ...] = ()
    emphasis: tuple[Span, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    date: datetime.date | None = None
    ledger: WordLedger | None = None

    def __post_init__(self) -> None:
        if len(self.sha256) != 64 or self.id != self.sha256[:16]:
            raise ValueError("a document's id is the first 16 digits of its file's SHA-256")

    @property
    def running_end(self) -> int:
        """Where the running text ends and the footnotes begin."""
        return self.footnotes[0].body.start if self.footnotes else len(self.text)

    def place(self, offset: int) -> Place | None:
        """The page and paragraph that code point `offset` stands in, None where the file has neither."""
        before = bisect_right(self.places, offset, key=lambda place: place.start)
        return self.places[before - 1] if before else None


@dataclass(frozen=True, slots=True)
class Unit:
    """One question, or several answered together, with all that belongs to it, or another stretch of a document.

    A "section" is prose in which the members and the government alternate, an
    "annex" somebody else's text, a "chapter" running text under its headings
    in which nobody asks, a "turn" what one speaker says in proceedings. The
    text of a chapter or turn is its `answer`, and `speaker` who speaks in it.

    `numbers` are the question numbers in ascending order, empty for a section
    or an annex. `questions` are the members' questions in document order (one
    span may hold several), or the heading of a section or annex; a section
    without a heading, what the members say under no number, has only its
    `context`. `answer` is None where the document gives none; `asked_within`
    are the stretches of a section's answer in which the members speak,
    ascending. `references` are the other questions
    (numbers) and annexes (Roman numerals) that the answer points to,
    questions first, ascending. `annex` is the Roman numeral that refers to an
    annex, however its heading counts.
    """

    id: str
    document: str
    kind: UnitKind
    numbers: tuple[int, ...]
    label: str
    asked_by: tuple[str, ...]
    context: Span | None
    questions: tuple[Span, ...]
    answer: Span | None
    footnotes: tuple[Footnote, ...] = ()
    tables: tuple[Table, ...] = ()
    references: tuple[int | str, ...] = ()
    refers_only: bool = False
    annex: str | None = None
    asked_within: tuple[Span, ...] = ()
    speaker: Speaker = "minister"

    def __post_init__(self) -> None:
        if (self.kind == "question") != bool(self.numbers) or (self.kind == "annex") != bool(self.annex):
            raise ValueError(f"{self.label}: a question has numbers, an annex a numeral")
        if not self.questions and not (self.kind in ("section", "chapter") and (self.context or self.answer)):
            raise ValueError(f"{self.label}: a unit has a question or a heading")

    @property
    def answer_speaker(self) -> Speaker:
        """Who speaks in the answer: an annex is somebody else's text."""
        return "third party" if self.kind == "annex" else self.speaker

    def question_text(self, text: str) -> str:
        """The questions, or the heading, as slices of the document's `text`, a line each."""
        return "\n".join(question.of(text) for question in self.questions)

    @property
    def insertions(self) -> tuple[tuple[Field, Speaker, Span], ...]:
        """What stands in the answer without being running words of its speaker: tables, and what the members say."""
        found: list[tuple[Field, Speaker, Span]] = [("question", "members", span) for span in self.asked_within]
        tables = (table.span for table in self.tables if not any(s.contains(table.span) for s in self.asked_within))
        found += [("table", self.answer_speaker, span) for span in tables]
        return tuple(sorted(found, key=lambda inserted: inserted[2]))

    def speaker_at(self, offset: int) -> Speaker:
        """Who speaks where a footnote's mark stands at code point `offset`: the voice of the text before it."""
        answer = self.answer
        if answer and answer.start <= offset <= answer.end:
            said = any(span.start <= offset <= span.end for span in self.asked_within)
            return "members" if said else self.answer_speaker
        if self.kind in ("annex", "chapter", "turn"):
            return self.answer_speaker
        heading = self.kind == "section" and not (self.context and self.context.start <= offset <= self.context.end)
        return self.answer_speaker if heading else "members"

    def notes_in(self, span: Span) -> tuple[Footnote, ...]:
        """The footnotes whose mark stands in `span` or right behind it."""
        return tuple(note for note in self.footnotes if span.start < note.mark <= span.end)


@dataclass(frozen=True, slots=True)
class Passage:
    """A slice of one document by one speaker: about a paragraph, a table or a footnote.

    The slice *is* the passage; `id` is `DOCUMENT:START-END`.
    """

    document: str
    unit: str
    speaker: Speaker
    field: Field
    span: Span
    footnote: int | None = None

    def __post_init__(self) -> None:
        if (self.field == "footnote") != (self.footnote is not None):
            raise ValueError(f"{self.id}: exactly the footnotes carry a footnote number")

    @property
    def id(self) -> str:
        return f"{self.document}:{self.span.start}-{self.span.end}"


Form = Literal["questions", "question table", "letter by section", "consultation", "proceedings", "prose"]
Certainty = Literal["certain", "probable", "unsure"]


# Its passages are cut once, so it has no slots.
@dataclass(frozen=True)
class Parsed:
    """What one document holds: its units in document order, and what the parser doubts.

    `form` is what its units were read as, and `certainty` how sure that is;
    None where they come from an index.
    """

    document: Document
    units: tuple[Unit, ...]
    doubts: tuple[Doubt, ...] = ()
    form: Form | None = None
    certainty: Certainty = "certain"

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Every passage of the document, as `index.model.passages` cuts them."""
        from index.model.passages import passages

        return passages(self)
