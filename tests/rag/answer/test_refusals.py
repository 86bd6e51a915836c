"""What is not there is said to be missing, what is there is found, and a refusal claims no more than it knows."""

from pathlib import Path

import numpy as np
import pytest

from rag.answer.assistant import NEAREST, Assistant
from rag.answer.types import Answer
from rag.answer.wording import message
from rag.retrieval.literal_matches import own_word_stands
from rag.retrieval.weights import shipped_weights
from rag.texts.answers import TEXTS
from tests.rag.retrieval.made import DIKES, SLUICES, made_index

_SIGNED = """Hierbij zend ik uw Kamer de antwoorden.

De Minister van Waterstaat,

A.B. de Vries

1. Vragen en opmerkingen vanuit de D66-fractie

1. Hoeveel meldingen waren er in 2023?

In 2023 waren er 1.200 meldingen, waarvan 40% over een sluis in Rotterdam. Dat kostte 3 miljoen euro.

2. Hoeveel meldingen waren er in 2019?

In 2019 waren er 700 meldingen van een verwijderbevel met een bestuurlijke boete.

3. Wie varen er?

De Noorse havenmeester, het Openbaar Ministerie, een LO en de VS, op 7 april 2025, binnen 24 uur en over zeventigduizend
dijken, door het kabinet in de Kamermotie-Jansen (Kamerstuk 29 628, nr. 12) genoemd.
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return Assistant(*made_index(tmp_path_factory.mktemp("made"), SLUICES, DIKES, _SIGNED))


def _said(answer: Answer) -> list[tuple[str, str]]:
    return [(remark.kind, remark.value) for remark in answer.remarks]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Wat vindt de minister van TikTok?", [("nowhere", "TikTok")]),
        ("wat zegt de PVV", [("group asks nothing", "PVV")]),
        ("PVV", [("group asks nothing", "PVV")]),
        ("Wat zegt Van der Zwaag?", [("nowhere", "Zwaag")]),
    ],
)
def test_a_question_about_nothing_that_is_there_is_not_found(
    made: Assistant, question: str, said: list[tuple[str, str]]
) -> None:
    answer = made.ask(question)
    assert (answer.level, _said(answer)) == ("nothing found", said)
    assert f"{said[0][1]}" in message(answer, "nl")


@pytest.mark.parametrize(
    "question", ["Wie viele Meldungen gab es, und was kostet das?", "Combien de signalements à Rotterdam et pourquoi ?"]
)
def test_a_question_in_another_language_is_not_found_and_says_why(made: Assistant, question: str) -> None:
    answer = made.ask(question)
    assert (answer.level, _said(answer)) == ("nothing found", [("foreign", question)])
    assert "Engels" in message(answer, "nl")
    assert "foreign" not in dict(_said(made.ask("Wat kostte de sluis van het bericht ‘Les eaux du Rhin’?")))


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Hoeveel meldingen van een sluis waren er in 2031?", [("nowhere", "2031")]),
        ("hoevel meldinge ware er in 2031", [("nowhere", "2031")]),
        ("Hoeveel meldingen waren er in Utrecht?", [("nowhere", "Utrecht")]),
        ("Hoeveel meldingen waren er in Den Helder en Rotterdam?", [("nowhere", "Den Helder")]),
        ("Waarom ging 45% van de meldingen over een sluis?", [("identifier nowhere", "45%")]),
        ("Klopt het dat het 4 miljoen euro kostte, dat van die meldingen?", [("identifier nowhere", "4 miljoen euro")]),
        ("How many reports of a sluice were there in 2031?", [("nowhere", "2031")]),
        ("How many meldingen did Facebook have in 2023?", [("nowhere", "Facebook")]),
        ("Klopt het dat de sluis 3,7 miljard meldingen had?", [("nowhere", "3,7 miljard")]),
        ("wat vindt forum voor democratie van meldingen", [("group asks nothing", "forum voor democratie")]),
        ("wat vinden de Democraten 66 van Facebook", [("nowhere", "Facebook")]),
        ("wat vindt duitsland van meldingen over een sluis?", [("nowhere", "duitsland")]),
        ("Waren er meldingen over een sluis in april 2024?", [("identifier nowhere", "april 2024")]),
        ("Waren er meldingen in het 1e kwartaal 2018?", [("identifier nowhere", "1e kwartaal 2018")]),
        ("Wat staat in Kamerstuk 29 628, nr. 12 over de sluis van België?", [("nowhere", "België")]),
        ("Varen de havenmeesters binnen 48 uur over de dijken?", [("nowhere", "48")]),
    ],
)
def test_a_near_miss_says_what_is_not_there(made: Assistant, question: str, said: list[tuple[str, str]]) -> None:
    answer = made.ask(question)
    assert _said(answer) == said
    assert answer.level != "answered"


@pytest.mark.parametrize(
    "question",
    [
        "Hoeveel meldingen waren er in 2023?",
        "Wat vinden de leden van een sluis in Rotterdam?",
        "Hoeveel agenten knokken er met de sluiswachter?",
        "meldinge sluis roterdam",
        "wie doen der allemaal mee in roterdam",
        "Wat vraagt D66 over de Rotterdamse sluis?",
        "Klopt het dat het 3 miljoen euro kostte, de 40% van de meldingen in 2023?",
        "What does the Minister think of the sluices?",
        "DE MINISTER VAN WATERSTAAT OVER HET VERWIJDERBEVEL",
        "Wat doet Noorwegen met de 70.000 dijken?",
        "Varen norwegian havenmeesters over 70 duizend dijken?",
        "Wat doen de Verenigde Staten of Amerika met de sluis?",
        "Wat staat in de motie-Jansen en wat doet de LO'er?",
        "Is de LO-havenmeester er 24/7 voor 16-jarigen?",
    ],
)
def test_what_is_there_and_ordinary_words_are_not_named(made: Assistant, question: str) -> None:
    assert not {kind for kind, _ in _said(made.ask(question))} & {"nowhere", "group asks nothing"}


def test_a_figure_of_another_year_says_so(made: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the first passage is of another year than was asked for, that is said, however sure the rest is."""
    monkeypatch.setattr("rag.answer.certainty.confidence", lambda *_: 1.0)
    first = made.ask("Hoeveel meldingen waren er in 2023?")
    other = made.ask("Kostte een sluis 150 miljoen euro in 2019?")
    assert (first.level, _said(first)) == ("answered", [])
    assert first.hits[0].unit.numbers == (1,)
    assert (other.level, [kind for kind, _ in _said(other)][:1]) == ("possibly", ["not stated"])


