"""The page of promises: what is overdue first, filters that hold in its files, and a sentence for what there is not."""

import csv
import io
from datetime import date
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from icalendar import Calendar
from starlette.datastructures import QueryParams
from starlette.testclient import TestClient

from index.settings import Settings
from rag.promises.register import find_promises
from tests.conftest import library_of
from tests.ui.test_templating import Elements
from ui.desk.desk import Desk
from ui.desk.registers import Registers
from ui.pages.promises import show
from ui.pages.sheet import Asked
from ui.pages.sheets import add_sheets
from ui.server.guard import HEADERS

TODAY = date(2026, 11, 28)


def client_of(desk: Desk) -> TestClient:
    app = FastAPI()
    add_sheets(app, desk)
    return TestClient(app)


def shown(page: str) -> str:
    """What a person sees of a page, without the words that its scripts have at hand."""
    return page.partition("<main>")[2]


@pytest.fixture(scope="module")
def client(letters_desk: Desk) -> TestClient:
    return client_of(letters_desk)


def asked(desk: Desk, query: str = "", today: date = TODAY) -> str:
    register = Registers(desk.settings.index).of(desk.tools)
    return str(show(Asked("toezeggingen", QueryParams(query), "nl", register, today)).body)


def test_what_is_overdue_comes_first_and_is_said(letters_desk: Desk) -> None:
    html = asked(letters_desk)
    order = [
        "Dag voorbij (1)",
        "uiterlijk 20 juni 2024",
        "Nog te komen (1)",
        "uiterlijk 30 september 2027",
        "Weigeringen (4)",
    ]
    places = [html.index(words) for words in order]
    assert places == sorted(places)
    assert "891 dagen voorbij" in html
    assert "2 toezeggingen · 4 weigeringen · van 1 is de dag voorbij" in html


def test_a_promise_is_overdue_from_the_day_after_its_last_day(letters_desk: Desk) -> None:
    assert "Dag voorbij" not in asked(letters_desk, today=date(2024, 6, 20))
    assert "1 dag voorbij" in asked(letters_desk, today=date(2024, 6, 21))


def test_each_is_the_exact_slice_with_its_place(letters_desk: Desk) -> None:
    html = asked(letters_desk, "document=concept.txt&soort=firm")
    document = letters_desk.tools.collection.find_document("concept.txt")
    words = "Ik zal uw Kamer voor de zomer van 2024 informeren over het onderhoud."
    start = document.text.index(words)
    assert f'data-start="{start}" data-end="{start + len(words)}"' in html
    assert f'<span data-start="{start}">{words}</span>' in html
    assert f"/?document={document.id}&amp;start={start}&amp;end={start + len(words)}" in html
    assert "antwoord op vraag 1" in html
    assert "<code>zal</code>" in html


@pytest.mark.parametrize(
    ("query", "promises", "refusals"),
    [
        ("", 2, 4),
        ("soort=promise", 2, 0),
        ("soort=declines", 0, 2),
        ("soort=declines&soort=not-known&document=brief.txt", 0, 2),
        ("tot=2024", 1, 0),
        ("tot=juni+2024", 1, 0),
        ("tot=2027-09-29", 1, 0),
        ("document=brief.txt", 1, 2),
        ("soort=&document=&tot=&onbekend=1", 2, 4),
    ],
)
def test_the_filters_hold_on_the_page_and_in_its_files(
    client: TestClient, query: str, promises: int, refusals: int
) -> None:
    page = client.get(f"/toezeggingen?{query}").text
    assert page.count('<article class="card') == promises + refusals
    rows = list(csv.DictReader(io.StringIO(client.get(f"/toezeggingen.csv?{query}").text.removeprefix("\ufeff"))))
    assert [row["kind"] for row in rows] == ["promise"] * promises + ["refusal"] * refusals
    saved = client.get(f"/toezeggingen.ics?{query}")
    # A calendar without an event is none (RFC 5545).
    assert saved.status_code == (200 if promises else 404)
    assert not promises or len(Calendar.from_ical(saved.text).walk("VEVENT")) == promises


def test_files_are_saved_under_their_names(client: TestClient) -> None:
    saved = client.get("/en/toezeggingen.ics")
    assert saved.headers["content-disposition"] == 'attachment; filename="toezeggingen.ics"'
    assert saved.headers["content-type"].startswith("text/calendar")


