"""Read a PDF in a process of its own, and give up on one that takes too long.

`extract` limits its own processor time and memory; here a clock is kept
as well, for a system where it cannot, and a crash is told as a refusal.
"""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import msgspec

from index.readers.canonical import UnreadableError
from index.readers.pdf.page import Opened, Page, Refused

_ROOT = Path(__file__).parents[3]
# Wall clock, so generous: a laptop may be busy with other things.
SECONDS_WITHOUT_A_PAGE = 20.0
_DECODERS: dict[bytes, msgspec.msgpack.Decoder[Opened | Page | Refused]] = {
    kind.__name__[:1].encode(): msgspec.msgpack.Decoder(kind) for kind in (Opened, Page, Refused)
}
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


class _Clock:
    """Ends a process that has sent nothing for SECONDS_WITHOUT_A_PAGE."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        self._ended = threading.Event()
        self.wind()
        threading.Thread(target=self._watch, daemon=True).start()

    def wind(self) -> None:
        """Count from now."""
        self._end = time.monotonic() + SECONDS_WITHOUT_A_PAGE

    def stop(self) -> None:
        """Count no longer."""
        self._ended.set()

    def _watch(self) -> None:
        while not self._ended.wait(max(0.0, self._end - time.monotonic())):
            if time.monotonic() >= self._end:
                self._process.kill()
                return


def _received(process: subprocess.Popen[bytes], most_pages: int) -> Iterator[Page]:
    assert process.stdout, "opened as a pipe"
    clock = _Clock(process)
    try:
        yield from _checked(_messages(process.stdout, clock), most_pages)
    finally:
        clock.stop()


def _checked(messages: Iterator[Opened | Page | Refused], most_pages: int) -> Iterator[Page]:
    """The pages among the messages; UnreadableError where they are too many, none, or not all."""
    expected = received = 0
    for message in messages:
        if isinstance(message, Refused):
            raise UnreadableError(f"{message.reason}.")
        if isinstance(message, Opened):
            expected = message.pages
            if not expected:
                raise UnreadableError("a PDF without pages.")
            if expected > most_pages:
                raise UnreadableError(f"found {expected:,} pages; expected at most {most_pages:,}. Split the file.")
        else:
            received += 1
            yield message
            if received == expected:
                return
    raise UnreadableError(f"{_GIVEN_UP}. Print it to a new PDF and try again.")


def _messages(output: IO[bytes], clock: _Clock) -> Iterator[Opened | Page | Refused]:
    """What the process sends, until it ends or is ended."""
    while True:
        clock.wind()
        head = output.read(9)
        if len(head) < 9:
            return
        try:
            yield _DECODERS[head[:1]].decode(output.read(int.from_bytes(head[1:], "big")))
        except msgspec.DecodeError:
            return
