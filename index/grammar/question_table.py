"""Questions and answers in the rows of a table, as lists from ministries have them: number, question, answer."""

import re
from dataclasses import dataclass

from index.grammar.units import question_unit, with_unlike_ids
from index.language.regex import regex
from index.language.span import Span
from index.model.doubts import Doubt
from index.model.types import Document, Parsed, Table

_NUMBER = regex(r"(?:nr|no|nummer|#|vraagnr|volgnr|vraagnummer|volgnummer)\.?", re.IGNORECASE)
_QUESTION = regex(r"(?:de\s+)?vra(?:ag|gen)", re.IGNORECASE)
_ANSWER = regex(r"(?:concept-?\s*)?(?:antwoord(?:en)?|beantwoording|reactie)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which column holds what; `number` is None where the rows are to be counted."""

    number: int | None
    question: int
    answer: int


def has_question_table(document: Document) -> bool:
    """Whether a table of the document names a column of questions and one of answers."""
    return any(_columns(document, table) for table in document.tables)


def parse_question_tables(document: Document, groups: tuple[str, ...]) -> Parsed:
    """A unit for each row with a question; an empty cell of answers is no answer."""
    units = []
    doubts: list[Doubt] = []
    last = 0
    for table in document.tables:
        columns = _columns(document, table)
        for row in table.rows[1:] if columns else ():
            question = _cell(row, columns.question) if columns else None
            if columns is None or question is None:
                continue
            number = _number(document, row, columns, last)
            if number <= last:
                doubts.append(Doubt("behind a later question", question.start, (number,), words=str(last)))
            last = number
            units.append(question_unit(document, (number,), groups, None, (question,), _cell(row, columns.answer)))
    return Parsed(document, with_unlike_ids(units), tuple(doubts))


def _columns(document: Document, table: Table) -> _Columns | None:
    titles = [cell.of(document.text).strip(" :") if cell else "" for cell in table.rows[0]]
    found = {}
    for name, pattern in (("number", _NUMBER), ("question", _QUESTION), ("answer", _ANSWER)):
        found[name] = next((place for place, title in enumerate(titles) if pattern.fullmatch(title)), None)
    question, answer = found["question"], found["answer"]
    if question is None or answer is None:
        return None
    return _Columns(found["number"], question, answer)


def _cell(row: tuple[Span | None, ...], place: int) -> Span | None:
    return row[place] if place < len(row) else None


def _number(document: Document, row: tuple[Span | None, ...], columns: _Columns, last: int) -> int:
    cell = _cell(row, columns.number) if columns.number is not None else None
    printed = re.match(r"\d{1,4}", cell.of(document.text)) if cell else None
    return int(printed[0]) if printed else last + 1
