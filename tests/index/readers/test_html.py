"""What a browser shows is what is read, and the footnotes of pages of several makers are notes."""

from datetime import date
from pathlib import Path

import pytest

from index.errors import DocumentError
from index.model.types import Document
from index.readers.html import reader
from index.readers.read import read_document
from tests.index.readers.samples import write


def _read(folder: Path, body: str, head: str = "") -> Document:
    page = f"<!DOCTYPE html><html><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>"
    return read_document(write(folder, "stuk.html", page))


def _paragraphs(folder: Path, body: str) -> list[str]:
    return _read(folder, body).text.split("\n\n")


def test_paragraphs_and_white_space(tmp_path: Path) -> None:
    body = (
        "<h2>Vraag\n 1</h2><div>los <b>vet</b><p>een\n\t twee&nbsp; drie<br>vier</p>na</div><p> </p>"
        "<pre>a  b\n c</pre>gl&shy;ad &amp; &lt;p&gt; &#8364;"
    )
    document = _read(tmp_path, body)
    assert document.text.split("\n\n") == [
        *("Vraag 1", "los vet", "een twee\u00a0 drie\nvier", "na", "a  b\n c", "glad & <p> €"),
    ]
    assert [span.of(document.text) for span in document.emphasis] == ["Vraag 1", "vet"]


def test_what_a_browser_does_not_show(tmp_path: Path) -> None:
    body = (
        "<script>alert(1)</script><style>p {}</style><nav>Menu</nav><template><p>t</p></template><!-- weg -->"
        '<p hidden>h</p><p style="display: none">d</p><div id="kopregel">Kop</div><div id="inhoudsopgave">Inhoud</div>'
        '<p aria-hidden="true">x</p><button>Zoek</button><del>oud</del><p>Wel <q>dit</q></p>'
    )
    assert _paragraphs(tmp_path, body) == ["Wel “dit”"]


def test_lists_show_their_numbers(tmp_path: Path) -> None:
    body = (
        '<ol><li>een</li><li value="5">vijf<ul><li>staal</li><li>– hout</li></ul></li>'
        "<li><p>zes</p><p>nog</p></li></ol>"
        '<ol start="3" type="a"><li>c</li></ol><ul style="list-style-type:none"><li>kaal</li></ul>'
        "<ol reversed><li>twee</li><li>een</li></ol>"
    )
    assert _paragraphs(tmp_path, body) == [
        *("1. een", "5. vijf", "• staal", "– hout", "6. zes", "nog", "c. c", "kaal", "2. twee", "1. een"),
    ]


def test_tables(tmp_path: Path) -> None:
    body = (
        "<table><caption>Bruggen</caption><thead><tr><th colspan=3>Titel</th></tr></thead>"
        "<tr><td rowspan=2>A</td><td>1</td><td>2</td></tr><tr><td colspan=2><p>3</p><p>4</p></td></tr></table>"
        "<table><tr><td>Een kolom</td></tr><tr><td><table><tr><td>x</td><td>y</td></tr></table></td></tr></table>"
    )
    document = _read(tmp_path, body)
    assert document.text == "Bruggen\n\nTitel\nA\t1\t2\n\t3\n4\t\n\nEen kolom\n\nx\ty"
    rows = [[[c.of(document.text) if c else None for c in row] for row in table.rows] for table in document.tables]
    assert rows == [[["Titel"], ["A", "1", "2"], [None, "3\n4", None]], [["x", "y"]]]
    assert document.emphasis[0].of(document.text) == "Titel"


