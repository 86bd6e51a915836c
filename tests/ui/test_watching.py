"""What a person follows on a server: each user has a list of his own, within limits, and its feeds are his."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from lxml import etree
from starlette.testclient import TestClient

from index.library.build import add_documents
from index.settings import Settings
from rag.watch.store import WatchStore
from tests.conftest import library_of, write_letter
from tests.rag.watch.test_watch import BRIDGES, WOLVES
from tests.ui.test_guard import _basic
from ui.desk.desk import Desk
from ui.desk.upload_folder import UploadFolder
from ui.desk.watching import Watching
from ui.server.guard import Guard
from ui.server.password import Users, hashed
from ui.server.routes import add_routes

PASSWORD = "geheim woord"
ANNA, BOB = ({"authorization": _basic(name, PASSWORD)} for name in ("anna", "bob"))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return library_of(tmp_path_factory.mktemp("watching"), {"bruggen.txt": BRIDGES})


@pytest.fixture
def library(built: Settings, tmp_path: Path) -> Settings:
    shutil.copytree(built.index, tmp_path / "index")
    return Settings(built.documents, tmp_path / "index")


def _client(library: Settings, folder: Path, users: Users | None) -> TestClient:
    app = FastAPI()
    add_routes(app, Desk(library))
    (folder / "uploads").mkdir()
    return TestClient(Guard(app, UploadFolder(folder / "uploads"), users))


@pytest.fixture
def client(library: Settings, tmp_path: Path) -> Iterator[TestClient]:
    with _client(library, tmp_path, Users({name: hashed(PASSWORD) for name in ("anna", "bob")})) as client:
        yield client


def _post(client: TestClient, path: str, who: dict[str, str], **body: Any) -> Any:
    return client.post(f"/woordelijk/{path}", json=body, headers=who)


def _get(client: TestClient, path: str, who: dict[str, str]) -> Any:
    return client.get(f"/woordelijk/{path}", headers=who)


def test_each_user_has_a_list_of_his_own(client: TestClient, library: Settings, tmp_path: Path) -> None:
    assert client.get("/woordelijk/watches").status_code == 401
    assert _post(client, "watches/add", ANNA, question="wolven Veluwe").json() == {"name": "wolven Veluwe"}
    add_documents(library, [write_letter(tmp_path, WOLVES.replace("43", "43 <b>&"), "wolven.txt")])
    found = _get(client, "news", ANNA).json()
    assert (found["new"], found["state"], found["html"].count('<article class="card"')) == (1, "done", 1)
    assert "43 &lt;b&gt;&amp; wolven" in found["html"]
    ((watch, _),) = found["shown"].items()
    assert _get(client, "watches", BOB).json() == {"new": 0, "state": "done"}
    assert _get(client, f"feeds/{watch}", BOB).status_code == 400
    assert _post(client, "watches/remove", BOB, name=watch).status_code == 400
    assert not WatchStore.of(library).read().watches
    _post(client, "watches/seen", BOB, shown={watch: 1})
    assert _get(client, "watches", ANNA).json()["new"] == 1
    _post(client, "watches/seen", ANNA, shown={watch: 999})
    assert _get(client, "watches", ANNA).json()["new"] == 0
    feed = _get(client, f"feeds/{watch}?language=en", ANNA)
    (entry,) = etree.fromstring(feed.content).findall("{*}entry")
    assert entry.find("{*}content").text == "Op de Veluwe leven 43 <b>& wolven in negen roedels."
    assert entry.find("{*}link[@rel='alternate']").get("href").startswith("http://testserver/en/?document=")


def test_without_users_it_is_the_list_of_the_machine(library: Settings, tmp_path: Path) -> None:
    with _client(library, tmp_path, None) as client:
        _post(client, "watches/add", {}, promises=True)
        assert [watch.days for watch in WatchStore.of(library).read().watches] == [14]
        promises = _get(client, "feeds/promises", {})
        assert promises.headers["content-type"] == "application/atom+xml; charset=utf-8"
        assert etree.fromstring(promises.content).tag.endswith("feed")


@pytest.mark.parametrize("body", [{}, {"question": "x" * 2001}, {"question": "a", "filters": {"groups": {}}}])
def test_what_cannot_be_followed_gets_a_dutch_sentence(client: TestClient, body: dict[str, Any]) -> None:
    refused = _post(client, "watches/add", ANNA, **body)
    assert refused.status_code == 400
    assert refused.json()["detail"].endswith(".")
    assert not _get(client, "news", ANNA).json()["shown"]


def test_there_is_an_end_to_what_a_person_follows(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rag.watch.store.MOST_WATCHES", 5)
    for number in range(5):
        assert _post(client, "watches/add", ANNA, question=f"wolven {number}").status_code == 200
    full = _post(client, "watches/add", ANNA, question="meer wolven").json()["detail"]
    assert full == "U volgt 5 vragen, meer worden er niet bewaard. Volg er eerst een niet meer."
    assert _post(client, "watches/add", BOB, question="wolven").status_code == 200


def test_a_damaged_list_is_said_and_no_other_suffers(client: TestClient, library: Settings) -> None:
    _post(client, "watches/add", BOB, question="wolven")
    WatchStore.of(library, "anna").path.write_text("{", "utf-8")
    refused = _get(client, "watches", ANNA)
    assert (refused.status_code, str(library.index.parent) in refused.text) == (400, False)
    assert "beschadigd" in refused.json()["detail"]
    assert len(_get(client, "news", BOB).json()["shown"]) == 1


def test_very_much_is_left_to_the_command(
    client: TestClient, library: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.desk.watching._MOST_PENDING", 0)
    _post(client, "watches/add", ANNA, question="wolven Veluwe")
    add_documents(library, [write_letter(tmp_path, WOLVES, "wolven.txt")])
    assert _get(client, "watches", ANNA).json()["state"] == "much"


def test_what_takes_long_is_still_being_looked_for(
    library: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(library)
    watching = Watching(desk)
    watching.add("", "wolven Veluwe", {}, promises=False)
    add_documents(library, [write_letter(tmp_path, WOLVES, "wolven.txt")])
    monkeypatch.setattr("ui.desk.watching._PATIENCE", 0.0)
    assert watching.looked("")[1] == "looking"
    watching._looks[""].result(60)
    kept, state = watching.looked("")
    assert (state, kept.watches[0].found) == ("done", 1)
