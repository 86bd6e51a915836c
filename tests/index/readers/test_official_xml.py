"""The elements of official publications: headings, lists, notes, tables, and what they state."""

from datetime import date
from pathlib import Path

from index.model.types import Document
from index.readers.read import read_document
from tests.index.readers.samples import publication_xml, write


def _read(folder: Path, inside: str, name: str = "stuk.xml") -> Document:
    xml = f"<officiele-publicatie><metadata/>{inside}</officiele-publicatie>"
    return read_document(write(folder, name, xml))


def test_a_parliamentary_paper(tmp_path: Path) -> None:
    """Numbers of headings and lists, spaced names, a signature, a note in a title, bold words."""
    body = "<noot.nr>{1}</noot.nr><noot.al>{2}</noot.al><noot.al>Slot.</noot.al>"
    note = f'<noot id="{{0}}" type="voet">{body}</noot>'.format
    document = _read(
        tmp_path,
        "<kamerstuk><kamerstukkop><tekstregel inhoud='vergaderjaar'>Vergaderjaar\n 2017-2018</tekstregel>"
        "</kamerstukkop>"
        "<dossier><dossiernummer><dossiernr>34 851</dossiernr></dossiernummer><titel>Regels</titel></dossier>"
        f"<stuk><stuknr>Nr. <ondernummer>4</ondernummer></stuknr><titel>ADVIES{note('t', 1, 'Titelnoot.')}</titel>"
        "<algemeen><vrije-tekst><tekst><al>Hieronder\n\t staat <nadruk type='vet'>het</nadruk> "
        "<nadruk type='cur'>advies</nadruk>.</al>"
        "<divisie><kop><nr>1.</nr><titel>Inleiding</titel></kop>"
        f"<al>Zie <extref doc='x'>daar</extref>.{note('a', 1, 'Weer een.')}</al>"
        "<lijst type='expliciet'><li><li.nr>–</li.nr><al>Eerste.</al><al>Verder.</al></li>"
        "<li><li.nr>2.</li.nr><al>Tweede.</al><lijst><li><li.nr>a.</li.nr><al>Deel.</al></li></lijst></li></lijst>"
        "</divisie></tekst></vrije-tekst></algemeen><ondertekening><functie>De Minister,</functie>"
        "<naam><voornaam>S.</voornaam><achternaam>Dekker</achternaam></naam></ondertekening></stuk></kamerstuk>",
    )
    assert document.text.split("\n\n") == [
        *("Vergaderjaar 2017-2018", "34 851", "Regels", "Nr. 4", "ADVIES", "Hieronder staat het advies."),
        *("1. Inleiding", "Zie daar.", "– Eerste.", "Verder.", "2. Tweede.", "a. Deel.", "De Minister,", "S. Dekker"),
        *("Titelnoot.\nSlot.", "Weer een.\nSlot."),
    ]
    assert [note.number for note in document.footnotes] == [1, 2]
    assert {"het", "1. Inleiding", "ADVIES"} <= {span.of(document.text) for span in document.emphasis}
    known = dict(document.metadata)
    assert (known["dossier"], known["number"], known["year"]) == ("34 851", "4", "2017/18")


def test_tables(tmp_path: Path) -> None:
    document = _read(
        tmp_path,
        "<kamerstuk><stuk><al>Voor</al><table><title>Bruggen</title><tgroup cols='3'><colspec colname='c1'/>"
        "<colspec colname='c2'/><colspec colname='c3'/><thead><row><entry namest='c1' nameend='c3'>"
        "<al>Titel</al></entry>"
        "</row></thead><tbody><row><entry colname='c1' morerows='1'>A</entry><entry colname='c2'><al>1</al></entry>"
        "<entry colname='c3'><al>2</al><al>3</al></entry></row><row><entry namest='c2' nameend='c3'>4</entry>"
        "<entry/></row></tbody></tgroup></table><al>Na</al></stuk></kamerstuk>",
    )
    (table,) = document.tables
    rows = [[cell.of(document.text) if cell else None for cell in row] for row in table.rows]
    assert rows == [["Titel"], ["A", "1", "2\n3"], [None, "4", None, None]]
    assert document.text.startswith("Voor\n\nBruggen\n\nTitel\nA\t1\t2\n3\n")
    assert document.text.endswith("\n\nNa")


