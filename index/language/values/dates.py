"""Read dates as Dutch documents and questions write them, and write one in Dutch.

A day: "12 maart 2024", "12-03-2024", "12/3/'24" or "2024-03-12"; a month:
"maart 2024"; a quarter: "eerste kwartaal 2024", "Q1 2024".
"""

import re
from collections.abc import Callable, Iterator
from datetime import date

from index.language.regex import regex
from index.language.span import Span

MONTHS = tuple("januari februari maart april mei juni juli augustus september oktober november december".split())
MONTH = f"(?:{'|'.join(MONTHS)})"
"""Regular expression of a Dutch month's whole name; it holds no group."""

_ENGLISH = tuple("january february march april may june july august september october november december".split())
_ISO = regex(r"\b(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
# Of two digits, a year has an apostrophe, or no points before it, as the number of a section has.
_DIGITS = regex(r"\b(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|['’‘]\d{2}|(?<!\.)\d{2})(?![-/.]?\d)")
_SHORT = "jan|feb|mrt|mar|apr|jun|jul|aug|sep|sept|okt|oct|nov|dec"
_NAME = rf"(?:(?=[jfmasond])(?:{'|'.join((*MONTHS, *_ENGLISH))}|(?:{_SHORT})\b\.?))"
_YEAR = r"(?:\d{4}|['’‘]\d{2})"
_WORDS = regex(rf"\b(\d{{1,2}})(?:e|ste|de|st|nd|rd|th)?\s+(?:of\s+)?({_NAME}),?\s+({_YEAR})(?!\d)", re.IGNORECASE)
# A year that has every day.
_LEAP_YEAR = 2000
# "6 en 19 mei 2020": the days before the last.
_DAYS_BEFORE = regex(r"\b(\d{1,2})(?:e|ste|de)?\s*(?:,|-|en|and|t/m|tot(?:\s+en\s+met)?)\s*$")
_AMERICAN = regex(rf"\b({_NAME})\s+(\d{{1,2}})(?:st|nd|rd|th)?,\s*({_YEAR})(?!\d)", re.IGNORECASE)
_MONTH_YEAR = regex(rf"\b({_NAME})\s+(?:van\s+|of\s+)?({_YEAR})(?!\d)", re.IGNORECASE)
_DAY_MONTH = regex(rf"\b(\d{{1,2}})\s+({'|'.join(MONTHS)})\b(?!\s+['’‘]?\d)", re.IGNORECASE)
_QUARTERS = {
    **{word: n for n, word in enumerate("eerste tweede derde vierde".split(), start=1)},
    **{word: n for n, word in enumerate("first second third fourth".split(), start=1)},
    "laatste": 4, "last": 4,
}  # fmt: skip
_QUARTER = regex(
    rf"\b(?=[efstvdlqk\d])(?:(?:(?P<word>{'|'.join(_QUARTERS)})|(?P<count>[1-4])(?:e|ste|de|st|nd|rd|th))\s+(?:kwartaal|quarter)"
    rf"|[QK](?P<short>[1-4])|kwartaal\s+(?P<behind>[1-4]))\s*(?:(?:van|in|of)\s+)?(?P<year>{_YEAR})(?!\d)"
    r"|\b(?P<before>\d{4})[- ]?[QK](?P<last>[1-4])\b",
    re.IGNORECASE,
)


def read_date(text: str) -> date | None:
    """The first date that `text` states, None where it states none or one that does not exist."""
    for pattern, read in _DAYS:
        if match := pattern.search(text):
            return read(match)
    return None


def days_and_periods(text: str) -> Iterator[tuple[str, Span]]:
    """The days ("2025-05-12" or "05-12"), months ("2025-05") and quarters ("2025-Q2") that `text` names, and where.

    Those of one form after the other; a day has a month inside it.
    """
    for pattern, read in _DAYS:
        for match in pattern.finditer(text):
            if (day := read(match)) is None:
                continue
            yield day.isoformat(), Span(*match.span())
            before = _DAYS_BEFORE.search(text, max(0, match.start() - 20), match.start()) if pattern is _WORDS else None
            if before and (other := _date(day.year, day.month, int(before[1]))):
                yield other.isoformat(), Span(*before.span())
    for match in _MONTH_YEAR.finditer(text):
        yield f"{_year(match[2])}-{month_number(match[1].lower().rstrip('.')):02}", Span(*match.span())
    for match in _DAY_MONTH.finditer(text):
        if day := _date(_LEAP_YEAR, month_number(match[2].lower()), int(match[1])):
            yield day.isoformat()[5:], Span(*match.span())
    for match in _QUARTER.finditer(text):
        quarter = match["count"] or match["short"] or match["behind"] or match["last"]
        quarter = quarter or _QUARTERS[match["word"].lower()]
        yield f"{_year(match['year'] or match['before'])}-Q{quarter}", Span(*match.span())


def written_date(day: date) -> str:
    """A date as a Dutch reference has it: "12 maart 2024"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def month_number(name: str) -> int:
    """The month, 1..12, by its Dutch or English name or first three letters; 0 for no month."""
    for months in (MONTHS, _ENGLISH):
        for number, month in enumerate(months, start=1):
            if name == month or name == month[:3]:
                return number
    return {"mrt": 3, "sept": 9}.get(name, 0)


def _year(written: str) -> int:
    """The year of four digits, or of two: those of the last century from 1950 on."""
    number = int(written[-2:]) if len(written) < 4 else int(written)
    return number if len(written) == 4 else number + (1900 if number >= 50 else 2000)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


_DAYS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], date | None]], ...] = (
    (_ISO, lambda match: _date(int(match[1]), int(match[2]), int(match[3]))),
    (_DIGITS, lambda match: _date(_year(match[4]), int(match[3]), int(match[1]))),
    (_WORDS, lambda match: _date(_year(match[3]), month_number(match[2].lower().rstrip(".")), int(match[1]))),
    (_AMERICAN, lambda match: _date(_year(match[3]), month_number(match[1].lower().rstrip(".")), int(match[2]))),
)
