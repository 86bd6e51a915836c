"""Two small letters with one title, a draft and what was sent, with promises, sub-questions and figures that differ."""

from pathlib import Path

from index.settings import Settings
from tests.conftest import library_of

DRAFT = """Den Haag, 4 maart 2024

Hierbij zend ik uw Kamer de antwoorden over bruggen.

1. Vragen en opmerkingen vanuit de Groene-fractie
De leden van de Groene-fractie hebben vragen over bruggen.
1. Hoeveel bruggen zijn er en deelt u de mening dat dit er te weinig zijn?

Er zijn 15 bruggen. Ik zal uw Kamer voor de zomer van 2024 informeren over het onderhoud.

2. Wat kosten bruggen?

Een brug kost 150 miljoen euro in 2024. De provincie betaalt de helft.

3. Waarom kost een brug zoveel?

Zie het antwoord op vraag 2.

4. Wie bouwt bruggen?

Rijkswaterstaat bouwt bruggen. Ik zie geen aanleiding om dat te veranderen.

5. Hoeveel schepen varen eronder?

Dit wordt niet centraal geregistreerd.
"""
_CHANGES = {
    "4 maart 2024": "2 april 2025",
    "150 miljoen": "175 miljoen",
    "Rijkswaterstaat bouwt bruggen.": "Rijkswaterstaat bouwt zelf geen bruggen.",
    " De provincie betaalt de helft.": "",
    "voor de zomer van 2024": "in het derde kwartaal van 2027",
}
_NEW = "\n6. Wanneer is de brug <b>klaar</b> & open?\n\nDe brug is in 2028 klaar.\n"


def sent() -> str:
    """The letter that was sent."""
    text = DRAFT
    for before, after in _CHANGES.items():
        text = text.replace(before, after)
    return text + _NEW


def two_letters(folder: Path) -> Settings:
    """A built library of both."""
    return library_of(folder, {"concept.txt": DRAFT, "brief.txt": sent()})
