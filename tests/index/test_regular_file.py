"""What is read from a path is an ordinary file, at once, and never more than asked."""

import os
from pathlib import Path

import pytest

from index.errors import DocumentError
from index.readers.read import read_document
from index.regular_file import TooLargeError, open_regular, read_regular
from rag.verify.memo_text import MemoError
from rag.verify.read_memo import read_memo


@pytest.fixture(params=["fifo", "device", "folder", "link to a fifo"])
def other(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A path at which something stands that is no ordinary file."""
    path = tmp_path / "brief.txt"
    if request.param == "device":
        return Path("/dev/zero")
    if request.param == "folder":
        path.mkdir()
    elif request.param == "fifo":
        os.mkfifo(path)
    else:
        os.mkfifo(tmp_path / "fifo")
        path.symlink_to(tmp_path / "fifo")
    return path


def test_what_is_no_ordinary_file_is_not_waited_for(other: Path) -> None:
    for follow_links in (True, False):
        with pytest.raises(OSError, match="not an ordinary file"):
            open_regular(other, follow_links)
    with pytest.raises(MemoError, match="not an ordinary file"):
        read_memo(str(other))
    if not other.is_dir():
        with pytest.raises(DocumentError, match="not an ordinary file"):
            read_document(other)


def test_the_size_is_known_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "brief.txt"
    path.write_bytes(b"x" * 10)
    assert read_regular(path, 10) == b"x" * 10
    with pytest.raises(TooLargeError, match="10 bytes"):
        read_regular(path, 9)
    with pytest.raises(TooLargeError):
        read_regular(Path("/proc/self/maps"), 5)


def test_a_link_is_followed_only_where_it_may(tmp_path: Path) -> None:
    (path := tmp_path / "brief.txt").write_bytes(b"x")
    (link := tmp_path / "link").symlink_to(path)
    assert read_regular(link, 10) == b"x"
    with pytest.raises(OSError, match="not an ordinary file"):
        read_regular(link, 10, follow_links=False)
