"""What holds of every page: it can be used without a mouse, on a telephone, in the dark, and by a screen reader."""

import pytest
from playwright.sync_api import Page, expect

from tests.ui.browser.conftest import faults, opened
from ui.links import ROOTS
from ui.pages.header import MENU

PATHS = [f"{root}{page.path}".removeprefix("/") for root in ROOTS.values() for page in MENU]


@pytest.mark.parametrize("path", PATHS)
def test_every_page_can_be_used_by_all(page: Page, url: str, path: str) -> None:
    opened(page, url + path)
    language = "en" if path.startswith("en/") else "nl"
    expect(page.locator("html")).to_have_attribute("lang", language)
    assert page.locator("header.frame nav a[aria-current=page]").count() == 1
    assert _not_reached(page) == []
    assert faults(page) == []


def _not_reached(page: Page) -> list[str]:
    """What can be seen and used and Tab does not come by, or where the focus cannot be seen."""
    wanted = page.evaluate(
        """() => [...document.querySelectorAll('button, a[href], textarea, input:not([type=file]), select, summary')]
            .filter(e => e.checkVisibility({visibilityProperty: true, opacityProperty: true}) && !e.disabled
                && e.tabIndex >= 0 && e.getClientRects().length)
            .map((e, i) => (e.dataset.tabbed = i, e.outerHTML.slice(0, 120)))"""
    )
    assert wanted
    page.evaluate(
        """() => { window.reached = new Set(); addEventListener('focusin', ({target}) => {
            const s = getComputedStyle(target);
            if (target.dataset.tabbed && (s.outlineStyle !== 'none' || s.boxShadow !== 'none'
                || s.borderColor !== 'rgba(0, 0, 0, 0)')) window.reached.add(+target.dataset.tabbed); }); }"""
    )
    for _ in range(len(wanted) + 10):
        page.keyboard.press("Tab")
    seen = page.evaluate("[...window.reached]")
    return [said for place, said in enumerate(wanted) if place not in seen]
