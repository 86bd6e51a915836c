"""References as lawyers and officials write them, from what a document states and no more."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from index.grammar.parse import parse
from index.model.collection import Collection
from index.model.types import Metadata, Parsed
from index.readers.read import read_document
from rag.citation.citation import Citation, Citer
from rag.citation.reference import locator, members_of, reference, short_reference, source
from rag.citation.styles import author
from tests.conftest import SMALL_LETTER, parsed_letter, write_letter
from tests.index.grammar.forms import document

DAY = date(2024, 5, 3)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Parsed:
    return parsed_letter(tmp_path_factory.mktemp("reference"), SMALL_LETTER)


def _cited(parsed: Parsed, words: str) -> Citation:
    start = parsed.document.text.index(words)
    return Citer(Collection.of([parsed])).cite(parsed.document.id, start, start + len(words))


@pytest.mark.parametrize(
    ("metadata", "expected"),
    [
        ({"dossier": "26643", "number": "1357", "year": "2025/26"}, "Kamerstukken II 2025/26, 26643, nr. 1357"),
        ({"dossier": "26643", "year": "2025/26", "chamber": "I"}, "Kamerstukken I 2025/26, 26643"),
        ({"appendix": "1234", "year": "2025/26", "dossier": "1"}, "Aanhangsel Handelingen II 2025/26, nr. 1234"),
        ({"number": "1", "item": "2", "year": "2024/25"}, "Handelingen II 2024/25, nr. 1, item 2"),
        ({"office": "Minister van Water", "date": DAY}, "Brief van de minister van Water, 3 mei 2024, T"),
        ({"date": DAY, "dossier": "26643"}, "3 mei 2024, T"),
        ({}, "T"),
    ],
)
def test_the_document(small: Parsed, metadata: Metadata, expected: str) -> None:
    """What is unknown is left out; a dossier without a year names no Kamerstuk."""
    stated = tuple((key, value) for key, value in metadata.items() if isinstance(value, str))
    day = DAY if "date" in metadata else None
    assert source(replace(small.document, title="T", metadata=stated, date=day)) == expected


@pytest.mark.parametrize(
    ("words", "where", "who"),
    [
        ("Er zijn 15 bruggen.", "antwoord op vraag 1", None),
        (
            "Wat kosten bruggen?",
            "vraag 2, gesteld door de leden van de Groene-fractie",
            "De leden van de Groene-fractie",
        ),
        ("vinden dat veel", "vraag 3, inleiding door de leden van de Groene-fractie", "De leden van de Groene-fractie"),
        (
            "Wie bouwt bruggen?",
            "vraag 4, gesteld door de leden van de Blauwe- en Rode-fracties",
            "De leden van de Blauwe- en Rode-fracties",
        ),
        ("Zie de lijst", "voetnoot 1 bij het antwoord op vraag 1", None),
        ("Wij openen bruggen", "bijlage I (bruggenwachters)", "bruggenwachters"),
    ],
)
def test_where_it_stands_and_whose_words(small: Parsed, words: str, where: str, who: str | None) -> None:
    citation = _cited(small, words)
    assert locator(citation) == where
    assert author(citation) == who
    assert reference(citation).startswith(f"{source(small.document)}, {where}")
    assert short_reference(citation).startswith(where)


def test_the_minister_signs(small: Parsed) -> None:
    signed = replace(small, document=replace(small.document, metadata=(("office", "Minister"), ("name", "A. B"))))
    assert author(_cited(signed, "Er zijn 15 bruggen.")) == "Minister, A. B"


def test_outside_the_units_the_document_is_the_reference(small: Parsed) -> None:
    citation = _cited(small, "Hierbij zend ik uw Kamer")
    assert (locator(citation), citation.unit_name) == ("", "-")
    assert source(small.document) in reference(citation)


def test_groups() -> None:
    told = [members_of(groups) for groups in ((), ("D66",), ("VVD", "SGP"), ("VVD", "SGP", "CDA"))]
    assert told == [
        "de leden",
        "de leden van de D66-fractie",
        "de leden van de VVD- en SGP-fracties",
        "de leden van de VVD-, SGP- en CDA-fracties",
    ]


LETTER = "Geachte voorzitter,\n\nDe pont vaart.\n\nDe boete is 870 euro.\n\nDe Minister van Water,\n\nA. Wit\n"
DEBATE = "De heer Aa (Water):\n\nDe boete is te laag.\n\nMinister Wit:\n\nDe boete is 870 euro.\n"


@pytest.mark.parametrize(
    ("text", "words", "where", "who"),
    [
        (LETTER, "De boete is 870 euro.", "alinea 3", "Minister van Water, A. Wit"),
        (f"Over de boete\n\n{LETTER}", "De boete is 870 euro.", "alinea 4", "Minister van Water, A. Wit"),
        (DEBATE, "De boete is te laag.", "De heer Aa (Water), alinea 2", "De heer Aa (Water)"),
        (DEBATE, "De boete is 870 euro.", "Minister Wit, alinea 4", "Minister Wit"),
        ("**Besluit**\n\nWij stemmen in.", "Wij stemmen in.", "onder “Besluit”, p. 1", None),
    ],
)
def test_prose_and_proceedings_are_cited_by_section_speaker_and_paragraph(
    tmp_path: Path, text: str, words: str, where: str, who: str | None
) -> None:
    plain = "**" not in text
    parsed = parse(read_document(write_letter(tmp_path, text)) if plain else document(text))
    citation = _cited(parsed, words)
    assert (short_reference(citation), author(citation)) == (where, who)
