"""Files and folders that are written whole: at a path stands the old content or the new, never a half of one."""

import hashlib
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from index.errors import OutputError

# Only its owner may read it.
PRIVATE = 0o600
# Bytes of a file that are read at once.
_PIECE = 2**21


def write_whole(path: Path, content: bytes | str, mode: int = 0o666) -> None:
    """Put `content` (a text as UTF-8) at `path`, in the place of what stood there; OutputError where that cannot be.

    A pipe or a terminal is written to as it is. `mode` holds the rights, of
    which the process's umask takes away.
    """
    encoded = content.encode("utf-8") if isinstance(content, str) else content
    with _told(path):
        if path.exists() and not path.is_file() and not path.is_dir():
            path.write_bytes(encoded)
            return
    with whole_file(path, mode) as file:
        file.write(encoded)


def sha256_of(path: Path) -> bytes:
    """The SHA-256 of what a file holds, read in pieces so large that other threads are seldom waited for."""
    digest, piece = hashlib.sha256(), memoryview(bytearray(_PIECE))
    with path.open("rb", buffering=0) as file:
        while read := file.readinto(piece):
            digest.update(piece[:read])
    return digest.digest()


@contextmanager
def whole_file(path: Path, mode: int = 0o666) -> Iterator[IO[bytes]]:
    """A file to fill, which is on disk at `path` when the block ends well, and gone when it does not."""
    # The file is replaced, not a link that leads to it.
    place = Path(os.path.realpath(path))
    unfinished = _beside(place)
    with _told(path):
        try:
            descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
            with os.fdopen(descriptor, "wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(place)
        finally:
            with suppress(OSError):
                unfinished.unlink(missing_ok=True)


@contextmanager
def whole_folder(path: Path) -> Iterator[Path]:
    """A new folder to fill, which takes the place of `path` when the block ends well, and is gone when it does not."""
    unfinished, old = _beside(path), _beside(path)
    with _told(path):
        try:
            unfinished.mkdir(parents=True)
            yield unfinished
            if path.exists():
                path.rename(old)
            unfinished.rename(path)
        except BaseException:
            if old.exists():
                old.rename(path)
            raise
        finally:
            for folder in (unfinished, old):
                shutil.rmtree(folder, ignore_errors=True)


def _beside(path: Path) -> Path:
    """A name in the same folder that nothing has, and no longer than a name may be."""
    return path.with_name(f".{path.name[:40]}.{secrets.token_hex(4)}.unfinished")


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror or error}). Nothing was changed.") from error
