"""Consultations by group and notes in reply to a report: sections, and whose words each paragraph is."""

import pytest

from index.grammar.parse import parse
from index.grammar.parse_report import parse_report
from index.model.parts import parts
from index.model.passages import passages
from index.model.types import Parsed, Unit
from tests.index.grammar.forms import answer_to, document, reasons, unit_of

CONSULTATION = """Nr. 45 VERSLAG VAN EEN SCHRIFTELIJK OVERLEG

Vastgesteld 12 juni 2024

Inhoudsopgave

I. Vragen en opmerkingen vanuit de fracties

• Vragen en opmerkingen van de leden van de Groene-fractie

• Vragen en opmerkingen van de leden van de Water-fractie

II. Reactie van de minister

**I. Vragen en opmerkingen vanuit de fracties**

**Vragen en opmerkingen van de leden van de Groene-fractie**

De leden van de Groene-fractie hebben kennisgenomen van de brief over de pont. Zij hebben nog vragen.

De leden van de Groene-fractie vragen hoeveel reizigers de pont gebruiken.

**Vragen en opmerkingen van de leden van de Water-fractie**

Deze leden vragen wanneer de pont weer vaart.

**II. Reactie van de minister**

Met belangstelling heb ik kennisgenomen van de vragen.

**Vragen en opmerkingen van de leden van de Groene-fractie**

De leden van de Groene-fractie vragen hoeveel reizigers de pont gebruiken.

Er zijn 1.200 reizigers per dag.

**Vragen en opmerkingen van de leden van de Water-fractie**

De pont vaart in mei weer. Ik informeer uw Kamer daarover.
"""

NOTE = """36 999 Wijziging van de Pontenwet

Nr. 7 NOTA NAAR AANLEIDING VAN HET VERSLAG

Ontvangen 3 mei 2025

I. ALGEMEEN

1. Inleiding

De regering dankt de leden voor hun inbreng.

De leden van de Groene-fractie hebben met interesse kennisgenomen van het voorstel. Zij vragen waarom de wet nodig is.

De wet is nodig omdat ponten nu geen vergunning hebben. Daardoor ontstaan gevaarlijke situaties.

Er zijn in 2024 drie ongelukken gebeurd.

De leden van de Water-fractie lezen dat de vergunning vijf jaar geldt. Waarom is voor vijf jaar gekozen?

Vijf jaar sluit aan bij andere vergunningen.

2. Verhouding tot hoger recht

2.1 Europees recht

De leden van de Groene-fractie en de Water-fractie vragen of het voorstel met de richtlijn strookt.

Ja, het voorstel strookt met de richtlijn. Dat volgt uit:

1. artikel 3 van de richtlijn;

2. artikel 5 van de richtlijn.

Artikel 4

De leden van de Water-fractie vragen wie toezicht houdt.

De inspectie houdt toezicht.

De Minister van Vaarwegen,

K. de Wit-Bakema
"""

NUMBERED_NOTE = """Nr. 7 NOTA NAAR AANLEIDING VAN HET VERSLAG

I. Algemeen deel

De leden van de Groene-fractie danken de regering voor het wetsvoorstel.

De leden van de Water-fractie hebben nog vragen.

1. Inleiding

1

De leden van de Groene-fractie vragen waarom de wet nodig is.

Antwoord

De wet is nodig voor de veiligheid:

1. van de reizigers;

2. van de bemanning.

2

Kan de regering dat toelichten?

Antwoord

Dat is toegelicht in het antwoord op vraag 1.

De leden van de Water-fractie onderschrijven het doel van het voorstel.

2. Hoofdlijnen

3, 4 en 5

De leden van de Water-fractie vragen wat een pont kost. Wie betaalt dat? Wanneer?

Antwoord

Een pont kost 2 miljoen euro. Het Rijk betaalt in 2026.

Vraag 6

Deze leden vragen of dat genoeg is.

Antwoord

Dat bedrag is genoeg.

De leden van de Groene-fractie vragen of er een tweede pont komt.

Antwoord

Een tweede pont komt er niet.

8

Waarom niet?

Antwoord

Voor een tweede pont is geen geld.
"""


def _words(parsed: Parsed, unit: Unit) -> tuple[str | None, str | None]:
    text = parsed.document.text
    return unit.context.of(text) if unit.context else None, unit.answer.of(text) if unit.answer else None


