"""The structure of the letter against a table made by hand, and the letter's traps one by one."""

import json
from pathlib import Path
from typing import Any

import pytest

from index.grammar.parse import parse
from index.grammar.parse_report import parse_report
from index.language.span import Span
from index.model.tables import title
from index.model.types import Parsed, Unit
from index.readers.read import read_document
from tests.conftest import LETTER, SMALL_LETTER, parsed_letter, write_letter

TABLE = [json.loads(line) for line in Path(__file__).with_name("letter_table.jsonl").read_text("utf-8").splitlines()]


def _ends(parsed: Parsed, span: Span | None) -> tuple[str | None, str | None]:
    """The first and last four words of a span."""
    if span is None:
        return None, None
    words = span.of(parsed.document.text).split()
    return " ".join(words[:4]), " ".join(words[-4:])


def _unit(parsed: Parsed, label: str) -> Unit:
    return next(unit for unit in parsed.units if unit.label == label)


def test_the_table_covers_every_unit(letter: Parsed) -> None:
    assert [unit.label for unit in letter.units] == [row["label"] for row in TABLE]
    assert len(TABLE) == 68


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row["label"])
def test_each_unit_is_as_a_person_read_it(letter: Parsed, row: dict[str, Any]) -> None:
    """Asker, first and last words of context, question and answer, footnotes and references."""
    unit = _unit(letter, row["label"])
    assert list(unit.asked_by) == row["asked_by"]
    assert _ends(letter, unit.context) == (row["context_first"], row["context_last"])
    assert _ends(letter, unit.questions[0]) == (row["question_first"], row["question_last"])
    assert _ends(letter, unit.answer) == (row["answer_first"], row["answer_last"])
    assert [note.number for note in unit.footnotes] == row["footnotes"]
    assert list(unit.references) == row["references"]


def test_every_character_belongs_to_one_part(letter: Parsed) -> None:
    """Nothing is lost and nothing belongs to two: only front matter, headings and numbers stand outside units."""
    text = letter.document.text
    owner = [""] * len(text)
    for unit in letter.units:
        for span in (unit.context, *unit.questions, unit.answer, *(note.body for note in unit.footnotes)):
            for place in range(span.start, span.end) if span else ():
                assert not owner[place], f"{unit.label} and {owner[place]} share {text[place - 20 : place + 20]!r}"
                owner[place] = unit.label
    outside = "".join(" " if owner[place] else character for place, character in enumerate(text))
    lines = [line.strip() for line in outside.split("\n") if line.strip()]
    front, headings = lines[:4], [line for line in lines[4:] if not line.rstrip(".").isdigit()]
    assert front[-1] == "I.\tReactie van de minister"
    assert len(headings) == 7
    assert all("Vragen en opmerkingen vanuit de" in heading for heading in headings)


def test_the_members_never_speak_in_an_answer(letter: Parsed) -> None:
    """No answer holds a line that opens as the members' introductions do."""
    for unit in letter.units:
        answer = unit.answer.of(letter.document.text) if unit.answer else ""
        for line in answer.split("\n"):
            assert not line.startswith(("De leden van", "Volgens deze leden", "Tijdens het gesprek na"))
    contexts = [unit for unit in letter.units if unit.context]
    assert len(contexts) == 7 + 20


def test_what_was_taken_without_a_name_is_a_doubt(letter: Parsed) -> None:
    assert [doubt.numbers for doubt in letter.doubts] == [(16,), (48,)]


def test_the_table_keeps_rows_and_columns(letter: Parsed) -> None:
    (table,) = _unit(letter, "Vraag 44").tables
    text = letter.document.text
    assert (title(table, text) or "").startswith("Aantal zaken waarin artikel 240b Sr")
    rows = [[cell.of(text) if cell else "" for cell in row] for row in table.rows[1:]]
    assert rows == [
        ["Eindvonnis", "2021", "2022", "2023", "2024", "2025"],
        ["Schuldig met/zonder strafoplegging", "230", "190", "250", "260", "300"],
    ]


