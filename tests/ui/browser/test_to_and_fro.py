"""From one place to another: links, back and forward, and a memo that goes out and comes back to be checked."""

import re
from pathlib import Path
from urllib.parse import quote_plus

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.ui.browser.conftest import Seen, settled

QUESTION = "Hoeveel fte telt de formatie van het TBKK van de politie?"


def open_page(page: Page, url: str, address: str = "") -> Page:
    page.goto(url + address)
    return settled(page)


def ask(page: Page, question: str) -> None:
    """Ask, and wait for the answer."""
    page.get_by_label("Uw vraag", exact=True).fill(question)
    page.get_by_role("button", name="Vraag", exact=True).click()
    expect(page.locator(".turn").last.locator(".reply")).not_to_have_attribute("aria-busy", "true")
    expect(page.locator(".turn").last.locator(".answer")).to_be_visible()


def clipboard(page: Page) -> str:
    text: str = page.evaluate("navigator.clipboard.readText()")
    return text


def passage_in_letter(page: Page) -> Locator:
    """The passage in the opened letter that the first card of the question shows: that of question 45."""
    return page.locator("#letter [data-unit=vraag-45]").get_by_text("186 fte").first


def test_an_example_can_be_asked_with_one_click(page: Page, url: str) -> None:
    open_page(page, url)
    page.locator("#welcome").get_by_role("button", name="vragen 11 t/m 14").click()
    expect(page.locator(".card")).to_have_count(4)
    expect(page.locator("#welcome")).to_be_hidden()


def test_a_question_without_an_answer_says_so(page: Page, url: str) -> None:
    open_page(page, url)
    ask(page, "Hoe maak ik een appeltaart?")
    expect(page.locator(".verdict")).to_contain_text("Niet gevonden")


def test_a_link_to_a_quotation_opens_it(page: Page, url: str) -> None:
    open_page(page, url)
    ask(page, QUESTION)
    page.locator(".card").first.get_by_role("button", name="Link").click()
    expect(page.locator("#said")).to_contain_text("Link gekopieerd")
    link = clipboard(page)
    assert link.startswith(url)
    open_page(page, link)
    expect(passage_in_letter(page)).to_be_in_viewport()


def _memo_with_two(page: Page, url: str) -> None:
    open_page(page, url)
    ask(page, QUESTION)
    for number in range(2):
        page.locator(".card").nth(number).get_by_role("button", name="Naar memo").click()
        expect(page.locator("#memo-open")).to_contain_text(f"({number + 1})")
    page.locator("#memo-open").click()
    page.get_by_label("Titel van de memo").fill("Formatie van de TBKK’s")
    expect(page.locator("#memo-items > li")).to_have_count(2)


@pytest.mark.parametrize(("button", "suffix"), [("Download Word", "docx"), ("Markdown", "md")])
def test_a_downloaded_memo_passes_the_check(page: Page, url: str, button: str, suffix: str, tmp_path: Path) -> None:
    _memo_with_two(page, url)
    with page.expect_download() as waited:
        page.locator("#memo-downloads").get_by_role("button", name=button).click()
    memo = tmp_path / f"memo.{suffix}"
    waited.value.save_as(memo)
    open_page(page, url, "controleer")
    page.locator("#memo-file input[type=file]").set_input_files(memo)
    expect(page.locator("#memo-file")).to_contain_text("memo")
    page.get_by_role("button", name="Controleer", exact=True).click()
    expect(page.locator(".summary")).to_contain_text("alle letterlijk of juist ingekort")
    expect(page.locator(".provenance")).to_contain_text("2 van 2 aanhalingen staan nog op hun plaats")


def test_a_question_can_be_shared_as_a_link(page: Page, url: str) -> None:
    open_page(page, url)
    ask(page, QUESTION)
    page.locator(".turn").get_by_role("button", name="Kopieer link").click()
    expect(page.locator("#said")).to_contain_text("Link gekopieerd")
    link = clipboard(page)
    assert page.context.browser is not None
    other = page.context.browser.new_context(locale="nl-NL")
    try:
        visitor = other.new_page()
        visitor.goto(link)
        expect(visitor.locator(".card").first).to_contain_text("186 fte")
    finally:
        other.close()


def test_back_and_forward_go_between_questions(page: Page, url: str) -> None:
    open_page(page, url)
    ask(page, "vraag 28")
    ask(page, "vraag 29")
    assert "vraag+29" in page.url
    page.go_back()
    expect(page).to_have_url(re.compile(r"vraag=vraag\+28"))
    page.go_forward()
    expect(page).to_have_url(re.compile(r"vraag=vraag\+29"))


@pytest.mark.parametrize("script", ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "${alert(1)}"])
def test_a_script_in_a_question_is_text(page: Page, url: str, seen: Seen, script: str) -> None:
    """Typed, and in a link that somebody sends."""
    question = f"Hoeveel fte {script}?"
    open_page(page, url)
    ask(page, question)
    expect(page.locator(".turn h2")).to_have_text(question)
    open_page(page, url, f"?vraag={quote_plus(question)}")
    expect(page.locator(".turn h2").last).to_have_text(question)
    assert page.locator("#turns script, #turns img").count() == 0
