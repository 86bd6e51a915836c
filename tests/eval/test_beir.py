"""A BEIR folder becomes a collection of whole texts and a benchmark, or its faults are named."""

import json
from pathlib import Path

import pytest

from eval.beir import read_beir, read_beir_corpus
from eval.errors import BenchmarkError
from eval.measure_system import run_here
from eval.measures import topic_scores
from eval.systems import SystemSpec
from index.search.segment import search_text


@pytest.fixture
def beir(tmp_path: Path) -> Path:
    texts = {"p1": "Er zijn vijftien bruggen.", "p2": "Een brug kost veel geld.", "p3": "", "p4": "Wij bakken taart."}
    queries = {"q1": "hoeveel bruggen", "q2": "wat kost een brug", "q3": "niet beoordeeld"}
    corpus = [{"_id": i, "title": "Titel" if i == "p4" else "", "text": t} for i, t in texts.items()]
    (tmp_path / "qrels").mkdir()
    (tmp_path / "corpus.jsonl").write_text("\n".join(map(json.dumps, corpus)), encoding="utf-8")
    lines = [json.dumps({"_id": i, "text": t}) for i, t in queries.items()]
    (tmp_path / "queries.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (tmp_path / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq1\tp1\t1\nq2\tp2\t1\n", encoding="utf-8")
    return tmp_path


def test_each_text_is_one_unit_searched_by_itself(beir: Path) -> None:
    collection = read_beir_corpus(beir)
    assert [unit.id for unit in collection.units] == ["p1", "p2", "p4"]
    assert [collection.text(passage) for passage in collection.passages] == [
        "Er zijn vijftien bruggen.",
        "Een brug kost veel geld.",
        "Titel\nWij bakken taart.",
    ]
    assert search_text(collection, collection.passages[0]) == "Er zijn vijftien bruggen."


@pytest.mark.parametrize("system", ["words", "woordelijk"])
def test_judged_queries_are_measured(beir: Path, system: str) -> None:
    collection = read_beir_corpus(beir)
    benchmark = read_beir(beir, collection)
    assert [topic.id for topic in benchmark.topics] == ["q1", "q2"]
    run = run_here(SystemSpec.of(system), collection, benchmark.topics)
    assert {scores["RR@10"] for scores in topic_scores(benchmark, run).values()} == {1.0}


@pytest.mark.parametrize(
    ("name", "line", "says"),
    [
        ("corpus.jsonl", '\n{"_id": "p1", "text": "x"}', "corpus.jsonl, line 5: _id 'p1' stands on line 1 too"),
        ("corpus.jsonl", "\n{", "corpus.jsonl, line 5: not JSON"),
        ("queries.jsonl", '{"text": "x"}', "queries.jsonl, line 4: expected an object"),
        ("qrels/test.tsv", "q9\tp1\t1", "test.tsv, line 4: query 'q9' is not in queries.jsonl"),
        ("qrels/test.tsv", "q1\tp9\t1", "test.tsv, line 4: text 'p9' is not in corpus.jsonl"),
        ("qrels/test.tsv", "q1\tp1\t0", "test.tsv, line 4: query 'q1' and text 'p1' are judged twice"),
        ("qrels/test.tsv", "q1 p1 1", "test.tsv, line 4: found"),
    ],
)
def test_a_fault_is_named(beir: Path, name: str, line: str, says: str) -> None:
    with (beir / name).open("a", encoding="utf-8") as file:
        file.write(line)
    with pytest.raises(BenchmarkError) as caught:
        read_beir(beir, read_beir_corpus(beir))
    assert says in str(caught.value)
