"""The letter's topics are answered alike from a cluster and from a folder; `measure_cluster rankings` asks them all."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from qdrant_client import QdrantClient

from index.encoders.encoder import Contextual, Encoded
from index.library.build import build_index
from index.library.cluster import connection
from index.library.open import load_encoders, open_index
from index.settings import Address, Settings
from tests.index.measure_cluster import differing, topics

# Every so many of the topics.
_EVERY = 60
pytestmark = pytest.mark.filterwarnings("ignore:Local mode performs exact", "ignore:Payload indexes have no effect")


class _Remembering(Contextual):
    """The shipped encoder, which need not encode the passages of an index again."""

    def __init__(self, settings: Settings) -> None:
        index, self._encoders = open_index(settings)
        (found,) = index.segments
        self._found = found
        self._texts = [index.collection.row_text(row) for row in range(len(found.vectors))]

    def __getattr__(self, name: str) -> Any:
        return getattr(self._encoders.passages, name)

    def encode_passages_by_token(self, texts: Sequence[str]) -> Encoded:
        if list(texts) != self._texts:
            return self._encoders.passages.encode_passages_by_token(texts)
        return Encoded(self._found.vectors, self._found.tokens)


@pytest.fixture
def cluster(letter_settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Settings]:
    client = QdrantClient(":memory:")
    monkeypatch.setattr(connection, "client_of", lambda _: client)
    monkeypatch.setenv("WOORDELIJK_CACHE", str(tmp_path / "cache"))
    connection.cluster_at.cache_clear()
    settings = replace(letter_settings, index=Address.parse("qdrant://local:6333/letter"))
    with pytest.MonkeyPatch.context() as patch:
        remembering: Any = _Remembering(letter_settings)
        patch.setattr(
            "index.library.build.load_encoders", lambda location: replace(load_encoders(location), passages=remembering)
        )
        build_index(settings)
    yield settings
    connection.cluster_at.cache_clear()


def test_the_letters_topics_are_ranked_alike(letter_settings: Settings, cluster: Settings) -> None:
    asked = topics()[::_EVERY]
    assert len(asked) == 5
    assert differing(letter_settings, cluster, asked) == []
