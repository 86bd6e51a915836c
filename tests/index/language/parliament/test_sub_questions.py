"""A question is parted where it asks several things, and left whole where that is not certain."""

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language.parliament.sub_questions import MOST_PARTS, sub_questions
from index.settings import ROOT
from rag.question.operators import read_operators
from rag.question.query import read_question

TOPICS = ROOT / "eval" / "benchmarks" / "streaming-hell" / "topics.jsonl"
# Topics of the split `tune` that ask two things.
COMPOUND = {"A023", "A025", "A035", "A042", "A044", "B017", "B021", "B039", "C013", "U026"}


def _parts(question: str) -> tuple[str, ...]:
    """The questions in `question`, its phrases masked as `read_question` has them."""
    operators = read_operators(question, lambda name, value: False)
    return tuple(span.of(operators.text) for span in sub_questions(operators.masked))


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("wat is de boete en wie legt haar op?", ("wat is de boete", "wie legt haar op?")),
        ("Hoeveel fte? En waar?", ("Hoeveel fte?", "En waar?")),
        ("Is er een boete, en hoe hoog is die?", ("Is er een boete", "hoe hoog is die?")),
        ("What is the fine and who imposes it?", ("What is the fine", "who imposes it?")),
        (
            "How many officers are there and what do they cost?",
            ("How many officers are there", "what do they cost?"),
        ),
        (
            "Hoeveel fte heeft het TBKK en welke boete krijgt een hoster?",
            ("Hoeveel fte heeft het TBKK", "welke boete krijgt een hoster?"),
        ),
        ("1. Hoeveel fte is er?\n2. Wie betaalt?", ("Hoeveel fte is er?", "Wie betaalt?")),
        ("a) fte TBKK b) boete hosters", ("fte TBKK", "boete hosters")),
        ("- fte TBKK\n- boete hosters", ("fte TBKK", "boete hosters")),
        (
            "De brief noemt 15 fte. Wat kost dat team? Wie leidt het team?",
            ("De brief noemt 15 fte. Wat kost dat team?", "Wie leidt het team?"),
        ),
    ],
)
def test_several_questions(question: str, parts: tuple[str, ...]) -> None:
    assert _parts(question) == parts


@pytest.mark.parametrize(
    "question",
    [
        "Wat doen politie en OM?",
        "Hoe en wanneer wordt dit ingevoerd?",
        "Wie en wat is Offlimits?",
        "Wie betaalt en wie controleert de Hash Check Service?",
        "Wat doet de politie en wat doet het OM tegen livestreaming?",
        "Hoeveel meldingen waren er in 2023 en hoeveel in 2024?",
        "Weet de minister hoeveel slachtoffers er zijn en wie de daders zijn?",
        "Kan de minister aangeven wat er gebeurt en hoe het wordt betaald?",
        "Worden er maatregelen genomen en zo ja, welke?",
        "Wordt de wet aangepast? Zo ja, wanneer? Zo nee, waarom niet?",
        "Wat is de boete? Waarom?",
        "Wat is de boete? Kunt u dat toelichten?",
        "Is de boete hoog genoeg? Hoe ziet de minister dat?",
        "Wat is bekend over wie en wat er achter zit?",
        'Wat zegt "wat is de boete en wie legt haar op" hier?',
        "Do you know how it works and what it costs?",
        "boete en fte",
        "1. fte",
        "3. fte\n7. boete",
        "?? ??",
        "",
    ],
)
def test_one_question(question: str) -> None:
    assert _parts(question) == ()


def test_topics_of_one_clause_stay_whole() -> None:
    """Of the topics to tune on, only those are parted that ask two things."""
    topics = [json.loads(line) for line in TOPICS.read_text("utf-8").splitlines()]
    parted = {topic["id"] for topic in topics if topic["split"] == "tune" and _parts(topic["question"])}
    assert parted <= COMPOUND


_PIECES = st.sampled_from('en wie wat is de ? 1. 2. a) b) \n hoe waar boete , " and who pays'.split(" "))


@given(st.text(max_size=300) | st.lists(_PIECES, max_size=60).map(" ".join))
def test_parts_are_slices_in_order(question: str) -> None:
    """Whatever is typed, the parts are slices of it, one behind the other, each with something in it."""
    spans = sub_questions(question)
    assert len(spans) != 1
    assert len(spans) <= MOST_PARTS
    assert list(spans) == sorted(spans)
    assert all(before.end <= after.start for before, after in pairwise(spans))
    assert all(span.of(question).strip() for span in spans)


def test_a_part_that_leans_is_searched_with_the_first() -> None:
    query = read_question("wat is de boete en wie legt haar op?")
    assert query is not None
    first, second = query.parts
    assert (first.text, first.follow_up_of) == ("wat is de boete", None)
    assert (second.text, second.follow_up_of) == ("boete wie legt haar op?", "wat is de boete")
    for question in ("Hoeveel is het? Worden foto's verwijderd?", "Hoeveel fte? En wie leidt het team?"):
        own = read_question(question)
        assert own is not None
        assert own.parts[1].follow_up_of is None
    alone = read_question("Hoeveel fte heeft het TBKK en welke boete krijgt een hoster van de ATKM? fractie:CDA")
    assert alone is not None
    assert [part.follow_up_of for part in alone.parts] == [None, None]
    assert {part.filters for part in alone.parts} == {alone.filters}
