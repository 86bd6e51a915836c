"""A selection: the quotations that a person chose for a memo, with headings and notes between them.

A JSON file that people write and edit by hand:

    {"title": "…", "items": [
        {"heading": "Capaciteit"},
        {"note": "Mijn eigen woorden."},
        {"document": "d26cef8d", "start": 4385, "end": 4489, "quotation": "Als gevolg …"},
        {"link": "woordelijk:…"}]}

`quotation` may be left out; where it stands it has to be the document's
words, so that a wrong offset is noticed.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.errors import WoordelijkError
from index.language.typography import level
from index.regular_file import TooLargeError, read_regular
from rag.citation.citation import Citation, Citer
from rag.citation.permalink import open_permalink, read_permalink

_LARGEST = 5_000_000
MOST_ITEMS = 2_000
_KEYS = frozenset(
    "heading note document start end link quotation reference label speaker unit footnote sha256 number".split()
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


Item = Heading | Note | Citation


@dataclass(frozen=True, slots=True)
class Selection:
    """A title and items in the order of the memo."""

    title: str
    items: tuple[Item, ...]

    @property
    def citations(self) -> tuple[Citation, ...]:
        return tuple(item for item in self.items if isinstance(item, Citation))


def read_selection(path: Path, citer: Citer) -> Selection:
    """The selection in file `path`; SelectionError, naming the item, where it cannot be used."""
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
    return selection_of(found, citer, str(path))


def selection_of(found: Any, citer: Citer, place: str) -> Selection:
    """The selection that a JSON value describes; SelectionError, naming `place` and the item, where it is none."""
    if not isinstance(found, dict) or not isinstance(found.get("title"), str) or not found["title"].strip():
        raise SelectionError(f'{place}: expected an object with a "title" that is text, and "items".')
    items = found.get("items")
    if not isinstance(items, list) or not items:
        raise SelectionError(f'{place}: expected "items" to be a list with at least one item.')
    if len(items) > MOST_ITEMS:
        raise SelectionError(f"{place}: {len(items):,} items; expected at most {MOST_ITEMS:,}. Make several memos.")
    return Selection(
        _printable(found["title"], f"{place}, title"),
        tuple(_item(item, f"{place}, item {n}", citer) for n, item in enumerate(items, 1)),
    )


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
    citation = _linked(item, place, citer) if kinds == ["link"] else _ranged(item, place, citer)
    _check_words(item, citation, place)
    return citation


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


def _ranged(item: Mapping[str, Any], place: str, citer: Citer) -> Citation:
    for key in ("start", "end"):
        if not isinstance(item.get(key), int) or isinstance(item.get(key), bool):
            raise SelectionError(
                f"{place}: expected {key!r} to be a whole number, found {json.dumps(item.get(key))[:60]}."
            )
    try:
        return citer.cite(_text(item, "document", place), item["start"], item["end"])
    except SelectionError:
        raise
    except WoordelijkError as error:
        raise SelectionError(f"{place}: {error}") from error


def _check_words(item: Mapping[str, Any], citation: Citation, place: str) -> None:
    if "quotation" in item and level(_text(item, "quotation", place)) != level(citation.quotation):
        raise SelectionError(
            f'{place}: "quotation" is not what stands at [{citation.span.start}, {citation.span.end}): '
            f"{citation.quotation[:80]!r}. Mend the offsets, or leave the quotation out."
        )
