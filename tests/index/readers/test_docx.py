"""What Word shows is what is read: notes, numbers, boxes, tables, the final text."""

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest

from index.errors import DocumentError
from index.model.types import Document
from index.readers.read import read_document
from tests.index.readers.samples import docx, footnote, note_mark, p, r, write, zipped

BOLD = "<w:b/>"


def _read(folder: Path, body: str, **parts: str) -> Document:
    return read_document(write(folder, "brief.docx", docx(body, **parts)))


def _text(folder: Path, body: str, **parts: str) -> str:
    return _read(folder, body, **parts).text


def test_paragraphs_and_their_places(tmp_path: Path) -> None:
    """Empty paragraphs are no paragraphs; spaces at the edges stay; runs run on."""
    document = _read(tmp_path, p("Vraag 1 ") + p() + p("Hoe", r("veel", BOLD), "?") + p(" "))
    assert document.text == "Vraag 1 \n\nHoeveel?"
    assert [(place.start, place.page, place.paragraph) for place in document.places] == [(0, None, 1), (10, None, 2)]
    assert [span.of(document.text) for span in document.emphasis] == ["veel"]


def test_bold_comes_from_styles_too(tmp_path: Path) -> None:
    """A bold style, one based on it, one that turns it off again, and a run that does; headings count as bold."""
    styles = (
        '<w:style w:type="paragraph" w:styleId="Vet"><w:rPr><w:b/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Ook"><w:basedOn w:val="Vet"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Niet"><w:basedOn w:val="Vet"/><w:rPr><w:b w:val="0"/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="Sterk"><w:rPr><w:b/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Kop1"><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
    )
    lines = [p(r(name), properties=f'<w:pStyle w:val="{name}"/>') for name in ("Vet", "Ook", "Niet", "Kop1")]
    lines += [p(r("uit", '<w:b w:val="false"/>'), properties='<w:pStyle w:val="Vet"/>')]
    lines += [
        p(r("sterk", '<w:rStyle w:val="Sterk"/>')),
        p(r("op", '<w:rStyle w:val="Sterk"/>'), properties='<w:pStyle w:val="Vet"/>'),
    ]
    document = _read(tmp_path, "".join(lines), styles=styles)
    assert [span.of(document.text) for span in document.emphasis] == ["Vet", "Ook", "Kop1", "sterk"]


def test_footnotes_and_endnotes(tmp_path: Path) -> None:
    """Footnotes count by themselves, whatever their ids; endnotes go on where these end. Marks leave no character."""
    body = p("Een", note_mark(7), " en twee", note_mark(3, "endnote"), ".") + p("Drie", note_mark(2), ".")
    document = _read(
        tmp_path,
        body,
        footnotes=footnote(2, "tweede") + footnote(7, "eerste") + footnote(9, "nergens"),
        endnotes=footnote(3, "slot", "endnote"),
    )
    assert document.text == "Een en twee.\n\nDrie.\n\neerste\n\nslot\n\ntweede"
    notes = [(note.number, note.mark, note.body.of(document.text)) for note in document.footnotes]
    assert notes == [(1, 3, "eerste"), (3, 11, "slot"), (2, 18, "tweede")]
    assert document.running_end == 21


def test_a_note_of_two_paragraphs_and_bold_in_it(tmp_path: Path) -> None:
    note = (
        f'<w:footnote w:id="1">{p("<w:r><w:footnoteRef/></w:r>", " Zie ", r("hier", BOLD))}{p("En daar.")}</w:footnote>'
    )
    document = _read(tmp_path, p("A", note_mark(1)), footnotes=note)
    assert document.footnotes[0].body.of(document.text) == "Zie hier\nEn daar."
    assert [span.of(document.text) for span in document.emphasis] == ["hier"]


def test_a_mark_without_a_note_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"brief\.docx: footnote 1 has a mark in the text but no text"):
        _read(tmp_path, p("A", note_mark(4)), footnotes=footnote(2, "anders"))


NUMBERING = """
<w:abstractNum w:abstractNumId="0">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%2)"/></w:lvl>
 <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2.%3"/><w:isLgl/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="1">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Vraag"/>
  <w:lvlText w:val="Vraag %1"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="2">
 <w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/></w:lvl>
 <w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="0"/>
 <w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>
"""


