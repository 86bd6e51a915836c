"""Numbers in words and digits: one form for "10.000" and "10000", and the value of "vijftien" and "twintigduizend"."""

import re
from decimal import Decimal
from functools import cache

from index.language.regex import regex

_THOUSANDS = regex(r"\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3})+")

_DUTCH = (
    "twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien achttien "
    "negentien"
).split()
_DUTCH_TENS = "twintig dertig veertig vijftig zestig zeventig tachtig negentig".split()
_ENGLISH = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen"
).split()
_ENGLISH_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()


def _compounds() -> dict[str, int]:
    """Dutch writes 21 to 99 as one word, the last digit first: "eenentwintig"."""
    ones = ["een", *_DUTCH[:8]]
    return {
        f"{one}en{ten}": 10 * (tens + 2) + digit
        for tens, ten in enumerate(_DUTCH_TENS)
        for digit, one in enumerate(ones, start=1)
    }


_VALUES = {
    **{word: value for value, word in enumerate(_DUTCH, start=2)},
    **{word: value for value, word in enumerate(_ENGLISH, start=2)},
    **{word: 10 * tens for tens, word in enumerate(_DUTCH_TENS, start=2)},
    **{word: 10 * tens for tens, word in enumerate(_ENGLISH_TENS, start=2)},
    **_compounds(),
    "honderd": 100,
    "hundred": 100,
    "duizend": 1000,
    "thousand": 1000,
}
# "De minister acht dit": far more often a verb than a number.
_NO_NUMBERS = frozenset({"acht"})


def one_form(number: str) -> str:
    """A number without the points or commas that only group its thousands; decimals stay: "10.000" is "10000"."""
    return re.sub(r"[.,]", "", number) if _THOUSANDS.fullmatch(number) else number


def digits(word: str) -> str | None:
    """A folded Dutch or English number word in digits, from two on; None for any other word."""
    if word in _NO_NUMBERS or word not in _VALUES:
        return None
    return str(_VALUES[word])


_ONES = {"een": 1, "één": 1, "one": 1, "acht": 8, "nul": 0}
_HALVES = {"half": "0.5", "een half": "0.5", "half a": "0.5", "anderhalf": "1.5", "anderhalve": "1.5"}
BEGINNINGS = tuple(
    sorted({*_ONES, *_VALUES, "half", "anderhal"} - set(_compounds()), key=lambda word: (-len(word), word))
)
"""What every number in words begins with, none of them hidden behind a shorter one before it."""


@cache
def number_value(written: str) -> Decimal | None:
    """The value of a number in lower-case words, from nought on; None for other words.

    "tweehonderdvijftig", "twintigduizend", "tweeënhalf", "anderhalf", and
    thousands in two words: "zeventigduizend tweehonderdvijftig".
    """
    if written in _HALVES:
        return Decimal(_HALVES[written])
    if half := re.fullmatch(r"(\w+?)(?:ën|en)half", written):
        ones = _whole(half[1])
        return None if ones is None else ones + Decimal("0.5")
    first, _, second = written.partition(" ")
    thousands, rest = _whole(first), _whole(second) if second else 0
    if thousands is None or rest is None or (second and (thousands % 1000 or not 0 < rest < 1000)):
        return None
    return Decimal(thousands + rest)


def _whole(word: str) -> int | None:
    """A whole number in one word."""
    if word in _ONES or word in _VALUES:
        return _ONES.get(word) or _VALUES.get(word, 0)
    for name in ("duizend", "honderd"):
        before, found, behind = word.partition(name)
        if found:
            times = _whole(before) if before else 1
            rest = _whole(behind.removeprefix("en")) if behind else 0
            return None if not times or rest is None else times * _VALUES[name] + rest
    return None
