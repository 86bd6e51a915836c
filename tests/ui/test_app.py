"""The page started as a person starts it."""

import re
from pathlib import Path

import httpx

from tests.command_lines import fresh


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
    done = fresh(environment, "-m", "ui", "--port", port, folder=tmp_path)
    assert done.returncode == 2
    assert f"Port {port}" in done.stderr
    assert "Traceback" not in done.stderr
