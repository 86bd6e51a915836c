"""What holds of every page: it can be used without a mouse, on a telephone, in the dark, and by a screen reader."""

import pytest
from playwright.sync_api import Page, expect

from tests.ui.browser.conftest import settled, violations
from ui.frame import MENU
from ui.links import ROOTS

PATHS = [f"{root}{page.path}".removeprefix("/") for root in ROOTS.values() for page in MENU]
# What does not depend on the words is looked at once.
DUTCH = [path for path in PATHS if not path.startswith("en/")]
NARROW = {"viewport": {"width": 360, "height": 740}}


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("page", [{}, {"color_scheme": "dark"}], indirect=True, ids=["light", "dark"])
def test_axe_finds_nothing_serious(page: Page, url: str, path: str) -> None:
    page.goto(url + path)
    assert violations(settled(page)) == []


@pytest.mark.parametrize("path", DUTCH)
@pytest.mark.parametrize("page", [NARROW], indirect=True, ids=["360 px"])
def test_nothing_sticks_out_of_a_narrow_window(page: Page, url: str, path: str) -> None:
    page.goto(url + path)
    settled(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("path", PATHS)
def test_the_page_says_its_language_and_its_name(page: Page, url: str, path: str) -> None:
    page.goto(url + path)
    settled(page)
    language = "en" if path.startswith("en/") else "nl"
    expect(page.locator("html")).to_have_attribute("lang", language)
    assert page.locator("header.frame nav a[aria-current=page]").count() == 1


@pytest.mark.parametrize("path", DUTCH)
def test_every_button_and_field_is_reached_with_the_keyboard(page: Page, url: str, path: str) -> None:
    """Tab comes by everything that can be seen and used, and the focus can be seen on it."""
    page.goto(url + path)
    settled(page)
    wanted = page.evaluate(
        """() => [...document.querySelectorAll('button, a[href], textarea, input:not([type=file]), select, summary')]
            .filter(e => e.checkVisibility({visibilityProperty: true, opacityProperty: true}) && !e.disabled
                && e.tabIndex >= 0 && e.getClientRects().length)
            .map((e, i) => (e.dataset.tabbed = i, i)).length"""
    )
    reached, unseen = set(), []
    for _ in range(wanted + 10):
        page.keyboard.press("Tab")
        place, outline = page.evaluate(
            """() => { const e = document.activeElement, s = getComputedStyle(e);
                return [e.dataset.tabbed, s.outlineStyle !== 'none' || s.boxShadow !== 'none'
                    || s.borderColor !== 'rgba(0, 0, 0, 0)']; }"""
        )
        if place is not None:
            reached.add(place)
            if not outline:
                unseen.append(place)
    assert len(reached) == wanted
    assert unseen == []
