"""Programs that open connections and never finish a request take them from nobody else."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager

import pytest
import uvicorn
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from tests.ui.conftest import free_port
from ui.server.connection_limits import LimitedProtocol

Open = Callable[[bytes], Awaitable[tuple[asyncio.StreamReader, asyncio.StreamWriter]]]
GET = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
POST = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\n"


class Small(LimitedProtocol):
    most = 4
    header_seconds = 0.4
    body_seconds = 0.4
    idle_seconds = 1.5


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers with the length of the body, after a while where it is asked for."""
    body = await Request(scope, receive).body()
    await asyncio.sleep(0.8 if body == b"slow" else 0)
    await PlainTextResponse(str(len(body)))(scope, receive, send)


@asynccontextmanager
async def served():  # type: ignore[no-untyped-def]
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(echo, port=port, http=Small, log_level="error", lifespan="off"))
    serving = asyncio.create_task(server._serve())
    while not server.started:
        await asyncio.sleep(0.01)

    async def opened(sent: bytes) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writers.append(writer)
        writer.write(sent)
        await writer.drain()
        return reader, writer

    writers: list[asyncio.StreamWriter] = []
    try:
        yield opened
    finally:
        for writer in writers:
            writer.close()
        server.should_exit = True
        await serving


def tried(test: Callable[[Open], Awaitable[None]]) -> None:
    """Run a test with the server, in a thread of its own: the browser's tests have a loop in this one."""

    async def run() -> None:
        async with served() as opened:
            await test(opened)

    with ThreadPoolExecutor(1) as threads:
        threads.submit(asyncio.run, run()).result()


async def answer(reader: asyncio.StreamReader) -> bytes:
    """All that is sent, "" where the connection is cut."""
    try:
        return (await asyncio.wait_for(reader.read(200), 5)).partition(b"\r\n")[0]
    except ConnectionError:
        return b""


@pytest.mark.parametrize("half", [b"", b"GET / HT", GET[:-2], POST, POST + b"12", GET + b"GET /"])
def test_half_a_request_makes_room_for_a_whole_one(half: bytes) -> None:
    async def test(opened: Open) -> None:
        halves = [await opened(half) for _ in range(4)]
        await asyncio.sleep(0.05)
        for _ in range(3):
            reader, writer = await opened(GET)
            assert await answer(reader) == b"HTTP/1.1 200 OK"
            writer.close()
        assert await answer(halves[0][0]) == (b"HTTP/1.1 200 OK" if half.startswith(GET) else b"")

    tried(test)


def test_a_request_that_comes_in_drops_is_ended_and_one_that_is_answered_slowly_is_not() -> None:
    async def test(opened: Open) -> None:
        dripping, writer = await opened(b"GET / HTTP/1.1\r\n")
        slow, _ = await opened(POST + b"slow")
        for piece in range(5):
            await asyncio.sleep(0.15)
            writer.write(b"X-%d: 1\r\n" % piece)
        assert await answer(dripping) == b""
        assert await answer(slow) == b"HTTP/1.1 200 OK"

    tried(test)


def test_a_connection_is_kept_for_another_request_and_not_for_one_that_comes_in_drops() -> None:
    async def test(opened: Open) -> None:
        kept, writer = await opened(GET)
        assert await answer(kept) == b"HTTP/1.1 200 OK"
        await asyncio.sleep(0.8)
        writer.write(GET)
        assert await answer(kept) == b"HTTP/1.1 200 OK"
        writer.write(b"GET / HT")
        await asyncio.sleep(0.8)
        writer.write(b"TP/1.1\r\nHost: a\r\n\r\n")
        assert await answer(kept) == b""

    tried(test)


def test_where_all_are_being_answered_a_new_one_waits_elsewhere() -> None:
    async def test(opened: Open) -> None:
        slow = [await opened(POST + b"slow") for _ in range(4)]
        await asyncio.sleep(0.05)
        reader, _ = await opened(GET)
        assert await answer(reader) == b""
        assert [await answer(reader) for reader, _ in slow] == [b"HTTP/1.1 200 OK"] * 4

    tried(test)
