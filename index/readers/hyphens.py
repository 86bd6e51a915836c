"""Decide what a hyphen at the end of a line is: a soft one, set only to break the word, or the author's.

First the document itself decides: it may have the word elsewhere, unbroken,
with or without a hyphen, or another word of the same name or abbreviation
("Wob-verzoek", so "Wob-artikelen"). Then the rules of Dutch spelling (Leidraad
bij Het Groene Boekje, 6.6-6.9 on the hyphen): it stays before a capital or a
figure, after an abbreviation, a single letter or a figure, after "niet" and
the like, between vowels that would be read as one, and where a part is left
out ("in- en uitvoer", with a space). A name keeps it before a word ("Shell-
papers") where the words that are spelt right have the two, and not the one
that they would be together. Anything else was broken to fit the line.
"""

import re
from collections.abc import Set as AbstractSet
from functools import cache
from typing import Literal

from index.language.analyser import fold
from index.language.known_words import KNOWN_WORDS, met_words
from index.language.regex import regex
from index.settings import WORD_ENCODER

Ending = Literal["soft", "kept", "kept before a space"]

_LINKING = frozenset("en of resp. respectievelijk c.q. versus".split())
# These are also the ends of words: "zo-als", "aldan-noch".
_SELDOM_LINKING = frozenset("als dan noch".split())
_WITH_HYPHEN = frozenset("niet oud adjunct aspirant kandidaat collega interim quasi".split())
_IN_A_CHAIN = frozenset("op en of in aan een de het te tot door van met om niet non ex".split())
_ABBREVIATIONS = frozenset(
    "cao ngo wmo aow wao wia ov ic eu vn ai ict uwv hiv soa ic oz pfas tozo bes asiel-id io ie".split()
)
# Capitals of laws and the like that can be said as a word; no Dutch syllable that is broken off is written so.
_SAID_AS_WORDS = frozenset("wob woo awb avg wjz wnt wft wlz wbp opw bbk zbo bio wro wabo bibob ggd".split())
# A code goes on with figures, strokes or capitals: "AT-EZK/7992541".
_CODE = regex(r"[A-Z]*[\d/]|[A-Z]{2,5}\b")
# So many letters of two words are alike where one is a form of the other.
_STEM = 4
_SHORTEST_NAME = 3
# "ex-minister" and "ex-partner", but "ex-tern", "ex-pert", "ex-clusief" broken at a syllable.
_FORMER = regex(r"partner|president|premier|politic|pr(?!es)|[bdfgjklmnrvwz]|s(?!t)")
_NOT = regex(r"(?!sens|chal)")
_CLASHES = frozenset("aa ae ai au ee ei eu ii ij oe oi oo ou ui uu".split())
_VOWEL = regex(r"[aeiouyàáâäèéêëìíîïòóôöùúûü]")
_IN_TWO_VOWELS = regex(r"[^aeiou]u$")
_EDGES = regex(r"^[^\w]+|[^\w-]+$")
_ENDS_OF_OLDEST = regex(r"ste[nr]?\b|heid|heden|je")


def ending(before: str, after: str, words: AbstractSet[str]) -> Ending:
    """What the hyphen at the end of `before` is, `after` being the first word of the next line.

    `words` are the words of the document in lower case that no line end breaks.
    """
    stem = _EDGES.sub("", before[:-1])
    rest = _EDGES.sub("", after)
    if not stem or not rest:
        return "kept before a space" if not rest else "kept"
    joined, hyphenated = (stem + rest).lower(), f"{stem}-{rest}".lower()
    if hyphenated in words and joined not in words:
        return "kept"
    # A word is never broken before "en" but behind a vowel: "individu-en", yet "milieu- en"; and "GGD-en, die".
    if after.lower() in _LINKING and not (_IN_TWO_VOWELS.search(stem.lower()) and (joined in words or rest == "en")):
        return "kept before a space"
    if rest.lower() in _SELDOM_LINKING and joined not in words and len(stem) > 3:
        return "kept before a space"
    if joined in words:
        return "soft"
    return "kept" if _is_authors(stem, rest) or _is_written_so(stem, rest, words) else "soft"


def _is_written_so(stem: str, rest: str, words: AbstractSet[str]) -> bool:
    """Whether the document writes a form of the word with a hyphen elsewhere, or other words of the same name so."""
    first, name = f"{stem}-".lower(), stem[0].isupper()
    alike = first + rest.lower()[:_STEM]
    with_hyphen = [word for word in words if word.startswith(first) and (name or word.startswith(alike))]
    if not with_hyphen or len(rest) < _STEM:
        return False
    # "Rijks-" may be the first part of "rijksoverheid" as well.
    return not any(
        word.startswith(stem.lower()) and word[len(stem)].isalpha() for word in words if len(word) > len(stem)
    )


def _is_authors(stem: str, rest: str) -> bool:
    """Whether Dutch spelling has a hyphen between the two."""
    match = re.search(r"[^\W\d_]+$", stem)
    if match is None:
        return True
    last = match[0]
    if last.lower() in _SAID_AS_WORDS or (last.isupper() and _CODE.match(rest)):
        return True
    if not rest[0].islower() and not (stem.isupper() and rest.isupper() and _VOWEL.search(last.lower())):
        return True
    first = rest.partition("-")[0].lower() if "-" in rest else ""
    if ("-" in stem and last.lower() in _IN_A_CHAIN) or first in _IN_A_CHAIN:
        return True
    if _is_name(stem, last, rest):
        return True
    return _is_short_form(last, rest) or _is_prefix(last.lower(), rest.lower()) or _clash(last.lower(), rest.lower())


def _is_name(stem: str, last: str, rest: str) -> bool:
    """Whether a name stands before a word of its own: both are right alone, and what they make together is not."""
    if not ((last[0].isupper() and not last.isupper()) or "-" in stem) or min(len(last), len(rest)) < _SHORTEST_NAME:
        return False
    known = _right_words()
    one, other = fold(last), fold(rest)
    # What is the first part of other words is no name: "Kansspel-autoriteit".
    if other not in known or one + other in known:
        return False
    if one not in known:
        is_compound = any(one[:end] in known for end in range(_STEM, len(one)))
        return min(len(one), len(other)) > _STEM and not is_compound and not _begins_others(one, 0)
    return "-" in stem or not _begins_others(one, 2)


@cache
def _right_words() -> frozenset[str]:
    """The words that are spelt right."""
    return met_words(WORD_ENCODER / KNOWN_WORDS)


@cache
def _begins_others(word: str, few: int) -> bool:
    """Whether more than a few of the words that are spelt right begin with a word and go on."""
    known = _right_words()
    longer = len(word) + (_STEM if few else 0)
    return sum(other.startswith(word) and len(other) > longer for other in known) > few


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
