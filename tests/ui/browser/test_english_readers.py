"""Who reads English: the page in English, what is cited in both, and how to read and cite what a browser translated."""

import pytest
from playwright.sync_api import Page, expect

from tests.ui.browser.conftest import opened, settled, violations

ENGLISH = {"locale": "en-GB"}
QUESTION = "?vraag=How+many+officers+do+the+police+child+abuse+teams+have"

# What Chrome does with the words of a page.
TRANSLATE = """() => {
    document.documentElement.classList.add("translated-ltr");
    for (const place of document.querySelectorAll("#woordelijk [lang=nl]")) {
        const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
        const texts = [];
        while (walker.nextNode()) texts.push(walker.currentNode);
        for (const text of texts) {
            const [outer, inner] = [document.createElement("font"), document.createElement("font")];
            inner.textContent = "translated";
            outer.append(inner);
            text.replaceWith(outer);
        }
    }
}"""
SELECT = """place => getSelection().selectAllChildren(place)"""


@pytest.mark.parametrize("page", [ENGLISH], indirect=True)
def test_the_browsers_language_chooses_the_page_until_the_other_is_chosen(page: Page, url: str) -> None:
    opened(page, f"{url}?vraag=question+28")
    assert page.url == f"{url}en/?vraag=question+28"
    page.get_by_role("link", name="Nederlands").click()
    expect(page.get_by_role("link", name="English")).to_be_visible()
    assert page.url == url
    page.goto(f"{url}documenten")
    assert page.url == f"{url}documenten"


@pytest.mark.parametrize("page", [ENGLISH], indirect=True)
def test_labels_and_references_are_in_english_beside_the_dutch(page: Page, url: str) -> None:
    page.goto(f"{url}en/{QUESTION}")
    card = page.locator(".card").first
    expect(card.get_by_role("heading")).to_contain_text("Question 8 (Vraag 8) · GroenLinks-PvdA")
    reference = card.locator(".reference")
    expect(reference).to_contain_text("Letter from the minister of Justitie en Veiligheid")
    expect(reference).to_contain_text("answer to question 8")
    expect(reference.locator("[lang=nl]")).to_contain_text("antwoord op vraag 8")
    expect(card.locator("blockquote").first).to_have_attribute("lang", "nl")
    expect(page.locator("#translate-hint")).to_contain_text("choose “Translate”")
    assert violations(settled(page)) == []


def test_a_dutch_reader_gets_no_english_and_no_hint(page: Page, url: str) -> None:
    page.goto(f"{url}?vraag=vraag+8")
    expect(page.locator(".card").first.get_by_role("heading")).to_contain_text("Vraag 8")
    settled(page)
    assert page.locator("#translate-hint, .reference").count() == 0


@pytest.mark.parametrize("page", [ENGLISH, {**ENGLISH, "color_scheme": "dark"}], indirect=True, ids=["light", "dark"])
def test_a_translated_page_says_so_and_the_exact_dutch_is_one_click_away(page: Page, url: str) -> None:
    """Selecting is off meanwhile, and on again with the document's own words."""
    page.goto(f"{url}en/{QUESTION}")
    words = page.locator(".card blockquote").first
    dutch = words.inner_html()
    settled(page).wait_for_timeout(200)
    page.evaluate(TRANSLATE)
    said = page.locator("#translated")
    expect(said).to_contain_text("Selecting words to cite is off")
    assert violations(page) == []
    words.evaluate(SELECT)
    page.wait_for_timeout(600)
    expect(page.locator("#selection-tools")).to_be_hidden()
    said.get_by_role("button", name="Show the exact Dutch").click()
    expect(said).to_have_count(0)
    assert words.inner_html() == dutch
    expect(words).to_have_attribute("translate", "no")
    words.evaluate(SELECT)
    expect(page.locator("#selection-tools")).to_be_visible()
