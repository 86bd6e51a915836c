"""What documents state of themselves, in the forms that ministries and the Tweede Kamer print."""

from datetime import date

import pytest

from index.grammar.metadata import stated
from index.grammar.parse import parse
from index.language.parliament.askers import askers
from index.language.values.number_lists import number_list
from tests.index.grammar.forms import document, reasons
from tests.index.grammar.test_sections import CONSULTATION, NOTE
from tests.index.grammar.test_written_questions import AANHANGSEL, LETTER


def test_a_letter_of_a_ministry() -> None:
    assert stated(LETTER.replace("**", "")).values == {
        "kind": "Kamervragen",
        "title": "Beantwoording Kamervragen van de leden Oudejans (Groene Lijst) en Tjalsma (Water) over de veerpont",
        "subject": "Beantwoording Kamervragen van de leden Oudejans (Groene Lijst) en Tjalsma (Water) over de veerpont",
        "date": date(2025, 4, 3),
        "office": "minister van Vaarwegen",
        "name": "K. de Wit-Bakema",
        "on_behalf_of": "de staatssecretaris van Zeehavens",
        "members": "Oudejans, Tjalsma",
        "groups": "Groene Lijst, Water",
        "reference": "7654321",
        "question_number": "2025Z04321",
    }


def test_an_aanhangsel() -> None:
    known = stated(AANHANGSEL).values
    assert {key: known[key] for key in ("kind", "year", "chamber", "appendix", "date", "subject", "groups")} == {
        "kind": "aanhangsel",
        "year": "2024/25",
        "chamber": "II",
        "appendix": "1812",
        "date": date(2025, 4, 3),
        "subject": "de pont",
        "groups": "Groene Lijst",
    }
    assert (known["office"], known["name"]) == ("Minister van Vaarwegen", "De Wit")
    assert known["on_behalf_of"] == "de Staatssecretaris van Zeehavens"


def test_the_kinds_in_prose() -> None:
    assert stated(CONSULTATION.replace("**", "")).values["kind"] == "schriftelijk overleg"
    known = stated(f"Tweede Kamer der Staten-Generaal\nVergaderjaar 2024–2025\n{NOTE}").values
    assert (known["kind"], known["dossier"], known["number"]) == ("nota naar aanleiding van het verslag", "36 999", "7")
    assert (known["year"], known["date"], known["name"]) == ("2024/25", date(2025, 5, 3), "K. de Wit-Bakema")


@pytest.mark.parametrize(
    ("text", "members", "groups"),
    [
        ("van het lid De Vries (CDA)", ("De Vries",), ("CDA",)),
        ("van de leden A en B (beiden SP)", ("A", "B"), ("SP",)),
        ("van de leden Aa, Romke de Bb en Cc (allen D66)", ("Aa", "Romke de Bb", "Cc"), ("D66",)),
        ("de leden Aa (PvdA), Bb (CDA) en Cc (VVD)", ("Aa", "Bb", "Cc"), ("PvdA", "CDA", "VVD")),
        ("het Kamerlid Aa (GroenLinks-PvdA) aan de minister van Financiën (Fin)", ("Aa",), ("GroenLinks-PvdA",)),
        ("van het lid Aa (SP), mede namens het lid Bb (D66)", ("Aa", "Bb"), ("SP", "D66")),
        ("van de leden van de commissie (AZ)", (), ()),
    ],
)
def test_who_asks(text: str, members: tuple[str, ...], groups: tuple[str, ...]) -> None:
    found = askers(text)
    assert (found.members, found.groups) == (members, groups)


def test_what_is_stated_in_two_ways_is_unknown_and_doubted() -> None:
    text = (
        "Datum\t3 mei 2025\nDatum\t4 mei 2025\n\nBeantwoording vragen van het lid Aa (SP)\n\n"
        "Antwoorden op vragen van het lid Bb (VVD)\n\nVraag 1\n\nWat?\n\nAntwoord 1\n\nDit.\n"
    )
    assert not {"date", "groups"} & set(stated(text).values)
    assert stated(text).groups == ()
    parsed = parse(document(text))
    assert "date: stated as “3 mei 2025”, “4 mei 2025”" in reasons(parsed)
    assert parsed.units[0].asked_by == ()


def test_nothing_is_known_of_an_ordinary_text() -> None:
    assert stated("Beste lezer,\n\nTot morgen.").values == {}
    assert stated("").values == {}


@pytest.mark.parametrize(
    ("written", "numbers"),
    [
        ("3", (3,)),
        ("2, 3 en 4", (2, 3, 4)),
        ("7, 8, en 9", (7, 8, 9)),
        ("2 t/m 4 en 7", (2, 3, 4, 7)),
        ("2 tot en met 4", (2, 3, 4)),
        ("10–12", (10, 11, 12)),
        ("6 en vraag 7", (6, 7)),
        ("9 en 3", (9, 3)),
        ("1,3,5-8", (1, 3, 5, 6, 7, 8)),
        ("1 t/m 2024", (1, 2024)),
    ],
)
def test_lists_of_numbers(written: str, numbers: tuple[int, ...]) -> None:
    assert number_list(written) == numbers


@pytest.mark.parametrize(
    ("text", "kind", "day", "title"),
    [
        (
            "Besluitenlijst van de procedurevergadering van dinsdag 4 maart 2025\n\nCommissie voor de Ponten\n",
            "besluitenlijst",
            date(2025, 3, 4),
            "Besluitenlijst van de procedurevergadering van dinsdag 4 maart 2025",
        ),
        (
            "Datum 3 maart 2025\nOnderwerp Voortgang van de ponten\n\nGeachte voorzitter,\n\nHierbij de brief.\n",
            "brief",
            date(2025, 3, 3),
            "Voortgang van de ponten",
        ),
        (
            "Betreft Besluit op uw Woo-verzoek\n\nGeachte heer,\n\nIk besluit.\n",
            "besluit op informatieverzoek",
            None,
            "Besluit op uw Woo-verzoek",
        ),
        ("Onderwerp: Advies over de pont\n\nGeachte heer,\n", "advies", None, "Advies over de pont"),
        ("Handelingen Tweede Kamer\n\nAan de orde is de pont.\n", "handelingen", None, None),
        ("Een bericht over de pont, zoals het besluit van de gemeente.\n", None, None, None),
    ],
)
def test_kinds_in_which_nobody_asks(text: str, kind: str | None, day: date | None, title: str | None) -> None:
    known = stated(text).values
    assert (known.get("kind"), known.get("date"), known.get("title")) == (kind, day, title)
