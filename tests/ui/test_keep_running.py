"""A server that is killed is started again, with a word on why; one that is told to end, or cannot start, is not."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from index.settings import Settings
from tests.ui.conftest import serving
from ui.server import keep_running


def of(code: str) -> list[str]:
    return [sys.executable, "-c", code]


@pytest.mark.parametrize("code", [0, 2])
def test_what_ends_by_itself_ends(code: int) -> None:
    assert keep_running.keep_running(of(f"raise SystemExit({code})")) == code


def test_what_is_killed_again_and_again_is_not_started_for_ever(capfd: pytest.CaptureFixture[str]) -> None:
    assert keep_running.keep_running(of("import os; os.kill(os.getpid(), 7)")) == 1
    said = capfd.readouterr().err
    assert said.count("SIGBUS") == 4
    assert said.count("overwritten") == 4
    assert "not started again" in said


def test_a_library_that_is_cut_off_under_a_server_is_said_and_one_that_is_put_back_is_served(
    letter_settings: Settings, environment: dict[str, str], tmp_path: Path
) -> None:
    index = tmp_path / "index"
    shutil.copytree(letter_settings.index, index)
    question = {"question": "Hoeveel fte telt de formatie van het TBKK?"}
    log = tmp_path / "log"
    with serving({**environment, "WOORDELIJK_INDEX": str(index)}, log) as address:
        assert httpx.post(f"{address}woordelijk/answer", json=question, timeout=60).status_code == 200
        (arrays,) = index.glob("segments/*/arrays.safetensors")
        content = arrays.read_bytes()
        arrays.write_bytes(b"")
        with pytest.raises(httpx.TransportError):
            httpx.post(f"{address}woordelijk/answer", json=question, timeout=60)
        arrays.write_bytes(content)
        for _ in range(300):
            try:
                assert httpx.post(f"{address}woordelijk/answer", json=question, timeout=60).status_code == 200
                break
            except httpx.TransportError:
                time.sleep(0.1)
        else:
            pytest.fail(log.read_text())
    assert "overwritten or cut off" in log.read_text()


def test_a_server_ends_when_what_watches_it_is_killed(tmp_path: Path) -> None:
    file = tmp_path / "ended"
    server = (
        "import time, pathlib, signal, sys; from ui.server.keep_running import is_watched; assert is_watched();"
        f"signal.signal(signal.SIGTERM, lambda *_: (pathlib.Path({str(file)!r}).touch(), sys.exit()));"
        "print('up', flush=True); time.sleep(60)"
    )
    watch = f"from ui.server.keep_running import keep_running; keep_running({of(server)!r})"
    with subprocess.Popen(of(watch), stdout=subprocess.PIPE, env={**os.environ}) as watching:
        assert watching.stdout is not None
        assert watching.stdout.readline() == b"up\n"
        watching.send_signal(signal.SIGKILL)
        for _ in range(100):
            if file.exists():
                break
            time.sleep(0.05)
    assert file.exists()
