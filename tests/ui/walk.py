"""Look at every state of every page in both languages, light and dark, wide, at 360 px, 200 % and 400 %.

`python -m tests.ui.walk FOLDER` keeps a picture of each in the folder and prints what axe-core finds and what sticks
out; exit code 1 where there is anything. A server of its own on the index of the settings.
"""

import sys
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser

from tests.ui.browser.conftest import own_browser
from tests.ui.browser.states import WINDOWS, findings, walk


def _walked(browser: Browser, root: str, folder: Path, window: str, scheme: str) -> list[str]:
    """What was found on one way through; a picture of each state lies in `folder`."""
    context = browser.new_context(**WINDOWS[window], color_scheme=scheme, locale="en-GB" if "/en/" in root else "nl-NL")
    page = context.new_page()
    found = []
    for number, state in enumerate(walk(page, root), start=1):
        page.screenshot(path=folder / f"{number:02} {state}.png")
        found += [f"{state}: {said}" for said in findings(page)]
    context.close()
    return found


def main() -> int:
    """Walk all ways."""
    pictures = Path(sys.argv[1])
    count = 0
    with own_browser() as (browser, address):
        for language, scheme, window in product(("", "en/"), ("light", "dark"), WINDOWS):
            folder = pictures / f"{language.strip('/') or 'nl'} {scheme} {window}"
            folder.mkdir(parents=True, exist_ok=True)
            found = _walked(browser, f"{address}{language}", folder, window, scheme)
            count += len(found)
            sys.stdout.write("\n".join([f"{folder.name}: {len(found)}", *(f"  {one}" for one in found), ""]))
            sys.stdout.flush()
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())
