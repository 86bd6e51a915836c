"""A library on a cluster is the library in a folder: the same documents, the same ranking, whatever happens to it.

The cluster is the client's own local mode, in memory; what a real one says
when something is wrong comes from a small server on this machine.
"""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from qdrant_client import QdrantClient
from qdrant_client.http.exceptions import ResponseHandlingException
from typer.testing import CliRunner

from index.errors import ClusterError, IndexDamagedError, IndexMissingError, IndexOutdatedError, WoordelijkError
from index.library.build import add_documents, build_index, reason_to_build, remove_documents
from index.library.cluster import connection, state
from index.library.collect import library_collection
from index.library.manifest import read_manifest
from index.library.open import open_index, published_collection
from index.library.store import check_files
from index.search.related_words import WordQuery
from index.settings import Address, Settings
from rag.answer.assistant import Assistant
from tests.conftest import SMALL_LETTER, FakeEncoder, write_letter
from tests.synthetic import write_letters

STATIC = "data/encoder/static"
QUESTIONS = (
    "Hoeveel bruggen zijn er?",
    "Wie bouwt bruggen? van:leden",
    "vraag 2",
    "Wat kost de maatregel in 2024?",
    "How many bridges are there?",
    '"150 miljoen euro"',
)
pytestmark = pytest.mark.filterwarnings("ignore:Local mode performs exact", "ignore:Payload indexes have no effect")


