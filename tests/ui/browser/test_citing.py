"""Citing as people paste: tables, half sentences, Ctrl+C, and a memo that is shortened, joined, copied and printed."""

import csv
import io
import json
import re
from pathlib import Path

import pytest
from docx import Document as WordFile
from playwright.sync_api import Locator, Page, expect

from index.model.types import Parsed
from rag.citation.citation import Citer
from rag.verify.read_memo import read_memo
from rag.verify.verdicts import Verifier
from tests.ui.browser.conftest import opened, violations
from tests.ui.browser.steps import QUESTION, answered, ask, clipboard, copied, select_words

CONVICTED = "Hoeveel mensen zijn veroordeeld voor kinderpornografie in 2023?"
DOCUMENT = "d26cef8dba425785"


def clipboard_html(page: Page) -> str:
    return str(
        page.evaluate(
            """async () => {
              const [item] = await navigator.clipboard.read();
              return item.types.includes("text/html") ? (await item.getType("text/html")).text() : "";
            }"""
        )
    )


def at(letter: Parsed, words: str, after: str = "") -> tuple[int, int]:
    text = letter.document.text
    start = text.index(words, text.index(after) if after else 0)
    return start, start + len(words)


def read_at(page: Page, url: str, start: int, end: int) -> None:
    opened(page, f"{url}?document={DOCUMENT}&start={start}&end={end}")
    expect(page.locator("#letter .unit")).to_have_count(68)


def to_memo(page: Page, start: int, end: int, container: str = "#letter") -> None:
    """Select words of an opened document and put them in the memo."""
    select_words(page, container, start, end).get_by_role("button", name="Naar memo").click()


def saved_memo(page: Page, path: Path, button: str = "Download Word") -> Path:
    with page.expect_download() as coming:
        page.locator("#memo-downloads").get_by_role("button", name=button).click()
    coming.value.save_as(path)
    return path


def test_the_table_comes_with_its_answer_and_the_cell_is_marked(page: Page, url: str) -> None:
    ask(opened(page, url), CONVICTED)
    card = page.locator(".card").first
    expect(card.locator("table mark")).to_have_text("250")
    card.get_by_role("button", name="Naar memo").first.click()
    expect(page.locator("#memo-open")).to_have_text("Memo (2)")
    ask(page, "vraag 44")
    expect(page.locator(".turn").last.locator("table td", has_text="250")).to_be_attached()


def test_a_table_is_pasted_as_a_table(page: Page, url: str, letter: Parsed) -> None:
    """By tabs in a sheet, as rows and columns in a text."""
    start, end = at(letter, "Aantal zaken waarin artikel 240b")[0], at(letter, "300", "Schuldig met/zonder")[1]
    read_at(page, url, start, end)
    tools = select_words(page, "#letter", start, end)
    tools.get_by_role("button", name="Kopieer citaat").click()
    expect(page.locator("#said")).to_contain_text("Gekopieerd")
    rows = list(csv.reader(io.StringIO(clipboard(page)), delimiter="\t"))
    assert rows[1][3:5] == ["2023", "2024"]
    assert rows[2][3:5] == ["250", "260"]
    html = clipboard_html(page)
    assert "<td>250</td>" in html
    assert "tabel in het antwoord op vraag 44" in html
    tools.get_by_role("button", name="Naar memo").click()
    page.get_by_role("button", name="Memo (1)").click()
    expect(page.locator("#memo-items td", has_text="250")).to_be_visible()


def test_half_a_sentence_is_pasted_within_one(page: Page, url: str, letter: Parsed) -> None:
    start, end = at(letter, "een totale formatie van 186 fte")
    read_at(page, url, start, end)
    select_words(page, "#letter", start, end)
    page.keyboard.press("Control+c")
    expect(page.locator("#said")).to_contain_text("Gekopieerd, met bronvermelding.")
    assert clipboard(page).startswith("“een totale formatie van 186 fte” (Brief van de minister")
    html = clipboard_html(page)
    assert "blockquote" not in html
    assert "“een totale formatie van 186 fte”" in html


