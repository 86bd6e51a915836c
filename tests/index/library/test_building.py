"""A folder of many files: read by several processes, each text encoded once, and gone on with wherever it broke off."""

import os
import random
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import pytest

from index.encoders.encoder import Encoded
from index.library import commands, reading
from index.library.build import add_documents, build_index, remove_documents
from index.library.draft import Refusal
from index.library.manifest import read_manifest
from index.library.open import open_index
from index.library.store import check_files
from index.readers.received import Received
from index.settings import ROOT, Settings
from tests.conftest import SMALL_LETTER, FakeEncoder, write_letter
from tests.index.library.interrupted import LEFT_OVER
from tests.synthetic import write_letters

STATIC = "data/encoder/static"
_READ_WHOLE: Callable[..., object] = reading.read_whole
LETTERS = 40


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of more letters than one process reads, and one that cannot be read; not to be touched."""
    folder = tmp_path_factory.mktemp("many") / "documents"
    write_letters(folder, range(LETTERS), 3)
    write_letter(folder, SMALL_LETTER.replace("3. Waarom", "Waarom"), "gat.txt")
    return folder


def _files(index: Path) -> dict[str, bytes]:
    """What is published, byte by byte."""
    published = [index / "segments" / name for name in read_manifest(index).segments]
    paths = [index / "manifest.json", *(path for folder in published for path in folder.iterdir())]
    return {path.relative_to(index).as_posix(): path.read_bytes() for path in paths}


@pytest.fixture(scope="module")
def whole(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The library of the folder, built by one process without a break, in segments of 100 passages."""
    settings = Settings(folder, tmp_path_factory.mktemp("whole") / "index", STATIC)
    assert _built(settings, 1).wait() == 2
    return settings


_BUILD = """
import sys
from pathlib import Path
from index.library import build
from index.settings import Settings
build._BATCH, build.LARGEST = 20, 100
refused = []
documents, index, encoder, processes = sys.argv[1:]
if __name__ == "__main__":
    build.build_index(Settings(Path(documents), Path(index), encoder), refused=refused, processes=int(processes))
    sys.exit(2 * len(refused))
"""


