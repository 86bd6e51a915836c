"""A small collection and a small benchmark about bridges."""

import json
from pathlib import Path

import pytest

from index.library.collect import read_collection
from index.model.collection import Collection
from index.model.judgements import COLUMNS, QRELS, TOPICS
from tests.conftest import SMALL_LETTER, write_letter

QUESTIONS = (
    ("t1", "Hoeveel bruggen zijn er?", True),
    ("t2", "Wat kost een brug?", True),
    ("t3", "Hoe bak ik een taart?", False),
)


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    write_letter(tmp_path / "documents", SMALL_LETTER)
    return tmp_path / "documents"


@pytest.fixture
def collection(documents: Path) -> Collection:
    return read_collection(documents)


@pytest.fixture
def folder(tmp_path: Path, collection: Collection) -> Path:
    """A benchmark in order: t1 is answered by question 1, t2 by question 2 and in part by 3."""
    place = tmp_path / "bridges"
    place.mkdir()
    topics = [{"id": i, "question": q, "style": "plain", "asks": "fact", "answerable": a} for i, q, a in QUESTIONS]
    (place / TOPICS).write_text("".join(json.dumps(topic) + "\n" for topic in topics), encoding="utf-8")
    rows = [
        row(collection, "t1", "Vraag 1", "Er zijn 15 bruggen.", 3),
        row(collection, "t2", "Vraag 2", "150 miljoen euro", 3),
        row(collection, "t2", "Vraag 3", "verwijs ik u naar het antwoord op vraag 2", 1),
    ]
    (place / QRELS).write_text("\n".join(["\t".join(COLUMNS), *rows]) + "\n", encoding="utf-8")
    return place


def row(collection: Collection, topic: str, unit: str, quote: str, relevance: int) -> str:
    """A line of qrels for words that stand once in the small letter."""
    document = collection.documents[0]
    start = document.text.index(quote)
    return "\t".join(map(str, (topic, document.id, unit, start, start + len(quote), relevance)))
