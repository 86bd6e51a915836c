"""Whose words the paragraph before a question number is."""

import pytest

from index.language.parliament.introductions import Paragraph, lead_in, opens_as_members, voices

ANSWER = Paragraph("De politie heeft 186 fte.", False)
REFERENCE = Paragraph("Voor het antwoord op deze vraag verwijs ik u naar het antwoord op vraag 2.", False)


@pytest.mark.parametrize(
    ("paragraphs", "length"),
    [
        ([ANSWER, Paragraph("De leden van de D66-fractie signaleren grote druk.", True)], 1),
        ([ANSWER, Paragraph("Volgens deze leden moet de politie meer doen.", True)], 1),
        ([ANSWER, Paragraph("In de documentaire beschrijft een advocate de problemen.", True)], 1),
        ([ANSWER, Paragraph("Tot slot horen de leden van de CDA-fractie de oproep.", False)], 1),
        ([REFERENCE, Paragraph("Tijdens het gesprek werd onderzoek door de politie besproken.", False)], 1),
        ([REFERENCE, Paragraph("Verder is de Kamer eerder geïnformeerd over onderzoek.", False)], 0),
        ([REFERENCE, Paragraph("Ik zal onderzoek door de politie bevorderen.", False)], 0),
        ([ANSWER, Paragraph("Het kabinet deelt de zorgen van deze leden ten zeerste.", False)], 0),
        ([ANSWER, Paragraph("De politie doet onderzoek.", False)], 0),
        ([ANSWER], 0),
        ([], 0),
        (
            [
                ANSWER,
                Paragraph("De leden van de D66-fractie zijn bezorgd.", False),
                Paragraph("Deze leden willen meer onderzoek.", True),
            ],
            2,
        ),
    ],
)
def test_lead_in(paragraphs: list[Paragraph], length: int) -> None:
    found = lead_in(paragraphs, "Hoeveel bruggen?", "Wilt u onderzoek door de politie verruimen?", True)
    assert found.length == length


def test_a_paragraph_taken_by_its_place_is_doubted() -> None:
    found = lead_in([ANSWER, Paragraph("In de film komt dit voor.", True)], "Eerste?", "Tweede?", True)
    assert found.doubt == "members by place"


def test_without_blank_lines_the_place_says_nothing() -> None:
    found = lead_in([ANSWER, Paragraph("De politie doet meer.", True)], "Eerste?", "Tweede?", False)
    assert found.length == 0


@pytest.mark.parametrize(
    ("paragraph", "members"),
    [
        ("De leden van de Groene-fractie vragen wat een pont kost.", True),
        ("Ook vragen deze leden wanneer de pont vaart.", True),
        ("Voorts lezen zij dat de pont stilligt.", True),
        ("Bij de leden van de Groene-fractie bestaat de indruk dat de pont stilligt.", True),
        ("Het lid Oudejans vraagt of de pont vaart.", True),
        ("Met de leden van de Groene-fractie is de regering van mening dat de pont moet varen.", False),
        ("Zoals de leden van de Groene-fractie opmerken, vaart de pont niet.", False),
        ("De regering deelt de zorgen van de leden van de Groene-fractie.", False),
        ("In antwoord op de vraag van de leden van de Groene-fractie merkt de regering op dat de pont vaart.", False),
        ("De pont vaart weer.", False),
        ("Zij aan zij varen de ponten.", False),
    ],
)
def test_how_a_paragraph_of_the_members_opens(paragraph: str, members: bool) -> None:
    assert opens_as_members(paragraph) is members


def test_voices_in_a_section_of_prose() -> None:
    heard = voices(
        [
            "De leden van de Groene-fractie vragen wat een pont kost.",
            "Kan de regering dat toelichten?",
            "Een pont kost 2 miljoen euro.",
            "De leden van de Water-fractie danken voor het voorstel.",
            "De pont is oud.",
            "Met de leden van de Water-fractie is de regering van mening dat de pont oud is.",
            "De leden van de Zand-fractie vragen naar de kosten. De regering verwijst naar de begroting.",
        ]
    )
    assert [voice.members for voice in heard] == [True, True, False, True, True, False, True]
    assert [bool(voice.doubt) for voice in heard] == [False, False, False, False, True, False, True]