def test_a_consultation_joins_what_a_group_asks_with_the_reply_to_it() -> None:
    parsed = parse(document(CONSULTATION))
    green, water, opening = parsed.units
    assert [unit.asked_by for unit in parsed.units] == [("Groene",), ("Water",), ()]
    assert {unit.kind for unit in parsed.units} == {"section"}
    assert (_words(parsed, green)[0] or "").endswith("hoeveel reizigers de pont gebruiken.")
    assert _words(parsed, green)[1] == "Er zijn 1.200 reizigers per dag."
    assert _words(parsed, water)[1] == "De pont vaart in mei weer. Ik informeer uw Kamer daarover."
    assert _words(parsed, opening) == (None, "Met belangstelling heb ik kennisgenomen van de vragen.")
    assert parse_report(parsed).gaps == ()


def test_a_reply_that_names_no_group_is_given_to_none() -> None:
    whole = CONSULTATION.rpartition("Vragen en opmerkingen van de leden van de Groene-fractie")[0]
    parsed = parse(document(f"{whole}**\n\nDe pont vaart in mei weer."))
    assert [_words(parsed, unit)[1] for unit in parsed.units[:2]] == [None, None]
    assert "no reply found that names these groups" in reasons(parsed)


def test_a_note_in_prose_is_cut_in_its_sections() -> None:
    parsed = parse(document(NOTE))
    assert [unit.label for unit in parsed.units] == ["1. Inleiding", "2.1 Europees recht", "Artikel 4"]
    assert [unit.asked_by for unit in parsed.units] == [("Groene", "Water"), ("Groene", "Water"), ("Water",)]
    assert _words(parsed, parsed.units[2]) == (
        "De leden van de Water-fractie vragen wie toezicht houdt.",
        "De inspectie houdt toezicht.",
    )


def test_in_a_section_each_paragraph_has_its_own_speaker() -> None:
    parsed = parse(document(NOTE))
    text = parsed.document.text
    within = [span.of(text)[:30] for span in parsed.units[0].asked_within]
    assert within == ["De leden van de Groene-fractie", "De leden van de Water-fractie "]
    for passage in passages(parsed):
        assert (passage.speaker == "members") == passage.span.of(text).startswith("De leden van"), passage
    for part in parts(parsed.document, parsed.units):
        if part.unit and part.field != "heading":
            assert (part.speaker == "members") == part.span.of(text).startswith("De leden van"), part


def test_a_numbered_note_keeps_numbers_and_leaves_out_remarks() -> None:
    parsed = parse(document(NUMBERED_NOTE))
    assert answer_to(parsed, 1) == "De wet is nodig voor de veiligheid:\n\n1. van de reizigers;\n\n2. van de bemanning."
    assert answer_to(parsed, 2) == "Dat is toegelicht in het antwoord op vraag 1."
    assert unit_of(parsed, 4).numbers == (3, 4, 5)
    assert [unit_of(parsed, n).asked_by for n in (1, 2, 3, 6)] == [("Groene",), ("Groene",), ("Water",), ("Water",)]
    remarks = [_words(parsed, unit) for unit in parsed.units if unit.kind == "section" and not unit.questions]
    assert remarks == [("De leden van de Water-fractie onderschrijven het doel van het voorstel.", None)]


def test_a_number_that_was_not_printed_is_known_by_its_place() -> None:
    parsed = parse(document(NUMBERED_NOTE))
    assert answer_to(parsed, 6) == "Dat bedrag is genoeg."
    assert answer_to(parsed, 7) == "Een tweede pont komt er niet."
    assert "question 7: its number is not printed" in reasons(parsed)
    assert parse_report(parsed).gaps == ()


def test_two_groups_in_one_question_are_doubted() -> None:
    """Where a number and a heading were lost, the text under a number holds more than its question."""
    lost = NUMBERED_NOTE.replace("Antwoord\n\nDat bedrag is genoeg.", "Dat bedrag is genoeg.")
    assert "question 6: two groups speak in it" in reasons(parse(document(lost)))


