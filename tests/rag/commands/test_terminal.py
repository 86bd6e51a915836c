"""An answer in a terminal: the document's words whole, the mark never lost, tables as tables."""

import io

import pytest
from rich.console import Console

from rag.answer.assistant import Assistant
from rag.answer.types import Answer
from rag.commands.terminal import show
from rag.texts.answers import Language
from tests.rag.retrieval.made import DIKES, SLUICES, made_index


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return Assistant(*made_index(tmp_path_factory.mktemp("made"), SLUICES, DIKES))


def _shown(answer: Answer, language: Language = "nl", styled: bool = False) -> str:
    printed = io.StringIO()
    show(answer, Console(file=printed, width=160, force_terminal=styled, no_color=False), language)
    return printed.getvalue()


def _words(printed: str) -> str:
    return " ".join(printed.replace("│", " ").split())


def test_the_marked_sentence_is_never_lost(made: Assistant) -> None:
    answer = made.ask("Wie houdt toezicht op de havenmeester?")
    (hit,) = (hit for hit in answer.hits if hit.sentence)
    assert hit.sentence is not None
    marked = hit.sentence.of(hit.document.text)
    assert f"▸ {marked} ◂" in _words(_shown(answer))
    styled = _shown(answer, styled=True)
    assert "▸" not in styled
    assert "\x1b[1;4m" in styled


def test_every_hit_says_whose_words_and_where(made: Assistant) -> None:
    shown = _words(_shown(made.ask("sluizen", per_unit=None, top=15)))
    for said in ("1. Vraag", "de minister", "de leden", "voetnoot 1", "inleiding", "brief-0.txt"):
        assert said.casefold() in shown.casefold()


def test_a_reference_and_the_note_are_shown(made: Assistant) -> None:
    shown = _words(_shown(made.ask("vraag 3"), "en"))
    assert "via question 3" in shown
    assert "1. Vraag" in shown
    shown = _words(_shown(made.ask("vraag 1")))
    assert "[1] Kamerstuk 31305, nr. 12, over alle sluizen." in shown


def test_the_parts_of_a_question_are_shown_one_by_one(made: Assistant) -> None:
    question = "Wat kost een sluis in 2024 en wie bedient de bruggen van Rijkswaterstaat?"
    whole, parted = (made.ask(question, whole=whole) for whole in (True, False))
    shown = _shown(parted)
    assert shown == _shown(whole)
    assert "Deel 1: Wat kost een sluis in 2024" in shown
    assert "Deel 2: wie bedient de bruggen van Rijkswaterstaat?" in shown
