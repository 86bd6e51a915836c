"""No address of the running application reads, copies, serves or waits for a file that a caller names."""

import json
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from index.settings import ROOT
from tests.command_lines import fresh
from tests.conftest import SMALL_LETTER
from tests.ui.conftest import pressed, serving
from tests.ui.every_route import Endpoint
from ui.server.password import write_user

META = {"_type": "gradio.FileData"}
SECRET = "geheim-van-de-server"
PASSWORD = "een lang wachtwoord"
# Seconds; what waits for a FIFO or reads /dev/zero takes for ever.
PATIENCE = 20
# Where the walk is a second one, under another language, with a password or by another name of the same handler, it
# takes these only.
BRIEFLY = ("passwd", "password file", "fifo", "link")


@dataclass(frozen=True)
class Attacked:
    """A server, its temporary folder, and a client that may ask it."""

    url: str
    temporary: Path
    client: httpx.Client
    password_file: Path

    def said(self, method: str, path: str, **given: Any) -> tuple[int, str]:
        """The status and the whole text of an answer; httpx.ReadTimeout where it never comes."""
        with self.client.stream(method, self.url + path.lstrip("/"), **given) as response:
            # Streams wait for something to happen, whatever is asked.
            if method == "GET" and "text/event-stream" in response.headers.get("content-type", ""):
                return response.status_code, ""
            return response.status_code, response.read().decode("utf-8", "replace")


@pytest.fixture(scope="module", params=["open", "password"])
def attacked(
    request: pytest.FixtureRequest, environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Attacked]:
    folder = tmp_path_factory.mktemp("attacked")
    (temporary := folder / "temporary").mkdir()
    users = folder / "users"
    write_user(users, "anna", PASSWORD)
    options = ["--mcp"] if request.param == "open" else ["--mcp", "--password-file", str(users)]
    auth = None if request.param == "open" else ("anna", PASSWORD)
    # An index of its own: documents are added to it.
    index = shutil.copytree(environment["WOORDELIJK_INDEX"], folder / "index")
    given = {**environment, "WOORDELIJK_INDEX": str(index), "TMPDIR": str(temporary), "SECRET": SECRET}
    with (
        serving(given, folder / "log", *options) as url,
        httpx.Client(base_url=url, auth=auth, timeout=PATIENCE) as client,
    ):
        yield Attacked(url, temporary, client, users)


def values(attacked: Attacked, folder: Path) -> dict[str, tuple[str, str]]:
    """What a caller may name, each beside one that is not there."""
    fifo, link, secret = folder / "fifo-7", folder / "link-7", folder / "secret-7.md"
    if not folder.exists():
        folder.mkdir()
        os.mkfifo(fifo)
        secret.write_text(SECRET, encoding="utf-8")
        link.symlink_to(secret)
    dotted = f"{attacked.temporary}/x/../../secret-7.md"
    return {
        "passwd": ("/etc/passwd", "/etc/passwe"),
        "password file": (str(attacked.password_file), f"{attacked.password_file}x"),
        "environ": ("/proc/self/environ", "/proc/self/environx"),
        "zero": ("/dev/zero", "/dev/zerox"),
        "fifo": (str(fifo), f"{fifo}x"),
        "link": (str(link), f"{link}x"),
        "dots": (dotted, f"{dotted}x"),
        "relative": ("LICENSE", "LICENSEx"),
        "file url": (f"file://{secret}", f"file://{secret}x"),
        "http url": (f"{attacked.url}woordelijk/collection", f"{attacked.url}woordelijk/collectionx"),
    }


def shapes(value: str) -> dict[str, Any]:
    """The ways in which a body can name a file."""
    file = {"path": value, "url": value, "orig_name": "memo.md", "meta": META}
    return {
        "file object": file,
        "without url": {"path": value, "meta": META},
        "bare": {"path": value},
        "list": [[file]],
        "dict": {"value": {"deeper": file}},
        "json in a string": json.dumps({"x": [file]}),
        "json in json in a string": json.dumps(json.dumps(file)),
        "string": value,
    }


def _body(endpoint: Endpoint, shape: Any) -> Any:
    """A body that the endpoint would take, with the shape wherever it can stand."""
    if endpoint.path.endswith("/component_server"):
        return {"data": shape, "component_id": 1, "fn_name": "ls", "session_hash": "s"}
    if "/call/v2/" in endpoint.path:
        return {"question": shape, "top": 3}
    if endpoint.path == "/mcp":
        call = {"name": "ask", "arguments": {"question": shape}}
        return {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}
    if endpoint.path.startswith("/woordelijk/"):
        return {"question": shape, "title": shape, "items": [shape], "filters": {"document": shape}, "link": shape}
    return {"data": ["vraag 28", shape], "event_data": shape, "session_hash": "s", "event_id": "e", "fn_index": 0}


