"""Write a formula (MathML) on one line: exponents raised, indices lowered, fractions with a stroke."""

from collections.abc import Iterator
from itertools import chain, repeat

from index.readers.raised_figures import Position, shifted
from index.readers.xml_tree import Element

# Where the parts of an element stand.
_PARTS: dict[str, tuple[Position, ...]] = {
    "msup": ("", "raised"),
    "mover": ("", "raised"),
    "msub": ("", "lowered"),
    "munder": ("", "lowered"),
    "msubsup": ("", "lowered", "raised"),
    "munderover": ("", "lowered", "raised"),
}
# What says the formula a second time.
REPEATED = frozenset(("annotation", "annotation-xml"))
_SPACED = frozenset("=<>≤≥≈≠±×·→")


def set_strokes(root: Element) -> None:
    """Write the strokes of fractions into the formulas of a page, in which white space says nothing."""
    for element in [inner for outer in root.xpath("//math[not(ancestor::math)]") for inner in outer.iter()]:
        if element.tag == "mfrac" and len(element) > 1:
            element[0].tail = "/"
        elif element.tag in ("mtd", "mtr"):
            element.tail = " "
        elif element.tag != "math" and not (element.tail or "").strip():
            element.tail = None
        if len(element) and not (element.text or "").strip():
            element.text = None


def formula(element: Element, position: Position = "") -> Iterator[str]:
    """The pieces of a formula's text in order."""
    tag = element.tag
    if not isinstance(tag, str) or tag in REPEATED:
        return
    if tag == "msqrt":
        yield "√"
    if text := " ".join((element.text or "").split()):
        yield f" {text} " if tag == "mo" and text in _SPACED else shifted(text, position)
    places = chain(_PARTS.get(tag, ()), repeat(position))
    for child, place in zip(element, places, strict=False):
        yield from formula(child, place or position)
        if text := " ".join((child.tail or "").split()):
            yield shifted(text, position)
