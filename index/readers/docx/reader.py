"""Read a Word file (.docx): what Word shows on its pages, headers and footers aside.

Libraries for Word files see neither footnotes nor automatic numbers, text
boxes or tracked changes, so the XML is read here, as ECMA-376 describes it.
The final text is read: insertions, not deletions; results of fields, not
their instructions; no hidden text, no table of contents, no invitation to
fill something in.
"""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain, count, islice

from index.model.doubts import LeftOut
from index.model.types import Excerpt
from index.readers.canonical import (
    COVERED,
    MOST_COLUMNS,
    Block,
    Cell,
    Content,
    Inline,
    Note,
    NoteMark,
    Paragraph,
    Reading,
    TableBlock,
    UnreadableError,
    Words,
    visible_paragraphs,
)
from index.readers.docx.numbering import Numbering
from index.readers.docx.parts import DocxParts
from index.readers.docx.styles import VAL, Styles, W, is_on, value_of
from index.readers.docx.symbols import symbol
from index.readers.letterhead import letterhead
from index.readers.package import Package
from index.readers.raised_figures import Position, shifted
from index.readers.shown_words import shown_text
from index.readers.word_ledger import composed
from index.readers.xml_tree import Element, whole_number

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_SHAPE = "{urn:schemas-microsoft-com:vml}shape"
# Deletions, text at the place it was moved from, and properties.
_SKIPPED = frozenset(
    [_ALTERNATE + "Fallback", *(W + name for name in "del moveFrom delText instrText pPr rPr sectPr tblPr".split())]
)
_CHARACTERS = {W + "tab": "\t", W + "ptab": "\t", W + "cr": "\n", W + "noBreakHyphen": "-"}
_TEXTS = frozenset([W + "t", _MATH + "t"])
# The line of a fraction is written out.
_LETTERS = {**_CHARACTERS, _MATH + "den": "/"}
_BREAKS = frozenset([W + "p", W + "tc", W + "br"])
_LETTERHEAD = 40
_FORMULA: dict[str, Position] = {_MATH + "sup": "raised", _MATH + "sub": "lowered"}
_REFERENCES = {W + "footnoteReference": "footnote", W + "endnoteReference": "endnote"}


def read(content: bytes | Package) -> Reading:
    """The text of a Word file with its notes, tables, bold text and paragraphs.

    Raises UnreadableError where a part of it is missing or damaged, or a note
    has no text to it.
    """
    return composed(read_content(content))


def read_content(content: bytes | Package) -> Content:
    """What `read` reads, as paragraphs and tables, with the headers and footers; raises as `read` does."""
    file = _File(content)
    story = _Story(file)
    blocks = tuple(story.read(file.body))
    notes = tuple(_notes(file, story))
    running = tuple(file.parts.running())
    margins = tuple(Excerpt(_shown(part), None, kind) for kind, part in running)
    texts = [file.body, *_marked(file.parts, frozenset(story.marks))]
    # The running text first: the headers of later pages often keep the date of a draft.
    headers = chain.from_iterable(_lines(_Story(file).read(header)) for header in file.parts.headers())
    return Content(
        blocks,
        notes,
        tuple(block for _, part in running for block in _Story(file).read(part)),
        (*(Excerpt(_shown(text)) for text in texts), *margins),
        (*story.left_out, *margins),
        letterhead(chain(_lines(blocks), headers)),
    )


class _File:
    """What all of a file's text is read with; `lines` counts its paragraphs."""

    def __init__(self, content: bytes | Package) -> None:
        self.parts = DocxParts(content)
        self.body = self.parts.document.find(W + "body")
        if self.body is None:
            raise UnreadableError("a Word file without a body; it is damaged. Save it as .docx again.")
        self.styles = Styles(self.parts.optional("styles"))
        self.numbering = Numbering(self.parts.optional("numbering"), self.styles)
        self.lines = count(1)


def _shown(element: Element) -> str:
    """All that the runs of an element say."""
    return shown_text(element, _is_unseen, lambda child: child.tag in _BREAKS, _TEXTS, _LETTERS)


def _is_unseen(element: Element) -> bool:
    """Whether an element holds nothing that is shown: a deletion, a hidden box, what older versions show instead."""
    deleted = element.tag == W + "tr" and element.find(f"{W}trPr/{W}del") is not None
    return element.tag in _SKIPPED or deleted or (element.tag != W + "body" and _is_hidden(element))


