"""The same answer in several letters is found, shown once, and every word that differs is named."""

import io
import json
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console
from typer.testing import CliRunner

from index.encoders.encoder import Encoders
from index.library.build import add_documents
from index.model.collection import Collection
from index.search.near_pairs import Among
from index.search.search_index import SearchIndex
from index.search.segment import Segment, segment
from index.settings import Settings
from rag.__main__ import app
from rag.answer.assistant import Assistant
from rag.answer.record import answer_record
from rag.commands.terminal import show
from rag.retrieval.near_duplicates import NearDuplicates, Similar
from tests.conftest import FakeEncoder, write_letter
from tests.rag.retrieval.made import made_collection

ANSWER = (
    "Het kabinet zal de sluizen in Limburg niet verder verbreden, omdat de kosten van 150 miljoen euro "
    "niet opwegen tegen de verwachte groei van de binnenvaart in de komende jaren."
)
COPIES = {
    "a.txt": ANSWER,
    "b.txt": ANSWER.replace("zal de sluizen in Limburg niet verder", "zal de sluizen in Limburg verder"),
    "c.txt": ANSWER.replace("150 miljoen", "15 miljoen"),
    "d.txt": ANSWER.replace(" in de ", "  in\nde ").replace(" -", "-"),
    "e.txt": "Het kabinet onderzoekt hoe de sluizen in Zeeland sneller bediend kunnen worden door meer personeel.",
}


def _letter(answer: str, name: str) -> str:
    return (
        f"Brief {name}\n\n1. Vragen en opmerkingen vanuit de Blauwe-fractie\n\n"
        f"1. Wordt de sluis verbreed?\n\n{answer}\n\n"
        f"2. Wie betaalt dat aan {name}?\n\nDe provincie.\n"
    )


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("consistency")
    settings = Settings(folder, folder / "index", "data/encoder/static")
    add_documents(settings, [write_letter(folder, _letter(answer, name), name) for name, answer in COPIES.items()])
    return settings


@pytest.fixture(scope="module")
def locks(settings: Settings) -> Assistant:
    return Assistant.open(settings)


def _similar(assistant: Assistant, file: str) -> dict[str, Similar]:
    collection = assistant.index.collection
    (place,) = (
        place
        for place, passage in enumerate(collection.passages)
        if collection.document(passage.document).file == file and "sluizen" in collection.text(passage)
    )
    return {found.document.file: found for found in NearDuplicates(assistant.index).similar(place)}


def test_every_differing_word_is_named(locks: Assistant) -> None:
    """A dropped "niet" and another figure; nothing where only spaces differ, and another answer is no copy."""
    found = _similar(locks, "a.txt")
    assert list(found) == ["d.txt", "b.txt", "c.txt"] or list(found) == ["d.txt", "c.txt", "b.txt"]
    changes = {
        file: [(d.kind, d.document, d.quotation) for d in similar.differences] for file, similar in found.items()
    }
    assert changes == {
        "d.txt": [],
        "b.txt": [("missing", "niet", "")],
        "c.txt": [("changed", "150", "15")],
    }
    assert [(d.kind, d.quotation) for d in _similar(locks, "b.txt")["a.txt"].differences] == [("added", "niet")]
    assert _similar(locks, "e.txt") == {}


def test_short_answers_say_nothing_of_their_own(locks: Assistant) -> None:
    collection = locks.index.collection
    places = [p for p, passage in enumerate(collection.passages) if collection.text(passage) == "De provincie."]
    assert len(places) == len(COPIES)
    assert all(NearDuplicates(locks.index).similar(place) == () for place in places)


def _all_of(segment: Segment) -> Among:
    rows = np.arange(len(segment.documents.columns.document), dtype=np.int32)
    return Among(Collection(segment.documents), segment.words.counts, rows)


