"""One publication in two formats is one document: searched once, listed once, and each file there for who names it."""

import json

import pytest

from index.__main__ import app
from index.settings import Settings
from rag.answer.assistant import Assistant
from rag.coverage.register import find_coverage
from rag.question.filters import Filters
from rag.retrieval.near_duplicates import NearDuplicates
from tests.command_lines import printed
from tests.conftest import SMALL_LETTER, library_of
from ui.desk.desk import Desk
from ui.server.api import Api

LETTER = SMALL_LETTER.replace("zend ik uw Kamer de antwoorden.", "zend ik uw Kamer de antwoorden over bruggen.")
OTHER = LETTER.replace("over bruggen.", "over sluizen.").replace("150 miljoen", "275 miljoen")


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    letters = {"brug.txt": LETTER, "brug.md": f"{LETTER}\n", "sluis.txt": OTHER}
    return library_of(tmp_path_factory.mktemp("publications"), letters)


@pytest.fixture(scope="module")
def bridges(settings: Settings) -> Assistant:
    return Assistant.open(settings)


@pytest.mark.parametrize("question", ["Wat kost een brug?", "vraag 2", "“150 miljoen”", "fractie:Groene", "brug"])
def test_no_answer_shows_a_publication_twice(bridges: Assistant, question: str) -> None:
    hits = bridges.ask(question, top=50, per_unit=None).hits
    assert "brug.txt" not in {hit.document.file for hit in hits}
    assert "brug.txt" not in {one.document.file for hit in hits for one in hit.similar}
    places = [(hit.document.title, hit.passage.id) for hit in hits]
    assert len(places) == len(set(places))


def test_the_other_file_is_searched_where_it_is_named(bridges: Assistant) -> None:
    hits = bridges.ask("Wat kost een brug?", filters=Filters(documents=("brug.txt",))).hits
    assert {hit.document.file for hit in hits} == {"brug.txt"}
    assert {one.document.file for hit in hits for one in hit.similar} <= {"sluis.txt"}


def test_the_words_of_another_publication_stand_beside(bridges: Assistant) -> None:
    duplicates = NearDuplicates(bridges.index)
    files = {one.document.file for row in duplicates.rows for one in duplicates.similar(row)}
    assert files == {"brug.md", "sluis.txt"}


def test_lists_and_registers_have_it_once_with_its_files(settings: Settings) -> None:
    assert len({one.document.file for one in find_coverage(settings.index)}) == 2
    assert {one.document.file for one in find_coverage(settings.index, "brug.txt")} == {"brug.txt"}
    listed = printed(app, "list", "--json", "--index", str(settings.index))
    for documents in (json.loads(listed), Api(Desk(settings)).documents()):
        assert [[file["file"] for file in one["files"]] for one in documents] == [
            ["brug.md", "brug.txt"],
            ["sluis.txt"],
        ]
