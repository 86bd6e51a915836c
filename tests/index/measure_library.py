"""Time and memory of a large library: python -m tests.index.measure_library [DOCUMENTS] [--encoder NAME].

Adds DOCUMENTS letters of 10 questions to an empty library, then one more,
opens it, asks questions, and removes one; every step in a process of its own.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from index.settings import ROOT, SHIPPED_ENCODER
from tests.synthetic import write_letters

_ASK = """
import json, sys, time
start = time.perf_counter()
from index.settings import Settings
from rag.answer.assistant import Assistant
assistant = Assistant.open(Settings.from_environment())
opened = time.perf_counter() - start
times = []
for question in json.loads(sys.argv[1]):
    start = time.perf_counter()
    assistant.ask(question)
    times.append(time.perf_counter() - start)
print(json.dumps({"passages": len(assistant.index.collection.passages), "open": opened, "ask": times}))
"""
_QUESTIONS = (
    "Hoeveel fte werkt bij de politie?",
    "Wat doet het kabinet tegen misbruik via livestreams?",
    "How many police officers work on fighting child abuse images?",
    "vraag 3",
    "Welke bevoegdheden heeft de Autoriteit online Terroristisch en Kinderpornografisch Materiaal?",
)


def main() -> None:
    """Measure, and print a line a step."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("documents", nargs="?", type=int, default=1000)
    parser.add_argument("--encoder", default=SHIPPED_ENCODER)
    parser.add_argument("--keep", type=Path, help="Folder to work in, kept; a library that is there is measured again.")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = chosen.keep or Path(made)
        letters = write_letters(folder / "letters", range(chosen.documents + 1))
        os.environ["WOORDELIJK_INDEX"] = str(folder / "index")
        os.environ["WOORDELIJK_ENCODER"] = chosen.encoder
        if not (folder / "index" / "manifest.json").is_file():
            last = letters[-1].rename(folder / letters[-1].name)
            _step(f"add {chosen.documents} documents", "-m", "index", "add", str(folder / "letters"))
            last.rename(letters[-1])
        else:
            _step("remove one", "-m", "index", "remove", letters[-1].name)
        _step("add one more", "-m", "index", "add", str(letters[-1]))
        _step("add one that is there", "-m", "index", "add", str(letters[-1]))
        _step("list", "-m", "index", "list")
        found = json.loads(_step("open and ask", "-c", _ASK, json.dumps(_QUESTIONS)))
        times = ", ".join(f"{1000 * taken:.0f}" for taken in found["ask"])
        _say(f"{found['passages']} passages; opened in {found['open']:.2f} s; questions in {times} ms")
        _step("remove one", "-m", "index", "remove", letters[0].name)
        size = sum(path.stat().st_size for path in (folder / "index").rglob("*") if path.is_file())
        _say(f"index on disk: {size / 1e6:.0f} MB")


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
        _say(f"{name}: {taken:.1f} s ({cpu:.1f} s of processor), peak memory {memory:.0f} MB")
        printed.seek(0)
        return printed.read().decode("utf-8")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
