"""Every command in README and `docs/` does what it says: it is run, in the order in which a reader meets it.

What a command names stands in one folder: a Word letter, a memo, questions, a
benchmark of another's. A server is started, asked for its page, and ended.
"""

import json
import re
import shlex
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.settings import ROOT
from tests.command_lines import fresh
from tests.conftest import SMALL_LETTER, write_letter
from tests.index.readers.samples import publication_docx, write, zipped

PAGES = ("README.md", *(f"docs/{path.name}" for path in sorted((ROOT / "docs").glob("*.md"))))
_BLOCK = re.compile(r"^```\n(.*?)^```", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"\.venv/bin/python (-m (?:index|rag|eval|ui)\b.*?)(?=\s*;|\s+(?:#|&&)|$)")
# Minutes to hours of work: of these every option is looked for in the help, and their own tests run them on little.
LONG = (
    *(f"index train-{what}" for what in ("encoder", "transformer", "query-side", "both-sides")),
    *(f"eval {what}" for what in ("encoders", "fit", "check")),
)
# What is typed where a command asks.
TYPED = {"rag chat": "Hoeveel fte?\n", "eval judge": "2\n" * 100, "ui password": "anna\ngeheim woord\ngeheim woord\n"}


def commands(page: str) -> Iterator[list[str]]:
    """The commands of a page, as words behind `python`."""
    for block in _BLOCK.findall((ROOT / page).read_text("utf-8")):
        for line in block.splitlines():
            for found in _COMMAND.findall(line):
                yield shlex.split(found)


@pytest.fixture
def desk(tmp_path: Path, environment: dict[str, str]) -> Path:
    """A folder with all that the commands name, and an index of the letter."""
    shutil.copytree(environment["WOORDELIJK_INDEX"], tmp_path / "index")
    (tmp_path / "data").symlink_to(ROOT / "data")
    write(tmp_path, "brief.docx", publication_docx())
    write_letter(tmp_path / "map", SMALL_LETTER)
    write(tmp_path, "stukken.zip", zipped({"brief.txt": SMALL_LETTER.replace("15", "16").encode()}))
    (tmp_path / "questions.txt").write_text("Hoeveel fte?\nWat is de boete?\n", "utf-8")
    (tmp_path / "questions.jsonl").write_text('{"id": "1", "query": "Hoeveel fte?"}\n', "utf-8")
    quotation = {"document": "d26cef8d", "start": 4385, "end": 4489}
    (tmp_path / "selection.json").write_text(json.dumps({"title": "Capaciteit", "items": [quotation]}), "utf-8")
    _write_beir(tmp_path / "FOLDER")
    return tmp_path


def _write_beir(folder: Path) -> None:
    (folder / "qrels").mkdir(parents=True)
    (folder / "corpus.jsonl").write_text('{"_id": "a", "title": "", "text": "Er zijn 15 bruggen."}\n', "utf-8")
    (folder / "queries.jsonl").write_text('{"_id": "q", "text": "Hoeveel bruggen?"}\n', "utf-8")
    (folder / "qrels" / "dev.tsv").write_text("query-id\tcorpus-id\tscore\nq\ta\t1\n", "utf-8")


@pytest.mark.parametrize("page", PAGES)
def test_every_command_of_a_page(page: str, desk: Path, environment: dict[str, str]) -> None:
    here = {**environment, "WOORDELIJK_INDEX": str(desk / "index")}
    found = list(commands(page))
    assert found
    for words in found:
        _run(words, desk, here)


def _run(words: list[str], desk: Path, environment: dict[str, str]) -> None:
    name = " ".join(words[1:3])
    if words[1] == "ui" and not {"password", "--check"} & set(words):
        _serve(words, desk, environment)
    elif name in LONG:
        shown = _done([*words[:3], "--help"], desk, environment)
        assert {word for word in words if word.startswith("--")} <= set(re.findall(r"--[a-z-]+", shown)), words
    else:
        _prepare(name, desk, environment)
        _done([_link(desk, environment) if word == "woordelijk:…" else word for word in words], desk, environment)


def _done(words: list[str], desk: Path, environment: dict[str, str]) -> str:
    done = fresh(environment, *words, stdin=TYPED.get(" ".join(words[1:3]), ""), folder=desk)
    assert done.returncode == 0, (words, done.stdout[-500:], done.stderr[-500:])
    return done.stdout


def _prepare(name: str, desk: Path, environment: dict[str, str]) -> None:
    """What a command of another page, or another day, would have made."""
    if name == "rag verify":
        _done(["-m", "rag", "memo", "selection.json", "--out", "memo.docx"], desk, environment)
    if name == "eval run" and (desk / "results").exists() and not (desk / "OLD").exists():
        shutil.copytree(desk / "results", desk / "OLD")
    if name == "eval import":
        _done(["-m", "eval", "export", "--benchmark", "mine", "--out", "qrels.trec"], desk, environment)
        shutil.rmtree(desk / "mine")
        _done(["-m", "eval", "new", "mine", "--questions", "questions.txt"], desk, environment)


def _link(desk: Path, environment: dict[str, str]) -> str:
    cited = _done(["-m", "rag", "cite", "d26cef8d", "4385", "4489", "--json"], desk, environment)
    return str(json.loads(cited)["link"])


def _serve(words: list[str], desk: Path, environment: dict[str, str]) -> None:
    """The server starts, says where, answers, and ends when it is told to."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, *words, "--port", str(port)],
        cwd=desk,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert server.stdout is not None
        assert server.stdout.readline().startswith("Woordelijk: http://")
        assert _status(f"http://127.0.0.1:{port}/") == (401 if "--password-file" in words else 200)
    finally:
        server.terminate()
        assert server.communicate(timeout=30) is not None


def _status(address: str) -> int:
    for _ in range(100):
        try:
            with urllib.request.urlopen(address) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as refused:
            return refused.code
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"{address} does not answer")
