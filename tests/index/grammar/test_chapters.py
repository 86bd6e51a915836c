"""A document in which nobody asks is prose: its headings part it, and no word of it is lost or anybody's question."""

import pytest

from index.grammar.metadata import stated
from index.grammar.parse import parse
from index.grammar.parse_report import parse_report
from index.model.types import Parsed
from tests.index.grammar.forms import document

LETTER = """Aan de Voorzitter van de Tweede Kamer der Staten-Generaal

Datum 3 maart 2025
Onderwerp Voortgang van de veerponten

Geachte voorzitter,

Met deze brief informeer ik uw Kamer over de veerponten. Hieronder ga ik in op twee vragen die leven.

{first}

In 2024 voeren 41 ponten. Zijn dat er genoeg? Dat wordt onderzocht.

{second}

De boete bedraagt ten hoogste 870 euro.

Hoogachtend,

De Minister van Vaarwegen,

A. Proef
"""
DECISIONS = """Besluitenlijst van de procedurevergadering van dinsdag 4 maart 2025

Vaste commissie voor Vaarwegen

Agendapunt: Toezicht op de veerponten

Besluit:

{}

{}
"""
DISCLOSURE = """> Retouradres Postbus 1

De heer X

Datum 3 maart 2025
Betreft Besluit op uw Woo-verzoek

Geachte heer 5.1.2.e,

U verzoekt om antwoord op de volgende vragen:

1. Welke documenten zijn er over de veerpont?

2. Hoeveel boetes zijn er opgelegd?

**Wettelijk kader**

Uw verzoek valt onder de Woo.

**Besluit**

Ik besluit de documenten openbaar te maken.

De minister van Vaarwegen, namens deze,

K. Wit

**Bijlage 1 – Relevante artikelen**

Artikel 5.1

1. Het openbaar maken van informatie blijft achterwege voor zover dit de minister schaadt.

2. Het openbaar maken blijft ook achterwege voor zover de leden van de regering dit wensen.
"""
OPINION = """Commissie voor de Ponten

**Advies over het wetsvoorstel veerponten**

**Inhoudsopgave**

1. Inleiding ............ 2
2. Wat adviseert de commissie? ............ 3

**1. Inleiding**

De minister van Vaarwegen heeft de commissie om advies gevraagd.

**2. Wat adviseert de commissie?**

De commissie adviseert om het voorstel aan te passen.
"""


def _labels(parsed: Parsed) -> list[tuple[str, str, str]]:
    return [(unit.kind, unit.label, unit.answer_speaker) for unit in parsed.units]


def _words_of_units(parsed: Parsed) -> str:
    text = parsed.document.text
    spans = (span for unit in parsed.units for span in (*unit.questions, unit.answer) if span)
    return " ".join(word for span in spans for word in span.of(text).split())


@pytest.mark.parametrize(
    "headings",
    [("Stand van zaken", "Boetes"), ("**Stand van zaken**", "**Boetes**"), ("1. Stand van zaken", "2. Boetes")],
)
def test_a_letter_is_read_by_its_headings(headings: tuple[str, str]) -> None:
    parsed = parse(document(LETTER.format(first=headings[0], second=headings[1])))
    names = [heading.strip("*") for heading in headings]
    assert _labels(parsed) == [("chapter", label, "minister") for label in ("Zonder kop", *names)]
    assert _words_of_units(parsed) == " ".join(parsed.document.text.split())
    assert (parsed.form, parse_report(parsed).gaps) == ("prose", ())
    assert stated(parsed.document.text).values["kind"] == "brief"


def test_a_letter_without_headings_is_one_section() -> None:
    parsed = parse(document(LETTER.format(first="Over de ponten.", second="Over de boetes.")))
    assert _labels(parsed) == [("chapter", "Zonder kop", "minister")]
    assert parsed.certainty == "certain"


def test_a_letter_that_no_minister_signs_is_not_the_ministers() -> None:
    unsigned = LETTER.format(first="Stand", second="Boetes").replace("De Minister van Vaarwegen,\n\n", "")
    assert {unit.answer_speaker for unit in parse(document(unsigned)).units} == {"third party"}


