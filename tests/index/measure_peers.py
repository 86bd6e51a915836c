"""Woordelijk beside txtai and Haystack, on the same passages and vectors: python -m tests.index.measure_peers TEXTS.

Letters of real questions (`tests.index.real_questions`) are added to a library
with the static encoder, until there are PASSAGES. Their passages, vectors and
some questions with theirs are written to a folder; each system then gets them
in a process of its own, is asked every question one by one for the best ten by
words and by meaning, gets one passage more, and says what memory it has.
`--python NAME=PATH` names the interpreter of an environment with txtai
(`pip install txtai`) or Haystack (`pip install haystack-ai`); where none is
named that system is left out. Woordelijk also reads the question, ranks token
by token, marks sentences and says how sure it is: the others only retrieve, as it does in a line of its own.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from index.library.build import add_documents
from index.library.open import load_encoders, open_index
from index.settings import ROOT, Settings
from tests.index.real_questions import write_real_letters

_ENCODER = "data/encoder/static"
_TOPICS = ROOT / "eval" / "benchmarks" / "streaming-hell" / "topics.jsonl"
_ASKED = 60

# Each script gets the folder and prints what it measured; `ms` are its questions, the first left out.
_COMMON = """
import json, os, sys, time
import numpy as np
folder = sys.argv[1]
def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
def timed(function, *arguments):
    wall, cpu = time.perf_counter(), time.process_time()
    found = function(*arguments)
    return found, 1000 * (time.perf_counter() - wall), 1000 * (time.process_time() - cpu)
def tell(ask, questions, add, opened, search):
    times = [timed(ask, *question)[1:] for question in questions]
    memory = resident()
    _, wall, cpu = timed(add)
    print(json.dumps({"ms": times[1:], "add": [wall, cpu], "memory": memory, "open": opened[1:], "search": search}))
"""
_PEER = """
texts = json.load(open(f"{folder}/texts.json"))
vectors = np.load(f"{folder}/vectors.npy")
questions = json.load(open(f"{folder}/questions.json"))
asked = np.load(f"{folder}/asked.npy")
known = {text: vector for text, vector in zip([*texts, *questions], [*vectors, *asked])}
extra = "Een passage die er nog niet was. " + texts[0]
known[extra] = vectors[0]
"""
_OURS = """
from index.settings import Settings
from index.library.build import add_documents
from index.library.open import open_index
from rag.answer.assistant import Assistant
from rag.retrieval.retrieve import Retriever
from pathlib import Path
settings = Settings(Path(folder) / "none", Path(folder) / "index", "data/encoder/static")
(index, encoders), *opened = timed(open_index, settings)
questions = [[question] for question in json.load(open(f"{folder}/questions.json"))]
def told(ask, search):
    add = lambda: add_documents(settings, [Path(folder) / "extra.txt"])
    tell(ask, questions, add, [0, *opened], search)
"""
SCRIPTS = {
    "Woordelijk": _OURS
    + """
assistant = Assistant(index, encoders)
told(assistant.ask, "whole answers: words, vectors, tokens, ranking, marked sentences, certainty")
""",
    "Woordelijk, retrieval": _OURS
    + """
retriever = Retriever(index, encoders)
def ask(question):
    found = retriever.retrieve(question)
    return found.rows[np.argsort(-found.fused)[:10]]
told(ask, "words, vectors and tokens, added up; no answer")
""",
    "txtai": _PEER
    + """
from txtai import Embeddings
def transform(data):
    return np.array([known[text] for text in data], dtype=np.float32)
embeddings = Embeddings(method="external", transform=transform, backend="faiss", hybrid=True, content=True)
_, *opened = timed(embeddings.index, list(enumerate(texts)))
search = "hybrid: FAISS as txtai chooses it, and its BM25"
def add():
    embeddings.upsert([(len(texts), extra)])
tell(lambda q: embeddings.search(q, 10), [[q] for q in questions], add, [0, *opened], search)
""",
    "Haystack": _PEER
    + """
from haystack import Document
from haystack.document_stores.in_memory import InMemoryDocumentStore
store = InMemoryDocumentStore(embedding_similarity_function="cosine")
documents = [Document(id=str(n), content=t, embedding=v.tolist()) for n, (t, v) in enumerate(zip(texts, vectors))]
_, *opened = timed(store.write_documents, documents)
del documents
def ask(question):
    ranks = {}
    lists = store.bm25_retrieval(question, top_k=100), store.embedding_retrieval(known[question].tolist(), top_k=100)
    for found in lists:
        for rank, document in enumerate(found):
            ranks[document.id] = ranks.get(document.id, 0) + 1 / (61 + rank)
    return sorted(ranks, key=ranks.get)[-10:]
