"""Comparing in a browser: from difference to difference by key, citing either side, and what leads there and back."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.ui.browser.conftest import faults, opened, settled
from tests.ui.browser.steps import clipboard, selection_tools

BOTH = "vergelijk?a=concept.txt&b=brief.txt"


@pytest.mark.parametrize(
    "path",
    [
        BOTH,
        f"en/{BOTH}#difference-3",
        "vergelijk",
        "vergelijk?a=brief.txt&b=brief.txt",
        "en/verloop?onderwerp=kosten+brug",
        "cijfers",
        "deelvragen",
        "en/deelvragen?document=brief.txt",
        "toezeggingen",
        "en/toezeggingen?tot=1999",
        "toezeggingen?tot=x",
    ],
)
def test_every_state_can_be_used_by_all(page: Page, letters: str, path: str) -> None:
    opened(page, letters + path)
    assert faults(page) == []


def test_two_documents_are_chosen_and_the_tab_names_them(page: Page, letters: str) -> None:
    opened(page, letters + "vergelijk")
    page.get_by_label("Eerste").select_option(label="Antwoorden over bruggen · 4 maart 2024 · concept.txt")
    page.get_by_label("Tweede").select_option(label="Antwoorden over bruggen · 2 april 2025 · brief.txt")
    page.get_by_role("button", name="Vergelijk").click()
    expect(page.locator(".differences li")).to_have_count(7)
    expect(page).to_have_title(re.compile("concept.txt ↔ .*brief.txt"))
    page.get_by_role("link", name="Wissel om").click()
    expect(page).to_have_title(re.compile("brief.txt ↔ .*concept.txt"))
    page.go_back()
    expect(page).to_have_title(re.compile("concept.txt ↔ .*brief.txt"))


def test_keys_go_from_difference_to_difference_and_cite_either_side(page: Page, letters: str) -> None:
    opened(page, letters + BOTH)
    for _ in range(3):
        page.keyboard.press("j")
    expect(page.locator("#difference-count")).to_have_text("Verschil 3 van 7 · getal gewijzigd")
    expect(page.locator(".sides .now").first).to_be_in_viewport()
    page.keyboard.press("c")
    expect(page.locator("#said")).to_contain_text("Gekopieerd")
    assert "175 miljoen euro" in clipboard(page)
    page.keyboard.press("Shift+M")
    expect(page.locator("#memo-open")).to_have_text("Memo (1)")
    assert "150 miljoen" in page.evaluate("localStorage.getItem('woordelijk.memo')")
    page.keyboard.press("k")
    expect(page.locator("#difference-count")).to_contain_text("Verschil 2 van 7")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Toetsen")).to_contain_text("volgende verschil")


def test_a_difference_has_an_address_and_what_only_one_side_has_is_cited_there(page: Page, letters: str) -> None:
    opened(page, letters + BOTH + "#difference-7")
    expect(page.locator("#difference-count")).to_contain_text("Verschil 7 van 7 · nieuw")
    bar = page.get_by_role("toolbar", name="Verschillen")
    expect(bar.get_by_role("group", name="Eerste")).to_be_hidden()
    bar.get_by_role("group", name="Tweede").get_by_role("button", name="Naar memo").click()
    expect(page.locator("#memo-open")).to_have_text("Memo (1)")
    page.locator(".differences li a").first.click()
    expect(page.locator("#difference-count")).to_contain_text("Verschil 1 van 7")


def test_selected_words_of_either_side_are_cited(page: Page, letters: str) -> None:
    opened(page, letters + BOTH)
    page.locator(".sides article .part.answer p.text").first.select_text()
    selection_tools(page).get_by_role("button", name="Kopieer citaat").click()
    expect(page.locator("#said")).to_contain_text("Gekopieerd")
    assert "voor de zomer van 2024" in clipboard(page)


def test_a_document_leads_to_what_is_known_of_it_and_back(page: Page, letters: str) -> None:
    opened(page, letters + "deelvragen?document=brief.txt")
    expect(page).to_have_title("Deelvragen en hun antwoord: Antwoorden over bruggen · Woordelijk")
    page.get_by_role("link", name="vraag 2", exact=True).click()
    settled(page)
    more = page.get_by_role("navigation", name="Meer over dit document")
    more.get_by_role("link", name="Toezeggingen").click()
    expect(page.locator(".card")).to_have_count(3)
    page.go_back()
    more.get_by_role("link", name="Vergelijk met").click()
    expect(page.get_by_label("Eerste")).to_have_value(re.compile(r"\w{16}"))


def test_the_list_of_documents_leads_to_what_is_known_of_each(page: Page, letters: str) -> None:
    opened(page, letters + "documenten")
    page.locator(".document", has_text="brief.txt").get_by_role("link", name="Deelvragen").click()
    expect(page.locator(".sub").first).to_be_visible()


def test_on_paper_the_texts_stand_without_buttons(page: Page, letters: str) -> None:
    opened(page, letters + BOTH)
    page.keyboard.press("j")
    page.emulate_media(media="print")
    for hidden in ("form.asks", "#difference-bar", ".tabs", "header.frame"):
        expect(page.locator(hidden)).to_be_hidden()
    expect(page.locator(".sides").first).to_be_visible()
