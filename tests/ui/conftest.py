"""The server started as a person starts it, in a process of its own."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from index.settings import Settings
from rag.answer.assistant import Assistant
from tests.ui.every_route import Endpoint, every_route
from tests.ui.two_letters import two_letters
from ui.desk.desk import Desk, Tools


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def serving(environment: dict[str, str], log: Path, *options: str) -> Iterator[str]:
    """The address of `python -m ui` with these options; what it writes goes to `log`."""
    port = free_port()
    address = f"http://127.0.0.1:{port}/"
    with log.open("w") as output:
        command = [sys.executable, "-m", "ui", "--port", str(port), *options]
        process = subprocess.Popen(command, env=environment, stdout=output, stderr=output)
    try:
        for _ in range(600):
            try:
                httpx.get(address, timeout=5)
                break
            except httpx.TransportError:
                assert process.poll() is None, log.read_text()
                time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=60)


def pressed(page: httpx.Client, button: str, data: list[Any], session: str) -> str:
    """What comes of pressing a button of the page that was opened as `session`, at last; or why it was not taken."""
    config = page.get("/config").json()
    named = {part["props"].get("elem_id"): part["id"] for part in config["components"]}
    (call,) = (call for call in config["dependencies"] if [named[button], "click"] in call["targets"])
    joined = page.post("/gradio_api/queue/join", json={"data": data, "fn_index": call["id"], "session_hash": session})
    if joined.status_code != 200:
        return f"{joined.status_code} {joined.text}"
    with page.stream("GET", "/gradio_api/queue/data", params={"session_hash": session}, timeout=600) as events:
        return next((line for line in events.iter_lines() if "process_completed" in line), "")


@contextmanager
def serving_library(environment: dict[str, str], settings: Settings) -> Iterator[str]:
    """The address of a server on this library."""
    places = {"WOORDELIJK_DOCUMENTS": str(settings.documents), "WOORDELIJK_INDEX": str(settings.index)}
    with serving({**environment, **places}, settings.beside / "log") as address:
        yield address


@pytest.fixture(scope="session")
def server_log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the server of `url` writes."""
    return tmp_path_factory.mktemp("ui") / "log"


@pytest.fixture(scope="session")
def url(environment: dict[str, str], server_log: Path) -> Iterator[str]:
    """The address of a server on the letter, with tools for other assistants."""
    with serving(environment, server_log, "--mcp") as address:
        yield address


@pytest.fixture(scope="session")
def tools(assistant: Assistant) -> Tools:
    """What a page has at hand, over the letter."""
    return Tools(assistant)


@pytest.fixture(scope="session")
def letters_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk over a draft and the letter that was sent."""
    made = Desk(two_letters(tmp_path_factory.mktemp("two")))
    yield made
    made.close()


@pytest.fixture(scope="session")
def endpoints(environment: dict[str, str]) -> tuple[Endpoint, ...]:
    """Every route of the application, asked of a fresh process once."""
    return every_route(environment)
