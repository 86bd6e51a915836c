"""Find the units of a document: its questions with their answers, sections of prose, and annexes.

What the document is called decides nothing; its headings do.
"""

from dataclasses import replace
from datetime import date

from index.grammar.letter import parse_letter
from index.grammar.metadata import Conflict, stated
from index.grammar.outline import Outline, outline
from index.grammar.question_table import has_question_table, parse_question_tables
from index.grammar.questions import parse_questions
from index.grammar.sections import parse_sections
from index.language.dates import written_date
from index.model.doubts import Doubt
from index.model.types import Document, Parsed


def parse(document: Document) -> Parsed:
    """The units of `document` in document order, with what its reader and the parser doubt.

    A document without questions and without sections in which the members
    speak gives no units, and says so as a doubt.
    """
    statement = stated(document.text)
    parsed = _by_form(document, outline(document), statement.groups)
    doubts = [_doubt(conflict) for conflict in statement.conflicts if not _known(document, conflict.key)]
    return replace(parsed, doubts=(*document.doubts, *parsed.doubts, *doubts))


def _by_form(document: Document, found: Outline, groups: tuple[str, ...]) -> Parsed:
    if (found.numbered or not found.count("question")) and has_question_table(document):
        return parse_question_tables(document, groups)
    if found.count("question") == 0:
        return parse_sections(document, found)
    if found.numbered and found.count("group") and not found.count("answer"):
        return parse_letter(document, found)
    return parse_questions(document, found, groups)


def _known(document: Document, key: str) -> bool:
    """Whether something else says what the text states in two ways."""
    return bool(document.date) if key == "date" else key in dict(document.metadata)


def _doubt(conflict: Conflict) -> Doubt:
    values = (written_date(value) if isinstance(value, date) else value for value in conflict.stated)
    return Doubt("stated in two ways", name=conflict.key, words=", ".join(f"“{value}”" for value in values))
