"""Letters that answer written questions, and the Aanhangsel: headings, joint answers, sources."""

import pytest

from index.grammar.parse import parse
from index.grammar.parse_report import parse_report
from index.model.types import Parsed
from tests.index.grammar.forms import answer_to, document, reasons, texts, unit_of

LETTER = """Datum\t3 april 2025
Onderwerp\tBeantwoording Kamervragen van de leden Oudejans (Groene Lijst) en Tjalsma (Water) over de veerpont

Ons kenmerk

7654321

In antwoord op uw brief van 5 maart 2025, nr. 2025Z04321, deel ik u mede dat de vragen worden beantwoord als volgt.

Mede namens de staatssecretaris van Zeehavens,

De minister van Vaarwegen

K. de Wit-Bakema

**Antwoorden van de minister van Vaarwegen op vragen van de leden Oudejans (Groene Lijst) en Tjalsma (Water)**

**Vraag 1 **

**Kent u het bericht “Pont bij Eemkerk ligt stil”1)?**


**Antwoord op vraag 1**

Ja.

**Vraag 2**

**Hoeveel reizigers gebruiken de pont? 2)**

**Vraag 3**

**Deelt u de mening dat de pont nodig is?**

**Antwoord op vraag 3**

Ja. In uw antwoord op vraag 2 van vorig jaar stond dat ook.

Vraag 3 is al eerder gesteld.

**Vraag 4**

**Wat kost een nieuwe pont**

**Antwoord 4**

Een nieuwe pont kost:

1. aan staal 2 miljoen euro;

2. aan arbeid 3 miljoen euro.

**Vraag 5**

**Wanneer vaart de pont weer?**

**Antwoorden op vraag 2 en 5**

In de zomer varen er weer 1.200 reizigers per dag mee.

1) De Eembode, 1 maart 2025 (eembode.nl/pont).

2) Aanhangsel Handelingen II 2023/24, nr. 77.
"""


def test_a_letter_as_ministries_send_it() -> None:
    """Bold headings, a question answered with a later one, lists and sentences that are no headings."""
    parsed = parse(document(LETTER))
    assert [texts(parsed, unit) for unit in parsed.units] == [
        ((1,), ("Kent u het bericht “Pont bij Eemkerk ligt stil”1)?",), "Ja."),
        (
            (2, 5),
            ("Hoeveel reizigers gebruiken de pont? 2)", "Wanneer vaart de pont weer?"),
            "In de zomer varen er weer 1.200 reizigers per dag mee.",
        ),
        (
            (3,),
            ("Deelt u de mening dat de pont nodig is?",),
            "Ja. In uw antwoord op vraag 2 van vorig jaar stond dat ook.\n\nVraag 3 is al eerder gesteld.",
        ),
        (
            (4,),
            ("Wat kost een nieuwe pont",),
            "Een nieuwe pont kost:\n\n1. aan staal 2 miljoen euro;\n\n2. aan arbeid 3 miljoen euro.",
        ),
    ]
    assert all(unit.asked_by == ("Groene Lijst", "Water") for unit in parsed.units)
    assert parsed.doubts == ()


def test_the_members_sources_are_footnotes_of_their_questions() -> None:
    parsed = parse(document(LETTER))
    notes = {unit.label: [(n.number, n.body.of(parsed.document.text)) for n in unit.footnotes] for unit in parsed.units}
    assert notes["Vraag 1"] == [(1, "De Eembode, 1 maart 2025 (eembode.nl/pont).")]
    assert notes["Vragen 2 en 5"] == [(2, "Aanhangsel Handelingen II 2023/24, nr. 77.")]
    assert notes["Vraag 3"] == notes["Vraag 4"] == []


def test_the_report_tells_what_was_found_and_where() -> None:
    report = parse_report(parse(document(LETTER)))
    assert (report.questions, report.expected_questions, report.gaps, report.unanswered) == (5, 5, (), ())
    assert [(finding.label, finding.line) for finding in report.joint] == [("Vragen 2 en 5", 29)]
    assert [finding.label for finding in report.found] == ["Vraag 1", "Vragen 2 en 5", "Vraag 3", "Vraag 4"]


