"""The library holds what was put in it, whole, whatever is added, removed, interrupted or done at once."""

import errno
import json
import os
import random
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from index.encoders.encoder import Encoded, Encoder
from index.errors import DocumentError, IndexMissingError, IndexOutdatedError, OutputError
from index.grammar.parse import parse
from index.library.build import add_documents, build_index, reason_to_build, remove_documents
from index.library.collect import library_collection, read_collection
from index.library.draft import Changes, Refusal
from index.library.manifest import Entry, read_manifest
from index.library.open import open_index
from index.library.store import check_files, publish
from index.settings import ROOT, WORD_ENCODER, Settings
from rag.answer.assistant import Assistant
from tests.conftest import SMALL_LETTER, FakeEncoder, write_letter
from tests.index.library.interrupted import LEFT_OVER
from tests.synthetic import write_letters

STATIC = "data/encoder/static"


@pytest.fixture
def fakes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The encoders that the indexes of a test are built with: fakes that load at once."""
    monkeypatch.setattr("index.library.open.load_encoder", lambda _: FakeEncoder())


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A folder of two letters, and an index that is not built yet."""
    write_letters(tmp_path / "documents", range(2), 3)
    return Settings(tmp_path / "documents", tmp_path / "index", STATIC)


def _held(settings: Settings) -> list[str]:
    return [entry.file for entry in read_manifest(settings.index).documents]


def _files(entries: list[Entry]) -> list[str]:
    return [entry.file for entry in entries]


def _contents(index: Path) -> dict[str, bytes]:
    """The files of what is published, by their path."""
    paths = [path for name in read_manifest(index).segments for path in (index / "segments" / name).iterdir()]
    return {path.relative_to(index).as_posix(): path.read_bytes() for path in paths}


def _on_disk(settings: Settings) -> set[str]:
    return {path.name for path in (settings.index / "segments").iterdir()}


def _damage(index: Path) -> None:
    for path in index.rglob("documents.jsonl"):
        path.write_bytes(b"[]")


