"""Decide what a hyphen at the end of a line is: a soft one, set only to break the word, or the author's.

First the document itself decides: it may have the word elsewhere, unbroken,
with or without a hyphen. Then the rules of Dutch spelling (Leidraad bij Het
Groene Boekje, 6.6-6.9 on the hyphen): it stays before a capital or a figure,
after an abbreviation, a single letter or a figure, after "niet" and the like,
between vowels that would be read as one, and where a part is left out ("in-
en uitvoer", with a space). Anything else was broken to fit the line.
"""

import re
from collections.abc import Set as AbstractSet
from typing import Literal

Ending = Literal["soft", "kept", "kept before a space"]

_LINKING = frozenset("en of resp. respectievelijk c.q. versus".split())
# These are also the ends of words: "zo-als", "aldan-noch".
_SELDOM_LINKING = frozenset("als dan noch".split())
_WITH_HYPHEN = frozenset("niet oud adjunct aspirant kandidaat collega interim quasi".split())
_IN_A_CHAIN = frozenset("op en of in aan een de het te tot door van met om niet non ex".split())
_ABBREVIATIONS = frozenset(
    "cao ngo wmo aow wao wia ov ic eu vn ai ict uwv hiv soa ic oz pfas tozo bes asiel-id io ie".split()
)
# "ex-minister" and "ex-partner", but "ex-tern", "ex-pert", "ex-clusief" broken at a syllable.
_FORMER = re.compile(r"partner|president|premier|politic|pr(?!es)|[bdfgjklmnrvwz]|s(?!t)")
_NOT = re.compile(r"(?!sens|chal)")
_CLASHES = frozenset("aa ae ai au ee ei eu ii ij oe oi oo ou ui uu".split())
_VOWEL = re.compile(r"[aeiouyàáâäèéêëìíîïòóôöùúûü]")
_IN_TWO_VOWELS = re.compile(r"[^aeiou]u$")
_EDGES = re.compile(r"^[^\w]+|[^\w-]+$")
_ENDS_OF_OLDEST = re.compile(r"ste[nr]?\b|heid|heden|je")


def ending(before: str, after: str, words: AbstractSet[str]) -> Ending:
    """What the hyphen at the end of `before` is, `after` being the first word of the next line.

    `words` are the words of the document in lower case that no line end breaks.
    """
    stem = _EDGES.sub("", before[:-1])
    rest = _EDGES.sub("", after)
    if not stem or not rest:
        return "kept before a space" if not rest else "kept"
    joined, hyphenated = (stem + rest).lower(), f"{stem}-{rest}".lower()
    # A word is never broken before "en" but behind a vowel: "individu-en", yet "milieu- en".
    if rest.lower() in _LINKING and not (_IN_TWO_VOWELS.search(stem.lower()) and (joined in words or rest == "en")):
        return "kept before a space"
    if rest.lower() in _SELDOM_LINKING and joined not in words and len(stem) > 3:
        return "kept before a space"
    if joined in words or hyphenated in words:
        return "soft" if joined in words else "kept"
    return "kept" if _is_authors(stem, rest) else "soft"


def _is_authors(stem: str, rest: str) -> bool:
    """Whether Dutch spelling has a hyphen between the two."""
    match = re.search(r"[^\W\d_]+$", stem)
    if match is None:
        return True
    last = match[0]
    if not rest[0].islower() and not (stem.isupper() and rest.isupper() and _VOWEL.search(last.lower())):
        return True
    first = rest.partition("-")[0].lower() if "-" in rest else ""
    if ("-" in stem and last.lower() in _IN_A_CHAIN) or first in _IN_A_CHAIN:
        return True
    return _is_short_form(last, rest) or _is_prefix(last.lower(), rest.lower()) or _clash(last.lower(), rest.lower())


def _is_short_form(last: str, rest: str) -> bool:
    """An abbreviation, a letter, or anything with a figure or a capital inside."""
    if len(last) < 2:
        return True
    capitals = any(letter.isupper() for letter in last[1:]) and not rest.isupper()
    return capitals or not _VOWEL.search(last.lower()) or last in _ABBREVIATIONS


def _is_prefix(last: str, rest: str) -> bool:
    if last == "ex":
        return bool(_FORMER.match(rest))
    if last == "non":
        return bool(_NOT.match(rest))
    return last in _WITH_HYPHEN and not _ENDS_OF_OLDEST.match(rest)


def _clash(last: str, rest: str) -> bool:
    """Whether the vowels on both sides would be read as one ("zee-eend"); the hyphen keeps them apart."""
    return last[-1] + rest[0] in _CLASHES
