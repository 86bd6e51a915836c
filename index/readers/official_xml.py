"""Read the XML of an official publication: written questions with their answers, or a parliamentary paper.

The elements are those of the government's publication schema (op-xsd): `al`
is a paragraph, `noot` a note where its mark stands, `li.nr` a list number,
tables are CALS.
"""

from collections.abc import Iterator
from itertools import islice

from index.language.regex import regex
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
    visible_paragraphs,
)
from index.readers.flow import Flow
from index.readers.official_metadata import Stated, known
from index.readers.raised_figures import Position, shifted
from index.readers.shown_words import shown_text, text_in
from index.readers.word_ledger import composed
from index.readers.xml_tree import Element, local_name, parsed_xml, whole_number

# Paragraphs: what is in them runs on, but for lists and tables.
_PARAGRAPHS = frozenset(
    "al noot.al nr titel subtitel tussenkop kop tekstregel kamervraagnummer kamervraagomschrijving stuknr "
    "dossiernummer datumtekst functie naam plaats label li.nr opschrift spreker item-titel".split()
)
_HEADINGS = frozenset("kamervraagomschrijving titel tussenkop kop stuknr opschrift spreker item-titel".split())
# Their parts stand in elements of their own, with no space between them in the file.
_SPACED = frozenset("kop naam stuknr dossiernummer spreker".split())
_BLOCKS = frozenset("lijst li table tabel al tussenkop".split())
_SKIPPED = frozenset("metadata plaatje illustratie".split())
# Where the metadata of a publication lies, by its identifier.
_ADDRESS = regex(r"officielebekendmakingen\.nl/([\w-]+)/metadata\.xml")
_BOLD = ("vet", "vetcur")
_POSITIONS: dict[str, Position] = {"sup": "raised", "inf": "lowered", "sub": "lowered"}


def read(content: bytes) -> Reading:
    """The text of the publication, its notes and tables; metadata as far as the file holds it."""
    root = parsed_xml(content, "the XML")
    reader = _Publication()
    reader.element(root, False)
    in_line = _in_line(root)
    shown = shown_text(
        root,
        lambda element: local_name(element) in _SKIPPED,
        lambda element: local_name(element) == "noot" or element not in in_line,
    )
    blocks, notes, left_out = reader.flow.finished(), tuple(reader.notes), tuple(reader.left_out)
    return composed(Content(blocks, notes, (), (Excerpt(shown),), left_out, known(_stated(root))))


def _in_line(root: Element) -> set[Element]:
    """The elements that stand in a line of text: they, or what they stand in, have text around them."""
    found: set[Element] = set()
    for parent in root.iter():
        children = list(parent)
        if parent in found or any((text or "").strip() for text in (parent.text, *(child.tail for child in children))):
            found.update(children)
    return found


def _stated(root: Element) -> Iterator[Stated]:
    """The session, chamber and numbers that the publication's head names."""
    for element in root.iter("meta"):
        if address := _ADDRESS.search(element.get("content", "")):
            yield Stated("identifier", "", address[1])
        yield Stated.of(element.get("name", ""), element.get("scheme", ""), element.get("content", ""))
    for element in root.iter("tekstregel"):
        text = " ".join(" ".join(element.itertext()).split())
        kind = element.get("inhoud")
        if kind == "vergaderjaar":
            yield Stated("vergaderjaar", "", text.removeprefix("Vergaderjaar").strip())
        elif kind == "kameraanduiding":
            yield Stated("creator", "", text)
        elif kind == "documenttype":
            yield Stated("type", "parlementair", text)
    for name, ours in (("kamervraagnummer", "aanhangselnummer"), ("dossiernr", "dossiernummer")):
        for element in root.iter(name):
            yield Stated(ours, "", "".join(element.itertext()).strip())
    titles = [" ".join("".join(element.itertext()).split()) for element in root.iter("item-titel")]
    if len(titles) == 1:
        yield Stated("title", "", titles[0])
    for element in root.iter("ondernummer"):
        yield Stated("ondernummer", "", "".join(element.itertext()).strip())


