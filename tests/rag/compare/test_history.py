"""What was said on a subject: by date, each beside the earlier passage most like it, and no word that is not there."""

import json

import pytest

from index.settings import Settings
from rag.__main__ import app
from rag.answer.assistant import Assistant
from rag.compare.history import Said, SubjectError, history
from tests.command_lines import printed
from tests.conftest import library_of

LETTER = """Datum {day}

Hierbij zend ik uw Kamer de antwoorden op de vragen over bruggen.

1. Hoeveel bruggen in beheer bij het Rijk zijn gesloten voor zwaar verkeer?

Er zijn {count} bruggen in beheer bij het Rijk gesloten voor zwaar verkeer. {more}

2. Hoe wordt de waterkwaliteit van zwemplassen gemeten?

De waterschappen meten de kwaliteit van het zwemwater elke twee weken in het seizoen.
"""
LATER = "Het herstel duurt naar verwachting tot het einde van het jaar."


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    letters = {
        "b.txt": LETTER.format(day="3 maart 2026", count=15, more=LATER),
        "a.txt": LETTER.format(day="10 maart 2024", count=12, more=""),
        "c.txt": LETTER.format(day="4 mei 2026", count=15, more=LATER),
    }
    return library_of(tmp_path_factory.mktemp("history"), letters)


@pytest.fixture(scope="module")
def said(library: Settings) -> tuple[Said, ...]:
    return history(Assistant.open(library), "gesloten bruggen zwaar verkeer")


def test_by_date_with_what_differs(said: tuple[Said, ...]) -> None:
    assert [one.document.file for one in said] == ["a.txt", "b.txt", "c.txt"]
    assert said[0].before is None
    assert said[1].before is not None
    assert said[1].before.document.file == "a.txt"
    assert [(one.kind, one.figures) for one in said[1].differences] == [("changed", True), ("added", False)]
    assert said[2].before is not None
    assert (said[2].before.document.file, said[2].differences) == ("b.txt", ())


def test_everything_is_a_slice_of_the_ministers_words(said: tuple[Said, ...]) -> None:
    for one in said:
        assert one.passage.speaker == "minister"
        assert one.passage.span.of(one.document.text) == one.text
        for found in one.differences:
            assert found.b is None or found.b.span.of(one.document.text) == found.b.text
            assert found.a is None or (one.before and found.a.span.of(one.before.document.text) == found.a.text)


def test_the_command_and_a_subject_that_nothing_is_said_of(library: Settings) -> None:
    def run(*words: str) -> str:
        return printed(app, "history", *words, "--index", str(library.index))

    rows = json.loads(run("gesloten bruggen zwaar verkeer", "--json"))
    assert [row["date"] for row in rows] == ["2024-03-10", "2026-03-03", "2026-05-04"]
    assert "“12” → “15”" in run("gesloten bruggen zwaar verkeer")
    assert run("kernfusie in Kazachstan") == "Geen passage is zeker genoeg hierover.\n"


@pytest.mark.parametrize("subject", ["", "  ", "???"])
def test_nothing_is_no_subject(library: Settings, subject: str) -> None:
    with pytest.raises(SubjectError, match="expected a subject"):
        history(Assistant.open(library), subject)