def _parsed(*paragraphs: str) -> Parsed:
    """A letter of these paragraphs; " / " stands between paragraphs too."""
    return parse(document("\n\n".join(paragraphs).replace(" / ", "\n\n") + "\n"))


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Vraag {}", "Antwoord"),
        ("Vraag {}:", "Antwoord:"),
        ("**Vraag {}** ", "**Antwoord {}**"),
        ("VRAAG {}", "ANTWOORD OP VRAAG {}"),
        ("Vraag ({})", "Antwoord ({})"),
        ("\nVraag {}.", "\nAntwoord op vraag {}:"),
        ("Vraag\n{}", "Antwoord op\fvraag {}"),
        ("{}", "Antwoord"),
        ("{}.", "Antwoord"),
        ("Vraag nr. {}", "Beantwoording vraag {}"),
        ("Vraag {} (Groene Lijst)", "Reactie"),
    ],
)
def test_headings_in_every_form(question: str, answer: str) -> None:
    blocks = [
        block
        for number in (1, 2, 3)
        for block in (question.format(number), f"Wat is {number}?", answer.format(number), f"Dat is {number} euro.")
    ]
    parsed = _parsed(*blocks)
    expected = [((n,), (f"Wat is {n}?",), f"Dat is {n} euro.") for n in (1, 2, 3)]
    assert [texts(parsed, unit) for unit in parsed.units] == expected


@pytest.mark.parametrize("heading", ["Vraag {}: ", "Vraag {}. ", "Vraag {} – ", "Vraag {} ", "{}. "])
@pytest.mark.parametrize("answer", ["Antwoord: ", "Antwoord {}: ", "Antwoord op vraag {}: "])
def test_headings_on_the_line_of_their_text(heading: str, answer: str) -> None:
    blocks = [
        block for n in (1, 2, 3) for block in (f"{heading.format(n)}Wat is {n}?", f"{answer.format(n)}Dat is {n} euro.")
    ]
    parsed = _parsed(*blocks)
    expected = [((n,), (f"Wat is {n}?",), f"Dat is {n} euro.") for n in (1, 2, 3)]
    assert [texts(parsed, unit) for unit in parsed.units] == expected


@pytest.mark.parametrize(
    ("heading", "numbers"),
    [
        ("Vragen 2, 3 en 4", (2, 3, 4)),
        ("Vraag 2 t/m 4", (2, 3, 4)),
        ("Vragen 2 tot en met 4:", (2, 3, 4)),
        ("Vragen 2-4", (2, 3, 4)),
        ("Vraag 2 en vraag 3", (2, 3)),
    ],
)
def test_several_numbers_over_one_question(heading: str, numbers: tuple[int, ...]) -> None:
    parsed = _parsed(f"Vraag 1 / Wat? / Antwoord 1 / Dit. / {heading} / Waarom? En hoe? / Antwoord / Zo.")
    assert texts(parsed, parsed.units[1]) == (numbers, ("Waarom? En hoe?",), "Zo.")


@pytest.mark.parametrize("bold", [True, False])
def test_answers_without_a_heading(bold: bool) -> None:
    """The question ends with its bold text, or with its question mark; then the answer begins."""
    questions = ["Klopt het dat de pont stilligt?", "Is dat waar? Zo ja, sinds wanneer?", "Wat doet u eraan?"]
    answers = ["Ja. Dat klopt.", "Dat is waar.\n\nSinds maart ligt de pont stil.", "De pont wordt hersteld."]
    blocks = [
        block
        for n, (asked, answered) in enumerate(zip(questions, answers, strict=True), start=1)
        for block in (f"Vraag {n}", f"**{asked}**" if bold else asked, answered)
    ]
    parsed = _parsed(*blocks)
    assert [answer_to(parsed, n) for n in (1, 2, 3)] == answers


def test_one_answer_without_a_heading_among_others_is_found_and_doubted() -> None:
    parsed = _parsed(
        "Vraag 1 / Wat? / Antwoord / Dit. / Vraag 2 / Vaart de pont nog? / De pont vaart niet meer.",
        "Vraag 3 / Waarom? / Antwoord / Daarom.",
    )
    assert [answer_to(parsed, n) for n in (1, 2, 3)] == ["Dit.", "De pont vaart niet meer.", "Daarom."]
    assert "question 2: its answer has no heading" in reasons(parsed)


def test_a_question_without_an_answer_says_so() -> None:
    parsed = _parsed("Vraag 1 / Wat? / Antwoord 1 / Dit. / Vraag 2 / Waarom? / Vraag 3 / Hoe? / Antwoord 3 / Zo.")
    assert answer_to(parsed, 2) is None
    report = parse_report(parsed)
    assert [finding.label for finding in report.unanswered] == ["Vraag 2"]
    assert report.gaps == ()


