"""Read a file that somebody named, without ever waiting for it and never more of it than asked.

A pipe makes whoever opens it wait for a writer, and a device such as
/dev/zero never ends. Neither is opened: what a file is, and how large, is
known before the first byte is read.
"""

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

_FLAGS = ("O_NONBLOCK", "O_CLOEXEC", "O_NOCTTY", "O_BINARY")


class TooLargeError(OSError):
    """A file of more bytes than are read; `size` is how many it has, or at least has."""

    def __init__(self, path: Path, size: int) -> None:
        super().__init__(errno.EFBIG, f"{size:,} bytes", str(path))
        self.size = size


def open_regular(path: Path, follow_links: bool = True) -> BinaryIO:
    """Open an ordinary file to read, never waiting; `follow_links` false also refuses a link in its own place.

    Raises OSError, whose `strerror` is "not an ordinary file" where it is
    anything else than that.
    """
    _insist(path.stat() if follow_links else path.lstat(), path)
    flags = os.O_RDONLY
    for name in (*_FLAGS, *(() if follow_links else ("O_NOFOLLOW",))):
        flags |= getattr(os, name, 0)
    file = os.fdopen(os.open(path, flags), "rb")
    try:
        # Again of what was opened: another may have taken its place meanwhile.
        _insist(os.fstat(file.fileno()), path)
    except OSError:
        file.close()
        raise
    return file


def read_regular(path: Path, most: int, follow_links: bool = True) -> bytes:
    """All bytes of an ordinary file; TooLargeError where there are more than `most`, OSError as `open_regular`."""
    with open_regular(path, follow_links) as file:
        size = os.fstat(file.fileno()).st_size
        if size > most:
            raise TooLargeError(path, size)
        # Some files of the system say that they are empty, and others grow.
        content = file.read(most + 1)
    if len(content) > most:
        raise TooLargeError(path, len(content))
    return content


def _insist(status: os.stat_result, path: Path) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EINVAL, "not an ordinary file", str(path))
