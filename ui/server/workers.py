"""Several processes serve one address: each connection is handed to one of them before any of it is read.

What a page does in several requests (an upload, a queue, the tools of another
assistant) is known to one process alone. So a browser stays with the process
that its cookie names, and a program with the one that its address falls to.
Whatever needs no more than its own request goes to each in turn. The library
is not shared by memory: each process looks whether another is published.

Who hands out looks at the first bytes and takes none; the process gets the
connection itself (SCM_RIGHTS), and all limits are its own.
"""

import asyncio
import os
import re
import signal
import socket
import subprocess
import zlib
from collections import deque
from collections.abc import Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.server.keep_running import MEMORY, WATCHED, Restarts

if TYPE_CHECKING:
    import uvicorn

# Which process this is, and the descriptor over which it gets connections; set for the processes that serve.
_NUMBER, _CHANNEL = "WOORDELIJK_WORKER", "WOORDELIJK_CONNECTIONS"
COOKIE = "woordelijk-worker"
_NAMED = re.compile(rb"\r\ncookie:[^\r\n]*?\b" + COOKIE.encode() + rb"=(\d{1,3})\b", re.IGNORECASE)
_FORWARDED = re.compile(rb"\r\nx-forwarded-for:[ \t]*([0-9a-f.:]{2,45})", re.IGNORECASE)
_LINE = re.compile(rb"[A-Z]+ (\S{1,2000})")
# What a process says.
_SERVES, _TAKEN = b"r", b"t"
# Part of the path of what one process alone knows.
_OF_ONE = ("/gradio_api/", "/mcp")
# Bytes and seconds in which the header of a first request is looked for, and seconds that a process has to start.
_HEADER, _PATIENCE, _STARTING = 65_536, 10.0, 60.0
# Seconds in which a header that has begun is waited for to see whose it is, and between two looks at it.
_BEGUN, _AGAIN = 1.0, 0.02
# Connections that have no process yet; where there are more, the one that waits longest makes room.
_WAITING = 500


@dataclass
class _Worker:
    number: int
    restarts: Restarts = field(default_factory=Restarts)
    process: "subprocess.Popen[bytes] | None" = None
    channel: socket.socket | None = None
    # Open as long as this process lives: when it ends, those that serve do.
    watching: int | None = None
    ready: asyncio.Event = field(default_factory=asyncio.Event)
    # Of each connection that it was given and has not said to have taken, whether it did; the first first.
    given: "deque[asyncio.Future[bool]]" = field(default_factory=deque)


