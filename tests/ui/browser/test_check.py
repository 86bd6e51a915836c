"""Checking a memo in the browser."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from index.model.types import Parsed
from tests.ui.browser.conftest import Seen, opened, settled
from tests.ui.browser.steps import check_file


def check(page: Page, memo: str) -> None:
    page.get_by_label("Tekst van de memo").fill(memo)
    page.get_by_role("button", name="Controleer", exact=True).click()


def sentence_of(letter: Parsed, words: str) -> str:
    """The sentence of the letter that holds these words."""
    text = letter.document.text
    at = text.index(words)
    start = max(text.rfind(". ", 0, at) + 2, text.rfind("\n", 0, at) + 1)
    return text[start : text.index(".", at)]


def test_a_pasted_memo_is_judged_quotation_by_quotation(page: Page, url: str, letter: Parsed) -> None:
    """A sign and words for each verdict, the words that differ marked on both sides, and the true place."""
    sentence = sentence_of(letter, "186 fte")
    altered = sentence.replace("186", "168")
    opened(page, f"{url}controleer")
    check(page, f"De minister: “{sentence}”.\n\nEn: “{altered}”.\n\nEn: “Dit staat werkelijk nergens geschreven”.")
    expect(page.get_by_role("status").filter(has_text="3 aanhalingen getoetst: 2 niet in orde")).to_be_visible()
    first, second, third = page.locator(".quotation").all()
    expect(first.locator(".judged-as")).to_contain_text("✓ letterlijk, in orde")
    expect(second.locator(".judged-as")).to_contain_text("✗ veranderd, niet in orde")
    expect(second.locator("del")).to_have_text("168")
    expect(second.locator("ins")).to_have_text("186")
    assert second.locator(".from-document blockquote").inner_text() == sentence
    assert second.locator(".from-memo blockquote").inner_text() == altered
    expect(second.locator(".place")).to_contain_text("antwoord op vraag 1")
    expect(third.locator(".judged-as")).to_contain_text("niet gevonden")
    # What is in order is folded away, what is not stands open.
    assert [one.locator("details").get_attribute("open") for one in (first, second)] == [None, ""]


def test_a_lost_server_is_said_in_dutch_and_takes_no_text_along(page: Page, url: str) -> None:
    """Gradio loads the page anew once a server is there again."""
    opened(page, f"{url}controleer")
    memo = page.get_by_label("Tekst van de memo")
    memo.fill("Een lang getypte memo.")
    page.context.set_offline(True)
    page.get_by_role("button", name="Controleer", exact=True).click()
    expect(page.get_by_text("Woordelijk antwoordt niet. Draait het nog?")).to_be_visible()
    expect(page.get_by_text("Fout", exact=True)).to_be_visible()
    page.context.set_offline(False)
    page.reload()
    settled(page)
    expect(memo).to_have_value("Een lang getypte memo.")
    check(page, memo.input_value())
    expect(page.locator("#check-report")).to_contain_text("Geen aanhaling gevonden")


def test_the_place_is_a_link_into_the_document(page: Page, url: str, letter: Parsed) -> None:
    sentence = sentence_of(letter, "186 fte")
    opened(page, f"{url}controleer")
    check(page, f"“{sentence.replace('186', '168')}”")
    start = letter.document.text.index(sentence)
    link = page.locator(".quotation a.open")
    place = f"?document={letter.document.id}&start={start}&end={start + len(sentence)}"
    expect(link).to_have_attribute("href", f"/{place}")


def test_a_wrong_source_is_named(page: Page, url: str, letter: Parsed) -> None:
    sentence = sentence_of(letter, "186 fte")
    opened(page, f"{url}controleer")
    check(page, f"In het antwoord op vraag 3 staat: “{sentence}”.")
    quotation = page.locator(".quotation").first
    expect(quotation.locator(".judged-as")).to_contain_text("vindplaats klopt niet")
    expect(quotation.locator(".claimed")).to_contain_text("vraag 3")
    expect(quotation.locator(".place")).to_contain_text("antwoord op vraag 1")


def test_the_report_can_be_kept(page: Page, url: str, letter: Parsed) -> None:
    opened(page, f"{url}controleer")
    check(page, f"“{sentence_of(letter, '186 fte').replace('186', '168')}”")
    expect(page.locator(".quotation")).to_have_count(1)
    with page.expect_download() as waited:
        page.get_by_role("button", name="Download verslag (JSON)").click()
    record = json.loads(Path(waited.value.path()).read_text("utf-8"))
    assert record["passes"] is False
    assert record["quotations"][0]["verdict"] == "altered"
    assert waited.value.suggested_filename.endswith(".json")
    with page.expect_download() as waited:
        page.get_by_role("button", name="Download verslag (Markdown)").click()
    assert "1 aanhaling getoetst: niet in orde" in Path(waited.value.path()).read_text("utf-8")


@pytest.mark.parametrize("suffix", [".md", ".txt"])
def test_a_file_is_checked(page: Page, url: str, letter: Parsed, tmp_path: Path, suffix: str) -> None:
    memo = tmp_path / f"mijn memo{suffix}"
    memo.write_text(f"De minister schrijft: “{sentence_of(letter, '186 fte')}”.", encoding="utf-8")
    opened(page, f"{url}controleer")
    check_file(page, memo)
    expect(page.locator(".quotation .judged-as")).to_contain_text("letterlijk")


def test_a_file_of_another_kind_is_refused_in_the_language_of_the_page(page: Page, url: str, tmp_path: Path) -> None:
    opened(page, f"{url}controleer")
    program = tmp_path / "programma.exe"
    program.write_bytes(b"MZ")
    expect(page.locator("#memo-file input[type=file]")).to_have_attribute("accept", ".docx,.odt,.html,.md,.txt")
    check_file(page, program)
    expect(page.get_by_text("Dit bestand is van een andere soort. Kies een van: .docx")).to_be_visible()
    expect(page.get_by_text("Invalid file type")).to_have_count(0)


def test_what_cannot_be_read_is_a_sentence_and_loses_nothing(page: Page, url: str, tmp_path: Path) -> None:
    opened(page, f"{url}controleer")
    check(page, "Een “aanhaling zonder einde")
    expect(page.locator(".check-report .doubts")).to_contain_text("regel 1")
    refused = page.get_by_role("alert").filter(has_text="De memo is niet gecontroleerd.")
    expect(page.get_by_label("Tekst van de memo")).to_have_value("Een “aanhaling zonder einde")
    broken = tmp_path / "kapot.docx"
    broken.write_bytes(b"PK\x03\x04 geen Word")
    check_file(page, broken)
    expect(refused).to_contain_text("kapot.docx")
    expect(refused).to_contain_text("beschadigd")
    assert str(tmp_path) not in refused.inner_text()
    assert "/" not in refused.inner_text().replace("https://", "")


def test_scripts_in_a_memo_are_text(page: Page, url: str, tmp_path: Path, seen: Seen) -> None:
    """In the text, in the name of the file, and in what the report shows."""
    script = "<img src=x onerror=alert(1)><script>alert(2)</script> ${alert(4)} {{alert(5)}}"
    opened(page, f"{url}controleer")
    # In Markdown the signs of a tag are the writer's own where a backslash says so.
    written = script.replace("<", "\\<")
    check(page, f"“woorden met {written} erin die nergens staan”")
    expect(page.locator(".quotation blockquote")).to_contain_text(script)
    evil = tmp_path / "<img src=x onerror=alert(3)>.md"
    evil.write_text(f"“{written} dit staat nergens in de brief”", encoding="utf-8")
    check_file(page, evil)
    expect(page.locator(".note")).to_be_visible()
    assert page.locator(".quotation img, .quotation script, .note img").count() == 0


def test_the_page_speaks_english_too(page: Page, url: str) -> None:
    opened(page, f"{url}en/controleer")
    expect(page.get_by_role("heading", name="Check a memo")).to_be_visible()
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Paste a text or choose a file")
