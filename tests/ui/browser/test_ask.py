"""Asking, reading and citing in the browser, as a person does it all day."""

import io
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote_plus

import pytest
from playwright.sync_api import Locator, Page, expect

from index.types import Parsed
from tests.ui.browser.conftest import Seen, settled, violations

QUESTION = "Hoeveel fte werkt er bij de TBKK’s?"
NARROW = {"viewport": {"width": 360, "height": 740}}


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


def words_of(page: Page, card: int = 0) -> str:
    """The words of the document that a card's range stands for."""
    start, end = (int(page.locator(".card").nth(card).get_attribute(f"data-{name}") or 0) for name in ("start", "end"))
    return f"{start}-{end}"


def passage_in_letter(page: Page) -> Locator:
    """The passage in the opened letter that the first card of the question shows: that of question 45."""
    return page.locator("#letter [data-unit=vraag-45]").get_by_text("186 fte").first


def range_of(letter: Parsed, place: str) -> str:
    start, end = map(int, place.split("-"))
    return letter.document.text[start:end]


def test_a_question_is_answered_with_the_documents_words(page: Page, url: str, letter: Parsed) -> None:
    open_page(page, url)
    ask(page, QUESTION)
    card = page.locator(".card").first
    expect(card.get_by_role("heading")).to_contain_text("Vraag ")
    expect(card.locator("blockquote")).to_contain_text("186 fte")
    expect(card.locator("mark")).to_contain_text("186 fte")
    expect(card.locator(".speaker")).to_contain_text("de minister")
    assert "186 fte" in range_of(letter, words_of(page))
    expect(page.locator("#status")).to_contain_text("passages")


def test_an_example_can_be_asked_with_one_click(page: Page, url: str) -> None:
    open_page(page, url)
    page.locator("#welcome").get_by_role("button", name="vragen 11 t/m 14").click()
    expect(page.locator(".card")).to_have_count(4)
    expect(page.locator("#welcome")).to_be_hidden()


def test_a_question_without_an_answer_says_so(page: Page, url: str) -> None:
    open_page(page, url)
    ask(page, "Hoe maak ik een appeltaart?")
    expect(page.locator(".verdict")).to_contain_text("Niet gevonden")


def test_a_card_opens_the_letter_at_the_passage(page: Page, url: str, letter: Parsed) -> None:
    """The whole letter, with the passage in sight; the address says so, and back closes it."""
    open_page(page, url)
    ask(page, QUESTION)
    page.locator(".card").first.get_by_role("button", name="Open in document").click()
    reader = page.locator("#letter")
    passage = passage_in_letter(page)
    expect(passage).to_be_in_viewport()
    text = reader.text_content() or ""
    assert all(f"Vraag {number}" in text for number in (1, 33, 66))
    assert "document=d26cef8d" in page.url
    page.go_back()
    expect(page.locator("#side")).to_be_hidden()
    page.go_forward()
    expect(passage).to_be_in_viewport()


def test_find_in_the_letter(page: Page, url: str) -> None:
    open_page(page, url, "?document=d26cef8dba425785")
    page.get_by_label("Zoek in document").fill("TBKK")
    expect(page.locator("#find-count")).to_contain_text(re.compile(r"1 van \d+"))
    page.get_by_role("button", name="Volgende vindplaats").click()
    expect(page.locator("#find-count")).to_contain_text(re.compile(r"2 van \d+"))


def test_a_quotation_is_copied_with_its_reference(page: Page, url: str, letter: Parsed) -> None:
    """Word for word, without footnote marks; plain and as Markdown."""
    open_page(page, url)
    ask(page, QUESTION)
    words = range_of(letter, words_of(page)).strip()
    card = page.locator(".card").first
    card.get_by_role("button", name="Kopieer citaat").click()
    expect(page.get_by_role("status").filter(has_text="Gekopieerd, met bronvermelding.")).to_be_visible()
    copied = clipboard(page)
    assert copied.startswith(f"“{words}”")
    assert "Streaming Hell" in copied
    assert re.search(r"antwoord op vraag \d+\)", copied)
    card.get_by_role("button", name="Markdown").click()
    expect(page.locator("#said")).to_contain_text("Gekopieerd")
    page.wait_for_function("navigator.clipboard.readText().then(text => text.startsWith('> '))")


def test_a_link_to_a_quotation_opens_it(page: Page, url: str) -> None:
    open_page(page, url)
    ask(page, QUESTION)
    page.locator(".card").first.get_by_role("button", name="Link").click()
    expect(page.locator("#said")).to_contain_text("Link gekopieerd")
    link = clipboard(page)
    assert link.startswith(url)
    open_page(page, link)
    expect(passage_in_letter(page)).to_be_in_viewport()


