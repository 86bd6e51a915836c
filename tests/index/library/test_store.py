"""An index is opened whole or refused with what was found, what was expected and what to do."""

import hashlib
import json
import random
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import load_file
from typer.testing import CliRunner

from index.__main__ import app
from index.errors import DocumentError, IndexDamagedError, IndexMissingError, IndexOutdatedError, WoordelijkError
from index.library.build import add_documents, build_index, reason_to_build, remove_documents
from index.library.collect import library_collection
from index.library.manifest import COPY, FORMAT, MANIFEST, read_manifest
from index.library.open import open_index
from index.library.store import check_files, publish
from index.model.arrays import mapped
from index.settings import WORD_ENCODER, Settings
from rag.answer.assistant import Assistant
from tests.conftest import SMALL_LETTER, FakeEncoder, library_of, write_letter


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A built index of the small letter, to be copied and not touched."""
    return library_of(tmp_path_factory.mktemp("store"), {"brief.txt": SMALL_LETTER})


@pytest.fixture
def small(built: Settings, tmp_path: Path) -> Settings:
    """A built index of the small letter."""
    shutil.copytree(built.documents.parent, tmp_path, dirs_exist_ok=True)
    return Settings(tmp_path / "documents", tmp_path / "index")


def _files(settings: Settings) -> list[Path]:
    """The files that an index is served from."""
    beside = (".lock", "seen.json", COPY)
    return sorted(path for path in settings.index.rglob("*") if path.is_file() and path.name not in beside)


def test_equal_inputs_give_equal_files(small: Settings, tmp_path: Path) -> None:
    other = replace(small, index=tmp_path / "other")
    build_index(other)
    pairs = zip(_files(small), _files(other), strict=True)
    assert all(one.read_bytes() == two.read_bytes() for one, two in pairs)


def _damaged(content: bytes) -> Iterator[bytes | None]:
    """The content with a bit changed at the beginning, at the end and in between, without its end, and none."""
    places = random.Random(len(content)).sample(range(len(content)), 4)
    for place in (0, *places, len(content) - 1):
        yield content[:place] + bytes([content[place] ^ 1 << place % 8]) + content[place + 1 :]
    yield content[: len(content) // 2]
    yield None


def test_any_damaged_file_is_refused_and_nothing_is_lost_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Never a ranking from it, nor a memo checked against what is left; built anew, all that was added is there."""
    monkeypatch.setattr("index.library.open.load_encoder", lambda _: FakeEncoder())
    small = library_of(tmp_path, {"brief.txt": SMALL_LETTER})
    added = write_letter(tmp_path / "own", SMALL_LETTER.replace("15 bruggen", "16 bruggen"), "eigen.txt")
    add_documents(small, [added])
    (opened, _), held = open_index(small), [entry.file for entry in read_manifest(small.index).documents]
    texts = [document.text for document in opened.collection.documents]
    added.unlink()
    for path in [*_files(small), small.index / COPY, small.index / "seen.json"]:
        served = path.name not in (COPY, "seen.json")
        content = path.read_bytes()
        for number, damaged in enumerate(_damaged(content)):
            path.unlink()
            if damaged is not None:
                path.write_bytes(damaged)
            if served:
                for reads in (open_index, library_collection):
                    with pytest.raises(WoordelijkError, match="python -m index build"):
                        reads(small)
                assert reason_to_build(small) is not None
            else:
                assert [document.text for document in open_index(small)[0].collection.documents] == texts
            copy = replace(small, index=tmp_path / f"{path.name} {number}")
            shutil.copytree(small.index, copy.index)
            try:
                build_index(copy)
            except DocumentError as error:
                # Which words were its own is known no more: said, and all stays as it was.
                assert path.name in ("segment.json", "documents.jsonl"), error
                assert "eigen.txt: added to the library before" in str(error)
            else:
                assert [entry.file for entry in read_manifest(copy.index).documents] == held
                assert [document.text for document in library_collection(copy).documents] == texts
            shutil.rmtree(copy.index)
            path.write_bytes(content)
    open_index(small)


@pytest.mark.parametrize("damage", [b"", b"[]", b"{", b'{"a": "b"}', b"\xff", b"[" * 100_000])
def test_what_was_seen_may_be_lost(small: Settings, damage: bytes) -> None:
    """Then the files are checked again, and a damaged one is found."""
    open_index(small)
    (small.index / "seen.json").write_bytes(damage)
    open_index(small)
    arrays = next(small.index.rglob("arrays.safetensors"))
    arrays.write_bytes(arrays.read_bytes()[:-1] + b"x")
    with pytest.raises(IndexDamagedError, match="arrays.safetensors"):
        open_index(small)


def test_a_file_that_was_seen_is_not_read_again_but_is_when_asked(small: Settings, tmp_path: Path) -> None:
    """What a failing disk changed without a trace is found by reading every byte, and in a copy."""
    open_index(small)
    arrays = next(small.index.rglob("arrays.safetensors"))
    sha256 = hashlib.sha256(arrays.read_bytes()).hexdigest()
    content = bytearray(arrays.read_bytes())
    content[-1] ^= 1
    arrays.write_bytes(content)
    found = arrays.stat()
    seen = json.loads((small.index / "seen.json").read_bytes())
    seen[sha256] = [found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino]
    (small.index / "seen.json").write_text(json.dumps(seen))
    open_index(small)
    with pytest.raises(IndexDamagedError, match="arrays.safetensors"):
        check_files(small.index)
    shutil.copytree(small.index, tmp_path / "copy")
    with pytest.raises(IndexDamagedError, match="arrays.safetensors"):
        open_index(replace(small, index=tmp_path / "copy"))