def _marked(parts: DocxParts, marks: AbstractSet[str]) -> Iterator[Element]:
    """The notes that are marked in the text."""
    for kind in ("footnote", "endnote"):
        root = parts.optional(f"{kind}s")
        if root is not None:
            yield from (note for note in root.iter(W + kind) if f"{kind}:{note.get(W + 'id')}" in marks)


def _notes(file: _File, story: "_Story") -> Iterator[Note]:
    """The notes that are marked in the text. Footnotes count by themselves, endnotes go on where these end."""
    marked = list(dict.fromkeys(story.marks))
    footnotes = sum(key.startswith("footnote:") for key in marked)
    for kind, before in (("footnote", 0), ("endnote", footnotes)):
        wanted = [key for key in marked if key.startswith(f"{kind}:")]
        root = file.parts.optional(f"{kind}s") if wanted else None
        found = {f"{kind}:{e.get(W + 'id')}": e for e in root.iter(W + kind)} if root is not None else {}
        for number, key in enumerate(wanted, start=before + 1):
            if key not in found:
                raise UnreadableError(f"{kind} {number} has a mark in the text but no text. Save it as .docx again.")
            blocks = Cell(tuple(story.aside().read(found[key])))
            yield Note(key, tuple(_without_gap(blocks.paragraphs)), number)


def _without_gap(paragraphs: Iterable[Paragraph]) -> Iterator[Paragraph]:
    """The paragraphs of a note without the space that parts its number, which is not text, from its words."""
    begun = False
    for paragraph in paragraphs:
        inlines: list[Inline] = []
        for inline in paragraph.inlines:
            kept = replace(inline, text=inline.text.lstrip()) if isinstance(inline, Words) and not begun else inline
            begun = begun or (isinstance(kept, Words) and bool(kept.text))
            inlines.append(kept)
        yield replace(paragraph, inlines=tuple(inlines))


def _lines(blocks: Iterable[Block]) -> Iterator[str]:
    """The first paragraphs, as far as a letterhead may reach."""
    for paragraph in islice(visible_paragraphs(blocks), _LETTERHEAD):
        yield paragraph.words


@dataclass(slots=True)
class _Draft:
    """A paragraph while its runs are read."""

    style: str
    line: int
    inlines: list[Inline] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not any(isinstance(inline, Words) for inline in self.inlines)


