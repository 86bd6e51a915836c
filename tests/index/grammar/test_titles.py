"""A document that states no title is called by what it announces, has in order, or is headed by; never by its prose."""

import pytest

from index.grammar.titles import found_title

LETTERHEAD = (
    "> Retouradres Postbus 1 2500 AA Den Haag\n\nAan de Voorzitter van de Tweede Kamer\n\nDatum 3 maart 2025\n\n"
)


@pytest.mark.parametrize(
    ("text", "kind", "title"),
    [
        (
            "Geachte voorzitter,\n\nHierbij bied ik u, mede namens de minister van Water, de antwoorden aan op de "
            "vragen van het lid Tjalsma (nr. 2025Z01) over de pont. De tweede zin gaat over geld.\n",
            "brief",
            "Antwoorden op de vragen van het lid Tjalsma (nr. 2025Z01) over de pont",
        ),
        ("Met deze brief informeer ik uw Kamer over de voortgang van de pont.\n", "brief", "Voortgang van de pont"),
        ("Bijgaand treft u mijn schriftelijke reactie op het rapport.\n", "", "Schriftelijke reactie op het rapport"),
        ("Handelingen Tweede Kamer\n\nAan de orde is het debat over de pont.\n", "handelingen", "Debat over de pont"),
        (
            "Vergaderjaar 2024–2025\n\n36 450\n\nRegels over ponten (Pontenwet)\n\nNr. 6\n\n"
            "NOTA NAAR AANLEIDING VAN HET VERSLAG\n",
            "nota naar aanleiding van het verslag",
            "Nota naar aanleiding van het verslag: Regels over ponten (Pontenwet)",
        ),
        (
            "Notitie\n\nvoor\n\nde gemeente\n\ninzake\n\nDe pont bij hoog water\n\nTekst.\n",
            "",
            "De pont bij hoog water",
        ),
        (f"{LETTERHEAD}Programma van eisen voor de pont\n\nTekst.\n", "", "Programma van eisen voor de pont"),
        ("Memo\n\nDe minister schrijft: “De pont vaart.”\n", "", ""),
        ("de pont vaart niet\n\nProgramma van eisen\n", "", ""),
        ("De pont vaart morgen niet.\n\nProgramma van eisen\n", "", ""),
        (f"{LETTERHEAD}Geachte heer,\n\nIk besluit het volgende.\n", "besluit", ""),
        ("", "", ""),
    ],
)
def test_titles(text: str, kind: str, title: str) -> None:
    assert found_title(text, kind) == title


def test_a_long_title_is_cut_at_a_word() -> None:
    title = found_title(f"Hierbij de antwoorden over {'de pont en ' * 60}meer.", "brief")
    assert title.endswith(" …")
    assert len(title) <= 252
