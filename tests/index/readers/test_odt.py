"""What LibreOffice shows is what is read: notes, lists, tables, frames, the final text."""

from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from index.errors import DocumentError
from index.model.types import Document
from index.readers.read import read_document
from tests.index.readers.samples import odt, write, zipped

STYLES = """
<style:style style:family="text" style:name="vet"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:family="paragraph" style:name="Kop" style:parent-style-name="Basis"/>
<style:style style:family="paragraph" style:name="Basis"><style:text-properties fo:font-weight="700"/></style:style>
<style:style style:family="text" style:name="gewoon"><style:text-properties fo:font-weight="normal"/></style:style>
<style:style style:family="text" style:name="weg"><style:text-properties text:display="none"/></style:style>
<text:list-style style:name="L1">
 <text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
 <text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")"/>
 <text:list-level-style-number text:level="3" style:num-format="1" text:display-levels="3" style:num-suffix="."/>
</text:list-style>
<text:list-style style:name="L2"><text:list-level-style-bullet text:level="1" text:bullet-char="-"/></text:list-style>
<text:list-style style:name="L3">
 <text:list-level-style-number text:level="1" style:num-format="1" style:num-prefix="Vraag " text:start-value="4"/>
</text:list-style>
"""


def _read(folder: Path, body: str, **parts: str) -> Document:
    return read_document(write(folder, "brief.odt", odt(body, STYLES, **parts)))


def _paragraphs(folder: Path, body: str) -> list[str]:
    return _read(folder, body).text.split("\n\n")


def test_white_space_is_folded_as_the_format_says(tmp_path: Path) -> None:
    """Runs of white space are one space, none at the edges; marked spaces, tabs and line ends are what they are."""
    body = (
        "<text:p>\n  Vraag \t 1 <text:span> over</text:span> bruggen\n</text:p><text:p/>"
        '<text:p>a<text:s text:c="3"/>b<text:tab/>c<text:line-break/>d<text:soft-page-break/>e\u00a0</text:p>'
    )
    assert _paragraphs(tmp_path, body) == ["Vraag 1 over bruggen", "a   b\tc\nde\u00a0"]


def test_bold_and_headings(tmp_path: Path) -> None:
    body = (
        '<text:h text:outline-level="1">Kop</text:h><text:p>a <text:span text:style-name="vet">vet</text:span></text:p>'
        '<text:p text:style-name="Kop">Alles <text:span text:style-name="gewoon">niet</text:span></text:p>'
    )
    document = _read(tmp_path, body)
    assert [span.of(document.text) for span in document.emphasis] == ["Kop", "vet", "Alles"]


def test_notes(tmp_path: Path) -> None:
    """Footnotes and endnotes with their printed numbers; one that is no number counts on."""
    note = (
        '<text:note text:id="{0}" text:note-class="footnote"><text:note-citation>{1}</text:note-citation>'
        "<text:note-body><text:p>{2}</text:p><text:p>Slot.</text:p></text:note-body></text:note>"
    ).format
    document = _read(tmp_path, f"<text:p>A{note('f1', '3', 'drie')}, b{note('f2', '*', 'ster')}.</text:p>")
    assert document.text == "A, b.\n\ndrie\nSlot.\n\nster\nSlot."
    assert [(found.number, found.mark) for found in document.footnotes] == [(3, 1), (4, 4)]


def test_lists_show_their_numbers(tmp_path: Path) -> None:
    """Levels, a second paragraph without a number, a list that goes on, one that begins anew, a given start."""
    entry = "<text:list-item>{}</text:list-item>".format
    line = "<text:p>{}</text:p>".format
    deeper = f"<text:list>{entry(line('x') + '<text:list>' + entry(line('diep')) + '</text:list>')}</text:list>"
    body = (
        f'<text:list text:style-name="L1">{entry(line("een") + line("nog"))}{entry(line("twee") + deeper)}</text:list>'
        + line("tussen")
        + f'<text:list text:style-name="L1" text:continue-numbering="true">{entry(line("drie"))}</text:list>'
        + f'<text:list text:style-name="L1">{entry(line("opnieuw"))}</text:list>'
        + f'<text:list text:style-name="L2">{entry(line("staal"))}</text:list>'
        + f'<text:list text:style-name="L3">{entry(line("Waarom?"))}</text:list>'
        + '<text:list text:style-name="L3"><text:list-item text:start-value="9"><text:p>Hoe?</text:p></text:list-item>'
        + "</text:list>"
    )
    assert _paragraphs(tmp_path, body) == [
        *("1. een", "nog", "2. twee", "a) x", "2.a.1. diep", "tussen", "3. drie", "1. opnieuw", "- staal"),
        *("Vraag 4 Waarom?", "Vraag 9 Hoe?"),
    ]


