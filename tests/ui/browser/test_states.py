"""In every state of every page: nothing that axe-core finds serious, and nothing sticks out of its window."""

from typing import Literal

import pytest
from playwright.sync_api import Page

from tests.ui.browser.conftest import seen_in
from tests.ui.browser.states import WINDOWS, findings, walk

# Each language and a narrow and a wide window once; `python -m tests.ui.walk` looks at all of them together.
WALKS = {"360 px": ("", WINDOWS["360"]), "English": ("en/", WINDOWS["wide"] | {"locale": "en-GB"})}
SCHEMES: tuple[Literal["dark", "light"], ...] = ("dark", "light")


@pytest.mark.parametrize(("path", "page"), WALKS.values(), indirect=["page"], ids=list(WALKS))
def test_nothing_is_in_the_way_in_any_state(page: Page, url: str, path: str) -> None:
    found = {}
    for state in walk(page, f"{url}{path}"):
        for scheme in SCHEMES:
            seen_in(page, scheme)
            found[f"{state}, {scheme}"] = findings(page)
    assert {state: said for state, said in found.items() if said} == {}
    assert len(found) >= 40