@pytest.mark.parametrize(
    ("answer", "other", "is_near"),
    [
        # Sixteen words of twenty, and of those that are no stopwords six in ten.
        ("De brug en de sluis van dorp zijn hoog gebouwd", "De brug en de sluis van dorp zijn laag geverfd", True),
        ("De brug en de sluis van dorp zijn hoog", "De brug en de sluis van dorp is laag", False),
        ("Het kabinet verbreedt de sluis bij Born niet", "Het kabinet verbreedt de sluis bij Born niet", True),
        ("Het kabinet verbreedt de sluis Born niet", "Het kabinet verbreedt de sluis Born niet", False),
        # What the words of both have in common is more when it is looked for from this side.
        ("maan brug boot dijk ster zon dijk ster", "maan brug boot dijk dijk ster zon ster", True),
    ],
)
def test_four_words_in_five_of_eight_or_more_are_near(answer: str, other: str, is_near: bool, tmp_path: Path) -> None:
    """Whichever of both was added first."""
    encoders = Encoders(FakeEncoder(), FakeEncoder())
    for number, texts in enumerate([(answer, other), (other, answer)]):
        segments: list[Segment] = []
        for text in texts:
            collection = made_collection(tmp_path / str(number), _letter(f"{text}.", f"nummer {len(segments)}"))
            older = [_all_of(made) for made in segments]
            segments.append(segment(collection, encoders, older=older))
        index = SearchIndex(segments, [(place, 0) for place in range(len(segments))], encoders.passages)
        rows = range(len(index.collection.passages))
        row = next(row for row in rows if index.collection.row_text(row) == f"{answer}.")
        assert bool(NearDuplicates(index).similar(row)) == is_near


def test_copies_are_folded_under_the_first(locks: Assistant) -> None:
    answer = locks.ask("Worden de sluizen in Limburg verbreed?")
    files = [hit.document.file for hit in answer.hits if "sluizen" in hit.text]
    assert len(files) == 2
    first = answer.hits[0]
    assert {first.document.file, *(similar.document.file for similar in first.similar)} == {
        *("a.txt", "b.txt", "c.txt", "d.txt"),
    }
    record = answer_record(answer)["hits"][0]["similar"]
    assert {found["file"] for found in record} == {similar.document.file for similar in first.similar}
    for found in record:
        document = locks.index.collection.document(found["document"])
        passage = found["passage"]
        assert document.text[passage["start"] : passage["end"]] == passage["text"]
    json.dumps(record)


def test_the_terminal_says_where_it_stands_too(locks: Assistant) -> None:
    printed = io.StringIO()
    show(locks.ask('"150 miljoen euro" vraag 1'), Console(file=printed, width=200), "nl")
    assert "Hetzelfde antwoord staat in 3 andere documenten:" in printed.getvalue()
    assert "c.txt, Vraag 1: hier “150”, daar “15”" in printed.getvalue()


@pytest.mark.parametrize("width", [40, 200])
def test_the_terminal_names_number_speaker_and_document_uncut(locks: Assistant, width: int) -> None:
    printed = io.StringIO()
    answer = locks.ask('"150 miljoen euro" vraag 1')
    show(answer, Console(file=printed, width=width), "nl")
    words = " ".join(printed.getvalue().replace("│", " ").split())
    assert "1. Vraag 1 · " in words
    assert " · de minister " in words
    assert f"{answer.hits[0].document.title} · {answer.hits[0].document.file}" in words


def test_the_command_lists_them(settings: Settings, tmp_path: Path) -> None:
    run = CliRunner().invoke
    listed = run(app, ["similar", "--index", str(settings.index), "--json"])
    (group,) = json.loads(listed.output)
    assert (group["file"], group["label"], len(group["similar"])) == ("a.txt", "Vraag 1", 3)
    differing = run(app, ["similar", "a.txt", "--differing", "--index", str(settings.index)])
    assert "b.txt, Vraag 1: alleen hier “niet”" in differing.output
    assert "d.txt" not in differing.output
    alone = Settings(tmp_path, tmp_path / "index", "data/encoder/static")
    add_documents(alone, [write_letter(tmp_path, _letter(ANSWER, "x"), "x.txt")])
    nothing = run(app, ["similar", "--index", str(alone.index), "--language", "en"])
    assert (nothing.exit_code, nothing.output) == (
        0,
        "No answer found that stands, near-identical, in several documents.\n",
    )
