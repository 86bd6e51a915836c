"""Measure a library on a cluster, where no server is at hand.

`python -m tests.index.measure_cluster rankings` asks every topic of the letter
of the embedded library and of one in the local mode of `qdrant-client`, and
counts the rankings that differ. `… engine 30000` measures Qdrant's engine in
this process (`pip install qdrant-edge-py`, which nothing else needs) on so many
made-up passages: vectors around those of the letter, its words drawn anew.
Times are of the processor, since a machine may have other work.
"""

import json
import os
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from index.encoders.encoder import Matrix, unit_rows
from index.library.build import build_index
from index.library.cluster import connection, layout
from index.library.open import open_index
from index.search.search_index import SearchIndex
from index.settings import ROOT, Address, Settings
from rag.answer.assistant import Assistant

_TOPICS = ROOT / "eval" / "benchmarks" / "streaming-hell" / "topics.jsonl"
_K, _COMPARED = 2_000, 500
# Passages with tokens: these take so much room that the rest are reckoned by them.
_WITH_TOKENS = 4_000
_BATCH = 500


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


class Engine:
    """One shard of Qdrant's engine with `passages` made of the letter's."""

    def __init__(self, folder: Path, passages: int, codes: str) -> None:
        import qdrant_edge as edge

        self.edge = edge
        self.folder = folder / codes
        self.folder.mkdir()
        index, self.encoders = open_index(Settings())
        self._index: SearchIndex = index
        self.vectors = _made_up(index.segments[0].vectors, passages)
        no_graph = edge.HnswIndexConfig(m=0, ef_construct=100, full_scan_threshold=10_000)
        quantized = {
            "8-bit": edge.ScalarQuantizationConfig(type=edge.ScalarType.Int8, always_ram=True),
            "binary": edge.BinaryQuantizationConfig(always_ram=True),
        }[codes]
        tokens = edge.EdgeVectorParams(
            size=index.segments[0].tokens.rows.shape[1],
            distance=edge.Distance.Dot,
            on_disk=True,
            hnsw_config=no_graph,
            multivector_config=edge.MultiVectorConfig(edge.MultiVectorComparator.MaxSim),
        )
        dense = edge.EdgeVectorParams(
            size=self.vectors.shape[1],
            distance=edge.Distance.Dot,
            on_disk=True,
            hnsw_config=no_graph,
            quantization_config=quantized,
        )
        config = edge.EdgeConfig(
            {layout.DENSE: dense, layout.TOKENS: tokens}, {layout.WORDS: edge.EdgeSparseVectorParams()}, True
        )
        self.shard = edge.EdgeShard.create(str(self.folder), config)

    def fill(self) -> None:
        """Upload all passages, and let the engine put them in order."""
        found = self._index.segments[0]
        made = list(layout.passage_points(found, [0], self.encoders.passages))
        for start in range(0, len(self.vectors), _BATCH):
            rows = range(start, min(start + _BATCH, len(self.vectors)))
            self.add([self._point(row, made[row % len(made)]) for row in rows])
        while self.shard.optimize():
            pass
        self.shard.flush()

    def _point(self, row: int, like: Any) -> Any:
        words = like.vector[layout.WORDS]
        vectors: dict[str, Any] = {
            layout.DENSE: self.vectors[row].tolist(),
            layout.WORDS: self.edge.SparseVector(words.indices, words.values),
        }
        if row < _WITH_TOKENS:
            vectors[layout.TOKENS] = like.vector[layout.TOKENS]
        return self.edge.Point(row, vectors, like.payload)

    def add(self, points: list[Any]) -> None:
        self.shard.update(self.edge.UpdateOperation.upsert_points(points))

    def dense(self, query: Matrix, k: int, exact: bool = False) -> list[int]:
        codes = self.edge.QuantizationSearchParams(rescore=True, oversampling=2.0)
        params = self.edge.SearchParams(exact=exact, quantization=None if exact else codes)
        asked = self.edge.Query.Nearest(query.tolist(), using=layout.DENSE)
        return [p.id for p in self.shard.query(self.edge.QueryRequest(limit=k, query=asked, params=params))]

    def words(self, query: Any, k: int) -> list[Any]:
        asked = self.edge.Query.Nearest(self.edge.SparseVector(query.indices, query.values), using=layout.WORDS)
        request = self.edge.QueryRequest(limit=k, query=asked, with_payload=["words", "counts", "length"])
        return list(self.shard.query(request))

    def tokens(self, query: Matrix, rows: list[int]) -> list[Any]:
        asked = self.edge.Query.Nearest(query.tolist(), using=layout.TOKENS)
        these = self.edge.Filter(must=[self.edge.HasIdCondition(set(rows))])
        params = self.edge.SearchParams(exact=True)
        request = self.edge.QueryRequest(limit=len(rows), query=asked, filter=these, params=params)
        return list(self.shard.query(request))