@pytest.mark.parametrize(
    ("query", "status", "dutch", "english"),
    [
        ("soort=blauw", 400, "“blauw” is geen soort; kies uit promise,", "“blauw” is no kind; choose from promise,"),
        ("tot=ooit", 400, "“ooit” is geen dag, maand of jaar;", "“ooit” is no day, month or year;"),
        ("tot=2024-02-31", 400, "“2024-02-31” is geen dag", "“2024-02-31” is no day"),
        ("document=weg.txt", 404, "Dit document is niet of niet meer toegevoegd", "This document was not added or"),
        ("document=.", 404, "Dit document is niet of niet meer toegevoegd", "This document was not added or"),
        ("pagina=2", 404, "Pagina “2” is er niet; deze lijst heeft er 1", "There is no page “2”; this list has 1"),
        ("pagina=0", 404, "Pagina “0” is er niet", "There is no page “0”"),
        ("pagina=-1", 400, "Pagina “-1” is er niet", "There is no page “-1”"),
        ("pagina=x", 400, "Pagina “x” is er niet", "There is no page “x”"),
        ("pagina=" + "9" * 500, 400, "Pagina “999", "There is no page “999"),
        ("pagina=%D9%A3", 400, "Pagina “٣” is er niet", "There is no page “٣”"),
    ],
)
def test_what_there_is_not_gets_a_sentence(
    client: TestClient, query: str, status: int, dutch: str, english: str
) -> None:
    for root, said in (("/", dutch), ("/en/", english)):
        answer = client.get(f"{root}toezeggingen?{query}")
        assert answer.status_code == status
        assert said in shown(answer.text)
        assert 'role="alert"' in answer.text
    if "pagina" not in query:
        assert client.get(f"/toezeggingen.csv?{query}").status_code == status


@pytest.mark.parametrize("name", ["soort", "tot", "document", "pagina"])
def test_hostile_words_of_an_address_are_only_text(client: TestClient, name: str) -> None:
    hostile = "\"'><script>alert(1)</script>{{7*7}}\0\u202e"
    answer = client.get("/toezeggingen", params={name: hostile})
    assert answer.status_code in (400, 404)
    assert "<script>alert" not in answer.text
    assert "49" not in shown(answer.text)


def test_a_page_says_its_language_and_runs_no_script_but_its_files(client: TestClient) -> None:
    for root, language in (("/", "nl"), ("/en/", "en")):
        answer = client.get(f"{root}toezeggingen?soort=firm")
        assert answer.text.startswith(f'<!doctype html><html lang="{language}">')
        assert answer.headers["content-language"] == language
        assert "unsafe" not in answer.headers["content-security-policy"]
        assert "<script>" not in answer.text
        assert not any(name.startswith("on") for name in Elements(answer.text).names)
        # The same in the other language.
        assert "?taal=" in answer.text
        assert "soort=firm" in answer.text.partition("</header>")[0]


def test_an_empty_list_says_what_is_so(tmp_path: Path, client: TestClient) -> None:
    assert "Met deze filters is niets gevonden." in client.get("/toezeggingen?soort=not-possible").text
    empty = Desk(library_of(tmp_path, {"kaal.txt": "1. Wie bouwt bruggen?\n\nRijkswaterstaat bouwt bruggen.\n"}))
    assert "geen toezeggingen of weigeringen gevonden" in client_of(empty).get("/toezeggingen").text
    empty.close()


def test_a_long_list_is_paged(letter_settings: Settings) -> None:
    desk = Desk(letter_settings)
    client = client_of(desk)
    first, second = (client.get(f"/toezeggingen?pagina={number}").text for number in (1, 2))
    assert first.count('<article class="card') == 25
    assert second.count('<article class="card') == len(find_promises(letter_settings.index)) - 25
    assert 'href="/toezeggingen?pagina=2"' in first
    assert 'rel="prev" href="/toezeggingen"' in second
    desk.close()


def test_behind_the_guard_the_page_keeps_its_own_policy_and_the_others_have_theirs(url: str) -> None:
    answer = httpx.get(f"{url}toezeggingen", headers={"accept": "text/html", "accept-language": "nl"})
    assert (answer.status_code, answer.headers["x-frame-options"]) == (200, "DENY")
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert httpx.get(f"{url}documenten").headers["content-security-policy"] == HEADERS["Content-Security-Policy"]
    refused = httpx.get(f"{url}toezeggingen?soort=x", headers={"accept": "text/html", "accept-language": "nl"})
    assert (refused.status_code, "/woordelijk/static/sheet.css" in refused.text) == (400, True)
    assert httpx.head(f"{url}toezeggingen").status_code == 200
    english = httpx.get(f"{url}toezeggingen?soort=firm", headers={"accept": "text/html", "accept-language": "en"})
    assert english.headers["location"] == "/en/toezeggingen?soort=firm"