def test_ctrl_c_brings_the_reference_unless_it_is_switched_off(page: Page, url: str, letter: Parsed) -> None:
    start, end = at(letter, "een totale formatie van 186 fte")
    read_at(page, url, start, end)
    page.get_by_text("Citeren en afdrukken").click()
    page.get_by_label("Ctrl+C neemt de verwijzing mee").uncheck()
    select_words(page, "#letter", start, end)
    page.keyboard.press("Control+c")
    assert clipboard(page) == "een totale formatie van 186 fte"
    page.get_by_label("Ctrl+C neemt de verwijzing mee").check()
    for style, begins in (("Leidraad voor juridische auteurs", "‘een totale"), ("BibTeX (Zotero)", "@misc{")):
        page.get_by_label("Verwijzing", exact=True).select_option(style)
        select_words(page, "#letter", start, end)
        page.keyboard.press("Control+c")
        copied(page, re.escape(begins))
    page.get_by_label("Verwijzing", exact=True).select_option("CSL-JSON (Zotero)")
    select_words(page, "#letter", start, end)
    page.keyboard.press("Control+c")
    cited = copied(page, r"\[")
    assert json.loads(cited)[0]["abstract"] == "een totale formatie van 186 fte"


def test_a_memo_is_shortened_and_joined_and_verifies(page: Page, url: str, letter: Parsed, tmp_path: Path) -> None:
    """Whatever is left out, what stays is exact; a negation cannot be left out; the file passes the check."""
    first = at(letter, "Binnen de politie zijn de TBKK’s belast met de opsporing van kinderpornografie en TSK.")
    begin = "Binnen de politie zijn de TBKK’s belast met de opsporing van kinderpornografie en TSK."
    middle = at(letter, "Hoewel de politie voortdurend werkt aan zowel de werving en selectie", begin)
    last = at(letter, "Voor een verdere toelichting over TBKK’s verwijs ik u naar het antwoord op vraag 4.", begin)
    read_at(page, url, *first)
    to_memo(page, *first)
    expect(page.locator("#memo-open")).to_have_text("Memo (1)")
    to_memo(page, middle[0], last[1])
    expect(page.locator("#memo-open")).to_have_text("Memo (2)")
    page.locator("#memo-open").click()
    page.get_by_role("button", name="Voeg samen met de volgende").click()
    expect(page.locator("#memo-items blockquote")).to_have_count(1)
    expect(page.locator("#memo-items blockquote")).to_contain_text("en TSK. […] Hoewel de politie")
    dropped = at(letter, "is er sprake van een structurele onderbezetting binnen deze teams van ongeveer 20%.", begin)
    select_words(page, "#memo-items", *dropped)
    page.get_by_role("button", name="Laat weg […]").click()
    expect(page.locator("#memo-items blockquote")).to_contain_text("politiepersoneel, […] Voor een verdere")
    page.get_by_role("button", name="Ongedaan maken").click()
    expect(page.locator("#memo-items blockquote")).to_contain_text("onderbezetting")
    select_words(page, "#memo-items", *dropped)
    page.get_by_role("button", name="Laat weg […]").click()
    expect(page.locator("#memo-items blockquote")).not_to_contain_text("onderbezetting")
    page.get_by_label("Auteur").fill("A. de Boer")
    for button, name in (("Download Word", "memo.docx"), ("Markdown", "memo.md")):
        path = saved_memo(page, tmp_path / name, button)
        report = Verifier(_citer(letter)).verify(read_memo(str(path)))
        assert [judged.verdict for judged in report.judged] == ["shortened"]
        assert report.passes
    properties = WordFile(str(tmp_path / "memo.docx")).core_properties
    today = page.evaluate("new Date().toLocaleDateString('sv')")
    assert (properties.author, str(properties.created.date())) == ("A. de Boer", today)


def _citer(letter: Parsed) -> Citer:
    from index.model.collection import Collection

    return Citer(Collection.of([letter]))


