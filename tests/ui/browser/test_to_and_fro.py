"""From one place to another: links, back and forward, and a memo that goes out and comes back to be checked."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.ui.browser.conftest import opened
from tests.ui.browser.steps import QUESTION, ask, check_file


def test_an_example_can_be_asked_with_one_click(page: Page, url: str) -> None:
    opened(page, url)
    page.locator("#welcome").get_by_role("button", name="vragen 11 t/m 14").click()
    expect(page.locator(".card")).to_have_count(4)
    expect(page.locator("#welcome")).to_be_hidden()


def _memo_with_two(page: Page, url: str) -> None:
    ask(opened(page, url), QUESTION)
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
    opened(page, f"{url}controleer")
    check_file(page, memo)
    expect(page.locator(".summary")).to_contain_text("alle letterlijk of juist ingekort")
    expect(page.locator(".provenance")).to_contain_text("2 van 2 aanhalingen staan nog op hun plaats")


def test_back_and_forward_go_between_questions(page: Page, url: str) -> None:
    ask(opened(page, url), "vraag 28")
    ask(page, "vraag 29")
    assert "vraag+29" in page.url
    page.go_back()
    expect(page).to_have_url(re.compile(r"vraag=vraag\+28"))
    page.go_forward()
    expect(page).to_have_url(re.compile(r"vraag=vraag\+29"))
