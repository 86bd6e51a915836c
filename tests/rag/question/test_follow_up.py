"""A follow-up is searched together with the question it leans on; a new question is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answer.assistant import Assistant
from rag.answer.wording import message
from rag.question.filters import Filters
from rag.question.follow_up import is_follow_up

FIRST = "Hoeveel fte werkt er bij de TBKK's in 2024?"


@pytest.mark.parametrize(
    "question",
    (
        "en in 2025?|en wie betaalt dat?|waarom niet?|hoezo?|sinds wanneer?|En Europa?|en voor hosters?|"
        "in 2025?|wat kost dat per jaar?|wie legt haar op?|hoe lang duurt dat?|Worden ze gestraft?|"
        "geldt dat ook voor hosters?|Wat doet de politie daaraan?|wat is daarvan de reden?|"
        "wanneer worden die maatregelen ingevoerd?|how about Europe?|what about the fine?|why not?|"
        "and who pays for it?|what does it cost?|how do they find them?"
    ).split("|"),
)
def test_what_leans(question: str) -> None:
    assert is_follow_up(question)


@pytest.mark.parametrize(
    "question",
    [
        "wat is de boete?",
        "boete",
        "boete hosters",
        "240b",
        FIRST,
        "Klopt het dat de politie stopt?",
        "Is het waar dat Offlimits stopt?",
        "Wat zegt de minister over AI en de gevaren daarvan?",
        "Wat zegt Offlimits over haar begroting?",
        "En wat is de maximale boete voor een hostingbedrijf dat niet meewerkt?",
        "Wie doet dit werk bij de politie in Rotterdam?",
        "Is there a fine?",
        "Mag de politie meekijken?",
        "mogen ze mijn whatsapp lezen",
        "Kunnen ze je telefoon hacken?",
        "Can they read my messages?",
    ],
)
def test_what_stands_alone(question: str) -> None:
    assert not is_follow_up(question)


@given(st.text(max_size=200))
def test_any_text_leans_or_not(text: str) -> None:
    assert is_follow_up(text) in (True, False)


def test_a_follow_up_is_searched_together(assistant: Assistant) -> None:
    answer = assistant.ask("en in 2025?", previous=[FIRST])
    assert answer.follow_up_of == FIRST
    assert "TBKK" in answer.searched
    assert "2025" in answer.searched
    assert "2024" not in answer.searched
    assert f"Gezocht samen met “{FIRST}”." in message(answer, "nl")
    assert answer.hits[0].unit.label in {"Vraag 45", "Vraag 8", "Vraag 1"}
    assert answer.level == "possibly"


def test_a_new_question_is_not(assistant: Assistant) -> None:
    for question in ("Wat is de maximale boete voor een hoster?", "vraag 28", "😀", "bijlage II"):
        assert assistant.ask(question, previous=[FIRST]) == assistant.ask(question)


def test_it_leans_on_the_last_question_that_did_not(assistant: Assistant) -> None:
    conversation = ["Wat is de maximale boete?", FIRST, "en in 2025?", "en in 2023?"]
    answer = assistant.ask("en wie betaalt dat?", previous=conversation)
    assert answer.follow_up_of == FIRST
    assert "2025" not in answer.searched
    assert "boete" not in answer.searched
    why = assistant.ask("waarom niet?", previous=["Mag de politie meekijken?", "en de AIVD?"])
    assert "AIVD" in why.searched
    assert "politie" in why.searched


def test_filters_and_named_units_hold_until_others_come(assistant: Assistant) -> None:
    asked = ["boete fractie:CDA vraag:30-45"]
    assert assistant.ask("en waarom niet?", previous=asked).filters == Filters(
        groups=("CDA",), numbers=tuple(range(30, 46))
    )
    assert assistant.ask("en fractie:SGP?", previous=asked).filters.groups == ("SGP",)
    unit = assistant.ask("en wat kost dat?", previous=["vraag 28"])
    assert [hit.unit.label for hit in unit.hits] == ["Vraag 28"]


def test_filters_alone_list_what_they_choose_whatever_was_asked_before(assistant: Assistant) -> None:
    alone = assistant.ask("vraag:28")
    after = assistant.ask("vraag:28", previous=["welke boete krijgt een hoster?"])
    assert after.follow_up_of is None
    assert [hit.passage for hit in after.hits] == [hit.passage for hit in alone.hits]


def test_what_was_asked_before_may_be_anything(assistant: Assistant) -> None:
    strange = ["", "x" * 100_000, "\x00", "-boete", "datum:2021-13"] * 10
    assert assistant.ask("wat is de boete?", previous=strange).hits
    assert assistant.ask("en in 2025?", previous=["", "x" * 100_000]).follow_up_of is None


def test_parts_are_answered_one_by_one(assistant: Assistant) -> None:
    answer = assistant.ask("Wat is de maximale boete en wie legt haar op?")
    assert [part.question for part in answer.parts] == ["Wat is de maximale boete", "wie legt haar op?"]
    assert all(part.hits for part in answer.parts)
    assert answer.parts[0].hits[0].unit.label == "Vraag 39"
    assert answer.parts[1].follow_up_of == "Wat is de maximale boete"
    assert answer.hits
    assert "2 delen" in message(answer, "nl")
    assert assistant.ask("Wat doen politie en OM?").parts == ()


@pytest.mark.parametrize(
    ("before", "question", "labels"),
    [
        ("vraag 12", "en 13?", ["Vraag 13"]),
        ("vraag 12", "13", ["Vraag 13"]),
        ("question 12", "what about 13?", ["Vraag 13"]),
        ("vraag 12", "en 13 t/m 15?", ["Vraag 13", "Vraag 14", "Vraag 15"]),
        ("bijlage II", "en I?", ["Bijlage I"]),
        ("voetnoot 34", "en 35?", ["Vraag 49"]),
    ],
)
def test_a_bare_number_is_another_of_what_was_named(
    assistant: Assistant, before: str, question: str, labels: list[str]
) -> None:
    assert [hit.unit.label for hit in assistant.ask(question, previous=[before]).hits] == labels


def test_numbers_go_on_from_number_to_number(assistant: Assistant) -> None:
    """Also what leans further on leans on the last that was named; a number that is not there is said."""
    third = assistant.ask("en 14?", previous=["vraag 12", "en 13?"])
    assert [hit.unit.label for hit in third.hits] == ["Vraag 14"]
    assert third.follow_up_of == "vraag 12"
    assert assistant.ask("en 99?", previous=["vraag 12"]).outcome == "no such unit"
    plain = assistant.ask("en 13?", previous=["Mag de politie meekijken in privéberichten?"])
    assert [hit.unit.label for hit in plain.hits] != ["Vraag 13"]
