"""Make the pictures of the documentation anew: `python -m tests.ui.pictures`.

A server of its own on the index of the settings; a light page of 1360 by 850.
"""

import io
import shutil
import tempfile
from os import environ
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright

from index.settings import ROOT
from tests.ui.browser.conftest import BROWSER_ARGUMENTS, BROWSER_NAMES, opened
from tests.ui.conftest import serving

FOLDER = ROOT / "docs" / "screenshots"
QUESTION = "Hoeveel fte telt de formatie van het TBKK van de politie?"


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
    executable = next(path for name in BROWSER_NAMES if (path := shutil.which(name)))
    with (
        tempfile.TemporaryDirectory() as place,
        serving(dict(environ), Path(place) / "log") as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=executable, args=list(BROWSER_ARGUMENTS))
        page = browser.new_page(viewport={"width": 1360, "height": 850}, locale="nl-NL")
        opened(page, address)
        page.locator("#question").fill(QUESTION)
        page.locator("#question").press("Enter")
        expect(page.locator(".card").first).to_be_visible()
        _document(page)
        _memo(page)
        browser.close()


if __name__ == "__main__":
    main()
