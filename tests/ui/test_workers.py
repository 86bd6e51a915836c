"""Several processes of the page serve one library: everybody sees what changes, and one that is killed is replaced."""

import hashlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import httpx
import pytest
from gradio_client import Client

from index.settings import ROOT, Settings
from tests.command_lines import fresh
from tests.conftest import SMALL_LETTER, write_letter
from tests.ui.conftest import pressed, serving
from ui.server.workers import COOKIE

# Seconds in which everybody sees a change (a few), on a machine that does much else.
_SEEN = 60.0
# Seconds in which both processes serve, the second some time after the first.
_STARTED = 60.0
QUESTION = {"question": "Hoeveel fte telt de formatie van het TBKK?"}


@pytest.fixture(scope="module")
def index(letter_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of the letter that may be changed."""
    index = tmp_path_factory.mktemp("library") / "index"
    shutil.copytree(str(letter_settings.index), index)
    return index


@pytest.fixture(scope="module")
def address(index: Path, environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server of two processes."""
    log = tmp_path_factory.mktemp("workers") / "log"
    with serving({**environment, "WOORDELIJK_INDEX": str(index)}, log, "--workers", "2") as address:
        seen: set[str] = set()
        until = time.monotonic() + _STARTED
        while seen != {"0", "1"}:
            seen.add(_worker(httpx.get(address)))
            assert time.monotonic() < until, log.read_text()
        yield address


def _worker(answer: httpx.Response) -> str:
    return answer.cookies[COOKIE]


class Asking(threading.Thread):
    """Asks and lists again and again, as a browser of one process, until it is told to stop."""

    def __init__(self, address: str, worker: str) -> None:
        super().__init__(daemon=True)
        self._page = httpx.Client(base_url=address, timeout=120, cookies={COOKIE: worker})
        self._told = threading.Event()
        self.failed: list[str] = []
        self.asked = 0
        self.listed: set[str] = set()

    def run(self) -> None:
        while not self._told.is_set():
            try:
                answer = self._page.post("/woordelijk/answer", json=QUESTION).raise_for_status()
                assert "186 fte" in answer.text
                documents = self._page.get("/woordelijk/collection").raise_for_status().json()["documents"]
                self.listed = {document["id"] for document in documents}
                self.asked += 1
            except Exception as error:
                self.failed.append(repr(error))

    def stop(self) -> None:
        self._told.set()
        self.join()
        self._page.close()


def _until(what: Callable[[], bool]) -> bool:
    end = time.monotonic() + _SEEN
    while time.monotonic() < end:
        if what():
            return True
        time.sleep(0.05)
    return False


def _command(environment: dict[str, str], index: Path, *arguments: str) -> None:
    environment = {**environment, "WOORDELIJK_INDEX": str(index)}
    subprocess.run([sys.executable, "-m", "index", *arguments], cwd=ROOT, env=environment, check=True)


def _all_have(asking: list[Asking], document: str) -> bool:
    return all(document in one.listed for one in asking)


def _none_has(asking: list[Asking], document: str) -> bool:
    return all(one.listed and document not in one.listed for one in asking)


def _id(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def test_everybody_sees_a_change_within_seconds_and_no_question_fails(
    address: str, index: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    """Added and removed by the command, and by a browser of either process."""
    asking = [Asking(address, worker) for worker in "0101"]
    for one in asking:
        one.start()
    letter = write_letter(tmp_path, SMALL_LETTER)
    _command(environment, index, "add", str(letter))
    assert _until(partial(_all_have, asking, _id(SMALL_LETTER)))
    _command(environment, index, "remove", letter.name)
    assert _until(partial(_none_has, asking, _id(SMALL_LETTER)))
    for worker in "01":
        text = SMALL_LETTER + f"\nVan {worker}.\n"
        page = httpx.Client(base_url=address, timeout=120, cookies={COOKIE: worker})
        (path,) = page.post("/gradio_api/upload", files=[("files", (f"{worker}.txt", text.encode()))]).json()
        file = {"path": path, "orig_name": f"{worker}.txt", "meta": {"_type": "gradio.FileData"}}
        session = secrets.token_hex(8)
        assert '"success":true' in pressed(page, "add-documents", [[file]], session)
        assert _until(partial(_all_have, asking, _id(text)))
        assert '"success":true' in pressed(page, "remove-yes", [_id(text)], session)
        assert _until(partial(_none_has, asking, _id(text)))
        page.close()
    for one in asking:
        one.stop()
    assert [one.failed for one in asking] == [[]] * 4
    assert all(one.asked > 3 for one in asking)


def test_a_program_without_cookies_stays_with_one_process(address: str) -> None:
    client = Client(address, verbose=False)
    for _ in range(4):
        assert client.predict(QUESTION["question"], 1, api_name="/ask")["hits"]


def test_a_connection_is_kept_only_with_the_process_that_its_cookie_names(address: str) -> None:
    with httpx.Client(base_url=address) as page:
        first = page.get("/")
        assert first.headers["connection"] == "close"
        assert "HttpOnly" in first.headers["set-cookie"]
        second = page.get("/")
        assert "connection" not in second.headers
        assert "set-cookie" not in second.headers


def test_a_connection_that_says_nothing_and_one_that_stops_hold_nobody_up(address: str) -> None:
    host, port = address.removeprefix("http://").rstrip("/").split(":")
    silent = [socket.create_connection((host, int(port))) for _ in range(700)]
    for connection in silent[::2]:
        connection.sendall(b"GET / HT")
    assert httpx.post(f"{address}woordelijk/answer", json=QUESTION, timeout=60).status_code == 200
    for connection in silent:
        connection.close()


def _serving(environment: dict[str, str]) -> list[int]:
    """The processes that serve, of the server whose library this is."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            there = (process / "environ").read_bytes()
            command = (process / "cmdline").read_bytes()
        except OSError:
            continue
        ours = environment["WOORDELIJK_INDEX"].encode() in there
        if ours and b"WOORDELIJK_WORKER=" in there and b"--workers" in command:
            found.append(int(process.name))
    return found


def test_a_process_that_is_killed_is_replaced_and_nobody_else_notices(address: str, index: Path) -> None:
    """Whoever is answered by the other sees nothing of it; after seconds there are two again."""
    settings = {"WOORDELIJK_INDEX": str(index)}
    before = _serving(settings)
    assert len(before) == 2
    by_number = {_number(process): process for process in before}
    asking = Asking(address, "1")
    asking.start()
    os.kill(by_number["0"], signal.SIGKILL)
    # Any other question is answered meanwhile: by the process that is there.
    assert httpx.post(f"{address}woordelijk/answer", json=QUESTION, timeout=60).status_code == 200
    end = time.monotonic() + 60
    while len(_serving(settings)) != 2 and time.monotonic() < end:
        time.sleep(0.1)
    with httpx.Client(base_url=address, timeout=120, cookies={COOKIE: "0"}) as page:
        assert page.post("/gradio_api/upload", files=[("files", ("a.txt", b"a"))]).status_code == 200
    assert by_number["0"] not in _serving(settings)
    asking.stop()
    assert not asking.failed
    assert asking.asked


def _number(process: int) -> str:
    there = Path(f"/proc/{process}/environ").read_bytes().split(b"\0")
    return next(one.split(b"=")[1].decode() for one in there if one.startswith(b"WOORDELIJK_WORKER="))


def test_what_cannot_start_ends_with_its_sentence(environment: dict[str, str], tmp_path: Path) -> None:
    """Nothing is started again and again where there is no library."""
    done = fresh(environment, "-m", "ui", "--workers", "2", "--port", "47391", "--index", str(tmp_path / "none"))
    assert done.returncode == 2
    assert "no index found" in done.stderr
