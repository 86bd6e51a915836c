"""Read the text of a Word file that may come from anybody.

Only the parts with text are read, after their sizes have been checked; XML
with a DOCTYPE or entities is refused. Text that a reader does not see
(deleted or hidden) is left out, struck-out text keeps "~~" around it.
"""

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from rag.memo.manifest import MANIFEST_NAMESPACE
from rag.verify.memo_text import Kind, MemoError, MemoText, Paragraph

_LARGEST_PART = 20_000_000
_LARGEST_WHOLE = 60_000_000
_MOST_PARTS = 5_000
_DEEPEST = 150
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BLOCK_STYLES = ("quote", "citaat", "citation", "block text", "bloktekst", "zitat")
# Not the writer's text: deletions, moved text at its old place, instructions of fields, properties.
_SKIPPED = frozenset(
    [_FALLBACK, *(_W + name for name in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr", "sectPr", "tblPr"))]
)
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# Twentieths of a point; about 7 mm.
_INDENT = 400


@dataclass(slots=True)
class _Draft:
    """A paragraph while its runs are read."""

    parts: list[str] = field(default_factory=list)
    marks: list[tuple[int, str]] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)

    def add(self, text: str) -> None:
        self.parts.append(text)

    def mark(self, name: str) -> None:
        self.marks.append((sum(map(len, self.parts)), name))


def read_docx(content: bytes, name: str) -> MemoText:
    """The paragraphs of a Word file: body, tables, text boxes, headers, then footnotes and endnotes.

    Raises MemoError where it is no Word file, damaged, or larger unpacked
    than any memo.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_sizes(archive, name)
            return _read(archive, name)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError, OSError, ValueError) as error:
        raise MemoError(f"{name}: a damaged Word file ({error}). Open it in Word and save it again.") from error
    except RecursionError as error:
        raise MemoError(f"{name}: nested too deeply for a Word file. Save it as .docx again.") from error
    except (ParseError, KeyError, RuntimeError) as error:
        raise MemoError(f"{name}: not a Word file that can be read ({error}). Save it as .docx again.") from error


def _check_sizes(archive: zipfile.ZipFile, name: str) -> None:
    entries = archive.infolist()
    whole = sum(entry.file_size for entry in entries if entry.filename.endswith((".xml", ".rels")))
    largest = max((entry.file_size for entry in entries if entry.filename.endswith(".xml")), default=0)
    if len(entries) > _MOST_PARTS or whole > _LARGEST_WHOLE or largest > _LARGEST_PART:
        raise MemoError(
            f"{name}: unpacks to {whole:,} bytes of text in {len(entries):,} parts, more than any memo; not read."
        )


def _read(archive: zipfile.ZipFile, name: str) -> MemoText:
    names = archive.namelist()
    if "word/document.xml" not in names:
        raise MemoError(f"{name}: a zip file without word/document.xml; expected a Word file (.docx).")
    styles = _block_styles(_parsed(archive, "word/styles.xml")) if "word/styles.xml" in names else frozenset[str]()
    paragraphs = list(_paragraphs(_parsed(archive, "word/document.xml"), styles))
    for part in sorted(names):
        if part.startswith(("word/header", "word/footer")) and part.endswith(".xml"):
            paragraphs += _paragraphs(_parsed(archive, part), styles)
    numbered = [
        Paragraph(p.text, line, p.kind, p.marks) for line, p in enumerate(paragraphs, start=1) if p.text.strip()
    ]
    notes: list[Paragraph] = []
    for kind in ("footnote", "endnote"):
        if f"word/{kind}s.xml" in names:
            root = _parsed(archive, f"word/{kind}s.xml")
            notes += _notes(root, kind, styles, numbered)
    return MemoText((*numbered, *notes), _manifest(archive))


def _parsed(archive: zipfile.ZipFile, part: str) -> Element:
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    with archive.open(part) as file:
        content = file.read(_LARGEST_PART + 1)
    try:
        root: Element = fromstring(content, forbid_dtd=True)
    except DefusedXmlException as error:
        raise MemoError(f"{part} has a DOCTYPE or entities, which a Word file never has; not read.") from error
    return root


def _block_styles(root: Element) -> frozenset[str]:
    """The ids of the paragraph styles that are for block quotations, or based on one."""
    names: dict[str, str] = {}
    bases: dict[str, str] = {}
    for style in root.iter(_W + "style"):
        identifier = style.get(_W + "styleId", "")
        name, base = style.find(_W + "name"), style.find(_W + "basedOn")
        names[identifier] = (name.get(_W + "val", "") if name is not None else identifier).lower()
        bases[identifier] = base.get(_W + "val", "") if base is not None else ""
    quoted = {i for i, name in names.items() if any(word in f"{name} {i.lower()}" for word in _BLOCK_STYLES)}
    for _ in range(10):
        quoted |= {i for i, base in bases.items() if base in quoted}
    return frozenset(quoted)


def _paragraphs(root: Element, styles: frozenset[str]) -> Iterator[Paragraph]:
    """The paragraphs under `root` in order; those of a text box follow the one that it hangs on."""
    before = ""
    for element in _blocks(root, 0):
        draft = _Draft()
        _collect(element, draft, 0)
        text = "".join(draft.parts)
        yield Paragraph(text, 1, _kind(element, styles, before), tuple(draft.marks))
        before = text.strip() or before
        for box in draft.boxes:
            yield from _paragraphs(box, styles)


def _blocks(element: Element, depth: int) -> Iterator[Element]:
    if depth > _DEEPEST:
        raise RecursionError
    for child in element:
        if child.tag == _W + "p":
            yield child
        elif child.tag not in _SKIPPED:
            yield from _blocks(child, depth + 1)


def _kind(paragraph: Element, styles: frozenset[str], before: str) -> Kind:
    properties = paragraph.find(_W + "pPr")
    if properties is None:
        return "text"
    style = properties.find(_W + "pStyle")
    name = style.get(_W + "val", "") if style is not None else ""
    if name in styles:
        return "block"
    if name.lower().startswith(("heading", "kop", "title")):
        return "heading"
    indent = properties.find(_W + "ind")
    left = (indent.get(_W + "left") or indent.get(_W + "start") or "0") if indent is not None else "0"
    set_off = left.lstrip("-").isdigit() and int(left) >= _INDENT and properties.find(_W + "numPr") is None
    return "block" if set_off and before.endswith(":") else "text"


def _collect(element: Element, draft: _Draft, depth: int) -> None:
    """Add what a reader sees of a paragraph, in order."""
    if depth > _DEEPEST:
        raise RecursionError
    for child in element:
        if child.tag in _SKIPPED:
            continue
        if child.tag == _W + "txbxContent":
            draft.boxes.append(child)
        elif child.tag == _W + "r":
            _run(child, draft, depth)
        elif child.tag in (_W + "footnoteReference", _W + "endnoteReference"):
            draft.mark(child.tag.removeprefix(_W).removesuffix("Reference") + child.get(_W + "id", ""))
        elif child.tag == _W + "t":
            draft.add(child.text or "")
        elif child.tag in _CHARACTERS:
            draft.add(_CHARACTERS[child.tag])
        else:
            _collect(child, draft, depth + 1)


_CHARACTERS = {
    _W + "tab": "\t",
    _W + "br": "\n",
    _W + "cr": "\n",
    _W + "noBreakHyphen": "-",
    _W + "softHyphen": "\u00ad",
    # A character of a symbol font: whatever it is, it is not the document's.
    _W + "sym": "\ufffd",
}


def _run(run: Element, draft: _Draft, depth: int) -> None:
    properties = run.find(_W + "rPr")
    if properties is not None and _on(properties, "vanish"):
        return
    struck = properties is not None and (_on(properties, "strike") or _on(properties, "dstrike"))
    at = len(draft.parts)
    _collect(run, draft, depth + 1)
    text = "".join(draft.parts[at:])
    if struck and text.strip():
        draft.parts[at:] = [f"~~{text}~~"]
    elif properties is not None and text.strip().isdigit() and _raised(properties):
        draft.parts[at:] = [text.translate(_SUPERSCRIPT)]


def _on(properties: Element, name: str) -> bool:
    element = properties.find(_W + name)
    return element is not None and element.get(_W + "val", "true") not in ("0", "false", "off")


def _raised(properties: Element) -> bool:
    element = properties.find(_W + "vertAlign")
    return element is not None and element.get(_W + "val") == "superscript"


def _notes(root: Element, kind: str, styles: frozenset[str], body: list[Paragraph]) -> Iterator[Paragraph]:
    lines = {mark: paragraph.line for paragraph in body for _, mark in paragraph.marks}
    for note in root.findall(_W + kind):
        name = kind + note.get(_W + "id", "")
        for paragraph in _paragraphs(note, styles):
            if paragraph.text.strip():
                yield Paragraph(paragraph.text.strip(), lines.get(name, 1), "note", paragraph.marks, name)


def _manifest(archive: zipfile.ZipFile) -> dict[str, Any] | None:
    """The manifest that Woordelijk put into the file, None where there is none that can be read."""
    for part in archive.namelist():
        if not part.startswith("customXml/item") or not part.endswith(".xml") or "Props" in part:
            continue
        try:
            root = _parsed(archive, part)
            found = json.loads(root.text or "") if root.tag == f"{{{MANIFEST_NAMESPACE}}}manifest" else None
        except (ParseError, ValueError, MemoError, RecursionError):
            continue
        if isinstance(found, dict):
            return found
    return None