@pytest.mark.usefixtures("fakes")
class TestWhatItHolds:
    def test_added_and_removed(self, settings: Settings, tmp_path: Path) -> None:
        build_index(settings)
        letters = write_letters(tmp_path / "own", range(5, 7), 3)
        changes = add_documents(settings, letters)
        assert _files(changes.added) == ["brief-0005.txt", "brief-0006.txt"]
        assert _held(settings) == ["brief-0000.txt", "brief-0001.txt", "brief-0005.txt", "brief-0006.txt"]
        added = changes.added[0]
        assert (added.questions, added.passages, added.in_folder) == (3, 9, False)
        removed = remove_documents(settings, [added.id[:8], str(letters[1])])
        assert _files(removed.removed) == ["brief-0005.txt", "brief-0006.txt"]
        assert _held(settings) == ["brief-0000.txt", "brief-0001.txt"]
        assert all(path.is_file() for path in letters)

    def test_content_decides_not_the_name(self, settings: Settings, tmp_path: Path) -> None:
        build_index(settings)
        copy = tmp_path / "kopie.txt"
        shutil.copy(settings.documents / "brief-0000.txt", copy)
        before = _contents(settings.index)
        changes = add_documents(settings, [copy])
        assert (_files(changes.same), bool(changes)) == (["brief-0000.txt"], False)
        assert _contents(settings.index) == before

    def test_two_new_files_of_one_content_are_one_document(self, settings: Settings, tmp_path: Path) -> None:
        one = write_letter(tmp_path, SMALL_LETTER, "een.txt")
        two = write_letter(tmp_path, SMALL_LETTER, "twee.txt")
        changes = add_documents(settings, [one, two])
        assert (_files(changes.added), _held(settings)) == (["een.txt"], ["een.txt"])

    def test_a_changed_file_takes_the_old_ones_place(self, settings: Settings, tmp_path: Path) -> None:
        path = write_letter(tmp_path, SMALL_LETTER, "brief.txt")
        add_documents(settings, [path])
        write_letter(tmp_path, SMALL_LETTER.replace("15 bruggen", "16 bruggen"), "brief.txt")
        changes = add_documents(settings, [path])
        assert (_files(changes.replaced), _held(settings)) == (["brief.txt"], ["brief.txt"])
        text = open_index(settings)[0].collection.documents[0].text
        assert "16 bruggen" in text
        assert "15 bruggen" not in text

    def test_files_of_one_name_in_two_folders_are_two_documents(self, settings: Settings, tmp_path: Path) -> None:
        paths = [write_letter(tmp_path / name, SMALL_LETTER + name, "antwoord.txt") for name in ("een", "twee")]
        add_documents(settings, paths)
        assert _held(settings) == ["antwoord.txt", "antwoord.txt"]
        with pytest.raises(DocumentError, match="antwoord.txt: matches 2 documents"):
            remove_documents(settings, ["antwoord.txt"])
        remove_documents(settings, [str(paths[0])])
        assert [entry.source for entry in read_manifest(settings.index).documents] == [str(paths[1])]

    def test_a_file_that_moved_is_known_by_its_new_path(self, settings: Settings, tmp_path: Path) -> None:
        old = write_letter(tmp_path, SMALL_LETTER, "oud.txt")
        add_documents(settings, [old])
        new = old.rename(tmp_path / "nieuw.txt")
        assert _files(add_documents(settings, [new]).replaced) == ["nieuw.txt"]
        assert _held(settings) == ["nieuw.txt"]

    def test_what_is_said_beside_the_file_counts(self, settings: Settings, tmp_path: Path) -> None:
        path = write_letter(tmp_path / "own", SMALL_LETTER)
        add_documents(settings, [path])
        (path.parent / "documents.toml").write_text('["brief.txt"]\ntitle = "Bruggen"\ndate = "12 maart 2024"\n')
        assert len(add_documents(settings, [path]).replaced) == 1
        (entry,) = read_manifest(settings.index).documents
        assert (entry.title, entry.date) == ("Bruggen", "2024-03-12")

    def test_folders_and_zip_files(self, settings: Settings, tmp_path: Path) -> None:
        letters = write_letters(tmp_path / "map" / "diep", range(5, 7), 3)
        with zipfile.ZipFile(tmp_path / "stukken.zip", "w") as archive:
            archive.write(letters[0], "a/brief.txt")
            archive.writestr("b/brief.txt", SMALL_LETTER)
        changes = add_documents(settings, [tmp_path / "map", tmp_path / "stukken.zip"])
        assert _files(changes.added) == ["brief-0005.txt", "brief-0006.txt", "stukken.zip/b/brief.txt"]
        assert _files(changes.same) == []
        assert _files(add_documents(settings, [tmp_path / "stukken.zip"]).same) == [
            "brief-0005.txt",
            "stukken.zip/b/brief.txt",
        ]
        remove_documents(settings, ["stukken.zip/b/brief.txt"])
        assert _held(settings) == ["brief-0005.txt", "brief-0006.txt"]

    def test_the_refused_are_named_and_the_others_added(self, settings: Settings, tmp_path: Path) -> None:
        good = write_letter(tmp_path, SMALL_LETTER, "goed.txt")
        gap = write_letter(tmp_path, SMALL_LETTER.replace("3. Waarom", "Waarom"), "gat.txt")
        changes = add_documents(settings, [gap, good, tmp_path / "nergens.txt"])
        assert _files(changes.added) == ["goed.txt"]
        assert [Path(refusal.name).name for refusal in changes.refused] == ["nergens.txt", "gat.txt"]
        assert "question 3: not found" in changes.refused[1].reason
        assert _held(settings) == ["goed.txt"]

    def test_a_bad_file_does_not_take_the_good_ones_place(self, settings: Settings, tmp_path: Path) -> None:
        path = write_letter(tmp_path, SMALL_LETTER)
        add_documents(settings, [path])
        before = _contents(settings.index)
        write_letter(tmp_path, SMALL_LETTER.replace("3. Waarom", "Waarom"))
        assert len(add_documents(settings, [path]).refused) == 1
        assert _contents(settings.index) == before

    def test_nothing_good_leaves_no_index(self, settings: Settings, tmp_path: Path) -> None:
        assert add_documents(settings, [tmp_path / "nergens.txt"]).refused
        with pytest.raises(IndexMissingError):
            read_manifest(settings.index)
        with pytest.raises(IndexMissingError):
            remove_documents(settings, ["brief"])

    def test_a_wrong_name_removes_nothing(self, settings: Settings) -> None:
        build_index(settings)
        with pytest.raises(DocumentError, match="nergens: matches 0 documents.*brief-0000.txt"):
            remove_documents(settings, ["brief-0000.txt", "nergens"])
        with pytest.raises(DocumentError, match="no document would be left"):
            remove_documents(settings, ["brief-0000.txt", "brief-0001.txt"])
        assert len(_held(settings)) == 2

    def test_another_encoder_is_not_mixed_in(self, settings: Settings, tmp_path: Path) -> None:
        build_index(settings)
        with pytest.raises(IndexOutdatedError, match="static.*transformer"):
            add_documents(replace(settings, encoder="data/encoder/transformer"), [write_letter(tmp_path, SMALL_LETTER)])


