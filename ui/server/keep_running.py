"""Keep a server running: it runs in a process of its own, and where that is killed another takes its place.

A library that is overwritten while it is read, too little memory or a fault in
a library ends a process without a word. The one that watches says what
happened, and starts the server again.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence

# The descriptor that closes when the process that watches ends; set for the server alone.
WATCHED = "WOORDELIJK_WATCHED"
# By itself glibc keeps memory apart for each of the many threads of a server, and gives little of it back.
MEMORY = {"MALLOC_ARENA_MAX": "2"}
# As often within so many seconds a server is started again.
_MOST, _SECONDS = 3, 60.0
_WHY = {
    "SIGBUS": "Files of the library were overwritten or cut off while they were read. Change a library with "
    "'python -m index', never by copying over it.",
    "SIGKILL": "Somebody killed it, or the machine had too little memory.",
}


def is_watched() -> bool:
    """Whether this process is the server itself; from here on it ends when the process that watches does."""
    if (descriptor := os.environ.pop(WATCHED, None)) is None:
        return False

    def end() -> None:
        os.read(int(descriptor), 1)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=end, daemon=True).start()
    return True


class Restarts:
    """Counts how often a server was killed."""

    def __init__(self) -> None:
        self._times: list[float] = []

    def may_start_again(self, number: int) -> bool:
        """Say that the server was ended by this signal, and whether it is started again: not too often."""
        self._times = [then for then in self._times if time.monotonic() - then < _SECONDS] + [time.monotonic()]
        name = signal.Signals(number).name
        sys.stderr.write(f"The server ended by itself ({name}). {_WHY.get(name, 'That is a fault of ours.')}\n")
        if len(self._times) > _MOST:
            often = f"It ended {len(self._times)} times within {_SECONDS:.0f} seconds"
            sys.stderr.write(f"{often} and is not started again.\n")
            return False
        sys.stderr.write("It is started again.\n")
        return True


def keep_running(command: Sequence[str]) -> int:
    """Run `command`, the server, until it ends by itself or this process is told to end; its exit code."""
    restarts = Restarts()
    while True:
        code = _run(command)
        if code >= 0:
            return code
        if not restarts.may_start_again(-code):
            return 1


def _run(command: Sequence[str]) -> int:
    """The exit code of the server, 0 where it was told to end; below 0 the signal that ended it."""
    watched, watching = os.pipe()
    server = subprocess.Popen(command, env={**MEMORY, **os.environ, WATCHED: str(watched)}, pass_fds=[watched])
    os.close(watched)
    told: list[int] = []

    def pass_on(number: int, _: object) -> None:
        told.append(number)
        server.send_signal(signal.SIGTERM)

    before = {number: signal.signal(number, pass_on) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        code = server.wait()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        os.close(watching)
    return 0 if told else code
