"""Break commands off at every step that they take on disk: by kill -9, or because nothing more fits on it.

`python -m tests.index.library.interrupted FOLDER [MOST]` prints as JSON, for each kind and command, at which steps it
was broken off and after which something was wrong; at MOST of them, evenly spread, where it is given. Each runs in a
process of its own, forked from one that has all in memory that it needs. A step is a file or folder that is opened to
be written, made, moved or removed. `… FOLDER whole TIMES` kills whole commands, as they are typed, at chance moments.
"""

import errno
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import index.library.open as opening
from index.errors import WoordelijkError
from index.library.build import add_documents, build_index, remove_documents
from index.library.collect import read_collection
from index.library.manifest import read_manifest
from index.library.open import open_index
from index.library.store import check_files
from index.settings import ROOT, Settings
from tests.conftest import FakeEncoder
from tests.synthetic import write_letters

_STEPS = {"os.mkdir", "os.rename", "os.remove", "os.rmdir"}
# What is beside the segments when a command is done.
LEFT_OVER = {".lock", "manifest.json", "manifest.copy.json", "segments", "seen.json"}


def _library(folder: Path) -> Settings:
    """Nine segments of one document each: the tenth merges them. Three documents are of the folder."""
    settings = Settings(folder / "documents", folder / "index", "data/encoder/static")
    letters = write_letters(folder / "own", range(90, 96), 1)
    for letter in (*write_letters(settings.documents, range(3), 1), *letters):
        add_documents(settings, [letter])
    return settings


def _commands(folder: Path) -> dict[str, Callable[[Settings], object]]:
    new = write_letters(folder / "new", range(99, 100), 1)
    return {
        "add and merge": lambda settings: add_documents(settings, new),
        "remove": lambda settings: remove_documents(settings, ["brief-0001.txt", "brief-0090.txt"]),
        "build": lambda settings: build_index(settings, folder_only=True),
    }


def _held(settings: Settings) -> set[str]:
    return {entry.file for entry in read_manifest(settings.index).documents}


def _break_off(kind: str, at: int) -> list[int]:
    """Count every step from now on, in the list; kill this process at the `at`-th, or let nothing fit from there on."""
    counted = [0]

    def step(event: str, arguments: tuple[object, ...]) -> None:
        writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
        if not writes and event not in _STEPS:
            return
        counted[0] += 1
        if kind == "killed" and counted[0] == at:
            os.kill(os.getpid(), signal.SIGKILL)
        if kind == "full" and counted[0] >= at and (writes or event == "os.mkdir"):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    sys.addaudithook(step)
    return counted


def _forked(act: Callable[[], int]) -> int:
    """How `act` ended in a process of its own: its result, 99 where it failed, -9 where it was killed."""
    child = os.fork()
    if child == 0:
        try:
            os._exit(act())
        except BaseException:
            traceback.print_exc()
            os._exit(99)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _steps(command: Callable[[Settings], object], settings: Settings) -> int:
    """How many steps it takes when nothing happens."""
    counted = _break_off("", 0)
    command(settings)
    return counted[0]


def _broken_off(command: Callable[[Settings], object], settings: Settings, kind: str, at: int) -> int:
    """0 also where it said that the disk is full."""
    _break_off(kind, at)
    try:
        command(settings)
    except WoordelijkError as error:
        assert kind == "full" and "No space left" in str(error), error
    return 0


def _looked_at(settings: Settings, allowed: tuple[set[str], set[str]], texts: dict[str, str], new: list[Path]) -> int:
    """0: the library is the old or the new one, whole, has exact words, and the next command goes on."""
    held = _held(settings)
    assert held in allowed, held
    check_files(settings.index)
    documents = open_index(settings)[0].collection.documents
    assert {document.file: document.text for document in documents} == {file: texts[file] for file in held}
    add_documents(settings, new)
    assert _held(settings) == held | {path.name for path in new}
    check_files(settings.index)
    assert {path.name for path in settings.index.iterdir()} <= LEFT_OVER
    segments = {path.name for path in (settings.index / "segments").iterdir()}
    assert segments == set(read_manifest(settings.index).segments)
    return 0


