"""What the page asks of the server: answers, documents, citations and memos, with plain refusals."""

from collections.abc import Callable
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from index.settings import Settings
from ui.desk.desk import Desk
from ui.server.routes import add_routes


@pytest.fixture(scope="module")
def client(letter_settings: Settings) -> TestClient:
    app = FastAPI()
    add_routes(app, Desk(letter_settings))
    return TestClient(app)


def _post(client: TestClient, path: str, **body: Any) -> Any:
    return client.post(f"/woordelijk/{path}", json=body)


def test_a_question_is_answered_with_cards(client: TestClient) -> None:
    found = _post(client, "answer", question="Hoeveel fte telt de formatie van het TBKK van de politie?").json()
    assert found["level"] == "answered"
    assert found["html"].count('<article class="card"') == found["hits"]


def test_an_english_reader_gets_our_words_in_english(client: TestClient) -> None:
    html = _post(client, "answer", question="vraag 28", language="en").json()["html"]
    assert "the minister" in html
    assert "de minister</span>" not in html


def test_a_document_and_what_it_can_be_filtered_by(client: TestClient) -> None:
    collection = client.get("/woordelijk/collection").json()
    assert collection["groups"][0] == "D66"
    assert collection["members"] == []
    (document,) = collection["documents"]
    assert document["file"] == "000_c4e40b09978478b2.txt"
    assert (collection["kinds"], collection["ministers"]) == (
        ["schriftelijk overleg"],
        ["Minister van Justitie en Veiligheid"],
    )
    view = client.get(f"/woordelijk/document/{document['id']}").json()
    assert view["title"] == document["title"]
    assert 'data-unit="vraag-28"' in view["letter"]


def test_a_link_to_a_document_that_is_gone_says_so_in_the_readers_language(client: TestClient) -> None:
    response = client.get("/woordelijk/document/0123456789abcdef?language=nl")
    assert response.status_code == 400
    assert response.json()["detail"].startswith("Dit document is niet of niet meer toegevoegd")
    english = client.get("/woordelijk/document/0123456789abcdef?language=en").json()["detail"]
    assert english.startswith("This document was not added or was removed")


def test_a_citation_comes_from_offsets(client: TestClient) -> None:
    ranges = [{"document": "d26cef8d", "start": 4385, "end": 4489}]
    (citation,) = _post(client, "cite", ranges=ranges).json()["citations"]
    assert citation["quotation"].startswith("Als gevolg hiervan")
    opened = _post(client, "open", link=citation["link"]).json()
    assert (opened["state"], opened["start"], opened["end"]) == ("unchanged", 4385, 4489)


@pytest.mark.parametrize("suffix", ["docx", "md", "json"])
def test_a_memo_is_made_as_a_file(client: TestClient, suffix: str) -> None:
    items = [{"heading": "Formatie"}, {"note": "Zie ook."}, {"document": "d26cef8d", "start": 4385, "end": 4489}]
    response = _post(client, "memo", title="Memo", items=items, format=suffix)
    assert response.status_code == 200
    assert response.content.startswith(b"PK") == (suffix == "docx")


def test_a_memo_with_other_words_than_the_documents_is_refused(client: TestClient) -> None:
    items = [{"document": "d26cef8d", "start": 4385, "end": 4489, "quotation": "Iets anders."}]
    response = _post(client, "memo", title="Memo", items=items, format="md")
    assert response.status_code == 400
    assert "het citaat is niet wat er staat op" in response.json()["detail"]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("cite", {"ranges": [{"document": "d26cef8d", "start": -5, "end": 10**12}]}),
        ("cite", {"ranges": [{"document": "<script>", "start": 0, "end": 5}]}),
        ("open", {"link": "https://elders.nl"}),
        ("memo", {"title": "", "items": [{"note": "x"}], "format": "md"}),
    ],
)
def test_what_cannot_be_done_is_refused_in_a_sentence(client: TestClient, path: str, body: dict[str, Any]) -> None:
    response = _post(client, path, **body)
    assert response.status_code == 400
    assert "Traceback" not in response.json()["detail"]


def test_the_scripts_are_served(client: TestClient) -> None:
    response = client.get("/woordelijk/static/page.js")
    assert response.headers["content-type"].startswith("text/javascript")


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"groups": ["CDA"]}, lambda html: "· CDA" in html and html.count("· D66") <= html.count('class="via"')),
        ({"numbers": "28-28"}, lambda html: "Vraag 28 " in html and "Vraag 29 " not in html),
        ({"speakers": ["members"]}, lambda html: "speaker members" in html and "speaker minister" not in html),
        ({"speakers": ["third party"]}, lambda html: "speaker third" in html and "speaker minister" not in html),
        ({"documents": ["d26cef8dba425785"]}, lambda html: "card" in html),
        ({"kinds": ["schriftelijk overleg"]}, lambda html: "card" in html),
        ({"ministers": ["Minister van Justitie en Veiligheid"]}, lambda html: "card" in html),
        ({"footnotes": ["7"]}, lambda html: "card" not in html and "zoek overal" in html),
        ({"since": "2024-01-01"}, lambda html: "card" not in html),
    ],
)
def test_filters_are_kept_to(client: TestClient, filters: dict[str, Any], expected: Callable[[str], bool]) -> None:
    assert expected(_post(client, "answer", question="livestream", filters=filters).json()["html"])


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        ({"documents": ["een ander"]}, "In een ander document gevonden:"),
        ({"groups": ["SGP"], "numbers": "1-1"}, "Buiten deze filters is wel iets gevonden:"),
        ({"documents": ["d26cef8dba425785"]}, ""),
    ],
)
def test_what_stands_outside_the_filters_is_one_click_away(
    client: TestClient, filters: dict[str, Any], said: str
) -> None:
    question = "Hoeveel fte werkt bij de TBKK?"
    html = _post(client, "answer", question=question, filters=filters).json()["html"]
    link = '<a href="/?vraag=Hoeveel+fte+werkt+bij+de+TBKK%3F">zoek overal</a>'
    assert (said in html, link in html) == (True, bool(said))
    nowhere = _post(client, "answer", question="Hoeveel kost een kilo kaas?", filters=filters).json()["html"]
    assert "zoek overal" not in nowhere


def test_a_filter_that_is_none_is_refused(client: TestClient) -> None:
    assert _post(client, "answer", question="livestream", filters={"kleur": "rood"}).status_code == 400


@pytest.mark.parametrize("pieces", [[[30, 20]], [[10, 20], [5, 8]], [[0, 99_999_999]]])
def test_a_span_that_cannot_be_is_refused_in_the_readers_language(client: TestClient, pieces: list[list[int]]) -> None:
    """Backwards, out of order, past the end."""
    document = client.get("/woordelijk/collection").json()["documents"][0]["id"]
    asked = {"document": document, "pieces": pieces}
    said = {language: _post(client, "abridge", **asked, language=language) for language in ("nl", "en")}
    assert {response.status_code for response in said.values()} == {400}
    assert said["nl"].json()["detail"] != said["en"].json()["detail"]
