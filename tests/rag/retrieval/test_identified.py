"""What a question names by a number is found first and surely where it stands, and else named as absent."""

from pathlib import Path

import pytest

from index.encoders.encoder import Encoders
from index.model.collection import Collection
from index.search.search_index import index_collection
from rag.answer.assistant import Assistant
from rag.answer.types import Answer
from tests.conftest import FakeEncoder, parsed_letter

LETTER = """Beantwoording vragen van het lid Aa (Water)

Vraag 1
Is de motie uitgevoerd?

Antwoord 1
Ja, zie de brief (Kamerstuk 21 501-32, nr. 1740) van 9 december 2024.

Vraag 2
Op grond van welk artikel wordt vervolgd?

Antwoord 2
Op grond van artikel 240b van het Wetboek van Strafrecht, sinds 1 juli 2024 van artikel 252 Sr.

Vraag 3
Wanneer treedt de wet in werking?

Antwoord 3
De wet treedt op 1 januari 2026 in werking, zie kenmerk IENW/BSK-2021/32819.

Vraag 4
Wat kost de motie en is de brief van het artikel verzonden?

Antwoord 4
De nota over de motie is op 01-07-2024 verzonden, zie Kamerstuk 21 501-32, nr. 1703 en 29 628, nr. 174.
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("identified")
    encoders = Encoders(FakeEncoder(), FakeEncoder())
    collection = Collection.of([parsed_letter(folder, LETTER)])
    return Assistant(index_collection(collection, encoders), encoders)


def _first(answer: Answer) -> int:
    return answer.hits[0].unit.numbers[0]


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("Kamerstuk 21 501-32, nr. 1740", 1),
        ("21501-32-1740", 1),
        ("Wat is er met de motie in Kamerstuk 21501-32-1740 gedaan?", 1),
        ("29628-174", 4),
        ("240b Sr", 2),
        ("Wat zegt artikel 252 van het Wetboek van Strafrecht?", 2),
        ("2026-01-01", 3),
        ("1-1-2026", 3),
        ("9/12/2024", 1),
        ("IENW/BSK-2021/32819", 3),
    ],
)
def test_what_is_named_comes_first_and_surely(assistant: Assistant, question: str, number: int) -> None:
    answer = assistant.ask(question)
    assert (_first(answer), answer.level, answer.confidence) == (number, "answered", 1.0)


@pytest.mark.parametrize("question", ["21501-32-1740", "Kamerstuk 21 501-32, nr. 1740"])
def test_another_number_is_never_shown_for_it(assistant: Assistant, question: str) -> None:
    assert not any("1703" in hit.text for hit in assistant.ask(question).hits)


@pytest.mark.parametrize("question", ["21501-32-1999", "2019-05-01", "300 Sr", "29 628, nr. 17"])
def test_what_is_nowhere_is_named_as_absent(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.level == "nothing found"
    assert [(remark.kind, remark.value) for remark in answer.remarks] == [("identifier nowhere", question)]


def test_a_question_about_a_paper_that_is_nowhere_is_no_sure_answer(assistant: Assistant) -> None:
    answer = assistant.ask("Wat staat er over de motie in Kamerstuk 21 501-32, nr. 9?")
    assert answer.level != "answered"
    assert [remark.value for remark in answer.remarks] == ["Kamerstuk 21 501-32, nr. 9"]


def test_a_hyphen_is_a_range_only_behind_a_question(assistant: Assistant) -> None:
    assert [hit.unit.numbers[0] for hit in assistant.ask("vragen 2-3").hits] == [2, 3]
    assert assistant.ask("21501-32-1740").searched == "21501-32-1740"


def test_what_a_long_question_mentions_in_passing_decides_nothing(assistant: Assistant) -> None:
    passing = (
        "Kunt u uitleggen "
        + "hoe de havenmeester de sluizen bedient en " * 4
        + "(Kamerstuk 21 501-32, nr. {}) dat deed?"
    )
    there, absent = (assistant.ask(passing.format(number)) for number in (1740, 9))
    assert there.confidence < 1.0
    assert there.confidence == pytest.approx(absent.confidence, abs=0.2)
    assert [remark.value for remark in absent.remarks] == ["Kamerstuk 21 501-32, nr. 9"]


def test_an_article_without_its_law_is_no_name_in_a_sentence(assistant: Assistant) -> None:
    assert assistant.ask("Wat staat er in artikel 240b van de Pontwet over de havenmeester?").confidence < 1.0
