"""In every state of every page: nothing that axe-core finds serious, and nothing sticks out of its window."""

import pytest
from playwright.sync_api import Page

from tests.ui.browser.states import WINDOWS, findings, walk

# Each language, scheme and narrow window once; `python -m tests.ui.walk` looks at all of them together.
WALKS = {
    "dark, 360 px": ("", WINDOWS["360"] | {"color_scheme": "dark"}),
    "English, 200 %": ("en/", WINDOWS["200"] | {"locale": "en-GB"}),
}


@pytest.mark.parametrize(("path", "page"), WALKS.values(), indirect=["page"], ids=list(WALKS))
def test_nothing_is_in_the_way_in_any_state(page: Page, url: str, path: str) -> None:
    found = {state: findings(page) for state in walk(page, f"{url}{path}")}
    assert {state: said for state, said in found.items() if said} == {}
    assert len(found) >= 20
