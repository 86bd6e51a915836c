"""The pages of a document that a citation stands on, or, in a file without pages, its paragraphs.

Paragraphs are counted from the top of the file; a note has the number of the
paragraph that its mark stands in.
"""

from collections.abc import Callable

from index.language.regex import regex
from index.language.span import trimmed
from index.model.types import Place
from rag.citation.citation import Citation

_BLANK_LINES = regex(r"\n\s*\n")


def leaf(citation: Citation) -> str:
    """ "p. 3", "p. 3-4"; "alinea 12" where the file has no pages; "" where it has neither."""
    if numbers := pages(citation):
        return f"p. {numbers}"
    numbers = _range(citation, lambda place: place.paragraph)
    if not numbers and citation.unit and citation.unit.kind in ("chapter", "turn"):
        numbers = _counted(citation)
    return f"alinea {numbers}" if numbers else ""


def pages(citation: Citation) -> str:
    """ "3", "3-4", "" where the file has no pages."""
    return _range(citation, lambda place: place.page)


def _counted(citation: Citation) -> str:
    """The paragraphs of plain text, parted by blank lines, where no number of a question says where it stands."""
    text = citation.document.text
    words = trimmed(text, citation.span.start, citation.span.end) or citation.span
    begin = len(text) - len(text.lstrip())
    first, last = (len(_BLANK_LINES.findall(text, begin, end)) + 1 for end in (words.start, words.end))
    return str(first) if first == last else f"{first}-{last}"


def _range(citation: Citation, number: Callable[[Place], int | None]) -> str:
    words = trimmed(citation.document.text, citation.span.start, citation.span.end) or citation.span
    found = [citation.document.place(offset) for offset in (words.start, words.end - 1)]
    first, last = (number(place) if place else None for place in found)
    if first is None or last is None:
        return ""
    return str(first) if first == last else f"{first}-{last}"
