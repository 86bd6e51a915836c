"""Following a question, the bell that counts what is new to it, and the exact passages, with mouse and keyboard."""

import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from lxml import etree
from playwright.sync_api import Locator, Page, expect

from index.library.build import add_documents
from index.settings import Settings
from tests.conftest import SMALL_LETTER, library_of, write_letter
from tests.rag.watch.test_watch import WOLVES
from tests.ui.browser.conftest import opened, settled, violations
from tests.ui.browser.steps import PHONE, ask
from tests.ui.conftest import serving_library

QUESTION = "Hoeveel wolven leven er op de Veluwe?"
ANSWER = "Op de Veluwe leven 43 wolven in negen roedels."


@dataclass(frozen=True)
class Served:
    """A server on a library of its own, to which documents can be added."""

    url: str
    settings: Settings

    def add(self, name: str, text: str = WOLVES) -> None:
        add_documents(self.settings, [write_letter(self.settings.index.parent / "more", text, name)])


@pytest.fixture
def own(environment: dict[str, str], tmp_path: Path) -> Iterator[Served]:
    settings = library_of(tmp_path, {"brief.txt": SMALL_LETTER})
    with serving_library(environment, settings) as address:
        yield Served(address, settings)


def _bell(page: Page) -> Locator:
    return page.locator("#news-open")


@pytest.mark.parametrize(
    ("page", "path", "said", "none"),
    [
        ({}, "", "1 nieuwe passage sinds uw vorige bezoek.", "Niets nieuws sinds uw vorige bezoek."),
        ({**PHONE, "color_scheme": "dark"}, "en/", "1 new passage since your last visit.", "Nothing new since"),
    ],
    indirect=["page"],
    ids=["dutch", "english, dark, 360 px"],
)
def test_a_question_is_followed_and_what_is_new_is_shown_once(
    page: Page, own: Served, path: str, said: str, none: str
) -> None:
    opened(page, own.url + path)
    expect(_bell(page).locator(".count")).to_have_text("")
    turn = ask(page, QUESTION)
    turn.locator("[data-action=watch]").click()
    expect(page.locator("#said")).to_contain_text(QUESTION)
    own.add("wolven.txt")
    page.reload()
    settled(page)
    expect(_bell(page).locator(".count")).to_have_text("1")
    _bell(page).focus()
    page.keyboard.press("Enter")
    expect(page.locator("#news-said")).to_have_text(said)
    card = page.locator("#news .card")
    expect(card.locator("blockquote")).to_have_text(ANSWER)
    expect(_bell(page).locator(".count")).to_have_text("")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    Path("build/browser").mkdir(parents=True, exist_ok=True)
    page.screenshot(path=f"build/browser/news-{'en' if path else 'nl'}.png")
    card.locator("[data-action=to-memo]").click()
    expect(page.locator("#said")).not_to_be_empty()
    card.locator("h4 a").click()
    expect(page.locator("#letter")).to_contain_text(ANSWER)
    page.go_back()
    page.reload()
    settled(page)
    expect(_bell(page).locator(".count")).to_have_text("")
    if not page.locator("#news").is_visible():
        _bell(page).click()
    expect(page.locator("#news-said")).to_contain_text(none)
    feed = page.locator("#watched-items a").evaluate("link => link.href")
    with urllib.request.urlopen(feed) as answer:
        assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
        entries = etree.fromstring(answer.read()).findall("{*}entry")
    assert [entry.find("{*}content").text for entry in entries] == [ANSWER]
    page.goto(entries[0].find("{*}link[@rel='alternate']").get("href"))
    settled(page)
    expect(page.locator("#letter")).to_contain_text(ANSWER)
    page.locator("#side-close").click()
    _bell(page).click()
    page.locator("#watched-items button").click()
    expect(page.locator("#watched-none")).to_be_visible()


def test_what_cannot_be_followed_is_said(page: Page, own: Served) -> None:
    opened(page, own.url)
    ask(page, "Wat kosten bruggen?").locator("[data-action=watch]").click()
    expect(page.locator("#said")).to_contain_text("wordt gevolgd")
    page.locator(".turn [data-action=watch]").click()
    expect(page.locator("#said")).to_have_text("“Wat kosten bruggen?” wordt al gevolgd.")


def test_only_what_promises_is_searched_where_the_panel_says_so(page: Page, own: Served) -> None:
    own.add("wolven.txt")
    opened(page, own.url)
    page.get_by_role("button", name="Filters", exact=True).click()
    page.get_by_label("Toezegging").select_option("firm")
    turn = ask(page, "schade door wolven")
    expect(turn.locator(".searched").first).to_have_text("Gezocht binnen: Toezegging: Hard: toegezegd")
    expect(turn.locator(".card")).to_have_count(1)
    expect(turn.locator(".card blockquote")).to_contain_text("Ik zal uw Kamer voor 1 juni 2026 informeren")
