"""Asking, reading beside it, citing and the memo, as a person does them in a browser."""

import json
import re
from pathlib import Path
from urllib.parse import quote_plus

import pytest
from docx import Document as WordFile
from playwright.sync_api import Page, expect

from index.model.types import Parsed
from tests.ui.browser.conftest import opened, settled
from tests.ui.browser.steps import PHONE, QUESTION, answered, ask, clipboard, copied, select_words


def test_a_question_is_answered_with_the_documents_words(page: Page, url: str, letter: Parsed) -> None:
    """Our one line, then cards whose words are the document's own, the answering sentence marked."""
    ask(opened(page, url), QUESTION)
    expect(page.locator(".verdict .badge")).to_have_text("Beantwoord")
    card = page.locator(".card").first
    expect(card.get_by_role("link", name="Vraag 45 · JA21")).to_be_visible()
    start, end = (int(card.get_attribute(f"data-{name}") or 0) for name in ("start", "end"))
    assert card.locator("> blockquote").inner_text() == letter.document.text[start:end]
    expect(card.locator("mark")).to_contain_text("186 fte")
    expect(page.locator("#status")).to_contain_text("Beantwoord. 10 passages")
    assert "vraag=Hoeveel+fte" in page.url


def test_a_card_opens_the_document_at_its_passage(page: Page, url: str) -> None:
    """The whole letter, the passage highlighted and in view; the next passage, a reference, and back again."""
    ask(opened(page, url), QUESTION)
    page.get_by_role("link", name="Vraag 45 · JA21").click()
    letter = page.locator("#letter")
    expect(letter.locator('[data-unit="vraag-45"].unit h3')).to_be_in_viewport()
    assert page.evaluate("[...CSS.highlights.get('passage')].map(range => range.toString()).join('')").startswith(
        "Binnen de politie zijn de TBKK’s belast"
    )
    assert "186 fte" in page.evaluate("[...CSS.highlights.get('sentence')].join('')")
    expect(page.locator("#hit-count")).to_have_text("Passage 1 van 10")
    page.get_by_role("button", name="Volgende passage").click()
    expect(page.locator("#hit-count")).to_have_text("Passage 2 van 10")
    page.go_back()
    expect(page.locator("#hit-count")).to_have_text("Passage 1 van 10")
    letter.locator('[data-unit="vraag-45"].unit').get_by_role("link", name="vraag 4").click()
    expect(letter.locator('[data-unit="vraag-4"].unit h3')).to_be_in_viewport()
    expect(page).to_have_url(re.compile("unit=vraag-4$"))
    page.go_back()
    page.go_back()
    expect(page.locator("#side")).to_be_hidden()
    page.go_forward()
    expect(page.locator("#hit-count")).to_have_text("Passage 1 van 10")


def test_a_place_can_be_found_and_the_contents_lead_to_it(page: Page, url: str) -> None:
    opened(page, f"{url}?document=d26cef8dba425785&start=4385&end=4489")
    expect(page.locator("#letter .unit")).to_have_count(68)
    page.get_by_role("searchbox", name="Zoek in document").fill("filipijnen")
    expect(page.locator("#find-count")).to_have_text(re.compile(r"^\d+ van \d+$"))
    before = page.locator("#find-count").inner_text()
    page.keyboard.press("Enter")
    expect(page.locator("#find-count")).not_to_have_text(before)
    assert {found.lower() for found in page.evaluate("[...CSS.highlights.get('found')].map(String)")} == {"filipijnen"}
    page.get_by_role("searchbox", name="Zoek in document").fill("appeltaart")
    expect(page.locator("#find-count")).to_have_text("geen")
    page.get_by_role("button", name="Inhoud").click()
    page.get_by_role("navigation", name="Inhoud").get_by_role("link", name="Bijlage II").click()
    expect(page.locator('#letter [data-unit="bijlage-II"].unit h3')).to_be_focused()


def test_a_footnote_unfolds_at_its_mark(page: Page, url: str) -> None:
    opened(page, f"{url}?document=d26cef8dba425785&unit=vraag-1")
    mark = page.locator("#letter").get_by_role("button", name="Voetnoot 1", exact=True)
    mark.click()
    expect(mark).to_have_attribute("aria-expanded", "true")
    expect(page.locator("#letter .footnote:visible")).to_contain_text("Het is belangrijk op te merken")


def test_a_quotation_is_copied_with_its_reference(page: Page, url: str) -> None:
    ask(opened(page, url), QUESTION)
    card = page.locator(".card").first
    card.get_by_role("button", name="Kopieer citaat").click()
    expect(page.get_by_role("status").filter(has_text="Gekopieerd, met bronvermelding.")).to_be_visible()
    cited = clipboard(page)
    assert cited.startswith("“Binnen de politie zijn de TBKK’s")
    assert cited.endswith("antwoord op vraag 45)")
    card.get_by_role("button", name="Markdown").click()
    expect(page.locator("#said")).to_contain_text("Gekopieerd")
    copied(page, "> ")
    card.get_by_role("button", name="Link").click()
    expect(page.locator("#said")).to_contain_text("Link gekopieerd")
    page.goto(clipboard(page))
    expect(page.locator("#letter [data-unit='vraag-45'].unit h3")).to_be_in_viewport()


