"""Every state that the pages come in, brought about by ids, so that it is the same in both languages.

`tests/ui/browser/test_states.py` walks some windows; `python -m tests.ui.walk` all of them, and keeps the pictures.
"""

from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Page, expect

from tests.ui.browser.conftest import opened, violations
from tests.ui.browser.steps import ask

# A name, the window, and what the browser says of itself: 640 px is half of a computer's 1,280, 320 a quarter.
WINDOWS: dict[str, dict[str, Any]] = {
    "wide": {"viewport": {"width": 1280, "height": 900}},
    "360": {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True},
    "200": {"viewport": {"width": 640, "height": 450}, "device_scale_factor": 2},
    "400": {"viewport": {"width": 320, "height": 225}, "device_scale_factor": 4},
}
# What may be wider than the window, in a box of its own that scrolls (WCAG 1.4.10).
_STICKS_OUT = """() => {
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  const right = document.documentElement.clientWidth + 1;
  const cut = [...document.querySelectorAll('button, input, select, textarea, summary')].filter(e => e.checkVisibility()
    && !e.closest('.table, .visually-hidden, .by-script') && e.getBoundingClientRect().left < right - 1
    && e.getBoundingClientRect().right > right).slice(0, 3).map(e => `cut off: ${e.outerHTML.slice(0, 120)}`);
  if (wide <= 1) return cut;
  const boxed = e => { for (let b = e.parentElement; b; b = b.parentElement)
    if (['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(b).overflowX)) return true; return false; };
  return [...document.querySelectorAll('body *')].filter(e => e.checkVisibility() && !boxed(e)
    && e.getBoundingClientRect().right > right).slice(0, 3).map(e => `sticks out: ${e.outerHTML.slice(0, 120)}`);
}"""


def findings(page: Page) -> list[str]:
    """What axe-core finds serious in the page as it is now, and what sticks out of its window."""
    return [*violations(page), *page.evaluate(_STICKS_OUT)]


def walk(page: Page, root: str) -> Iterator[str]:
    """Go through every state of the application at `root`, and stop in each to be looked at."""
    for part in (_conversation, _beside, _check, _documents, _evaluation):
        yield from part(page, root)


def _conversation(page: Page, root: str) -> Iterator[str]:
    opened(page, root)
    yield "start"
    page.locator("#all-questions > summary").click()
    expect(page.locator("#all-questions li").first).to_be_attached()
    page.locator("details.help").last.locator("summary").click()
    yield "questions and help"
    page.locator("#filters-toggle").click()
    yield "filters"
    page.locator("#filters-toggle").click()
    ask(page, "Hoeveel mensen zijn veroordeeld in 2023?")
    page.locator(".card details.question > summary").first.click()
    yield "answer with a table"
    ask(page, "tabel 7")
    yield "nothing matches"
    ask(page, "Hoe bak ik een appeltaart?")
    yield "nothing found"
    ask(page, "Wat is de boete voor een hoster? En hoeveel fte heeft het TBKK?")
    yield "several questions"
    ask(page, "vragen 1 t/m 30")
    yield "a list"
    page.locator(".turn").last.locator("[data-action=edit]").click()
    yield "edit a question"
    page.keyboard.press("Escape")
    page.locator("#new-conversation").click()
    ask(page, "vraag 12")


def _beside(page: Page, root: str) -> Iterator[str]:
    """What lies beside the conversation, or over it on a narrow screen."""
    card = page.locator(".turn").last.locator(".card").first
    card.locator("[data-action=to-memo]").first.click()
    expect(page.locator("#memo-open")).to_contain_text("1")
    card.locator("[data-action=open]").last.click()
    expect(page.locator("#letter .unit").first).to_be_attached()
    yield "document"
    page.locator(".reader-more > summary").click()
    yield "citing"
    page.locator("#beside-toggle").click()
    expect(page.locator("#beside-letter .letter")).to_be_attached()
    yield "two documents"
    page.locator("#side-close").click()
    page.locator("#memo-open").click()
    page.locator("#memo [data-do=heading]").click()
    page.locator("#memo [data-do=note]").click()
    yield "memo"
    page.locator("#side-close").click()
    page.locator("#history-open").click()
    expect(page.locator("#history-items li").first).to_be_visible()
    yield "history"
    page.locator("#side-close").click()
    page.locator("#side").wait_for(state="hidden")
    page.locator("h2").last.evaluate("() => document.activeElement.blur()")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    yield "keys"
    page.keyboard.press("Escape")
    # What lay on top has left the history.
    page.wait_for_function("!history.state?.layer")


def _check(page: Page, root: str) -> Iterator[str]:
    opened(page, f"{root}controleer")
    yield "check"
    memo = "De minister: “186 fte bij het TBKK van de politie”.\n\nEn: “Dit staat werkelijk nergens geschreven”."
    page.locator("textarea:visible").first.fill(memo)
    page.locator("button.primary:visible").first.click()
    expect(page.locator(".quotation").first).to_be_visible()
    # Gradio shows an answer faded until it knows that no more comes.
    expect(page.locator(".html-container.pending")).to_have_count(0)
    yield "a checked memo"


def _documents(page: Page, root: str) -> Iterator[str]:
    opened(page, f"{root}documenten")
    expect(page.locator(".document").first).to_be_visible()
    for summary in page.locator(".doubts > summary").all():
        summary.click()
    yield "documents"
    page.locator("[data-remove]").first.click()
    expect(page.locator("#remove-no")).to_be_focused()
    yield "sure"
    page.locator("#remove-no").click()


def _evaluation(page: Page, root: str) -> Iterator[str]:
    opened(page, f"{root}evaluatie")
    page.locator("#evaluation-settings button").first.click()
    yield "evaluation"
