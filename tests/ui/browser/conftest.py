"""A real browser on a real server: each test has a profile of its own, and nothing may ask another host.

Where `WOORDELIJK_BROWSER_TESTS=required` a missing browser is a failure; on a
person's machine without one these tests are skipped and say so. A test that
fails leaves a picture of the page and what the browser said in `build/`.
"""

import os
import re
import shutil
import tempfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright, Request, Response, expect, sync_playwright
from playwright.sync_api import TimeoutError as LateError

from index.settings import ROOT
from tests.conftest import SMALL_LETTER, library_of
from tests.ui.conftest import serving, serving_library
from tests.ui.two_letters import two_letters

AXE = Path(__file__).with_name("vendor") / "axe.min.js"
BUILD = ROOT / "build" / "browser"
BROWSER_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
BROWSER_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# A shared machine may be slow; what never comes fails all the same.
expect.set_options(timeout=30_000)
_FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember for the fixtures whether their test failed."""
    report = yield
    if report.when == "call":
        item.stash[_FAILED] = report.failed
    return report


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    if (started := launched(playwright)) is None:
        reason = f"no browser found; expected one of {', '.join(BROWSER_NAMES)} on the PATH"
        if os.environ.get("WOORDELIJK_BROWSER_TESTS") == "required":
            pytest.fail(reason)
        pytest.skip(reason)
    yield started
    started.close()


def launched(playwright: Playwright) -> Browser | None:
    """The browser of this machine; None where it has none."""
    found = next((path for name in BROWSER_NAMES if (path := shutil.which(name))), None)
    return playwright.chromium.launch(executable_path=found, args=list(BROWSER_ARGUMENTS)) if found else None


@contextmanager
def own_browser() -> Iterator[tuple[Browser, str]]:
    """For a program: a browser, and the address of a server of its own on the index of the settings."""
    with (
        tempfile.TemporaryDirectory() as place,
        serving(dict(os.environ), Path(place) / "log") as address,
        sync_playwright() as playwright,
    ):
        started = launched(playwright)
        assert started, f"expected one of {', '.join(BROWSER_NAMES)} on the PATH"
        yield started, address
        started.close()


@dataclass
class Seen:
    """What a browser said and asked during one test."""

    lines: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        """Listen to a tab, and to those that it opens."""
        page.on("console", self._console)
        page.on("pageerror", lambda error: self._error(f"script: {error}"))
        page.on("request", self._request)
        page.on("response", self._response)
        page.on("dialog", self._dialog)

    def _dialog(self, dialog: object) -> None:
        self._error(f"dialog: {dialog}")
        dialog.dismiss()  # type: ignore[attr-defined]

    def _error(self, line: str) -> None:
        self.lines.append(line)
        self.errors.append(line)

    def _console(self, message: ConsoleMessage) -> None:
        self.lines.append(f"{message.type}: {message.text}")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob", "about") and parts.hostname != "127.0.0.1":
            self.elsewhere.append(request.url)

    def _response(self, response: Response) -> None:
        if response.status >= 400:
            self.lines.append(f"{response.status}: {response.url}")


@pytest.fixture
def seen() -> Seen:
    return Seen()


@pytest.fixture
def page(browser: Browser, seen: Seen, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A tab of a browser that was never used before; `indirect` parameters are options of its context."""
    options = {"viewport": {"width": 1280, "height": 900}, "locale": "nl-NL", **getattr(request, "param", {})}
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"], **options)
    context.set_default_timeout(30_000)
    context.on("page", seen.watch)
    tab = context.new_page()
    yield tab
    if request.node.stash.get(_FAILED, False):
        _keep(tab, seen, request.node.name)
    context.close()
    assert seen.elsewhere == []
    assert seen.errors == []


def _keep(tab: Page, seen: Seen, name: str) -> None:
    BUILD.mkdir(parents=True, exist_ok=True)
    place = BUILD / re.sub(r"[^\w.-]+", "_", name)
    place.with_suffix(".log").write_text("\n".join([tab.url, *seen.lines]) + "\n", encoding="utf-8")
    tab.screenshot(path=place.with_suffix(".png"), full_page=True)


@pytest.fixture(scope="session")
def small(environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server on a small letter of its own, whose documents tests may add to."""
    settings = library_of(tmp_path_factory.mktemp("small"), {"brief.txt": SMALL_LETTER})
    with serving_library(environment, settings) as address:
        yield address


@pytest.fixture(scope="session")
def letters(environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server on a draft and the letter that was sent."""
    with serving_library(environment, two_letters(tmp_path_factory.mktemp("letters"))) as address:
        yield address


def opened(page: Page, address: str) -> Page:
    """The page at that address, drawn."""
    page.goto(address)
    return settled(page)


def settled(page: Page) -> Page:
    """The page once it is drawn and listens."""
    # Gradio's page is some hundred files: on a busy machine they take more than half a minute.
    expect(page.locator("header.frame")).to_be_visible(timeout=120_000)
    expect(page.locator("#woordelijk:not([data-ready])")).to_have_count(0)
    # What is fetched when a page is opened. A stream that Gradio leaves open is no reason to fail.
    with suppress(LateError):
        page.wait_for_load_state("networkidle", timeout=15_000)
    return page


def violations(page: Page) -> list[str]:
    """What axe-core finds serious or critical in the page as it is now, each with where it stands."""
    # What changes its colour by and by is as it stays.
    page.evaluate("document.getAnimations().filter(a => a instanceof CSSTransition).forEach(a => a.finish())")
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    # What passes need not be told, of which there are thousands.
    found = page.evaluate(
        "tags => axe.run({runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})"
        ".then(({violations}) => ({violations}))",
        tags,
    )
    return [
        f"{violation['impact']}: {violation['id']} ({violation['help']}): {node['html'][:200]}"
        for violation in found["violations"]
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    ]


def faults(page: Page) -> list[str]:
    """What is wrong with the page as it is now: by axe in the light and in the dark, at 360 px and at 200 %.

    At 200 % a window of 1280 pixels shows as much as one of 640.
    """
    found = []
    looks: tuple[tuple[Literal["light", "dark"], int], ...] = (("light", 1280), ("dark", 360), ("light", 640))
    for scheme, width in looks:
        page.emulate_media(color_scheme=scheme)
        is_dark = "dark => !!document.querySelector('html.dark, body.dark') === dark"
        page.wait_for_function(is_dark, arg=scheme == "dark")
        page.set_viewport_size({"width": width, "height": 740})
        found += [f"{scheme}, {width}: {said}" for said in violations(page)]
        if (wide := page.evaluate("document.documentElement.scrollWidth")) > width:
            found.append(f"{width}: {wide} wide")
    return found