def test_units_that_only_refer_on(letter: Parsed) -> None:
    assert [unit.numbers[0] for unit in letter.units if unit.refers_only] == [33, 36, 42, 47, 51, 52, 59, 62]


def test_the_report_is_complete(letter: Parsed) -> None:
    report = parse_report(letter)
    assert (report.questions, report.footnotes, report.sections) == (66, 44, 7)
    assert (report.annexes, report.tables, report.introductions) == (2, 1, 27)
    assert report.gaps == ()


@pytest.mark.parametrize(
    ("find", "put", "gap"),
    [
        ("\n28. Hoe denkt", "\nHoe denkt", "question 28: not found"),
        ("[9:  Kamerstukken", "[Kamerstukken", "footnote 9: a mark but no text found"),
        ("onmisbaar.[footnoteRef:9]", "onmisbaar.", "footnote 9: no mark and no text found"),
    ],
)
def test_a_gap_is_named(tmp_path: Path, find: str, put: str, gap: str) -> None:
    """A number that goes missing in the letter is named in the report."""
    raw = LETTER.read_text("utf-8")
    assert raw.count(find) == 1
    path = write_letter(tmp_path, raw.replace(find, put))
    assert gap in parse_report(parse(read_document(path))).gaps


def test_a_small_letter(tmp_path: Path) -> None:
    parsed = parsed_letter(tmp_path, SMALL_LETTER)
    text = parsed.document.text
    assert [unit.label for unit in parsed.units] == ["Vraag 1", "Vraag 2", "Vraag 3", "Vraag 4", "Bijlage I"]
    assert [unit.asked_by for unit in parsed.units[2:4]] == [("Groene",), ("Blauwe", "Rode")]
    answers = [unit.answer.of(text) if unit.answer else None for unit in parsed.units]
    assert answers[1] == "Een brug kost 150 miljoen euro in 2024."
    assert [unit.context.of(text) if unit.context else None for unit in parsed.units] == [
        "De leden van de Groene-fractie hebben vragen over bruggen.",
        None,
        "De leden van de Groene-fractie vinden dat veel.",
        "De leden van de Blauwe- en Rode-fracties hebben nog een vraag.",
        None,
    ]
    assert parsed.units[2].refers_only
    assert parsed.units[2].references == (2,)


def test_a_list_in_an_answer_is_not_a_question(tmp_path: Path) -> None:
    """A numbered list whose numbers have been used is part of the answer it stands in."""
    raw = SMALL_LETTER.replace("Een brug kost", "Twee zaken:\n\n1. staal\n2. beton\n\nEen brug kost")
    parsed = parsed_letter(tmp_path, raw)
    assert len(parsed.units) == 5
    answer = parsed.units[1].answer
    assert answer is not None
    assert "1. staal" in answer.of(parsed.document.text)


def _parsed(folder: Path, *changes: tuple[str, str]) -> Parsed:
    raw = SMALL_LETTER
    for find, put in changes:
        assert find in raw
        raw = raw.replace(find, put)
    return parsed_letter(folder, raw)


def _answers(parsed: Parsed) -> list[str]:
    return [unit.answer.of(parsed.document.text) if unit.answer else "" for unit in parsed.units]


@pytest.mark.parametrize(
    ("heading", "asked_by"),
    [
        ("2. Vragen en opmerkingen van het lid Keijzer", ("Lid Keijzer",)),
        ("2. VRAGEN EN OPMERKINGEN VAN DE LEDEN VAN DE VVD-FRACTIE", ("VVD",)),
        ("2. Inbreng van de leden van de VVD-, de CDA- en de D66-fractie", ("VVD", "CDA", "D66")),
        ("2. Vragen en opmerkingen vanuit de Partij voor de Dieren-fractie", ("Partij voor de Dieren",)),
    ],
)
def test_headings_of_other_letters(tmp_path: Path, heading: str, asked_by: tuple[str, ...]) -> None:
    introduction = "De leden van de Blauwe- en Rode-fracties hebben nog een vraag."
    parsed = _parsed(
        tmp_path,
        ("2. Vragen en opmerkingen vanuit de Blauwe- en Rode-fracties", heading),
        (introduction, "Er is nog een vraag."),
    )
    assert parsed.units[3].asked_by == asked_by
    assert parse_report(parsed).gaps == ()


