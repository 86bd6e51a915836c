"""Find the units of a document: its questions with their answers, what its speakers say, or its sections.

Its headings decide; what it is called, only that nobody asks in it.
"""

import math
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from index.grammar.chapters import parse_chapters
from index.grammar.letter import parse_letter
from index.grammar.metadata import PROCEEDINGS, PROSE, Conflict, Statement, stated
from index.grammar.outline import Outline, outline
from index.grammar.proceedings import are_proceedings, parse_proceedings
from index.grammar.question_table import has_question_table, parse_question_tables
from index.grammar.questions import parse_questions
from index.grammar.sections import parse_sections
from index.language.parliament.signatory import is_signatory, signature
from index.language.values.dates import written_date
from index.model.doubts import Doubt
from index.model.types import Certainty, Document, Parsed, Speaker


def parse(document: Document) -> Parsed:
    """The units of `document` in document order, with what its reader and the parser doubt.

    Only a document without words gives none.
    """
    statement = stated(document.text)
    parsed = _by_form(document, outline(document), statement)
    doubts = [_doubt(conflict) for conflict in statement.conflicts if not _known(document, conflict.key)]
    return replace(parsed, doubts=(*_placed(document), *parsed.doubts, *doubts))


def _placed(document: Document) -> Iterator[Doubt]:
    """What the reader doubts, each where the first page that it names begins, or the next one with text."""
    for doubt in document.doubts:
        first = min(doubt.numbers, default=math.inf)
        at = (place.start for place in document.places if place.page is not None and place.page >= first)
        yield replace(doubt, at=next(at, None))


def _by_form(document: Document, found: Outline, statement: Statement) -> Parsed:
    """The units by the form that the headings show; a text in which nobody asks is prose."""
    prose = statement.values.get("kind") in PROSE and not found.count("answer")
    if are_proceedings(found):
        certainty: Certainty = "certain" if statement.values.get("kind") == PROCEEDINGS else "probable"
        return replace(parse_proceedings(document, found), form="proceedings", certainty=certainty)
    parsed = None if prose else _asked(document, found, statement.groups)
    if parsed and parsed.units:
        return parsed
    return replace(parse_chapters(document, found, author(document)), form="prose", certainty=_sure_of_prose(found))


def _asked(document: Document, found: Outline, groups: tuple[str, ...]) -> Parsed:
    """The units of a document in which members ask; none where no question and no remark of theirs is found."""
    if (found.numbered or not found.count("question")) and has_question_table(document):
        return replace(parse_question_tables(document, groups), form="question table")
    if found.count("question") == 0:
        certainty: Certainty = "certain" if found.count("group") else "probable"
        return replace(parse_sections(document, found), form="consultation", certainty=certainty)
    if found.numbered and found.count("group") and not found.count("answer"):
        return replace(parse_letter(document, found), form="letter by section")
    answered = found.count("answer") or not found.numbered
    return replace(
        parse_questions(document, found, groups), form="questions", certainty="certain" if answered else "probable"
    )


def _sure_of_prose(found: Outline) -> Certainty:
    """How sure it is that nobody asks: less where lines that look like questions were not taken for them."""
    asking = sum(line.text.endswith("?") for line in found.lines)
    if found.count("question") or found.count("answer"):
        return "unsure"
    return "probable" if asking > 1 else "certain"


def author(document: Document) -> Speaker:
    """Who wrote a text in which nobody asks: the minister who signs it, somebody else where nothing says so."""
    signed = any(is_signatory(line.strip()) for line in document.text.split("\n"))
    return "minister" if signed or signature(document.text).get("office") else "third party"


def _known(document: Document, key: str) -> bool:
    """Whether something else says what the text states in two ways."""
    return bool(document.date) if key == "date" else key in dict(document.metadata)


def _doubt(conflict: Conflict) -> Doubt:
    values = (written_date(value) if isinstance(value, date) else value for value in conflict.stated)
    return Doubt("stated in two ways", name=conflict.key, words=", ".join(f"“{value}”" for value in values))