def _built(settings: Settings, processes: int) -> "subprocess.Popen[bytes]":
    script = settings.index.with_name("build.py")
    script.parent.mkdir(parents=True, exist_ok=True)
    script.write_text(_BUILD)
    arguments = [script, settings.documents, settings.index, STATIC, str(processes)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen([sys.executable, *map(str, arguments)], cwd=ROOT, env=environment, start_new_session=True)


def test_killed_again_and_again_it_goes_on_and_the_result_is_the_same_to_the_last_byte(
    folder: Path, whole: Settings, tmp_path: Path, kill: int
) -> None:
    """Read by two processes, killed at random moments; nobody is served a part, and no process is left behind."""
    settings = Settings(folder, tmp_path / "index", STATIC)
    chance = random.Random(kill)
    for _ in range(3):
        process = _built(settings, 2)
        with suppress(subprocess.TimeoutExpired):
            process.wait(chance.uniform(0.5, 4))
        process.kill()
        process.wait()
        # What is served is whole: nothing is, unless the build came to its end before it was killed.
        if (settings.index / "manifest.json").exists():
            assert _files(settings.index) == _files(whole.index)
    assert _built(settings, 2).wait() == 2
    assert len(read_manifest(settings.index).segments) > 3
    assert _files(settings.index) == _files(whole.index)
    check_files(settings.index)
    left = {path.name for path in settings.index.iterdir()}
    assert left <= LEFT_OVER
    for _ in range(100):
        if not _running(str(tmp_path)):
            break
        time.sleep(0.1)
    assert not _running(str(tmp_path))


def _running(word: str) -> list[str]:
    found = []
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = process.read_text()
        except OSError:
            continue
        if word in line:
            found.append(line)
    return found


def test_what_was_read_is_not_read_again(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build that broke off after reading begins with what is kept; what of that is damaged is read anew."""
    monkeypatch.setattr("index.library.open.load_encoder", lambda _: FakeEncoder())
    settings = Settings(folder, tmp_path / "index", STATIC)

    def broken(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("index.library.build._with_new", broken)
        with pytest.raises(KeyboardInterrupt):
            build_index(settings, refused=[], processes=2)
    kept = sorted((settings.index / "read").iterdir())
    assert len(kept) == LETTERS
    kept[3].write_bytes(kept[3].read_bytes()[:-1])
    read: list[object] = []

    def counted(*arguments: object) -> object:
        read.append(arguments)
        return _READ_WHOLE(*arguments)

    monkeypatch.setattr(reading, "read_whole", counted)
    # One in this process; the unreadable one in another, which does not count here.
    build_index(settings, refused=[], processes=2)
    assert len(read) == 1
    assert len(read_manifest(settings.index).documents) == LETTERS


def test_a_file_that_ends_its_reader_costs_itself_only(folder: Path, tmp_path: Path) -> None:
    """A reader that dies (here: of a file that it may not take the memory for) takes no other file with it."""
    documents = tmp_path / "documents"
    shutil.copytree(folder, documents)
    write_letter(documents, SMALL_LETTER + "DODELIJK", "dodelijk.txt")
    script = tmp_path / "build.py"
    # The readers begin with this file too, and end themselves at one document.
    script.write_text(
        "import os\nfrom index.library import reading\nfrom index.library import draft\n"
        "whole = draft.read_whole\n"
        "def read_whole(received, origin):\n"
        "    if b'DODELIJK' in received.content: os._exit(9)\n"
        "    return whole(received, origin)\n"
        "reading.read_whole = read_whole\n" + _BUILD.replace("sys.exit(2 * len(refused))", "print(*refused, sep='\\n')")
    )
    arguments = [sys.executable, str(script), str(documents), str(tmp_path / "index"), STATIC, "2"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        arguments, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "dodelijk.txt: reading it ended the process" in done.stdout
    assert done.stdout.count("Refusal(") == 2
    assert len(read_manifest(tmp_path / "index").documents) == LETTERS


def test_a_fault_of_ours_costs_one_file(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.library.open.load_encoder", lambda _: FakeEncoder())

    def failing(received: Received, origin: object) -> object:
        if received.source.file == "brief-0003.txt":
            raise KeyError("no such thing")
        return _READ_WHOLE(received, origin)

    monkeypatch.setattr(reading, "read_whole", failing)
    refused: list[Refusal] = []
    build_index(Settings(folder, tmp_path / "index", STATIC), refused=refused)
    assert [Path(one.name).name for one in refused] == ["brief-0003.txt", "gat.txt"]
    assert "fault of ours (KeyError)" in refused[0].reason
    assert len(read_manifest(tmp_path / "index").documents) == LETTERS - 1


def test_a_text_that_a_large_segment_has_is_taken_beside_new_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Large segments keep tokens in 4 bits a number, where what is encoded anew has 8."""
    monkeypatch.setattr("index.search.segment.CODED", 1)
    settings = Settings(tmp_path / "none", tmp_path / "index", STATIC)
    add_documents(settings, [write_letter(tmp_path, SMALL_LETTER, "eerst.txt")])
    monkeypatch.setattr("index.search.segment.CODED", 20_000)
    second = SMALL_LETTER.replace("3. Waarom", "3. Sinds wanneer zijn er dijken, en waarom")
    assert second != SMALL_LETTER
    add_documents(settings, [write_letter(tmp_path, second, "later.txt")])
    index, _ = open_index(settings)
    assert {document.file for document in index.collection.documents} == {"eerst.txt", "later.txt"}


def test_no_text_is_encoded_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Within a build, in another batch, in what is added later, and by another version of the program."""
    encoded: Counter[str] = Counter()

    class Counting(FakeEncoder):
        def encode_passages_by_token(self, texts: Sequence[str]) -> Encoded:
            encoded.update(texts)
            return super().encode_passages_by_token(texts)

    monkeypatch.setattr("index.library.open.load_encoder", lambda _: Counting())
    monkeypatch.setattr("index.library.build._BATCH", 5)
    documents = tmp_path / "documents"
    for number in range(6):
        write_letter(documents, SMALL_LETTER + f"\nNummer {number} zegt iets.\n", f"{number}.txt")
    settings = Settings(documents, tmp_path / "index", STATIC)
    build_index(settings)
    add_documents(settings, [write_letter(tmp_path, SMALL_LETTER + "\nNog een.\n", "nog.txt")])
    assert set(encoded.values()) == {1}
    total = encoded.total()
    with monkeypatch.context() as patch:
        patch.setattr("index.library.build.code_fingerprint", lambda: "new")
        build_index(settings)
    remove_documents(settings, ["nog.txt"])
    assert encoded.total() == total
    index, _ = open_index(settings)
    texts = [index.collection.row_text(row) for row in range(len(index.collection.passages))]
    vectors = FakeEncoder().encode_passages(texts)
    for segment, rows in zip(index.segments, index.rows, strict=True):
        there = rows >= 0
        assert segment.vectors[there] == pytest.approx(vectors[rows[there]])


def test_no_segment_grows_without_end(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By building and by merging, of whatever size the library is."""
    monkeypatch.setattr("index.library.open.load_encoder", lambda _: FakeEncoder())
    monkeypatch.setattr("index.library.build.LARGEST", 100)
    monkeypatch.setattr("index.library.tiers.LARGEST", 100)
    monkeypatch.setattr("index.library.tiers.TIER", 2)
    settings = Settings(folder, tmp_path / "index", STATIC)
    build_index(settings, refused=[])
    for letter in write_letters(tmp_path / "own", range(90, 120), 3):
        add_documents(settings, [letter])
    sizes = [len(segment.vectors) for segment in open_index(settings)[0].segments]
    assert sum(sizes) == read_manifest(settings.index).passages
    assert max(sizes) < 100 + 9
    assert len(sizes) < sum(sizes) / 40


def test_how_fast_it_goes_and_how_long_it_takes() -> None:
    now = 0.0
    pace = commands._Pace(lambda: now)
    assert pace.said(0, 1000) == ""
    now = 4.0
    assert pace.said(100, 1000) == "25 a second, 0:00:36 left"
    now = 1000.0
    assert pace.said(1000, 300_000) == "1.0 a second, 83:03:20 left"
