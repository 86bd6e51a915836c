"""The page of promises in a browser: filters with the keyboard, copying, the memo, the way to the document and back."""

import re

from playwright.sync_api import Page, expect

from tests.ui.browser.conftest import opened, settled
from tests.ui.browser.steps import clipboard, selection_tools

PROMISE = "Ik zal uw Kamer voor de zomer van 2024 informeren over het onderhoud."


def test_filters_stand_in_the_address_and_back_undoes_them(page: Page, letters: str) -> None:
    opened(page, letters + "toezeggingen")
    expect(page).to_have_title("Toezeggingen en weigeringen · Woordelijk")
    page.get_by_label("afgewezen").check()
    page.get_by_role("button", name="Toon").press("Enter")
    expect(page.locator(".card")).to_have_count(2)
    expect(page).to_have_url(re.compile(r"/toezeggingen\?soort=declines$"))
    expect(page.get_by_label("afgewezen")).to_be_checked()
    page.go_back()
    expect(page.locator(".card")).to_have_count(6)
    page.go_forward()
    page.get_by_role("link", name="Wis filters").click()
    expect(page.locator(".card")).to_have_count(6)


def test_a_passage_is_copied_and_goes_to_the_memo_from_which_it_is_written(page: Page, letters: str) -> None:
    opened(page, letters + "toezeggingen")
    card = page.locator(".card").first
    expect(card.locator("blockquote")).to_have_text(PROMISE)
    card.get_by_role("button", name="Kopieer citaat").click()
    expect(page.locator("#said")).to_contain_text("Gekopieerd")
    assert clipboard(page).startswith(f"“{PROMISE.rstrip('.')}")
    card.get_by_role("button", name="Link").click()
    expect(page.locator("#said")).to_contain_text("Link gekopieerd")
    link = clipboard(page)
    assert link.startswith(f"{letters}?link=woordelijk")
    card.get_by_role("button", name="Naar memo").click()
    expect(page.locator("#memo-open")).to_have_text("Memo (1)")
    card.get_by_role("button", name="Naar memo").click()
    expect(page.locator("#said")).to_contain_text("Staat al in de memo, op plaats 1.")
    page.locator("#memo-open").click()
    expect(page.locator("#memo-items blockquote")).to_have_text(PROMISE)
    page.go_back()
    expect(page.locator(".card")).to_have_count(6)


def test_a_passage_opens_in_its_document_and_back_leads_to_the_list(page: Page, letters: str) -> None:
    opened(page, letters + "toezeggingen?soort=firm")
    page.locator(".card h3 a").first.click()
    settled(page)
    expect(page.locator("#letter .unit").first).to_be_visible()
    assert "start=" in page.url
    page.go_back()
    expect(page.locator(".card")).to_have_count(2)


def test_keys_go_along_the_passages_and_are_listed(page: Page, letters: str) -> None:
    opened(page, letters + "toezeggingen")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator(".card").nth(1).locator("h3 a")).to_be_focused()
    page.keyboard.press("m")
    expect(page.locator("#memo-open")).to_have_text("Memo (1)")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Toetsen")).to_contain_text("volgende passage")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_the_rule_is_shown_on_demand_and_files_are_saved(page: Page, letters: str) -> None:
    opened(page, letters + "toezeggingen?document=concept.txt")
    page.get_by_text("Hoe gevonden").first.click()
    expect(page.locator(".card").first.locator(".found code")).to_be_visible()
    for name, file in (("Download als tabel (CSV)", "toezeggingen.csv"), ("Zet in agenda (ICS)", "toezeggingen.ics")):
        with page.expect_download() as coming:
            page.get_by_role("link", name=name).click()
        assert coming.value.suggested_filename == file


def test_selected_words_are_cited(page: Page, letters: str) -> None:
    opened(page, letters + "toezeggingen")
    page.locator(".card blockquote").first.select_text()
    selection_tools(page).get_by_role("button", name="Naar memo").click()
    expect(page.locator("#memo-open")).to_have_text("Memo (1)")


def test_the_same_page_in_the_other_language(page: Page, letters: str) -> None:
    opened(page, letters + "toezeggingen?soort=firm")
    page.get_by_role("link", name="English").click()
    settled(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Promises and refusals")
    expect(page.locator(".card")).to_have_count(2)
    expect(page.locator(".card blockquote").first).to_have_attribute("lang", "nl")
