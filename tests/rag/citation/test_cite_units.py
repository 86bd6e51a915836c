"""Citing and checking what is no single question: sections of prose, joint answers, answers given twice, sources."""

from index.grammar.parse import parse
from index.model.collection import Collection
from rag.citation.citation import Citation, Citer
from rag.citation.reference import locator
from rag.verify.read_memo import memo_of
from rag.verify.verdicts import Verifier
from tests.index.grammar.forms import document
from tests.index.grammar.test_sections import CONSULTATION, NOTE, NUMBERED_NOTE
from tests.index.grammar.test_written_questions import LETTER

TWICE = "Vraag 1\n\nWat?\n\nAntwoord 1\n\nDit is het.\n\nVraag 2\n\nHoe?\n\nAntwoord 1 en 2\n\nOok zo is het.\n"


def _citer(*texts: str) -> Citer:
    return Citer(Collection.of([parse(document(text, f"{place}.txt")) for place, text in enumerate(texts)]))


def _cited(text: str, words: str) -> Citation:
    citer = _citer(text)
    found = citer.collection.documents[0]
    start = found.text.rindex(words)
    return citer.cite(found.id, start, start + len(words))


def test_a_section_is_cited_by_its_heading_and_speaker() -> None:
    reply = _cited(NOTE, "Er zijn in 2024 drie ongelukken gebeurd.")
    assert (locator(reply), reply.speaker) == ("onder “1. Inleiding”, reactie", "minister")
    asked = _cited(NOTE, "Waarom is voor vijf jaar gekozen?")
    assert asked.speaker == "members"
    assert locator(asked) == "onder “1. Inleiding”, inbreng van de leden van de Water-fractie"


def test_what_the_members_say_under_no_number_is_cited_as_theirs() -> None:
    remark = _cited(NUMBERED_NOTE, "onderschrijven het doel van het voorstel")
    assert remark.speaker == "members"
    assert locator(remark) == "zonder nummer, inbreng van de leden van de Water-fractie"


def test_words_outside_the_units_are_the_members_where_they_speak() -> None:
    """What the reply repeats of the question stands outside the units, and is not the minister's."""
    repeated = _cited(CONSULTATION, "De leden van de Groene-fractie vragen hoeveel reizigers")
    assert repeated.speaker == "members"


def test_a_joint_answer_is_cited_with_all_its_numbers() -> None:
    assert locator(_cited(LETTER, "In de zomer varen er weer 1.200")) == "antwoord op vragen 2 en 5"
    source = _cited(LETTER, "De Eembode, 1 maart 2025")
    assert (locator(source), source.speaker) == (
        "voetnoot 1 bij vraag 1, gesteld door de leden van de Groene Lijst- en Water-fracties",
        "members",
    )


def test_a_question_answered_twice_is_one_part_and_two_answers() -> None:
    assert locator(_cited(TWICE, "Dit is het.")) == "antwoord op vraag 1"
    assert locator(_cited(TWICE, "Ook zo is het.")) == "antwoord op vragen 1 en 2"


def test_a_memo_about_such_documents_is_checked() -> None:
    citer = _citer(NOTE, LETTER)
    memo = (
        "In het antwoord op vraag 5 staat: “In de zomer varen er weer 1.200 reizigers per dag mee.”\n\nIn het "
        "antwoord op vraag 4 staat: “In de zomer varen er weer 1.200 reizigers per dag mee.”\n\nDe regering schrijft: "
        "“Daardoor ontstaan gevaarlijke situaties.”\n\nDe regering schrijft: “Zij vragen waarom de wet nodig is.”\n"
    )
    report = Verifier(citer).verify(memo_of(memo.encode(), "memo.md"))
    assert [found.verdict for found in report.judged] == ["exact", "misattributed", "exact", "misattributed"]


def test_units_without_asker_or_answer_are_collected() -> None:
    collection = _citer("Vraag 1\n\nWat?\n\nVraag 2\n\nHoe?\n\nAntwoord 2\n\nZo.\n").collection
    assert [(unit.asked_by, unit.answer is None) for unit in collection.units] == [((), True), ((), False)]
