"""Real files of the family, where they are at hand: counted by eye, and compared word for word."""

from datetime import date
from pathlib import Path

import pytest

from index.grammar.parse import parse
from index.language.span import Span
from index.model.types import Document
from index.readers.read import read_document
from index.settings import ROOT

FILES = ROOT.parent / "shared" / "documents"
pytestmark = pytest.mark.skipif(not FILES.is_dir(), reason="the real files are not at hand")

# By eye: numbers of questions, the notes' first words, the places of their marks, and the last words.
LETTERS = {
    "boa.docx": (9, (("verzocht.", "Kamerstukken II 2021/22"), ("verzocht.", "Zie hiervoor"))),
    "milieu.docx": (
        12,
        (
            ("politiezorg.", "Voortgangsrapportage IBP"),
            ("2023-2026.", "Kamerstukken II 2022/23, 29628"),
            ("Hagen/Sneller.", "Kamerstukken II 2022/23, 22343"),
            ("de vrede”,", "Kamerstukken II 2020/21,  35690"),
            ("niet over.", "Aanhangsel van de Handelingen II"),
        ),
    ),
    "noodnummer.docx": (10, (("van Nispen", "Kamerstukken, 2022-2023"),)),
    "wolvega.docx": (8, ()),
}
STATED = {
    "boa.docx": (date(2024, 5, 16), "5401166"),
    "milieu.docx": (date(2023, 12, 4), "5086975"),
    "noodnummer.docx": (date(2024, 1, 11), "5164758"),
    "wolvega.docx": (date(2024, 7, 25), None),
}


@pytest.mark.parametrize("name", LETTERS)
def test_questions_and_notes_of_a_letter(name: str) -> None:
    document = read_document(FILES / "docx" / name)
    questions, notes = LETTERS[name]
    lines = [line.strip() for line in document.text.split("\n")]
    headings = [int(line.split()[1]) for line in lines if line.startswith("Vraag ") and line.split()[1].isdigit()]
    assert sorted(headings) == list(range(1, questions + 1))
    assert len(document.footnotes) == len(notes)
    for number, (note, (before, begins)) in enumerate(zip(document.footnotes, notes, strict=True), start=1):
        assert note.number == number
        assert document.text[: note.mark].endswith(before)
        assert note.body.of(document.text).startswith(begins)


@pytest.mark.parametrize("name", STATED)
def test_the_letterhead(name: str) -> None:
    """The printed date; the hidden properties and later headers of three of the four say another."""
    document = read_document(FILES / "docx" / name)
    assert (document.date, dict(document.metadata).get("reference")) == STATED[name]


@pytest.fixture(scope="module")
def publication() -> dict[str, Document]:
    found = sorted((FILES / "official").glob("ah-*"))
    return {path.suffix: read_document(path) for path in found}


def test_the_publication_is_the_same_in_every_format(publication: dict[str, Document]) -> None:
    """From the title on the same paragraphs, the same metadata, the same units; a PDF knows no no-break space."""
    assert set(publication) == {".html", ".odt", ".pdf", ".xml"}
    texts = {kind: d.text[d.text.index("Vragen van de leden Van Weyenberg") :] for kind, d in publication.items()}
    assert texts[".html"] == texts[".odt"] == texts[".xml"]
    assert texts[".pdf"] == texts[".xml"].replace("\u00a0", " ")
    assert len({(d.title, d.kind, d.metadata) for d in publication.values()}) == 1
    units = [_units(document) for document in publication.values()]
    assert all(found == units[0] for found in units)
    assert [numbers for numbers, *_ in units[0]] == [(number,) for number in range(1, 10)]


def _units(document: Document) -> list[tuple[object, ...]]:
    return [
        (unit.numbers, unit.asked_by, unit.question_text(document.text).split(), _words(unit.answer, document))
        for unit in parse(document).units
    ]


def _words(span: Span | None, document: Document) -> list[str]:
    return span.of(document.text).split() if span else []


def test_nothing_of_the_publication_is_lost(publication: dict[str, Document]) -> None:
    """Every word of the XML file's text elements stands in the text, in order."""
    from lxml import etree

    root = etree.parse(FILES / "official" / "ah-tk-20202021-3235.xml").getroot()
    assert "".join(root.itertext()).split() == publication[".xml"].text.split()


def test_what_is_broken_is_refused(tmp_path: Path) -> None:
    from index.errors import DocumentError

    for path in sorted((FILES / "broken").iterdir()):
        with pytest.raises(DocumentError, match=path.name):
            read_document(path)
