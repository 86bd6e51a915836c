"""The page started as a person starts it, and asked through its API."""

import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from gradio_client import Client

from index.types import Parsed


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@pytest.fixture(scope="module")
def url(environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a page in a process of its own."""
    port = _free_port()
    address = f"http://127.0.0.1:{port}/"
    log = tmp_path_factory.mktemp("ui") / "log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "ui", "--port", str(port)], env=environment, stdout=output, stderr=output
        )
    try:
        for _ in range(300):
            try:
                httpx.get(address, timeout=2)
                break
            except httpx.TransportError:
                assert process.poll() is None, log.read_text()
                time.sleep(0.2)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


@pytest.fixture(scope="module")
def client(url: str) -> Iterator[Client]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HF_HUB_OFFLINE", "1")
        found = Client(url, verbose=False)
    yield found
    found.close()


def test_the_api_gives_the_same_answer(client: Client, letter: Parsed) -> None:
    record = client.predict("Hoeveel fte werkt bij de TBKK's?", api_name="/ask")
    assert record["answered"]
    passage = record["hits"][0]["passage"]
    assert letter.document.text[passage["start"] : passage["end"]] == passage["text"]
    assert "186 fte" in passage["text"]


@pytest.mark.parametrize("question", ["", "<script>alert(1)</script>", "x" * 100_000, "'; DROP TABLE x; --"])
def test_hostile_questions_are_answered_plainly(client: Client, question: str) -> None:
    record = client.predict(question, api_name="/ask")
    assert record["answered"] is False


def test_the_page_asks_nothing_of_another_host(url: str) -> None:
    """No source, font or script from elsewhere, and a policy that would stop one."""
    response = httpx.get(url)
    assert response.status_code == 200
    policy = response.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "http" not in policy
    sources = re.findall(r"(?:src|href)=[\"'](https?:)?//", response.text)
    assert sources == []


def test_another_page_on_the_same_port_is_refused(url: str, environment: dict[str, str], tmp_path: Path) -> None:
    port = url.rstrip("/").rpartition(":")[2]
    done = subprocess.run(
        [sys.executable, "-m", "ui", "--port", port],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 2
    assert f"Port {port}" in done.stderr
    assert "Traceback" not in done.stderr
