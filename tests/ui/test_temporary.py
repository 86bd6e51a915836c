"""What a killed server left goes; what another one uses, or somebody else keeps there, stays."""

import os
import tempfile
from pathlib import Path

import pytest
from filelock import FileLock

from ui.server.temporary import server_folder


def test_only_the_folders_of_servers_that_are_gone_are_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("GRADIO_TEMP_DIR", "")
    (tmp_path / "elsewhere").mkdir()
    for name in ("dead", "running", "young", "foreign"):
        (tmp_path / f"woordelijk-{name}").mkdir()
        if name != "foreign":
            (tmp_path / f"woordelijk-{name}" / ".lock").touch()
        if name != "young":
            os.utime(tmp_path / f"woordelijk-{name}", (0, 0))
    (tmp_path / "woordelijk-link").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "elsewhere" / ".lock").touch()
    with FileLock(tmp_path / "woordelijk-running" / ".lock"), server_folder() as own:
        assert Path(tempfile.gettempdir()) == own
        left = {path.name for path in tmp_path.iterdir()} - {own.name}
    assert left == {"elsewhere", "woordelijk-foreign", "woordelijk-link", "woordelijk-running", "woordelijk-young"}
    assert not own.exists()
