"""What a server would let others do is said before it is started."""

import dataclasses
from pathlib import Path

import pytest

from index.settings import Settings
from ui.server.exposure_report import exposure
from ui.server.password import read_users, write_user
from ui.server.reach import Reach


def test_a_server_of_this_machine_has_nothing_to_look_at(letter_settings: Settings) -> None:
    said = exposure(letter_settings, Reach(), 7860, None, tools=False)
    assert "this machine only" in said
    assert "\n!" not in said


def test_what_lets_others_in_is_marked(letter_settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "users"
    write_user(file, "anna", "een lang wachtwoord")
    file.chmod(0o644)
    reach = Reach("0.0.0.0", ("brieven.example",), read_users(file))
    said = exposure(letter_settings, reach, 7860, file, tools=True)
    assert "Let in: anna" in said
    assert "brieven.example" in said
    assert [line.partition(" can be read")[0] for line in said.splitlines() if line.startswith("!")] == [
        f"! {file}",
        "! What is sent is not encrypted here: put a proxy with TLS before it (docs/serve.md)",
    ]
    assert "! Let in: whoever" in exposure(
        letter_settings, dataclasses.replace(reach, users=None), 80, None, tools=True
    )


def test_a_library_that_is_not_there_is_said(tmp_path: Path) -> None:
    assert "! Library" in exposure(Settings(index=tmp_path / "none"), Reach(), 7860, None, tools=False)


@pytest.mark.parametrize("path", ["brieven", "/brieven/", "/a b", "//x", '/"'])
def test_a_path_that_is_none_is_refused(path: str) -> None:
    from ui.__main__ import ReachError, _set_root_path

    with pytest.raises(ReachError, match="expected a path"):
        _set_root_path(path)
