"""What the styles of an OpenDocument text make of it: bold, hidden, raised, and the numbers of its lists."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

from index.language.regex import regex
from index.readers.canonical import Role
from index.readers.flow import Look
from index.readers.list_numbers import bullet, list_number
from index.readers.xml_tree import Element, local_name, whole_number

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_BOLD = regex(r"bold|[6-9]00")
_POSITION = regex(r"\s*(?:(super|sub)\b|([+-]?\d{1,3})(?:\.\d*)?%)")
_OUTLINE = ""
_DEEPEST = 10
_LONGEST_CHAIN = 50


class OdtStyles:
    """The styles of one file, and the counts of its lists, to be asked for in reading order."""

    def __init__(self, content: Element, styles: Element | None) -> None:
        roots = [root for root in (styles, content) if root is not None]
        self._styles: dict[str, Element] = {}
        self._lists: dict[str, dict[int, Element]] = {}
        for root in roots:
            for style in root.iter(STYLE + "style"):
                if style.get(STYLE + "family") in ("paragraph", "text"):
                    self._styles[style.get(STYLE + "name", "")] = style
            for style in root.iter(TEXT + "list-style"):
                self._lists[style.get(STYLE + "name", "")] = _levels(style)
            for style in root.iter(TEXT + "outline-style"):
                self._lists[_OUTLINE] = _levels(style)
        self._counts: dict[str, dict[int, int]] = {}
        self._ids: dict[str, str] = {}
        self._stated = cache(self._look)
        self.is_hidden = cache(self._is_hidden)

    def look(self, style: str, around: Look) -> Look:
        """How text of this style is set; as that around it where the style does not say."""
        return replace(around, **self._stated(style))

    def role(self, style: str) -> Role:
        """Whether a paragraph's style is for quotations."""
        return "quote" if any(re.search(r"quot|citaat", name, re.IGNORECASE) for name in self._names(style)) else ""

    def begin_list(self, element: Element, style: str, level: int) -> None:
        """A list begins: its count is a new one, unless it goes on with an earlier list."""
        goes_on = element.get(TEXT + "continue-numbering") == "true" or (
            element.get(TEXT + "continue-list") in self._ids and level == 0
        )
        counts = self._counts.setdefault(style, {})
        for known in [known for known in counts if known >= level]:
            if not (goes_on and known == level):
                del counts[known]
        if identifier := element.get("{http://www.w3.org/XML/1998/namespace}id"):
            self._ids[identifier] = style

    def item_label(self, item: Element, style: str, level: int) -> str:
        """The number or bullet of the next item of a list; counts it."""
        start = item.get(TEXT + "start-value")
        return self._label(style, level, whole_number(start, 1) if start else None)

    def outline_label(self, heading: Element) -> str:
        """The number of a heading, "" where headings are not numbered; counts it."""
        if _OUTLINE not in self._lists or heading.get(TEXT + "is-list-header") == "true":
            return ""
        return self._label(_OUTLINE, whole_number(heading.get(TEXT + "outline-level"), 1, _DEEPEST) - 1, None)

    def _label(self, style: str, level: int, start: int | None) -> str:
        levels = self._lists.get(style, {})
        described = levels.get(level)
        if described is None:
            return ""
        if local_name(described) == "list-level-style-bullet":
            return bullet(described.get(TEXT + "bullet-char", "•"))
        counts = self._counts.setdefault(style, {})
        first = start if start is not None else _start(described)
        counts[level] = first if start is not None or level not in counts else counts[level] + 1
        for below in [known for known in counts if known > level]:
            del counts[below]
        top = max(0, level + 1 - whole_number(described.get(TEXT + "display-levels"), 1, _DEEPEST))
        numbers = [self._number(levels, counts, place) for place in range(top, level + 1)]
        number = ".".join(part for part in numbers if part)
        if not number:
            return ""
        return f"{described.get(STYLE + 'num-prefix', '')}{number}{described.get(STYLE + 'num-suffix', '')}".strip()

    def _number(self, levels: dict[int, Element], counts: dict[int, int], level: int) -> str:
        described = levels.get(level)
        if described is None:
            return ""
        return list_number(counts.get(level, _start(described)), described.get(STYLE + "num-format", ""))

    def _look(self, style: str) -> dict[str, Any]:
        """What the style and those it is based on say of a `Look`, the nearest first to say it."""
        stated: dict[str, Any] = {}
        for properties in self._properties(style):
            if (weight := properties.get(_FO + "font-weight")) is not None:
                stated.setdefault("bold", bool(_BOLD.match(weight)))
            if (line := properties.get(STYLE + "text-line-through-style")) is not None:
                stated.setdefault("struck", line != "none")
            if found := _POSITION.match(properties.get(STYLE + "text-position", "")):
                shift = int(found[2]) if found[2] else 1 if found[1] == "super" else -1
                stated.setdefault("position", "raised" if shift > 0 else "lowered" if shift < 0 else "")
        return stated

    def _is_hidden(self, style: str) -> bool:
        return any(properties.get(TEXT + "display") == "none" for properties in self._properties(style))

    def _properties(self, style: str) -> Iterator[Element]:
        """The text properties of a style and those it is based on, the nearest first."""
        for name in self._names(style):
            found = self._styles[name].find(STYLE + "text-properties") if name in self._styles else None
            if found is not None:
                yield found

    def _names(self, style: str) -> Iterator[str]:
        """A style and those it is based on, the nearest first; the last may be one that the file does not hold."""
        seen: set[str] = set()
        yield style
        while style in self._styles and style not in seen and len(seen) < _LONGEST_CHAIN:
            seen.add(style)
            style = self._styles[style].get(STYLE + "parent-style-name", "")
            yield style


def _levels(style: Element) -> dict[int, Element]:
    return {whole_number(level.get(TEXT + "level"), 1, _DEEPEST) - 1: level for level in style}


def _start(level: Element) -> int:
    return whole_number(level.get(TEXT + "start-value"), 1)
