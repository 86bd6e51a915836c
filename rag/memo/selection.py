"""A selection: the quotations that a person chose for a memo, with headings and notes between them.

A JSON file that people write and edit by hand:

    {"title": "…", "items": [
        {"heading": "Capaciteit"},
        {"note": "Mijn eigen woorden."},
        {"document": "d26cef8d", "start": 4385, "end": 4489, "quotation": "Als gevolg …"},
        {"document": "d26cef8d", "pieces": [[4385, 4420], [4450, 4489]]},
        {"link": "woordelijk:…"}]}

`pieces` are quoted with […] between them. `author` and `date` ("2026-11-28") beside the title are written into the
file's properties. `quotation` may be left out; where it stands it has to be the document's
words, so that a wrong offset is noticed.
"""

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from index.errors import UnknownDocumentError, WoordelijkError
from index.language.span import Span
from index.language.typography import level
from index.regular_file import TooLargeError, read_regular
from rag.citation.abridged import Abridged, Quoted, abridged, pieces_of
from rag.citation.citation import Citation, Citer
from rag.citation.permalink import open_permalink, read_permalink

_LARGEST = 5_000_000
MOST_ITEMS = 2_000
_KEYS = frozenset(
    "heading note document start end pieces link quotation reference label speaker unit footnote sha256 number".split()
)


class SelectionError(WoordelijkError):
    """A selection that no memo can be made of; the message names the item."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading in the person's words."""

    text: str


@dataclass(frozen=True, slots=True)
class Note:
    """A note in the person's words; paragraphs are parted by a blank line."""

    text: str


Item = Heading | Note | Citation | Abridged


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A quotation that no memo can be made with: its place among the items, from 1, and why."""

    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class Selection:
    """A title and items in the order of the memo; who made it and when, where that is known."""

    title: str
    items: tuple[Item, ...]
    author: str = ""
    date: datetime.date | None = None

    @property
    def quoted(self) -> tuple[Quoted, ...]:
        """The quotations, each as it is shown."""
        return tuple(item for item in self.items if isinstance(item, Citation | Abridged))

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The exact ranges that the quotations consist of."""
        return tuple(piece for quoted in self.quoted for piece in pieces_of(quoted))


