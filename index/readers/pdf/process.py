"""Read a PDF in a process of its own, and give up on one that takes too long.

`extract` limits its own processor time and memory; here a clock is kept
as well, for a system where it cannot, and a crash is told as a refusal.
"""

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import msgspec

from index.readers.canonical import UnreadableError
from index.readers.pdf.page import Opened, Page, Refused

_ROOT = Path(__file__).parents[3]
# Wall clock, so generous: a laptop may be busy with other things.
SECONDS_WITHOUT_A_PAGE = 20.0
_KINDS = {b"O": Opened, b"P": Page, b"R": Refused}
_GIVEN_UP = "no page could be read within the time and memory that a page may take; the file is damaged or hostile"


def pages(content: bytes, most_pages: int) -> Iterator[Page]:
    """The pages of a PDF in order.

    Raises UnreadableError with what was found where the file is encrypted,
    damaged, longer than `most_pages`, or takes too much time or memory.
    """
    process = subprocess.Popen(
        [sys.executable, "-m", "index.readers.pdf.extract"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=_ROOT,
    )
    feeder = threading.Thread(target=_feed, args=(process, content), daemon=True)
    feeder.start()
    try:
        yield from _received(process, most_pages)
    finally:
        process.kill()
        process.wait()
        feeder.join()
        assert process.stdout, "opened as a pipe"
        process.stdout.close()


def _feed(process: subprocess.Popen[bytes], content: bytes) -> None:
    """Write the file to the process; one that is gone already needs no more."""
    assert process.stdin, "opened as a pipe"
    try:
        process.stdin.write(content)
        process.stdin.close()
    except OSError:
        pass


def _received(process: subprocess.Popen[bytes], most_pages: int) -> Iterator[Page]:
    assert process.stdout, "opened as a pipe"
    expected = received = 0
    while True:
        message = _message(process, process.stdout)
        if isinstance(message, Refused):
            raise UnreadableError(f"{message.reason}.")
        if isinstance(message, Opened):
            expected = message.pages
            if not expected:
                raise UnreadableError("a PDF without pages.")
            if expected > most_pages:
                raise UnreadableError(f"found {expected:,} pages; expected at most {most_pages:,}. Split the file.")
        elif isinstance(message, Page):
            received += 1
            yield message
            if received == expected:
                return
        else:
            raise UnreadableError(f"{_GIVEN_UP}. Print it to a new PDF and try again.")


def _message(process: subprocess.Popen[bytes], output: IO[bytes]) -> Opened | Page | Refused | None:
    """The next message, None where the process ended or was ended."""
    clock = threading.Timer(SECONDS_WITHOUT_A_PAGE, process.kill)
    clock.start()
    try:
        head = output.read(9)
        if len(head) < 9:
            return None
        content = output.read(int.from_bytes(head[1:], "big"))
        return msgspec.msgpack.decode(content, type=_KINDS[head[:1]])
    except msgspec.DecodeError:
        return None
    finally:
        clock.cancel()
