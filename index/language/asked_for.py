"""What kind of thing a question asks for, a number, a moment or only a yes, and whether a text states one."""

import re

from index.language.analyser import is_number, words
from index.language.regex import regex
from index.language.values.dates import days_and_periods

_ASKS_NUMBER = regex(
    r"\b(?:hoeveel|aantal|how (?:many|much)|hoe (?:vaak|hoog|groot|lang|duur)|"
    r"welk (?:bedrag|aandeel|percentage)|what (?:percentage|share|amount))\b",
    re.IGNORECASE,
)
_ASKS_MOMENT = regex(
    r"\b(?:wanneer|when|(?:welke?|what|which) (?:jaar|datum|dag|maand|year|date|day|month))\b",
    re.IGNORECASE,
)
_YEAR = regex(r"(?:19|20)\d\d")
_KNOWN = regex(r"\b(?:kent u|bekend met|op de hoogte van|kennis (?:heeft )?genomen|kennisgenomen)\b", re.IGNORECASE)


def asks_number(question: str) -> bool:
    """Whether a question, Dutch or English, asks how many or how much."""
    return _ASKS_NUMBER.search(question) is not None


def asks_moment(question: str) -> bool:
    """Whether a question, Dutch or English, asks when."""
    return _ASKS_MOMENT.search(question) is not None


def asks_whether_known(question: str) -> bool:
    """Whether a member asks if a report is known, as they begin, to say what their questions are about."""
    return _KNOWN.search(question) is not None


def states_number(text: str) -> bool:
    """Whether a text has a number, in figures or in words, that is no year."""
    return any(is_number(word) and not _YEAR.fullmatch(word) for word in words(text))


def states_moment(text: str) -> bool:
    """Whether a text names a year, a day, a month or a quarter."""
    return any(map(_YEAR.fullmatch, words(text))) or any(days_and_periods(text))
