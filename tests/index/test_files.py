"""What is written stands there whole, or what stood there before does; and nothing is left lying about."""

import os
import stat
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.errors import OutputError
from index.files import PRIVATE, whole_file, whole_folder, write_whole


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary() | st.text(st.characters(codec="utf-8")))
def test_what_is_written_is_read(tmp_path: Path, content: bytes | str) -> None:
    path = tmp_path / "a"
    write_whole(path, content)
    assert path.read_bytes() == (content if isinstance(content, bytes) else content.encode())
    assert [found.name for found in tmp_path.iterdir()] == ["a"]


class Interrupted(BaseException):
    """Somebody pressed Ctrl-C."""


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), ValueError("x"), Interrupted()])
def test_what_stood_there_stays_where_writing_ends_halfway(tmp_path: Path, error: BaseException) -> None:
    write_whole(tmp_path / "a", "oud")
    (tmp_path / "map").mkdir()
    write_whole(tmp_path / "map" / "b", "oud")
    kind = OutputError if isinstance(error, OSError) else type(error)
    with pytest.raises(kind), whole_file(tmp_path / "a") as file:
        file.write(b"nie")
        raise error
    with pytest.raises(kind), whole_folder(tmp_path / "map") as folder:
        (folder / "b").write_text("nie")
        raise error
    assert [(tmp_path / "a").read_text(), (tmp_path / "map" / "b").read_text()] == ["oud", "oud"]
    assert sorted(found.name for found in tmp_path.iterdir()) == ["a", "map"]


def test_a_folder_takes_the_place_of_the_old(tmp_path: Path) -> None:
    for name in ("een", "twee"):
        with whole_folder(tmp_path / "diep" / "map") as folder:
            (folder / name).write_text(name)
    assert [found.name for found in (tmp_path / "diep" / "map").iterdir()] == ["twee"]
    assert [found.name for found in (tmp_path / "diep").iterdir()] == ["map"]


def test_a_folder_that_cannot_be_put_in_place_leaves_the_old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "map").mkdir()
    write_whole(tmp_path / "map" / "b", "oud")
    rename = Path.rename

    def broken(self: Path, target: Path) -> Path:
        if target == tmp_path / "map" and not (self / "b").exists():
            raise OSError(5, "Input/output error")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", broken)
    with pytest.raises(OutputError, match="Input/output"), whole_folder(tmp_path / "map"):
        pass
    assert (tmp_path / "map" / "b").read_text() == "oud"


@pytest.mark.parametrize("name", ["nergens/a", "map", "é" * 200])
def test_what_cannot_be_written_is_one_sentence(tmp_path: Path, name: str) -> None:
    (tmp_path / "map").mkdir()
    with pytest.raises(OutputError, match="cannot be written"):
        write_whole(tmp_path / name, "x")
    assert [found.name for found in tmp_path.iterdir()] == ["map"]


def test_the_longest_name_that_a_file_may_have_is_written(tmp_path: Path) -> None:
    write_whole(tmp_path / ("é" * 127), "x")


@pytest.mark.skipif(os.name == "nt", reason="rights and links are those of POSIX")
def test_a_private_file_is_its_owners_and_a_link_stays_a_link(tmp_path: Path) -> None:
    write_whole(tmp_path / "geheim", "x", PRIVATE)
    assert stat.S_IMODE((tmp_path / "geheim").stat().st_mode) == PRIVATE
    (tmp_path / "link").symlink_to("geheim")
    write_whole(tmp_path / "link", "y")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "geheim").read_text() == "y"


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="there is no such device")
def test_a_device_is_written_to_as_it_is() -> None:
    write_whole(Path("/dev/null"), "x")
    assert not Path("/dev/null").is_file()