def test_a_question_without_a_number_stays_without_one_where_none_is_missing() -> None:
    parsed = parse(document(NUMBERED_NOTE.replace("\n8\n", "\n7\n")))
    assert answer_to(parsed, 7) == "Voor een tweede pont is geen geld."
    unnumbered = [unit for unit in parsed.units if unit.label == "Zonder nummer" and unit.answer]
    assert [_words(parsed, unit)[1] for unit in unnumbered] == ["Een tweede pont komt er niet."]


@pytest.mark.parametrize("number", ["8", "3, 4 en 5"])
def test_a_missing_number_is_a_gap(number: str) -> None:
    lost = NUMBERED_NOTE.replace(f"\n{number}\n\n", "\n").replace("\n8\n", "\n9\n")
    assert parse_report(parse(document(lost))).gaps


def test_numbered_news_is_prose() -> None:
    parsed = parse(document("Beste lezer,\n\nDit is een krantenbericht over 3 vragen.\n\n1. Nieuws\n\n2. Weer\n"))
    assert [unit.kind for unit in parsed.units] == ["chapter"]
    assert parse_report(parsed).gaps == ()


TURNS = """Vragen en opmerkingen van de leden van de Groene-fractie

De leden van de Groene-fractie vragen wat de pont kost.

Reactie van de minister

De pont kost 2 miljoen euro.

Vragen en opmerkingen van de leden van de Water-fractie en de Zand-fractie

De leden van de Water-fractie en de Zand-fractie vragen wanneer de pont vaart.

Reactie van de minister

De pont vaart in mei.
"""


def test_a_consultation_in_which_each_group_has_its_reply_behind_it() -> None:
    parsed = parse(document(TURNS))
    assert [(unit.asked_by, _words(parsed, unit)[1]) for unit in parsed.units] == [
        (("Groene",), "De pont kost 2 miljoen euro."),
        (("Water", "Zand"), "De pont vaart in mei."),
    ]


def test_numbers_in_the_ministers_part_only() -> None:
    """What the groups say in prose is theirs alone; it introduces no question of the second part."""
    text = (
        "Schriftelijk overleg\n\nInbreng van de leden van de Groene-fractie\n\nDe leden van de Groene-fractie vragen "
        "wat de pont kost.\n\nInbreng van de leden van de Water-fractie\n\nDe leden van de Water-fractie vragen of de "
        "pont vaart.\n\nII. Antwoord van de minister\n\nVraag 1\n\nDe leden van de Groene-fractie vragen wat de pont "
        "kost.\n\nAntwoord 1\n\nTwee miljoen euro.\n\nVraag 2\n\nDe leden van de Water-fractie vragen of de pont "
        "vaart.\n\nAntwoord 2\n\nJa.\n"
    )
    parsed = parse(document(text))
    assert [(unit.numbers, unit.asked_by) for unit in parsed.units] == [
        ((), ("Groene",)),
        ((), ("Water",)),
        ((1,), ("Groene",)),
        ((2,), ("Water",)),
    ]
    assert [unit_of(parsed, n).context for n in (1, 2)] == [None, None]


def test_questions_under_the_headings_of_groups() -> None:
    text = (
        "Lijst van vragen en antwoorden\n\nVragen van de Groene-fractie\n\n1\n\nWat kost de pont?\n\nAntwoord\n\n"
        "Veel.\n\nVragen van de leden van de Water- en Zand-fracties\n\n2\n\nVaart hij?\n\nAntwoord\n\nJa.\n"
    )
    parsed = parse(document(text))
    assert [(unit.asked_by, answer_to(parsed, n)) for n, unit in enumerate(parsed.units, start=1)] == [
        (("Groene",), "Veel."),
        (("Water", "Zand"), "Ja."),
    ]


def test_a_question_within_a_reply_is_the_members() -> None:
    asked = "Kan de minister zeggen wanneer de pont vaart?"
    parsed = parse(
        document(
            "Inbreng van de leden van de Groene-fractie\n\nDe leden van de Groene-fractie hebben een vraag.\n\n"
            f"**Wat kost de pont?**\n\nDe pont kost 2 miljoen euro.\n\n**{asked}**\n\nDe pont vaart in mei.\n"
        )
    )
    text = parsed.document.text
    assert [span.of(text) for span in parsed.units[0].asked_within] == [asked]
    assert "by its question mark" in reasons(parsed)