def test_a_negation_cannot_be_left_out(page: Page, url: str, letter: Parsed) -> None:
    start = at(letter, "Het vermoeden is dat dit deels is veroorzaakt")[0]
    end = at(letter, "via livestreaming.", "Het vermoeden is dat dit deels")[1]
    read_at(page, url, start, end)
    to_memo(page, start, end)
    page.get_by_role("button", name="Memo (1)").click()
    select_words(page, "#memo-items", *at(letter, "waardoor het uitreizen niet mogelijk was", "Het vermoeden is"))
    page.get_by_role("button", name="Laat weg […]").click()
    expect(page.locator("#said")).to_contain_text("Zo valt “niet” weg")
    expect(page.locator("#memo-items blockquote")).to_contain_text("niet mogelijk was")


def test_the_same_quotation_is_not_put_in_twice(page: Page, url: str) -> None:
    ask(opened(page, url), QUESTION)
    card = page.locator(".card").first
    for said in ("Toegevoegd aan de memo.", "Staat al in de memo, op plaats 1."):
        card.get_by_role("button", name="Naar memo").click()
        expect(page.locator("#said")).to_contain_text(said)
    expect(page.locator("#memo-open")).to_have_text("Memo (1)")


def test_long_quotations_are_visible_whole_and_all_is_copied(page: Page, url: str) -> None:
    ask(opened(page, url), "vraag 4")
    page.locator(".card").first.get_by_role("button", name="Naar memo").first.click()
    page.get_by_role("button", name="Memo (1)").click()
    quotation = page.locator("#memo-items blockquote").first
    assert quotation.evaluate("element => element.scrollHeight <= element.clientHeight + 1")
    page.get_by_role("button", name="Kopieer alles").click()
    expect(page.locator("#said")).to_contain_text("De hele memo is gekopieerd.")
    assert "antwoord op vraag 4" in clipboard(page)
    assert "<blockquote" in clipboard_html(page)


def test_what_is_gone_is_marked_and_costs_the_others_nothing(page: Page, url: str, tmp_path: Path) -> None:
    ask(opened(page, url), QUESTION)
    page.locator(".card").first.get_by_role("button", name="Naar memo").click()
    expect(page.locator("#memo-open")).to_have_text("Memo (1)")
    page.evaluate(
        """() => {
          const memo = JSON.parse(localStorage.getItem("woordelijk.memo"));
          memo.items.push({document: "0".repeat(16), start: 0, end: 9, quotation: "Weg ermee", reference: "Weg"});
          localStorage.setItem("woordelijk.memo", JSON.stringify(memo));
        }"""
    )
    page.reload()
    answered(page)
    page.locator("#memo-open").click()
    expect(page.locator("#memo-items .gone")).to_have_count(1)
    expect(page.locator("#memo-items .gone")).to_contain_text("staan niet meer in de documenten")
    assert violations(page) == []
    path = saved_memo(page, tmp_path / "memo.docx")
    text = "\n".join(paragraph.text for paragraph in WordFile(str(path)).paragraphs)
    assert "186 fte" in text
    assert "Weg ermee" not in text
    expect(page.locator("#said")).to_contain_text("zonder de 1 aanhalingen")


def test_back_returns_to_the_memo(page: Page, url: str) -> None:
    ask(opened(page, url), QUESTION)
    page.locator(".card").first.get_by_role("button", name="Naar memo").click()
    page.get_by_role("button", name="Memo (1)").click()
    page.locator("#memo-items .reference a").click()
    expect(page.locator("#letter .unit").first).to_be_attached()
    expect(page.locator("#memo")).to_be_hidden()
    page.go_back()
    expect(page.locator("#memo")).to_be_visible()


def test_two_documents_stand_side_by_side(page: Page, url: str, letter: Parsed) -> None:
    """Words of either are cited."""
    start, end = at(letter, "een totale formatie van 186 fte")
    read_at(page, url, start, end)
    page.get_by_text("Citeren en afdrukken").click()
    page.get_by_role("button", name="Tweede document ernaast").click()
    expect(page.locator("#beside-letter .unit")).to_have_count(68)
    boxes = [page.locator(place).bounding_box() for place in ("#letter", "#beside-letter")]
    assert all(box and box["width"] > 400 for box in boxes)
    assert boxes[0]["x"] + boxes[0]["width"] <= boxes[1]["x"]  # type: ignore[index]
    assert violations(page) == []
    page.locator("#beside-letter").evaluate("element => element.scrollTop = 0")
    to_memo(page, *at(letter, "Het vermoeden is dat dit deels is veroorzaakt"), "#beside-letter")
    expect(page.locator("#memo-open")).to_have_text("Memo (1)")


