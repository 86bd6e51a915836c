"""What the styles of a Word file make of paragraphs and runs: bold, hidden, raised, a heading, numbered."""

import re
from collections.abc import Iterator
from functools import cache

from index.language.regex import regex
from index.readers.canonical import Role
from index.readers.raised_figures import Position
from index.readers.xml_tree import Element, whole_number

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = W + "val"
# Word itself stops following styles that are based on styles long before this.
_LONGEST_CHAIN = 50
_OFF = ("0", "false", "off", "none")
_QUOTING = regex(r"quot|citaat|citation|block ?text|blok ?tekst|zitat", re.IGNORECASE)
_TITLE = regex(r"title|titel|heading|kop\b|kop\d", re.IGNORECASE)
_POSITIONS: dict[str | None, Position] = {"superscript": "raised", "subscript": "lowered", "baseline": ""}
# Half points, or points by name: text moved up or down this far is set high or low.
_MOVED = regex(r"(-?\d{1,3}(?:\.\d{1,3})?)(pt)?")
_SHIFT = 4
# Twentieths of a point; about 7 mm.
_INDENT = 400


def is_on(properties: Element | None, name: str) -> bool | None:
    """The value of a switch such as `b` or `vanish`; None where it is not set."""
    found = properties.find(W + name) if properties is not None else None
    return None if found is None else found.get(VAL, "1") not in _OFF


def value_of(properties: Element | None, name: str) -> str | None:
    """The `w:val` of a property; None where it is not set."""
    found = properties.find(W + name) if properties is not None else None
    return None if found is None else str(found.get(VAL, ""))


def _position(properties: Element | None) -> Position | None:
    """Where the properties set a run; None where they do not say."""
    aligned = _POSITIONS.get(value_of(properties, "vertAlign"))
    moved = _MOVED.fullmatch(value_of(properties, "position") or "")
    shift = float(moved[1]) * (2 if moved[2] else 1) if moved else 0.0
    if not aligned and abs(shift) >= _SHIFT:
        return "raised" if shift > 0 else "lowered"
    return aligned


class Styles:
    """The styles of one file; without a styles part all is plain."""

    def __init__(self, root: Element | None) -> None:
        found = root.iter(W + "style") if root is not None else ()
        self._styles = {style.get(W + "styleId", ""): style for style in found}
        self._default = next(
            (i for i, s in self._styles.items() if s.get(W + "type") == "paragraph" and s.get(W + "default") == "1"),
            "",
        )
        self.switch = cache(self._switch)
        self.numbering = cache(self._numbering)
        self.is_heading = cache(self._is_heading)
        self._named_role = cache(self._role_of)
        self._position = cache(self._position_of)

    def style_of(self, properties: Element | None) -> str:
        return value_of(properties, "pStyle") or self._default

    def applies(self, name: str, run: Element | None, paragraph_style: str) -> bool:
        """Whether a switch is on for a run: as it says itself, else as its styles do, which cancel each other out."""
        direct = is_on(run, name)
        if direct is not None:
            return direct
        own = self.switch(name, value_of(run, "rStyle") or "")
        return own != self.switch(name, paragraph_style)

    def position(self, run: Element | None, paragraph_style: str) -> Position:
        """Whether a run is set high or low: as it says itself, else as its styles do."""
        for found in (_position(run), self._position(value_of(run, "rStyle") or ""), self._position(paragraph_style)):
            if found is not None:
                return found
        return ""

    def role(self, properties: Element | None) -> Role:
        """Whether a paragraph's style is for quotations or titles, or it is indented and no item of a list."""
        if found := self._named_role(self.style_of(properties)):
            return found
        indent = properties.find(W + "ind") if properties is not None else None
        if indent is None or properties is None or properties.find(W + "numPr") is not None:
            return ""
        left = whole_number(indent.get(W + "left") or indent.get(W + "start"), 0)
        return "indented" if left >= _INDENT else ""

    def _role_of(self, style: str) -> Role:
        named = [name for found in self._chain(style) for name in (found.get(W + "styleId"), value_of(found, "name"))]
        names = [style, *(name for name in named if name)]
        quotes = any(_QUOTING.search(name) for name in names)
        return "quote" if quotes else "title" if any(_TITLE.match(name) for name in names) else ""

    def _position_of(self, style: str) -> Position | None:
        positions = (_position(found.find(W + "rPr")) for found in self._chain(style))
        return next((position for position in positions if position is not None), None)

    def _switch(self, name: str, style: str) -> bool:
        for found in self._chain(style):
            value = is_on(found.find(W + "rPr"), name)
            if value is not None:
                return value
        return False

    def _numbering(self, style: str) -> tuple[str, int] | None:
        """The list and level that a style puts its paragraphs in; the two may come from different styles."""
        level: str | None = None
        for found in self._chain(style):
            numbering = found.find(f"{W}pPr/{W}numPr")
            if numbering is None:
                continue
            level = level or value_of(numbering, "ilvl")
            if number := value_of(numbering, "numId"):
                return number, whole_number(level, 0, 8)
        return None

    def _is_heading(self, style: str) -> bool:
        for found in self._chain(style):
            level = value_of(found.find(W + "pPr"), "outlineLvl")
            if level is not None:
                return whole_number(level, 9) < 9
        return False

    def _chain(self, style: str) -> Iterator[Element]:
        """The style and those it is based on, the nearest first."""
        seen: set[str] = set()
        while style in self._styles and style not in seen and len(seen) < _LONGEST_CHAIN:
            seen.add(style)
            yield self._styles[style]
            style = value_of(self._styles[style], "basedOn") or ""
