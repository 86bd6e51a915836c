"""The folder of one server: uploads, reports and evaluations lie in it while it runs, and go with it.

A server that is killed leaves its folder; the next one that starts takes it away.
"""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

_PREFIX = "woordelijk-"
_LOCK = ".lock"
# Seconds: a younger folder may be of a server that is just about to lock it.
_YOUNG = 60.0


@contextmanager
def server_folder() -> Iterator[Path]:
    """A new folder in which this process puts whatever is temporary; those that killed servers left are removed."""
    place = Path(tempfile.gettempdir())
    for left in place.glob(f"{_PREFIX}*"):
        _remove_abandoned(left)
    with tempfile.TemporaryDirectory(prefix=_PREFIX, ignore_cleanup_errors=True) as name:
        folder = Path(name)
        with FileLock(folder / _LOCK):
            tempfile.tempdir = name
            os.environ["GRADIO_TEMP_DIR"] = str(folder / "uploads")
            yield folder


def _remove_abandoned(folder: Path) -> None:
    """Remove the folder of a server of this user that no longer runs."""
    with suppress(OSError, Timeout):
        found = folder.lstat()
        mine = not hasattr(os, "getuid") or found.st_uid == os.getuid()
        if folder.is_symlink() or not mine or time.time() - found.st_mtime < _YOUNG or not (folder / _LOCK).exists():
            return
        with FileLock(folder / _LOCK, timeout=0):
            shutil.rmtree(folder, ignore_errors=True)
