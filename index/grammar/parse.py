"""Find the units of a document: its questions with their answers, sections of prose, and annexes.

What the document is called decides nothing; its headings do.
"""

from dataclasses import replace

from index.grammar.letter import parse_letter
from index.grammar.metadata import asking_groups, stated
from index.grammar.outline import Outline, outline
from index.grammar.question_table import has_question_table, parse_question_tables
from index.grammar.questions import parse_questions
from index.grammar.sections import parse_sections
from index.model.types import Document, Doubt, Parsed


def parse(document: Document) -> Parsed:
    """The units of `document` in document order, with what its reader and the parser doubt.

    A document without questions and without sections in which the members
    speak gives no units, and says so as a doubt.
    """
    found = outline(document)
    parsed = _by_form(document, found)
    doubts = [Doubt(conflict) for conflict in stated(document.text).conflicts if _unknown(document, conflict)]
    if not parsed.units:
        doubts.append(Doubt("no questions and no sections of groups found: not a document of questions and answers"))
    return replace(parsed, doubts=(*map(Doubt, document.doubts), *parsed.doubts, *doubts))


def _by_form(document: Document, found: Outline) -> Parsed:
    if (found.numbered or not found.count("question")) and has_question_table(document):
        return parse_question_tables(document, asking_groups(document.text))
    if found.count("question") == 0:
        return parse_sections(document, found)
    if found.numbered and found.count("group") and not found.count("answer"):
        return parse_letter(document)
    return parse_questions(document, found, asking_groups(document.text))


def _unknown(document: Document, conflict: str) -> bool:
    """Whether nothing else says what the text states in two ways."""
    return conflict.partition(":")[0] not in dict(document.metadata)
