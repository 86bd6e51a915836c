"""The pages of a document that a citation stands on, or, in a file without pages, its paragraphs.

Paragraphs are counted from the top of the file; a note has the number of the
paragraph that its mark stands in.
"""

from collections.abc import Callable

from index.language.span import trimmed
from index.model.types import Place
from rag.citation.citation import Citation


def leaf(citation: Citation) -> str:
    """ "p. 3", "p. 3-4"; "alinea 12" where the file has no pages; "" where it has neither."""
    if numbers := pages(citation):
        return f"p. {numbers}"
    numbers = _range(citation, lambda place: place.paragraph)
    return f"alinea {numbers}" if numbers else ""


def pages(citation: Citation) -> str:
    """ "3", "3-4", "" where the file has no pages."""
    return _range(citation, lambda place: place.page)


def _range(citation: Citation, number: Callable[[Place], int | None]) -> str:
    words = trimmed(citation.document.text, citation.span.start, citation.span.end) or citation.span
    found = [citation.document.place(offset) for offset in (words.start, words.end - 1)]
    first, last = (number(place) if place else None for place in found)
    if first is None or last is None:
        return ""
    return str(first) if first == last else f"{first}-{last}"
