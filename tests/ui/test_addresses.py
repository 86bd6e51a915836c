"""Every route of the application, Gradio's own included, stands on the list of those that somebody looked at."""

import pytest

from tests.ui.every_route import Endpoint
from ui.links import ROOTS
from ui.server.addresses import GRADIO, OWN, SHEETS, find_address
from ui.server.blocks import PAGES


def test_a_route_that_nobody_looked_at_fails_here(endpoints: tuple[Endpoint, ...]) -> None:
    """Put it in `ui.server.addresses` with the check that a request to it must pass, or as refused."""
    pages = {f"/{page.path}{end}" for page in PAGES for end in ("", "/")} | {"/"}
    found = set()
    for endpoint in endpoints:
        root = next(root for root in sorted(ROOTS.values(), key=len, reverse=True) if endpoint.path.startswith(root))
        found.add(endpoint.path if endpoint.path in OWN else f"/{endpoint.path.removeprefix(root)}")
    assert found - pages - set(GRADIO) - set(OWN) - set(SHEETS) == set()
    assert (set(GRADIO) | set(OWN) | set(SHEETS)) - found == set(), "on the list, but not in the application"


@pytest.mark.parametrize(
    ("method", "path", "file"),
    [
        ("GET", "/assets/index-1a.js", "index-1a.js"),
        ("GET", "/assets/../x", None),
        ("GET", "/assets/.hidden", None),
        ("GET", "/assets//etc/passwd", None),
        ("GET", "/assets/a\\..\\b", None),
        ("GET", "/gradio_api/file=/tmp/a b", "/tmp/a b"),
        ("POST", "/gradio_api/file=/tmp/a", None),
        ("GET", "/gradio_api/upload", None),
        ("POST", "/gradio_api/component_server", None),
        ("OPTIONS", "/gradio_api/queue/join", None),
    ],
)
def test_an_address_has_its_methods_and_names_package_files_plainly(method: str, path: str, file: str | None) -> None:
    found = find_address(GRADIO, method, path)
    assert (found.file if found else None) == file
