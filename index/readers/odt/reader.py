"""Read an OpenDocument text (.odt): what LibreOffice shows on its pages, headers and footers aside.

The XML is that of OASIS OpenDocument 1.2 and 1.3. The final text is read:
tracked deletions lie apart in the file and are left there; notes, lists with
their numbers, tables and text frames are kept; tables of contents are not.
"""

from collections.abc import Iterator
from datetime import date
from itertools import count, islice

from index.model.doubts import LeftOut
from index.model.types import Excerpt
from index.readers.canonical import (
    COVERED,
    MOST_COLUMNS,
    Block,
    Cell,
    Content,
    Note,
    Reading,
    TableBlock,
    UnreadableError,
    visible_paragraphs,
)
from index.readers.flow import PLAIN, Flow, Look
from index.readers.html.formulas import formula, set_strokes
from index.readers.letterhead import letterhead
from index.readers.odt.styles import OFFICE, STYLE, TEXT, OdtStyles
from index.readers.official_metadata import Stated, known
from index.readers.package import Package
from index.readers.shown_words import shown_text, text_in
from index.readers.word_ledger import composed
from index.readers.xml_tree import Element, local_name, parsed_xml, whole_number

LARGEST_PART = 40_000_000
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_LETTERHEAD = 40
_MOST_SPACES = 1_000
# The page headers hold a letterhead more often than not.
_RUNNING = (STYLE + "header-first", STYLE + "header")
_PARAGRAPHS = (TEXT + "p", TEXT + "h")
_SKIPPED = frozenset(
    TEXT + name
    for name in "tracked-changes table-of-content alphabetical-index illustration-index table-index object-index "
    "user-index bibliography note-citation hidden-text hidden-paragraph variable-decls sequence-decls "
    "user-field-decls dde-connection-decls".split()
) | {OFFICE + "annotation", OFFICE + "annotation-end", OFFICE + "forms", OFFICE + "binary-data"}
# Skipped, and shown: lists that repeat the text, and what is hidden in print.
_LEFT_OUT: dict[str, LeftOut] = {
    **{TEXT + f"{name}-index": "index" for name in "alphabetical illustration table object user".split()},
    TEXT + "table-of-content": "list of contents",
    TEXT + "bibliography": "bibliography",
    TEXT + "hidden-text": "hidden text",
    TEXT + "hidden-paragraph": "hidden text",
}
_UNSEEN = (_SKIPPED - _LEFT_OUT.keys()) | {STYLE + "list-level-style"}
_LETTERS = {TEXT + "s": " ", TEXT + "tab": "\t", TEXT + "line-break": "\n"}
_LINES = frozenset([*_PARAGRAPHS, TEXT + "note", TEXT + "note-body", _TABLE + "table-cell", _DRAW + "text-box"])


def read(content: bytes | Package) -> Reading:
    """The text of the file with its notes, tables, bold text and paragraphs, and what its metadata states.

    Raises UnreadableError where it is encrypted, damaged, or no text.
    """
    return composed(read_content(content))


def read_content(content: bytes | Package) -> Content:
    """What `read` reads, as paragraphs and tables, with the page headers; raises as `read` does."""
    package = Package.of(content)
    _refuse_encrypted(package)
    root = parsed_xml(package.read("content.xml", LARGEST_PART), "content.xml")
    body = root.find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise UnreadableError("an OpenDocument file without a text in it; expected an .odt of a letter or publication.")
    _write_formulas(body, package)
    page_styles = _optional(package, "styles.xml")
    styles = OdtStyles(root, page_styles)
    reader = _Text(styles, count(1))
    reader.blocks(body)
    running = _Text(styles, count(1))
    for header in page_styles.iter(*_RUNNING) if page_styles is not None else ():
        running.blocks(header)
    blocks, headers = reader.flow.finished(), running.flow.finished()
    head = (*islice(visible_paragraphs(blocks), _LETTERHEAD), *visible_paragraphs(headers))
    return Content(
        blocks,
        tuple(reader.notes),
        headers,
        (Excerpt(_shown(body, styles)),),
        tuple(reader.left_out),
        {**letterhead(paragraph.words for paragraph in head), **_stated(package)},
    )


