"""Figures and dates that disagree: the same quantity of a year, the same promise, and nothing that only looks so."""

import json

import pytest
from typer.testing import CliRunner

from index.library.open import published_collection
from index.settings import Settings
from rag.__main__ import app
from rag.compare.disagreements import Disagreement, disagreements
from tests.command_lines import printed
from tests.conftest import library_of

LETTER = """Datum {day}

Hierbij zend ik uw Kamer de antwoorden op de vragen over de politie.

1. Hoeveel fte telt de formatie van het team, en wat kost dat?

De formatie van het team bestrijding in 2025 bestaat na artikel 253 Sr, met 26 fte erbij, uit {fte} fte.
De kosten van de huisvesting in 2025 bedragen € {cost} miljoen.

2. Hoeveel meldingen waren er?

In {year} ontving de politie 1.200 meldingen van overlast.
Ik zal uw Kamer {when} informeren over de evaluatie van het team.
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    letters = {
        "a.txt": {"day": "10 maart 2026", "fte": 186, "cost": "2,5", "year": 2024, "when": "voor 1 juli 2026"},
        "b.txt": {"day": "4 mei 2026", "fte": 196, "cost": "2.5", "year": 2025, "when": "voor 1 oktober 2026"},
    }
    return library_of(
        tmp_path_factory.mktemp("disagreements"), {name: LETTER.format(**values) for name, values in letters.items()}
    )


@pytest.fixture
def found(library: Settings) -> tuple[Disagreement, ...]:
    return disagreements(library.index)


def test_the_same_quantity_and_the_same_promise(found: tuple[Disagreement, ...]) -> None:
    """An amount that is only written in another way, and a number of another year, do not disagree."""
    told = [(one.kind, one.year, [stated.value for stated in one.stated]) for one in found]
    assert told == [("figure", 2025, ["186", "196"]), ("promise", None, ["2026-06-30", "2026-09-30"])]


def test_everything_is_a_slice(library: Settings, found: tuple[Disagreement, ...]) -> None:
    collection = published_collection(library.index)
    for stated in (stated for one in found for stated in one.stated):
        text = collection.document(stated.document.id).text
        assert stated.span.of(text) == stated.text
        assert text[stated.start : stated.start + len(stated.sentence)] == stated.sentence


def test_the_command(library: Settings) -> None:
    call = ["figures", "--differing", "--index", str(library.index)]
    rows = json.loads(printed(app, *call, "--json"))
    assert [stated["text"] for stated in rows[0]["stated"]] == ["186", "196"]
    shown = printed(app, *call)
    assert "2026-09-30\t2026-05-04\tb.txt, Vraag 2" in shown
    assert CliRunner().invoke(app, [*call, "fte"]).exit_code == 2