class Client:
    """A client of the local mode that counts what it writes, and loses its connection when it is told to."""

    def __init__(self) -> None:
        self.local = QdrantClient(":memory:")
        self.upserts = 0
        self.fails_at: int | None = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self.local, name)

    def upsert(self, *arguments: Any, **named: Any) -> Any:
        self.upserts += 1
        if self.fails_at is not None and self.upserts >= self.fails_at:
            raise ResponseHandlingException(ConnectionError("connection lost"))
        return self.local.upsert(*arguments, **named)


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Client]:
    """The one client of every cluster in a test."""
    found = Client()
    monkeypatch.setattr(connection, "client_of", lambda _: found)
    monkeypatch.setattr(connection, "PAUSES", (0.0,))
    monkeypatch.setenv("WOORDELIJK_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr("index.library.open.load_encoder", lambda _: FakeEncoder())
    connection.cluster_at.cache_clear()
    yield found
    connection.cluster_at.cache_clear()


@pytest.fixture
def folder(tmp_path: Path) -> Settings:
    """A folder of two letters, and an index that is not built yet."""
    write_letters(tmp_path / "documents", range(2), 3)
    return Settings(tmp_path / "documents", tmp_path / "index", STATIC)


@pytest.fixture
def cluster(client: Client, folder: Settings) -> Settings:
    """The same letters, and an address where nothing is yet."""
    return replace(folder, index=Address.parse("qdrant://cluster:6333/letters"))


def _same(folder: Settings, cluster: Settings) -> None:
    """Both hold the same, and answer alike."""
    held = [read_manifest(settings.index) for settings in (folder, cluster)]
    assert held[0].documents == held[1].documents
    (one, _), (other, _) = open_index(folder), open_index(cluster)
    assert one.near_pairs.tolist() == other.near_pairs.tolist()
    assert one.collection.documents_with(["brug"]) == other.collection.documents_with(["brug"])
    asked = [Assistant.open(settings) for settings in (folder, cluster)]
    for question in QUESTIONS:
        first, second = (assistant.ask(question, per_unit=None) for assistant in asked)
        assert (first.outcome, first.remarks) == (second.outcome, second.remarks)
        assert first.confidence == pytest.approx(second.confidence, abs=1e-5)
        assert [(hit.passage.id, hit.found) for hit in first.hits] == [(h.passage.id, h.found) for h in second.hits]


def _both(folder: Settings, cluster: Settings, change: Callable[[Settings], Any]) -> None:
    change(folder)
    change(cluster)
    _same(folder, cluster)


def test_the_same_commands_give_the_same_library(folder: Settings, cluster: Settings, tmp_path: Path) -> None:
    """Built, added to, replaced, removed from, merged in tiers: every time the ranking is that of the folder."""
    own = write_letter(tmp_path / "own", SMALL_LETTER)
    _both(folder, cluster, build_index)
    _both(folder, cluster, lambda settings: add_documents(settings, [own]))
    write_letter(tmp_path / "own", SMALL_LETTER.replace("15 bruggen", "16 bruggen"))
    _both(folder, cluster, lambda settings: add_documents(settings, [own]))
    _both(folder, cluster, lambda settings: remove_documents(settings, ["brief-0001.txt"]))
    for path in write_letters(tmp_path / "more", range(20, 31), 1):
        add_documents(folder, [path])
        add_documents(cluster, [path])
    _same(folder, cluster)
    _both(folder, cluster, lambda settings: build_index(settings, folder_only=True))
    assert check_files(cluster.index) == read_manifest(cluster.index)


def test_a_list_gives_the_best_of_any_mask(folder: Settings, cluster: Settings) -> None:
    build_index(folder)
    build_index(cluster)
    (one, encoders), (other, _) = open_index(folder), open_index(cluster)
    random = np.random.default_rng(1)
    size = len(one.collection.passages)
    masks = [None, one.collection.masks.spoken_by("members"), random.random(size) < 0.5, np.arange(size) == 3]
    words = one.related.vocabulary[::40]
    vectors = encoders.words.encode_queries(words)
    asked = [WordQuery(index.related.near(words, vectors)) for index in (one, other)]
    query = encoders.passages.encode_queries(words[:1])
    for mask in masks:
        for k in (1, 3, size):
            assert one.dense.search(query, k, mask)[0].tolist() == other.dense.search(query, k, mask)[0].tolist()
            (rows, scores), (same, like) = (
                index.related.search(related, k, mask) for index, related in zip((one, other), asked, strict=True)
            )
            assert (rows.tolist(), scores.tolist()) == (same.tolist(), like.tolist())


def test_a_reader_sees_the_library_that_it_opened(cluster: Settings, tmp_path: Path) -> None:
    """What is added, removed and replaced meanwhile changes nothing for who has begun."""
    build_index(cluster)
    reader = Assistant.open(cluster)
    before = [[hit.passage.id for hit in reader.ask(question).hits] for question in QUESTIONS]
    add_documents(cluster, [write_letter(tmp_path / "own", SMALL_LETTER)])
    remove_documents(cluster, ["brief-0000.txt"])
    assert [[hit.passage.id for hit in reader.ask(question).hits] for question in QUESTIONS] == before


@pytest.mark.parametrize("lost_at", [2, 5, 8])
def test_a_connection_lost_in_the_middle_of_an_upload(
    cluster: Settings, client: Client, tmp_path: Path, lost_at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing half-written is served, and what was uploaded whole is not encoded again."""
    monkeypatch.setattr("index.library.build._BATCH", 1)
    build_index(cluster)
    letters = write_letters(tmp_path / "own", range(5, 8), 2)
    before = read_manifest(cluster.index)
    client.upserts, client.fails_at = 0, lost_at
    with pytest.raises(ClusterError, match="connection lost"):
        add_documents(cluster, letters)
    client.fails_at = None
    assert read_manifest(cluster.index) == before
    assert len(open_index(cluster)[0].collection.documents) == 2
    encoded: list[str] = []
    plain = FakeEncoder.encode_passages_by_token

    def counted(self: FakeEncoder, texts: list[str]) -> Any:
        encoded.extend(texts)
        return plain(self, texts)

    monkeypatch.setattr(FakeEncoder, "encode_passages_by_token", counted)
    add_documents(cluster, letters)
    whole = len(before.documents) + 3
    assert len(check_files(cluster.index).documents) == whole
    passages = sum(entry.passages for entry in read_manifest(cluster.index).documents) - before.passages
    assert len([text for text in encoded if text != "een"]) < passages or lost_at < 5


def test_a_library_built_anew_is_published_by_its_name(cluster: Settings, client: Client, tmp_path: Path) -> None:
    """Another program reads the documents: a new collection is filled, no text is encoded twice, and the name moves."""
    build_index(cluster)
    (before,) = {alias.collection_name for alias in client.get_aliases().aliases}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("index.library.build.code_fingerprint", lambda: "another")
        patch.setattr(FakeEncoder, "encode_passages_by_token", _only_of_one)
        assert "another version" in (reason_to_build(cluster) or "")
        build_index(cluster)
        assert reason_to_build(cluster) is None
        (after,) = {alias.collection_name for alias in client.get_aliases().aliases}
        assert before != after
        add_documents(cluster, [write_letter(tmp_path / "own", "Er is niets.")])
    assert Assistant.open(cluster).ask(QUESTIONS[3]).hits
    assert {c.name for c in client.get_collections().collections} == {after, "letters--lock"}


def _only_of_one(self: FakeEncoder, texts: list[str]) -> Any:
    assert texts in (["een"], ["Er is niets."]), texts
    from index.encoders.encoder import Encoded
    from index.encoders.token_vectors import TokenVectors

    vectors = [np.array([self._vector("een")])]
    return Encoded(self._encode(texts), TokenVectors.of(vectors, [[1]], self.dimensions))


def test_one_writer_at_a_time_and_a_dead_one_is_succeeded(
    cluster: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    assert isinstance(cluster.index, Address)
    monkeypatch.setattr(state, "BEAT", 0.05)
    monkeypatch.setattr(state, "DEAD", 0.5)
    found = connection.cluster_at(cluster.index)
    order: list[str] = []

    def second() -> None:
        with state.Lock(found).held():
            order.append("second")

    with state.Lock(found).held():
        waiting = threading.Thread(target=second)
        waiting.start()
        waiting.join(0.8)
        order.append("first")
    waiting.join()
    assert order == ["first", "second"]
    state.Lock(found)._acquire()  # one that dies holding it
    second()
    assert order == ["first", "second", "second"]


def test_who_lost_the_lock_publishes_nothing(
    cluster: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_index(cluster)
    replaced = state.replace_state

    def late(*arguments: Any) -> None:
        monkeypatch.setattr("index.library.cluster.write.replace_state", replaced)
        remove_documents(cluster, ["brief-0001.txt"])
        replaced(*arguments)

    monkeypatch.setattr("index.library.cluster.write.replace_state", late)
    monkeypatch.setattr(state, "DEAD", 0.0)
    with pytest.raises(ClusterError, match="took over"):
        add_documents(cluster, [write_letter(tmp_path / "own", SMALL_LETTER)])
    assert [entry.file for entry in read_manifest(cluster.index).documents] == ["brief-0000.txt"]


@pytest.mark.parametrize("kind", ["record", "blob"])
def test_what_is_shown_is_checked(cluster: Settings, client: Client, kind: str, tmp_path: Path) -> None:
    build_index(cluster)
    (name,) = {alias.collection_name for alias in client.get_aliases().aliases}
    points = [point for point in client.scroll(name, limit=1_000)[0] if (point.payload or {}).get("kind") == kind]
    for point in points:
        client.set_payload(name, {"piece": points[0].payload["piece"][::-1]}, [point.id])
    with pytest.raises(IndexDamagedError, match="is not what was written"):
        check_files(cluster.index)
    if kind == "record":
        with pytest.raises(IndexDamagedError, match="document"):
            Assistant.open(cluster).ask(QUESTIONS[3])


def test_no_library_another_format_another_encoder(cluster: Settings, client: Client) -> None:
    with pytest.raises(IndexMissingError, match="qdrant://cluster:6333/letters: no index found"):
        open_index(cluster)
    build_index(cluster)
    with pytest.raises(IndexOutdatedError, match="the settings ask for"):
        open_index(replace(cluster, encoder="data/encoder/transformer"))
    client.set_payload("letters", {"format": 99}, [state._STATE])
    with pytest.raises(IndexOutdatedError, match="has format 99"):
        open_index(cluster)
    client.create_collection("own", vectors_config={})
    with pytest.raises(ClusterError, match="not Woordelijk's"):
        build_index(replace(cluster, index=Address.parse("qdrant://cluster:6333/own")))


def test_the_commands(cluster: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Built, added, listed, asked, cited, verified, checked and removed by address, as by folder."""
    from index.__main__ import app as index_commands
    from rag.__main__ import app as rag_commands

    monkeypatch.setenv("WOORDELIJK_INDEX", str(cluster.index))
    monkeypatch.setenv("WOORDELIJK_DOCUMENTS", str(cluster.documents))
    monkeypatch.setenv("WOORDELIJK_ENCODER", STATIC)
    letter = write_letter(tmp_path / "own", SMALL_LETTER)
    memo = tmp_path / "memo.txt"
    memo.write_text("De minister schrijft: “Er zijn 15 bruggen.” (brief.txt)", "utf-8")

    def run(app: Any, *words: str) -> str:
        done = CliRunner().invoke(app, list(words))
        assert done.exit_code == 0, (words, done.output, done.exception)
        return done.output

    assert "qdrant://cluster:6333/letters" in run(index_commands, "build")
    assert "added: brief.txt" in run(index_commands, "add", str(letter))
    assert "3 document(s)" in run(index_commands, "list")
    assert "15 bruggen" in run(rag_commands, "ask", "Hoeveel bruggen zijn er?")
    start = SMALL_LETTER.index("Er zijn 15")
    assert "Er zijn 15 bruggen" in run(rag_commands, "cite", "brief.txt", str(start), str(start + 19))
    run(rag_commands, "verify", str(memo))
    assert "whole: qdrant://" in run(index_commands, "check", "--files")
    assert "removed: brief.txt" in run(index_commands, "remove", "brief.txt")
    assert len(library_collection(cluster).documents) == len(published_collection(cluster.index).documents) == 2


@pytest.mark.parametrize(
    "text", ["qdrant://", "qdrant://h", "qdrant://h:0/n", "qdrant://h/a--b", "http://h/n", "qdrant://h/a/b"]
)
def test_what_is_no_address(text: str) -> None:
    from index.command_line import settings

    with pytest.raises(WoordelijkError, match="expected qdrant://HOST:PORT/NAME"):
        settings(index=text)


def test_an_address_reads_as_it_is_written() -> None:
    for text in ("qdrant://host:6333/name", "qdrants://10.0.0.1:443/kamer-2", "qdrant://[::1]:6333/a"):
        assert str(Address.parse(text)) == text
    assert Address.parse("qdrant://host/name").port == 6333