def _write_formulas(body: Element, package: Package) -> None:
    """Put the formulas of the body, each a part of the file that a frame names, as text in place of their frames."""
    read: set[str] = set()
    for frame in list(body.iter(_DRAW + "frame")):
        place = next((inner.get(_HREF, "") for inner in frame.iter(_DRAW + "object")), "")
        name = f"{place.removeprefix('./')}/content.xml"
        if name in read or name not in package or (parent := frame.getparent()) is None:
            continue
        read.add(name)
        root = parsed_xml(package.read(name, LARGEST_PART), name)
        if local_name(root) != "math":
            continue
        for element in root.iter("*"):
            element.tag = local_name(element)
        set_strokes(root)
        span = body.makeelement(TEXT + "span")
        span.text, span.tail = " ".join("".join(formula(root)).split()), frame.tail
        parent.replace(frame, span)


def _shown(body: Element, styles: OdtStyles) -> str:
    """All that the pages say."""
    return shown_text(
        body, lambda element: _is_unseen(element, styles), lambda element: element.tag in _LINES, letters=_LETTERS
    )


def _is_unseen(element: Element, styles: OdtStyles) -> bool:
    """Whether an element is not on the page: hidden words may stand in the middle of one that is."""
    return element.tag in _UNSEEN or styles.is_hidden(element.get(TEXT + "style-name", ""))


def _refuse_encrypted(package: Package) -> None:
    manifest = package.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in package else b""
    if b"encryption-data" in manifest or "encrypted-package" in package:
        raise UnreadableError("protected by a password. Open it, take the password off and save it again.")


def _optional(package: Package, name: str) -> Element | None:
    return parsed_xml(package.read(name, LARGEST_PART), name) if name in package else None


def _stated(package: Package) -> dict[str, str | date]:
    """What meta.xml states in the names of official publications; a title alone may be a template's."""
    meta = _optional(package, "meta.xml")
    if meta is None:
        return {}
    stated = [
        Stated.of(element.get(_META + "name", ""), "", element.text or "")
        for element in meta.iter(_META + "user-defined")
    ]
    found = known(stated)
    title = meta.find(f".//{_DC}title")
    if "identifier" in found and title is not None and title.text:
        found["title"] = " ".join(title.text.split())
    return found


