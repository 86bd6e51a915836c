"""One publication in every format gives the same text, notes, places and units."""

import pytest

from index.grammar.parse import parse
from index.model.types import Document, Parsed
from index.readers.read import read_document
from tests.index.readers.samples import NOTE, PUBLICATION, write


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Document]:
    folder = tmp_path_factory.mktemp("publication")
    return {kind: read_document(write(folder, f"stuk.{kind}", made())) for kind, made in PUBLICATION.items()}


def test_the_text_is_the_same_to_the_character(documents: dict[str, Document]) -> None:
    assert len({document.text for document in documents.values()}) == 1
    text = documents["xml"].text
    assert text.startswith("Vragen van de leden De Groot (Groen)")
    assert text.endswith(f"\n\n{NOTE}")
    assert "Een brug kost € 150 miljoen in 2024 – «gemiddeld» 8%.\n\nDat is veel." in text


def test_notes_hang_in_the_same_place(documents: dict[str, Document]) -> None:
    for document in documents.values():
        (note,) = document.footnotes
        assert (note.number, note.body.of(document.text)) == (1, NOTE)
        assert document.text[: note.mark].endswith("Er zijn 15 bruggen.")


def test_paragraphs_have_the_same_numbers(documents: dict[str, Document]) -> None:
    assert len({document.places for document in documents.values()}) == 1


def _units(parsed: Parsed) -> list[tuple[object, ...]]:
    text = parsed.document.text
    return [
        (u.label, u.asked_by, u.question_text(text), u.answer.of(text) if u.answer else None, len(u.footnotes))
        for u in parsed.units
    ]


def test_the_units_are_the_same(documents: dict[str, Document]) -> None:
    found = {kind: _units(parse(document)) for kind, document in documents.items()}
    assert [unit[0] for unit in found["xml"]] == ["Vraag 1", "Vraag 2", "Vraag 3"]
    assert found["xml"][1][3] == "Een brug kost € 150 miljoen in 2024 – «gemiddeld» 8%.\n\nDat is veel."
    assert found["xml"][0][4] == 1
    for kind, units in found.items():
        assert units == found["xml"], kind
