"""Take typography out of a text, and keep where every character came from.

Only what a printer may choose is levelled: the form of quotation marks and
dashes and the spaces around dashes, kinds and runs of white space, invisible
hyphens and spaces, ligatures, the composition of accents, "…" for "...".
Letters, digits, capitals and all other marks stay, so that two texts that are
equal afterwards have the same words. Compatibility forms (², ½, full-width
digits) are left alone: they are other characters to a reader.
"""

import re
import unicodedata
from array import array
from dataclasses import dataclass
from functools import lru_cache

QUOTES = "'\"“”„‟‘’‚‛«»‹›`´′″"
DASHES = "-‐‑‒–—―−"
INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "ĳ": "ij", "Ĳ": "IJ"}
_SPACE = rf"[\s{INVISIBLE}]"
_SPECIAL = re.compile(
    rf"(?P<dash>{_SPACE}*[{DASHES}](?:{_SPACE}*[{DASHES}])*{_SPACE}*)"
    rf"|(?P<quote>(?:[{QUOTES}]|,,(?=\w)|(?<=[«‹])[\xa0\u2009\u202f]|[\xa0\u2009\u202f](?=[»›]))+)"
    rf"|(?P<space>{_SPACE}+)"
    rf"|(?P<ligature>[{''.join(_LIGATURES)}])"
    r"|(?P<ellipsis>…)"
    r"|(?P<composed>.[\u0300-\u034e\u0350-\u036f]+|[\u2126\u212a\u212b])"
)


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

    for match in _SPECIAL.finditer(text):
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
