"""The JSON of an answer: exact ranges, ranks, what was lifted, what differs elsewhere, and its parts."""

import json

import pytest

from rag.answer.assistant import Assistant
from rag.answer.record import answer_record, passage_record, similar_record
from tests.rag.retrieval.made import DIKES, SLUICES, made_index


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return Assistant(*made_index(tmp_path_factory.mktemp("made"), SLUICES, DIKES))


def test_every_range_is_the_text(made: Assistant) -> None:
    record = answer_record(made.ask("Wie betaalt het onderhoud van de dijken?", per_unit=None, top=15), "x")
    assert json.loads(json.dumps(record)) == record
    assert (record["id"], record["query"], record["parts"]) == ("x", "Wie betaalt het onderhoud van de dijken?", [])
    assert [hit["rank"] for hit in record["hits"]] == list(range(1, len(record["hits"]) + 1))
    documents = {document.id: document.text for document in made.index.collection.documents}
    shown = [*record["hits"], *(similar for hit in record["hits"] for similar in hit["similar"])]
    assert len(shown) > len(record["hits"])
    for found in shown:
        passage = found["passage"]
        assert documents[found["document"]][passage["start"] : passage["end"]] == passage["text"]
        assert passage["id"] == f"{found['document']}:{passage['start']}-{passage['end']}"
    marked = [(hit["document"], hit["sentence"]) for hit in record["hits"] if hit["sentence"]]
    assert marked
    for document, sentence in marked:
        assert documents[document][sentence["start"] : sentence["end"]] == sentence["text"]


def test_what_differs_elsewhere(made: Assistant) -> None:
    (similar,) = (
        similar for hit in made.ask("Wie betaalt het onderhoud van de dijken?").hits for similar in hit.similar
    )
    record = similar_record(similar)
    assert {(d["kind"], frozenset((d["here"], d["there"]))) for d in record["difference"]} == {
        ("changed", frozenset(("het", "dit")))
    }
    assert 0.8 < record["similarity"] < 1


def test_a_reference_and_its_list_are_named(made: Assistant) -> None:
    hits = answer_record(made.ask("vraag 3"))["hits"]
    assert [hit["via"] for hit in hits] == [[3], [3], None]
    assert hits[2]["label"] == "Vraag 3"
    found = answer_record(made.ask("Hoeveel sluizen zijn er?"))["hits"][0]["found"]
    assert set(found) <= {"related", "dense", "late"}
    assert found["related"] >= 1


def test_remarks_and_filters(made: Assistant) -> None:
    record = answer_record(made.ask("sluizen fractie:Groene vraag:98-99"))
    assert record["filters"] == {"groups": ["Groene"], "numbers": [98, 99]}
    assert record["remarks"] == [{"kind": "unknown question", "value": "98 t/m 99", "known": ["1 t/m 5"]}]
    assert (record["hits"], record["answered"], record["level"]) == ([], False, "nothing found")


def test_a_passage_by_itself(made: Assistant) -> None:
    collection = made.index.collection
    record = passage_record(collection, collection.passages[2])
    assert (record["file"], record["label"], record["numbers"]) == ("brief-0.txt", "Vraag 1", [1])
    assert record["passage"]["text"] == "Er zijn 15 sluizen."