def read_selection(path: Path, citer: Citer, left_out: list[LeftOut] | None = None) -> Selection:
    """The selection in file `path`; SelectionError, naming the item, where it cannot be used.

    With a list `left_out`, quotations that cannot be made are added to it and cost the others nothing.
    """
    try:
        found = json.loads(read_regular(path, _LARGEST).decode("utf-8-sig"))
    except TooLargeError as error:
        raise SelectionError(f"{path}: larger than {_LARGEST:,} bytes; expected a selection.") from error
    except OSError as error:
        raise SelectionError(f"{path}: cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise SelectionError(f"{path}: byte {error.start} is not UTF-8 text.") from error
    except (json.JSONDecodeError, RecursionError, ValueError) as error:
        raise SelectionError(f"{path}: not JSON ({error}).") from error
    return selection_of(found, citer, str(path), left_out)


def selection_of(found: Any, citer: Citer, place: str, left_out: list[LeftOut] | None = None) -> Selection:
    """The selection that a JSON value describes; as `read_selection`, with `place` for the file."""
    if not isinstance(found, dict) or not isinstance(found.get("title"), str) or not found["title"].strip():
        raise SelectionError(f'{place}: expected an object with a "title" that is text, and "items".')
    items = found.get("items")
    if not isinstance(items, list) or not items:
        raise SelectionError(f'{place}: expected "items" to be a list with at least one item.')
    if len(items) > MOST_ITEMS:
        raise SelectionError(f"{place}: {len(items):,} items; expected at most {MOST_ITEMS:,}. Make several memos.")
    made: list[Item] = []
    for number, item in enumerate(items, 1):
        try:
            made.append(_item(item, f"{place}, item {number}", citer))
        except SelectionError as error:
            if left_out is None or not isinstance(item, dict) or not {"document", "link"} & set(item):
                raise
            left_out.append(LeftOut(number, str(error)))
    if left_out and not any(isinstance(item, Citation | Abridged) for item in made):
        raise SelectionError(left_out[0].reason)
    author = found.get("author") or ""
    if not isinstance(author, str):
        raise SelectionError(f'{place}: expected "author" to be text, found {json.dumps(author)[:60]}.')
    return Selection(
        _printable(found["title"], f"{place}, title"),
        tuple(made),
        _printable(author, f"{place}, author"),
        _date(found.get("date"), place),
    )


def dated(selection: Selection, author: str, date: str, today: datetime.date) -> Selection:
    """The selection by `author` and of `date`, its own where these are "", `today` where it has none either."""
    return replace(
        selection,
        author=_printable(author, "--author") or selection.author,
        date=_date(date, "--date") or selection.date or today,
    )


def _date(written: Any, place: str) -> datetime.date | None:
    if written in (None, ""):
        return None
    try:
        return datetime.date.fromisoformat(written)
    except (TypeError, ValueError) as error:
        raise SelectionError(
            f'{place}: expected "date" as in "2026-11-28", found {json.dumps(written)[:60]}.'
        ) from error


def _item(item: Any, place: str, citer: Citer) -> Item:
    if not isinstance(item, dict):
        raise SelectionError(f"{place}: expected an object, found {json.dumps(item)[:60]}.")
    if unknown := sorted(set(item) - _KEYS):
        raise SelectionError(
            f"{place}: unknown key {unknown[0]!r}; expected heading, note, link, or document, start, end."
        )
    kinds = [kind for kind in ("heading", "note", "link", "document") if kind in item]
    if len(kinds) != 1 and kinds != ["link", "document"]:
        raise SelectionError(f"{place}: expected one of heading, note, link or document, found {kinds or 'none'}.")
    if kinds[0] in ("heading", "note"):
        text = _printable(_text(item, kinds[0], place), place)
        return Heading(text) if kinds[0] == "heading" else Note(text)
    quoted: Quoted = _linked(item, place, citer) if kinds == ["link"] else _ranged(item, place, citer)
    _check_words(item, quoted, place)
    return quoted


def _text(item: Mapping[str, Any], key: str, place: str) -> str:
    if not isinstance(item[key], str) or not item[key].strip():
        raise SelectionError(f"{place}: expected {key!r} to be text, found {json.dumps(item[key])[:60]}.")
    return str(item[key])


def _printable(text: str, place: str) -> str:
    """Control characters cannot stand in a Word file; a person never typed them."""
    for character in text:
        if (
            (ord(character) < 32 and character not in "\n\t\r")
            or 0xD800 <= ord(character) < 0xE000
            or character in "\ufffe\uffff"
        ):
            raise SelectionError(f"{place}: holds the control character U+{ord(character):04X}; remove it.")
    return text.strip()


def _linked(item: Mapping[str, Any], place: str, citer: Citer) -> Citation:
    try:
        opened = open_permalink(read_permalink(_text(item, "link", place)), citer)
    except WoordelijkError as error:
        raise SelectionError(f"{place}: {error}") from error
    if opened.state not in ("unchanged", "moved") or opened.citation is None:
        raise SelectionError(
            f"{place}: the words of this link are not in the documents. See 'python -m rag open LINK'."
        )
    return opened.citation


def _ranged(item: Mapping[str, Any], place: str, citer: Citer) -> Quoted:
    """The quotation of a range, or of pieces; where its document is gone, of the link that stands beside it."""
    for key in () if "pieces" in item else ("start", "end"):
        if not isinstance(item.get(key), int) or isinstance(item.get(key), bool):
            raise SelectionError(
                f"{place}: expected {key!r} to be a whole number, found {json.dumps(item.get(key))[:60]}."
            )
    name = _text(item, "document", place)
    try:
        if "pieces" in item:
            return abridged(citer, name, _pieces(item["pieces"], place))
        return citer.cite(name, item["start"], item["end"])
    except SelectionError:
        raise
    except UnknownDocumentError as error:
        if "link" in item and "pieces" not in item:
            return _linked(item, place, citer)
        raise SelectionError(f"{place}: {error}") from error
    except WoordelijkError as error:
        raise SelectionError(f"{place}: {error}") from error


def _pieces(found: Any, place: str) -> list[Span]:
    pairs = [tuple(piece) for piece in found if isinstance(piece, list)] if isinstance(found, list) else []
    whole = all(len(pair) == 2 and all(type(number) is int for number in pair) for pair in pairs)
    if not pairs or len(pairs) != len(found) or not whole or any(not 0 <= start < end for start, end in pairs):
        raise SelectionError(
            f'{place}: expected "pieces" to be a list of [START, END], found {json.dumps(found)[:60]}.'
        )
    return [Span(start, end) for start, end in pairs]


def _places(quoted: Quoted) -> str:
    return ", ".join(f"[{piece.span.start}, {piece.span.end})" for piece in pieces_of(quoted))


def _check_words(item: Mapping[str, Any], quoted: Quoted, place: str) -> None:
    if "quotation" in item and level(_text(item, "quotation", place)) != level(quoted.quotation):
        raise SelectionError(
            f'{place}: "quotation" is not what stands at {_places(quoted)}: {quoted.quotation[:80]!r}. '
            "Mend the offsets, or leave the quotation out."
        )
