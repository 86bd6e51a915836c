"""The desk follows the index on disk, and keeps the last good one."""

import gc
import logging
import shutil
import weakref
from pathlib import Path

import pytest

from index.library.build import add_documents
from index.library.manifest import MANIFEST
from index.settings import Settings
from tests.conftest import SMALL_LETTER, write_letter
from ui.desk.desk import Desk


@pytest.fixture
def settings(letter_settings: Settings, tmp_path: Path) -> Settings:
    """An index of one's own, to change."""
    shutil.copytree(letter_settings.index, tmp_path / "index")
    return Settings(index=tmp_path / "index")


def test_an_added_document_is_there_without_a_restart(settings: Settings, tmp_path: Path) -> None:
    """Also when another process added it; who is being answered keeps what he has."""
    desk = Desk(settings)
    before = desk.tools
    add_documents(settings, [write_letter(tmp_path / "new", SMALL_LETTER)])
    assert {document.file for document in desk.tools.collection.documents} > {"brief.txt"}
    assert len(before.collection.documents) == 1
    assert desk.tools is desk.refresh()


def test_an_index_that_nobody_uses_is_forgotten_and_the_encoders_are_loaded_once(
    settings: Settings, tmp_path: Path
) -> None:
    desk = Desk(settings)
    desk.tools.assistant.ask("wat kost een brug")
    before, encoders = weakref.ref(desk.tools.assistant.index), desk.tools.assistant.encoders
    gc.disable()
    try:
        add_documents(settings, [write_letter(tmp_path / "new", SMALL_LETTER)])
        assert desk.tools.assistant.encoders is encoders
        assert before() is None
    finally:
        gc.enable()


def test_a_broken_index_leaves_the_last_good_one(settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    desk = Desk(settings)
    before = desk.tools
    (settings.index / MANIFEST).write_text("{}", encoding="utf-8")
    with caplog.at_level(logging.ERROR):
        assert desk.tools is before
        assert desk.refresh() is before
    assert "cannot be opened" in caplog.text
