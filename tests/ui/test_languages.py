"""A person reads the pages in the language of his browser, until he chooses the other."""

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from ui.server.languages import ChosenLanguage, preferred

ENGLISH, DUTCH = "en-GB,en;q=0.9", "nl-NL,nl;q=0.9,en;q=0.8"


@pytest.fixture
def client() -> TestClient:
    app = Starlette(routes=[Route("/{rest:path}", lambda request: PlainTextResponse(request.url.path))])
    app.add_middleware(ChosenLanguage, pages=frozenset({"", "documenten"}))
    return TestClient(app, headers={"accept": "text/html,*/*"}, follow_redirects=False)


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        (ENGLISH, "en"),
        (DUTCH, "nl"),
        ("de, en;q=0.7, nl;q=0.3", "en"),
        ("fr", "nl"),
        ("", "nl"),
        ("en;q=0", "nl"),
        ("en;q=x, nl", "nl"),
        ("EN-us", "en"),
    ],
)
def test_the_language_that_is_asked_for_most(asked: str, language: str) -> None:
    assert preferred(asked) == language


@pytest.mark.parametrize("path", ["/", "/documenten", "/?vraag=a%20b&filters=%7B%7D"])
def test_the_browsers_language_chooses_the_page(client: TestClient, path: str) -> None:
    found = client.get(path, headers={"accept-language": ENGLISH})
    assert (found.status_code, found.headers["location"]) == (303, f"/en{path}")
    assert client.get(path, headers={"accept-language": DUTCH}).status_code == 200
    assert client.get(path).status_code == 200


def test_who_chose_a_language_keeps_it(client: TestClient) -> None:
    found = client.get("/en/documenten?x=1&taal=nl", headers={"accept-language": ENGLISH})
    assert (found.status_code, found.headers["location"]) == (303, "/documenten?x=1")
    assert client.get("/documenten", headers={"accept-language": ENGLISH}).text == "/documenten"
    assert client.get("/?taal=en").headers["location"] == "/en/"
    assert client.get("/", headers={"accept-language": DUTCH}).text == "/"


@pytest.mark.parametrize("path", ["/woordelijk/collection", "/theme.css", "/en/", "/?taal=fr", "/en/nothing?taal=nl"])
def test_nobody_is_led_from_what_is_no_page_of_the_other_language(client: TestClient, path: str) -> None:
    asked = {} if "?" in path else {"accept-language": ENGLISH}
    assert client.get(path, headers=asked).status_code == 200
    assert client.get("/", headers={"accept": "application/json", "accept-language": ENGLISH}).status_code == 200
    assert client.get("/", headers={"cookie": "taal=zz; ]=[", "accept-language": DUTCH}).status_code == 200
