"""A reference ends with the page, or with the paragraph in a file without pages, as far as the file knows them."""

import json
from dataclasses import replace
from pathlib import Path

from index.grammar.parse import parse
from index.model.collection import Collection
from index.model.types import Parsed, Place
from index.readers.read import read_document
from rag.citation.citation import Citation, Citer
from rag.citation.record import citation_record
from rag.citation.reference import reference
from rag.citation.styles import styled
from tests.conftest import SMALL_LETTER, parsed_letter
from tests.index.readers.samples import PUBLICATION, write


def _cited(parsed: Parsed, words: str) -> Citation:
    document = parsed.document
    start = document.text.index(words)
    return Citer(Collection.of([parsed])).cite(document.id, start, start + len(words))


def _small(folder: Path) -> Parsed:
    return parsed_letter(folder, SMALL_LETTER)


def test_pages(tmp_path: Path) -> None:
    """One page, two pages, and a note on its mark's page; records and styles carry them too."""
    parsed = _small(tmp_path)
    text = parsed.document.text
    places = (
        Place(0, 1, 1),
        Place(text.index("Een brug kost"), 2, 5),
        Place(text.index("miljoen"), 3, 5),
        Place(text.index("Zie de lijst"), 1, 3),
    )
    parsed = replace(parsed, document=replace(parsed.document, places=places))
    assert reference(_cited(parsed, "Er zijn 15 bruggen.")).endswith("antwoord op vraag 1, p. 1")
    assert reference(_cited(parsed, "Een brug kost 150 ")).endswith("antwoord op vraag 2, p. 2")
    crossing = _cited(parsed, "150 miljoen euro")
    assert reference(crossing).endswith("antwoord op vraag 2, p. 2-3")
    assert reference(_cited(parsed, "Zie de lijst")).endswith("voetnoot 1 bij het antwoord op vraag 1, p. 1")
    assert "pages = {2-3}" in styled(crossing, "bibtex")
    assert json.loads(styled(crossing, "csl-json"))[0]["page"] == "2-3"
    record = citation_record(crossing)
    assert (record["at"]["page"], record["until"]["page"], record["at"]["paragraph"]) == (2, 3, 5)


def test_paragraphs_where_there_are_no_pages(tmp_path: Path) -> None:
    parsed = parse(read_document(write(tmp_path, "stuk.docx", PUBLICATION["docx"]())))
    citation = _cited(parsed, "Er zijn 15 bruggen.")
    assert reference(citation).endswith("antwoord op vraag 1, alinea 6")
    assert "page" not in json.loads(styled(citation, "csl-json"))[0]


def test_neither_where_the_file_knows_neither(tmp_path: Path) -> None:
    citation = _cited(_small(tmp_path), "Er zijn 15 bruggen.")
    assert reference(citation).endswith("antwoord op vraag 1")
    assert citation_record(citation)["at"] == {"line": 7, "page": None, "paragraph": None}