@pytest.mark.usefixtures("fakes")
def test_citing_finds_the_folder_as_it_is_and_what_was_added(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [d.file for d in library_collection(settings).documents] == ["brief-0000.txt", "brief-0001.txt"]
    build_index(settings)
    add_documents(settings, [write_letter(tmp_path, SMALL_LETTER)])
    remove_documents(settings, ["brief-0001.txt"])
    (tmp_path / "brief.txt").unlink()
    write_letters(settings.documents, range(2, 3), 3)
    # Of another version of the program too: what the index has is not read again.
    publish(settings.index, replace(read_manifest(settings.index), code="another"))
    read: list[str] = []
    with monkeypatch.context() as patch:
        patch.setattr("index.grammar.parse.parse", lambda found: [read.append(found.file), parse(found)][1])
        collection = library_collection(settings)
    assert read == ["brief-0002.txt"]
    assert [d.file for d in collection.documents] == ["brief-0000.txt", "brief-0002.txt", "brief.txt"]
    assert all(collection.units_of(document.id) for document in collection.documents)
    shutil.rmtree(settings.index)
    assert len(library_collection(settings).documents) == 3


@pytest.mark.usefixtures("fakes")
class TestBuilding:
    def test_what_was_added_stays_unless_told_otherwise(self, settings: Settings, tmp_path: Path) -> None:
        build_index(settings)
        add_documents(settings, [write_letter(tmp_path, SMALL_LETTER)])
        assert reason_to_build(settings) is None
        (settings.documents / "brief-0000.txt").unlink()
        assert "documents have changed" in (reason_to_build(settings) or "")
        build_index(settings)
        assert _held(settings) == ["brief-0001.txt", "brief.txt"]
        build_index(settings, folder_only=True)
        assert _held(settings) == ["brief-0001.txt"]

    def test_what_was_removed_stays_out_until_all_is_built(self, settings: Settings) -> None:
        build_index(settings)
        remove_documents(settings, ["brief-0000.txt"])
        assert reason_to_build(settings) is None
        write_letters(settings.documents, range(2, 3), 3)
        build_index(settings, keep_left_out=True)
        assert _held(settings) == ["brief-0001.txt", "brief-0002.txt"]
        build_index(settings)
        assert _held(settings) == ["brief-0000.txt", "brief-0001.txt", "brief-0002.txt"]

    def test_a_renamed_file_is_read_under_its_new_name(self, settings: Settings) -> None:
        build_index(settings)
        (settings.documents / "brief-0000.txt").rename(settings.documents / "anders.txt")
        build_index(settings)
        assert _held(settings) == ["anders.txt", "brief-0001.txt"]

    def test_all_that_cannot_be_read_is_named_at_once(self, settings: Settings) -> None:
        build_index(settings)
        before = _contents(settings.index)
        for name in ("gat.txt", "kier.txt"):
            write_letter(settings.documents, SMALL_LETTER.replace("3. Waarom", "Waarom") + name, name)
        with pytest.raises(DocumentError, match=r"(?s)gat\.txt.*kier\.txt"):
            build_index(settings)
        assert _contents(settings.index) == before

    def test_what_was_added_outlives_damage_and_another_encoder(
        self, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        build_index(settings)
        add_documents(settings, [write_letter(tmp_path, SMALL_LETTER)])
        _damage(settings.index)
        build_index(settings)
        assert _held(settings) == ["brief-0000.txt", "brief-0001.txt", "brief.txt"]
        (tmp_path / "brief.txt").unlink()
        monkeypatch.setattr(FakeEncoder, "fingerprint", "e" * 64)
        build_index(settings)
        assert _held(settings) == ["brief-0000.txt", "brief-0001.txt", "brief.txt"]
        _damage(settings.index)
        with pytest.raises(DocumentError, match=r"brief\.txt: added to the library before.*--folder-only"):
            build_index(settings)

    def test_another_version_of_the_program_reads_everything_again(
        self, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        build_index(settings)
        add_documents(settings, [write_letter(tmp_path, SMALL_LETTER)])
        before = open_index(settings)[0]
        monkeypatch.setattr("index.library.build.code_fingerprint", lambda: "new")
        monkeypatch.setattr(FakeEncoder, "encode_passages_by_token", _refuse_passages)
        assert "another version" in (reason_to_build(settings) or "")
        build_index(settings)
        assert read_manifest(settings.index).code == "new"
        after = open_index(settings)[0]
        assert tuple(after.collection.passages) == tuple(before.collection.passages)
        query = FakeEncoder().encode_queries(["bruggen"])
        every = np.arange(len(after.collection.passages))
        assert after.dense.score(query, every).tolist() == before.dense.score(query, every).tolist()


def _refuse_passages(*_: object) -> None:
    raise AssertionError("a passage was encoded again")


@hypothesis_settings(max_examples=12)
@given(steps=st.lists(st.integers(0, 4), min_size=1, max_size=8), data=st.data())
def test_equal_documents_give_equal_answers_whatever_came_before(
    steps: list[int], data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Add and remove in any order, in any tiers: every score is, to the last digit, that of a library built at once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("index.library.open.load_encoder", lambda _: FakeEncoder())
        patch.setattr("index.library.tiers.TIER", data.draw(st.sampled_from([2, 3, 10])))
        folder = tmp_path_factory.mktemp("any")
        letters = write_letters(folder / "letters", range(4), 2)
        letters.append(
            write_letter(folder / "letters", letters[0].read_text("utf-8").replace("Hierbij", "Hiermede"), "0.txt")
        )
        changed = Settings(folder, folder / "changed", STATIC)
        present: set[int] = set()
        for step in steps:
            if step in present and len(present) > 1 and data.draw(st.booleans()):
                remove_documents(changed, [str(letters[step])])
                present.remove(step)
            else:
                add_documents(changed, [letters[step]])
                present.add(step)
        at_once = replace(changed, index=folder / "at once")
        add_documents(at_once, [letters[step] for step in data.draw(st.permutations(sorted(present)))])
        assert read_manifest(changed.index).documents == read_manifest(at_once.index).documents
        one, other = (Assistant.open(settings) for settings in (changed, at_once))
        assert tuple(one.index.collection.passages) == tuple(other.index.collection.passages)
        assert one.index.near_pairs.tolist() == other.index.near_pairs.tolist()
        for question in ("hoeveel bruggen", "Hoeveel politie en toezicht?", "vraag 2", "How many police officers?"):
            assert one.ask(question) == other.ask(question)


@pytest.mark.usefixtures("fakes")
def test_segments_are_merged_in_tiers(settings: Settings, tmp_path: Path) -> None:
    """Of a hundred documents, added one by one, there are never more than some twenty segments."""
    letters = write_letters(tmp_path / "own", range(100, 121), 1)
    sizes = []
    for letter in letters:
        add_documents(settings, [letter])
        sizes.append(len(read_manifest(settings.index).segments))
    assert sizes[:9] == list(range(1, 10))
    assert (sizes[9], max(sizes[10:19]), sizes[19]) == (1, 10, 2)
    assert {path.name for path in (settings.index / "segments").iterdir()} == set(
        read_manifest(settings.index).segments
    )
    for letter in letters[:6]:
        remove_documents(settings, [str(letter)])
    held = [len(Segmented(settings.index, name)) for name in read_manifest(settings.index).segments]
    assert sorted(held) == [1, 4, 10]


@pytest.mark.usefixtures("fakes")
def test_what_was_added_stays_where_segments_cannot_be_merged(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """It is there before they are; the next change merges them."""
    monkeypatch.setattr("index.library.tiers.TIER", 2)
    letters = write_letters(tmp_path / "own", range(3), 1)
    held: list[list[str]] = []

    def full(*_: object) -> None:
        held.append(_held(settings))
        raise OutputError("the disk is full")

    add_documents(settings, letters[:1])
    with monkeypatch.context() as patch:
        patch.setattr("index.library.build.merged", full)
        assert _files(add_documents(settings, letters[1:2]).added) == ["brief-0001.txt"]
    assert held == [["brief-0000.txt", "brief-0001.txt"]] and _held(settings) == held[0]
    assert "it is done, but segments could not be merged" in caplog.text and "the disk is full" in caplog.text
    add_documents(settings, letters[2:])
    assert [len(Segmented(settings.index, name)) for name in read_manifest(settings.index).segments] == [3]
    open_index(settings)


class Segmented:
    """What lies in a segment."""

    def __init__(self, index: Path, name: str) -> None:
        self._path = index / "segments" / name / "segment.json"

    def __len__(self) -> int:
        return len(json.loads(self._path.read_bytes())["documents"])


@pytest.mark.usefixtures("fakes")
def test_a_document_that_comes_back_as_it_was(settings: Settings, tmp_path: Path) -> None:
    """Removed and added again, moved, or with other things said beside it: it stands there once."""
    path = write_letter(tmp_path / "own", SMALL_LETTER)
    build_index(settings)
    add_documents(settings, [path])
    remove_documents(settings, ["brief.txt"])
    add_documents(settings, [path])
    moved = path.rename(tmp_path / "brief.txt")
    add_documents(settings, [moved])
    assert _held(settings) == ["brief-0000.txt", "brief-0001.txt", "brief.txt"]
    (moved.parent / "documents.toml").write_text('["brief.txt"]\ntitle = "Bruggen"\n')
    add_documents(settings, [moved])
    index, _ = open_index(settings)
    assert [head.title for head in index.collection.heads][2] == "Bruggen"
    assert index.collection.documents[2].title == "Bruggen"


def test_an_interrupted_addition_goes_on_where_it_was(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The vectors of documents that were ready are kept; when all are published nothing is left of them."""
    words, encoded = FakeEncoder(), []

    class Breaking(FakeEncoder):
        def encode_passages_by_token(self, texts: Sequence[str]) -> Encoded:
            encoded.append(texts)
            if len(encoded) == 3:
                raise KeyboardInterrupt
            return super().encode_passages_by_token(texts)

    texts: Encoder = Breaking()
    monkeypatch.setattr("index.library.open.load_encoder", lambda name: words if name == str(WORD_ENCODER) else texts)
    letters = write_letters(tmp_path / "own", range(5, 10), 2)
    chosen = replace(settings, encoder=None)
    monkeypatch.setattr("index.library.build._BATCH", 1)
    with pytest.raises(KeyboardInterrupt):
        add_documents(chosen, letters)
    with pytest.raises(IndexMissingError):
        read_manifest(chosen.index)
    assert len(list((chosen.index / "segments").iterdir())) == 2
    torn = next(chosen.index.rglob("arrays.safetensors"))
    torn.write_bytes(torn.read_bytes()[:-1])
    add_documents(chosen, letters)
    # Three before, of which one was lost and one was torn, and the two that were never reached.
    assert len(encoded) == 3 + 4
    assert _on_disk(chosen) == set(read_manifest(chosen.index).segments)
    at_once = replace(chosen, index=tmp_path / "at once")
    add_documents(at_once, letters)
    one, other = (open_index(settings)[0].collection for settings in (chosen, at_once))
    assert tuple(one.passages) == tuple(other.passages)


@pytest.mark.usefixtures("fakes")
def test_what_an_interrupted_addition_finished_is_not_taken_where_the_file_changed(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_letter(tmp_path / "own", SMALL_LETTER)
    monkeypatch.setattr("index.library.build.publish", _interrupt)
    with pytest.raises(KeyboardInterrupt):
        add_documents(settings, [path])
    monkeypatch.undo()
    monkeypatch.setattr("index.library.open.load_encoder", lambda _: FakeEncoder())
    (path.parent / "documents.toml").write_text('["brief.txt"]\ntitle = "Bruggen"\n')
    add_documents(settings, [path])
    assert open_index(settings)[0].collection.documents[0].title == "Bruggen"


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.usefixtures("fakes")
@pytest.mark.parametrize("full_at", [1, 2, 3, 4])
def test_a_full_disk_loses_nothing(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, full_at: int
) -> None:
    """Whichever file does not fit: one sentence, the library as it was, and room for the next try."""
    build_index(settings)
    before = _contents(settings.index)
    letter = write_letter(tmp_path / "own", SMALL_LETTER)
    flushed = 0

    def full(_: int) -> None:
        nonlocal flushed
        flushed += 1
        if flushed == full_at:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr("index.files.os.fsync", full)
        with pytest.raises(OutputError, match="No space left"):
            add_documents(settings, [letter])
    assert _contents(settings.index) == before
    assert not list(settings.index.rglob("*.unfinished"))
    assert len(open_index(settings)[0].collection.documents) == 2
    add_documents(settings, [letter])
    assert len(open_index(settings)[0].collection.documents) == 3


def _command(settings: Settings, *arguments: str) -> subprocess.Popen[str]:
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("WOORDELIJK_")},
        "WOORDELIJK_DOCUMENTS": str(settings.documents),
        "WOORDELIJK_INDEX": str(settings.index),
        "WOORDELIJK_ENCODER": STATIC,
        "PYTHONPATH": str(ROOT),
    }
    return subprocess.Popen(
        [sys.executable, "-m", "index", *arguments],
        cwd=ROOT,
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """An index of 30 letters, to be copied and not touched."""
    folder = tmp_path_factory.mktemp("large")
    write_letters(folder / "documents", range(30), 3)
    settings = Settings(folder / "documents", folder / "index", STATIC)
    build_index(settings)
    return settings


@pytest.fixture(scope="module")
def tiered(large: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The same with nine more of one document each, to be copied and not touched: the tenth merges them."""
    folder = tmp_path_factory.mktemp("tiered")
    settings = _copied(large, folder)
    for letter in write_letters(folder / "own", range(90, 99), 3):
        add_documents(settings, [letter])
    return settings


def _copied(settings: Settings, folder: Path) -> Settings:
    shutil.copytree(settings.index, folder / "index")
    return replace(settings, index=folder / "index")


def _assert_nothing_is_left_over(settings: Settings) -> None:
    left = {path.name for path in settings.index.iterdir()}
    assert left <= LEFT_OVER
    assert _on_disk(settings) == set(read_manifest(settings.index).segments)


def test_broken_off_at_any_step_the_index_is_the_old_or_the_new_one(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """kill -9, or a full disk, while documents are added, merged, removed or built: it opens whole, and goes on."""
    most = str(request.config.getoption("--kills"))
    ran = subprocess.run(
        [sys.executable, "-m", "tests.index.library.interrupted", str(tmp_path), most],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    for found in json.loads(ran.stdout).values():
        assert set(found) == {"add and merge", "remove", "build"}
        for tries in found.values():
            assert len(tries["steps"]) >= min(int(most), 20), tries
            assert not tries["wrong"], ran.stderr


def test_two_writers_are_killed_while_a_reader_asks(
    tiered: Settings, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """kill -9 at adding, removing and merging, two at once: a reader gets exact words of what may be there."""
    settings, question = _copied(tiered, tmp_path), "Hoeveel politie en toezicht?"
    opened = Assistant.open(settings)
    before = opened.ask(question)
    letters = write_letters(tmp_path / "own", range(99, 101), 3)
    texts = {document.file: document.text for document in opened.index.collection.documents}
    coming = {document.file: document.text for document in read_collection(tmp_path / "own").documents}
    going = {"brief-0003.txt", "brief-0090.txt"}

    def write(writer: int) -> None:
        chance = random.Random(writer)
        acts = ("add", str(letters[writer])), ("remove", letters[writer].name), ("remove", sorted(going)[writer])
        for _ in range(writer, request.config.getoption("--kills"), 2):
            process = _command(settings, *chance.choice(acts))
            time.sleep(chance.uniform(0.2, 0.9))
            process.kill()
            process.communicate()

    with ThreadPoolExecutor(2) as pool:
        writers = [pool.submit(write, number) for number in range(2)]
        while not all(writer.done() for writer in writers):
            assistant = Assistant.open(settings)
            held = {head.file for head in assistant.index.collection.heads}
            assert set(texts) - going <= held <= set(texts) | set(coming)
            for hit in assistant.ask(question).hits:
                assert hit.text == hit.passage.span.of((texts | coming)[hit.document.file])
            assert opened.ask(question) == before
    for writer in writers:
        writer.result()
    check_files(settings.index)
    add_documents(settings, letters)
    assert set(coming) <= set(_held(settings))
    _assert_nothing_is_left_over(settings)


def test_two_writers_wait_for_each_other(large: Settings, tmp_path: Path) -> None:
    """The second says that it waits, and builds on what the first has done."""
    from filelock import FileLock

    settings = _copied(large, tmp_path)
    letters = write_letters(tmp_path / "own", range(97, 100), 3)
    with FileLock(settings.index / ".lock"):
        writers = [_command(settings, "add", "--json", str(letter)) for letter in letters]
        said = [writer.stderr.readline() for writer in writers if writer.stderr]
    assert all("another command is changing it; waiting" in line for line in said)
    for writer, letter in zip(writers, letters, strict=True):
        printed, errors = writer.communicate(timeout=120)
        assert writer.returncode == 0, errors
        assert [entry["file"] for entry in json.loads(printed)["added"]] == [letter.name]
    assert len(open_index(settings)[0].collection.documents) == 33


def test_readers_go_on_during_a_build(large: Settings, tmp_path: Path) -> None:
    """An opened assistant answers as before while documents come and go; who opens anew gets the newest."""
    settings = _copied(large, tmp_path)
    opened = Assistant.open(settings)
    question = "Hoeveel politie en toezicht?"
    before = opened.ask(question)
    writer = _command(settings, "add", str(write_letters(tmp_path / "own", range(99, 100), 3)[0]))
    seen = set()
    while writer.poll() is None:
        assert opened.ask(question) == before
        seen.add(len(open_index(settings)[0].collection.documents))
    _, errors = writer.communicate()
    assert writer.returncode == 0, errors
    assert seen <= {30, 31}
    assert opened.ask(question) == before
    assert len(Assistant.open(settings).index.collection.documents) == 31


def test_the_commands(settings: Settings, tmp_path: Path) -> None:
    good = write_letter(tmp_path, SMALL_LETTER, "goed.txt")
    bad = write_letter(tmp_path, "Niet\0leesbaar.", "slecht.txt")
    added = _command(settings, "add", str(bad), str(good))
    printed, errors = added.communicate(timeout=120)
    assert (added.returncode, printed.split("\n")[0][:16]) == (2, "added: goed.txt ")
    assert errors.startswith(f"refused: {bad}")
    listed = _command(settings, "list", "--json").communicate(timeout=120)[0]
    (record,) = json.loads(listed)
    assert (record["file"], record["questions"], record["source"]) == ("goed.txt", 4, str(good))
    assert record["id"] in _command(settings, "list").communicate(timeout=120)[0]
    text = _command(settings, "text", record["id"]).communicate(timeout=120)[0]
    assert text == open_index(settings)[0].collection.documents[0].text
    good.write_text("Vraag 1\n\nHoeveel?\n\nAntwoord\n\nVijf.\n", encoding="utf-8")
    printed, errors = _command(settings, "text", record["id"]).communicate(timeout=120)
    assert (printed, "goed.txt, which has changed since" in errors) == ("", True)
    assert "(goed.txt)" in _command(settings, "units", "nergens").communicate(timeout=120)[1]
    good.unlink()
    assert "is no longer there" in _command(settings, "text", "goed.txt").communicate(timeout=120)[1]
    checked = _command(settings, "check", "--documents", str(tmp_path / "leeg")).communicate(timeout=120)[0]
    assert "vectors: exact" in checked and "tokens: by piece" in checked
    whole = json.loads(_command(settings, "check", "--files", "--json").communicate(timeout=120)[0])
    kept = {found["name"]: found for found in whole["lists"]}
    assert kept["documents"]["bytes"] == next(settings.index.rglob("documents.jsonl")).stat().st_size
    assert {found["passages"] for found in whole["lists"]} == {whole["passages"]} == {record["passages"]}
    removed = _command(settings, "remove", "goed.txt")
    assert "no document would be left" in removed.communicate(timeout=120)[1]
    assert removed.returncode == 2


@pytest.mark.usefixtures("fakes")
def test_one_odd_file_never_stops_the_others(tmp_path: Path) -> None:
    """What can be read is built, what cannot is named; what was read of a file that breaks later stays."""
    settings = Settings(tmp_path / "documents", tmp_path / "index", STATIC)
    (path,) = write_letters(settings.documents, range(1), 2)
    odd = settings.documents / "los.zip"
    odd.write_bytes(b"PK\3\4 stuk")
    refused: list[Refusal] = []
    assert len(build_index(settings, refused=refused).documents) == 1
    assert [(refusal.name, "damaged" in refusal.reason) for refusal in refused] == [(str(odd), True)]
    path.write_bytes(b"Niet\0leesbaar.")
    refused.clear()
    assert len(build_index(settings, refused=refused).documents) == 1
    assert {Path(refusal.name).name for refusal in refused} == {path.name, "los.zip"}
    with pytest.raises(DocumentError, match="damaged"):
        build_index(settings)
    with pytest.raises(DocumentError, match="NUL"):
        read_collection(settings.documents, [])


@pytest.mark.usefixtures("fakes")
def test_two_hundred_documents(tmp_path: Path) -> None:
    """Adding one to two hundred touches nothing of theirs, and every filter finds its own."""
    settings = Settings(tmp_path / "documents", tmp_path / "index", STATIC)
    write_letters(settings.documents, range(200), 2)
    build_index(settings)
    old = open_index(settings)[0]
    add_documents(settings, [write_letter(tmp_path, SMALL_LETTER, "a.txt")])
    new = open_index(settings)[0]
    assert len(new.collection.documents) == 201
    first = len(new.collection.passages) - len(old.collection.passages)
    assert new.collection.passages[first:] == tuple(old.collection.passages)
    query, rows = FakeEncoder().encode_queries(["politie"]), np.arange(len(old.collection.passages))
    assert new.dense.score(query, first + rows).tolist() == old.dense.score(query, rows).tolist()
    assert new.collection.masks.in_documents([new.collection.documents[0].id]).sum() == first
    assert isinstance(add_documents(settings, [settings.documents]), Changes)
