"""The front door for memos: any format to paragraphs."""

import sys
from pathlib import Path

from index.regular_file import TooLargeError, read_regular
from rag.verify.memo_text import MemoError, MemoText

# A memo of twenty pages is some 60 KB of text.
LARGEST_TEXT = 5_000_000


LARGEST_FILE = 20_000_000


STANDARD_INPUT = "-"


_OTHER_FORMATS = {
    b"\xd0\xcf\x11\xe0": "an old Word file (.doc)",
    b"%PDF": "a PDF",
    b"{\\rtf": "a rich text file (.rtf)",
}


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
