"""How often a password may be guessed from one address."""

import time
from collections import OrderedDict
from collections.abc import Callable

# Wrong ones within so many seconds. Behind one address may stand a whole office, of which each types a few wrong.
MOST, SECONDS = 30, 60.0
# Addresses that are kept in mind; a guess from another puts the one that guessed longest ago out.
_ADDRESSES = 10_000


class Guesses:
    """Counts the guesses from each address, each for `seconds` from when it is made, unless it is right."""

    def __init__(self, most: int = MOST, seconds: float = SECONDS, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._seconds = seconds
        self._clock = clock
        self._times: OrderedDict[str, list[float]] = OrderedDict()

    def take(self, address: str) -> bool:
        """Whether another guess may be made from this address, which then counts."""
        now = self._clock()
        times = [then for then in self._times.get(address, []) if now - then < self._seconds]
        allowed = len(times) < self._most
        self._times[address] = [*times, now] if allowed else times
        self._times.move_to_end(address)
        if len(self._times) > _ADDRESSES:
            self._times.popitem(last=False)
        return allowed

    def right(self, address: str) -> None:
        """The latest guess from this address was right, and does not count."""
        if times := self._times.get(address):
            times.pop()
