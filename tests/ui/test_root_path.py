"""Behind a proxy that serves it under a path, the page asks for nothing elsewhere."""

import re
from pathlib import Path

import httpx
import pytest

from tests.ui.conftest import serving
from ui.links import ROOT_PATH, document_link


def test_every_address_of_a_page_is_under_the_path(environment: dict[str, str], tmp_path: Path) -> None:
    """Whether the proxy takes its path off the address or leaves it there."""
    with serving(environment, tmp_path / "log", "--root-path", "/brieven") as address:
        for path, language in (("", "nl"), ("en/", "en"), ("en/controleer", "en")):
            for asked in (path, f"brieven/{path}"):
                answer = httpx.get(address + asked, headers={"Accept": "text/html"}, follow_redirects=True)
                assert answer.status_code == 200
                assert f'lang="{language}"' in answer.text
                assert 'src=\\"/brieven/woordelijk/static/page.js\\"' in answer.text
                found = re.search(r'"root":"([^"]*)"', answer.text)
                assert found is not None
                assert found[1] == address + "brieven" + ("/en" if language == "en" else "")
        for asked in ("woordelijk/static/page.js", "brieven/woordelijk/static/page.js"):
            assert httpx.get(address + asked).status_code == 200
        assert httpx.get(f"{address}brievenbus/").status_code == 404


def test_links_are_under_the_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ROOT_PATH, "/brieven")
    assert document_link("a", "en") == "/brieven/en/?document=a"
