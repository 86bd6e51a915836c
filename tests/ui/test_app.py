"""The page started as a person starts it."""

import re
import subprocess
import sys
from pathlib import Path

import httpx


def test_the_page_asks_nothing_of_another_host(url: str) -> None:
    """No source, font or script from elsewhere, and a policy that would stop one."""
    response = httpx.get(url)
    assert response.status_code == 200
    policy = response.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "http" not in policy
    sources = re.findall(r"(?:src|href)=[\"'](https?:)?//", response.text)
    assert sources == []


def test_another_page_on_the_same_port_is_refused(url: str, environment: dict[str, str], tmp_path: Path) -> None:
    port = url.rstrip("/").rpartition(":")[2]
    done = subprocess.run(
        [sys.executable, "-m", "ui", "--port", port],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 2
    assert f"Port {port}" in done.stderr
    assert "Traceback" not in done.stderr
