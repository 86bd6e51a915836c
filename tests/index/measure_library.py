"""Time and memory of large libraries: python -m tests.index.measure_library [DOCUMENTS]... [--encoder NAME].

For each size: makes a library, opens it, asks, adds one document, checks a
memo of seven quotations, cites, and removes one; every step in a process of
its own. `--pool` letters of 10 questions (40 when left out) are read and
encoded; a library of more documents is made up of these
(`tests/index/made_library.py`), and is told to be. `--texts FOLDER` takes
real letters in their place (`tests/index/real_questions.py`).
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.library.manifest import read_manifest
from index.settings import ROOT, SHIPPED_ENCODER, Settings
from tests.index.real_questions import write_real_letters
from tests.synthetic import write_letters

_ASK = """
import json, sys, time
from pathlib import Path
from index.settings import Settings
from index.library.open import load_encoders
from index.library.store import chosen, read_library
from index.search.dense import Summary
from index.search.search_index import SearchIndex
from rag.answer.assistant import Assistant

def memory():
    # Linux tells what is a process's own apart from the files that it reads where they lie.
    path = Path("/proc/self/status")
    lines = path.read_text().splitlines() if path.is_file() else []
    found = dict(line.split(":", 1) for line in lines)
    return {name: int(found[name].split()[0]) / 1e3 for name in ("RssAnon", "RssFile") if name in found}

settings = Settings.from_environment()
asked, exact = json.loads(sys.argv[1])
encoders = load_encoders(settings.encoder)
start = time.perf_counter(), time.process_time()
manifest, segments = read_library(settings.index)
places = chosen(segments, [entry.id for entry in manifest.documents])
index = SearchIndex([opened.segment for opened in segments], places, encoders.passages)
opened = time.perf_counter() - start[0], time.process_time() - start[1]
assistant = Assistant(index, encoders)
times, found = [], []
for question in asked:
    start = time.perf_counter(), time.process_time()
    found.append([hit.passage.id for hit in assistant.ask(question).hits])
    times.append((time.perf_counter() - start[0], time.process_time() - start[1]))
told = {"passages": manifest.passages, "open": opened, "ask": times, "memory": memory()}
# Every vector compared by itself, and words too.
Summary.is_coded = property(lambda self: False)
index = SearchIndex([opened.segment for opened in segments], places, encoders.passages)
assistant = Assistant(index, encoders)
shares = []
for question, hits in zip(asked[:exact], found):
    best = [hit.passage.id for hit in assistant.ask(question).hits]
    shares += [len(set(hits) & set(best)) / len(best)] if best else []
told["recall"] = sum(shares) / max(1, len(shares)), len(shares)
print(json.dumps(told))
"""
_MAKE = """
import sys
from pathlib import Path
from index.encoders.load import load_encoder
from index.settings import WORD_ENCODER
from tests.index.made_library import write_made_library
write_made_library(Path(sys.argv[2]), Path(sys.argv[1]), int(sys.argv[3]), load_encoder(str(WORD_ENCODER)))
"""
_TOPICS = ROOT / "eval" / "benchmarks" / "streaming-hell" / "topics.jsonl"
_QUOTED = 7
# Questions that are asked once more with every vector compared.
_EXACT = 25


def main() -> None:
    """Measure, and print a line a step."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("documents", nargs="*", type=int, default=[1000])
    parser.add_argument("--encoder", default=SHIPPED_ENCODER)
    parser.add_argument("--pool", type=int, default=40, help="Letters that are read and encoded.")
    parser.add_argument("--texts", type=Path, help="Folder of real questions to make the letters of.")
    parser.add_argument("--questions", type=int, default=1000)
    parser.add_argument("--keep", type=Path, help="Folder to work in, kept; a library that is there is measured again.")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = (chosen.keep or Path(made)).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        most = min(chosen.pool, max(chosen.documents))
        if chosen.texts:
            letters = write_real_letters(folder / "letters", chosen.texts, most)
        else:
            letters = write_letters(folder / "letters", range(most))
        (more,) = write_letters(folder / "more", range(most, most + 1))
        (folder / "documents").mkdir(exist_ok=True)
        os.environ["WOORDELIJK_DOCUMENTS"] = str(folder / "documents")
        os.environ["WOORDELIJK_ENCODER"] = str((ROOT / chosen.encoder).resolve())
        pool = folder / "index"
        if not (pool / "manifest.json").is_file():
            os.environ["WOORDELIJK_INDEX"] = str(pool)
            _step(f"add {most} documents", "-m", "index", "add", str(folder / "letters"))
        for documents in chosen.documents:
            index = pool if documents <= most else folder / f"index-{documents}"
            if not (index / "manifest.json").is_file():
                made_up = f"make {documents} documents of these; MADE UP: half of the rarer words, and the vectors"
                _step(made_up, "-c", _MAKE, str(pool), str(index), str(documents))
            os.environ["WOORDELIJK_INDEX"] = str(index)
            _measure(letters, more, chosen.questions)


