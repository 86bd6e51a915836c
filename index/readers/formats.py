"""Tell by its content what a file is, whatever its name says.

A name decides only where content cannot: whether plain text is Markdown.
What is no document of ours is refused with a sentence that says what it is.
"""

import re
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from typing import Literal

from index.language.regex import regex
from index.readers.canonical import UnreadableError
from index.readers.encoding import decoded
from index.readers.package import Package

Format = Literal["pdf", "docx", "odt", "archive", "html", "official xml", "markdown", "text"]

# What is taken from a folder or an archive; any other file there is passed over.
SUFFIXES = frozenset(".txt .text .md .markdown .docx .docm .odt .pdf .html .htm .xhtml .xml .zip .doc .rtf".split())
LARGEST_TEXT = 20_000_000
# Of these names a file is no text, so nothing is said of its encoding.
_NO_TEXT = frozenset(".docx .docm .odt .pdf .zip .doc .rtf".split())
_EXPECTED = "expected .docx, .odt, .pdf, .html, .xml, .md, .txt or a zip of these"
_OTHERS = (
    (b"{\\rtf", "a file in Rich Text Format (RTF); open it in Word or LibreOffice and save it as .docx"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"II*\0", "a picture (TIFF)"),
    (b"MM\0*", "a picture (TIFF)"),
    (b"\x1f\x8b", "a gzip file; unpack it first"),
    (b"7z\xbc\xaf", "a 7-Zip archive; unpack it first"),
    (b"Rar!", "a RAR archive; unpack it first"),
    (b"MZ", "a Windows program"),
    (b"\x7fELF", "a program"),
)
_OFFICIAL = ("officiele-publicatie", "kamervragen", "kamerstuk", "handelingen")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PROLOGUE = regex(r"\ufeff?(?:\s|<\?.*?\?>|<!--.*?-->|<!DOCTYPE\s[^\[>]*(?:\[.*?\]\s*)?>)*", re.DOTALL | re.IGNORECASE)
_ROOT = regex(r"<([A-Za-z_][\w.:-]*)")
_HTML = regex(r"<!DOCTYPE\s+html|<(?:html|body|head)[\s>]", re.IGNORECASE)
_HTML_SUFFIXES = (".html", ".htm", ".xhtml")
_HTML_BLOCK = regex(r"</(?:p|div|h[1-6]|table|ul|ol|section|article)>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Opened:
    """A file whose format is known; `package` is what a zip file holds, None for any other file."""

    kind: Format
    content: bytes
    package: Package | None = None


def opened(content: bytes, name: str) -> Opened:
    """The file of that content, its format told; a zip file is opened.

    Raises UnreadableError for an empty file, an encrypted one, and anything
    that is no document.
    """
    if not content.strip(b"\0 \t\r\n"):
        raise UnreadableError("the file holds no text.")
    if b"%PDF-" in content[:1024]:
        return Opened("pdf", content)
    suffix = PurePosixPath(name).suffix.lower()
    if content.startswith(_OLE):
        raise UnreadableError(_ole(content))
    for start, kind in _OTHERS:
        if content.startswith(start):
            raise UnreadableError(f"this is {kind}; {_EXPECTED}.")
    if content.startswith(b"PK") and (zipfile.is_zipfile(BytesIO(content)) or suffix not in (".txt", ".md")):
        package = Package(content)
        return Opened(package_format(package), content, package)
    if len(content) > LARGEST_TEXT:
        raise UnreadableError(f"{len(content):,} bytes of text; at most {LARGEST_TEXT:,} are read. Split the file.")
    try:
        text = decoded(content)
    except UnreadableError as error:
        if suffix not in _NO_TEXT:
            raise
        raise UnreadableError(
            f"named {suffix}, but neither that nor a text: damaged, or of another program. "
            "Open it in the program that made it and save it as .docx or .pdf."
        ) from error
    return Opened(_text_format(text, suffix), content)


def _ole(content: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in content:
        return "a Word file that is protected by a password. Open it, take the password off and save it again."
    return f"a file of Word 97-2003 (.doc) or a like program; save it as .docx; {_EXPECTED}."


def package_format(package: Package) -> Format:
    """The format of a zip file, by its members; UnreadableError for one that is no document of ours."""
    names = set(package.names)
    if "word/document.xml" in names or any(name.startswith("word/document") for name in names):
        return "docx"
    if "mimetype" in names and package.read("mimetype", 1_000).startswith(b"application/vnd.oasis.opendocument"):
        kind = package.read("mimetype", 1_000).decode("ascii", "replace").rpartition(".")[2].strip()
        if kind.startswith("text"):
            return "odt"
        raise UnreadableError(f"an OpenDocument {kind}, not a text; {_EXPECTED}.")
    if "[Content_Types].xml" in names:
        kind = next(
            (
                k
                for part, k in (("xl/", "an Excel workbook"), ("ppt/", "a PowerPoint presentation"))
                if any(name.startswith(part) for name in names)
            ),
            "an Office file without a Word document",
        )
        raise UnreadableError(f"{kind}; {_EXPECTED}.")
    if "META-INF/manifest.xml" in names and "content.xml" in names:
        return "odt"
    return "archive"


def _text_format(text: str, suffix: str) -> Format:
    head = text[:20_000]
    opening = _PROLOGUE.match(head)
    root = _ROOT.match(head, opening.end() if opening else 0)
    if _HTML.match(head.lstrip("\ufeff \t\r\n")) or (root and _local(root[1]) == "html"):
        return "html"
    if head.lstrip("\ufeff \t\r\n").startswith("<?xml") or (root and suffix == ".xml"):
        return _xml_format(_local(root[1]) if root else "")
    if suffix in (".md", ".markdown"):
        return "markdown"
    if root and (suffix in _HTML_SUFFIXES or _HTML.search(head) or _HTML_BLOCK.search(head)):
        return "html"
    return "text"


def _local(name: str) -> str:
    return name.rpartition(":")[2].lower()


def _xml_format(root: str) -> Format:
    if root in _OFFICIAL:
        return "official xml"
    raise UnreadableError(
        f"XML of an unknown kind (its root is <{root or '?'}>); "
        "expected an official publication (<officiele-publicatie>)."
    )
