"""The addresses within the page: a document, and a place in it."""

from urllib.parse import urlencode

from rag.citation.citation import Citation
from rag.texts.answers import Language

# Where the application of each language is served.
ROOTS: dict[Language, str] = {"nl": "/", "en": "/en/"}


def document_link(document: str, language: Language) -> str:
    """The address that opens the document of that id."""
    return f"{ROOTS[language]}?{urlencode({'document': document})}"


def citation_link(citation: Citation, language: Language) -> str:
    """The address that opens the document of a citation where it stands."""
    place = {"document": citation.document.id, "start": citation.span.start, "end": citation.span.end}
    return f"{ROOTS[language]}?{urlencode(place)}"