class Workers:
    """Keeps `count` processes of `command` running and hands them the connections to `host` and `port`."""

    def __init__(self, command: Sequence[str], count: int, host: str, port: int) -> None:
        self._command = command
        self._place = host, port
        self._workers = [_Worker(number) for number in range(count)]
        self._next = 0
        self._told = False
        self._code = 0
        self._threads = ThreadPoolExecutor(count)

    async def run(self) -> int:
        """Serve until told to end, or until a process ends by itself or too often; the exit code."""
        family = socket.AF_INET6 if ":" in self._place[0] else socket.AF_INET
        with socket.create_server(self._place, family=family, backlog=2048) as listening:
            listening.setblocking(False)
            loop = asyncio.get_running_loop()
            watches = [asyncio.create_task(self._watched(worker)) for worker in self._workers]
            taking = asyncio.create_task(self._take(listening))
            for number in (signal.SIGTERM, signal.SIGINT):
                loop.add_signal_handler(number, self._end)
            await asyncio.wait(watches, return_when=asyncio.FIRST_COMPLETED)
            self._end()
            taking.cancel()
            await asyncio.wait(watches)
        return self._code

    def _end(self) -> None:
        self._told = True
        for worker in self._workers:
            if worker.process is not None and worker.process.poll() is None:
                worker.process.send_signal(signal.SIGTERM)

    async def _watched(self, worker: _Worker) -> None:
        """Start a process again as long as it is killed."""
        while not self._told:
            process = self._start(worker)
            code = await asyncio.get_running_loop().run_in_executor(self._threads, process.wait)
            worker.ready.clear()
            if self._told:
                return
            if code >= 0 or not worker.restarts.may_start_again(-code):
                self._code = max(code, 1) if code else 0
                return

    def _start(self, worker: _Worker) -> "subprocess.Popen[bytes]":
        if worker.channel is not None:
            asyncio.get_running_loop().remove_reader(worker.channel)
            worker.channel.close()
        while worker.given:
            if not (taken := worker.given.popleft()).done():
                taken.set_result(False)
        if worker.watching is not None:
            os.close(worker.watching)
        worker.channel, theirs = socket.socketpair()
        worker.channel.setblocking(False)
        watched, worker.watching = os.pipe()
        environment = {**MEMORY, **os.environ, WATCHED: str(watched), _NUMBER: str(worker.number)}
        environment[_CHANNEL] = str(theirs.fileno())
        worker.process = subprocess.Popen(self._command, env=environment, pass_fds=[watched, theirs.fileno()])
        os.close(watched)
        theirs.close()
        asyncio.get_running_loop().add_reader(worker.channel, self._heard, worker)
        return worker.process

    def _heard(self, worker: _Worker) -> None:
        """A process says that it serves (r) or has taken connections (a t each), or has ended."""
        if worker.channel is None:
            return
        said = b""
        with suppress(OSError):
            said = worker.channel.recv(_HEADER)
        if _SERVES in said:
            worker.ready.set()
        for _ in range(said.count(_TAKEN) if said else len(worker.given)):
            taken = worker.given.popleft()
            if not taken.done():
                taken.set_result(bool(said))
        if not said:
            asyncio.get_running_loop().remove_reader(worker.channel)
            worker.ready.clear()

    async def _take(self, listening: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        handing: dict[asyncio.Task[None], None] = {}
        while True:
            try:
                connection, address = await loop.sock_accept(listening)
            except OSError:
                # Too many are open, or this one is gone: those that wait are taken a little later.
                await asyncio.sleep(_AGAIN)
                continue
            task = asyncio.create_task(self._hand_on(connection, address[0]))
            handing[task] = None
            task.add_done_callback(lambda done: handing.pop(done, None))
            if len(handing) > _WAITING:
                next(iter(handing)).cancel()

    async def _hand_on(self, connection: socket.socket, address: str) -> None:
        """Give a connection to the process that it belongs to; one that says nothing is closed."""
        with connection:
            connection.setblocking(False)
            with suppress(OSError, TimeoutError):
                header = await _first_header(connection)
                async with asyncio.timeout(_STARTING):
                    while header:
                        worker = await self._chosen(header, address)
                        try:
                            if await _given(worker, connection):
                                return
                        except BlockingIOError:
                            # It has not taken those before yet.
                            await asyncio.sleep(_AGAIN)
                        except OSError:
                            worker.ready.clear()

    async def _chosen(self, header: bytes, address: str) -> _Worker:
        """The process that the cookie names; or where only one may, that of the address; or any that serves."""
        line = _LINE.match(header)
        of_one = line is not None and any(part in line[1].decode("latin-1") for part in _OF_ONE)
        named = _NAMED.search(header)
        if named and int(named[1]) < len(self._workers):
            worker = self._workers[int(named[1])]
        elif of_one:
            forwarded = _FORWARDED.search(header) if address in ("127.0.0.1", "::1") else None
            worker = self._workers[zlib.crc32(forwarded[1] if forwarded else address.encode()) % len(self._workers)]
        else:
            worker = await self._any()
        if of_one:
            await worker.ready.wait()
        return worker if worker.ready.is_set() else await self._any()

    async def _any(self) -> _Worker:
        """The next in turn that serves; waited for where none does."""
        while True:
            for _ in self._workers:
                self._next = (self._next + 1) % len(self._workers)
                if self._workers[self._next].ready.is_set():
                    return self._workers[self._next]
            waiting = [asyncio.create_task(worker.ready.wait()) for worker in self._workers]
            try:
                await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for task in waiting:
                    task.cancel()


async def _first_header(connection: socket.socket) -> bytes:
    """The header of the first request, which is left to be read, as far as it comes soon; nothing of a silent one."""
    loop = asyncio.get_running_loop()
    readable = asyncio.Event()
    loop.add_reader(connection, readable.set)
    try:
        async with asyncio.timeout(_PATIENCE):
            await readable.wait()
    finally:
        loop.remove_reader(connection)
    until = loop.time() + _BEGUN
    while True:
        header = connection.recv(_HEADER, socket.MSG_PEEK)
        # What comes by and by stays readable all the while, so it is looked at now and then.
        if not header or b"\r\n\r\n" in header or len(header) == _HEADER or loop.time() > until:
            return header
        await asyncio.sleep(_AGAIN)


async def _given(worker: _Worker, connection: socket.socket) -> bool:
    """Whether the process took the connection; one that ends before loses it nothing."""
    if worker.channel is None:
        return False
    socket.send_fds(worker.channel, [b"c"], [connection.fileno()])
    taken = asyncio.get_running_loop().create_future()
    worker.given.append(taken)
    return bool(await taken)


def serve_with(command: Sequence[str], count: int, host: str, port: int) -> int:
    """Serve `host` and `port` by `count` processes of `command` until told to end; the exit code."""
    return asyncio.run(Workers(command, count, host, port).run())


@dataclass(frozen=True)
class Handed:
    """What a process has that is handed connections: its number, and over which socket they come."""

    number: int
    channel: socket.socket

    @classmethod
    def here(cls) -> "Handed | None":
        """That of this process; None where it listens itself."""
        channel, number = os.environ.pop(_CHANNEL, None), os.environ.pop(_NUMBER, None)
        if channel is None or number is None:
            return None
        return cls(int(number), socket.socket(fileno=int(channel)))

    def server(self, config: "uvicorn.Config") -> "uvicorn.Server":
        """A server of the connections that are handed to it."""
        return _handed_server(config, self.channel)

    def marked(self, app: ASGIApp) -> ASGIApp:
        """The application; its pages name this process, and connections that may belong to another are not kept."""

        async def served(scope: Scope, receive: Receive, send: Send) -> None:
            cookies = b"; ".join(value for name, value in scope.get("headers", ()) if name == b"cookie")
            mine = _NAMED.search(b"\r\ncookie:" + cookies)
            kept = mine is not None and int(mine[1]) == self.number

            async def sent(message: Message) -> None:
                if message["type"] == "http.response.start" and not kept:
                    headers = MutableHeaders(scope=message)
                    headers["connection"] = "close"
                    if headers.get("content-type", "").startswith("text/html"):
                        headers.append("set-cookie", f"{COOKIE}={self.number}; Path=/; HttpOnly; SameSite=Strict")
                await send(message)

            await app(scope, receive, sent)

        return served


def _handed_server(config: "uvicorn.Config", channel: socket.socket) -> "uvicorn.Server":
    import uvicorn

    class HandedServer(uvicorn.Server):
        """Takes connections from a channel in the place of listening."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets=[])
            loop = asyncio.get_running_loop()
            connecting: set[asyncio.Task[object]] = set()

            def protocol() -> asyncio.Protocol:
                made: asyncio.Protocol = config.http_protocol_class(  # type: ignore[call-arg]
                    config=config, server_state=self.server_state, app_state=self.lifespan.state
                )
                return made

            def take() -> None:
                said, descriptors, _, _ = socket.recv_fds(channel, 1, 16)
                if not said:
                    loop.remove_reader(channel)
                for descriptor in descriptors:
                    connection = socket.socket(fileno=descriptor)
                    connection.setblocking(False)
                    task = loop.create_task(_connected(loop.connect_accepted_socket(protocol, connection)))
                    connecting.add(task)
                    channel.send(_TAKEN)
                    task.add_done_callback(connecting.discard)

            loop.add_reader(channel, take)
            channel.send(_SERVES)

    return HandedServer(config)


async def _connected(connecting: Coroutine[Any, Any, object]) -> None:
    # One that was closed meanwhile is nobody's.
    with suppress(OSError):
        await connecting
