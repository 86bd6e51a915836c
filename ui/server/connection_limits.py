"""Connections to the server: how many, and how long one may take to say what it wants.

A program that opens connections and never finishes a request could take all
that there are. So a request has seconds for its header, and its body may not
stop on the way; where all connections are taken, the one that has kept the
server waiting longest makes room for a new one.
"""

import asyncio
from typing import ClassVar

from uvicorn.protocols.http.h11_impl import H11Protocol

# Seconds for the line and headers of a request, and between two pieces of its body.
HEADER_SECONDS = 10.0
BODY_SECONDS = 30.0
# Seconds that a connection is kept for another request. Browsers and proxies end theirs before: what is sent on one
# that the server ends at that moment is lost.
IDLE_SECONDS = 75.0
# At most; fewer where the system allows a process fewer files. Others are kept for files and for the processes of jobs.
MOST = 2_000
_FILES_FOR_OURSELVES = 200


def most_connections() -> int:
    """How many connections are taken; lets the process open as many files as the system allows it to."""
    try:
        import resource
    except ImportError:
        return MOST
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard == resource.RLIM_INFINITY or hard > soft:
        soft = MOST + _FILES_FOR_OURSELVES if hard == resource.RLIM_INFINITY else min(hard, MOST + _FILES_FOR_OURSELVES)
        soft = max(soft, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return max(10, min(MOST, soft - _FILES_FOR_OURSELVES))


class LimitedProtocol(H11Protocol):
    """HTTP/1.1 on one connection, as uvicorn speaks it, within the limits."""

    most: ClassVar[int] = MOST
    header_seconds: ClassVar[float] = HEADER_SECONDS
    body_seconds: ClassVar[float] = BODY_SECONDS
    idle_seconds: ClassVar[float] = IDLE_SECONDS
    # Those whose request is not whole yet, the one that was heard of longest ago first.
    _unfinished: ClassVar[dict["LimitedProtocol", None]] = {}

    _timer: asyncio.TimerHandle | None = None
    _idle = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take the connection; where all are taken, one that keeps the server waiting is closed, or else this one."""
        super().connection_made(transport)
        if len(self.connections) > self.most:
            waiting = next(iter(self._unfinished), self)
            waiting.transport.abort()
            waiting._finished()
            if waiting is self:
                return
        self._wait(self.header_seconds)

    def data_received(self, data: bytes) -> None:
        """Take what was sent, and wait for the rest where there is one."""
        super().data_received(data)
        if self._answering:
            self._finished()
            if self.cycle.more_body:
                self._wait(self.body_seconds)
        elif self._idle:
            self._finished()
            self._wait(self.header_seconds)

    def on_response_complete(self) -> None:
        """Wait for the next request, where the connection is kept."""
        super().on_response_complete()
        self._finished()
        if not self._answering and not self.transport.is_closing():
            self._wait(self.idle_seconds)
            self._idle = True

    def connection_lost(self, exc: Exception | None) -> None:
        self._finished()
        super().connection_lost(exc)

    @property
    def _answering(self) -> bool:
        """Whether a header is there whose answer is not complete."""
        return self.cycle is not None and not self.cycle.response_complete

    def _wait(self, seconds: float) -> None:
        self._unfinished[self] = None
        self._timer = self.loop.call_later(seconds, self.transport.abort)

    def _finished(self) -> None:
        self._unfinished.pop(self, None)
        self._idle = False
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
