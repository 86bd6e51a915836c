"""Every page says its language from the first line, and nothing else is touched."""

import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, JSONResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from ui.server.early_head import EarlyHead

PAGE = '<!doctype html><html\n lang="en"><head><title>x</title></head><body lang="en">één</body></html>'


@pytest.fixture(scope="module")
def client() -> TestClient:
    app = Starlette(
        routes=[
            Route("/", lambda _: HTMLResponse(PAGE)),
            Route("/en/check", lambda _: HTMLResponse(PAGE)),
            Route("/data", lambda _: JSONResponse({"html": PAGE})),
        ]
    )
    app.add_middleware(EarlyHead)
    return TestClient(app, headers={"accept": "text/html,*/*"})


@pytest.mark.parametrize(("path", "language"), [("/", "nl"), ("/en/check", "en")])
def test_a_page_says_its_language(client: TestClient, path: str, language: str) -> None:
    """The first tag names it, and what Gradio asks the browser is answered with it."""
    page = client.get(path).text
    assert f'<html\n lang="{language}"><head><script>' in page
    assert f'const language = "{language}"' in page
    assert page.endswith('<body lang="en">één</body></html>')


def test_what_is_no_page_is_left_alone(client: TestClient) -> None:
    assert client.get("/data").json() == {"html": PAGE}
    assert client.get("/", headers={"accept": "*/*"}).text == PAGE
