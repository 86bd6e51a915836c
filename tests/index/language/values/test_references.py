"""Every form in which the letter points elsewhere, and what only looks like it."""

import pytest

from index.language.span import Span
from index.language.values.references import mentions, references, refers_only


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("Zie het antwoord op vraag 6.", (6,)),
        ("Zie het antwoord op de vraag 2.", (2,)),
        ("Zie de antwoorden op de vragen 1, 3, 5 en 7.", (1, 3, 5, 7)),
        ("In de beantwoording op de vragen 11 t/m 14 wordt ingegaan.", (11, 12, 13, 14)),
        ("Zie vragen 19 tot en met 23.", (19, 20, 21, 22, 23)),
        ("Zie vraag 1, 7, 26, 29 en vraag 31.", (1, 7, 26, 29, 31)),
        ("Zie vraag 5, 14, 31 en vraag 33.", (5, 14, 31, 33)),
        ("Zoals bij de vorige vraag is aangegeven.", (39,)),
        ("Zie de vorige twee vragen.", (38, 39)),
        ("Zoals hierboven is toegelicht.", (39,)),
        ("Eerste zin over bruggen. Zoals hierboven is toegelicht.", ()),
        ("Zie bijlagen 1 en 2 bij dit verslag.", ("I", "II")),
        ("Zie vraag 7 en bijlage II.", (7, "II")),
        ("Zie vraag 40 en 41.", (41,)),
        ("Zie bijlagen 1 t/m 3.", ("I", "II", "III")),
        ("Zie vraag 3, 12 maart 2024.", (3,)),
        ("Dat is de vragen 12 jaar geleden gesteld.", ()),
        ("Zie het antwoord op vraag 6 hierboven.", (6,)),
        ("Ja. Zoals hierboven aangegeven.", (39,)),
        ("In 2025 vroegen 240 mensen om artikel 245 tot en met 250 Sr.", ()),
        ("Kamerstukken II, nr. 125 en motie 981.", ()),
        ("De vraag 2.500 keer gesteld.", ()),
        ("Dat is 20% van de vraag 12% meer.", ()),
        ("artikel 240b; vraag 240b", ()),
    ],
)
def test_references(answer: str, expected: tuple[int | str, ...]) -> None:
    assert references(answer, (40,)) == expected


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("Voor het antwoord op deze vraag, verwijs ik u naar het antwoord op vraag 6.", True),
        ("Zie hiervoor het antwoord op vraag 2. Ik verwijs u ook naar vraag 3.", True),
        ("Ja. Voor verdere toelichting verwijs ik u naar vraag 6.", False),
        ("Zie hiervoor het antwoord op vraag 2. Zoals daar aangegeven ga ik in gesprek.", False),
        ("", False),
    ],
)
def test_refers_only(answer: str, expected: bool) -> None:
    assert refers_only(answer, (40,)) is expected


def test_each_mention_has_its_own_place() -> None:
    """Every number of a list is a mention, the first with the word before it, and the slices say what they name."""
    text = "Zie de vragen 2, 5 en 11 t/m 14 en bijlage II; niet vraag 3, 12 maart 2024."
    found = [(span.of(text), key) for span, key in mentions(text, Span(0, len(text)))]
    assert found == [("vragen 2", 2), ("5", 5), ("11", 11), ("14", 14), ("bijlage II", "II"), ("vraag 3", 3)]
    assert list(mentions(text, Span(0, 8))) == []