def _texts(folder: Path) -> dict[str, str]:
    own = (folder / "documents", folder / "own", folder / "new")
    return {document.file: document.text for path in own for document in read_collection(path).documents}


def _killed_whole(folder: Path, times: int) -> dict[str, list[str]]:
    """Which commands were killed after so many seconds, which were done by then, and after which it was wrong."""
    settings, new, chance = _library(folder), write_letters(folder / "new", range(99, 100), 1), random.Random(times)
    texts, before = _texts(folder), _held(settings)
    typed = {
        "add and merge": ["add", *map(str, new)],
        "remove": ["remove", "brief-0001.txt", "brief-0090.txt"],
        "build": ["build", "--folder-only"],
    }
    allowed, taken = {}, {}
    for name, arguments in typed.items():
        done = replace(settings, index=folder / name)
        shutil.copytree(settings.index, done.index)
        start = time.perf_counter()
        _typed(arguments, done).wait()
        taken[name] = time.perf_counter() - start
        allowed[name] = before, _held(done)
    found: dict[str, list[str]] = {"killed": [], "done": [], "wrong": []}
    for number in range(times):
        name = list(typed)[number % len(typed)]
        tried, seconds = replace(settings, index=folder / "tried"), chance.uniform(0.1, 1) * taken[name]
        shutil.copytree(settings.index, tried.index)
        process = _typed(typed[name], tried)
        with suppress(subprocess.TimeoutExpired):
            process.wait(seconds)
        process.kill()
        what = f"{name} {seconds:.3f}"
        found["killed" if process.wait() == -signal.SIGKILL else "done"].append(what)
        if _forked(lambda t=tried, a=allowed[name]: _looked_at(t, a, texts, new)):
            found["wrong"].append(what)
        shutil.rmtree(tried.index)
    return found


def _typed(arguments: list[str], settings: Settings) -> subprocess.Popen[bytes]:
    named = {"INDEX": settings.index, "DOCUMENTS": settings.documents, "ENCODER": ROOT / str(settings.encoder)}
    environment = os.environ | {f"WOORDELIJK_{name}": str(value) for name, value in named.items()}
    command = [sys.executable, "-m", "index", *arguments]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _tried(folder: Path, kind: str, most: int) -> dict[str, dict[str, list[int]]]:
    settings = _library(folder)
    commands = _commands(folder)
    texts = _texts(folder)
    found: dict[str, dict[str, list[int]]] = {}
    for name, command in commands.items():
        before, done = _held(settings), replace(settings, index=folder / "done")
        shutil.copytree(settings.index, done.index)
        steps = _forked(lambda c=command, d=done: _steps(c, d))
        allowed = before, _held(done)
        shutil.rmtree(done.index)
        tries = found[name] = {"steps": list(range(steps, 0, -max(1, steps // most))), "wrong": []}
        for at in tries["steps"]:
            tried = replace(settings, index=folder / "tried")
            shutil.copytree(settings.index, tried.index)
            ended = _forked(lambda c=command, t=tried, n=at: _broken_off(c, t, kind, n))
            new = sorted((folder / "new").iterdir())
            as_meant = ended == (-signal.SIGKILL if kind == "killed" else 0)
            if not as_meant or _forked(lambda t=tried, a=allowed, n=new: _looked_at(t, a, texts, n)):
                tries["wrong"].append(at)
            shutil.rmtree(tried.index)
    return found


def main(folder: Path, most: int = 1000) -> dict[str, dict[str, dict[str, list[int]]]]:
    """What was found, by kind and command."""
    opening.load_encoder = lambda _: FakeEncoder()
    return {kind: _tried(folder / kind, kind, most) for kind in ("killed", "full")}


if __name__ == "__main__":
    given, *others = sys.argv[1:]
    is_whole = others[:1] == ["whole"]
    act: Callable[..., object] = _killed_whole if is_whole else main
    sys.stdout.write(json.dumps(act(Path(given), *map(int, others[is_whole:]))))
