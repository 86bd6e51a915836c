"""The addresses within the page: a document, and a place in it."""

import os
from urllib.parse import urlencode

from starlette.types import Scope

from rag.citation.citation import Citation
from rag.texts.answers import Language
from ui.texts.sheet import SHEET_TEXTS

# Where the application of each language is served.
ROOTS: dict[Language, str] = {"nl": "/", "en": "/en/"}
# The path that a proxy serves all of it under; the processes of `ui.desk.jobs` write links too, and inherit it.
ROOT_PATH = "WOORDELIJK_ROOT_PATH"


def root_path() -> str:
    """The path that comes before every address of the page, such as "/brieven"; "" where there is none."""
    return os.environ.get(ROOT_PATH, "")


def root_of(language: Language) -> str:
    """The address of the application of a language, which ends in "/"."""
    return f"{root_path()}{ROOTS[language]}"


def path_within(scope: Scope) -> str:
    """The path of a request without that of the proxy."""
    path: str = scope["path"].removeprefix(scope.get("root_path", ""))
    return path or "/"


def document_link(document: str, language: Language, **place: int) -> str:
    """The address that opens the document of that id, at code point `start` (to `end`) where that is given."""
    return f"{root_of(language)}?{urlencode({'document': document, **place})}"


def sheet_links(document: str, language: Language) -> list[tuple[str, str]]:
    """What other pages show of a document, in words, and at which address."""
    texts = SHEET_TEXTS[language]
    return [
        (texts[f"to {path}"], f"{root_of(language)}{path}?{urlencode({name: document})}")
        for path, name in (("toezeggingen", "document"), ("deelvragen", "document"), ("vergelijk", "a"))
    ]


def citation_link(citation: Citation, language: Language) -> str:
    """The address that opens the document of a citation where it stands."""
    return document_link(citation.document.id, language, start=citation.span.start, end=citation.span.end)
