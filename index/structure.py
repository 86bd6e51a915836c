"""Find the units of a document: its questions with their answers, sections of prose, and annexes."""

from index.grammar.letter import parse_letter
from index.types import Document, Parsed


def parse(document: Document) -> Parsed:
    """The units of `document` in document order, with what is doubtful about them."""
    return parse_letter(document)