class _Story:
    """Reads the body, a note or a header from top to bottom; `marks` are the keys of the notes met."""

    def __init__(self, file: _File) -> None:
        self._file = file
        self._styles = file.styles
        self._numbering = file.numbering
        self._fields: list[_Field] = []
        self._carried: tuple[Inline, ...] = ()
        self._carried_label = ""
        self.marks: list[str] = []
        self.left_out: list[Excerpt] = []

    def read(self, container: Element) -> Iterator[Block]:
        """The paragraphs and tables in `container`; those of a text box follow the paragraph it hangs on."""
        yield from self._blocks(container)
        yield from self._carried_over()

    def _carried_over(self) -> Iterator[Block]:
        """What was to be joined to a next paragraph, where none comes."""
        if self._carried:
            yield Paragraph(self._carried, self._carried_label)
            self._carried, self._carried_label = (), ""

    def _blocks(self, container: Element) -> Iterator[Block]:
        for child in container:
            if child.tag == W + "p":
                yield from self._paragraph(child)
            elif child.tag == W + "tbl":
                yield from self._carried_over()
                yield TableBlock.of(self._rows(child))
            elif child.tag == W + "sdt":
                yield from self._content_control(child)
            elif child.tag == W + "altChunk":
                raise UnreadableError(
                    "holds another document whole (altChunk), which is not read. Open it in Word and save it again."
                )
            elif child.tag == _ALTERNATE + "AlternateContent":
                yield from self._blocks(_chosen(child))
            elif child.tag not in _SKIPPED:
                yield from self._blocks(child)

    def _content_control(self, control: Element) -> Iterator[Block]:
        content = control.find(W + "sdtContent")
        if content is not None and not _invites(control):
            yield from self._blocks(content)
        elif content is not None:
            self._leave_out(_shown(content), _why_left_out(control))

    def _leave_out(self, text: str, kind: LeftOut) -> None:
        if text.strip():
            self.left_out.append(Excerpt(text, None, kind))

    def _rows(self, table: Element) -> Iterator[Iterator[Cell]]:
        for row in _children(table, W + "tr"):
            if row.find(f"{W}trPr/{W}del") is None:
                yield self._cells(row)

    def _cells(self, row: Element) -> Iterator[Cell]:
        cells = list(_children(row, W + "tc"))
        # A row may begin in a later column.
        before = whole_number(value_of(row.find(W + "trPr"), "gridBefore"), 0, MOST_COLUMNS)
        yield from (COVERED for _ in range(before))
        for cell in cells:
            properties = cell.find(W + "tcPr")
            merged = properties.find(W + "vMerge") if properties is not None else None
            blocks = tuple(self.read(cell))
            covered = merged is not None and merged.get(VAL, "continue") == "continue"
            yield COVERED if covered else Cell(blocks)
            if len(cells) > 1 or before:
                span = whole_number(value_of(properties, "gridSpan"), 1, MOST_COLUMNS)
                yield from (COVERED for _ in range(span - 1))

    def _paragraph(self, paragraph: Element) -> Iterator[Block]:
        properties = paragraph.find(W + "pPr")
        style = self._styles.style_of(properties)
        draft = _Draft(style, next(self._file.lines))
        self._collect(paragraph, draft)
        mark = properties.find(W + "rPr") if properties is not None else None
        hidden = self._styles.applies("vanish", mark, style)
        if mark is not None and (mark.find(W + "del") is not None or mark.find(W + "moveFrom") is not None):
            self._carried += tuple(draft.inlines)
        elif hidden and draft.is_empty:
            pass
        elif hidden:
            # A hidden mark joins its paragraph to the next: Word's "style separator".
            self._carried_label = self._carried_label or self._numbering.label(properties)
            self._carried += tuple(draft.inlines)
        else:
            yield self._finished(draft, properties)
        for box in draft.boxes:
            inner = self.aside()
            inner.marks = self.marks
            yield from inner.read(box)

    def _finished(self, draft: _Draft, properties: Element | None) -> Paragraph:
        label = self._numbering.label(properties)
        level = value_of(properties, "outlineLvl")
        heading = self._styles.is_heading(draft.style) if level is None else whole_number(level, 9) < 9
        inlines = (*self._carried, *draft.inlines)
        role = self._styles.role(properties)
        paragraph = Paragraph(inlines, self._carried_label or label, heading, role, draft.line)
        self._carried, self._carried_label = (), ""
        return paragraph

    def aside(self) -> "_Story":
        """A story of its own for a note or a text box: fields begin anew, what is left out is kept together."""
        inner = _Story(self._file)
        inner.left_out = self.left_out
        return inner

    def _collect(self, element: Element, draft: _Draft, position: Position = "") -> None:
        """Add what is seen of a paragraph, in order; `position` is that of a formula's figures."""
        for child in element:
            if child.tag == W + "r":
                self._run(child, draft)
            elif child.tag == W + "fldSimple":
                if not _is_contents(child.get(W + "instr", "")):
                    self._collect(child, draft)
                else:
                    self._leave_out(_shown(child), "list of contents")
            elif child.tag == W + "sdt":
                content = child.find(W + "sdtContent")
                if content is not None and not _invites(child):
                    self._collect(content, draft)
                elif content is not None:
                    self._leave_out(_shown(content), _why_left_out(child))
            elif child.tag == _MATH + "r":
                self._words(shifted("".join(t.text or "" for t in child.iter(_MATH + "t")), position), draft)
            elif child.tag not in _SKIPPED:
                if child.tag == _MATH + "den":
                    self._words("/", draft)
                self._collect(child, draft, _FORMULA.get(child.tag, position))

    def _run(self, run: Element, draft: _Draft) -> None:
        properties = run.find(W + "rPr")
        applies = partial(self._styles.applies, run=properties, paragraph_style=draft.style)
        hidden = applies("vanish")
        look = _Look(applies("b"), applies("strike") or applies("dstrike"))
        position = self._styles.position(properties, draft.style)
        custom_mark = False
        for child in run:
            if child.tag == W + "fldChar":
                self._field(child.get(W + "fldCharType", ""))
            elif child.tag == W + "instrText":
                if self._fields:
                    self._fields[-1].instruction += child.text or ""
            elif child.tag in _REFERENCES:
                if self._is_shown and not hidden:
                    self._mark(f"{_REFERENCES[child.tag]}:{child.get(W + 'id', '')}", draft)
                custom_mark = child.get(W + "customMarkFollows", "0") not in ("0", "false")
            elif hidden or (custom_mark and child.tag in (W + "t", W + "sym")):
                self._leave_out(_shown(child), "hidden text" if hidden else "note mark")
            else:
                self._content(child, look, position, draft)

    def _content(self, child: Element, look: "_Look", position: Position, draft: _Draft) -> None:
        if child.tag == W + "t":
            self._words(shifted(child.text or "", position), draft, look)
        elif child.tag == W + "br":
            self._break(child.get(W + "type", "textWrapping"), look, draft)
        elif child.tag in _CHARACTERS:
            self._words(_CHARACTERS[child.tag], draft, look)
        elif child.tag == W + "sym":
            self._words(symbol(child.get(W + "font", ""), child.get(W + "char", "")), draft, look)
        elif child.tag == _ALTERNATE + "AlternateContent":
            draft.boxes += _text_boxes(_chosen(child))
        elif child.tag in (W + "drawing", W + "pict", W + "object"):
            draft.boxes += _text_boxes(child)

    def _break(self, kind: str, look: "_Look", draft: _Draft) -> None:
        """A line break is a line end; so is a page or column break, unless nothing stands before it."""
        if kind == "textWrapping" or not draft.is_empty:
            self._words("\n", draft, look)

    def _words(self, text: str, draft: _Draft, look: "_Look | None" = None) -> None:
        if text and self._is_shown:
            draft.inlines.append(Words(text, look.bold, look.struck) if look else Words(text))
        else:
            self._leave_out(text, "list of contents")

    def _mark(self, key: str, draft: _Draft) -> None:
        draft.inlines.append(NoteMark(key))
        self.marks.append(key)

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(_Field())
        elif self._fields and kind == "separate":
            self._fields[-1].in_result = True
        elif self._fields and kind == "end":
            self._fields.pop()

    @property
    def _is_shown(self) -> bool:
        return all(found.in_result and not _is_contents(found.instruction) for found in self._fields)


