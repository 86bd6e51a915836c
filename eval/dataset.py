"""Where the documents and the topics of an evaluation come from.

A small value that a fresh process can be handed: each system is measured in a
process of its own, which reads the documents itself.
"""

from dataclasses import dataclass
from pathlib import Path

from eval.beir import read_beir, read_beir_corpus
from eval.benchmark import read_benchmark
from eval.types import Benchmark
from index.library.build import read_collection
from index.library.open import published_collection
from index.model.collection import Collection
from index.settings import ROOT

BUNDLED = ROOT / "eval" / "benchmarks" / "streaming-hell"


@dataclass(frozen=True, slots=True)
class Dataset:
    """`benchmark`: the folder of topics. `documents`: the folder they are about, None for a BEIR folder.

    `index`: the library they are about, in the place of a folder of documents.
    """

    benchmark: Path
    documents: Path | None
    index: Path | None = None

    def collection(self) -> Collection:
        """The documents; BenchmarkError, DocumentError or an error of the index where they cannot be read whole."""
        if self.index is not None:
            return published_collection(self.index)
        return read_beir_corpus(self.benchmark) if self.documents is None else read_collection(self.documents)

    def topics(self, collection: Collection) -> Benchmark:
        """The topics and judgements; BenchmarkError with every fault."""
        if self.documents is None and self.index is None:
            return read_beir(self.benchmark, collection)
        return read_benchmark(self.benchmark, collection)
