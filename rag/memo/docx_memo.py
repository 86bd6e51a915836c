"""Write a memo as a Word file: real headings, block quotations, true footnotes, a source list.

python-docx makes the document; it knows no footnotes, so their part is
written here (Office Open XML, ECMA-376 part 1, 17.11). The manifest lies in a
custom XML part, which Word keeps when it saves.
"""

import datetime
import io
import json
import zipfile
from html import escape
from typing import Any

from rag.citation.abridged import Quoted, whole_of
from rag.citation.layout import Grid, blocks
from rag.citation.reference import reference
from rag.memo.manifest import MANIFEST_NAMESPACE, manifest
from rag.memo.selection import Heading, Note, Selection
from rag.texts.answers import Language
from rag.texts.memos import MEMO_TEXTS

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_FOOTNOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
# The oldest date that a zip file can hold: equal selections give equal files.
_NO_DATE = (1980, 1, 1, 0, 0, 0)


def docx_memo(selection: Selection, language: Language) -> bytes:
    """The memo as the bytes of a .docx file."""
    from docx import Document

    document = Document()
    _set_up(document, selection)
    document.add_heading(selection.title, level=0)
    number = 0
    for item in selection.items:
        if isinstance(item, Heading):
            document.add_heading(item.text, level=1)
        elif isinstance(item, Note):
            for paragraph in item.text.split("\n\n"):
                document.add_paragraph(paragraph.strip())
        else:
            number += 1
            _add_quotation(document, item, number)
    _add_sources(document, selection, MEMO_TEXTS[language]["sources"])
    _add_footnotes(document, selection)
    _add_manifest(document, selection)
    return _dateless(document)


def _set_up(document: Any, selection: Selection) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    properties = document.core_properties
    properties.title, properties.comments = selection.title, ""
    properties.author = properties.last_modified_by = selection.author
    made = selection.date or datetime.date(*_NO_DATE[:3])
    properties.created = properties.modified = datetime.datetime.combine(made, datetime.time(12))
    properties.language = "nl-NL"
    quote = document.styles["Quote"]
    quote.font.italic = False
    quote.font.color.rgb = None
    quote.paragraph_format.left_indent = quote.paragraph_format.right_indent = Cm(1)
    quote.paragraph_format.space_after = Pt(8)
    text = document.styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH)
    text.base_style = document.styles["Normal"]
    text.font.size = Pt(9)
    raised = document.styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER)
    raised.font.superscript = True
    for style in document.styles.element.iter(qn("w:lang")):
        style.set(qn("w:val"), "nl-NL")


def _add_quotation(document: Any, quoted: Quoted, number: int) -> None:
    """A block quotation, a Word paragraph for each line, tables as tables, with the note's mark at its end."""
    paragraph = None
    for block in blocks(quoted):
        if isinstance(block, Grid):
            paragraph = _add_table(document, block)
        else:
            paragraph = document.add_paragraph(block, style="Quote")
    _add_mark(paragraph, number)


def _add_table(document: Any, grid: Grid) -> Any:
    """A table whose cells are quoted, its caption above it; the last of its paragraphs."""
    from docx.shared import Pt

    if grid.caption:
        document.add_paragraph(grid.caption, style="Quote").paragraph_format.keep_with_next = True
    table = document.add_table(len(grid.rows), max(len(row) for row in grid.rows), style="Table Grid")
    for number, row in enumerate(grid.rows):
        for column, words in enumerate(row):
            paragraph = table.cell(number, column).paragraphs[0]
            paragraph.style = "Quote"
            paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(0)
            paragraph.paragraph_format.space_after = Pt(2)
            paragraph.add_run(" ".join(words.split())).bold = (grid.headed and number == 0) or None
    # What follows a table would stand against it.
    document.add_paragraph().paragraph_format.space_after = Pt(0)
    return paragraph


def _add_mark(paragraph: Any, number: int) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    run = paragraph.add_run()
    run.style = "footnote reference"
    mark = OxmlElement("w:footnoteReference")
    mark.set(qn("w:id"), str(number))
    run._r.append(mark)


def _add_sources(document: Any, selection: Selection, title: str) -> None:
    from rag.citation.reference import source

    documents = {citation.document.id: citation.document for citation in selection.citations}
    if documents:
        document.add_heading(title, level=1)
    for quoted in documents.values():
        document.add_paragraph(f"{source(quoted)} (SHA-256 {quoted.sha256})", style="List Bullet")


def _add_footnotes(document: Any, selection: Selection) -> None:
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    notes = "".join(_footnote(n, reference(whole_of(q))) for n, q in enumerate(selection.quoted, start=1))
    blob = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<w:footnotes xmlns:w="{_W}">'
        '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        '<w:footnote w:type="continuationSeparator" w:id="0">'
        f"<w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>{notes}</w:footnotes>"
    )
    part = Part(PackURI("/word/footnotes.xml"), _FOOTNOTES_TYPE, blob.encode("utf-8"), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _footnote(number: int, text: str) -> str:
    return (
        f'<w:footnote w:id="{number}"><w:p><w:pPr><w:pStyle w:val="footnotetext"/></w:pPr>'
        '<w:r><w:rPr><w:rStyle w:val="footnotereference"/></w:rPr><w:footnoteRef/></w:r>'
        f'<w:r><w:t xml:space="preserve"> {escape(text, quote=False)}.</w:t></w:r></w:p></w:footnote>'
    )


def _add_manifest(document: Any, selection: Selection) -> None:
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    embedded = escape(json.dumps(manifest(selection), ensure_ascii=True), quote=False)
    blob = f'<?xml version="1.0" encoding="UTF-8"?>\n<manifest xmlns="{MANIFEST_NAMESPACE}">{embedded}</manifest>'
    # python-docx's own template has an item 1.
    part = Part(PackURI("/customXml/item2.xml"), "application/xml", blob.encode("utf-8"), document.part.package)
    document.part.relate_to(part, f"{_RELATIONS}/customXml")
    properties = (
        '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n'
        '<ds:datastoreItem ds:itemID="{5B0C41E6-5E5C-4F5B-9D5E-0B6E6C1F7A01}" '
        'xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"><ds:schemaRefs>'
        f'<ds:schemaRef ds:uri="{MANIFEST_NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
    )
    described = Part(
        PackURI("/customXml/itemProps2.xml"),
        "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
        properties.encode("utf-8"),
        document.part.package,
    )
    part.relate_to(described, f"{_RELATIONS}/customXmlProps")


def _dateless(document: Any) -> bytes:
    """The file with every date in its zip folder the same."""
    saved, made = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            target.writestr(zipfile.ZipInfo(entry.filename, _NO_DATE), source.read(entry), zipfile.ZIP_DEFLATED)
    return made.getvalue()
