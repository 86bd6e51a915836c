"""Read an HTML page: a publication as officielebekendmakingen.nl gives it, a page saved from elsewhere.

What a browser shows of its body is read: no scripts, menus, hidden elements
or tables of contents. Footnotes are links from a number to a later place on
the page, as the official publications, Word, LibreOffice and pandoc write them.
"""

import re
from collections.abc import Iterator

from index.language.regex import regex
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
    Role,
    TableBlock,
    UnreadableError,
)
from index.readers.canonical import visible_paragraphs as visible
from index.readers.encoding import decoded
from index.readers.flow import PLAIN, Flow, Look
from index.readers.html.formulas import REPEATED, formula, set_strokes
from index.readers.html.notes import NoteLinks
from index.readers.html.positions import position, set_positions
from index.readers.list_numbers import BULLET, list_number
from index.readers.official_metadata import Stated, known
from index.readers.raised_figures import Position
from index.readers.shown_words import shown_text, text_in
from index.readers.word_ledger import composed
from index.readers.xml_tree import Element

_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu ol p pre search section summary ul".split()
)
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_BOLD = frozenset("b strong".split())
_STRUCK = frozenset("s strike".split())
_LOOKS = _BOLD | _STRUCK | {"sup", "sub", "blockquote"}
_SKIPPED = REPEATED | frozenset(
    "head script style template noscript nav svg object embed iframe audio video canvas map button select "
    "textarea datalist input img title del".split()
)
_BREAKS = _BLOCKS | frozenset("table thead tbody tfoot tr td th br".split())
# Of what is skipped, what a browser shows.
_SEEN: dict[str, LeftOut] = {
    "nav": "menu",
    "svg": "drawing",
    "button": "button",
    "select": "field of a form",
    "textarea": "field of a form",
    "del": "deleted text",
}
# Of official publications: the running head and foot, and the contents.
_FURNITURE = frozenset("kopregel voetregel inhoudsopgave".split())
_HIDDEN = regex(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BOLD_STYLE = regex(r"font-weight\s*:\s*(?:bold|bolder|[6-9]00)", re.IGNORECASE)
_PLAIN_STYLE = regex(r"font-weight\s*:\s*(?:normal|lighter|[1-4]00)", re.IGNORECASE)
_STRUCK_STYLE = regex(r"text-decoration[a-z-]*\s*:[^;]{0,40}line-through", re.IGNORECASE)
_POSITIONS: dict[str, Position] = {"sup": "raised", "sub": "lowered"}
_NO_MARKER = regex(r"list-style(?:-type)?\s*:\s*none", re.IGNORECASE)
_OWN_MARKER = regex(r"\s*(?:[-–—•·▪]\s|\(?(?:\d{1,3}|[a-z]{1,2}|[ivx]{1,5})[.)°]\s)")
_END_OF_PAGE = regex(r"</(?:body|html)\s*>", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{1,40})", re.IGNORECASE)


def read(content: bytes) -> Reading:
    """The text of the page, its notes and tables, and what its `meta` elements state.

    Raises UnreadableError where it is in no encoding that is read, or nested
    more than 250 deep.
    """
    return composed(_content(_parsed(content)))


def read_content(content: bytes) -> Content:
    """What `read` reads, as paragraphs and tables; raises as `read` does.

    An element with `data-line` begins on that line, of the file that the page
    was made of; without any a paragraph has the line of the page.
    """
    root = _parsed(content)
    if root.find(".//*[@data-line]") is None:
        for element in root.iter(*_BLOCKS, "td", "th"):
            element.set("data-line", str(element.sourceline or 0))
    return _content(root)


def _content(root: Element) -> Content:
    page = _Page(NoteLinks(root))
    page.element(next(root.iter("body"), root), PLAIN)
    notes, shown = tuple(page.notes()), Excerpt(_shown(root))
    return Content(page.flow.finished(), notes, (), (shown,), tuple(page.left_out), known(_stated(root)))


def _shown(root: Element) -> str:
    """What a browser shows of a page, its menus and buttons included."""
    body = next(root.iter("body"), root)
    return shown_text(body, _is_unseen, lambda element: element.tag in _BREAKS)


def _is_unseen(element: Element) -> bool:
    return element.tag in _SKIPPED - _SEEN.keys() or (_is_hidden(element) and element.get("id") not in _FURNITURE)


def _parsed(content: bytes) -> Element:
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    # What follows the end of a page is shown as well; the parser would leave it out.
    text = _END_OF_PAGE.sub("", _text(content).lstrip("\ufeff"))
    root = etree.fromstring(text.encode("utf-8"), parser)
    if root is None:
        raise UnreadableError("the page holds no text.")
    # The parser goes on after a fault, but what lies too deep it leaves out.
    if any("xcessive depth" in error.message for error in parser.error_log):
        raise UnreadableError("its elements are nested more than 250 deep, as in no document of this kind; not read.")
    set_positions(root)
    set_strokes(root)
    return root


def _text(content: bytes) -> str:
    """The page in the encoding it declares, where it is of that encoding; else as any text."""
    declared = _CHARSET.search(content[:4096])
    if declared and not content.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        name = declared[1].decode("ascii")
        try:
            # What calls itself Latin-1 is Windows-1252 to every browser.
            return content.decode("cp1252" if name.lower() in ("iso-8859-1", "latin1", "us-ascii") else name)
        except (LookupError, UnicodeDecodeError):
            pass
    return decoded(content)


def _stated(root: Element) -> Iterator[Stated]:
    for meta in root.iter("meta"):
        if (name := meta.get("name", "")).lower().startswith(("dc.", "dcterms.", "overheid")):
            yield Stated.of(name, meta.get("scheme", ""), meta.get("content", ""))


class _Page:
    def __init__(self, links: NoteLinks) -> None:
        self.flow = Flow()
        self.left_out: list[Excerpt] = []
        self._links = links
        self._numbers: list[tuple[Element, int]] = []

    def notes(self) -> Iterator[Note]:
        """The notes of the marks that were met."""
        for key, body, number in self._links.notes():
            outer, self.flow = self.flow, Flow()
            self._inside(body, PLAIN)
            blocks, self.flow = self.flow.finished(), outer
            yield Note(key, tuple(visible(blocks)), number)

    def element(self, element: Element, look: Look) -> None:
        """Add an element with all that is in it, not what follows it."""
        tag = element.tag
        if not isinstance(tag, str) or self._links.is_note(element):
            return
        if tag in _SKIPPED or _is_hidden(element):
            if not _is_unseen(element):
                self._leave_out(element, _SEEN.get(tag, "head, foot or contents"))
            return
        if (key := self._links.mark(element)) is not None:
            self._leave_out(element, "note mark")
            self.flow.mark(key)
        elif self._links.is_label(element):
            self._leave_out(element, "note number")
        elif tag == "br":
            self.flow.exact("\n")
        elif tag == "math":
            self.flow.text("".join(formula(element)), look)
        elif tag == "table":
            self._table(element, look)
        elif tag in ("ol", "ul", "menu"):
            self._list(element, look)
        elif tag in _BLOCKS:
            self._end(look)
            inside = _look(element, look)
            self._inside(element, look)
            self._end(inside, heading=tag in _HEADINGS)
        elif tag == "q":
            self.flow.words("“", look.bold, look.struck)
            self._inside(element, look)
            self.flow.words("”", look.bold, look.struck)
        else:
            self._inside(element, look)

    def _leave_out(self, element: Element, kind: LeftOut) -> None:
        self.left_out.append(Excerpt(text_in(element), None, kind))

    def _inside(self, element: Element, look: Look) -> None:
        look = _look(element, look)
        if (line := element.get("data-line")) is not None:
            self.flow.at(_integer(line, 0))
        exact = element.tag == "pre"
        if element.text:
            self.flow.text(element.text, look, exact)
        for child in element:
            self.element(child, look)
            if child.tail:
                self.flow.text(child.tail, look, exact)

    def _end(self, look: Look, heading: bool = False) -> None:
        self.flow.end_paragraph(heading, look.role)

    def _list(self, element: Element, look: Look) -> None:
        self._end(look)
        items = [child for child in element if child.tag == "li"]
        number = _integer(element.get("start"), len(items) if element.get("reversed") is not None else 1)
        for child in element:
            if child.tag != "li":
                self.element(child, look)
                continue
            number = _integer(child.get("value"), number)
            if not _is_hidden(child) and not self._links.is_note(child):
                self.flow.label(_item_label(element, child, number))
                self._inside(child, look)
                self._end(look)
                self.flow.label("")
            number += -1 if element.get("reversed") is not None else 1
        self._end(look)

    def _table(self, table: Element, look: Look) -> None:
        """A table; what it is quoted in is handed on, how the text around it is set is not."""
        self.flow.end_paragraph()
        for caption in table.findall("caption"):
            self.element(caption, Look(role=look.role))
        covered: dict[int, int] = {}
        rows = (self._cells(row, covered, look.role) for row in _rows(table) if not _is_hidden(row))
        self.flow.block(TableBlock.of(rows))

    def _cells(self, row: Element, covered: dict[int, int], role: Role) -> Iterator[Cell]:
        """The cells of a row; `covered` counts for each column how many rows a cell above still reaches down."""
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        column = 0
        for cell in cells:
            while covered.get(column, 0) > 0:
                covered[column] -= 1
                column += 1
                yield COVERED
            width = min(_integer(cell.get("colspan"), 1), MOST_COLUMNS)
            height = min(_integer(cell.get("rowspan"), 1), 1_000)
            whole = len(cells) == 1 and column == 0
            yield Cell(self._blocks(cell, role))
            for place in range(max(width, 1)):
                covered[column] = height - 1
                column += 1
                if place and not whole:
                    yield COVERED
        while covered.get(column, 0) > 0:
            covered[column] -= 1
            column += 1
            yield COVERED

    def _blocks(self, cell: Element, role: Role) -> tuple[Block, ...]:
        outer, self.flow = self.flow, Flow()
        look = Look(bold=cell.tag == "th", role=role)
        self._inside(cell, look)
        self._end(look)
        blocks, self.flow = self.flow.finished(), outer
        return blocks


def _rows(table: Element) -> Iterator[Element]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from (row for row in child if row.tag == "tr")


def _item_label(parent: Element, item: Element, number: int) -> str:
    """The marker that a browser shows; none where the style takes it away or the text has its own."""
    if _NO_MARKER.search(parent.get("style", "")) or _NO_MARKER.search(item.get("style", "")):
        return ""
    if parent.tag == "ol":
        return f"{list_number(number, parent.get('type', '1'))}{parent.get('data-sign', '.')}"
    text = "".join(item.itertext())
    return "" if _OWN_MARKER.match(text) else BULLET


def _is_hidden(element: Element) -> bool:
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    return element.get("id") in _FURNITURE or bool(_HIDDEN.search(element.get("style", "")))


def _look(element: Element, around: Look) -> Look:
    """How text in an element is set, where that around it is set so."""
    style, tag = element.get("style", ""), element.tag
    indented = element.get("data-role") == "indented"
    if not style and not indented and tag not in _LOOKS:
        return around
    plain = _PLAIN_STYLE.search(style) is not None
    return Look(
        bold=not plain and (around.bold or tag in _BOLD or bool(_BOLD_STYLE.search(style))),
        struck=around.struck or tag in _STRUCK or bool(_STRUCK_STYLE.search(style)),
        position=position(element) or _POSITIONS.get(tag, around.position),
        role="quote" if tag == "blockquote" else "indented" if indented else around.role,
    )


def _integer(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"-?\d{1,6}", text.strip()) else default
