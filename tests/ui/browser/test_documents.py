"""Adding and removing documents in the browser."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.conftest import SMALL_LETTER
from tests.ui.browser.conftest import Seen, opened, settled

LETTER = SMALL_LETTER.replace("bruggen", "sluizen").replace("brug", "sluis").replace("150 miljoen", "275 miljoen")


def open_documents(page: Page, small: str) -> Page:
    opened(page, f"{small}documenten")
    expect(page.locator(".document")).not_to_have_count(0)
    return page


def add(page: Page, *files: Path) -> None:
    page.locator("#new-documents input[type=file]").set_input_files(list(files))
    expect(page.locator("#new-documents")).to_contain_text(files[-1].stem[:4])
    page.get_by_role("button", name="Voeg toe").click()


def remove(page: Page, name: str) -> None:
    page.locator(".document").filter(has_text=name).get_by_role("button", name="Verwijder …").click()
    expect(page.get_by_role("alert").filter(has_text=f"“{name}” verwijderen?")).to_be_visible()


def removed(page: Page, name: str) -> None:
    remove(page, name)
    page.get_by_role("button", name="Ja, verwijder").click()
    expect(page.get_by_role("status").filter(has_text=f"Verwijderd: {name}")).to_be_visible()
    expect(page.locator(".document").filter(has_text=name)).to_have_count(0)


def test_the_documents_are_listed_with_what_was_found_in_them(page: Page, small: str) -> None:
    open_documents(page, small)
    letter = page.locator(".document").filter(has_text="brief.txt")
    expect(letter).to_contain_text("4 vragen")
    expect(letter).to_contain_text("1 bijlage ")
    expect(letter.get_by_role("link").first).to_have_attribute(
        "href", f"/?document={letter.get_attribute('data-document')}"
    )


def test_an_added_document_answers_at_once_and_a_removed_one_no_more(page: Page, small: str, tmp_path: Path) -> None:
    """Without a restart, and with the question whether one is sure."""
    file = tmp_path / "sluizen.txt"
    file.write_text(LETTER, encoding="utf-8")
    open_documents(page, small)
    add(page, file)
    expect(page.get_by_role("status").filter(has_text="Toegevoegd: sluizen.txt (4 vragen")).to_be_visible()
    expect(page.locator(".document").filter(has_text="sluizen.txt")).to_be_visible()
    asked = {"question": "Wat kost een sluis?", "language": "nl"}
    answer = page.request.post(f"{small}woordelijk/answer", data=asked).json()
    assert "275 miljoen" in answer["html"]
    add(page, file)
    expect(page.get_by_role("status").filter(has_text="Was er al: sluizen.txt")).to_be_visible()
    remove(page, "sluizen.txt")
    page.get_by_role("button", name="Nee, behoud").click()
    expect(page.get_by_role("status").filter(has_text="Er is niets verwijderd")).to_be_visible()
    removed(page, "sluizen.txt")
    answer = page.request.post(f"{small}woordelijk/answer", data=asked).json()
    assert "275 miljoen" not in answer["html"]


def test_what_cannot_be_read_whole_is_named_and_changes_nothing(page: Page, small: str, tmp_path: Path) -> None:
    """Also where its name or its text would be markup."""
    broken = tmp_path / "<img src=x onerror=alert(1)>.docx"
    broken.write_bytes(b"PK\x03\x04 <script>alert(2)</script>")
    picture = tmp_path / "plaatje.pdf"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 100)
    open_documents(page, small)
    before = page.locator(".document").count()
    add(page, broken, picture)
    refused = page.locator("#added .refused")
    expect(refused).to_have_count(2)
    expect(refused.filter(has_text="plaatje.pdf")).to_contain_text("is niet toegevoegd; er is niets veranderd")
    assert page.locator("#added img, #added script").count() == 0
    assert str(tmp_path) not in page.locator("#added").inner_text()
    assert "/tmp" not in page.locator("#added").inner_text()
    assert page.locator(".document").count() == before


def test_the_last_document_stays(page: Page, small: str) -> None:
    open_documents(page, small)
    remove(page, "brief.txt")
    page.get_by_role("button", name="Ja, verwijder").click()
    expect(page.locator("#removed .refused")).to_contain_text("blijft er geen document over")
    expect(page.locator(".document").filter(has_text="brief.txt")).to_be_visible()


def test_scripts_in_a_document_are_text(page: Page, small: str, tmp_path: Path, seen: Seen) -> None:
    script = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    file = tmp_path / "kwaad.txt"
    file.write_text(LETTER.replace("Rijkswaterstaat", f"Rijkswaterstaat {script}"), encoding="utf-8")
    open_documents(page, small)
    add(page, file)
    expect(page.locator(".document").filter(has_text="kwaad.txt")).to_be_visible()
    page.goto(f"{small}?vraag=Wie+bouwt+sluizen")
    expect(page.locator(".card blockquote").filter(has_text=script).first).to_be_visible()
    page.locator(".card").filter(has_text=script).first.get_by_role("button", name="Open in document").click()
    expect(page.locator("#letter")).to_contain_text(script)
    assert page.locator("#letter script, #letter img, .card script, .card img").count() == 0
    open_documents(page, small)
    removed(page, "kwaad.txt")


def test_one_publication_in_two_formats_is_one_document_with_two_files(page: Page, small: str, tmp_path: Path) -> None:
    """Listed once, and removed at once."""
    text = LETTER.replace("sluizen", "kanalen")
    for name in ("kanalen.txt", "kanalen.md"):
        (tmp_path / name).write_text(text + ("\n" if name.endswith("md") else ""), encoding="utf-8")
    open_documents(page, small)
    before = page.locator(".document").count()
    add(page, tmp_path / "kanalen.txt", tmp_path / "kanalen.md")
    both = page.locator(".document").filter(has_text="kanalen.txt")
    expect(both).to_contain_text("2 bestanden van één publicatie")
    expect(both).to_contain_text("kanalen.md")
    expect(page.locator(".document")).to_have_count(before + 1)
    both.get_by_role("button", name="Verwijder …").click()
    expect(page.locator("#remove-no")).to_be_focused()
    page.get_by_role("button", name="Ja, verwijder").click()
    expect(page.get_by_role("status").filter(has_text="Verwijderd: kanalen.md")).to_be_visible()
    expect(page.locator(".document")).to_have_count(before)


def test_what_is_doubtful_opens_the_document_there_and_the_tab_is_called_by_it(
    page: Page, small: str, tmp_path: Path
) -> None:
    """The title comes from what the letter says that it brings."""
    file = tmp_path / "dijken.txt"
    brings = "Hierbij zend ik uw Kamer de antwoorden op de vragen over dijken."
    text = LETTER.replace("Hierbij zend ik uw Kamer de antwoorden.", brings).replace("sluizen", "dijken")
    file.write_text(text.replace("antwoord op vraag 2. [", "antwoord op vraag 9. ["), encoding="utf-8")
    open_documents(page, small)
    add(page, file)
    listed = page.locator(".document").filter(
        has=page.get_by_role("heading", name="Antwoorden op de vragen over dijken")
    )
    listed.locator(".doubts summary").click()
    listed.get_by_role("link", name="Vraag 1: verwijst naar").click()
    settled(page)
    expect(page).to_have_title("Antwoorden op de vragen over dijken · Woordelijk")
    marked = "[...CSS.highlights.get('passage')].map(range => range.toString()).join('')"
    assert "Er zijn 15 dijken." in page.evaluate(marked)
    page.locator("#side-close").click()
    expect(page).to_have_title("Woordelijk")
    open_documents(page, small)
    removed(page, "dijken.txt")


def test_a_second_file_is_dropped_upon_the_first(page: Page, small: str) -> None:
    """Where a file stands already the whole field takes more, and every sign in it says what it does in Dutch."""
    field = opened(page, f"{small}documenten").locator("#new-documents")
    for count, name in enumerate(("een.md", "twee.md"), start=1):
        files = page.evaluate_handle(
            "name => { const files = new DataTransfer(); files.items.add(new File(['# Brief'], name)); return files; }",
            name,
        )
        place = field.locator("table" if count > 1 else "button[aria-dropeffect]")
        for event in ("dragenter", "dragover", "drop"):
            place.dispatch_event(event, {"dataTransfer": files})
        expect(field).to_contain_text(name.removesuffix(".md"))
    expect(field.get_by_role("button", name="Haal dit bestand weg")).to_have_count(2)
    expect(field.locator("[aria-label='common.upload'], [title='common.upload']")).to_have_count(0)
