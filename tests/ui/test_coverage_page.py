"""The page of sub-questions: each with its exact sentences, and as a question to the reader, never as a verdict."""

import pytest
from starlette.testclient import TestClient

from index.settings import Settings
from rag.coverage.register import asked_of_reader, find_coverage
from tests.ui.test_promises_page import client_of, shown
from ui.desk.desk import Desk


@pytest.fixture(scope="module")
def client(letters_desk: Desk) -> TestClient:
    return client_of(letters_desk)


@pytest.fixture(scope="module")
def letter_client(letter_settings: Settings) -> TestClient:
    return client_of(Desk(letter_settings))


def test_documents_are_listed_with_how_many_are_put_to_the_reader(client: TestClient) -> None:
    page = client.get("/deelvragen").text
    said = (
        "deelvragen: bij 5 wijzen wij zinnen in het antwoord aan, van 1 staat het antwoord elders, 1 leggen wij u voor."
    )
    assert f"7 {said}" in page
    assert "concept.txt" in page


def test_each_sub_question_has_the_sentences_of_its_answer(client: TestClient) -> None:
    page = client.get("/deelvragen?document=brief.txt").text
    asked, every = page.split("Alle deelvragen")
    assert asked.count("Deze deelvraag zien wij hier niet rechtstreeks beantwoord; klopt dat?") == 1
    assert "deelt u de mening dat dit er te weinig zijn?" in asked
    assert "Een brug kost 175 miljoen euro in 2024." in every
    assert every.count('class="sub"') == 7


def test_what_stands_elsewhere_is_followed_by_a_link(client: TestClient) -> None:
    page = client.get("/deelvragen?document=brief.txt").text
    assert "Het antwoord verwijst naar elders:" in page
    assert 'unit=vraag-2">vraag 2</a>' in page


def test_nothing_is_called_unanswered(letter_client: TestClient) -> None:
    """Neither the words of the verdict nor those of the statuses stand on the page."""
    for number in range(1, 6):
        for root in ("/", "/en/"):
            page = letter_client.get(f"{root}deelvragen?pagina={number}")
            assert page.status_code == 200
            words = shown(page.text).lower()
            for verdict in ("niet gezien", "onbeantwoord", "unanswered", "not answered", "not seen", "not found"):
                assert verdict not in words


def test_the_only_document_is_shown_at_once_the_surest_first(
    letter_client: TestClient, letter_settings: Settings
) -> None:
    found = find_coverage(letter_settings.index)
    page = letter_client.get("/deelvragen").text
    asked = page.split("Alle deelvragen")[0]
    assert f"{len(found)} deelvragen: " in asked
    assert asked.count("klopt dat?</strong>") == len(asked_of_reader(found))
    shares = [int(part.split(" ")[0]) for part in asked.split("klopte bij ")[1:]]
    assert shares == sorted(shares, reverse=True)
    assert min(shares) > 75