def test_what_is_selected_is_cited_by_its_offsets(page: Page, url: str, letter: Parsed) -> None:
    """Half a word becomes the whole word; over a footnote mark and from question into answer nothing is mixed."""
    text = letter.document.text
    opened(page, f"{url}?document=d26cef8dba425785&unit=vraag-1")
    start = text.index("voorheen ook wel ‘kindersekstoerisme’")
    tools = select_words(page, "#letter", start + 3, start + 50)
    tools.get_by_role("button", name="Kopieer citaat").click()
    expect(page.locator("#said")).to_contain_text("Gekopieerd")
    assert clipboard(page).startswith("“voorheen ook wel ‘kindersekstoerisme’ genoemd)")
    question, answer = text.index("tegen te gaan."), text.index("Transnationaal seksueel kindermisbruik (hierna")
    select_words(page, "#letter", question, answer + 14)
    page.wait_for_timeout(400)
    tools.get_by_role("button", name="Naar memo").click()
    page.get_by_role("button", name=re.compile("^Memo")).click()
    expect(page.locator("#memo-items blockquote")).to_have_text(["tegen te gaan.", "Transnationaal"])


def test_a_memo_is_kept_reordered_downloaded_and_cleared(page: Page, url: str, tmp_path: Path) -> None:
    ask(opened(page, url), QUESTION)
    page.locator(".card").first.get_by_role("button", name="Naar memo").click()
    expect(page.locator("#memo-open")).to_have_text("Memo (1)")
    page.locator("#memo-open").click()
    page.get_by_label("Titel van de memo").fill("Capaciteit <b>")
    page.get_by_role("button", name="+ Kop").click()
    page.keyboard.type("Formatie")
    page.get_by_role("button", name="Omhoog: Formatie").click()
    page.reload()
    settled(page)
    answered(page)
    page.locator("#memo-open").click()
    expect(page.locator("#memo-items li").first.get_by_label("Kop")).to_have_value("Formatie")
    with page.expect_download() as coming:
        page.get_by_role("button", name="Download Word").click()
    coming.value.save_as(tmp_path / "memo.docx")
    assert coming.value.suggested_filename == "Capaciteit b.docx"
    lines = [paragraph.text for paragraph in WordFile(str(tmp_path / "memo.docx")).paragraphs]
    assert lines[:2] == ["Capaciteit <b>", "Formatie"]
    assert any("186 fte" in line for line in lines)
    with page.expect_download() as coming:
        page.get_by_role("button", name="JSON").click()
    assert json.loads(coming.value.path().read_text("utf-8"))["items"][0] == {"heading": "Formatie"}
    page.get_by_role("button", name="Maak leeg").click()
    expect(page.locator("#memo-items li")).to_have_count(0)
    page.get_by_role("button", name="Ongedaan maken").click()
    expect(page.locator("#memo-items li")).to_have_count(2)


def test_the_other_language_keeps_the_conversation(page: Page, url: str) -> None:
    ask(opened(page, url), QUESTION)
    ask(page, "Mag de politie meekijken in privéberichten?")
    page.get_by_role("link", name="English").click()
    settled(page)
    answered(page)
    expect(page.locator(".asked h2")).to_have_count(2)
    expect(page.locator(".verdict .badge")).to_have_text(["Answered", "Answered"])
    assert page.evaluate("document.documentElement.lang") == "en"


def test_a_question_is_a_link_with_its_filters(page: Page, url: str) -> None:
    opened(page, url)
    page.get_by_role("button", name="Filters", exact=True).click()
    page.get_by_label("Fractie").select_option("CDA")
    ask(page, "livestream")
    expect(page.locator(".searched")).to_have_text("Gezocht binnen: CDA")
    page.get_by_role("button", name="Kopieer link").click()
    expect(page.locator("#said")).to_contain_text("Link gekopieerd")
    address = clipboard(page)
    page.evaluate("localStorage.clear()")
    page.goto(address)
    answered(page)
    # An answer to another party stands there where one to this party refers to it, which is said.
    titles = page.locator(".card:not(:has(.via)) h4").all_text_contents()
    assert titles
    assert all("· CDA" in title for title in titles)


def test_asking_opening_and_copying_need_no_mouse(page: Page, url: str) -> None:
    opened(page, url)
    expect(page.locator("#question")).to_be_focused()
    page.keyboard.type(QUESTION)
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("(2026)")
    expect(page.locator("#question")).to_have_value(f"{QUESTION}\n(2026)")
    page.keyboard.press("Enter")
    answered(page)
    link = page.locator(".card h4 a").first
    for _ in range(3):
        page.keyboard.press("Tab")
        if link.evaluate("element => element === document.activeElement"):
            break
    assert link.evaluate("element => getComputedStyle(element).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    expect(page.locator("#letter .unit").first).to_be_attached()
    page.keyboard.press("Escape")
    expect(page.locator("#side")).to_be_hidden()
    expect(link).to_be_focused()
    copy = page.locator(".card").first.get_by_role("button", name="Kopieer citaat")
    for _ in range(20):
        page.keyboard.press("Tab")
        if copy.evaluate("element => element === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_contain_text("Gekopieerd")


@pytest.mark.parametrize(
    "question", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)> boete', "Hoeveel fte ${alert(1)}?"]
)
def test_a_hostile_question_is_text(page: Page, url: str, question: str) -> None:
    """Typed, kept, and in a link that somebody sends."""
    ask(opened(page, url), question)
    expect(page.locator(".asked h2")).to_have_text(question)
    for again in (page.reload, lambda: page.goto(f"{url}?vraag={quote_plus(question)}")):
        again()
        answered(page)
        expect(page.locator(".asked h2").last).to_have_text(question)
        assert page.locator("#turns script, #turns img").count() == 0


@pytest.mark.parametrize("page", [PHONE], indirect=True)
def test_a_small_screen_shows_one_thing_at_a_time(page: Page, url: str) -> None:
    ask(opened(page, url), QUESTION)
    page.locator(".card h4 a").first.click()
    expect(page.locator("#letter .unit").first).to_be_attached()
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    box = page.locator("#side").bounding_box()
    assert box
    assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 360, 740)
    page.get_by_role("button", name="Terug").click()
    expect(page.locator(".card h4 a").first).to_be_visible()
