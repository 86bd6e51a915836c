"""A page that the server writes whole: what its address asks, what it shows, and what it says of what it cannot.

Such a page has an address for all that it can show, so that a link opens it,
Back goes to the one before, and a browser without scripts reads it. Its
scripts are files alone, which its own policy holds it to.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.datastructures import QueryParams

from index.language.values.dates import written_date
from index.model.collection import find_head
from index.model.store import DocumentHead
from index.model.types import Document
from rag.texts.answers import Language
from ui.desk.desk import Tools
from ui.desk.registers import Register
from ui.links import root_of
from ui.render.templating import block
from ui.texts.english import in_english
from ui.texts.sheet import SHEET_TEXTS

Item = TypeVar("Item")
PAGE = "pagina"
# Of a value of an address so many characters are said back.
_SAID = 80
_DIGITS = 9


class AskedError(Exception):
    """An address that asks for what there is not: the status (RFC 9110), and a sentence in the reader's language."""

    def __init__(self, sentence: str, status: int = 400) -> None:
        super().__init__(sentence)
        self.status = status


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page is asked on a day: the parameters of its address, of the documents of the moment."""

    path: str
    given: QueryParams
    language: Language
    register: Register
    today: date

    @property
    def tools(self) -> Tools:
        """The opened index."""
        return self.register.tools

    def value(self, name: str) -> str:
        """The parameter of that name, empty where it is not given."""
        return self.given.get(name, "").strip()

    def head(self, name: str) -> DocumentHead | None:
        """The document that a parameter names, None where it names none; UnknownDocumentError where it is not there."""
        value = self.value(name)
        return find_head(self.tools.collection.heads, value) if value else None

    def address(self, path: str = "", **changed: object) -> str:
        """The address of this page, or of the one at `path`, with other parameters; of empty ones nothing is said."""
        kept = [pair for pair in self.given.multi_items() if pair[0] not in (*changed, PAGE)]
        pairs = [*kept, *((name, str(value)) for name, value in changed.items())]
        query = urlencode([pair for pair in pairs if pair[1]])
        return f"{root_of(self.language)}{path or self.path}{'?' if query else ''}{query}"


@dataclass(frozen=True, slots=True)
class Paged:
    """The way from one page of a list to the others, each as an address, empty where there is none."""

    number: int
    last: int
    before: str
    after: str


def paged(asked: Asked, items: Sequence[Item], size: int) -> tuple[Sequence[Item], Paged]:
    """The items of the page that is asked for; AskedError where there is no such page."""
    last = max(1, -(-len(items) // size))
    number = _page(asked, last)
    before = asked.address(pagina=number - 1 if number > 2 else "") if number > 1 else ""
    after = asked.address(pagina=number + 1) if number < last else ""
    return items[(number - 1) * size : number * size], Paged(number, last, before, after)


def _page(asked: Asked, last: int) -> int:
    value = asked.value(PAGE) or "1"
    is_number = value.isascii() and value.isdecimal() and len(value) <= _DIGITS
    if not is_number or not 1 <= int(value) <= last:
        said = SHEET_TEXTS[asked.language]["no page"].format(value=shortened(value), last=last)
        raise AskedError(said, 404 if is_number else 400)
    return int(value)


def no_documents(asked: Asked, texts: Mapping[str, str]) -> Markup:
    """What is said where the library has no document at all, with the way to add one; nothing where it has."""
    if asked.tools.collection.heads:
        return Markup("")
    address = f"{root_of(asked.language)}documenten"
    return block("slices", "empty", texts["no library"], address, texts["add documents"])


def shortened(value: str) -> str:
    """What an address has, to be said back."""
    return value if len(value) <= _SAID else f"{value[:_SAID]}…"


def day(found: date, language: Language) -> str:
    """A day in words."""
    return written_date(found) if language == "nl" else in_english(written_date(found))


def listed(heads: Sequence[DocumentHead]) -> list[tuple[str, str]]:
    """The documents to choose from, each with its title, its day and its file, by title."""
    named = [(head.id, named_head(head)) for head in heads]
    return sorted(named, key=lambda pair: (pair[1].casefold(), pair[0]))


def named_head(head: DocumentHead | Document) -> str:
    """A document by its title, its day and its file: a draft and the letter that was sent have one title."""
    return " · ".join(part for part in (head.title, head.date and written_date(head.date), head.file) if part)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a page shows: its title, which the tab of the browser has too, all of it, and what sets it to work."""

    title: str
    body: Markup
    script: str = "list"
    # Words that its script needs besides those of every such page.
    texts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class File:
    """What is saved: its bytes, and what they are."""

    content: bytes
    kind: str


Show = Callable[[Asked], Sheet]
Save = Callable[[Asked], File]
