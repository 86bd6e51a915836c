"""Uploaded files are kept beside the index, and only those that were taken."""

import errno
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from index.errors import OutputError
from index.library.collect import no_progress
from index.library.open import open_index
from index.settings import Settings
from tests.conftest import SMALL_LETTER, write_letter
from ui.desk import uploads
from ui.desk.uploads import add_uploads, forget_unfinished, kept_uploads, remove_document


@pytest.fixture
def settings(letter_settings: Settings, tmp_path: Path) -> Settings:
    shutil.copytree(letter_settings.index, tmp_path / "library" / "index")
    return Settings(index=tmp_path / "library" / "index")


def test_a_file_is_kept_under_its_name_until_its_document_is_removed(settings: Settings, tmp_path: Path) -> None:
    upload = write_letter(tmp_path / "session", SMALL_LETTER)
    (added,) = add_uploads(settings, [upload], no_progress).added
    upload.unlink()
    assert [path.name for path in kept_uploads(settings).iterdir()] == ["brief.txt"]
    assert "brief.txt" in [document.file for document in open_index(settings)[0].collection.documents]
    remove_document(settings, added.id)
    assert list(kept_uploads(settings).iterdir()) == []


def test_another_file_of_the_same_name_stands_beside_it(settings: Settings, tmp_path: Path) -> None:
    first = write_letter(tmp_path / "one", SMALL_LETTER)
    second = write_letter(tmp_path / "two", SMALL_LETTER.replace("15 bruggen", "16 bruggen"))
    add_uploads(settings, [first], no_progress)
    (added,) = add_uploads(settings, [second], no_progress).added
    assert added.file == "brief-2.txt"
    assert (kept_uploads(settings) / "brief.txt").read_text("utf-8") == SMALL_LETTER


def test_what_is_refused_is_not_kept_and_changes_nothing(settings: Settings, tmp_path: Path) -> None:
    """The refusal names the file as the person does."""
    before = (settings.index / "manifest.json").read_bytes()
    changes = add_uploads(settings, [write_letter(tmp_path / "session", "   ", "leeg.txt")], no_progress)
    (refused,) = changes.refused
    assert refused.name == "leeg.txt"
    assert refused.reason.startswith("leeg.txt: ")
    assert list(kept_uploads(settings).iterdir()) == []
    assert (settings.index / "manifest.json").read_bytes() == before


def test_a_document_that_is_there_already_is_not_kept_twice(settings: Settings, tmp_path: Path) -> None:
    upload = write_letter(tmp_path / "session", SMALL_LETTER)
    add_uploads(settings, [upload], no_progress)
    again = write_letter(tmp_path / "other", SMALL_LETTER, "kopie.txt")
    changes = add_uploads(settings, [again], no_progress)
    assert len(changes.same) == 1
    assert [path.name for path in kept_uploads(settings).iterdir()] == ["brief.txt"]


def test_a_full_disk_costs_no_file_that_was_there(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether the disk is full when the upload is written or when the library is."""
    first = write_letter(tmp_path / "one", SMALL_LETTER)
    add_uploads(settings, [first], no_progress)
    second = write_letter(tmp_path / "two", SMALL_LETTER.replace("15 bruggen", "16 bruggen"))
    whole: Callable[[Path, bytes | str], None] = uploads.write_whole

    def full(path: Path, content: bytes | str) -> None:
        if path.suffix == ".txt":
            raise OutputError(f"{path.name}: cannot be written (No space left on device). Nothing was changed.")
        whole(path, content)

    def full_library(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    for name, broken in (("write_whole", full), ("add_documents", full_library)):
        with monkeypatch.context() as patched:
            patched.setattr(uploads, name, broken)
            with pytest.raises((OSError, OutputError)):
                add_uploads(settings, [first, second], no_progress)
        assert [path.name for path in kept_uploads(settings).iterdir()] == ["brief.txt"]
    assert (kept_uploads(settings) / "brief.txt").read_text("utf-8") == SMALL_LETTER


def test_what_a_killed_server_was_taking_goes_unless_the_library_has_it(settings: Settings, tmp_path: Path) -> None:
    add_uploads(settings, [write_letter(tmp_path / "session", SMALL_LETTER)], no_progress)
    folder = kept_uploads(settings)
    (folder / "half.txt").write_text("half")
    (folder / "elsewhere.txt").write_text("of another library")
    (folder / ".unfinished.json").write_text(json.dumps(["brief.txt", "half.txt", "../index/manifest.json"]))
    manifest = (settings.index / "manifest.json").read_bytes()
    (settings.index / "manifest.json").write_bytes(b"{")
    forget_unfinished(settings)
    assert (folder / "half.txt").exists()
    (settings.index / "manifest.json").write_bytes(manifest)
    forget_unfinished(settings)
    assert sorted(path.name for path in folder.iterdir()) == ["brief.txt", "elsewhere.txt"]