def test_words_that_are_selected_can_be_copied(page: Page, url: str, letter: Parsed) -> None:
    """From the selection's place in the document, never from what the browser makes of it."""
    open_page(page, url)
    ask(page, QUESTION)
    page.locator(".card").first.locator("mark").first.select_text()
    toolbar = page.get_by_role("toolbar", name="Geselecteerde woorden")
    expect(toolbar).to_be_visible()
    toolbar.get_by_role("button", name="Kopieer citaat").click()
    expect(page.locator("#said")).to_contain_text("Gekopieerd")
    quoted = clipboard(page).split("”")[0].removeprefix("“")
    assert "186 fte" in quoted
    assert quoted in letter.document.text


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


def test_a_reload_keeps_the_conversation_and_the_memo(page: Page, url: str) -> None:
    _memo_with_two(page, url)
    page.reload()
    settled(page)
    expect(page.locator(".turn h2")).to_have_text(QUESTION)
    expect(page.locator(".card").first).to_contain_text("186 fte")
    expect(page.locator("#memo-open")).to_contain_text("(2)")
    page.locator("#memo-open").click()
    expect(page.get_by_label("Titel van de memo")).to_have_value("Formatie van de TBKK’s")


def test_a_question_can_be_shared_as_a_link(page: Page, url: str) -> None:
    open_page(page, url)
    ask(page, QUESTION)
    page.locator(".turn").get_by_role("button", name="Kopieer link").click()
    expect(page.locator("#said")).to_contain_text("Link gekopieerd")
    link = clipboard(page)
    assert page.context.browser is not None
    other = page.context.browser.new_context()
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


def test_the_language_can_be_switched(page: Page, url: str) -> None:
    """The page's words change; the document's do not."""
    open_page(page, url)
    page.get_by_role("link", name="English").click()
    settled(page)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_label("Your question", exact=True).fill("question 28")
    page.get_by_role("button", name="Ask", exact=True).click()
    card = page.locator(".card").first
    expect(card.get_by_role("button", name="Copy quotation")).to_be_visible()
    expect(card.locator("blockquote").first).to_have_attribute("lang", "nl")
    page.get_by_role("link", name="Nederlands").click()
    settled(page)
    expect(page.locator("html")).to_have_attribute("lang", "nl")


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the focus is on the button of that name."""
    for _ in range(60):
        page.keyboard.press("Tab")
        label = page.evaluate(
            "document.activeElement.getAttribute('aria-label') || document.activeElement.textContent || ''"
        )
        if label.startswith(name):
            return
    raise AssertionError(f"Tab never came to {name}")


def test_from_question_to_copy_with_the_keyboard_alone(page: Page, url: str) -> None:
    open_page(page, url)
    page.keyboard.press("/")
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    expect(page.locator(".card").first).to_be_visible()
    page.locator(".turn h2").focus()
    tab_to(page, "Kopieer citaat")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Gekopieerd")).to_be_visible()
    assert "186 fte" in clipboard(page)


@pytest.mark.parametrize("page", [NARROW], indirect=True, ids=["360 px"])
def test_it_all_works_on_a_telephone(page: Page, url: str) -> None:
    open_page(page, url)
    ask(page, QUESTION)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.locator(".card").first.get_by_role("button", name="Open in document").click()
    expect(passage_in_letter(page)).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.locator("#side-close").click()
    expect(page.locator(".card").first).to_be_visible()


STATES: dict[str, Callable[[Page], None]] = {
    "answer": lambda _: None,
    "document": lambda page: page.locator(".card").first.get_by_role("button", name="Open in document").click(),
    "memo": lambda page: (
        page.locator(".card").first.get_by_role("button", name="Naar memo").click(),
        page.locator("#memo-open").click(),
        None,
    )[-1],
    "filters": lambda page: page.locator("#filters-toggle").click(),
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("page", [{}, {"color_scheme": "dark"}], indirect=True, ids=["light", "dark"])
def test_axe_finds_nothing_serious_while_working(page: Page, url: str, state: str) -> None:
    open_page(page, url)
    ask(page, QUESTION)
    STATES[state](page)
    page.wait_for_load_state("networkidle")
    assert violations(page) == []


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


def test_a_document_made_of_a_selection_can_be_opened_in_word(page: Page, url: str) -> None:
    """What is downloaded is a Word file, not only a name that ends so."""
    import docx

    _memo_with_two(page, url)
    with page.expect_download() as waited:
        page.locator("#memo-downloads").get_by_role("button", name="Download Word").click()
    content = Path(waited.value.path()).read_bytes()
    text = "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs)
    assert "Formatie van de TBKK’s" in text
    assert "186 fte" in text