def _same_but(value: str, said: tuple[int, str]) -> tuple[int, str]:
    """The answer without what the caller said himself, and without the number of an error."""
    text = said[1]
    for form in (json.dumps(value)[1:-1], value, *([Path(value).name] if said[0] != 200 else [])):
        text = text.replace(form, "…")
    return said[0], re.sub(r"nummer \w+|number \w+|[0-9a-f]{32}", "", text)


def _leaks(text: str) -> list[str]:
    secrets = ("root:x:", "scrypt$", "$argon2", "SECRET=", SECRET, str(ROOT))
    return [secret for secret in secrets if secret in text]


def test_no_address_reads_a_file_that_a_caller_names(
    attacked: Attacked, endpoints: tuple[Endpoint, ...], tmp_path: Path
) -> None:
    """Every route, every way to name a file, beside a file that is not there: the same answer, at once."""
    wrong = []
    for endpoint in endpoints:
        again = endpoint.path.startswith("/en") or endpoint.path.endswith("}/") or "/gradio_api/api/" in endpoint.path
        briefly = again or attacked.client.auth is not None
        for name, pair in values(attacked, tmp_path / "files").items():
            if briefly and name not in BRIEFLY:
                continue
            for shape, said in _asked(attacked, endpoint, pair):
                there, absent = said
                place = (endpoint.method, endpoint.path, name, shape)
                wrong += [(*place, leak) for leak in _leaks(there[1])]
                if _same_but(pair[0], there) != _same_but(pair[1], absent):
                    wrong.append((*place, f"{there} is not {absent}"[:600]))
    assert wrong == []
    kept = [path for path in attacked.temporary.rglob("*") if path.is_file() and not path.is_symlink()]
    assert [path for path in kept if _leaks(path.read_text("utf-8", "replace"))] == []


def _asked(
    attacked: Attacked, endpoint: Endpoint, pair: tuple[str, str]
) -> Iterator[tuple[str, tuple[tuple[int, str], tuple[int, str]]]]:
    there, absent = pair
    if endpoint.method == "POST":
        for (shape, with_it), without in zip(shapes(there).items(), shapes(absent).values(), strict=True):
            bodies = [_body(endpoint, with_it), _body(endpoint, without)]
            first, second = (attacked.said("POST", endpoint.filled("ask"), json=body) for body in bodies)
            yield shape, (first, second)
            if first[0] == second[0] == 404:
                return
        files = [{"files": (value, b"x"), "x": (None, json.dumps({"path": value}))} for value in pair]
        first, second = (attacked.said("POST", endpoint.filled("ask"), files=given) for given in files)
        yield "form", (first, second)
        return
    ways = {"in the path": "", "as a path": "/"} if "{" in endpoint.path else {}
    for shape, safe in ways.items():
        texts = [endpoint.filled(quote(value, safe=safe)) for value in pair]
        yield shape, (attacked.said(endpoint.method, texts[0]), attacked.said(endpoint.method, texts[1]))
    queries = [
        {"deep_link": value, "page": value, "upload_id": value, "session_hash": value, "path": value} for value in pair
    ]
    first, second = (attacked.said(endpoint.method, endpoint.filled("ask"), params=given) for given in queries)
    yield "query", (first, second)


@pytest.mark.parametrize("button", ["check-memo", "add-documents", "start-evaluation"])
def test_no_page_takes_a_file_that_was_not_uploaded(attacked: Attacked, button: str, tmp_path: Path) -> None:
    for name, pair in values(attacked, tmp_path / "files").items():
        for shape in ("file object", "bare", "list", "json in a string", "string"):
            said = []
            for number, value in enumerate(pair):
                file = shapes(value)[shape]
                data = {
                    "check-memo": ["", file],
                    "add-documents": [[file]],
                    "start-evaluation": ["own", [file, file], ["words"], "all"],
                }[button]
                session = f"{button}{name}{shape}{number}".replace(" ", "")
                said.append(_same_but(value, (0, pressed(attacked.client, button, data, session))))
            assert said[0][1].startswith("400 ") or '"success":false' in said[0][1], (name, shape, said)
            assert [re.sub(r"[0-9a-f]{8,}|[\d.]{6,}|\d", "", text) for _, text in said[:1]] == [
                re.sub(r"[0-9a-f]{8,}|[\d.]{6,}|\d", "", text) for _, text in said[1:]
            ], (name, shape)
            assert _leaks("".join(text for _, text in said)) == []