@dataclass(frozen=True, slots=True)
class _Look:
    """How a run is set."""

    bold: bool
    struck: bool


@dataclass(slots=True)
class _Field:
    """A field that has begun: its instruction, and whether its result is being read."""

    instruction: str = ""
    in_result: bool = False


def _is_contents(instruction: str) -> bool:
    """Whether a field is a table of contents or an index, which repeat the text."""
    return instruction.split()[:1] in (["TOC"], ["INDEX"], ["TOA"])


def _why_left_out(control: Element) -> LeftOut:
    properties = control.find(W + "sdtPr")
    invites = properties is not None and is_on(properties, "showingPlcHdr")
    return "invitation to type" if invites else "list of contents"


def _invites(control: Element) -> bool:
    """Whether a content control shows its invitation to type ("Klik hier …") or is a table of contents."""
    properties = control.find(W + "sdtPr")
    if properties is None:
        return False
    gallery = properties.find(f"{W}docPartObj/{W}docPartGallery")
    contents = gallery is not None and gallery.get(VAL) == "Table of Contents"
    return contents or bool(is_on(properties, "showingPlcHdr"))


def _chosen(alternate: Element) -> Element:
    """What Word shows of alternatives: the first choice, which it knows, else the fallback."""
    choice = alternate.find(_ALTERNATE + "Choice")
    fallback = alternate.find(_ALTERNATE + "Fallback")
    return choice if choice is not None else fallback if fallback is not None else ()


def _text_boxes(drawing: Element) -> list[Element]:
    """The contents of its text boxes, but for hidden ones and those inside another, which are read with it."""
    found: list[Element] = []
    pending = [drawing] if not isinstance(drawing, tuple) else []
    while pending:
        element = pending.pop()
        if element.tag == W + "txbxContent":
            found.append(element)
        elif element.tag == _ALTERNATE + "AlternateContent":
            pending.append(_chosen(element))
        elif not _is_hidden(element):
            pending += reversed(element)
    return found


def _is_hidden(element: Element) -> bool:
    if element.tag == _SHAPE:
        return "visibility:hidden" in element.get("style", "").replace(" ", "")
    properties = element.find(_DRAWING + "docPr")
    return properties is not None and properties.get("hidden", "0") in ("1", "true")


def _children(element: Element, tag: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, also where a control or a change is wrapped around them."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in (W + "sdt", W + "sdtContent", W + "ins", W + "customXml", W + "moveTo"):
            yield from _children(child, tag)
