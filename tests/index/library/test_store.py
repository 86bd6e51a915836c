"""An index is opened whole or refused with what was found, what was expected and what to do."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index.errors import DocumentError, IndexDamagedError, IndexMissingError, IndexOutdatedError, WoordelijkError
from index.library.build import build_index, reason_to_build
from index.library.manifest import FORMAT, MANIFEST, Manifest, read_manifest
from index.library.open import open_index
from index.library.store import publish
from index.settings import WORD_ENCODER, Settings
from rag.answer.assistant import Assistant
from tests.conftest import SMALL_LETTER, write_letter


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A built index of the small letter, to be copied and not touched."""
    folder = tmp_path_factory.mktemp("store")
    write_letter(folder / "documents", SMALL_LETTER)
    settings = Settings(folder / "documents", folder / "index")
    build_index(settings)
    return settings


@pytest.fixture
def small(built: Settings, tmp_path: Path) -> Settings:
    """A built index of the small letter."""
    shutil.copytree(built.documents.parent, tmp_path, dirs_exist_ok=True)
    return Settings(tmp_path / "documents", tmp_path / "index")


def _files(settings: Settings) -> list[Path]:
    return sorted(
        path
        for path in settings.index.rglob("*")
        if path.is_file() and path.name != ".lock" and "pending" not in path.parts
    )


def test_save_then_load_gives_equal_rankings(small: Settings) -> None:
    first = Assistant.open(small).ask("wat kost een brug")
    assert Assistant.open(small).ask("wat kost een brug") == first
    assert first.hits


def test_equal_inputs_give_equal_files(small: Settings, tmp_path: Path) -> None:
    other = replace(small, index=tmp_path / "other")
    build_index(other)
    pairs = zip(_files(small), _files(other), strict=True)
    assert all(one.read_bytes() == two.read_bytes() for one, two in pairs)


@pytest.mark.parametrize("damage", ["change", "truncate", "remove"])
def test_any_damaged_file_is_refused(small: Settings, damage: str) -> None:
    """One changed byte, a missing end or a missing file: never a ranking from it, always the way out."""
    for path in _files(small):
        content = path.read_bytes()
        changed = bytearray(content)
        changed[len(content) // 2] ^= 1
        path.unlink()
        if damage != "remove":
            path.write_bytes(changed if damage == "change" else content[: len(content) // 2])
        with pytest.raises(WoordelijkError, match="python -m index build"):
            open_index(small)
        assert reason_to_build(small) is not None
        path.write_bytes(content)
    open_index(small)


def test_no_file_is_a_pickle(small: Settings) -> None:
    for path in _files(small):
        if path.suffix == ".npy":
            np.load(path, allow_pickle=False)
        else:
            json.loads(path.read_text("utf-8"))


def _rewrite(settings: Settings, change: Callable[[Manifest], Manifest]) -> None:
    publish(settings.index, change(read_manifest(settings.index)))


def test_an_older_format_names_both(small: Settings) -> None:
    _rewrite(small, lambda manifest: replace(manifest, format=0))
    with pytest.raises(IndexOutdatedError, match=rf"format 0, .* format {FORMAT}.*python -m index build"):
        open_index(small)


def test_another_analyser_names_both(small: Settings) -> None:
    _rewrite(small, lambda manifest: replace(manifest, analyser="dutch-0"))
    with pytest.raises(IndexOutdatedError, match="'dutch-0'.*'dutch-3'"):
        open_index(small)


def test_other_settings_name_both(small: Settings) -> None:
    _rewrite(small, lambda manifest: replace(manifest, settings=(("bm25 k1", "9"),)))
    with pytest.raises(IndexOutdatedError, match="'bm25 k1': '9'.*'bm25 k1': '1.2'"):
        open_index(small)


def test_an_index_of_another_encoder_names_both(small: Settings, tmp_path: Path) -> None:
    other = tmp_path / "encoder"
    shutil.copytree(WORD_ENCODER, other)
    with pytest.raises(IndexOutdatedError, match=r"'data/encoder/transformer'.*encoder'.*--encoder"):
        open_index(replace(small, encoder=str(other)))


def test_changed_weights_name_both(small: Settings) -> None:
    _rewrite(small, lambda manifest: replace(manifest, encoder_fingerprint="0" * 64))
    with pytest.raises(IndexOutdatedError, match=r"weights 000000000000….* now is [0-9a-f]{12}"):
        open_index(small)


def test_no_index(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError, match="python -m index build"):
        open_index(Settings(index=tmp_path))


def test_a_manifest_that_is_none(small: Settings) -> None:
    for content in (b"", b"[]", b"{}", b"\xff", b'{"format": 2}', b"null"):
        (small.index / MANIFEST).write_bytes(content)
        with pytest.raises((IndexDamagedError, IndexOutdatedError), match="python -m index build"):
            open_index(small)


def test_a_document_that_cannot_be_read_leaves_the_index_as_it_was(small: Settings) -> None:
    before = {path: path.read_bytes() for path in _files(small)}
    write_letter(small.documents, SMALL_LETTER.replace("3. Waarom", "Waarom"), "gat.txt")
    with pytest.raises(DocumentError, match=r"gat\.txt.*question 3: not found"):
        build_index(small)
    assert {path: path.read_bytes() for path in _files(small)} == before


def test_a_build_that_breaks_off_leaves_the_index_as_it_was(small: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {path: path.read_bytes() for path in _files(small)}

    def broken(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("index.library.build.publish", broken)
    write_letter(small.documents, SMALL_LETTER + "\n", "tweede.txt")
    with pytest.raises(KeyboardInterrupt):
        build_index(small)
    assert {path: path.read_bytes() for path in _files(small)} == before
    open_index(small)


def test_a_rebuild_replaces_a_damaged_index(small: Settings) -> None:
    for path in _files(small):
        path.write_bytes(b"x")
    build_index(small)
    open_index(small)
    assert len(list(small.index.glob("build-*"))) == 1


def test_building_is_needed_when_documents_change(small: Settings) -> None:
    assert reason_to_build(small) is None
    write_letter(small.documents, SMALL_LETTER + "\n", "tweede.txt")
    assert "documents have changed" in (reason_to_build(small) or "")
