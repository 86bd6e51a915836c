"""Two documents side by side: everything told is an exact slice, and what changed is told as what it is."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.encoders.load import load_encoder
from index.errors import WoordelijkError
from index.language.span import Span
from index.model.store import Record
from index.settings import WORD_ENCODER, Settings
from rag.__main__ import app
from rag.compare.documents import Comparison, compare, compare_named
from rag.compare.pairing import longest_ascending
from rag.compare.sentences import Sentence, differences
from tests.command_lines import printed
from tests.conftest import parsed_letter, write_letter

LETTER = """Datum 10 maart 2026

Hierbij zend ik uw Kamer de antwoorden op de vragen over bruggen en sluizen.

1. Hoeveel bruggen zijn er gesloten?

Er zijn 12 bruggen gesloten. De eigenaren zijn daarvan op de hoogte. Het Rijk betaalt het herstel niet.

2. Wanneer gaan de sluizen weer open?

De sluizen gaan op 1 mei open. Schippers krijgen vooraf bericht.

3. Wie betaalt het onderhoud van de viaducten?

De provincies betalen het onderhoud van de viaducten.
"""


def _record(folder: Path, text: str, name: str) -> Record:
    parsed = parsed_letter(folder, text, name)
    return Record(parsed.document, parsed.units)


def _compared(folder: Path, later: str) -> Comparison:
    words = load_encoder(str(WORD_ENCODER))
    return compare(_record(folder, LETTER, "a.txt"), _record(folder, later, "b.txt"), words)


@pytest.mark.parametrize(
    ("old", "new", "kind", "figures"),
    [
        ("12 bruggen", "15 bruggen", "changed", True),
        ("12 bruggen", "twaalf bruggen", "none", False),
        ("1 mei", "1 juni", "changed", True),
        ("herstel niet.", "herstel.", "changed", True),
        ("krijgen vooraf", "kregen", "changed", False),
        (" Schippers krijgen vooraf bericht.", "", "missing", False),
        ("1 mei open.", "1 mei open. Dat is later dan gepland.", "added", False),
        ("“", "„", "none", False),
    ],
)
def test_one_change(tmp_path: Path, old: str, new: str, kind: str, figures: bool) -> None:
    found = [one.difference for one in _compared(tmp_path, LETTER.replace(old, new)).differences]
    if kind == "none":
        assert not any(one.figures for one in found)
        return
    assert [(one.kind, one.figures) for one in found] == [(kind, figures)]


def test_a_sentence_that_moves_to_another_answer(tmp_path: Path) -> None:
    sentence = " Schippers krijgen vooraf bericht."
    later = LETTER.replace(sentence, "").replace("gesloten. De", f"gesloten.{sentence} De")
    (found,) = _compared(tmp_path, later).differences
    assert found.difference.kind == "moved"
    assert [unit and unit.label for unit in (found.a, found.pair.b)] == ["Vraag 2", "Vraag 1"]


def test_a_question_in_other_words_and_one_that_is_dropped_and_one_that_is_new(tmp_path: Path) -> None:
    later = LETTER.replace("Wanneer gaan de sluizen weer open?", "Op welke dag gaan de sluizen open?")
    later = later[: later.index("3. Wie")] + "3. Hoe wordt stikstof gemeten?\n\nMet sensoren bij boeren.\n"
    units = {one.status: one for one in _compared(tmp_path, later).units}
    assert units["changed"].pair.matched == "meaning"
    assert [(u.pair.a or u.pair.b).label for u in (units["dropped"], units["added"])] == ["Vraag 3", "Vraag 3"]  # type: ignore[union-attr]


def test_figures_come_first_and_everything_is_a_slice(tmp_path: Path) -> None:
    later = LETTER.replace("op de hoogte", "in kennis gesteld").replace("1 mei", "1 juli")
    comparison = _compared(tmp_path, later)
    assert [one.difference.figures for one in comparison.differences] == [True, False]
    for placed in comparison.differences:
        one = placed.difference
        for document, sentence in ((comparison.a, one.a), (comparison.b, one.b)):
            assert sentence is not None
            assert sentence.span.of(document.text) == sentence.text
        for word in one.words:
            assert (word.a.of(comparison.a.text) if word.a else "") == word.difference.document
            assert (word.b.of(comparison.b.text) if word.b else "") == word.difference.quotation


@given(st.lists(st.sampled_from("abcd"), max_size=12), st.lists(st.sampled_from("abcd"), max_size=12))
def test_every_sentence_of_both_is_the_same_or_told_once(ours: list[str], theirs: list[str]) -> None:
    """What is not told is the same and in the same order on both sides."""
    sides = [
        [Sentence(f"{word} staat hier.", Span(place, place + 1), "minister") for place, word in enumerate(side)]
        for side in (ours, theirs)
    ]
    found = differences(*sides)
    told = [[one.a.span for one in found if one.a], [one.b.span for one in found if one.b]]
    assert all(len(set(spans)) == len(spans) for spans in told)
    left = [[s.text for s in side if s.span not in spans] for side, spans in zip(sides, told, strict=True)]
    assert left[0] == left[1]


@given(st.permutations(range(9)))
def test_the_longest_run_ascends(places: list[int]) -> None:
    run = [places[rank] for rank in longest_ascending(places)]
    assert run == sorted(run)


def test_the_command_and_names_that_are_not_there(letter_settings: Settings, tmp_path: Path) -> None:
    path = write_letter(tmp_path, LETTER, "brief.txt")
    call = ["compare", str(path), str(path), "--index", str(letter_settings.index)]
    assert "geen verschil" in printed(app, *call)
    record = json.loads(printed(app, *call, "--json"))
    assert [unit["status"] for unit in record["units"]] == ["same"] * 3
    with pytest.raises(WoordelijkError, match=r"nowhere\.pdf"):
        compare_named(letter_settings.index, "nowhere.pdf", path)