def item(text: str, number: int = 1, level: int = 0) -> str:
    return p(text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def test_automatic_numbers_are_text(tmp_path: Path) -> None:
    """Levels count within levels and begin anew; a paragraph between does not stop a list; a restart does."""
    first = item("een") + item("sub", 1, 1) + item("sub", 1, 1) + item("legaal", 1, 2) + p("tussen") + item("twee")
    second = item("sub", 1, 1) + item("zeven", 4) + item("acht", 4)
    body = first + second + item("geen", 0) + item("dot", 3) + item("streep", 3, 1)
    assert _text(tmp_path, body, numbering=NUMBERING).split("\n\n") == [
        *("1. een", "a) sub", "b) sub", "1.2.1 legaal", "tussen", "2. twee"),
        *("a) sub", "7. zeven", "8. acht", "geen", "• dot", "- streep"),
    ]


def test_a_style_may_number(tmp_path: Path) -> None:
    """ "Vraag 1" stands nowhere in the file; an empty numbered paragraph shows its number, an empty bullet nothing."""
    styles = (
        '<w:style w:type="paragraph" w:styleId="Vraag"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    )
    question = '<w:pStyle w:val="Vraag"/>'
    body = p(properties=question) + p("Waarom?") + p(r("Nog een?", BOLD), properties=question) + item("", 3)
    document = _read(tmp_path, body, numbering=NUMBERING, styles=styles)
    assert document.text == "Vraag 1\n\nWaarom?\n\nVraag 2 Nog een?"
    assert document.emphasis[0].of(document.text) == "Vraag 2 Nog een?"


def test_deleted_text_counts_for_nothing(tmp_path: Path) -> None:
    """Insertions stand, deletions and what moved away do not, and a deleted paragraph end joins two paragraphs."""
    deleted = "<w:del><w:r><w:delText>12</w:delText></w:r></w:del>"
    body = (
        p("Er zijn ", f"{deleted}<w:ins><w:r><w:t>15</w:t></w:r></w:ins>", " bruggen.")
        + p("<w:moveFrom><w:r><w:t>weg</w:t></w:r></w:moveFrom>")
        + p("Eerste ", properties="<w:rPr><w:del/></w:rPr>")
        + item("tweede.")
        + item("").replace("<w:numPr>", "<w:rPr><w:del/></w:rPr><w:numPr>")
        + item("derde.")
    )
    assert _text(tmp_path, body, numbering=NUMBERING) == "Er zijn 15 bruggen.\n\n1. Eerste tweede.\n\n2. derde."


def test_what_nothing_follows_is_not_lost(tmp_path: Path) -> None:
    """A paragraph whose end was deleted keeps its words where no paragraph comes after it: in a cell, at the end."""
    deleted = "<w:rPr><w:del/></w:rPr>"
    cells = f"<w:tc>{p('cel', properties=deleted)}</w:tc><w:tc>{p('b')}</w:tc>"
    body = p("voor", properties=deleted) + f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>" + p("slot", properties=deleted)
    assert _text(tmp_path, body) == "voor\n\ncel\tb\n\nslot"


def test_absurd_levels_and_spans_are_bounded(tmp_path: Path) -> None:
    """Numbers of nine digits or none, where Word writes one digit, cost neither time nor memory."""
    for absurd in ("999999999", "²", "-1", "9" * 5_000, ""):
        span = f'<w:tcPr><w:gridSpan w:val="{absurd}"/></w:tcPr>'
        row = f"<w:tr><w:tc>{span}{p('a')}</w:tc><w:tc>{p('b')}</w:tc></w:tr>"
        levelled = item("x").replace('w:ilvl w:val="0"', f'w:ilvl w:val="{absurd}"')
        document = _read(tmp_path, levelled + f"<w:tbl>{row}</w:tbl>", numbering=NUMBERING)
        assert document.text.split()[-2:] == ["a", "b"]


def test_a_deleted_row_is_gone(tmp_path: Path) -> None:
    rows = "".join(
        f"<w:tr><w:trPr>{change}</w:trPr><w:tc>{p(a)}</w:tc><w:tc>{p('x')}</w:tc></w:tr>"
        for a, change in (("een", ""), ("weg", "<w:del/>"), ("twee", "<w:ins/>"))
    )
    assert _text(tmp_path, f"<w:tbl>{rows}</w:tbl>") == "een\tx\ntwee\tx"


def test_hidden_text_is_hidden(tmp_path: Path) -> None:
    """Hidden runs, hidden by a style, and a whole hidden paragraph with its number."""
    styles = '<w:style w:type="character" w:styleId="Weg"><w:rPr><w:vanish/></w:rPr></w:style>'
    hidden = item("geheim").replace("<w:rPr></w:rPr>", "<w:rPr><w:vanish/></w:rPr>")
    hidden = hidden.replace("<w:numPr>", "<w:rPr><w:vanish/></w:rPr><w:numPr>")
    body = p("Wel", r(" niet", "<w:vanish/>"), r(" ook niet", '<w:rStyle w:val="Weg"/>'), ".") + hidden + item("een")
    assert _text(tmp_path, body, styles=styles, numbering=NUMBERING) == "Wel.\n\n1. een"


FIELD = {"<": "begin", "|": "separate", ">": "end"}


def field(*pieces: str) -> str:
    """Pieces of fields: "<", "|" and ">" for their begin, middle and end, "!…" for an instruction, else text."""
    made = ""
    for piece in pieces:
        if piece in FIELD:
            made += f'<w:r><w:fldChar w:fldCharType="{FIELD[piece]}"/></w:r>'
        else:
            made += f"<w:r><w:instrText>{piece[1:]}</w:instrText></w:r>" if piece[0] == "!" else r(piece)
    return made


def test_fields_show_their_results(tmp_path: Path) -> None:
    """Also where one field's instruction holds another, and over paragraphs; a table of contents is left out."""
    body = (
        p(field("<", "!DOCPROPERTY datum", "|", "16 mei ", "2024", ">"))
        + p(field("<", "!IF ", "<", "!PAGE", "|", "niet", ">", "!= 1", "|", "wel", ">"))
        + p(field("<", "!XE index", ">"), "<w:hyperlink>" + r("link") + "</w:hyperlink>")
        + p(field("<", '!TOC \\o "1-3"', "|", "Vraag 1 .... 3")) + p("Vraag 2 .... 4") + p(field(">"))
        + p('<w:fldSimple w:instr="DATE">' + r("vandaag") + "</w:fldSimple>")
    )  # fmt: skip
    assert _text(tmp_path, body).split("\n\n") == ["16 mei 2024", "wel", "link", "vandaag"]


def test_content_controls(tmp_path: Path) -> None:
    """Their content is text; an invitation to type is not, nor is a table of contents."""
    control = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    body = (
        control.format("", p("blok"))
        + p("in ", control.format("", r("de")), " regel")
        + control.format("<w:showingPlcHdr/>", p("Klik hier"))
        + control.format(gallery, p("Inhoud"))
    )
    assert _text(tmp_path, body) == "blok\n\nin de regel"


def test_breaks_tabs_and_special_characters(tmp_path: Path) -> None:
    """A line break is a line end; a page break one too, unless the paragraph begins with it."""
    run = "<w:r>{}</w:r>".format
    body = (
        p(run('<w:br w:type="page"/><w:lastRenderedPageBreak/><w:t>Vraag 1</w:t><w:br/><w:t>Wat?</w:t>'))
        + p(run("<w:br/><w:t>Vraag</w:t>"), run('<w:br w:type="page"/>'), "2")
        + p("a", run("<w:tab/>"), "b", run("<w:noBreakHyphen/><w:t>c</w:t><w:softHyphen/><w:t>d</w:t>"), "e\xadf")
        + p(run('<w:sym w:font="Symbol" w:char="F0B3"/>'), " 5", run('<w:sym w:font="Wingdings" w:char="F0FC"/>'))
        + p("<m:oMath><m:r><m:t>x=2</m:t></m:r></m:oMath>")
    )
    assert _text(tmp_path, body).split("\n\n") == ["Vraag 1\nWat?", "\nVraag\n2", "a\tb-cdef", "≥ 5✓", "x=2"]


def box(*paragraphs: str, hidden: bool = False) -> str:
    content = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
    properties = f'<wp:docPr id="1" name="b" hidden="{int(hidden)}"/>'
    shown = f"<w:drawing><wp:anchor>{properties}<wps:txbx>{content}</wps:txbx></wp:anchor></w:drawing>"
    visibility = "hidden" if hidden else "visible"
    shape = f'<v:shape style="visibility:{visibility}"><v:textbox>{content}</v:textbox></v:shape>'
    old = f"<w:pict>{shape}</w:pict>"
    return (
        f"<w:r><mc:AlternateContent><mc:Choice>{shown}</mc:Choice><mc:Fallback>{old}</mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def test_text_boxes_follow_their_paragraph_and_are_read_once(tmp_path: Path) -> None:
    nested = box(p("buiten", box(p("binnen"))))
    body = (
        p("Anker", nested, " gaat door.") + p(box(p("verborgen"), hidden=True)) + p("Slot", box(p("A", note_mark(1))))
    )
    document = _read(tmp_path, body, footnotes=footnote(1, "noot"))
    assert document.text.split("\n\n") == ["Anker gaat door.", "buiten", "binnen", "Slot", "A", "noot"]


def table(*rows: tuple[str, ...]) -> str:
    return (
        "<w:tbl>"
        + "".join("<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in row) + "</w:tr>" for row in rows)
        + "</w:tbl>"
    )


def test_tables_keep_rows_and_columns(tmp_path: Path) -> None:
    """Merged cells leave empty ones; a cell over all columns is a row of one; rows without text are left out."""
    span = "<w:tcPr><w:gridSpan w:val='{}'/></w:tcPr>".format
    down = "<w:tcPr><w:vMerge{}/></w:tcPr>".format
    body = p("Voor") + table(
        (span(3) + p("Titel"),),
        (down(' w:val="restart"') + p("A"), p("2023"), p("2024")),
        (down("") + p(), p("15"), p("1", note_mark(1)) + p("regel")),
        (p(), p(), p()),
        (p("B"), span(2) + p("samen")),
    ) + p("Na")  # fmt: skip
    document = _read(tmp_path, body, footnotes=footnote(1, "bij 1"))
    (found,) = document.tables
    rows = [[cell.of(document.text) if cell else None for cell in row] for row in found.rows]
    assert rows == [["Titel"], ["A", "2023", "2024"], [None, "15", "1\nregel"], ["B", "samen", None]]
    assert found.span.of(document.text) == "Titel\nA\t2023\t2024\n\t15\t1\nregel\nB\tsamen"
    assert document.text[document.footnotes[0].mark - 1 : document.footnotes[0].mark] == "1"
    assert document.text.startswith("Voor\n\nTitel\n")
    assert "samen\t\n\nNa" in document.text


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        (((p("Een kolom") + p("van tekst"),), (p("en nog iets"),)), "Een kolom\n\nvan tekst\n\nen nog iets"),
        (((p("Vraag 1"), p("Waarom?")), (p("Antwoord op vraag 1"), p("Daarom."))),
         "Vraag 1\n\nWaarom?\n\nAntwoord op vraag 1\n\nDaarom."),
        (((table((p("a"), p("b"))), p("c")),), "a\tb\n\nc"),
        (((p("x" * 1001), p("y")),), "x" * 1001 + "\n\ny"),
    ],
)  # fmt: skip
def test_a_table_for_the_layout_is_no_table(tmp_path: Path, rows: tuple[tuple[str, ...], ...], text: str) -> None:
    """One column, questions and answers side by side, a table in a table, or prose: paragraphs in reading order."""
    assert _text(tmp_path, table(*rows)) == text


def test_headers_and_footers_are_no_text_but_may_state_date_and_subject(tmp_path: Path) -> None:
    reference = '<w:headerReference w:type="{}" r:id="rheader{}"/>'.format
    references = f"<w:sectPr>{reference('default', 1)}{reference('first', 2)}</w:sectPr>"
    document = _read(
        tmp_path,
        p("In antwoord op uw brief.") + references,
        header1=p("Datum") + p("11 april 2024") + p("Ons kenmerk") + p("Pagina 2 van 3"),
        header2=p("Datum") + p("16 mei 2024") + p("Betreft") + p("Vragen over bruggen") + p("Ons kenmerk: 123/AB"),
    )
    assert document.text == "In antwoord op uw brief."
    known = dict(document.metadata)
    assert (document.date, known["subject"], known["reference"]) == (date(2024, 5, 16), "Vragen over bruggen", "123/AB")


def test_the_printed_date_is_believed_before_a_header(tmp_path: Path) -> None:
    """Headers of later pages, and hidden properties, often keep the date of a draft."""
    references = '<w:sectPr><w:headerReference w:type="default" r:id="rheader1"/></w:sectPr>'
    body = table((p("Datum"), p("16 mei 2024")), (p("Onderwerp"), p("Bruggen")))
    document = _read(tmp_path, body + references, header1=p("Datum") + p("11 april 2024"))
    assert document.date == date(2024, 5, 16)


def test_a_strict_file_reads_the_same(tmp_path: Path) -> None:
    """Word's "Strict Open XML" has other names for the same things."""
    made = docx(p("Een", note_mark(1)), footnotes=footnote(1, "noot"))
    usual = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    strict = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        members = {name: archive.read(name).replace(usual, strict) for name in archive.namelist()}
    assert read_document(write(tmp_path, "strict.docx", zipped(members))).text == "Een\n\nnoot"


def test_an_embedded_document_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="another document whole"):
        _read(tmp_path, p("A") + '<w:altChunk r:id="x"/>')


def test_a_file_made_by_python_docx(tmp_path: Path) -> None:
    """A file of another maker, with its own styles and lists."""
    import docx as python_docx

    made = python_docx.Document()
    made.add_heading("Antwoorden", 1)
    made.add_paragraph("Hoeveel bruggen?", style="List Number")
    made.add_paragraph("Wie bouwt ze?", style="List Number")
    made.add_paragraph("staal", style="List Bullet")
    grid = made.add_table(2, 2)
    for number, cell in enumerate(cell for row in grid.rows for cell in row.cells):
        cell.text = str(number)
    made.save(str(tmp_path / "made.docx"))
    document = read_document(tmp_path / "made.docx")
    assert document.text == "Antwoorden\n\n1. Hoeveel bruggen?\n\n2. Wie bouwt ze?\n\n• staal\n\n0\t1\n2\t3"
    assert document.emphasis[0].of(document.text) == "Antwoorden"
