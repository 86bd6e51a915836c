"""Write raised and lowered figures as the characters that they are: 10⁶, m², CO₂.

A format says "a 6, set high"; as an ordinary digit it would read as part of
the number before it. Letters stay as they are: 2e is 2e, also where the e is
set high.
"""

from typing import Literal

from index.language.regex import regex

Position = Literal["raised", "lowered", ""]

_FIGURES = {
    "raised": str.maketrans("0123456789+-−()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾"),
    "lowered": str.maketrans("0123456789+-−()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₍₎"),
}
_LEADING = regex(r"[+\-−]?\d+")
# Longer text that is set high or low is small print, not the figure of a number before it.
_LONGEST = 12


def shifted(text: str, position: Position) -> str:
    """`text` as it reads where it is set high or low; unchanged for "".

    Of text with letters only the figures that it begins with, which would
    read on from what stands before it.
    """
    if not position or not any(character.isdigit() or character in "+-−" for character in text):
        return text
    figures = _FIGURES[position]
    if not any(character.isalpha() for character in text):
        return text.translate(figures) if any(map(str.isdigit, text)) or not text.strip("+-− ") else text
    if len(text.strip()) > _LONGEST:
        return text
    return _LEADING.sub(lambda match: match[0].translate(figures), text, count=1) if _LEADING.match(text) else text
