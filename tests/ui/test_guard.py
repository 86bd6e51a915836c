"""What gets through to the page, and what is refused before it."""

import asyncio
import base64
import errno
import socket
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Receive, Scope, Send

from tests.command_lines import fresh
from tests.ui.conftest import serving
from ui.desk.upload_folder import UploadFolder
from ui.server import guard
from ui.server.guard import HEADERS, Guard
from ui.server.password import Users, hashed
from ui.server.reach import Reach, in_address


async def _echo(scope: Scope, receive: Receive, send: Send) -> None:
    """Reads the whole body and answers with its length, of the kind and with the range that the request names."""
    length, more = 0, True
    while more:
        message = await receive()
        length, more = length + len(message.get("body", b"")), message.get("more_body", False)
    asked = dict(scope["headers"])
    headers = [(b"x-range", asked.get(b"range", b"")), (b"content-type", asked.get(b"kind", b""))]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": str(length).encode()})


def ask_guard(
    method: str = "GET",
    path: str = "/",
    users: Users | None = None,
    content: object = None,
    uploads: Path = Path("/nowhere"),
    application: ASGIApp = _echo,
    **headers: str | bytes,
) -> httpx.Response:
    """The answer of the guard before an application that only counts; header names with "_" for "-"."""

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(
            Guard(application, UploadFolder(uploads), users, ["/", "/en/"], ["", "controleer"]),
            raise_app_exceptions=False,
        )
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:7860") as client:
            given = {name.replace("_", "-"): value for name, value in headers.items()}
            request = client.build_request(method, path, headers=given, content=content)  # type: ignore[arg-type]
            return await client.send(request)

    # In a thread of its own, whatever loop this one has.
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, ask()).result()


@pytest.mark.parametrize(
    "path",
    (
        "/ /en/ /en /controleer /en/controleer/ /config /assets/index-1a.js /gradio_api/info "
        "/en/gradio_api/queue/data?session_hash=1 /gradio_api/call/ask/0f3e /mcp"
    ).split(),
)
def test_what_the_page_needs_gets_through(path: str) -> None:
    assert ask_guard(path=path).status_code == 200


@pytest.mark.parametrize(
    "path", ["/en/gradio_api/queue/join", "/gradio_api/call/ask", "/gradio_api/run/ask/", "/woordelijk/answer", "/mcp"]
)
def test_what_the_page_sends_gets_through_where_it_is_json(path: str) -> None:
    assert ask_guard("POST", path, content=b'{"data": []}', content_type="application/json").text == "12"
    assert ask_guard("POST", path, content=b'{"data": []}', content_type="text/plain").status_code == 415
    assert ask_guard("PUT", path, content=b'{"data": []}', content_type="application/json").status_code == 404


@pytest.mark.parametrize(
    "path",
    (
        "/docs /.env /login /monitoring /gradio_api/proxy=https://example.com "
        "/gradio_api/file=https://example.com/x /gradio_api/file=http:/example.com "
        "/gradio_api/file=%20http://example.com /gradio_api/file=file:///etc/passwd /gradio_api/vibe-edit/ "
        "/gradio_api/vibe-code /gradio_api/run-history/connect /gradio_api/process_recording "
        "/gradio_api/dev/reload /gradio_api/deep_link /gradio_api/component_server "
        "/gradio_api/stream/a/b/1/playlist.m3u8 /gradio_api/startup-events "
        "/gradio_api/file=/tmp/woordelijk/memo.docx /assets/../../../etc/passwd /assets/%2e%2e/x.js "
        "/gradio_api/file=..%2f..%2fetc%2fpasswd /svelte/..%2f..%2fetc%2fpasswd /file=/etc/passwd /file/etc/passwd "
        "/assets//etc/passwd /?deep_link=x /en/woordelijk/collection /en/en/ /fr/"
    ).split(),
)
def test_anything_else_is_not_there(path: str) -> None:
    response = ask_guard(path=path)
    assert response.status_code == 404
    assert response.json()["detail"]


def test_every_answer_has_the_headers() -> None:
    for response in (ask_guard(), ask_guard(path="/nothing"), ask_guard(origin="https://example.com")):
        for name, value in HEADERS.items():
            assert response.headers[name] == value
    assert "http" not in HEADERS["Content-Security-Policy"]


def test_answers_are_not_kept_by_a_browser_and_parts_of_the_program_are() -> None:
    for path in ("/woordelijk/collection", "/config", "/nothing"):
        assert ask_guard(path=path).headers["cache-control"] == "no-store"
    for kind in ("text/html; charset=utf-8", "text/css", "text/javascript"):
        assert "cache-control" not in ask_guard(path="/theme.css", kind=kind).headers


