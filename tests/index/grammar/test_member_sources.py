"""Sources behind the last answer are sources, in whatever way they are written, and no words of the minister."""

import pytest

from index.grammar.parse import parse
from index.model.types import Parsed
from tests.index.grammar.forms import answer_to, document

ANSWERS = """Antwoord op vragen van het lid Aa (Water) over de pont

Vraag 1
Kent u het bericht ‘Pont vaart niet’? {}

Antwoord 1
Ja.

Vraag 2
Hoeveel ponten varen er?

Antwoord 2
Er varen tien ponten, zie [de lijst].
"""
NEWS = "De Pontwijzer, 23 mei 2024, ‘Pont vaart niet’, https://pontwijzer.nl/a"
SITE = "https://www.ponten.nl/b"


def _notes(parsed: Parsed) -> list[str]:
    return [note.body.of(parsed.document.text) for unit in parsed.units for note in unit.footnotes]


@pytest.mark.parametrize("mark", ["[{}]", "{})", "({})", "{}."])
@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize("above", ["", "Bronnen:\n", "__________\n"])
@pytest.mark.parametrize("behind", ["", "\n\nHoogachtend,\n\nDe minister van Vaarwegen,\n\nA. Proef"])
def test_numbered_sources(mark: str, between: str, above: str, behind: str) -> None:
    listed = between.join(f"{mark.format(n)} {source}" for n, source in enumerate((NEWS, SITE), start=1))
    parsed = parse(document(f"{ANSWERS.format('[1][2]')}\n{above}{listed}{behind}\n"))
    assert answer_to(parsed, 2) == "Er varen tien ponten, zie [de lijst]."
    assert _notes(parsed) == [NEWS, SITE]


@pytest.mark.parametrize(
    "listed",
    [
        f"[1] {NEWS}\n[2] {SITE}",
        f"¹ {NEWS}\n² {SITE}",
        "[1] De Pontwijzer, 23 mei 2024, ‘Pont vaart\nNiet meer op zondag’, Nieuws\n[2] https://ponten.nl",
        f"[2] {NEWS}\n\n[5] {SITE}",
        f"[1] {NEWS}\n\n[1] {SITE}",
        "[1] Rapport Veilig Varen, p. 12\n[2] Kamerstukken II 2023/24, 12345, nr. 6",
        NEWS,
        f"Bron: {SITE}",
        f"Bronnen\n\nDe Pontwijzer, 23 mei 2024, ‘Pont’.\n\n{SITE}",
    ],
)
def test_sources_that_nothing_marks_are_no_words_of_the_minister(listed: str) -> None:
    parsed = parse(document(f"{ANSWERS.format('')}\n{listed}\n"))
    assert answer_to(parsed, 2) == "Er varen tien ponten, zie [de lijst]."
    assert {doubt.key for doubt in parsed.doubts} <= {"unmarked source", "unnumbered source"}
    assert parsed.doubts


@pytest.mark.parametrize(
    "said",
    [
        "1. De pont vaart.\n2. De brug is open.",
        "Zie www.ponten.nl voor meer.",
        "De Pontwijzer, 23 mei 2024, meldde dit ook.",
        "(1) Er is een pont; (2) er is een brug.",
    ],
)
def test_what_the_minister_says_at_the_end_stays_his(said: str) -> None:
    parsed = parse(document(f"{ANSWERS.format('')}\n{said}\n"))
    assert answer_to(parsed, 2) == f"Er varen tien ponten, zie [de lijst].\n\n{said}"


def test_each_question_has_the_source_that_stands_under_it() -> None:
    asked = "".join(
        f"Vraag {n}\nKlopt het bericht over pont {n}? [1]\n[1] De Pontwijzer, {n} mei 2024\n\nAntwoord {n}\nJa.\n\n"
        for n in range(1, 5)
    )
    assert _notes(parse(document(asked))) == [f"De Pontwijzer, {n} mei 2024" for n in range(1, 5)]
