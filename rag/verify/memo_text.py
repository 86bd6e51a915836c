"""A memo that somebody else wrote, as paragraphs of plain text.

What the readers of each format have in common: the values they give, what is
refused, and how large a memo may be.
"""

from dataclasses import dataclass
from typing import Any, Literal

from index.errors import WoordelijkError

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
