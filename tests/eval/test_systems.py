"""Every system ranks units once, shows slices, and repeats itself."""

from pathlib import Path

import pytest

from eval.beir import corpus_of
from eval.benchmark import read_benchmark
from eval.errors import RunError
from eval.measure_system import peak_bytes, run_here
from eval.measures import exactness
from eval.systems import DEFAULT_SYSTEMS, SHIPPED, SystemSpec, specs_of
from eval.types import Topic
from index.library.open import published_collection
from index.model.collection import Collection
from index.model.store import MemoryStore
from index.settings import ROOT
from tests.conftest import SMALL_LETTER, library_of


@pytest.mark.parametrize("name", DEFAULT_SYSTEMS)
def test_a_system_answers_every_topic_with_slices(name: str, folder: Path, collection: Collection) -> None:
    topics = read_benchmark(folder, collection).topics
    run = run_here(SystemSpec.of(name), collection, topics)
    assert [response.topic for response in run.responses] == [topic.id for topic in topics]
    shown, exact = exactness(run, collection)
    assert shown == exact > 0
    for response in run.responses:
        scores = [ranked.score for ranked in response.ranking]
        assert scores == sorted(scores, reverse=True)
    assert run.cost.index_bytes
    assert run.refuses == (name == SHIPPED)


def test_in_texts_without_a_word_that_says_something_nothing_is_found() -> None:
    record, passages = corpus_of({"a": "De.", "b": "Het."}, "leeg", "leeg.txt")
    system = SystemSpec.of("stems").build(Collection(MemoryStore([record], passages)))
    assert system.reply("brug")[:2] == system.reply("de")[:2] == ((), False)


def test_a_system_repeats_itself(folder: Path, collection: Collection) -> None:
    topics = read_benchmark(folder, collection).topics
    first, second = (run_here(SystemSpec.of("fused"), collection, topics).responses for _ in range(2))
    assert [response.ranking for response in first] == [response.ranking for response in second]


@pytest.mark.parametrize("name", [SHIPPED, "fused"])
def test_what_the_library_holds_is_not_encoded_again(
    name: str, collection: Collection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The index of a library of the same documents is opened, and answers as one that is built; of others none is."""
    library = library_of(tmp_path / "other", {"brief.txt": SMALL_LETTER + "\nEen brug kost veel.\n"}).index
    whole, topics = published_collection(library), [Topic("1", "Wat kost een brug?")]
    spec = SystemSpec.of(name)
    built = run_here(spec, whole, topics)
    assert run_here(spec, collection, topics, library=library).cost.index_bytes != built.cost.index_bytes
    monkeypatch.setattr("eval.systems.index_collection", None)
    opened = run_here(spec, whole, topics, library=library)
    assert opened.cost.index_bytes == built.cost.index_bytes
    assert [r.ranking for r in opened.responses] == [r.ranking for r in built.responses]


def test_a_model_by_path_is_a_system(folder: Path, collection: Collection) -> None:
    """The shipped encoder, named by its path, ranks as the default does."""
    topics = read_benchmark(folder, collection).topics
    by_path = run_here(SystemSpec.of(f"dense:{ROOT / 'data' / 'encoder' / 'transformer'}"), collection, topics)
    default = run_here(SystemSpec.of("dense"), collection, topics)
    assert by_path.system == "dense-transformer"
    assert [r.ranking for r in by_path.responses] == [r.ranking for r in default.responses]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("google", "kind 'google' is unknown"),
        ("stems:x", "stems takes no path"),
        ("run", "expected run:FILE"),
        ("a/b=stems", "label 'a/b' becomes a file name"),
    ],
)
def test_a_system_that_cannot_be_is_named(text: str, says: str) -> None:
    with pytest.raises(RunError) as caught:
        SystemSpec.of(text)
    assert says in str(caught.value)


def test_two_systems_of_one_name_are_refused() -> None:
    with pytest.raises(RunError, match="two systems are called stems"):
        specs_of(["stems", "stems=ngrams"])
    assert [spec.label for spec in specs_of(["stems", "b=ngrams", "run:x/y.run"])] == ["stems", "b", "run-y"]


def test_peak_memory_is_known_or_unknown() -> None:
    assert peak_bytes() is None or peak_bytes() > 2**20
