"""The page works by address: it follows the cluster, and says so when that does not answer."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from qdrant_client import QdrantClient
from qdrant_client.http.exceptions import ResponseHandlingException

import ui.desk.desk
from index.library.build import add_documents, build_index
from index.library.cluster import connection
from index.settings import Address, Settings
from tests.conftest import SMALL_LETTER, FakeEncoder, write_letter
from ui.desk.desk import Desk
from ui.texts.failures import sentence

pytestmark = pytest.mark.filterwarnings("ignore:Local mode performs exact", "ignore:Payload indexes have no effect")


class _Fragile:
    """A client of the local mode until its node dies."""

    def __init__(self) -> None:
        self._local = QdrantClient(":memory:")
        self.dead = False

    def __getattr__(self, name: str) -> Any:
        if self.dead:
            raise ResponseHandlingException(ConnectionError("connection refused"))
        return getattr(self._local, name)


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[_Fragile]:
    found = _Fragile()
    monkeypatch.setattr(connection, "client_of", lambda _: found)
    monkeypatch.setattr(connection, "PAUSES", ())
    monkeypatch.setattr(ui.desk.desk, "_EVERY", 0.0)
    monkeypatch.setenv("WOORDELIJK_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr("index.library.open.load_encoder", lambda _: FakeEncoder())
    connection.cluster_at.cache_clear()
    yield found
    connection.cluster_at.cache_clear()


def test_the_page_follows_the_cluster_and_outlives_it(client: _Fragile, tmp_path: Path) -> None:
    write_letter(tmp_path / "documents", SMALL_LETTER)
    settings = Settings(tmp_path / "documents", Address.parse("qdrant://node:6333/kamer"), "data/encoder/static")
    build_index(settings)
    desk = Desk(settings)
    add_documents(settings, [write_letter(tmp_path / "own", SMALL_LETTER.replace("15", "16"), "own.txt")])
    assert [document.file for document in desk.tools.collection.documents] == ["brief.txt", "own.txt"]
    client.dead = True
    tools = desk.tools
    with pytest.raises(Exception, match="does not answer") as raised:
        tools.assistant.ask("Hoeveel bruggen zijn er?")
    assert sentence(raised.value, "nl").startswith("kamer: geeft geen antwoord (connection refused)")
    client.dead = False
    assert desk.tools.assistant.ask("Hoeveel bruggen zijn er?").hits