METADATA = """<metadata_gegevens>
<metadata name="DC.title" scheme="" content="Antwoord op vragen over bruggen"/>
<metadata name="OVERHEIDop.aanhangselNummer" scheme="" content="3235"/>
<metadata name="OVERHEIDop.vergaderjaar" scheme="" content="2020-2021"/>
<metadata name="OVERHEIDop.ontvanger" scheme="" content="A. Steen"/>
<metadata name="OVERHEIDop.vraagnummer" scheme="" content="2021Z09739"/>
<metadata name="OVERHEIDop.datumOntvangst" scheme="DCTERMS.W3CDTF" content="2021-06-21"/>
<metadata name="DC.type" scheme="OVERHEIDop.Parlementair" content="Aanhangsel van de Handelingen"/>
<metadata name="DC.identifier" scheme="OVERHEIDop.ParlID" content="ah-tk-20202021-3235"/>
</metadata_gegevens>"""
OWMS = """<owms-metadata xmlns:dcterms="http://purl.org/dc/terms/"
 xmlns:overheidop="http://standaarden.overheid.nl/oep/meta/">
<owmskern><dcterms:identifier>ah-tk-20202021-3235</dcterms:identifier>
<dcterms:type scheme="OVERHEIDop.Parlementair">Aanhangsel van de Handelingen</dcterms:type>
<dcterms:title>Antwoord op vragen over bruggen</dcterms:title></owmskern>
<oep><overheidop:aanhangselNummer>3235</overheidop:aanhangselNummer>
<overheidop:vergaderjaar>2020-2021</overheidop:vergaderjaar><overheidop:ontvanger>A. Steen</overheidop:ontvanger>
<overheidop:vraagnummer>2021Z09739</overheidop:vraagnummer>
<overheidop:datumOntvangst>2021-06-21</overheidop:datumOntvangst></oep></owms-metadata>"""


def test_the_metadata_file_beside_a_publication(tmp_path: Path) -> None:
    """Either kind says the same, and only of the publication that it names."""
    expected = {"appendix": "3235", "year": "2020/21", "question_number": "2021Z09739"}
    for folder, name, content in (("a", "metadata.xml", METADATA), ("b", "metadata_owms.xml", OWMS)):
        path = write(tmp_path / folder, "ah-tk-20202021-3235.xml", publication_xml())
        other = write(tmp_path / folder, "ander.xml", publication_xml())
        write(tmp_path / folder, name, content)
        document = read_document(path)
        known = dict(document.metadata)
        assert expected.items() <= known.items()
        assert (document.kind, known["minister"], document.date) == ("aanhangsel", "A. Steen", date(2021, 6, 21))
        assert "appendix" not in dict(read_document(other).metadata)


def test_documents_toml_overrules_it(tmp_path: Path) -> None:
    path = write(tmp_path, "ah-tk-20202021-3235.xml", publication_xml())
    write(tmp_path, "metadata.xml", METADATA)
    write(tmp_path, "documents.toml", '["ah-tk-20202021-3235.xml"]\nappendix = "1"\n')
    assert dict(read_document(path).metadata)["appendix"] == "1"


def test_a_speaker_of_proceedings_is_one_line(tmp_path: Path) -> None:
    """Whatever white space stands between the elements, and with the publication's own place in the proceedings."""
    spoken = (
        "<spreekbeurt><spreker><voorvoegsels>De heer</voorvoegsels>{0}<naam>{0}<achternaam>Van Steen</achternaam>{0}"
        "</naam>{0}(<politiek>Water</politiek>):</spreker><tekst><al-groep><al>Voorzitter.</al></al-groep></tekst>"
        "</spreekbeurt>"
    )
    for space in ("", "\n  "):
        address = "https://zoek.officielebekendmakingen.nl/h-tk-20242025-1-2/metadata.xml"
        meta = f'<metadata><meta name="x" content="{address}"/></metadata>'
        item = f"<agendapunt><item-titel>De pont</item-titel>{spoken.format(space)}</agendapunt>"
        content = f"<officiele-publicatie>{meta}<handelingen>{item}</handelingen></officiele-publicatie>"
        document = read_document(write(tmp_path, f"h{len(space)}.xml", content.encode()))
        assert document.text == "De pont\n\nDe heer Van Steen (Water):\n\nVoorzitter."
        assert (document.title, document.kind) == ("De pont", "handelingen")
        assert {"item": "2", "number": "1", "year": "2024/25", "chamber": "II"}.items() <= dict(
            document.metadata
        ).items()
