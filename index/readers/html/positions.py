"""Tell which text of a page is set high or low: by an element, a style of its own, or a style sheet's class.

Styles raise a figure in many ways: by an alignment or a length, by moving it
from where it stands, or by aligning small type with the top of the line.
"""

import re
from collections.abc import Iterator

from index.language.regex import regex
from index.readers.raised_figures import Position
from index.readers.xml_tree import Element

_DECLARED = regex(
    r"(?<![\w-])(vertical-align|font-variant-position|mso-text-raise|baseline-shift|position|top|bottom|transform|translate"
    r"|font-size)\s*:\s*([^;]{1,80})",
    re.IGNORECASE,
)
_WORDS: dict[str, Position] = {"super": "raised", "text-top": "raised", "sub": "lowered", "text-bottom": "lowered"}
_LENGTH = regex(r"([+-]?(?:\d{1,3}(?:\.\d{0,9})?|\.\d{1,9}))(px|pt|%|r?em|ex|ch|mm)", re.IGNORECASE)
_UPWARD = regex(r"translate(?:y\(|3?d?\([^,]{1,40},)\s*([^),]{1,40})", re.IGNORECASE)
# Text moved this far is set high or low; icons and the like are moved less.
_LEAST_SHIFT = {"px": 2.0, "pt": 2.0, "%": 20.0, "mm": 0.7}
_LEAST_SHARE = 0.2
# What a style sheet may set high or low by its class, whatever stands around it.
_INLINE = ("span", "font", "a", "i", "em", "b", "strong", "small")
_CLASS = regex(rf"(?:{'|'.join(_INLINE)})?\.([\w-]{{1,100}})")
_BRACE = regex(r"[{}]")


def position(element: Element) -> Position:
    """Whether an element's own style sets its text high or low; "" where it does not say."""
    declared = {name.lower(): value.strip().lower() for name, value in _DECLARED.findall(element.get("style", ""))}
    aligned = declared.get("vertical-align", "")
    for value in (aligned, *map(declared.get, ("font-variant-position", "baseline-shift", "mso-text-raise"))):
        if value and (found := _WORDS.get(value.split()[0]) or _moved(value)):
            return found
    if element.tag not in _INLINE:
        return ""
    return _moved_away(declared) or _at_edge(element, aligned.partition(" ")[0], "font-size" in declared)


def _moved(length: str, up: int = 1) -> Position:
    """Where a length moves text to; `up` is 1 where it counts upward, else -1."""
    found = _LENGTH.search(length)
    shift = up * float(found[1]) if found else 0.0
    if not found or abs(shift) < _LEAST_SHIFT.get(found[2].lower(), _LEAST_SHARE):
        return ""
    return "raised" if shift > 0 else "lowered"


def _moved_away(declared: dict[str, str]) -> Position:
    """Where text is moved to from where it stands."""
    if declared.get("position") == "relative":
        found = _moved(declared.get("top", ""), -1) or _moved(declared.get("bottom", ""))
        if found:
            return found
    along = _UPWARD.search(declared.get("transform", ""))
    # "translate: 0 -4px"
    second = declared.get("translate", "").split()[1:2]
    return _moved(along[1] if along else second[0] if second else "", -1)


def _at_edge(element: Element, aligned: str, small: bool) -> Position:
    """Where text stands that is aligned with the top or the bottom of its line: right behind a word, or in small type.

    Whole paragraphs and cells are aligned so too, and are not set high.
    """
    before = element.getprevious()
    text = (before.tail if before is not None else element.getparent().text) or ""
    if aligned not in ("top", "bottom") or not (small or text[-1:].isalnum()):
        return ""
    return "raised" if aligned == "top" else "lowered"


def set_positions(root: Element) -> None:
    """Give text that a style sheet sets high or low by its class that style itself."""
    positions = {
        named[1]: ";".join(f"{name}:{value}" for name, value in moved)
        for sheet in root.iter("style")
        for selectors, declared in _rules(sheet.text or "")
        if (moved := _DECLARED.findall(declared))
        for selector in selectors.split(",")
        if (named := _CLASS.fullmatch(selector.split()[-1] if selector.split() else ""))
    }
    for element in root.iter(*_INLINE) if positions else ():
        styles = [positions[name] for name in element.get("class", "").split() if name in positions]
        if styles:
            element.set("style", ";".join([*styles, element.get("style", "")]))


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """The selectors and declarations of a style sheet's rules, those for some media only ("@media") left out."""
    depth = start = 0
    selectors = ""
    for brace in _BRACE.finditer(sheet):
        if brace[0] == "{":
            if not depth:
                selectors, start = sheet[start : brace.start()], brace.end()
            depth += 1
        elif depth <= 1:
            if "@" not in selectors:
                yield selectors, sheet[start : brace.start()]
            depth, start, selectors = 0, brace.end(), ""
        else:
            depth -= 1
