"""A memo that somebody else wrote, as paragraphs of plain text.

What the readers of each format have in common: the values they give, what is
refused, and how large a memo may be.
"""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from index.errors import WoordelijkError
from index.regular_file import TooLargeError, read_regular

Kind = Literal["text", "block", "heading", "note"]

# A memo of twenty pages is some 60 KB of text.
LARGEST_TEXT = 5_000_000
LARGEST_FILE = 20_000_000
STANDARD_INPUT = "-"
_OTHER_FORMATS = {
    b"\xd0\xcf\x11\xe0": "an old Word file (.doc)",
    b"%PDF": "a PDF",
    b"{\\rtf": "a rich text file (.rtf)",
}


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


def read_memo(name: str) -> MemoText:
    """Read a memo from a file (docx, Markdown or plain text) or from standard input ("-").

    The format is told by the content for Word files and by the name for the
    rest; standard input is read as Markdown. Raises MemoError where it cannot
    be read whole.
    """
    return memo_of(_read(name), name)


def memo_of(content: bytes, name: str) -> MemoText:
    """Read a memo from the bytes of a file of that name, as `read_memo` does."""
    from rag.verify.docx_text import read_docx
    from rag.verify.markdown_text import read_lines

    if len(content) > LARGEST_FILE:
        raise MemoError(f"{name}: larger than {LARGEST_FILE:,} bytes, which no memo is. Check a part of it.")
    if content.startswith(b"PK\x03\x04") or name.lower().endswith(".docx"):
        return read_docx(content, name)
    for magic, format_name in _OTHER_FORMATS.items():
        if content.startswith(magic):
            raise MemoError(f"{name}: {format_name}; expected .docx, .md or .txt. Save it as .docx and try again.")
    return read_lines(_decoded(content, name), plain=name.lower().endswith(".txt"))


def _read(name: str) -> bytes:
    try:
        if name == STANDARD_INPUT:
            content = sys.stdin.buffer.read(LARGEST_FILE + 1)
        else:
            content = read_regular(Path(name), LARGEST_FILE)
    except TooLargeError as error:
        raise MemoError(f"{name}: larger than {LARGEST_FILE:,} bytes, which no memo is. Check a part of it.") from error
    except OSError as error:
        raise MemoError(f"{name}: cannot be read ({error.strerror}).") from error
    return content


def _decoded(content: bytes, name: str) -> str:
    if len(content) > LARGEST_TEXT:
        raise MemoError(
            f"{name}: {len(content):,} bytes; at most {LARGEST_TEXT:,} of text are checked. Split the file."
        )
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise MemoError(f"{name}: byte {error.start} is not UTF-8 text. Save it as UTF-8 and try again.") from error
    if "\0" in text:
        raise MemoError(f"{name}: found a NUL character; expected a text or a Word file (.docx).")
    return text.replace("\r\n", "\n").replace("\r", "\n")