def test_questions_that_share_an_answer_without_a_number_are_doubted() -> None:
    parsed = _parsed("Vraag 1 / Wat? / Vraag 2 / Waarom? / Antwoord / Zo. / Vraag 3 / Hoe? / Antwoord / Dus.")
    assert [unit.numbers for unit in parsed.units] == [(1, 2), (3,)]
    assert "questions 1 and 2: taken to share" in reasons(parsed)


def test_an_answer_in_a_questions_text_is_not_shared() -> None:
    """Where the heading of an answer was lost, the next answer is not given to that question too."""
    parsed = _parsed("Vraag 1 / Leg dat uit. / - Dat is zo. / Het ligt aan het weer. / Vraag 2 / Hoe? / Antwoord / Zo.")
    assert answer_to(parsed, 1) is None
    assert answer_to(parsed, 2) == "Zo."


def test_a_question_answered_twice_is_two_units() -> None:
    parsed = _parsed("Vraag 1 / Wat? / Antwoord 1 / Dit. / Vraag 2 / Hoe? / Antwoord 1 en 2 / Ook zo.")
    assert [texts(parsed, unit) for unit in parsed.units] == [
        ((1,), ("Wat?",), "Dit."),
        ((1, 2), ("Wat?", "Hoe?"), "Ook zo."),
    ]
    assert len({unit.id for unit in parsed.units}) == 2
    assert "question 1: answered twice" in reasons(parsed)


def test_an_answer_to_a_number_that_was_never_asked() -> None:
    parsed = _parsed("Vraag 1 / Wat? / Antwoord 1 / Dit. / Antwoord 7 / Iets anders.")
    assert answer_to(parsed, 1) == "Dit."
    assert [(unit.kind, unit.numbers) for unit in parsed.units] == [("question", (1,)), ("section", ())]
    assert "question 7: an answer names it" in reasons(parsed)


def test_a_heading_that_contradicts_its_place_gives_no_question_the_answer() -> None:
    """ "Antwoord op vraag 1" under question 2, when 1 has its answer: a slip that nobody can mend for the minister."""
    parsed = _parsed(
        "Vraag 1 / Wat? / Antwoord op vraag 1 / Dit. / Vraag 2 / Hoe? / Antwoord op vraag 1 / Zo.",
        "Vraag 3 / Wie? / Antwoord op vraag 3 / Ik.",
    )
    assert [answer_to(parsed, n) for n in (1, 2, 3)] == ["Dit.", None, "Ik."]
    assert "given to no question" in reasons(parsed)


def test_all_questions_first_and_all_answers_after_them() -> None:
    parsed = _parsed(
        "Vraag 1 / Wat? / Vraag 2 / Hoe? / Vraag 3 / Wie? / Antwoord 1 / Dit. / Antwoord 3 / Ik. / Antwoord 2 / Zo."
    )
    assert [answer_to(parsed, n) for n in (1, 2, 3)] == ["Dit.", "Zo.", "Ik."]


def test_a_numbering_that_starts_again_keeps_answers_apart() -> None:
    parsed = _parsed("Vraag 1 / Wat? / Antwoord 1 / Dit. / Vraag 1 / Wie? / Antwoord 1 / Ik.")
    assert [texts(parsed, unit)[1:] for unit in parsed.units] == [(("Wat?",), "Dit."), (("Wie?",), "Ik.")]
    assert len({unit.id for unit in parsed.units}) == 2


def test_the_signature_and_the_clerks_note_are_no_answer() -> None:
    closing = "De Minister van Vaarwegen, / K. de Wit-Bakema / Bijlage 1 / Een kaart van de vaart."
    parsed = _parsed("Vraag 1 / Wat? / Antwoord 1 / Dit.", closing)
    assert answer_to(parsed, 1) == "Dit."
    assert [unit.label for unit in parsed.units] == ["Vraag 1", "Bijlage 1"]
    note = "Deze vragen dienen ter aanvulling op eerdere vragen terzake van het lid Tjalsma (Water)."
    parsed = _parsed(f"Vraag 1 / Wat? / Antwoord 1 / Dit. / Toelichting: / {note}")
    assert answer_to(parsed, 1) == "Dit."


@pytest.mark.parametrize("mark", ["1)", "[1]", "(1)", "¹"])
def test_marks_of_sources(mark: str) -> None:
    item = "[1]" if mark == "[1]" else "1)"
    parsed = _parsed(f"Vraag 1 / Kent u dit bericht{mark}? / Antwoord 1 / Ja. / Bronnen: / {item} Eembode")
    assert answer_to(parsed, 1) == "Ja."
    assert [note.body.of(parsed.document.text) for note in unit_of(parsed, 1).footnotes] == ["Eembode"]


