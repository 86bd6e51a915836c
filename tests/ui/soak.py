"""Mixed use of one server by many people for a while, and whether it is then as it was.

People ask, follow up, open documents, cite, make memos, check memos over the
API, judge, and upload, remove and measure now and then, each with pauses.
Every minute the memory and the descriptors of the server and of the processes
that it started are noted. A request that fails is said, and so is one that is answered with an error of ours.

    python -m tests.ui.soak --minutes 30 --people 20
"""

import argparse
import hashlib
import os
import random
import secrets
import shutil
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import numpy as np
from gradio_client import Client

from index.settings import Settings
from tests.conftest import SMALL_LETTER
from tests.ui.conftest import pressed, serving

QUESTIONS = (
    "Hoeveel fte telt de formatie van het TBKK?", "Wat doet de minister tegen grooming?", "en in 2024?", "vraag 12",
    "vragen 1 t/m 9", "What is done for victims?", "boete hoster", "bijlage II", "wat kost een brug", "sexchatting",
)  # fmt: skip


class Server:
    """The server under use, which this process started, at `url`."""

    def __init__(self, url: str) -> None:
        self.url = url
        (watching,) = _children(os.getpid())
        (self._process,) = _children(watching)

    def measured(self) -> tuple[float, int, int]:
        """Resident megabytes of the server and of its processes, its descriptors, and how many processes it has."""
        others = _children(self._process)
        memory = sum(map(_resident, (self._process, *others)))
        return memory, len(os.listdir(f"/proc/{self._process}/fd")), len(others)  # noqa: PTH208


def _children(process: int) -> list[int]:
    return [int(pid) for pid in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def _resident(process: int) -> float:
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    except OSError:
        return 0.0


class Person(threading.Thread):
    """One who does one thing after another until the time is over."""

    def __init__(self, server: Server, number: int, until: float, took: dict[str, list[float]]) -> None:
        super().__init__(daemon=True)
        self._server = server
        self._random = random.Random(number)
        self._until = until
        self._took = took
        self.failed: Counter[str] = Counter()

    def run(self) -> None:
        """Ask most of all; upload, remove and measure seldom."""
        client = Client(self._server.url, verbose=False)
        page = httpx.Client(base_url=self._server.url, timeout=120)
        does: dict[str, tuple[float, Callable[[], Any]]] = {
            "ask": (
                12,
                lambda: self._posted(page, "answer", question=self._question(), previous=["Wat zegt vraag 12?"]),
            ),
            "ask by API": (3, lambda: client.predict(self._question(), 3, api_name="/ask")),
            "document": (3, lambda: page.get("/woordelijk/document/d26cef8dba425785").raise_for_status()),
            "cite": (4, lambda: self._posted(page, "cite", ranges=[_RANGE])),
            "memo": (2, lambda: self._posted(page, "memo", title="Memo", items=[_RANGE] * 6, format="docx")),
            "check a memo": (2, lambda: client.predict(f"De minister: “{_WORDS}”.\n\n" * 10, api_name="/verify")),
            "judge": (2, lambda: self._posted(page, "judge", question="Wat?", relevance=3, **_RANGE)),
            "page": (2, lambda: page.get("/").raise_for_status()),
            "documents": (1, lambda: client.predict(api_name="/documents")),
            "upload and remove": (1, lambda: self._uploaded(page)),
            "measure": (0.2, lambda: self._measured(page)),
        }
        names = list(does)
        weights = [weight for weight, _ in does.values()]
        while time.monotonic() < self._until:
            (name,) = self._random.choices(names, weights)
            start = time.monotonic()
            try:
                does[name][1]()
                self._took[name].append(time.monotonic() - start)
            except Exception as error:
                self.failed[f"{name}: {type(error).__name__} {error}"[:200]] += 1
            time.sleep(self._random.uniform(1, 8))

    def _question(self) -> str:
        return self._random.choice(QUESTIONS)

    def _posted(self, page: httpx.Client, path: str, **body: Any) -> None:
        page.post(f"/woordelijk/{path}", json=body).raise_for_status()

    def _uploaded(self, page: httpx.Client) -> None:
        """A letter of one's own is added as the page does it, found, and removed."""
        number = self._random.randrange(10**6)
        text = SMALL_LETTER.replace("15 bruggen", f"{number} bruggen")
        (path,) = page.post("/gradio_api/upload", files=[("files", (f"brief-{number}.txt", text.encode()))]).json()
        file = {"path": path, "orig_name": f"brief-{number}.txt", "meta": {"_type": "gradio.FileData"}}
        session = secrets.token_hex(8)
        _press(page, "add-documents", [[file]], session)
        listed = page.get("/woordelijk/collection").json()["documents"]
        mine = hashlib.sha256(text.encode()).hexdigest()[:16]
        if mine not in {document["id"] for document in listed}:
            raise AssertionError("what was added is not in the library")
        _press(page, "remove-yes", [mine], session)

    def _measured(self, page: httpx.Client) -> None:
        _press(page, "start-evaluation", ["shipped", None, ["words"], "test"], secrets.token_hex(8))


def _press(page: httpx.Client, button: str, data: list[Any], session: str) -> None:
    if '"success":true' not in (said := pressed(page, button, data, session)):
        raise AssertionError(said[:200])


_RANGE = {"document": "d26cef8dba425785", "start": 4385, "end": 4489}
_WORDS = "totale formatie van 186 fte medio 2026"


def main() -> None:
    """Print what was done, how long it took, what failed, and the server's memory and descriptors by the minute."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--minutes", type=float, default=30)
    options.add_argument("--people", type=int, default=20)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        index, log = Path(name) / "library" / "index", Path(name) / "log"
        shutil.copytree(Settings().index, index)
        with serving({**os.environ, "WOORDELIJK_INDEX": str(index)}, log) as url:
            _soak(Server(url), chosen.minutes, chosen.people)
        said = log.read_text().splitlines()[1:]
        sys.stdout.write(f"{len(said)} lines in the log\n" + "".join(f"    {line}\n" for line in said[:20]))


def _soak(server: Server, minutes: float, count: int) -> None:
    took: dict[str, list[float]] = defaultdict(list)
    people = [Person(server, number, time.monotonic() + 60 * minutes, took) for number in range(count)]
    for person in people:
        person.start()
    sys.stdout.write("| minute | MB | descriptors | processes |\n| --- | --- | --- | --- |\n")
    minute = 0
    while any(person.is_alive() for person in people):
        memory, descriptors, processes = server.measured()
        sys.stdout.write(f"| {minute} | {memory:.0f} | {descriptors} | {processes} |\n")
        sys.stdout.flush()
        people[0].join(60)
        for person in people[1:] if not people[0].is_alive() else ():
            person.join()
        minute += 1
    time.sleep(10)
    memory, descriptors, processes = server.measured()
    sys.stdout.write(f"| after | {memory:.0f} | {descriptors} | {processes} |\n\n")
    sys.stdout.write("| what | times | p50, s | p95, s |\n| --- | --- | --- | --- |\n")
    for what, seconds in sorted(took.items()):
        sys.stdout.write(
            f"| {what} | {len(seconds)} | {np.percentile(seconds, 50):.2f} | {np.percentile(seconds, 95):.2f} |\n"
        )
    failed = sum((person.failed for person in people), Counter[str]())
    sys.stdout.write(
        f"\n{sum(failed.values())} failed\n" + "".join(f"    {n} x {what}\n" for what, n in failed.items())
    )


if __name__ == "__main__":
    main()
