"""Whether a library on a cluster answers as one in a folder does, where no server is at hand.

`python -m tests.index.measure_cluster rankings` asks every topic of the letter
of the embedded library and of one in the local mode of `qdrant-client`, and
counts the rankings that differ.
"""

import json
import os
import sys
import tempfile
import warnings
from pathlib import Path
from typing import Any

from index.library.build import build_index
from index.library.cluster import connection
from index.settings import ROOT, Address, Settings
from rag.answer.assistant import Assistant

_TOPICS = ROOT / "eval" / "benchmarks" / "streaming-hell" / "topics.jsonl"


def local_cluster(folder: Path) -> Address:
    """The address of a cluster that is the client's local mode, in memory."""
    from qdrant_client import QdrantClient

    warnings.filterwarnings("ignore", message="Local mode|Payload indexes")
    client = QdrantClient(":memory:")
    connection.client_of = lambda _: client  # type: ignore[assignment]
    os.environ["WOORDELIJK_CACHE"] = str(folder)
    return Address.parse("qdrant://local:6333/letter")


def ranking(assistant: Assistant, question: str) -> tuple[Any, ...]:
    """What an answer shows, in its order.

    Not a passage's place in each list: scores that are equal to the seventh digit may change places in one.
    """
    found = assistant.ask(question, top=50, per_unit=None)
    return found.outcome, [(hit.passage.id, hit.via, hit.sentence) for hit in found.hits]


def differing(embedded: Settings, cluster: Settings, questions: list[str]) -> list[str]:
    """The questions that the two libraries answer with another ranking, or another confidence."""
    one, other = Assistant.open(embedded), Assistant.open(cluster)
    return [question for question in questions if ranking(one, question) != ranking(other, question)]


def topics() -> list[str]:
    """The questions of the letter's topics."""
    return [json.loads(line)["question"] for line in _TOPICS.read_text("utf-8").splitlines()]


def rankings() -> None:
    with tempfile.TemporaryDirectory() as folder:
        embedded = Settings(index=Path(folder) / "index")
        cluster = Settings(index=local_cluster(Path(folder) / "cache"))
        build_index(embedded)
        build_index(cluster)
        asked = topics()
        found = differing(embedded, cluster, asked)
    sys.stdout.write(f"{len(asked)} topics, {len(found)} rankings differ\n")
    sys.stdout.writelines(f"  {question}\n" for question in found)


if __name__ == "__main__":
    rankings()