@pytest.mark.parametrize(
    ("question", "level"),
    [
        ("Hoeveel meldingen waren er in 2023?", "answered"),
        ("Hoeveel meldingen zijn er geweest in 2019?", "answered"),
        ("Hoeveel sluizen waren er in 2023?", "possibly"),
        ("Hoeveel meldingen betroffen gemalen, stuwen of bruggen in 2023?", "possibly"),
        ("Hoeveel meldingen waren er in Utrecht in 2023?", "possibly"),
        ("Hoeveel meldingen over een verwijderbevel van Rotterdam waren er in 2019?", "possibly"),
        ("Waarom waren er meldingen in 2023?", "possibly"),
    ],
)
def test_a_sentence_that_counts_what_is_asked_for_answers(
    made: Assistant, question: str, level: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However unsure the rest is: but of something else, or of a place that is nowhere, no number answers."""
    monkeypatch.setattr("rag.answer.certainty.confidence", lambda *_: shipped_weights().possible)
    assert made.ask(question).level == level


@pytest.mark.parametrize(
    "keywords",
    "boete|sluis|hoeveel meldingen|boetes|verwijderbevel boete|bevel|het kabinet|motie-jansen|OM|Het O.M.?".split("|"),
)
def test_a_bare_keyword_that_stands_there_is_found(
    made: Assistant, keywords: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rag.answer.certainty.confidence", lambda *_: 0.0)
    answer = made.ask(keywords)
    assert (answer.level, answer.confidence) == ("possibly", shipped_weights().possible)
    refused = ("hallo", "test", "qwerty", "15", "{{15*15}}", "weer", "geef antwoord", "boete dijken havenmeester brug")
    refused += ("ik geef je geen boete", "this is not about a sluis", "vellen")
    assert {made.ask(odd).level for odd in refused} == {"nothing found"}


def test_a_day_that_is_asked_for_alone_is_found_where_it_stands(made: Assistant) -> None:
    answer = made.ask("Wat gebeurde er op 7 april '25?")
    assert (answer.level, answer.hits[0].unit.numbers) == ("answered", (3,))
    other = made.ask("Wat gebeurde er op 8 april 2025?")
    assert (other.level, _said(other)) == ("nothing found", [("identifier nowhere", "8 april 2025")])


def test_a_word_that_only_the_documents_have_is_on_their_subject(made: Assistant) -> None:
    forms, language = made._forms, {"sluis", "sluizen", "boete", "melding", "bevel", "verwijder"}
    assert not any(forms.own(word, language) for word in ("sluis", "meldingen", "verwijderbevel", "2019", "elders"))
    assert forms.own("rotterdam", language)
    assert not forms.own("rotterdam", ())
    everything = np.ones(len(made.index.collection.passages), dtype=np.bool_)
    assert own_word_stands("Wie bewaakt dat allemaal in Rotterdam?", forms, language, everything)
    assert not own_word_stands("Wie bewaakt dat allemaal in Rotterdam?", forms, language, ~everything)
    assert not own_word_stands("Wie bewaakt de sluizen?", forms, language, everything)


def test_a_refusal_shows_three_passages_and_marks_no_sentence(made: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rag.answer.certainty.confidence", lambda *_: 0.0)
    answer = made.ask("Wie bedient de bruggen bij de sluizen van het gemaal?")
    assert (answer.level, len(answer.hits)) == ("nothing found", NEAREST)
    assert {hit.sentence for hit in answer.hits} == {None}
    assert len(made.ask("Wie bedient de bruggen bij de sluizen van het gemaal?", top=2).hits) == 2
    assert "geen antwoord" not in message(answer, "nl")


def test_what_asks_nothing_gets_a_sentence_of_ours(made: Assistant) -> None:
    """After any question, and in both languages."""
    for turn in (
        "kun je dat samenvatten",
        "dank je",
        "hallo",
        "wie ben je",
        "schrijf een brief",
        "translate question 1",
    ):
        answer = made.ask(turn, previous=("Hoeveel sluizen zijn er?",))
        assert (answer.outcome, answer.hits, answer.answered) == ("out of scope", (), False)
        for language, texts in TEXTS.items():
            assert message(answer, language) == texts[answer.detail]


def test_who_asks_is_told_as_the_documents_say_it(made: Assistant) -> None:
    assert message(made.ask("welke partijen stelden vragen?"), "nl") == (
        "Vragen zijn gesteld door: Groene, Blauwe, Rode, D66."
    )
    assert "geen namen van leden" in message(made.ask("vragen van het lid Jansen"), "nl")


def test_the_minister_is_named_as_the_letter_signs(made: Assistant) -> None:
    answer = made.ask("Wie is de minister?")
    (remark,) = answer.remarks
    assert remark.value == "Minister van Waterstaat, A.B. de Vries"
    assert "A.B. de Vries" in message(answer, "en")
    (place,) = remark.known
    assert place.startswith("Brief van de minister van Waterstaat")


def test_an_office_that_signs_nothing_is_not_given_another_name(made: Assistant) -> None:
    assert _said(made.ask("wie is de staatssecretaris?"))[0] == ("signed by no", "staatssecretaris")
    assert [kind for kind, _ in _said(made.ask("wie is de minister?"))] == ["signed"]


def test_nobody_signs_what_is_not_signed(tmp_path: Path) -> None:
    answer = Assistant(*made_index(tmp_path, DIKES)).ask("who is the minister?")
    assert [remark.kind for remark in answer.remarks] == ["nobody signed"]