def test_the_source_under_its_own_question() -> None:
    parsed = _parsed("Vraag 1 / Kent u dit bericht? 1) / 1) Eembode, 2 mei 2024 / Antwoord 1 / Ja.")
    assert texts(parsed, parsed.units[0])[1] == ("Kent u dit bericht? 1)",)
    assert len(parsed.units[0].footnotes) == 1


def test_a_list_at_the_end_of_the_last_answer_stays_there() -> None:
    parsed = _parsed("Vraag 1 / Wat is nodig? / Antwoord 1 / Nodig zijn: / 1) staal / 2) hout")
    assert answer_to(parsed, 1) == "Nodig zijn:\n\n1) staal\n\n2) hout"


AANHANGSEL = """Tweede Kamer der Staten-Generaal

2

Vergaderjaar 2024–2025

Aanhangsel van de Handelingen

Vragen gesteld door de leden der Kamer, met de daarop door de regering gegeven antwoorden

1812

Vragen van het lid Oudejans (Groene Lijst) aan de Minister van Vaarwegen over de pont (ingezonden 5 maart 2025).

Antwoord van Minister De Wit (Vaarwegen), mede namens de Staatssecretaris van Zeehavens (ontvangen 3 april 2025).

Vraag 1

Vaart de pont?

Antwoord 1

Nee.

Vraag 2 en 3

Waarom niet? En wanneer weer?

Antwoord 2 en 3

De motor is stuk. In mei.
"""


def test_an_aanhangsel() -> None:
    parsed = parse(document(AANHANGSEL))
    assert [unit.numbers for unit in parsed.units] == [(1,), (2, 3)]
    assert [unit.asked_by for unit in parsed.units] == [("Groene Lijst",)] * 2
    assert answer_to(parsed, 3) == "De motor is stuk. In mei."


@pytest.mark.parametrize(
    ("title", "groups"),
    [
        ("Antwoord op vragen van het lid Tjalsma (Water) over de pont", ("Water",)),
        ("**Antwoorden op de vragen van de leden Aa en Bb (Groene Lijst)**", ("Groene Lijst",)),
        (
            "Beantwoording vragen van de leden Aa (Water) en Bb (Zand), mede namens het lid Cc (Klei)",
            ("Water", "Zand", "Klei"),
        ),
    ],
)
@pytest.mark.parametrize("heading", ["Vraag {}\n\n", "**{}.** ", "{}\n\n"])
def test_the_title_says_who_asks(title: str, groups: tuple[str, ...], heading: str) -> None:
    blocks = [block for n in (1, 2) for block in (f"{heading.format(n)}Wat kost pont {n}?", "Antwoord", "Veel.")]
    parsed = _parsed(title, *blocks)
    assert [unit.asked_by for unit in parsed.units] == [groups, groups]


@pytest.mark.parametrize("first", ["5a", "5.a", "5A"])
def test_a_question_asked_in_parts(first: str) -> None:
    """The number counts, and no part falls into the answer before it."""
    parsed = _parsed(
        f"Vragen / Vraag 4 / Wie? / Antwoord 4 / Piet. / Vraag {first} / Hoe duur? / Antwoord {first} / Gratis.",
        "Vraag 5b / Hoe lang? / Antwoord op vraag 5b / Een jaar.",
    )
    assert [texts(parsed, unit) for unit in parsed.units] == [
        ((4,), ("Wie?",), "Piet."),
        ((5,), ("Hoe duur?",), "Gratis."),
        ((5,), ("Hoe lang?",), "Een jaar."),
    ]


def test_sources_with_raised_numbers_are_no_words_of_the_minister() -> None:
    parsed = _parsed("Vraag 1 / Hoeveel?² / Antwoord 1 / Veertig.¹ / ¹ Stand in mei. / ² Eembode, 2 mei 2024")
    assert answer_to(parsed, 1) == "Veertig.¹"
    notes = unit_of(parsed, 1).footnotes
    assert {(note.number, note.body.of(parsed.document.text)) for note in notes} == {
        (1, "Stand in mei."),
        (2, "Eembode, 2 mei 2024"),
    }


def test_a_source_that_nothing_marks_is_a_doubt() -> None:
    parsed = _parsed(
        "Vraag 1 / Kent u dit bericht? 1) / Antwoord 1 / Ja. / 1) Eembode, 2 mei 2024 / 2) Trouw, 3 mei 2024"
    )
    assert [note.number for note in unit_of(parsed, 1).footnotes] == [1]
    assert "source 2: nothing has its mark" in reasons(parsed)
