"""The filters beside a question: each in the panel, named by what the documents have, and a way out of them."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import SMALL_LETTER, library_of
from tests.ui.browser.conftest import opened
from tests.ui.browser.steps import ask
from tests.ui.conftest import serving_library


@pytest.fixture(scope="module")
def dated(environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server on two letters of other dates, one of them about sluices."""
    described = (
        '["bruggen.txt"]\ntitle = "Brief over bruggen"\ndate = 2021-03-04\nkind = "brief"\n'
        '["sluizen.txt"]\ntitle = "Besluit over sluizen"\ndate = 2023-05-06\nkind = "besluit"\n'
    )
    files = {"bruggen.txt": SMALL_LETTER, "sluizen.txt": SMALL_LETTER.replace("bruggen", "sluizen")}
    settings = library_of(tmp_path_factory.mktemp("dated"), {**files, "documents.toml": described})
    with serving_library(environment, settings) as address:
        yield address


def with_filters(page: Page, address: str) -> Page:
    opened(page, address).get_by_role("button", name="Filters", exact=True).click()
    return page


def test_a_document_is_found_by_its_name_and_date(page: Page, dated: str) -> None:
    """The field can be searched; what is chosen is kept to, and said above the answer."""
    with_filters(page, dated)
    names = page.locator("#filter-titles option").evaluate_all("options => options.map((one) => one.value)")
    assert names == ["Brief over bruggen (4 maart 2021)", "Besluit over sluizen (6 mei 2023)"]
    page.get_by_role("combobox", name="Document", exact=True).fill(names[1])
    ask(page, "Hoeveel sluizen zijn er?")
    expect(page.locator(".searched")).to_have_text(f"Gezocht binnen: {names[1]}")
    expect(page.locator(".card").first).to_be_visible()
    for source in page.locator(".card .source").all_text_contents():
        assert source == "Besluit over sluizen"


def test_words_of_a_title_do_for_a_document_and_the_way_out_is_one_click(page: Page, dated: str) -> None:
    with_filters(page, dated)
    page.get_by_role("combobox", name="Document", exact=True).fill("sluizen")
    ask(page, "Hoeveel bruggen zijn er?")
    expect(page.locator(".turn .searched").last).to_have_text("Gezocht binnen: sluizen")
    page.get_by_role("combobox", name="Document", exact=True).fill("iets anders")
    ask(page, "Hoeveel bruggen zijn er?")
    way = page.locator(".turn").last.locator(".elsewhere")
    expect(way).to_contain_text("In een ander document gevonden: zoek overal")
    way.get_by_role("link").click()
    expect(page.locator(".card .source").filter(has_text="Brief over bruggen").first).to_be_visible()
    expect(page.get_by_role("button", name="Filters", exact=True)).to_be_visible()


def test_dates_kinds_and_footnotes_are_filters(page: Page, dated: str) -> None:
    with_filters(page, dated)
    page.get_by_label("Datum vanaf").fill("2022-01-01")
    page.get_by_label("Soort").select_option("besluit")
    ask(page, "Hoeveel sluizen zijn er?")
    expect(page.locator(".searched").last).to_have_text("Gezocht binnen: besluit · vanaf 1 januari 2022")
    expect(page.locator(".card .source").first).to_have_text("Besluit over sluizen")
    expect(page.get_by_role("button", name="Filters (2)")).to_be_visible()
    page.get_by_role("button", name="Wis filters").click()
    page.get_by_label("Voetnoot", exact=True).fill("1")
    ask(page, "Hoeveel sluizen zijn er?")
    expect(page.locator(".searched").last).to_have_text("Gezocht binnen: voetnoot 1")


def test_every_filter_is_in_the_help(page: Page, url: str) -> None:
    opened(page, url).get_by_text("Gericht zoeken").click()
    for sign in "document datum soort minister lid fractie voetnoot spreker vraag toezegging weigering".split():
        expect(page.locator(".help dt").filter(has_text=f"{sign}:").first).to_be_visible()