more = Document(id="more", content=extra, embedding=known[extra].tolist())
search = "in memory: its BM25 and its vectors, joined by reciprocal rank"
tell(ask, [[q] for q in questions], lambda: store.write_documents([more]), [0, *opened], search)
""",
}


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path, help="Folder of the Belgian questions.")
    parser.add_argument("--letters", type=int, default=1430)
    parser.add_argument("--library", type=Path, help="An index that is there, by that encoder, in their place.")
    parser.add_argument("--python", action="append", default=[], metavar="NAME=PATH")
    parser.add_argument("--keep", type=Path, help="Folder to work in, kept; what is there is measured again.")
    chosen = parser.parse_args()
    ours = {name: sys.executable for name in SCRIPTS if name.startswith("Woordelijk")}
    interpreters = ours | dict(one.split("=", 1) for one in chosen.python)
    with tempfile.TemporaryDirectory() as made:
        folder = (chosen.keep or Path(made)).resolve()
        if not (folder / "asked.npy").is_file():
            _prepare(folder, chosen.texts, chosen.letters, chosen.library)
        passages = len(np.load(folder / "vectors.npy", mmap_mode="r"))
        sys.stdout.write(
            f"{passages} passages, {_ASKED - 1} questions, {os.cpu_count()} cores, load {os.getloadavg()[0]:.0f}\n\n"
        )
        sys.stdout.write(
            "| | question p50 / p95, ms | of processor | add one, ms (processor) | resident MB | open or index s "
            "| what |\n| --- | --- | --- | --- | --- | --- | --- |\n"
        )
        for name, python in interpreters.items():
            _say(name, _measured(name, python, folder))


def _prepare(folder: Path, texts: Path, letters: int, library: Path | None) -> None:
    paths = write_real_letters(folder / "letters", texts, letters + 1)
    shutil.move(paths.pop(), folder / "extra.txt")
    settings = Settings(folder / "none", folder / "index", _ENCODER)
    if library is None:
        add_documents(settings, [folder / "letters"])
    else:
        shutil.copytree(library, folder / "index")
    index, _ = open_index(settings)
    rows = range(len(index.collection.passages))
    (folder / "texts.json").write_text(json.dumps([index.collection.row_text(row) for row in rows]), "utf-8")
    placed = np.zeros((len(rows), index.segments[0].vectors.shape[1]), dtype=np.float32)
    for segment, own in zip(index.segments, index.rows, strict=True):
        placed[own[own >= 0]] = segment.vectors[own >= 0]
    np.save(folder / "vectors.npy", placed)
    questions = [json.loads(line)["question"] for line in _TOPICS.read_text("utf-8").splitlines()[:_ASKED]]
    (folder / "questions.json").write_text(json.dumps(questions), "utf-8")
    encoder = load_encoders(str(ROOT / _ENCODER)).passages
    np.save(folder / "asked.npy", np.concatenate([encoder.encode_queries([question]) for question in questions]))


def _measured(name: str, python: str, folder: Path) -> dict[str, Any]:
    # One that is changed by adding is a copy.
    with tempfile.TemporaryDirectory() as made:
        copy = Path(made) / "library"
        shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("letters"))
        environment = {**os.environ, "PYTHONPATH": str(ROOT) if python == sys.executable else "", "HF_HUB_OFFLINE": "1"}
        done = subprocess.run(
            [python, "-c", _COMMON + SCRIPTS[name], str(copy)],
            cwd=ROOT if python == sys.executable else folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        sys.exit(f"{name}: {done.stderr[-2000:]}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _say(name: str, found: dict[str, Any]) -> None:
    wall, cpu = np.array(found["ms"]).T
    (p50, p95), (c50, c95) = np.percentile(wall, [50, 95]), np.percentile(cpu, [50, 95])
    add, opened = found["add"], found["open"]
    sys.stdout.write(
        f"| {name} | {p50:.0f} / {p95:.0f} | {c50:.0f} / {c95:.0f} | {add[0]:.0f} ({add[1]:.0f}) | "
        f"{found['memory']:.0f} | {opened[0] / 1000:.1f} ({opened[1] / 1000:.1f} of processor) | {found['search']} |\n"
    )
    sys.stdout.flush()


if __name__ == "__main__":
    main()
