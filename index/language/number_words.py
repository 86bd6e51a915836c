"""Numbers as they are searched: one form for "10.000" and "10000", and digits beside "vijftien" and "fifteen"."""

import re

_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3})+")

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
