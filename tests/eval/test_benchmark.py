"""A benchmark is used whole, or every fault in it is named with file and line."""

import hashlib
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from eval.benchmark import faults_of, read_benchmark
from eval.dataset import BUNDLED
from eval.errors import BenchmarkError
from eval.types import Benchmark
from index.model.collection import Collection
from index.model.judgements import QRELS, TOPICS, unit_spans
from index.model.types import Parsed
from index.settings import Settings
from rag.answer.assistant import Assistant


@pytest.fixture(scope="module")
def bundled(letter: Parsed) -> tuple[Collection, Benchmark]:
    collection = Collection.of([letter])
    return collection, read_benchmark(BUNDLED, collection)


def test_a_benchmark_in_order_is_read(folder: Path, collection: Collection) -> None:
    benchmark = read_benchmark(folder, collection)
    assert [topic.id for topic in benchmark.topics] == ["t1", "t2", "t3"]
    assert [len(benchmark.answers[topic]) for topic in ("t1", "t2", "t3")] == [1, 1, 0]
    assert faults_of(folder, collection) == ()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda t: "", "topics.jsonl: no topics found"),
        (lambda t: t + "{", "line 4: not JSON"),
        (lambda t: t + '{"id": "t9"}', 'line 4: expected an object with "id" and "question"'),
        (lambda t: t + '{"id": "t1", "question": "x"}', "line 4: id 't1' stands on line 1 too"),
        (lambda t: t + '{"id": "a b", "question": "x"}', "line 4: \"id\" is 'a b'"),
        (lambda t: t + '{"id": "d", "question": "x", "split": "dev"}', "line 4: \"split\" is 'dev'"),
        (lambda t: t + '{"id": "d", "question": 3}', "line 4: expected text"),
        (lambda t: t + '{"id": "d", "question": "x", "soort": "y"}', "line 4: unknown keys soort"),
        (lambda t: t + '{"id": "d", "question": "x"}', "topic 'd' is answerable and has no span"),
        (lambda t: t.replace("false", "true"), "topic 't3' is answerable and has no span"),
        (lambda t: t.replace("true", "false"), "topic 't1' is not answerable"),
    ],
)
def test_a_fault_in_the_topics_is_named(
    folder: Path, collection: Collection, change: Callable[[str], str], says: str
) -> None:
    path = folder / TOPICS
    path.write_text(change(path.read_text("utf-8")), encoding="utf-8")
    assert says in "\n".join(faults_of(folder, collection))
    with pytest.raises(BenchmarkError, match=re.escape(says)):
        read_benchmark(folder, collection)


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("t1\tD\tVraag 1\t0\t999999\t3", "line 5: span 0-999999 is outside document"),
        ("t1\tD\tVraag 1\t9\t9\t3", "line 5: span 9-9 is outside document"),
        ("t1\tD\tVraag 1\t0\t5\t3", "line 5: span 0-5 is not in Vraag 1"),
        ("t1\tD\tVraag 99\t0\t5\t3", "line 5: unit 'Vraag 99' is not in document"),
        ("t9\tD\tVraag 1\t0\t5\t3", "line 5: topic 't9' is not in topics.jsonl"),
        ("t1\tzzzz\tVraag 1\t0\t5\t3", "line 5: document 'zzzz' matches 0 documents"),
        ("t1\tD\tVraag 1\tx\t5\t3", "line 5: start, end and relevance are"),
        ("t1\tD\tVraag 1\t0\t5\t4", "line 5: relevance is 4"),
        ("t1\tD\tVraag 1", "line 5: 3 columns, expected 6"),
    ],
)
def test_a_fault_in_the_judgements_is_named(folder: Path, collection: Collection, row: str, says: str) -> None:
    with (folder / QRELS).open("a", encoding="utf-8") as file:
        file.write(row.replace("D", collection.documents[0].id))
    assert f"{folder / QRELS}, {says}" in "\n".join(faults_of(folder, collection))


def test_a_span_judged_twice_is_named(folder: Path, collection: Collection) -> None:
    path = folder / QRELS
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join([*lines, lines[1]]), encoding="utf-8")
    assert "line 5: the same span is judged for this topic on line 2" in faults_of(folder, collection)[0]


def test_all_faults_are_named_at_once(folder: Path, collection: Collection) -> None:
    with (folder / QRELS).open("a", encoding="utf-8") as file:
        file.write("t8\n\nt9\n")
    assert [fault.partition(":")[0][-6:] for fault in faults_of(folder, collection)] == ["line 5", "line 7"]


@pytest.mark.parametrize("name", [TOPICS, QRELS])
def test_a_missing_or_unreadable_file_is_one_sentence(folder: Path, collection: Collection, name: str) -> None:
    (folder / name).write_bytes(b"\xff\xfe")
    with pytest.raises(BenchmarkError, match="is not UTF-8"):
        read_benchmark(folder, collection)
    (folder / name).unlink()
    with pytest.raises(BenchmarkError, match="cannot be read"):
        read_benchmark(folder, collection)


def test_the_bundled_benchmark_is_as_large_and_mixed_as_it_says(bundled: tuple[Collection, Benchmark]) -> None:
    _, benchmark = bundled
    answerable = [topic for topic in benchmark.topics if topic.answerable]
    styles = Counter(topic.style for topic in answerable)
    assert len(answerable) >= 150
    assert len(benchmark.topics) - len(answerable) >= 50
    least = {"everyday": 40, "english": 30, "keywords": 20, "misspelt": 15}
    assert all(styles[style] >= count for style, count in least.items())


def test_the_split_follows_from_the_topics_id(bundled: tuple[Collection, Benchmark]) -> None:
    for topic in bundled[1].topics:
        even = int(hashlib.md5(topic.id.encode(), usedforsecurity=False).hexdigest()[-1], 16) % 2 == 0
        assert topic.split == ("tune" if even else "test")


def test_every_bundled_span_lies_in_its_unit_and_starts_and_ends_at_a_word(
    bundled: tuple[Collection, Benchmark],
) -> None:
    collection, benchmark = bundled
    for qrel in benchmark.qrels:
        assert any(part.contains(qrel.span) for part in unit_spans(collection.unit(qrel.unit)))
        words = qrel.span.of(collection.document(qrel.document).text)
        assert words == words.strip()


def test_no_bundled_topic_quotes_the_passage_it_is_after(bundled: tuple[Collection, Benchmark]) -> None:
    """No seven words in a row of a topic stand in a span that answers it."""
    collection, benchmark = bundled
    for topic in benchmark.topics:
        words = re.findall(r"\w+", topic.question.lower())
        runs = {" ".join(words[i : i + 7]) for i in range(len(words) - 6)}
        for qrel in benchmark.answers[topic.id]:
            text = " ".join(re.findall(r"\w+", qrel.span.of(collection.document(qrel.document).text).lower()))
            assert not [run for run in runs if run in text], topic.id


def test_the_bundled_topics_are_of_the_bundled_letter(letter_settings: Settings, assistant: Assistant) -> None:
    """What is judged is what the shipped index holds."""
    assert read_benchmark(BUNDLED, assistant.index.collection).qrels
