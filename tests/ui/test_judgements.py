"""Judgements are kept, taken back, and handed over in the form of a benchmark."""

import signal
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from eval.benchmark import read_benchmark
from index.errors import OutputError
from index.model.collection import Collection
from index.model.types import Parsed
from ui.desk.judgements import ANSWERS, DOES_NOT, Judgement, JudgementError, Judgements, own_benchmark


@pytest.fixture
def collection(letter: Parsed) -> Collection:
    return Collection.of([letter])


def judged(collection: Collection, question: str, place: int, relevance: int) -> Judgement:
    """A judgement of the passage at that place."""
    passage = collection.passages[place]
    return Judgement(question, passage.document, passage.span.start, passage.span.end, relevance)


def test_the_last_judgement_of_a_passage_counts(collection: Collection, tmp_path: Path) -> None:
    kept = Judgements(tmp_path / "judgements.jsonl")
    first = judged(collection, "Wat dan?", 10, ANSWERS)
    changed = judged(collection, "Wat dan?", 10, DOES_NOT)
    other = judged(collection, "Wat dan?", 11, ANSWERS)
    for judgement in (first, other, changed):
        kept.judge(collection, judgement)
    assert set(Judgements(kept.path).all()) == {changed, other}
    kept.judge(collection, changed, taken_back=True)
    assert kept.all() == (other,)


@pytest.mark.parametrize(
    "judgement",
    [
        Judgement("", "d26cef8dba425785", 4385, 4489, 3),
        Judgement("x" * 2001, "d26cef8dba425785", 4385, 4489, 3),
        Judgement("Wat?", "0000000000000000", 4385, 4489, 3),
        Judgement("Wat?", "d26cef8dba425785", 4489, 4385, 3),
        Judgement("Wat?", "d26cef8dba425785", -1, 4385, 3),
        Judgement("Wat?", "d26cef8dba425785", 0, 10_000_000, 3),
        Judgement("Wat?", "d26cef8dba425785", 4385, 4489, 7),
    ],
)
def test_a_judgement_on_nothing_is_refused(collection: Collection, tmp_path: Path, judgement: Judgement) -> None:
    kept = Judgements(tmp_path / "judgements.jsonl")
    with pytest.raises(JudgementError):
        kept.judge(collection, judgement)
    assert kept.all() == ()


@pytest.mark.parametrize(
    "line", [b"{", b"[]", b'{"question": "x"}', b"null", b"\xff", b"[" * 9_999, b'{"question": "Wa']
)
@pytest.mark.parametrize("end", [b"\n", b""])
def test_half_a_line_costs_no_other_judgement(collection: Collection, tmp_path: Path, line: bytes, end: bytes) -> None:
    kept = Judgements(tmp_path / "judgements.jsonl")
    first, second = (judged(collection, "Wat dan?", place, ANSWERS) for place in (10, 11))
    kept.judge(collection, first)
    with kept.path.open("ab") as file:
        file.write(line + end)
    kept.judge(collection, second)
    assert kept.read() == ((first, second), (2,))


def test_a_full_disk_leaves_the_judgements_as_they_were(collection: Collection, tmp_path: Path) -> None:
    kept = Judgements(tmp_path / "judgements.jsonl")
    first = judged(collection, "Wat dan?", 10, ANSWERS)
    kept.judge(collection, first)
    whole = kept.path.read_bytes()
    resource = pytest.importorskip("resource")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handled = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    # A file may not grow past the middle of the next line, as on a disk that is full then.
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(whole) + 20, limits[1]))
    try:
        with pytest.raises(OutputError, match="Nothing was changed"):
            kept.judge(collection, judged(collection, "En dan?", 11, ANSWERS))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handled)
    assert kept.path.read_bytes() == whole


def test_what_is_exported_is_a_benchmark(collection: Collection, tmp_path: Path) -> None:
    """Questions without an answering passage are left out, whatever a question holds."""
    judgements = [
        judged(collection, 'Een "vraag"\tmet tab\nen regel', 10, ANSWERS),
        judged(collection, 'Een "vraag"\tmet tab\nen regel', 12, DOES_NOT),
        judged(collection, "Zonder antwoord", 14, DOES_NOT),
        judged(collection, "Nog een", 20, ANSWERS),
    ]
    made = own_benchmark(collection, judgements)
    assert (made.count, made.left_out) == (2, 1)
    assert own_benchmark(collection, judgements).zipped() == made.zipped()
    with zipfile.ZipFile(BytesIO(made.zipped())) as archive:
        archive.extractall(tmp_path)
    benchmark = read_benchmark(tmp_path, collection)
    assert [topic.question for topic in benchmark.topics] == [judgements[0].question, "Nog een"]
    assert [(q.topic, q.span.start, q.relevance) for q in benchmark.qrels] == [
        ("q001", judgements[0].start, 3),
        ("q001", judgements[1].start, 0),
        ("q002", judgements[3].start, 3),
    ]
