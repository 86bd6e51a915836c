"""Take typography out of a text, and keep where every character came from.

Only what a printer may choose is levelled: the form of quotation marks and
dashes and the spaces around dashes, kinds and runs of white space, what cannot
be seen, ligatures, the composition of accents, "…" for "...", and "CO₂" for
"CO2". Letters, digits, capitals and all other marks stay, so that two texts
that are equal afterwards have the same words. Other compatibility forms (10²,
½, full-width digits) are left alone: they are other characters to a reader.
"""

import re
import unicodedata
from array import array
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from index.language.regex import regex

QUOTES = "'\"“”„‟‘’‚‛«»‹›`´′″❛❜❝❞〝〞〟＂＇ʻʼʽˮ"
DASHES = "-‐‑‒–—―−"
# Format characters (category Cf), control characters that are no white space (Cc), variation selectors and fillers, as
# ranges; not the few signs among them that are drawn. A test holds them against Unicode's own table.
_INVISIBLE = (
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f-\u1160\u17b4-\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f\U000e0100-\U000e01ef"
)
INVISIBLE = "".join(
    chr(code)
    for first, last in re.findall("(.)(?:-(.))?", _INVISIBLE)
    for code in range(ord(first), ord(last or first) + 1)
)
# Those that turn the direction of what follows: unseen between words, but behind one figures change their order.
_TURNING = "\u061c\u200f\u202b\u202e\u2067"
_HARMLESS = r"[\u061c\u200f](?!\W{0,40}\d)|[\u202b\u2067](?![^\u202c\u2069]{0,400}\d)"
_UNSEEN = "".join(character for character in INVISIBLE if character not in _TURNING)
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "ĳ": "ij", "Ĳ": "IJ"}
_FIGURES = dict(zip("₀₁₂₃₄₅₆₇₈₉²³", "012345678923", strict=True))


def _special(space: str) -> re.Pattern[str]:
    """What is levelled, where white space is this pattern."""
    return regex(
        rf"(?P<dash>{space}*[{DASHES}](?:{space}*[{DASHES}])*{space}*)|(?P<quote>(?:[{QUOTES}]|,,(?=\w)"
        rf"|(?<=[«‹])[\xa0\u2009\u202f]|[\xa0\u2009\u202f](?=[»›]))+)|(?P<space>{space}+)"
        rf"|(?P<ligature>[{''.join(_LIGATURES)}])|(?P<ellipsis>…)"
        # A figure set low behind a letter ("CO₂"), and the square of a measure, are often typed as plain figures.
        r"|(?P<figure>(?<=[^\W\d_])[₀-₉]|(?:(?<=\bm)|(?<=\b[cdhkm]m))[²³])"
        r"|(?P<composed>.[\u0300-\u034e\u0350-\u036f]+|[\u2126\u212a\u212b])"
    )


# The few that texts really hold, which are found much faster than all.
_USUAL = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_SPECIAL = _special(rf"[\s{_USUAL}]")
_SPECIAL_OF_ALL = _special(rf"(?:[\s{_UNSEEN}]|{_HARMLESS})")
_RARE = frozenset(INVISIBLE) - frozenset(_USUAL)


@dataclass(frozen=True, slots=True)
class Normalised:
    """A text without typography: character i came from `[starts[i], ends[i])` of the source."""

    text: str
    starts: "array[int]"
    ends: "array[int]"

    def source(self, start: int, end: int) -> tuple[int, int]:
        """The range of the source that `text[start:end]` came from; `start < end`."""
        return self.starts[start], self.ends[end - 1]


def normalised(text: str) -> Normalised:
    """`text` without typography, with the map back; an empty text gives an empty one."""
    parts: list[str] = []
    starts = array("L")
    ends = array("L")
    position = 0

    def keep(begin: int, end: int) -> None:
        parts.append(text[begin:end])
        starts.extend(range(begin, end))
        ends.extend(range(begin + 1, end + 1))

    special = _SPECIAL if _RARE.isdisjoint(text) else _SPECIAL_OF_ALL
    for match in special.finditer(text):
        if match[0] == " ":
            continue
        keep(position, match.start())
        level = _level(match)
        parts.append(level)
        starts.extend([match.start()] * len(level))
        ends.extend([match.end()] * len(level))
        position = match.end()
    keep(position, len(text))
    return Normalised("".join(parts), starts, ends)


def without(text: Normalised, starts: Collection[int]) -> Normalised:
    """The same without the characters that came from these places of the source."""
    kept = [place for place, start in enumerate(text.starts) if start not in starts]
    letters = "".join([text.text[place] for place in kept])
    return Normalised(letters, array("L", [text.starts[k] for k in kept]), array("L", [text.ends[k] for k in kept]))


@lru_cache(maxsize=4096)
def level(text: str) -> str:
    """Only the text of `normalised`, without white space around it."""
    return normalised(text).text.strip(" ")


def _level(match: re.Match[str]) -> str:
    found = match[0]
    if match["dash"]:
        return "-"
    if match["quote"]:
        return "'"
    if match["space"]:
        return _level_space(found)
    if match["ligature"]:
        return _LIGATURES[found]
    if match["figure"]:
        return _FIGURES[found]
    return "..." if match["ellipsis"] else unicodedata.normalize("NFC", found)


def _level_space(found: str) -> str:
    # A soft hyphen at the end of a line stands inside a word.
    if re.search("\u00ad[ \t]*\r?\n", found) or not any(character.isspace() for character in found):
        return ""
    return " "


def brief(text: str, longest: int) -> str:
    """The words of a text in one line of at most `longest` characters, an ellipsis where it goes on."""
    words = " ".join(text.split())
    return words if len(words) <= longest else f"{words[: longest - 1]}…"