def test_an_upload_is_checked_added_and_served(attacked: Attacked) -> None:
    """As the page does it: uploaded first, and named by the path and the address that the upload was given."""
    url = attacked.url
    content = b"# Memo\n\n> Een brug kost 150 miljoen euro in 2024.\n"
    (path,) = attacked.client.post("/gradio_api/upload", files={"files": ("memo één.md", content)}).json()
    address = f"{url}gradio_api/file={path}"
    file = {"path": path, "url": address, "orig_name": "memo.md", "size": 5, "mime_type": "", "meta": META}
    assert '"success":true' in pressed(attacked.client, "check-memo", ["", file], "right1")
    assert attacked.client.get(address).content == content
    (path,) = attacked.client.post("/gradio_api/upload", files={"files": ("b.txt", SMALL_LETTER.encode())}).json()
    said = pressed(attacked.client, "add-documents", [[{"path": path, "meta": META}]], "right2")
    assert "b.txt" in said
    assert "refused" not in said


def test_links_and_folders_within_the_upload_folder_are_no_uploads(attacked: Attacked, tmp_path: Path) -> None:
    """Also where somebody got a link into it; and a path that only leads there by way of `..` is another path."""
    (path,) = attacked.client.post("/gradio_api/upload", files={"files": ("a.md", b"x")}).json()
    upload = Path(path)
    (secret := tmp_path / "secret.md").write_text(SECRET, encoding="utf-8")
    link, fifo = upload.with_name("link.md"), upload.with_name("fifo.md")
    link.symlink_to(secret)
    os.mkfifo(fifo)
    for named in (link, fifo, upload.parent, upload.parent.parent, f"{upload.parent}/../{upload.parent.name}/a.md"):
        said = pressed(attacked.client, "check-memo", ["", {"path": str(named), "meta": META}], "link")
        served = attacked.client.get(f"{attacked.url}gradio_api/file={quote(str(named), safe='')}")
        assert said.startswith("400 "), named
        assert served.status_code == 404
        assert str(upload.parent) not in said + served.text


def test_an_upload_with_anothers_address_is_refused(attacked: Attacked) -> None:
    (path,) = attacked.client.post("/gradio_api/upload", files={"files": ("a.md", b"x")}).json()
    for address in ("http://127.0.0.1:9/x", f"http://127.0.0.1:9/gradio_api/file={path}", "file:///etc/passwd"):
        file = {"path": path, "url": address, "meta": META}
        assert pressed(attacked.client, "check-memo", ["", file], "address").startswith("400 ")


def test_an_upload_of_another_kind_is_not_taken(attacked: Attacked) -> None:
    """Whatever is uploaded, a program is no memo; and what was uploaded is served as nothing that a browser runs."""
    files = [("files", (f"kwaad.{kind}", b"<script>alert(1)</script>")) for kind in ("exe", "html")]
    program, page = attacked.client.post("/gradio_api/upload", files=files).json()
    said = pressed(attacked.client, "check-memo", ["", {"path": program, "meta": META}], "kind")
    assert '"success":false' in said.replace(" ", "")
    served = attacked.client.get(f"{attacked.url}gradio_api/file={page}")
    assert served.headers["content-disposition"].startswith("attachment")
    assert not served.headers["content-type"].startswith("text/html")


_WITHOUT_GUARD = """
import asyncio, sys, httpx
from index.settings import Settings
from ui.desk.desk import Desk
from ui.server.server import build_application

async def ask():
    transport = httpx.ASGITransport(build_application(Desk(Settings.from_environment())), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        file = {"path": sys.argv[1], "meta": {"_type": "gradio.FileData"}}
        return await client.post("/gradio_api/run/ask", json={"data": ["x", file]})

answer = asyncio.run(ask())
sys.stdout.write(f"{answer.status_code} {answer.text}")
"""


def test_gradio_refuses_such_a_file_by_itself(environment: dict[str, str], tmp_path: Path) -> None:
    """The second lock, without the guard: a version of Gradio that no longer has it fails here."""
    (secret := tmp_path / "secret.md").write_text(SECRET, encoding="utf-8")
    (uploads := tmp_path / "uploads").mkdir()
    done = fresh({**environment, "GRADIO_TEMP_DIR": str(uploads)}, "-c", _WITHOUT_GUARD, str(secret))
    assert done.stdout.startswith("500 ")
    assert "InvalidPathError" in done.stderr
    assert str(tmp_path) not in done.stdout
    assert [path for path in uploads.rglob("*") if path.is_file()] == []
