"""Labels and references are English beside the Dutch, and never in the place of a title."""

import pytest

from ui.texts.english import in_english, label


@pytest.mark.parametrize(
    ("dutch", "english"),
    [
        (
            "Brief van de minister van Justitie, 4 maart 2021, Antwoorden over de brug, antwoord op vraag 28, p. 3",
            "Letter from the minister of Justitie, 4 March 2021, Antwoorden over de brug, answer to question 28, p. 3",
        ),
        ("voetnoot 4 bij het antwoord op vraag 8", "footnote 4 to the answer to question 8"),
        ("vraag 8, gesteld door de leden van de D66-fractie", "question 8, asked by the members of the D66 group"),
        ("tabel in het antwoord op vraag 44, p. 2-3", "table in the answer to question 44, p. 2-3"),
        ("bijlage ii (Offlimits)", "annex ii (Offlimits)"),
        ("Kamerstukken II 2025/26, 26643, nr. 1357", "Parliamentary Papers II 2025/26, 26643, no. 1357"),
        ("vragen 3, 4 en 5", "questions 3, 4 en 5"),
        ("De vraag van deze tijd", "De vraag van deze tijd"),
    ],
)
def test_a_reference_in_english(dutch: str, english: str) -> None:
    assert in_english(dutch) == english


def test_a_label_has_both() -> None:
    assert label("Vraag 8", "en") == "Question 8 (Vraag 8)"
    assert label("Bijlage II", "en") == "Annex II (Bijlage II)"
    assert label("Vraag 8", "nl") == "Vraag 8"
    assert label("De heer Jansen", "en") == "De heer Jansen"
