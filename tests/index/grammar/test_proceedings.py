"""Proceedings are read by speaker: whose words they are, and of which group."""

import pytest

from index.grammar.parse import parse
from index.language.parliament.speaker_lines import speaker_line
from index.model.parts import parts
from index.model.types import Parsed
from tests.index.grammar.forms import document

DEBATE = """**Toezicht op de veerponten**

Aan de orde is het debat over toezicht op de veerponten.

**De voorzitter:**

Ik open de vergadering.

**De heer Van der Voorbeeld (Groene Lijst):**

Voorzitter. Het toezicht schiet tekort.

1. Er zijn te weinig inspecteurs. 2. De minister doet niets.

**Mevrouw Tjalsma-den Oudsten (Water):**

Wat gaat de minister doen?

**Minister De Wit:**

De boete bedraagt 870 euro. Ik zeg toe dat ik de leden informeer.
"""
INLINE = DEBATE.replace(":**\n\n", ": ").replace("**", "")


def _turns(parsed: Parsed) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(unit.label, unit.answer_speaker, unit.asked_by) for unit in parsed.units if unit.kind == "turn"]


@pytest.mark.parametrize("text", [DEBATE, DEBATE.replace("**", ""), INLINE], ids=["bold", "plain", "inline"])
def test_every_turn_is_its_speakers(text: str) -> None:
    parsed = parse(document(text))
    assert parsed.form == "proceedings"
    assert _turns(parsed) == [
        ("De voorzitter", "third party", ()),
        ("De heer Van der Voorbeeld (Groene Lijst)", "members", ("Groene Lijst",)),
        ("Mevrouw Tjalsma-den Oudsten (Water)", "members", ("Water",)),
        ("Minister De Wit", "minister", ()),
    ]
    for part in parts(parsed.document, parsed.units):
        said = part.span.of(parsed.document.text)
        assert ("870 euro" not in said) or part.speaker == "minister"
        assert ("schiet tekort" not in said and "te weinig" not in said) or part.speaker == "members"


def test_in_a_hearing_an_organisation_is_no_group() -> None:
    turns = "Mevrouw Smit (Offlimits):\n\nWij zien meer.\n\nDe heer Jansen (CDA):\n\nHoe?\n"
    text = f"Verslag van een rondetafelgesprek\n\n{turns}"
    assert _turns(parse(document(text))) == [
        ("Mevrouw Smit (Offlimits)", "third party", ()),
        ("De heer Jansen (CDA)", "members", ("CDA",)),
    ]


@pytest.mark.parametrize(
    ("line", "name", "role"),
    [
        ("De heer Voorbeeld (CDA):", "De heer Voorbeeld (CDA)", "members"),
        ("Mevrouw Van 't Hof (50PLUS): Dank.", "Mevrouw Van 't Hof (50PLUS)", "members"),
        ("Het lid El Yassini (VVD):", "Het lid El Yassini (VVD)", "members"),
        ("Staatssecretaris Van der Burg:", "Staatssecretaris Van der Burg", "minister"),
        ("Minister-president Schoof:", "Minister-president Schoof", "minister"),
        ("De minister van Justitie en Veiligheid:", "De minister van Justitie en Veiligheid", "minister"),
        ("De voorzitter:", "De voorzitter", "third party"),
        ("Voorzitter Bosma:", "Voorzitter Bosma", "third party"),
    ],
)
def test_a_line_that_says_who_speaks(line: str, name: str, role: str) -> None:
    found = speaker_line(line)
    assert found is not None
    assert (found.name, found.role, line[: found.length].endswith(":")) == (name, role, True)


@pytest.mark.parametrize(
    "line",
    [
        "De minister heeft gezegd: dat kan niet.",
        "De heer Voorbeeld zei het zo: dat kan niet.",
        "Voorzitter: een ogenblik.",
        "Minister:",
        "Vraag 1:",
        "De heer Voorbeeld (CDA) vraagt:",
        "Mevrouw de voorzitter: dank u.",
    ],
)
def test_a_line_that_does_not(line: str) -> None:
    assert speaker_line(line) is None


def test_answers_that_name_speakers_stay_answers() -> None:
    text = (
        "Vraag 1\n\nWat zei de heer Aa?\n\nAntwoord 1\n\nHij zei:\n\nDe heer Aa (SP):\n\nDat.\n\n"
        "Mevrouw Bb (VVD):\n\nDit.\n"
    )
    assert [unit.kind for unit in parse(document(text)).units] == ["question"]
