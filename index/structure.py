"""Find the units of a document: its questions with their answers, sections of prose, and annexes."""

from index.grammar.letter import parse_letter
from index.grammar.outline import outline
from index.grammar.questions import parse_questions
from index.types import Document, Parsed


def parse(document: Document) -> Parsed:
    """The units of `document` in document order, with what is doubtful about them."""
    found = outline(document)
    if found.numbered and not found.count("answer"):
        return parse_letter(document)
    return parse_questions(document, found, ())