NOTES = {
    "official": (
        '<p>Zie<sup><a class="nootnum" href="#ID-1">1</a></sup>.</p><div id="noten"><hr/><div class="voet noot">'
        '<h5 class="note-close"><a class="note-close" href="#close">X</a> Noot</h5><sup><span class="nootnum">'
        '<a id="ID-1"></a>1</span></sup><p>De noot.</p></div></div>'
    ),
    "Word": (
        '<p>Zie<a href="#_ftn1" name="_ftnref1"><sup>[1]</sup></a>.</p><div id="ftn1"><p class="MsoFootnoteText">'
        '<a href="#_ftnref1" name="_ftn1"><sup>[1]</sup></a> De noot.</p></div>'
    ),
    "LibreOffice": (
        '<p>Zie<a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup></a>.</p>'
        '<div id="sdfootnote1"><p><a class="sdfootnotesym" name="sdfootnote1sym" href="#sdfootnote1anc">1</a>'
        "De noot.</p></div>"
    ),
    "pandoc": (
        '<p>Zie<a href="#fn1" class="footnote-ref" id="fnref1" role="doc-noteref"><sup>1</sup></a>.</p>'
        '<section class="footnotes"><hr><ol><li id="fn1"><p>De noot.<a href="#fnref1" class="footnote-back">↩︎</a></p>'
        "</li></ol></section>"
    ),
}


@pytest.mark.parametrize("maker", NOTES)
def test_footnotes(tmp_path: Path, maker: str) -> None:
    document = _read(tmp_path, NOTES[maker])
    assert document.text == "Zie.\n\nDe noot."
    (note,) = document.footnotes
    assert (note.number, note.mark, note.body.of(document.text)) == (1, 3, "De noot.")


def test_a_link_to_a_heading_is_no_note(tmp_path: Path) -> None:
    """A number that links to a part of the page is text, and the part stays where it is."""
    body = '<p>Zie vraag <a href="#v2">2</a>.</p><h2 id="v2">Vraag 2</h2><p>Waarom?</p>'
    document = _read(tmp_path, body)
    assert (document.text, document.footnotes) == ("Zie vraag 2.\n\nVraag 2\n\nWaarom?", ())


def test_metadata_of_a_publication(tmp_path: Path) -> None:
    meta = '<meta name="{}" scheme="{}" content="{}" />'.format
    head = (
        meta("DC.identifier", "OVERHEIDop.ParlID", "kst-12345-6") + meta("OVERHEIDop.dossiernummer", "", "12345")
        + meta("OVERHEIDop.ondernummer", "", "6") + meta("DCTERMS.issued", "DCTERMS.W3CDTF", "2021-03-01")
        + meta("DC.creator", "", "Eerste Kamer der Staten-Generaal") + meta("OVERHEIDop.vergaderjaar", "", "2020-2021")
        + meta("DC.title", "", "Een brief") + meta("OVERHEIDop.indiener", "", "A. Bakker")
        + meta("OVERHEIDop.indiener", "", "C. Dam") + meta("viewport", "", "title")
    )  # fmt: skip
    document = _read(tmp_path, "<p>Tekst</p>", head)
    assert (document.title, document.date) == ("Een brief", date(2021, 3, 1))
    assert dict(document.metadata) == {
        "chamber": "I",
        "dossier": "12345",
        "identifier": "kst-12345-6",
        "members": "A. Bakker, C. Dam",
        "number": "6",
        "year": "2020/21",
    }


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "windows-1252", "utf-16"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    page = f'<html><head><meta charset="{encoding}"></head><body><p>Patiënten: één €</p></body></html>'
    page = page.replace(" €", "") if encoding == "iso-8859-1" else page
    document = read_document(write(tmp_path, "stuk.html", page.encode(encoding)))
    assert document.text.startswith("Patiënten: één")


def test_what_is_nested_too_deeply_is_refused_rather_than_cut_short(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="nested more than 250 deep"):
        _read(tmp_path, "<div>" * 5_000 + "diep")


@pytest.mark.parametrize(
    "page",
    [
        "<html><body><p>een</p></body></html><p>twee</p>",
        "<html><body><p>een</p></body><body><p>twee</p></body></html>",
        "<html><body><p>een</p></body></html>\n\ntwee",
    ],
)
def test_what_follows_the_end_of_a_page_is_read(page: str) -> None:
    assert reader.read(page.encode()).text.split() == ["een", "twee"]
