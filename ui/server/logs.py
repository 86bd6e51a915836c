"""A log that cannot fill the disk: of what is said again and again, only the first of each minute are written."""

import logging
import time
from collections import Counter
from collections.abc import Callable

# Lines of one kind, from one place in a program, within so many seconds.
MOST, SECONDS = 20, 60.0


class Repeated(logging.Filter):
    """Lets `most` records of one kind through in `seconds`; the next one after them says how many there were."""

    def __init__(self, most: int = MOST, seconds: float = SECONDS, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._most = most
        self._seconds = seconds
        self._clock = clock
        self._since = clock()
        self._counts: Counter[tuple[object, ...]] = Counter()

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether it is written."""
        now = self._clock()
        if now - self._since > self._seconds:
            self._since = now
            self._counts.clear()
        kind = _kind(record)
        self._counts[kind] += 1
        if self._counts[kind] == self._most:
            record.msg = f"{record.msg} (and no more of these within {self._seconds:.0f} seconds)"
        return self._counts[kind] <= self._most


def _kind(record: logging.LogRecord) -> tuple[object, ...]:
    """The place in the program that says it, and of an error where it was raised."""
    raised, _, trace = record.exc_info if isinstance(record.exc_info, tuple) else (None, None, None)
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    at = (trace.tb_frame.f_code.co_filename, trace.tb_lineno) if trace else ()
    return record.pathname, record.lineno, raised, at


def limit_logs() -> None:
    """Put the limit on everything that is written from here on."""
    repeated = Repeated()
    for logger in (logging.getLogger(), *map(logging.getLogger, ("uvicorn", "uvicorn.error", "uvicorn.access"))):
        for handler in logger.handlers:
            handler.addFilter(repeated)