@pytest.mark.parametrize("what", ["memo", "document", "conversation"])
def test_all_of_it_is_printed(page: Page, url: str, what: str, tmp_path: Path) -> None:
    """More than a screen of it, footnotes too, and no button."""
    from pypdfium2 import PdfDocument

    ask(opened(page, url), "vragen 1 t/m 8")
    if what == "memo":
        for number in range(4):
            page.locator(".card").nth(number).get_by_role("button", name="Naar memo").first.click()
            expect(page.locator("#memo-open")).to_have_text(f"Memo ({number + 1})")
        page.locator("#memo-open").click()
    elif what == "document":
        page.locator(".card h4 a").first.click()
        expect(page.locator("#letter .unit")).to_have_count(68)
    path = tmp_path / "print.pdf"
    page.pdf(path=path, prefer_css_page_size=True)
    pages = [one.get_textpage().get_text_bounded() for one in PdfDocument(path)]
    text = re.sub(r"\s+", " ", " ".join(pages))
    expected = {
        "memo": ["antwoord op vraag 4"],
        "document": ["Antwoorden bij het schriftelijk overleg", "Bijlage II", "Het is belangrijk op te merken"],
        "conversation": ["Vraag 1 ", "Vraag 8 "],
    }[what]
    assert all(words in text for words in expected)
    assert len(pages) > (20 if what == "document" else 1)
    assert f"1 / {len(pages)}" in text
    assert "Naar memo" not in text


def test_a_memo_of_six_quotations_takes_half_the_work(page: Page, url: str, tmp_path: Path) -> None:
    """Two questions, six passages, each under its question, titled: no heading is typed and nothing is dragged.

    What is added later from an earlier answer stands under that one's question too.
    """
    pressed = clicks = 0

    def press(keys: str) -> None:
        nonlocal pressed
        pressed += 1
        page.keyboard.press(keys)

    def click(place: Locator) -> None:
        nonlocal clicks
        clicks += 1
        place.click()

    opened(page, url)
    for number, question in enumerate(("formatie TBKK", "boete hoster")):
        # On a computer the box has the focus from the start.
        if number:
            press("/")
        page.keyboard.type(question)
        pressed += len(question)
        press("Enter")
        answered(page)
        press("3")
        expect(page.locator("#memo-open")).to_have_text(f"Memo ({3 * number + 3})")
    click(page.locator("#memo-open"))
    click(page.get_by_role("button", name="Orden per vraag"))
    clicks += 1
    path = saved_memo(page, tmp_path / "memo.docx")
    headings = [p.text for p in WordFile(str(path)).paragraphs if p.style and p.style.name == "Heading 1"]
    assert headings == ["formatie TBKK", "boete hoster", "Bronnen"]
    assert (pressed, clicks) == (30, 3)
    page.locator(".turn").first.locator(".card").nth(3).get_by_role("button", name="Naar memo").first.click()
    expect(page.locator("#memo-open")).to_have_text("Memo (7)")
    page.get_by_role("button", name="Orden per vraag").click()
    expect(page.locator("#memo-items > li").nth(4)).to_have_class("quoted")
    expect(page.locator("#memo-items input").nth(1)).to_have_value("boete hoster")
    assert page.locator("#memo-items > li").nth(5).get_attribute("class") == "own"


def test_all_that_is_shown_of_an_answer_goes_into_the_memo_with_one_click(page: Page, url: str) -> None:
    ask(opened(page, url), "vragen 11 t/m 14")
    page.get_by_role("button", name="Getoonde naar memo").click()
    expect(page.locator("#memo-open")).to_have_text("Memo (4)")
    page.get_by_role("button", name="Ongedaan maken").click()
    expect(page.locator("#memo-open")).to_have_text("Memo")
