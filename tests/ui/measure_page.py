"""Measure the page as a person meets it: `python -m tests.ui.measure_page`.

A server of its own on the index of the settings, a browser that was never
used before. Prints a Markdown table: from opening the page to the first
answer, each question from Enter to the drawn answer, and ten browsers asking
at once.
"""

import asyncio
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from os import environ
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright

from tests.ui.browser.conftest import BROWSER_ARGUMENTS, BROWSER_NAMES
from tests.ui.conftest import serving

QUESTIONS = (
    "Hoeveel fte telt de formatie van het TBKK van de politie?",
    "Mag de politie meekijken in privéberichten?",
    "Welke boete krijgt een hoster die niet meewerkt?",
    "Wat doet het kabinet aan livestreaming van misbruik?",
    "vragen 11 t/m 14",
    "Hoe werkt Nederland samen met de Filipijnen?",
    "Wat kost het meldpunt?",
    "Waarom worden zo weinig daders gepakt?",
    "bijlage II",
    "How many police officers work on fighting child abuse images?",
)
ROUNDS = 5
PEOPLE = 10
# Enter is pressed in the page itself, so that only the page is timed and not the way to it.
_TIMED = """question => new Promise(done => {
  const before = document.querySelectorAll('.turn').length;
  const box = document.getElementById('question');
  const started = performance.now();
  const look = () => {
    const turns = document.querySelectorAll('.turn');
    const reply = turns.length > before && turns[turns.length - 1].querySelector('.reply');
    if (reply && !reply.hasAttribute('aria-busy') && reply.querySelector('.answer'))
      requestAnimationFrame(() => setTimeout(() => done(performance.now() - started)));
    else requestAnimationFrame(look);
  };
  box.value = question;
  box.form.requestSubmit();
  look();
})"""


async def _open(browser: Browser, address: str) -> Page:
    page = await (await browser.new_context(locale="nl-NL")).new_page()
    await page.goto(address)
    await page.wait_for_selector("#welcome li button")
    return page


async def _first_answer(browser: Browser, address: str) -> float:
    """Seconds from an empty browser that opens a shared question to its answer."""
    started = time.perf_counter()
    page = await (await browser.new_context(locale="nl-NL")).new_page()
    await page.goto(f"{address}?vraag=Hoeveel+fte+werkt+er+bij+de+TBKK")
    await page.wait_for_selector(".answer .card")
    seconds = time.perf_counter() - started
    await page.context.close()
    return seconds


async def _asked(page: Page, questions: Sequence[str]) -> list[float]:
    return [await page.evaluate(_TIMED, question) for question in questions]


async def _measure(address: str) -> dict[str, list[float]]:
    found = next(path for name in BROWSER_NAMES if (path := shutil.which(name)))
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=found, args=list(BROWSER_ARGUMENTS))
        opened = [1_000 * await _first_answer(browser, address) for _ in range(ROUNDS)]
        page = await _open(browser, address)
        await _asked(page, QUESTIONS[:1])
        alone = await _asked(page, QUESTIONS * 10)
        pages = [await _open(browser, address) for _ in range(PEOPLE)]
        together = await asyncio.gather(*(_asked(one, [QUESTIONS[n]]) for n, one in enumerate(pages)))
        await browser.close()
    return {
        "opening the page with a question in its address, to the first answer": opened,
        "a question, from Enter to the drawn answer": alone,
        f"the same, {PEOPLE} browsers at once": [milliseconds for one in together for milliseconds in one],
    }


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder, serving(dict(environ), Path(folder) / "log") as address:
        measured = asyncio.run(_measure(address))
    sys.stdout.write("| milliseconds | n | median | 95th percentile | most |\n| --- | --- | --- | --- | --- |\n")
    for name, values in measured.items():
        p95 = statistics.quantiles(values, n=20, method="inclusive")[-1]
        sys.stdout.write(
            f"| {name} | {len(values)} | {statistics.median(values):.0f} | {p95:.0f} | {max(values):.0f} |\n"
        )


if __name__ == "__main__":
    main()
