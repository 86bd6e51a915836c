"""Write the numbers of lists as word processors show them: 3, c, iii, C, III."""

from collections.abc import Callable, Mapping

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
# Bullets are glyphs of symbol fonts more often than not; what they look like is a dot, but for these.
_BULLETS = "-–—•◦▪■□►→✓*+·"
BULLET = "•"


def roman(number: int) -> str:
    """1 as "i", 4 as "iv"; "" below 1, and the digits above 3999."""
    if number > 3999:
        return str(number)
    text = ""
    for value, sign in _ROMAN:
        while number >= value:
            text += sign
            number -= value
    return text


def letters(number: int) -> str:
    """1 as "a", 26 as "z", 27 as "aa", as Word and LibreOffice count; "" below 1."""
    if number < 1:
        return ""
    return chr(ord("a") + (number - 1) % 26) * min(1 + (number - 1) // 26, 20)


# By the names of Word, of OpenDocument (`style:num-format`) and of HTML (`<ol type>`).
FORMATS: Mapping[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02}",
    "lowerLetter": letters,
    "upperLetter": lambda number: letters(number).upper(),
    "lowerRoman": roman,
    "upperRoman": lambda number: roman(number).upper(),
    "none": lambda _: "",
    "": lambda _: "",
    "1": str,
    "a": letters,
    "A": lambda number: letters(number).upper(),
    "i": roman,
    "I": lambda number: roman(number).upper(),
}


def list_number(number: int, numbering: str) -> str:
    """`number` in that format; in digits where the format is none that is known."""
    return FORMATS.get(numbering, str)(number)


def bullet(sign: str) -> str:
    """The sign of an unnumbered list, a dot where it is a glyph of a symbol font."""
    sign = sign.strip()
    return sign if sign and all(character in _BULLETS for character in sign) else BULLET if sign else ""