def _made_up(vectors: Matrix, passages: int) -> Matrix:
    """Vectors around those of the letter: each with noise as long as itself."""
    random = np.random.default_rng(0)
    noise = random.normal(size=(passages, vectors.shape[1])).astype(np.float32)
    return unit_rows(np.resize(vectors, noise.shape) + unit_rows(noise))


def _timed(runs: list[Callable[[], Any]]) -> str:
    took = []
    for run in runs:
        begun = time.process_time()
        run()
        took.append((time.process_time() - begun) * 1_000)
    return f"{np.percentile(took, 50):8.1f} {np.percentile(took, 95):8.1f}"


def engine(passages: int, codes: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        found = Engine(Path(folder), passages, codes)
        begun = time.process_time()
        found.fill()
        sys.stdout.write(f"{passages} passages, {codes}: filled in {time.process_time() - begun:.0f} s\n")
        _questions(found, codes)
        sizes = _sizes(found.folder)
        for name, size in sorted(sizes.items()):
            count = min(passages, _WITH_TOKENS) if "tokens" in name else passages
            sys.stdout.write(f"  {name:45} {size / count:10.1f} bytes a passage\n")


def _questions(found: Engine, codes: str) -> None:
    asked = topics()[:25]
    encoded = found.encoders.passages.encode_queries_by_token(asked)
    exact = [set(found.dense(row, _K, exact=True)) for row in encoded.rows]
    best = [set(found.dense(row, 100, exact=True)) for row in encoded.rows]
    near = [len(set(found.dense(row, _K)) & e) / len(e) for row, e in zip(encoded.rows, exact, strict=True)]
    first = [len(set(found.dense(row, 100)) & e) / len(e) for row, e in zip(encoded.rows, best, strict=True)]
    sys.stdout.write(f"  recall@100 {np.mean(first):.4f}, recall@{_K} {np.mean(near):.4f} of {codes} codes\n")
    index = found._index
    queries = []
    for question in asked:
        words = sorted({word.lower() for word in question.split()})
        vectors = found.encoders.words.encode_queries(words)
        queries.append(_related(index, words, vectors))
    wide = [encoded.tokens.taken(np.array([row])).wide(slice(None)) for row in range(len(asked))]
    rows = list(range(min(_COMPARED, len(found.vectors))))
    for name, runs in {
        f"dense, exact, {_K}": [lambda r=row: found.dense(r, _K, exact=True) for row in encoded.rows],
        f"dense, codes, {_K}": [lambda r=row: found.dense(r, _K) for row in encoded.rows],
        f"words, {_K} with payload": [lambda q=query: found.words(q, _K) for query in queries],
        f"tokens of {_COMPARED}": [lambda t=tokens: found.tokens(t, rows) for tokens in wide],
    }.items():
        sys.stdout.write(f"  {name:28} p50, p95 in ms of the processor: {_timed(runs)}\n")


def _related(index: SearchIndex, words: list[str], vectors: Matrix) -> Any:
    """A sparse query of the words of the letter that are near to these, as many as a question has."""
    vocabulary = index.related._vocabulary
    near = vectors @ vocabulary.vectors.T
    chosen = {int(word) for row in near for word in np.argsort(-row)[:100] if row[word] > 0.3}
    return layout.sparse([vocabulary.words[word] for word in chosen], [1.0] * len(chosen))


def _sizes(folder: Path) -> dict[str, int]:
    """Bytes on disk by what they hold; of segments the parts together."""
    found: dict[str, int] = {}
    for path in folder.rglob("*"):
        if path.is_file() and "segments" in path.parts:
            name = "/".join(path.relative_to(folder).parts[2:3])
            found[name] = found.get(name, 0) + path.stat().st_blocks * 512
    return found


if __name__ == "__main__":
    if sys.argv[1] == "rankings":
        rankings()
    else:
        for kind in ("8-bit", "binary"):
            engine(int(sys.argv[2]), kind)
