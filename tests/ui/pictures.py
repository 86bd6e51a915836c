"""Make the pictures of the documentation anew: `python -m tests.ui.pictures`.

A server of its own on the index of the settings; a light page of 1360 by 850.
"""

import io

from PIL import Image
from playwright.sync_api import Page, expect

from index.settings import ROOT
from tests.ui.browser.conftest import opened, own_browser
from tests.ui.browser.steps import QUESTION, ask

FOLDER = ROOT / "docs" / "screenshots"


def _keep(page: Page, name: str) -> None:
    """What the page shows, in few colours, so that the file is small."""
    Image.open(io.BytesIO(page.screenshot())).convert("RGB").quantize(64).save(FOLDER / name, optimize=True)


def _document(page: Page) -> None:
    """An answer, and beside it the document with the passage highlighted."""
    page.locator(".card h4 a").first.click()
    expect(page.locator("#letter .unit").first).to_be_visible()
    _keep(page, "document.png")
    page.locator("#side-close").click()
    expect(page.locator("#side")).to_be_hidden()


def _memo(page: Page) -> None:
    """A memo with a heading, quotations and a note."""
    page.locator("#memo-open").click()
    page.locator("#memo-title").fill("Capaciteit bij de politie")
    page.locator("#memo [data-do=heading]").click()
    page.keyboard.type("Formatie")
    page.locator("#side-close").click()
    page.locator(".card h4 a").first.focus()
    page.keyboard.press("2")
    expect(page.locator("#memo-open")).to_contain_text("(2)")
    page.locator("#memo-open").click()
    page.locator("#memo [data-do=note]").click()
    page.keyboard.type("Nog nagaan: stand van 2025.")
    _keep(page, "memo.png")


def main() -> None:
    """Make them all."""
    with own_browser() as (browser, address):
        page = browser.new_page(viewport={"width": 1360, "height": 850}, locale="nl-NL")
        ask(opened(page, address), QUESTION)
        _document(page)
        _memo(page)


if __name__ == "__main__":
    main()
