"""Whose turn it is: one queue for what takes long, fair to each person.

Who asks for sixty things at once waits for his own; another's first goes
before his second.
"""

import asyncio
from collections import OrderedDict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import ContextVar

from index.errors import WoordelijkError

# Who asks: the name of a user, or the address that he asks from. Set by the guard.
PERSON: ContextVar[str] = ContextVar("person", default="")
# The name of the user of a password file who asks; "" where everybody may.
USER: ContextVar[str] = ContextVar("user", default="")

WAITING = (
    "{count} of your requests are waiting for their turn, as many as are kept. "
    "Wait until they are done, then ask again."
)


class BusyError(WoordelijkError):
    """More is waiting of one person than is kept."""


class Turns:
    """Lets `at_once` in at the same time, and keeps at most `most_waiting` of a person waiting.

    Belongs to one event loop.
    """

    def __init__(self, at_once: int, most_waiting: int = 20) -> None:
        self._free = at_once
        self._most_waiting = most_waiting
        # By person, in the order in which their turns come.
        self._waiting: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()

    @asynccontextmanager
    async def turn(self, person: str) -> AsyncIterator[None]:
        """Wait for a turn of this person's, and have it; BusyError where too much of his is waiting."""
        if self._free:
            self._free -= 1
        else:
            await self._wait(person)
        try:
            yield
        finally:
            self._pass_on()

    async def _wait(self, person: str) -> None:
        queue = self._waiting.setdefault(person, deque())
        if len(queue) >= self._most_waiting:
            raise BusyError(WAITING.format(count=len(queue)))
        turn = asyncio.get_running_loop().create_future()
        queue.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            # Given and not taken: it is the next one's.
            if turn.done() and not turn.cancelled():
                self._pass_on()
            raise

    def _pass_on(self) -> None:
        while self._waiting:
            person, queue = self._waiting.popitem(last=False)
            turn = queue.popleft()
            if queue:
                self._waiting[person] = queue
            if not turn.done():
                turn.set_result(None)
                return
        self._free += 1