class _Text:
    """Reads a body, a note or a cell from top to bottom; `lines` counts the file's paragraphs."""

    def __init__(self, styles: OdtStyles, lines: "count[int]") -> None:
        self._styles = styles
        self._lines = lines
        self.flow = Flow()
        self.notes: list[Note] = []
        self.left_out: list[Excerpt] = []

    def _leave_out(self, element: Element, kind: LeftOut) -> None:
        if element.tag not in _UNSEEN:
            self.left_out.append(Excerpt(text_in(element), None, kind))

    def _take(self, inner: "_Text") -> None:
        """What was found in a note or cell: its notes, and what was left out there."""
        self.notes += inner.notes
        self.left_out += inner.left_out

    def blocks(self, container: Element) -> None:
        """Add the paragraphs, lists and tables in `container`."""
        for child in container:
            if child.tag in _SKIPPED:
                self._leave_out(child, _LEFT_OUT.get(child.tag, ""))
            elif child.tag in _PARAGRAPHS:
                self._paragraph(child)
            elif child.tag == TEXT + "list":
                self._list(child, 0, "")
            elif child.tag == _TABLE + "table":
                self.flow.block(TableBlock.of(self._rows(child)))
            elif child.tag == TEXT + "section" and child.get(TEXT + "display") == "none":
                self._leave_out(child, "hidden text")
            else:
                self.blocks(child)

    def _paragraph(self, paragraph: Element) -> None:
        style = paragraph.get(TEXT + "style-name", "")
        if self._styles.is_hidden(style):
            self._leave_out(paragraph, "hidden text")
            return
        heading = paragraph.tag == TEXT + "h"
        if heading and (label := self._styles.outline_label(paragraph)):
            self.flow.label(label)
        self.flow.at(next(self._lines))
        boxes = self._inside(paragraph, self._styles.look(style, PLAIN))
        self.flow.end_paragraph(heading, self._styles.role(style))
        self.flow.label("")
        for box in boxes:
            self.blocks(box)

    def _list(self, element: Element, level: int, inherited: str) -> None:
        style = element.get(TEXT + "style-name") or inherited
        self._styles.begin_list(element, style, level)
        for item in element:
            if item.tag == TEXT + "list-header":
                self.blocks(item)
            elif item.tag == TEXT + "list-item":
                self._item(item, style, level)

    def _item(self, item: Element, style: str, level: int) -> None:
        labelled = False
        for child in item:
            if child.tag == TEXT + "list":
                self._list(child, level + 1, style)
            elif child.tag in _PARAGRAPHS:
                if not labelled:
                    self.flow.label(self._styles.item_label(item, style, level))
                    labelled = True
                self._paragraph(child)
            else:
                self.blocks([child])

    def _inside(self, element: Element, look: Look) -> list[Element]:
        """Add what is in a paragraph or span; the text boxes that hang on it are handed back."""
        boxes: list[Element] = []
        self.flow.text(element.text, look)
        for child in element:
            boxes += self._inline(child, look)
            self.flow.text(child.tail, look)
        return boxes

    def _inline(self, child: Element, look: Look) -> list[Element]:
        if child.tag == TEXT + "note":
            self._note(child)
        elif child.tag == TEXT + "s":
            self.flow.exact(" " * whole_number(child.get(TEXT + "c"), 1, _MOST_SPACES), look.bold, look.struck)
        elif child.tag == TEXT + "tab":
            self.flow.exact("\t", look.bold, look.struck)
        elif child.tag == TEXT + "line-break":
            self.flow.exact("\n", look.bold, look.struck)
        elif child.tag == TEXT + "span":
            style = child.get(TEXT + "style-name", "")
            if not self._styles.is_hidden(style):
                return self._inside(child, self._styles.look(style, look))
            self._leave_out(child, "hidden text")
        elif child.tag.startswith(_DRAW):
            return list(child.iter(_DRAW + "text-box"))[:1]
        elif child.tag not in _SKIPPED:
            return self._inside(child, look)
        else:
            self._leave_out(child, _LEFT_OUT.get(child.tag, ""))
        return []

    def _note(self, note: Element) -> None:
        key = note.get(TEXT + "id") or str(len(self.notes))
        citation = note.find(TEXT + "note-citation")
        printed = "".join(citation.itertext()).strip() if citation is not None else ""
        inner = _Text(self._styles, self._lines)
        body = note.find(TEXT + "note-body")
        if body is not None:
            inner.blocks(body)
        number = whole_number(printed, 0) or None
        self.notes.append(Note(key, tuple(visible_paragraphs(inner.flow.finished())), number))
        self._take(inner)
        self.flow.mark(key)

    def _rows(self, table: Element) -> Iterator[Iterator[Cell]]:
        for child in table:
            if child.tag == _TABLE + "table-row":
                yield self._cells(child)
            elif local_name(child) in ("table-header-rows", "table-rows", "table-row-group"):
                yield from self._rows(child)

    def _cells(self, row: Element) -> Iterator[Cell]:
        cells = [cell for cell in row if local_name(cell) in ("table-cell", "covered-table-cell")]
        spans_all = sum(local_name(cell) == "table-cell" for cell in cells) == 1 and len(cells) > 1
        for cell in cells:
            repeated = whole_number(cell.get(_TABLE + "number-columns-repeated"), 1, MOST_COLUMNS)
            if local_name(cell) == "covered-table-cell":
                if not spans_all:
                    yield from [COVERED] * repeated
                continue
            inner = _Text(self._styles, self._lines)
            inner.blocks(cell)
            blocks: tuple[Block, ...] = inner.flow.finished()
            self._take(inner)
            yield from [Cell(blocks)] * repeated