def test_a_document_that_is_shown_is_checked(small: Settings) -> None:
    """A byte that changes while the index is open is no answer."""
    assistant = Assistant.open(small)
    path = next(small.index.rglob("documents.jsonl"))
    content = path.read_bytes()
    with path.open("rb+") as file:
        file.seek(content.index(b"150 miljoen"))
        file.write(b"151")
    with pytest.raises(IndexDamagedError, match=r"documents\.jsonl.*python -m index build"):
        assistant.ask("wat kost een brug")


def test_the_command_checks_every_byte(small: Settings) -> None:
    run = CliRunner().invoke
    assert run(app, ["check", "--files", "--index", str(small.index)]).exit_code == 0
    with pytest.raises(DocumentError, match="whole index"):
        run(app, ["check", "--files", "brief.txt", "--index", str(small.index)], catch_exceptions=False)
    path = next(small.index.rglob("arrays.safetensors"))
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(IndexDamagedError):
        run(app, ["check", "--files", "--index", str(small.index)], catch_exceptions=False)


def test_no_file_is_a_pickle(small: Settings) -> None:
    for path in _files(small):
        if path.suffix == ".safetensors":
            ours, theirs = mapped(path), load_file(path)
            assert ours.keys() == theirs.keys()
            assert all(np.array_equal(ours[name], array) for name, array in theirs.items())
        else:
            lines = path.read_text("utf-8").splitlines() if path.suffix == ".jsonl" else [path.read_text("utf-8")]
            assert all(json.loads(line) for line in lines)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"format": 0}, rf"format 0, .* format {FORMAT}.*python -m index build"),
        ({"analyser": "dutch-0"}, "'dutch-0'.*'dutch-4'"),
        ({"settings": (("bm25 k1", "9"),)}, "'bm25 k1': '9'.*'bm25 k1': '1.2'"),
        ({"encoder_fingerprint": "0" * 64}, r"weights 000000000000….* now is [0-9a-f]{12}"),
    ],
)
def test_an_index_that_was_made_otherwise_names_both(small: Settings, changed: dict[str, Any], says: str) -> None:
    publish(small.index, replace(read_manifest(small.index), **changed))
    with pytest.raises(IndexOutdatedError, match=says):
        open_index(small)


def test_an_index_of_another_encoder_names_both(small: Settings, tmp_path: Path) -> None:
    other = tmp_path / "encoder"
    shutil.copytree(WORD_ENCODER, other)
    with pytest.raises(IndexOutdatedError, match=r"'data/encoder/transformer'.*encoder'.*--encoder"):
        open_index(replace(small, encoder=str(other)))


def test_no_index(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError, match="python -m index build"):
        open_index(Settings(index=tmp_path))


def test_a_manifest_that_is_none(small: Settings) -> None:
    for content in (b"", b"[]", b"{}", b"\xff", b'{"format": 2}', b"null"):
        (small.index / MANIFEST).write_bytes(content)
        with pytest.raises((IndexDamagedError, IndexOutdatedError), match="python -m index build"):
            open_index(small)


def test_a_rebuild_replaces_a_damaged_index(small: Settings) -> None:
    for path in _files(small):
        path.write_bytes(b"x")
    build_index(small)
    open_index(small)
    assert len(list((small.index / "segments").iterdir())) == 1


def test_an_index_of_the_format_before_is_built_anew(small: Settings, tmp_path: Path) -> None:
    """With what was added to it and without what was removed; what it was made of goes."""
    added = write_letter(tmp_path / "own", SMALL_LETTER + "\nEigen.\n", "eigen.txt")
    write_letter(small.documents, SMALL_LETTER + "\n", "weg.txt")
    build_index(small)
    add_documents(small, [added])
    remove_documents(small, ["weg.txt"])
    manifest = json.loads((small.index / MANIFEST).read_bytes())
    manifest.pop("segments")
    (small.index / MANIFEST).write_text(json.dumps({**manifest, "format": 7, "build": "build-3", "files": []}))
    shutil.rmtree(small.index / "segments")
    for name in ("build-3", "pending"):
        (small.index / name).mkdir()
        (small.index / name / "units.json").write_text("[]")
    with pytest.raises(IndexOutdatedError, match=r"format 7, this version of Woordelijk reads format \d+.*index build"):
        open_index(small)
    with pytest.raises(IndexOutdatedError):
        add_documents(small, [added])
    build_index(small, keep_left_out=True)
    assert [entry.file for entry in read_manifest(small.index).documents] == ["brief.txt", "eigen.txt"]
    assert {path.name for path in small.index.iterdir()} <= {".lock", MANIFEST, COPY, "segments", "seen.json"}


def test_a_file_in_the_place_of_an_index_is_said_to_be_one(tmp_path: Path) -> None:
    """To build an index there would be no advice."""
    file = write_letter(tmp_path, SMALL_LETTER)
    settings = Settings(tmp_path, file)
    for refused in (lambda: read_manifest(file), lambda: build_index(settings)):
        with pytest.raises(WoordelijkError, match="is a file, and an index is a folder"):
            refused()
    assert file.is_file()