@pytest.mark.parametrize(
    ("asked", "passed_on"),
    [
        ("bytes=0-9", "bytes=0-9"),
        ("bytes=-5", "bytes=-5"),
        ("bytes=9999999999999999999-", ""),
        ("bytes=a-b", ""),
        ("bytes=²-", ""),
        ("bytes=5-1", ""),
        ("bytes=5-5", "bytes=5-5"),
        ("bytes=" + ",".join(["0-1"] * 1000), ""),
    ],
)
def test_a_part_of_a_file_is_given_where_one_plain_part_is_asked_for(asked: str, passed_on: str) -> None:
    assert ask_guard(path="/assets/a.js", range=asked.encode()).headers["x-range"] == passed_on


def test_what_follows_a_request_of_two_lengths_is_not_answered(url: str) -> None:
    """On a real connection, one answer and the end: it could be one that somebody else smuggled in (RFC 9112, 6.3)."""
    parts = urlsplit(url)
    lengths = b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n"
    host = f"Host: {parts.netloc}\r\n".encode()
    smuggled = b"GET /woordelijk/collection HTTP/1.1\r\n" + host + b"\r\n"
    start = b"POST /woordelijk/answer HTTP/1.1\r\nContent-Type: application/json\r\n" + host
    with socket.create_connection((parts.hostname, parts.port), timeout=10) as connection:
        connection.sendall(start + lengths + b"\r\n2\r\n{}\r\n0\r\n\r\n" + smuggled)
        said = b"".join(iter(lambda: connection.recv(65_536), b""))
    assert said.startswith(b"HTTP/1.1 400")
    assert said.count(b"HTTP/1.1") == 1
    assert b"connection: close" in said.lower()
    assert b"Content-Length and Transfer-Encoding" in said


@pytest.mark.parametrize("number", ["NaN", "-Infinity", "1e999"])
def test_a_number_that_is_none_is_refused(number: str) -> None:
    body = f'{{"start": {number}}}'.encode()
    refused = ask_guard("POST", "/woordelijk/judge", content=body, content_type="application/json")
    assert (refused.status_code, "number" in refused.json()["detail"]) == (400, True)


def test_a_refusal_is_in_the_language_of_who_asks() -> None:
    """A page for a person, JSON for the page's scripts and for programs."""
    wrong = Users({"anna": hashed("een lang wachtwoord")})
    page = ask_guard(users=wrong, accept="text/html", accept_language="nl")
    assert page.headers["content-type"].startswith("text/html")
    assert page.headers["www-authenticate"].startswith("Basic")
    assert '<html lang="nl">' in page.text
    assert "een naam en een wachtwoord" in page.text
    for path, asked, said in (
        ("/nothing", {"accept_language": "nl"}, "Op dit adres is niets."),
        ("/nothing", {}, "There is nothing at this address."),
        ("/en/nothing", {"accept_language": "nl"}, "There is nothing at this address."),
        ("/nothing", {"accept_language": "en", "cookie": "taal=nl"}, "Op dit adres is niets."),
    ):
        assert ask_guard(path=path, **asked).json()["detail"] == said


def test_what_the_disk_has_no_room_for_is_said_and_what_ended_in_a_stream_is_no_failure(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """As Starlette answers an error, and as Gradio does where it had begun to answer."""

    async def full(scope: Scope, receive: Receive, send: Send) -> None:
        async def fails(request: Request) -> Response:
            raise OSError(errno.ENOSPC, "No space left on device")

        await Starlette(routes=[Route("/", fails)])(scope, receive, send)

    async def gone(scope: Scope, receive: Receive, send: Send) -> None:
        async def events() -> AsyncIterator[str]:
            yield "event: error\n\n"
            raise HTTPException(404)

        async def streams(request: Request) -> Response:
            return StreamingResponse(events(), media_type="text/event-stream")

        await Starlette(routes=[Route("/", streams)])(scope, receive, send)

    refused = ask_guard(application=full)
    assert (refused.status_code, refused.json()["detail"][:17]) == (500, "The disk is full.")
    caplog.clear()
    assert ask_guard(application=gone).text == "event: error\n\n"
    assert caplog.records == []


def test_a_server_on_an_address_of_ipv6_answers_to_it() -> None:
    names = Reach("::1").hosts
    app = TrustedHostMiddleware(PlainTextResponse("here"), allowed_hosts=names)
    client = TestClient(app)
    for host in ("[::1]", "[::1]:7860", "127.0.0.1", "localhost:1"):
        assert client.get("/", headers={"host": host}).text == "here"
    assert client.get("/", headers={"host": "[::2]:7860"}).status_code == 400


def test_half_a_character_is_answered_as_one_that_cannot_be_read() -> None:
    halves = rb'{"question": "\ud800 \uD83D\uDE00 \\ud800"}'
    whole = '{"question": "\ufffd \U0001f600 \\\\ud800"}'.encode()
    assert ask_guard("POST", "/woordelijk/answer", content=halves, content_type="application/json").text == str(
        len(whole)
    )


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://example.com"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:1234"},
        {"sec_fetch_site": "cross-site", "sec_fetch_mode": "no-cors"},
    ],
)
def test_another_site_cannot_make_the_browser_ask(headers: dict[str, str]) -> None:
    assert ask_guard("POST", "/gradio_api/upload", **headers).status_code == 403


