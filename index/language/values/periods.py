"""Read a period as people type it behind "datum:": a year, a month, a day, or a range of them."""

import calendar
from datetime import date

from index.language.regex import regex
from index.language.values.dates import month_number

_RANGE = regex(r"\s*(?:\.\.+|…|t/m|tot en met|\btot\b|\bto\b|\buntil\b|(?<=\b\d{4})\s*[-–](?=\s*\d{4}\b))\s*")
_YEAR = regex(r"(\d{4})")
_ISO = regex(r"(\d{4})[-/](\d{1,2})(?:[-/](\d{1,2}))?")
_DUTCH = regex(r"(?:(\d{1,2})[-/.])?(\d{1,2})[-/.](\d{4})")
_WORDS = regex(r"(?:(\d{1,2})\s+)?([a-z]{3,9})\.?\s+(\d{4})")

Period = tuple[date | None, date | None]


def read_period(text: str) -> Period | None:
    """The first and the last day of the period that `text` names, None at an open end.

    "2021", "2021-03", "12 maart 2021", "2020-01..2021-06", "2020..", "2020-2021";
    a range may be typed either way round. None where `text` is no period, or
    names a day or month that does not exist.
    """
    ends = [end.strip() for end in _RANGE.split(text.strip().lower(), maxsplit=1)]
    if not any(ends):
        return None
    stretches = [_stretch(end) for end in ends if end]
    known = [stretch for stretch in stretches if stretch]
    if len(known) < len(stretches):
        return None
    return min(known)[0] if ends[0] else None, max(known)[1] if ends[-1] else None


def _stretch(text: str) -> tuple[date, date] | None:
    """The first and last day of one year, month or day."""
    if match := _YEAR.fullmatch(text):
        return _days(int(match[1]), None, None)
    if match := _ISO.fullmatch(text):
        return _days(int(match[1]), int(match[2]), match[3])
    if match := _DUTCH.fullmatch(text):
        return _days(int(match[3]), int(match[2]), match[1])
    if match := _WORDS.fullmatch(text):
        return _days(int(match[3]), month_number(match[2]), match[1])
    return None


def _days(year: int, month: int | None, day: str | None) -> tuple[date, date] | None:
    try:
        if month is None:
            return date(year, 1, 1), date(year, 12, 31)
        if day is not None:
            return date(year, month, int(day)), date(year, month, int(day))
        return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    except (ValueError, IndexError):
        # calendar.IllegalMonthError is one or both of these, by Python version.
        return None
