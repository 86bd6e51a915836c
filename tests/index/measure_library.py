"""Time and memory of a large library: python -m tests.index.measure_library [DOCUMENTS] [--encoder NAME].

Adds DOCUMENTS letters of 10 questions to an empty library, then one more,
opens it, asks questions, checks a memo of seven quotations, cites, and removes
one; every step in a process of its own.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path

import numpy as np

from index.settings import ROOT, SHIPPED_ENCODER
from tests.synthetic import write_letters

_ASK = """
import json, sys, time
from index.settings import Settings
from index.library.open import load_encoders
from index.library.store import chosen, read_library
from index.search.search_index import SearchIndex
from rag.answer.assistant import Assistant
settings = Settings.from_environment()
encoders = load_encoders(settings.encoder)
start = time.perf_counter()
manifest, segments = read_library(settings.index)
places = chosen(segments, [entry.id for entry in manifest.documents])
index = SearchIndex([opened.segment for opened in segments], places, encoders.passages)
opened = time.perf_counter() - start
assistant = Assistant(index, encoders)
times = []
for question in json.loads(sys.argv[1]):
    start = time.perf_counter()
    assistant.ask(question)
    times.append(time.perf_counter() - start)
print(json.dumps({"passages": len(index.collection.passages), "open": opened, "ask": times}))
"""
_TOPICS = ROOT / "eval" / "benchmarks" / "streaming-hell" / "topics.jsonl"
_ASKED = 60
_QUOTED = 7


def main() -> None:
    """Measure, and print a line a step."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("documents", nargs="?", type=int, default=1000)
    parser.add_argument("--encoder", default=SHIPPED_ENCODER)
    parser.add_argument("--keep", type=Path, help="Folder to work in, kept; a library that is there is measured again.")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = (chosen.keep or Path(made)).resolve()
        letters = write_letters(folder / "letters", range(chosen.documents + 1))
        os.environ["WOORDELIJK_DOCUMENTS"] = str(folder / "documents")
        (folder / "documents").mkdir(exist_ok=True)
        os.environ["WOORDELIJK_INDEX"] = str(folder / "index")
        os.environ["WOORDELIJK_ENCODER"] = str((ROOT / chosen.encoder).resolve())
        if not (folder / "index" / "manifest.json").is_file():
            last = letters[-1].rename(folder / letters[-1].name)
            _step(f"add {chosen.documents} documents", "-m", "index", "add", str(folder / "letters"))
            last.rename(letters[-1])
        else:
            _step("remove one", "-m", "index", "remove", letters[-1].name)
        _step("add one more", "-m", "index", "add", str(letters[-1]))
        _step("add one that is there", "-m", "index", "add", str(letters[-1]))
        _step("list", "-m", "index", "list")
        _ask()
        memo = folder / "memo.md"
        memo.write_text("".join(f"> {quotation}\n\n" for quotation in _quotations(letters)), encoding="utf-8")
        _step(f"verify {_QUOTED} quotations", "-m", "rag", "verify", str(memo))
        _step("cite", "-m", "rag", "cite", letters[-1].name, *_range(letters[-1]))
        _step("remove one", "-m", "index", "remove", letters[0].name)
        size = sum(path.stat().st_size for path in (folder / "index").rglob("*") if path.is_file())
        _say(f"index on disk: {size / 1e6:.0f} MB")


def _ask() -> None:
    questions = [json.loads(line)["question"] for line in _TOPICS.read_text("utf-8").splitlines()[:_ASKED]]
    found = json.loads(_step("open and ask", "-c", _ASK, json.dumps(questions)))
    first, *others = (1000 * taken for taken in found["ask"])
    median, late = np.percentile(others, [50, 95])
    _say(
        f"{found['passages']} passages; opened in {found['open']:.3f} s besides the encoders; first question "
        f"{first:.0f} ms, {len(others)} others: p50 {median:.0f} ms, p95 {late:.0f} ms"
    )


def _quotations(letters: list[Path]) -> list[str]:
    """A sentence of each of some letters."""
    return [_sentence(path) for path in letters[1 :: max(1, len(letters) // _QUOTED)][:_QUOTED]]


def _sentence(path: Path) -> str:
    start, end = map(int, _range(path))
    return path.read_text("utf-8")[start:end]


def _range(path: Path) -> tuple[str, str]:
    """Where the longest sentence of the first answer stands."""
    text = path.read_text("utf-8")
    answer = text.index("?\n\n") + 3
    edges = [
        answer,
        *(place + 2 for place in range(answer, text.index("\n\n", answer)) if text[place : place + 2] == ". "),
    ]
    start, end = max(pairwise(edges), key=lambda edge: edge[1] - edge[0])
    return str(start), str(end - 1)


def _step(name: str, *arguments: str) -> str:
    """Run a command, say how long it took and its peak memory, and give what it printed."""
    start = time.perf_counter()
    with tempfile.TemporaryFile() as printed:
        process = subprocess.Popen([sys.executable, *arguments], cwd=ROOT, stdout=printed)
        _, status, usage = os.wait4(process.pid, 0)
        taken = time.perf_counter() - start
        if status:
            sys.exit(f"{name}: failed")
        # Kilobytes, but bytes on macOS.
        memory = usage.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
        cpu = usage.ru_utime + usage.ru_stime
        _say(f"{name}: {taken:.2f} s ({cpu:.2f} s of processor), peak memory {memory:.0f} MB")
        printed.seek(0)
        return printed.read().decode("utf-8")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