class _Publication:
    def __init__(self) -> None:
        self.flow = Flow()
        self.notes: list[Note] = []
        self.left_out: list[Excerpt] = []

    def element(self, element: Element, bold: bool, in_paragraph: bool = False) -> None:
        """Add an element with all that is in it."""
        name = local_name(element)
        if name in _SKIPPED:
            return
        if name == "noot":
            self._note(element)
        elif name in ("table", "tabel"):
            self._table(element)
        elif name == "li":
            self._item(element, bold)
        elif name in _PARAGRAPHS and (not in_paragraph or name in _BLOCKS):
            self.flow.end_paragraph()
            self._inside(element, bold, name, True)
            self.flow.end_paragraph(heading=name in _HEADINGS or _is_question_number(element))
        elif in_paragraph and name not in _BLOCKS:
            self._inside(element, bold or _is_bold(element), name, True)
        else:
            self.flow.end_paragraph()
            self._inside(element, bold, name, False)
            self.flow.end_paragraph()

    def _inside(self, element: Element, bold: bool, name: str, in_paragraph: bool) -> None:
        self.flow.words(shifted(element.text or "", _POSITIONS.get(name, "")), bold)
        for child in element:
            if isinstance(child.tag, str):
                self.element(child, bold, in_paragraph)
            if name in _SPACED and child.getnext() is not None:
                self.flow.words(" ", bold)
            self.flow.words(child.tail, bold)

    def _item(self, item: Element, bold: bool) -> None:
        self.flow.end_paragraph()
        number = item.find("{*}li.nr")
        if number is not None:
            self.flow.label(" ".join("".join(number.itertext()).split()))
        for child in item:
            if child is not number:
                self.element(child, bold)
        self.flow.end_paragraph()

    def _note(self, note: Element) -> None:
        key = str(len(self.notes))
        number = "".join("".join(found.itertext()) for found in note.findall("{*}noot.nr")).strip(" .)*[](")
        inner = _Publication()
        for child in note:
            if local_name(child) != "noot.nr":
                inner.element(child, False)
            else:
                self.left_out.append(Excerpt(text_in(child), None, "note number"))
        self.left_out += inner.left_out
        body = tuple(visible_paragraphs(inner.flow.finished()))
        self.notes.append(Note(key, body, whole_number(number, 0) or None))
        self.flow.mark(key)

    def _table(self, table: Element) -> None:
        self.flow.end_paragraph()
        for title in table.findall("{*}title"):
            self.element(title, False)
        for group in table.iter("{*}tgroup"):
            self.flow.block(TableBlock.of(self._cells(row, group) for row in group.iter("{*}row")))

    def _cells(self, row: Element, group: Element) -> Iterator[Cell]:
        specs = islice(group.iterfind("{*}colspec"), MOST_COLUMNS)
        columns = {spec.get("colname"): place for place, spec in enumerate(specs)}
        entries = row.findall("{*}entry")
        place = 0
        for entry in entries:
            start = columns.get(entry.get("namest") or entry.get("colname"), place)
            end = columns.get(entry.get("nameend"), start)
            # A cell above that reaches down covers the columns that are passed over.
            yield from (COVERED for _ in range(min(start - place, MOST_COLUMNS)))
            yield Cell(self._blocks(entry))
            if len(entries) > 1 or start > 0:
                yield from (COVERED for _ in range(min(end - start, MOST_COLUMNS)))
            place = max(start, end) + 1

    def _blocks(self, entry: Element) -> tuple[Block, ...]:
        outer, self.flow = self.flow, Flow()
        self._inside(entry, False, "entry", False)
        blocks, self.flow = self.flow.finished(), outer
        return blocks


def _is_bold(element: Element) -> bool:
    return local_name(element) == "nadruk" and element.get("type") in _BOLD


def _is_question_number(element: Element) -> bool:
    parent = element.getparent()
    return local_name(element) == "nr" and parent is not None and local_name(parent) in ("vraag", "antwoord")
