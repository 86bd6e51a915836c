"""What a person does in a browser, step by step."""

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

QUESTION = "Hoeveel fte telt de formatie van het TBKK van de politie?"
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}


def ask(page: Page, question: str) -> Locator:
    """Ask as most people do, by typing and pressing Enter, and give the answered turn."""
    page.locator("#question").fill(question)
    page.locator("#question").press("Enter")
    turn = page.locator(".turn").last
    expect(turn.locator("h2")).to_have_text(question)
    answered(page)
    return turn


def answered(page: Page) -> None:
    expect(page.locator(".reply")).not_to_have_count(0)
    expect(page.locator(".reply[aria-busy]")).to_have_count(0)


def clipboard(page: Page) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


def copied(page: Page, pattern: str) -> str:
    """What is copied, once it begins as the pattern says: wait_for_function takes a promise for a yes."""
    for _ in range(300):
        if re.match(pattern, text := clipboard(page), re.DOTALL):
            return text
        page.wait_for_timeout(100)
    raise AssertionError(f"copied is {text[:80]!r}")


def select_words(page: Page, container: str, start: int, end: int) -> Locator:
    """Select the code points [start, end) of a document's text, as dragging over them does; the tools for them."""
    page.evaluate(
        """([container, start, end]) => {
          const spans = [...document.querySelectorAll(`${container} [data-start]:not(article)`)];
          const at = (place) => spans.map(span => ({span, from: Number(span.dataset.start)}))
            .find(({span, from}) => from <= place && place < from + [...span.textContent].length);
          const [first, last] = [at(start), at(end - 1)];
          getSelection().setBaseAndExtent(
            first.span.firstChild, start - first.from, last.span.firstChild, end - last.from);
        }""",
        [container, start, end],
    )
    return selection_tools(page)


def selection_tools(page: Page) -> Locator:
    return page.get_by_role("toolbar", name="Geselecteerde woorden")


def check_file(page: Page, memo: Path) -> None:
    """Choose a memo on the page that checks one, and have it checked."""
    page.locator("#memo-file input[type=file]").set_input_files(memo)
    expect(page.locator("#memo-file")).to_contain_text(memo.stem)
    page.get_by_role("button", name="Controleer", exact=True).click()
