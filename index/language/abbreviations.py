"""Learn from a document what its abbreviations stand for, and let each find the other.

"Team Bestrijding Kinderpornografie en Kindersekstoerisme (TBKK)" defines an
abbreviation; so does "transnationaal seksueel kindermisbruik (hierna: TSK)".
The long form is found by Schwartz and Hearst's algorithm (Pacific Symposium on
Biocomputing 2003): the letters of the short form stand in the words before the
bracket, in their order, the first of them at the beginning of a word.
"""

from collections.abc import Mapping

from index.language.analyser import fold
from index.language.regex import regex

_DEFINITION = regex(
    r"(?<=[^\n()]{4})\((?:hierna(?: te noemen)?|ofwel|afgekort)?:?\s*[\"“‘']?"
    r"(?P<short>[A-Z][A-Za-z0-9]*[A-Z][A-Za-z0-9]{0,8})[\"”’']?\)"
)
_EDGE = regex(r"[\n()]")
# Code points that a long form may have.
_LONGEST = 200
_TOKEN = regex(r"[^\W_]+")
_WORD_START = regex(r"(?<![^\W_])[^\W_]")


def abbreviations(text: str) -> dict[str, str]:
    """By abbreviation what it stands for, as `text` defines it; the first definition of each counts."""
    found: dict[str, str] = {}
    for match in _DEFINITION.finditer(text):
        before = _EDGE.split(text[max(0, match.start() - _LONGEST) : match.start()])[-1]
        long = _long_form(match["short"], before)
        if long is not None:
            found.setdefault(match["short"], long)
    return found


def _long_form(short: str, before: str) -> str | None:
    """The shortest end of `before` that holds the letters of `short` in order; None where there is none.

    Of at most as many words as the short form has letters and five more, or twice as many.
    """
    words = before.split()[-min(len(short) + 5, 2 * len(short)) :]
    text = " ".join(words)
    folded, place = text.lower(), len(text)
    if len(fold(text)) != len(text):
        return None
    for number, letter in enumerate(reversed(short.lower()), start=1):
        place = folded.rfind(letter, 0, place)
        first = number == len(short)
        while place >= 0 and first and not _WORD_START.match(text, place):
            place = folded.rfind(letter, 0, place)
        if place < 0:
            return None
    long = text[place:].strip(" ,;:")
    return long if " " in long and short not in long.split() else None


def spelled_out(text: str, known: Mapping[str, str]) -> str:
    """`text`, followed by the long form of each abbreviation in it and the abbreviation of each long form."""
    if not known:
        return text
    folded, tokens = fold(text), set(_TOKEN.findall(text))
    added = []
    for short, long in known.items():
        has_short = short in tokens
        if has_short != (fold(long) in folded):
            added.append(long if has_short else short)
    return "\n".join([text, *added])