def test_the_final_text(tmp_path: Path) -> None:
    """Deletions, comments, hidden text, hidden sections and the table of contents are left out."""
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>weg</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        "<text:table-of-content><text:index-body><text:p>Inhoud</text:p></text:index-body></text:table-of-content>"
        '<text:p>Er zijn <text:change-start text:change-id="c"/>15<text:change-end text:change-id="c"/> bruggen'
        "<office:annotation><text:p>klopt dit?</text:p></office:annotation>"
        '<text:span text:style-name="weg">niet</text:span>.'
        '<text:a>link</text:a><text:bookmark text:name="b"/></text:p>'
        '<text:section text:display="none"><text:p>geheim</text:p></text:section>'
        "<text:section><text:p>open</text:p></text:section>"
    )
    assert _paragraphs(tmp_path, body) == ["Er zijn 15 bruggen.link", "open"]


def test_tables_and_frames(tmp_path: Path) -> None:
    cell = "<table:table-cell{}><text:p>{}</text:p></table:table-cell>".format
    row = "<table:table-row>{}</table:table-row>".format
    rows = (
        row(cell(' table:number-columns-spanned="2"', "Titel") + "<table:covered-table-cell/>")
        + f"<table:table-header-rows>{row(cell('', 'a') + cell('', 'b'))}</table:table-header-rows>"
        + row(cell("", "") + cell("", "2"))
    )
    frame = "<draw:frame><draw:text-box><text:p>kader</text:p></draw:text-box></draw:frame>"
    document = _read(tmp_path, f"<text:p>Anker{frame} verder.</text:p><table:table>{rows}</table:table>{frame}")
    assert document.text == "Anker verder.\n\nkader\n\nTitel\na\tb\n\t2\n\nkader"
    (table,) = document.tables
    found = [[cell.of(document.text) if cell else None for cell in row] for row in table.rows]
    assert found == [["Titel"], ["a", "b"], [None, "2"]]


def test_metadata_of_a_publication(tmp_path: Path) -> None:
    """The names of official publications count; the title of any other file may be its template's."""
    user = '<meta:user-defined meta:name="{}">{}</meta:user-defined>'.format
    stated = "".join(
        user(name, value)
        for name, value in (
            ("OVERHEIDop.ParlID/DC.identifier", "ah-tk-20202021-3235"),
            ("OVERHEIDop.vergaderjaar", "2020-2021"),
            ("OVERHEIDop.aanhangselNummer", "3235"),
        )
    )
    title = "<dc:title>Bruggen</dc:title>"
    known = _read(tmp_path, "<text:p>Tekst.</text:p>", meta=title + stated)
    assert (known.title, dict(known.metadata)["appendix"], dict(known.metadata)["year"]) == (
        "Bruggen",
        "3235",
        "2020/21",
    )
    unknown = _read(tmp_path, "<text:p>Tekst.</text:p>", meta=title)
    assert (unknown.title, unknown.metadata) == ("brief", ())


def test_a_header_may_state_date_and_subject(tmp_path: Path) -> None:
    header = "<text:p>Datum: 25 juli 2024</text:p><text:p>Betreft</text:p><text:p>Bruggen</text:p>"
    document = _read(tmp_path, "<text:p>Tekst.</text:p>", page_styles=f"<style:header>{header}</style:header>")
    assert document.text == "Tekst."
    assert (document.date, dict(document.metadata)) == (date(2024, 7, 25), {"subject": "Bruggen"})


def test_an_encrypted_file_is_refused(tmp_path: Path) -> None:
    content = zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "META-INF/manifest.xml": "<m:manifest xmlns:m='m'><m:encryption-data/></m:manifest>",
            "content.xml": b"\x8f\x11\x02",
        }
    )
    with pytest.raises(DocumentError, match=r"geheim\.odt: protected by a password"):
        read_document(write(tmp_path, "geheim.odt", content))


def test_a_formula_is_words_of_its_paragraph(tmp_path: Path) -> None:
    """A formula is a part of the file of its own, which a frame names."""
    frame = (
        '<draw:frame xmlns:xlink="http://www.w3.org/1999/xlink" '
        'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0">'
        '<draw:object xlink:href="./Object {}"/></draw:frame>'
    )
    math = (
        '<math xmlns="http://www.w3.org/1998/Math/MathML"><semantics><mrow><msup><mi>x</mi><mn>2</mn></msup><mo>=</mo>'
        "<mfrac><mn>7</mn><mn>8</mn></mfrac></mrow><annotation>x^2</annotation></semantics></math>"
    )
    body = f"<text:p>De som is {frame.format(1)} euro.</text:p><text:p>Geen: {frame.format(2)}hier.</text:p>"
    with ZipFile(BytesIO(odt(body))) as plain:
        members = {name: plain.read(name).decode() for name in plain.namelist()}
    content = zipped({**members, "Object 1/content.xml": math, "Object 2/content.xml": "<chart/>"})
    document = read_document(write(tmp_path, "formule.odt", content))
    assert document.text == "De som is x² = 7/8 euro.\n\nGeen: hier."
    assert document.doubts == ()
