"""A printed nota comes out as printed."""

import re
from pathlib import Path

import pytest

from index.model.types import Document
from index.readers.read import read_document

SHARED = Path(__file__).parents[5] / "shared" / "documents"
NOTA = SHARED / "pdf" / "nota-naar-aanleiding-van-het-verslag-36450.pdf"

pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared documents are not here")


@pytest.fixture(scope="module")
def nota() -> Document:
    return read_document(NOTA)


def blocks(document: Document) -> list[str]:
    """The running text by paragraph, white space folded."""
    text = document.text[: document.running_end]
    return [" ".join(block.split()) for block in text.split("\n\n") if block.strip()]


def test_the_questions_of_the_nota_stand_alone_in_their_order(nota: Document) -> None:
    numbers = [
        int(block.removeprefix("Vraag ")) for block in blocks(nota) if re.fullmatch(r"(?:Vraag )?\d{1,3}", block)
    ]
    # The first number is the chamber's; 5 to 9 are printed together, and 77 is not printed at all.
    assert numbers == [2, 1, 2, 3, 4, *range(10, 77), *range(78, 90)]


def test_the_notes_of_the_nota_are_found_with_their_marks(nota: Document) -> None:
    assert [note.number for note in nota.footnotes] == list(range(1, 30))
    assert nota.text[: nota.footnotes[8].mark].endswith("Uit cijfers")
    assert nota.footnotes[9].body.of(nota.text).endswith("structurele-kosten-periode-2018---2022")


def test_the_running_foot_of_the_nota_is_no_text(nota: Document) -> None:
    assert "Tweede Kamer, vergaderjaar" not in nota.text
    assert "ISSN" not in nota.text
    assert dict(nota.metadata)["dossier"] == "36450"


def test_the_table_of_the_nota_is_one_over_two_pages(nota: Document) -> None:
    (table,) = nota.tables
    assert len(table.rows) == 14
    assert {len(row) for row in table.rows} == {5}
    pages = {place.page for place in nota.places if table.span.start <= place.start < table.span.end}
    assert pages == {30, 31}


def test_every_line_end_of_the_nota_is_undone(nota: Document) -> None:
    """No hyphen with a space behind it is left, but where a part of a word is left out."""
    broken = re.findall(r"\w+- (?!en\b|of\b|in plaats)\w+", nota.text)
    assert broken == []
