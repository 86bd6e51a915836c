"""Find the footnotes of an HTML page, which knows only links.

A mark is a link whose text is a number, to a place on the page that is
marked as a note, or set high, or links back to it. The note is the element
there; its own number and the link back are no words of it.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from index.language.regex import regex
from index.readers.xml_tree import Element, whole_number

_NUMBER = regex(r"[\s\[(]*(?P<number>\d{1,4}|\*{1,3}|[a-z])[\s\])]*")
_NOTE_NAME = regex(
    r"foot-?note|voetnoot|\bnoot|nootnum|endnote|eindnoot|\bfn\b|\bft?n\d|sdfootnote|sdendnote|noteref", re.IGNORECASE
)
_CONTAINERS = ("li", "p", "div", "aside", "dd", "td", "section")
_WRAPPERS = ("li", "div", "aside", "dd")
# The browser's own way to close a note that pops up, in official publications.
# A note is short; what has more elements than this is a part of the page.
_MOST_ELEMENTS = 500
_CLOSE = regex(r"note-close|footnote-back|reversefootnote")


class NoteLinks:
    """The notes of one page and what marks them."""

    def __init__(self, root: Element) -> None:
        links = [link for link in root.iter("a") if link.get("href", "").startswith("#")]
        self._order = {element: place for place, element in enumerate(root.iter())} if links else {}
        self._targets = _targets(root) if links else {}
        self._keys: dict[Element, str] = {}
        self._bodies: dict[str, tuple[Element, int | None]] = {}
        self._mark_ids: set[str] = set()
        self._met: list[str] = []
        self._is_short = cache(_is_short)
        self._labelled: set[Element] = set()
        for link in links:
            self._add(link)
        self._notes = {body for body, _ in self._bodies.values()}

    def mark(self, element: Element) -> str | None:
        """The key of the note that the element is the mark of, None for any other."""
        if element.tag == "sup" and len(element) == 1 and not (element.text or "").strip() and element[0] in self._keys:
            element = element[0]
        key = self._keys.get(element)
        if key is not None:
            self._met.append(key)
        return key

    def is_note(self, element: Element) -> bool:
        """Whether the element is a note, to be left out of the running text."""
        return element in self._notes

    def is_label(self, element: Element) -> bool:
        """Whether the element is a note's own number or its link back."""
        if _CLOSE.search(element.get("class", "")):
            return True
        note = self._note_around(element)
        if note is None:
            return False
        if element.tag == "a" and element.get("href", "").startswith("#"):
            return element.get("href", "#")[1:] in self._mark_ids
        if element.tag not in ("sup", "span") or note in self._labelled:
            return False
        self._labelled.add(note)
        text = "".join(element.itertext())
        return bool(_NUMBER.fullmatch(text)) and "".join(_words(note)).lstrip().startswith(text.strip())

    def notes(self) -> Iterator[tuple[str, Element, int | None]]:
        """Key, element and printed number of each note whose mark was met."""
        for key in dict.fromkeys(self._met):
            body, number = self._bodies[key]
            yield key, body, number

    def _add(self, link: Element) -> None:
        href = link.get("href", "")
        text = "".join(link.itertext())
        match = _NUMBER.fullmatch(text)
        target = self._targets.get(href[1:])
        if match is None or target is None or self._order[target] <= self._order[link]:
            return
        body = self._container(target)
        if body is None or not self._is_note(link, target, body):
            return
        self._keys[link] = href[1:]
        self._mark_ids.update(_names(link))
        number = match["number"]
        self._bodies.setdefault(href[1:], (body, whole_number(number, 0) or None))

    def _is_note(self, link: Element, target: Element, body: Element) -> bool:
        if not self._is_short(body):
            return False
        around = link.getparent()
        high = (around is not None and around.tag == "sup") or any(child.tag == "sup" for child in link)
        named = any(_NOTE_NAME.search(_description(element)) for element in (link, target, body))
        names = set(_names(link))
        back = any(a.get("href", "")[1:] in names for a in body.iter("a") if a.get("href", "").startswith("#"))
        return high or named or back

    def _container(self, target: Element) -> Element | None:
        """The block that a note's target stands in, as far out as it holds this note alone."""
        element = target
        while element is not None and element.tag not in _CONTAINERS:
            element = element.getparent()
        while element is not None:
            parent = element.getparent()
            if parent is None or parent.tag not in _WRAPPERS or not _NOTE_NAME.search(_description(parent)):
                break
            siblings = [child for child in parent if isinstance(child.tag, str) and child is not element]
            if any(_holds_target(child) for child in siblings):
                break
            element = parent
        return element

    def _note_around(self, element: Element) -> Element | None:
        while self._notes and element is not None:
            if element in self._notes:
                return element
            element = element.getparent()
        return None


def _is_short(body: Element) -> bool:
    return sum(1 for _ in islice(body.iter(), _MOST_ELEMENTS + 1)) <= _MOST_ELEMENTS


def _holds_target(element: Element) -> bool:
    return any(_NOTE_NAME.search(_description(found)) for found in element.iter() if isinstance(found.tag, str))


def _targets(root: Element) -> dict[str, Element]:
    found: dict[str, Element] = {}
    for element in root.iter():
        for name in _names(element) if isinstance(element.tag, str) else ():
            found.setdefault(name, element)
    return found


def _names(element: Element) -> Iterator[str]:
    """What an element can be linked to by, its own or that of a `sup` around it."""
    parent = element.getparent()
    for found in (element, parent if parent is not None and parent.tag == "sup" else None):
        if found is not None:
            yield from (value for key in ("id", "name") if (value := found.get(key)))


def _description(element: Element) -> str:
    return " ".join(element.get(key, "") for key in ("class", "role", "id", "name", "epub:type"))


def _words(note: Element) -> Iterator[str]:
    """The text of a note without the means to close it."""
    if isinstance(note.tag, str) and not _CLOSE.search(note.get("class", "")):
        yield note.text or ""
        for child in note:
            yield from _words(child)
            yield child.tail or ""