def test_the_page_itself_and_a_link_to_it_can() -> None:
    own = {"origin": "http://127.0.0.1:7860", "sec_fetch_site": "same-origin"}
    assert ask_guard("POST", "/gradio_api/run/ask", **own).status_code == 200
    assert ask_guard(sec_fetch_site="cross-site", sec_fetch_mode="navigate").status_code == 200


@pytest.mark.parametrize("declared", [True, False], ids=["declared", "in chunks"])
def test_too_large_a_request_is_refused(monkeypatch: pytest.MonkeyPatch, declared: bool) -> None:
    """Whether its length is said beforehand or not."""
    monkeypatch.setattr(guard, "LARGEST_REQUEST", 1000)
    monkeypatch.setattr(guard, "LARGEST_UPLOAD", 2000)

    def body(content: bytes) -> object:
        if declared:
            return content

        async def chunks() -> object:
            for start in range(0, len(content), 100):
                yield content[start : start + 100]

        return chunks()

    def json_of(size: int) -> tuple[bytes, str]:
        return b'"' + b"x" * (size - 2) + b'"', "application/json"

    def form_of(size: int) -> tuple[bytes, str]:
        start = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.md"\r\n\r\n'
        return start + b"y" * (size - len(start) - 9) + b"\r\n--x--\r\n", "multipart/form-data; boundary=x"

    for path, limit, made in (("/gradio_api/queue/join", 1000, json_of), ("/gradio_api/upload", 2000, form_of)):
        content, kind = made(limit)
        assert ask_guard("POST", path, content=body(content), content_type=kind).text == str(limit)
        content, kind = made(limit + 100)
        refused = ask_guard("POST", path, content=body(content), content_type=kind)
        assert refused.status_code == 413
        assert f"{limit:,} bytes" in refused.json()["detail"]


def _basic(user: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


def test_with_users_every_path_needs_a_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "_WRONG", 0.0)
    users = Users({"anna": hashed("een lang wachtwoord")})
    for path in ("/", "/mcp", "/gradio_api/upload", "/assets/index.js", "/nothing"):
        refused = ask_guard(path=path, users=users)
        assert refused.status_code == 401
        assert refused.headers["www-authenticate"].startswith("Basic")
    for wrong in (_basic("anna", "een ander wachtwoord"), _basic("bob", "een lang wachtwoord"), "Basic %", "Bearer x"):
        assert ask_guard(users=users, authorization=wrong).status_code == 401
    for _ in range(2):
        assert ask_guard(users=users, authorization=_basic("anna", "een lang wachtwoord")).status_code == 200


def test_a_server_of_this_machine_goes_by_no_other_name() -> None:
    assert Reach().hosts == ["127.0.0.1", "localhost"]
    assert "brieven.example" in Reach(names=("brieven.example",)).hosts
    assert "192.0.2.7" in Reach("192.0.2.7").hosts
    assert "::1" in Reach("::1").hosts
    assert (in_address("::1"), in_address("127.0.0.1")) == ("[::1]", "127.0.0.1")


@pytest.mark.parametrize("host", ["example.com", "127.0.0.1.example.com", "woordelijk.example:7860"])
def test_another_name_for_this_machine_is_refused(url: str, host: str) -> None:
    """Against DNS rebinding: a name of somebody else that leads here."""
    assert httpx.get(url, headers={"Host": host}).status_code == 400


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--host", "0.0.0.0"), "--password-file"),
        (("--host", "192.0.2.1", "--password-file", "nergens"), "nergens: cannot be read"),
        (("--no-password", "--password-file", "nergens"), "contradict"),
    ],
)
def test_others_are_not_let_in_by_accident(environment: dict[str, str], options: tuple[str, ...], says: str) -> None:
    done = fresh(environment, "-m", "ui", *options)
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_a_server_for_others_asks_for_the_password(environment: dict[str, str], tmp_path: Path) -> None:
    """The file is written by the command that the message names, and holds no password."""
    file = tmp_path / "users"
    made = fresh(environment, "-m", "ui", "password", str(file), stdin="anna\neen lang wachtwoord\n")
    assert str(file) in made.stdout
    assert "wachtwoord" not in file.read_text()
    assert file.stat().st_mode & 0o077 == 0
    log = tmp_path / "log"
    with serving(environment, log, "--host", "0.0.0.0", "--password-file", str(file), "--mcp") as address:
        for path in ("", "config", "gradio_api/info", "gradio_api/startup-events", "mcp"):
            assert httpx.get(address + path).status_code == 401
        assert httpx.get(address, auth=("anna", "een lang wachtwoord")).status_code == 200
        assert httpx.get(address, auth=("anna", "een lang wachtwoord!")).status_code == 401
    assert "127.0.0.1 gave a wrong name or password" in log.read_text()
