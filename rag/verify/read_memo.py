"""The front door for memos: any format to paragraphs, by the readers that read documents."""

import json
import re
import sys
from pathlib import Path, PurePosixPath
from typing import Any

from index.language.regex import regex
from index.readers.canonical import Content, UnreadableError
from index.readers.docx.parts import LARGEST_PART
from index.readers.encoding import decoded
from index.readers.formats import opened
from index.readers.package import Package
from index.readers.xml_tree import parsed_xml
from index.regular_file import TooLargeError, read_regular
from rag.memo.manifest import MANIFEST_NAMESPACE
from rag.verify.memo_text import MemoError, MemoText, paragraphs

# A memo of twenty pages is some 60 KB of text.
LARGEST_TEXT = 5_000_000
LARGEST_FILE = 20_000_000
STANDARD_INPUT = "-"
_EXPECTED = "expected .docx, .odt, .html, .md or .txt"
_PLAIN = (".txt", ".text")
_PAGES = (".html", ".htm", ".xhtml")
_PACKAGES = (".docx", ".docm", ".odt")
_MANIFEST = regex(r"<!-- woordelijk-manifest\n(\{[^\n]*\})\n-->")


def read_memo(name: str) -> MemoText:
    """Read a memo from a file (Word, OpenDocument, HTML, Markdown or plain text) or from standard input ("-").

    The format is told by the content, but whether text is Markdown or plain:
    that is told by the name, and standard input is Markdown. Raises MemoError
    where it cannot be read whole.
    """
    return memo_of(_read(name), name)


def memo_of(content: bytes, name: str) -> MemoText:
    """Read a memo from the bytes of a file of that name, as `read_memo` does."""
    if len(content) > LARGEST_FILE:
        raise MemoError(f"{name}: larger than {LARGEST_FILE:,} bytes, which no memo is. Check a part of it.")
    if not content.strip():
        return MemoText(())
    try:
        found, manifest = _content(content, name)
    except UnreadableError as error:
        raise MemoError(f"{name}: {error}") from error
    return MemoText(paragraphs(found), manifest)


def _read(name: str) -> bytes:
    try:
        if name == STANDARD_INPUT:
            return sys.stdin.buffer.read(LARGEST_FILE + 1)
        return read_regular(Path(name), LARGEST_FILE)
    except TooLargeError as error:
        raise MemoError(f"{name}: larger than {LARGEST_FILE:,} bytes, which no memo is. Check a part of it.") from error
    except OSError as error:
        raise MemoError(f"{name}: cannot be read ({error.strerror}).") from error


def _content(content: bytes, name: str) -> tuple[Content, dict[str, Any] | None]:
    suffix = PurePosixPath(name).suffix.lower()
    file = opened(content, name)
    kind = file.kind
    if file.package and kind == "docx":
        from index.readers.docx.reader import read_content as read_docx

        return read_docx(file.package), _manifest_of_docx(file.package)
    if file.package and kind == "odt":
        from index.readers.odt.reader import read_content as read_odt

        return read_odt(file.package), None
    if kind in ("pdf", "archive", "official xml"):
        found = {"pdf": "a PDF", "archive": "a zip file"}.get(kind, "the XML of a publication")
        raise UnreadableError(f"{found}; {_EXPECTED}. Save it as .docx and try again.")
    if suffix in _PACKAGES:
        raise UnreadableError("a damaged Word file (it is no zip file). Open it in Word and save it again.")
    if len(content) > LARGEST_TEXT:
        raise UnreadableError(f"{len(content):,} bytes; at most {LARGEST_TEXT:,} of text are checked. Split the file.")
    if kind == "html" and suffix in _PAGES:
        from index.readers.html.reader import read_content as read_html

        return read_html(content), None
    memo = decoded(content).replace("\r\n", "\n").replace("\r", "\n")
    from index.readers.markdown import read_content as read_text

    return read_text(memo, plain=suffix in _PLAIN), _manifest_of_text(memo)


def _manifest_of_text(text: str) -> dict[str, Any] | None:
    """The manifest that Woordelijk put into a comment, None where there is none that can be read."""
    match = _MANIFEST.search(text)
    return _record(match[1]) if match else None


def _manifest_of_docx(package: Package) -> dict[str, Any] | None:
    """The manifest that Woordelijk put into the file, None where there is none that can be read."""
    for name in package.names:
        if re.fullmatch(r"customXml/item\d*\.xml", name):
            try:
                root = parsed_xml(package.read(name, LARGEST_PART), name)
            except UnreadableError:
                continue
            if root.tag == f"{{{MANIFEST_NAMESPACE}}}manifest" and (found := _record(root.text or "")):
                return found
    return None


def _record(text: str) -> dict[str, Any] | None:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
