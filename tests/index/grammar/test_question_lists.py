"""Lists of questions and answers: hundreds of numbers, in headings of every kind, and in tables."""

import pytest

from index.grammar.parse import parse
from index.grammar.parse_report import parse_report
from index.language.span import Span
from index.model.types import Document, Table
from tests.index.grammar.forms import answer_to, document, texts

MANY = 400


def _listed(question: str, answer: str) -> str:
    blocks = ["Nr. 45", "LIJST VAN VRAGEN EN ANTWOORDEN", "Vastgesteld 3 mei 2025"]
    for n in range(1, MANY + 1):
        blocks += [question.format(n), f"Wat kost pont {n}?", answer.format(n), f"Pont {n} kost {n},5 miljoen euro."]
    return "\n\n".join(block for block in blocks if block)


@pytest.mark.parametrize(
    ("question", "answer"),
    [("Vraag {}", "Antwoord {}"), ("{}", "Antwoord"), ("{}", ""), ("Vraag {}:", "Antwoord:"), ("Vraag ({})", "")],
)
def test_hundreds_of_numbers(question: str, answer: str) -> None:
    parsed = parse(document(_listed(question, answer)))
    assert [unit.numbers for unit in parsed.units] == [(n,) for n in range(1, MANY + 1)]
    assert all(answer_to(parsed, n) == f"Pont {n} kost {n},5 miljoen euro." for n in (1, 2, 99, 100, MANY))
    assert parse_report(parsed).gaps == ()


@pytest.mark.parametrize("label", ["{}\t", "{} ", "{}) ", "{}. "])
@pytest.mark.parametrize("answer", ["Antwoord", ""])
def test_numbers_before_the_question(label: str, answer: str) -> None:
    blocks = [
        block
        for n in (1, 2, 3)
        for block in (f"{label.format(n)}Wat kost pont {n}?", answer, f"Pont {n} kost 3 miljoen euro.")
        if block
    ]
    parsed = parse(document("\n\n".join(blocks)))
    expected = [((n,), (f"Wat kost pont {n}?",), f"Pont {n} kost 3 miljoen euro.") for n in (1, 2, 3)]
    assert [texts(parsed, unit) for unit in parsed.units] == expected


def test_the_titles_of_columns_are_no_question() -> None:
    rows = [text for n in (1, 2) for text in (str(n), f"Wat kost pont {n}?", f"Pont {n} kost 3 euro.")]
    parsed = parse(document("\n\n".join(["Nr.", "Vraag", "Antwoord", *rows])))
    assert [texts(parsed, unit)[2] for unit in parsed.units] == ["Pont 1 kost 3 euro.", "Pont 2 kost 3 euro."]


def _table(rows: list[list[str]]) -> Document:
    """A document that is one table, as the readers write it: a line a row, a tab between cells."""
    text, spans = "", []
    for row in rows:
        found: list[Span | None] = []
        for cell in row:
            found.append(Span(len(text), len(text) + len(cell)) if cell else None)
            text += cell + "\t"
        spans.append(tuple(found))
        text = text[:-1] + "\n"
    plain = document(text)
    table = Table(Span(0, len(text.rstrip())), tuple(spans))
    return Document(plain.id, plain.title, "", plain.text, plain.file, plain.sha256, tables=(table,))


@pytest.mark.parametrize("titles", [["Nr.", "Vraag", "Antwoord"], ["Nummer", "Vragen", "Antwoorden"]])
def test_a_table_of_questions(titles: list[str]) -> None:
    """A cell of answers that is empty is a question without an answer."""
    rows = [["1", "Wat kost de pont?", "2 miljoen euro."], ["2", "Vaart hij?", ""], ["4", "Hoe lang?", "Een uur."]]
    parsed = parse(_table([titles, *rows]))
    assert [texts(parsed, unit) for unit in parsed.units] == [
        ((1,), ("Wat kost de pont?",), "2 miljoen euro."),
        ((2,), ("Vaart hij?",), None),
        ((4,), ("Hoe lang?",), "Een uur."),
    ]
    assert parse_report(parsed).gaps == ("question 3: not found",)


def test_a_table_of_figures_is_no_list() -> None:
    (unit,) = parse(_table([["Jaar", "Vraag", "Aanbod"], ["2024", "12", "15"]])).units
    assert unit.kind == "chapter"


def _bare_list(*numbers: int) -> str:
    blocks = [f"{n}\nWat kost pont {n}?\n\nPont {n} kost {n},5 miljoen euro." for n in numbers]
    return "\n\n".join(["LIJST VAN VRAGEN EN ANTWOORDEN", *blocks])


@pytest.mark.parametrize("numbers", [(1, 2, 4), (1, 2, 5, 6), (1, 2, 3, 7)])
def test_a_bare_number_that_is_left_out_is_a_gap(numbers: tuple[int, ...]) -> None:
    parsed = parse(document(_bare_list(*numbers)))
    assert [(unit.numbers, answer_to(parsed, unit.numbers[0])) for unit in parsed.units] == [
        ((n,), f"Pont {n} kost {n},5 miljoen euro.") for n in numbers
    ]
    lost = set(range(1, max(numbers))) - set(numbers)
    assert set(parse_report(parsed).gaps) == {f"question {n}: not found" for n in lost}


def test_a_number_alone_that_comes_too_early_is_no_question() -> None:
    text = _bare_list(1, 2, 3).replace("\n\n3\n", "\n\n4\nDaarbij is gevraagd: wat kost een pont?\n\n3\n")
    assert [unit.numbers for unit in parse(document(text)).units] == [(1,), (2,), (3,)]
