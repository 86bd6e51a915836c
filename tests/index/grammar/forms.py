"""Small documents for the tests of the grammar: text in, with bold text between double asterisks."""

import hashlib
import re

from index.language.span import Span
from index.model.doubts import doubt_text
from index.model.types import Document, Parsed, Place, Unit

_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)


def document(marked: str, file: str = "invented.txt") -> Document:
    """A document of `marked` without its asterisks; what stood between them is emphasis, each line a paragraph."""
    text = ""
    emphasis = []
    position = 0
    for match in _BOLD.finditer(marked):
        text += marked[position : match.start()]
        emphasis.append(Span(len(text), len(text) + len(match[1])))
        text += match[1]
        position = match.end()
    text += marked[position:]
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    places = tuple(Place(start, 1, number) for number, start in enumerate(starts, start=1))
    return Document(sha256[:16], file, "", text, file, sha256, emphasis=tuple(emphasis), places=places)


def texts(parsed: Parsed, unit: Unit) -> tuple[tuple[int, ...], tuple[str, ...], str | None]:
    """The numbers, questions and answer of a unit in words."""
    text = parsed.document.text
    return unit.numbers, tuple(span.of(text) for span in unit.questions), unit.answer.of(text) if unit.answer else None


def unit_of(parsed: Parsed, number: int) -> Unit:
    """The one unit that holds a number."""
    (found,) = (unit for unit in parsed.units if number in unit.numbers)
    return found


def answer_to(parsed: Parsed, number: int) -> str | None:
    """The words of the answer to a number."""
    return texts(parsed, unit_of(parsed, number))[2]


def reasons(parsed: Parsed) -> str:
    """What the parser doubts, a line each."""
    return "\n".join(doubt_text(doubt, "en") for doubt in parsed.doubts)