@pytest.mark.parametrize(
    "decisions",
    [
        ("1. de commissie wacht informatie van de regering af.", "2. de commissie vraagt de minister om een brief."),
        ("1. Agenderen voor het debat met de leden.", "2. De minister verzoeken te reageren. Wie gaat mee?"),
        ("1) Voor kennisgeving aannemen.", "2) Het lid Jansen heeft gevraagd om een rondetafelgesprek."),
        ("Desgewenst betrekken bij het debat.", "Is er behoefte aan een briefing? Ja."),
    ],
)
@pytest.mark.parametrize("title", ["Besluitenlijst", "Concept-besluitenlijst", "Lijst van besluiten"])
def test_nobody_asks_in_a_list_of_decisions(title: str, decisions: tuple[str, str]) -> None:
    parsed = parse(document(DECISIONS.replace("Besluitenlijst", title).format(*decisions)))
    assert {unit.kind for unit in parsed.units} == {"chapter"}
    assert {unit.answer_speaker for unit in parsed.units} == {"third party"}
    assert _words_of_units(parsed) == " ".join(parsed.document.text.split())
    assert stated(parsed.document.text).values["kind"] == "besluitenlijst"
    assert parse_report(parsed).gaps == ()


def test_a_decision_quotes_the_questions_of_a_requester() -> None:
    parsed = parse(document(DISCLOSURE))
    assert _labels(parsed) == [
        ("chapter", "Zonder kop", "minister"),
        ("chapter", "Wettelijk kader", "minister"),
        ("chapter", "Besluit", "minister"),
        ("annex", "Bijlage 1", "third party"),
    ]
    assert stated(parsed.document.text).values["kind"] == "besluit op informatieverzoek"
    assert _words_of_units(parsed) == " ".join(parsed.document.text.split())


def test_a_list_of_contents_and_chapters_that_ask_are_no_questions() -> None:
    parsed = parse(document(OPINION))
    assert _labels(parsed) == [
        ("chapter", "Zonder kop", "third party"),
        ("chapter", "1. Inleiding", "third party"),
        ("chapter", "2. Wat adviseert de commissie?", "third party"),
    ]
    assert "....." not in _words_of_units(parsed)


@pytest.mark.parametrize("leaders", ["........ {}", ". . . . . . . {}", "…………… {}", "______ {}"])
def test_dotted_leaders_of_any_kind_name_no_question(leaders: str) -> None:
    contents = "\n".join(f"Vraag {n} {leaders.format(n)}" for n in (1, 2))
    text = f"Antwoorden op vragen\n\n{contents}\n\nVraag 1\n\nHoeveel?\n\nAntwoord\n\nTien.\n"
    parsed = parse(document(text))
    assert [(unit.numbers, unit.answer.of(text) if unit.answer else None) for unit in parsed.units] == [((1,), "Tien.")]


@pytest.mark.parametrize(
    "text",
    [
        "Notulen\n\n1. Opening\n\nDe voorzitter opent.\n\n2. Mededelingen\n\nEr zijn geen mededelingen van de leden.",
        "Plan\n\n1. De minister stelt een norm.\n\n2. Het kabinet toetst die.\n\n3. De regering meldt het.",
        "Stappen\n\n1. Lees dit.\n2. Doe dat.\n3. De leden tekenen.",
        "1\nInleiding\n\nDe minister schrijft.\n\n2\nConclusie\n\nHet is de vraag of dat klopt.",
    ],
)
def test_what_is_numbered_is_no_question(text: str) -> None:
    parsed = parse(document(text))
    assert {unit.kind for unit in parsed.units} == {"chapter"}
    assert _words_of_units(parsed) == " ".join(text.split())


def test_numbered_questions_without_headings_stay_questions() -> None:
    text = "Beantwoording van de vragen over de pont\n\n1. Hoeveel ponten varen er?\n\nTien.\n\n2. Waarom?\n\nDaarom.\n"
    parsed = parse(document(text))
    assert [unit.numbers for unit in parsed.units] == [(1,), (2,)]
    assert parsed.form == "questions"


def test_the_report_says_what_a_document_was_taken_for() -> None:
    report = parse_report(parse(document(OPINION)))
    assert (report.form, report.record()["certainty"]) == ("prose", "certain")
    assert "read as prose (certain)" in report.as_text()
