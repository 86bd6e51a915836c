"""A memo that somebody else wrote, as paragraphs of plain text.

It is made of what the readers of documents find in a file, so that a memo is
read as a document is.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from index.errors import WoordelijkError
from index.readers import canonical
from index.readers.canonical import Block, Content, NoteMark, TableBlock, Words

Kind = Literal["text", "block", "heading", "note"]


class MemoError(WoordelijkError):
    """A memo that cannot be read, or whose quotation marks do not pair up."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: its text without markup, and the line that it begins on (from 1).

    In a Word file lines are paragraphs. `marks` are the notes that it refers
    to, each with its offset in `text`; `note` is the name of a note's own text.
    """

    text: str
    line: int
    kind: Kind = "text"
    marks: tuple[tuple[int, str], ...] = ()
    note: str | None = None

    def line_of(self, offset: int) -> int:
        """The line that the character at `offset` stands on."""
        return self.line + self.text.count("\n", 0, offset)


@dataclass(frozen=True, slots=True)
class MemoText:
    """The paragraphs of a memo in order, notes last, and the manifest it carries if it has one."""

    paragraphs: tuple[Paragraph, ...]
    manifest: dict[str, Any] | None = None


def paragraphs(content: Content) -> tuple[Paragraph, ...]:
    """The paragraphs with text of a file: its own, those of its headers and footers, and its notes last.

    Struck-out text has "~~" around it, so that it never counts as a
    document's words. A row of a table is one paragraph where no cell has more
    than one, since another cell may name the source of a quotation; where all of
    them are quotations it is a block quotation, and so are the rows around it. An
    indented paragraph behind a colon is a block quotation. A note stands on
    the line of its mark.
    """
    found = [*_paragraphs(content.blocks), *_paragraphs(content.running)]
    lines = {name: paragraph.line for paragraph in found for _, name in paragraph.marks}
    for note in content.notes:
        for paragraph in note.paragraphs:
            text, marks = _text((paragraph,))
            found.append(Paragraph(text.strip(), lines.get(note.key, paragraph.line), "note", marks, note.key))
    return tuple(paragraph for paragraph in found if paragraph.text.strip())


def _paragraphs(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    before: Paragraph | None = None
    for group in _groups(blocks):
        text, marks = _text(group)
        leads = before is not None and (before.text.rstrip().endswith(":") or before.kind == "block")
        before = Paragraph(text, group[0].line, _kind(group, leads), marks)
        yield before


def _groups(blocks: Iterable[Block]) -> Iterator[Sequence[canonical.Paragraph]]:
    """The paragraphs one by one, those of a row together."""
    for block in blocks:
        if isinstance(block, canonical.Paragraph) and block.words.strip():
            yield (block,)
        elif isinstance(block, TableBlock):
            for row in block.rows:
                if all(len(cell.paragraphs) <= 1 for cell in row):
                    found = tuple(paragraph for cell in row for paragraph in cell.paragraphs)
                    yield from [found] if found else []
                else:
                    yield from _groups(inner for cell in row for inner in cell.blocks)


def _kind(group: Sequence[canonical.Paragraph], leads: bool) -> Kind:
    if all(paragraph.role == "quote" for paragraph in group):
        return "block"
    if len(group) > 1:
        return "text"
    (paragraph,) = group
    if paragraph.role == "indented" and leads:
        return "block"
    return "heading" if paragraph.heading or paragraph.role == "title" else "text"


def _text(group: Sequence[canonical.Paragraph]) -> tuple[str, tuple[tuple[int, str], ...]]:
    """The text of some paragraphs as one, and its note marks."""
    parts: list[str] = []
    marks: list[tuple[int, str]] = []
    length = 0
    # The words of a table that is quoted follow each other as the document has them.
    between = " " if all(paragraph.role == "quote" for paragraph in group) else " | "
    for position, paragraph in enumerate(group):
        inlines = [Words(between), *paragraph.inlines] if position else paragraph.inlines
        for inline in inlines:
            if isinstance(inline, NoteMark):
                marks.append((length, inline.key))
            elif isinstance(inline, Words):
                struck = inline.struck and inline.text.strip()
                parts.append(f"~~{inline.text}~~" if struck else inline.text)
                length += len(parts[-1])
    return "".join(parts), tuple(marks)
