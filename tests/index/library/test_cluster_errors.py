"""Whatever is wrong with a cluster, a person reads one sentence, in Dutch and in English."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from index.errors import ClusterError
from index.library.cluster import connection
from index.library.cluster.texts import CLUSTER_TEXTS, KEY
from index.library.open import open_index
from index.settings import Address, Settings
from ui.texts.failures import sentence

# What a server answers to a path: the status, and what is JSON where it is no text.
Answers = Callable[[str], tuple[int, Any]]
_INFO = {"title": "qdrant - vector search engine", "version": "1.20.0", "commit": None}


@pytest.fixture(autouse=True)
def _once(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(connection, "PAUSES", (0.0, 0.0))
    monkeypatch.delenv(KEY, raising=False)
    connection.cluster_at.cache_clear()
    yield
    connection.cluster_at.cache_clear()


@contextmanager
def _server(answers: Answers) -> Iterator[Address]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, body = answers(self.path)
            content = (body if isinstance(body, str) else json.dumps(body)).encode()
            self.send_response(status)
            self.send_header("Content-Type", "text/html" if isinstance(body, str) else "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_POST = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    serving.start()
    try:
        yield Address("qdrant", "127.0.0.1", server.server_address[1], "kamer")
    finally:
        server.shutdown()
        server.server_close()
        serving.join()


def _refused(address: Address) -> ClusterError:
    with pytest.raises(ClusterError) as raised:
        open_index(Settings(index=address))
    assert str(raised.value).startswith(str(address))
    for language in ("nl", "en"):
        assert sentence(raised.value, language) == raised.value.texts[language].replace(str(address), address.name)
    return raised.value


def _says(key: str, error: ClusterError) -> None:
    """The error is the sentence of that key, in both languages."""
    for language, texts in CLUSTER_TEXTS.items():
        first, last = texts[key].split("{address}: ")[1].split("{")[0], texts[key].rsplit("}", 1)[1]
        assert first in error.texts[language]
        assert error.texts[language].endswith(last)


def _error(status: int, reason: str) -> tuple[int, Any]:
    return status, {"status": {"error": reason}, "time": 0.0}


@pytest.mark.parametrize(
    ("key", "answers"),
    [
        ("no key", lambda _: (401, "Must provide an API key")),
        ("failing", lambda path: (200, _INFO) if path == "/" else _error(503, "shard 2 is dead")),
        ("refused", lambda path: (200, _INFO) if path == "/" else _error(400, "wrong vector name")),
        ("too old", lambda _: (200, {**_INFO, "version": "1.9.4"})),
        ("no Qdrant", lambda _: (200, "<html>Welcome</html>")),
        ("no Qdrant", lambda _: (200, {"version": 3})),
        ("no Qdrant", lambda _: (404, "<html>Nothing here</html>")),
    ],
)
def test_what_a_server_says(key: str, answers: Answers) -> None:
    with _server(answers) as address:
        _says(key, _refused(address))


def test_a_wrong_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY, "wrong")
    with _server(lambda _: (403, "Invalid API key")) as address:
        error = _refused(address)
    _says("key", error)
    assert "wrong" not in str(error)


def test_nobody_is_there() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    _says("unreachable", _refused(Address("qdrant", "127.0.0.1", port, "kamer")))


def test_who_speaks_no_tls() -> None:
    with _server(lambda _: (200, _INFO)) as address:
        _says("unreachable", _refused(Address("qdrants", address.host, address.port, "kamer")))


def test_an_answer_that_does_not_come(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "PATIENCE", 1)
    ended = threading.Event()
    with _server(lambda path: (200, _INFO) if path == "/" else (ended.wait(5), (200, {}))[1]) as address:
        begun = time.monotonic()
        error = _refused(address)
        took = time.monotonic() - begun
        ended.set()
    _says("time-out", error)
    assert took < 3


def test_a_node_that_comes_back_is_asked_again() -> None:
    asked: list[str] = []

    def answers(path: str) -> tuple[int, Any]:
        asked.append(path)
        if path == "/":
            return 200, _INFO
        return (
            _error(503, "starting") if len(asked) < 4 else _error(404, "Not found: Collection `kamer` doesn't exist!")
        )

    with _server(answers) as address, pytest.raises(Exception, match="no index found there"):
        open_index(Settings(index=address))
    assert len(asked) == 4


def test_every_sentence_is_there_in_both_languages() -> None:
    assert list(CLUSTER_TEXTS["nl"]) == list(CLUSTER_TEXTS["en"])