def test_a_list_whose_numbers_come_next_is_not_a_question(tmp_path: Path) -> None:
    """Items "2." and "3." in the first answer leave questions 2 and 3 to the members."""
    parsed = _parsed(tmp_path, ("Er zijn 15 bruggen.", "Er zijn 15 bruggen:\n2. van staal\n3. van hout\n\n"))
    assert [unit.label for unit in parsed.units][:4] == ["Vraag 1", "Vraag 2", "Vraag 3", "Vraag 4"]
    assert "2. van staal\n3. van hout" in _answers(parsed)[0]


def test_a_question_of_two_paragraphs(tmp_path: Path) -> None:
    parsed = _parsed(tmp_path, ("2. Wat kosten bruggen?\n", "2. Wat kosten bruggen?\n\nEn zo ja, wanneer?\n"))
    question = parsed.units[1].question_text(parsed.document.text)
    assert question == "Wat kosten bruggen?\n\nEn zo ja, wanneer?"
    assert _answers(parsed)[1] == "Een brug kost 150 miljoen euro in 2024."


def test_an_introduction_without_a_full_stop(tmp_path: Path) -> None:
    parsed = _parsed(tmp_path, ("vinden dat veel.\n", "vinden dat veel\n"))
    assert len(parsed.units) == 5


@pytest.mark.parametrize("name", ["1", "A", "I"])
def test_annexes_however_they_count(tmp_path: Path, name: str) -> None:
    parsed = _parsed(tmp_path, ("Bijlage I.", f"Bijlage {name}."))
    annex = parsed.units[-1]
    assert (annex.kind, annex.label, annex.annex, annex.answer_speaker) == (
        *("annex", f"Bijlage {name}", "I"),
        "third party",
    )


def test_the_minister_who_speaks_of_the_members(tmp_path: Path) -> None:
    parsed = _parsed(
        tmp_path,
        (
            "De leden van de Groene-fractie vinden dat veel.\n",
            "Met de leden van de Groene-fractie is de regering dat eens.\n\n",
        ),
    )
    assert parsed.units[2].context is None
    assert any(doubt.key == "maybe members" for doubt in parsed.doubts)


def test_the_members_who_sound_like_the_minister_are_a_doubt(tmp_path: Path) -> None:
    parsed = _parsed(tmp_path, ("vinden dat veel.\n", "vinden dat, met ons allen, veel.\n\n"))
    assert parsed.units[2].context is not None
    assert any(doubt.key == "members or minister" for doubt in parsed.doubts)


@pytest.mark.parametrize(
    ("find", "put", "gap"),
    [
        ("Rijkswaterstaat bouwt bruggen.", "Rijkswaterstaat.\nBijlage IV. Niet herkend", "an annex heading"),
        ("Rijkswaterstaat bouwt bruggen.", "Rijkswaterstaat.\nVragen en opmerkingen algemeen", "a section heading"),
        ("Rijkswaterstaat bouwt bruggen.", "Rijkswaterstaat. [9:  los]", "a footnote"),
    ],
)
def test_what_looks_like_a_heading_and_is_not_recognised_is_a_gap(
    tmp_path: Path, find: str, put: str, gap: str
) -> None:
    gaps = parse_report(_parsed(tmp_path, (find, put))).gaps
    assert len(gaps) == 1
    assert gap in gaps[0]


def test_a_document_of_another_kind_is_prose(tmp_path: Path) -> None:
    parsed = parsed_letter(tmp_path, "Beste lezer,\n\nDit is een krantenbericht.\n")
    assert [unit.kind for unit in parsed.units] == ["chapter"]
    assert parse_report(parsed).gaps == ()