def _measure(letters: list[Path], more: Path, questions: int) -> None:
    """Measure the library that the environment names; `more` is a letter that it has not."""
    _ask(questions)
    _step("add one more", "-m", "index", "add", str(more))
    _step("add one that is there", "-m", "index", "add", str(more))
    _step("list", "-m", "index", "list")
    memo = more.with_name("memo.md")
    memo.write_text("".join(f"> {quotation}\n\n" for quotation in _quotations([*letters, more])), encoding="utf-8")
    _step(f"verify {_QUOTED} quotations", "-m", "rag", "verify", str(memo), expected=(0, 1))
    _step("cite", "-m", "rag", "cite", more.name, *_range(more))
    _step("remove one", "-m", "index", "remove", more.name)
    for found in read_manifest(Settings.from_environment().index).lists:
        _say(f"  {found.name}, {found.kind}: {found.bytes / max(1, found.passages):,.0f} bytes a passage")


def _ask(asked: int) -> None:
    topics = [json.loads(line)["question"] for line in _TOPICS.read_text("utf-8").splitlines()]
    questions = [topics[number % len(topics)] for number in range(asked)]
    found = json.loads(_step("open and ask", "-c", _ASK, json.dumps((questions, _EXACT))))
    (first, of_first), *others = found["ask"]
    wall, cpu = (np.percentile(1000 * np.array([one[kind] for one in others]), [50, 95]) for kind in (0, 1))
    _say(
        f"{found['passages']} passages; opened in {found['open'][0]:.2f} s ({found['open'][1]:.2f} of processor), "
        f"encoders aside; first question {first:.2f} s ({of_first:.2f}); {len(others)} others: p50 {wall[0]:.0f} ms, "
        f"p95 {wall[1]:.0f} ms ({cpu[0]:.0f} and {cpu[1]:.0f} of processor)"
    )
    memory = ", ".join(f"{name} {size:.0f} MB" for name, size in found["memory"].items())
    share, compared = found["recall"]
    _say(
        f"memory after {asked} questions: {memory}; recall@10 against every vector compared: {share:.3f} of {compared}"
    )


def _quotations(letters: list[Path]) -> list[str]:
    """A sentence of each of some letters."""
    return [_sentence(path) for path in letters[1 :: max(1, len(letters) // _QUOTED)][:_QUOTED]]


def _sentence(path: Path) -> str:
    start, end = map(int, _range(path))
    return path.read_text("utf-8")[start:end]


def _range(path: Path) -> tuple[str, str]:
    """Where the longest sentence of the longest paragraph stands, without its last sign."""
    text = path.read_text("utf-8")
    paragraph = max(text.split("\n\n"), key=len)
    start = text.index(paragraph)
    sentence = max(paragraph.split(". "), key=len)
    start += paragraph.index(sentence)
    return str(start), str(start + len(sentence.rstrip(".\n")))


def _step(name: str, *arguments: str, expected: Sequence[int] = (0,)) -> str:
    """Run a command, say how long it took and its peak memory, and give what it printed."""
    start = time.perf_counter()
    with tempfile.TemporaryFile() as printed:
        process = subprocess.Popen([sys.executable, *arguments], cwd=ROOT, stdout=printed)
        _, status, usage = os.wait4(process.pid, 0)
        taken = time.perf_counter() - start
        if os.waitstatus_to_exitcode(status) not in expected:
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
