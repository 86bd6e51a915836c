"""What stands at the top of every page: its name, the way to the others, and the same page in the other language."""

import json
from dataclasses import dataclass

from markupsafe import Markup

from rag.texts.answers import Language
from ui.links import root_of
from ui.render.templating import block
from ui.texts.page import TEXTS


@dataclass(frozen=True, slots=True)
class Place:
    """A page that the menu leads to: the key of its name in the texts, and its path under the root."""

    name: str
    path: str


MENU = (
    Place("page ask", ""),
    Place("page promises", "toezeggingen"),
    Place("page coverage", "deelvragen"),
    Place("page compare", "vergelijk"),
    Place("page check", "controleer"),
    Place("page documents", "documenten"),
    Place("page evaluate", "evaluatie"),
)


# What Gradio says in the browser in English whatever the language (6.31), and our sentence for it.
_MESSAGES = {
    "Connection to the server was lost. Attempting reconnection...": "no server",
    "Error": "message error",
    "Warning": "message warning",
    "Close": "close",
}


def header(place: str, language: Language, path: str | None = None, query: str = "") -> Markup:
    """The top of a page of the `place` in the menu; `path` is its own where that is another, `query` what it is asked.

    `query` is as it stands in the address, without its question mark.
    """
    other: Language = "en" if language == "nl" else "nl"
    address = f"{root_of(other)}{place if path is None else path}?taal={other}{'&' if query else ''}{query}"
    texts = TEXTS[language]
    messages = json.dumps({name: texts[key] for name, key in _MESSAGES.items()})
    return block("frame", "header", texts, MENU, place, root_of(language), other, address, messages)
