"""The main job on the real letter: the minister's exact words with the right number."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from index.language.values.references import refers_only
from index.model.types import Parsed
from rag.answer.assistant import Assistant
from rag.answer.record import answer_record
from rag.answer.types import Answer
from rag.retrieval.cross_references import by_reference, followed


def _labels(answer: Answer) -> list[str]:
    return [hit.unit.label for hit in answer.hits]


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("Hoeveel fte werkt bij de TBKK's?", {"Vraag 45", "Vraag 8", "Vraag 1"}),
        ("Hoeveel afbeeldingen heeft de Hash Check Service gecontroleerd?", {"Vraag 28", "Vraag 50"}),
        ("Wat is de maximale boete bij het niet opvolgen van een verwijderingsbevel?", {"Vraag 39"}),
        ("Hoeveel liaison officers heeft Nederland in het buitenland?", {"Vraag 23"}),
        ("Hoeveel mensen zijn er in 2023 veroordeeld voor kinderpornografie?", {"Vraag 44"}),
        ("How many pictures did the hash check service check?", {"Vraag 28", "Vraag 50"}),
        ("politsie onderbezeting TBKK", {"Vraag 45", "Vraag 8"}),
    ],
)
def test_the_right_unit_comes_first(assistant: Assistant, question: str, labels: set[str]) -> None:
    answer = assistant.ask(question)
    assert answer.answered
    assert _labels(answer)[0] in labels


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("hoeveel mensen zijn er veroordeeld in 2023", "Vraag 44"),
        ("Wat vindt Offlimits van het tekort op de begroting?", "Bijlage I"),
    ],
)
def test_the_right_unit_comes_first_also_where_that_is_unsure(assistant: Assistant, question: str, label: str) -> None:
    """However sure the answer is called, the passages stand in their order."""
    assert _labels(assistant.ask(question))[0] == label


def test_hits_are_slices_ranked_and_one_a_unit(assistant: Assistant, letter: Parsed) -> None:
    answer = assistant.ask("Wat doet het kabinet tegen misbruik via livestreams?")
    assert len(answer.hits) == 10
    assert [hit.rank for hit in answer.hits] == list(range(1, 11))
    assert len(set(_labels(answer))) == 10
    for hit in answer.hits:
        span = hit.passage.span
        assert letter.document.text[span.start : span.end] == hit.text
        assert hit.sentence is None or span.contains(hit.sentence)
    keys = [(-hit.score, hit.passage.id) for hit in answer.hits]
    assert keys == sorted(keys)


def test_several_passages_of_a_unit_when_asked(assistant: Assistant) -> None:
    labels = _labels(assistant.ask("Wat doet Offlimits met de preventielijn?", top=20, per_unit=None))
    assert len(labels) > len(set(labels))


def test_an_answer_that_only_refers_on_leads_further(assistant: Assistant) -> None:
    answer = assistant.ask("Nemen techbedrijven volgens de minister voldoende verantwoordelijkheid?")
    first, second = answer.hits[:2]
    assert (first.unit.label, first.via) == ("Vraag 6", (36,))
    assert (second.unit.label, second.via) == ("Vraag 36", ())


def test_no_question_is_answered_with_itself(assistant: Assistant, letter: Parsed) -> None:
    """Each question of the letter leads to its own answer, or to the one that its answer refers to."""
    misses = []
    for unit in letter.units[:66]:
        hits = assistant.ask(unit.question_text(letter.document.text)).hits
        assert all(hit.passage.field != "question" for hit in hits)
        own = [hit for hit in hits[:2] if hit.unit.id == unit.id or unit.numbers[0] in hit.via]
        if not own:
            misses.append(unit.label)
    assert len(misses) <= 4, misses


def test_a_reference_leads_to_an_answer(assistant: Assistant) -> None:
    for number in (33, 36, 42, 47, 51, 52, 59, 62):
        first = assistant.ask(f"vraag {number}").hits[0]
        assert first.via[0] == number
        assert first.passage.field == "answer"
        assert not refers_only(first.text, (number,))


def test_a_chain_of_references_is_followed_to_its_end(letter: Parsed) -> None:
    units = by_reference(letter.units)
    reached = followed(units[47], units)
    assert {target.rpartition("-")[2]: via for target, via in reached.items()} == {
        "5": (47,),
        "14": (47,),
        "31": (47,),
        "2": (47, 33),
    }
    assert followed(units[1], units) == {}


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("vraag 28", ["Vraag 28"]),
        ("vragen 11 t/m 14", ["Vraag 11", "Vraag 12", "Vraag 13", "Vraag 14"]),
        ("bijlage II", ["Bijlage II"]),
        ("vraag 33", ["Vraag 2", "Vraag 33"]),
        ("Wat zegt vraag 28 over livestreams?", ["Vraag 28"]),
    ],
)
def test_named_units_are_gone_to_straight(assistant: Assistant, question: str, labels: list[str]) -> None:
    answer = assistant.ask(question)
    assert answer.answered
    assert _labels(answer) == labels


def test_a_named_unit_opens_with_its_answer(assistant: Assistant, letter: Parsed) -> None:
    (hit,) = assistant.ask("vraag 28").hits
    assert hit.unit.answer is not None
    assert hit.passage.span.start == hit.unit.answer.start


def test_a_unit_that_does_not_exist(assistant: Assistant) -> None:
    answer = assistant.ask("vraag 99")
    assert (answer.outcome, answer.detail, answer.hits) == ("no such unit", "99", ())
    assert assistant.ask("vragen 1 t/m 999").detail == "67 t/m 999"
    assert assistant.ask("bijlage 99").outcome == "no such unit"
    assert assistant.ask("vraag " + "9" * 21).detail == "9" * 20 + "…", "a number that is cut is not shown as whole"
    pasted = assistant.ask(
        "Kunt u, in aanvulling op uw antwoord op vraag 99 van de vorige brief, nader toelichten hoeveel fte er bij de "
        "TBKK's van de politie beschikbaar zijn voor de opsporing van livestreaming van seksueel kindermisbruik?"
    )
    assert pasted.answered, "a long question speaks of another document's questions"
    assert (pasted.detail, bool(pasted.hits)) == ("99", True)
    partly = assistant.ask("vragen 66 en 99")
    assert (partly.outcome, partly.detail, _labels(partly)) == ("answered", "99", ["Vraag 66"])


def test_a_footnote_is_shown_as_that_footnote(assistant: Assistant) -> None:
    """A fact that stands only in a footnote is found through the unit that holds its mark."""
    answer = assistant.ask("Wat doet de afdeling AIRS voor internationale rechtshulp en uitlevering?")
    hit = answer.hits[0]
    assert (hit.unit.label, hit.passage.footnote) in {("Vraag 1", 2), ("Vraag 22", 18)}
    assert hit.text.startswith("De Afdeling Internationale aangelegenheden")


def test_the_members_words_are_theirs(assistant: Assistant) -> None:
    answer = assistant.ask("naar schatting 54 procent van de meldingen wereldwijd in Nederland gehost", per_unit=None)
    hit = next(hit for hit in answer.hits if "54 procent" in hit.text)
    assert (hit.unit.label, hit.passage.speaker) == ("Vraag 61", "members")


@pytest.mark.parametrize(
    "question",
    (
        "Hoe maak ik een appeltaart?|Wie wint de Champions League?|What is the weather in Utrecht tomorrow?|"
        "asdf qwerty|er|de het een|<script>alert(1)</script>|'; DROP TABLE users; --"
    ).split("|"),
)
def test_what_the_letter_does_not_say(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.outcome == "nothing found"
    assert answer.confidence < 0.5


@pytest.mark.parametrize(("question", "outcome"), [("", "no words"), ("x" * 100_000, "too long"), ("😀", "no words")])
def test_what_cannot_be_searched(assistant: Assistant, question: str, outcome: str) -> None:
    answer = assistant.ask(question)
    assert (answer.outcome, answer.hits, answer.confidence) == (outcome, (), 0.0)


@hypothesis_settings(max_examples=60)
@given(st.text(max_size=300))
def test_any_question_gets_an_answer(assistant: Assistant, question: str) -> None:
    """No string brings the assistant down, and every record can be written as JSON."""
    record = answer_record(assistant.ask(question), "1")
    json.dumps(record, ensure_ascii=False, allow_nan=False)
    assert 0 <= record["confidence"] <= 1


def test_many_may_ask_at_once(assistant: Assistant) -> None:
    questions = ["Hoeveel fte?", "vraag 28", "boete verwijderbevel", "Filipijnen"] * 5
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(assistant.ask, questions)) == [assistant.ask(question) for question in questions]


def test_a_request_for_no_passages_is_a_mistake(assistant: Assistant) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        assistant.ask("vraag", top=0)
