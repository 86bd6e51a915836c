"""Read a date as Dutch documents write it ("12 maart 2024", "12-03-2024" or "2024-03-12"), and write one in Dutch."""

import re
from datetime import date

MONTHS = tuple("januari februari maart april mei juni juli augustus september oktober november december".split())
MONTH = f"(?:{'|'.join(MONTHS)})"
"""Regular expression of a Dutch month's whole name; it holds no group."""

_ENGLISH = tuple("january february march april may june july august september october november december".split())
_ISO = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_DIGITS = re.compile(r"\b(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})\b")
_WORDS = re.compile(r"\b(\d{1,2})\s+([a-z]{3,9})\.?\s+(\d{4})\b", re.IGNORECASE)


def read_date(text: str) -> date | None:
    """The first date that `text` states, None where it states none or one that does not exist."""
    if match := _ISO.search(text):
        return _date(int(match[1]), int(match[2]), int(match[3]))
    if match := _DIGITS.search(text):
        return _date(int(match[3]), int(match[2]), int(match[1]))
    if match := _WORDS.search(text):
        return _date(int(match[3]), month_number(match[2].lower()), int(match[1]))
    return None


def written_date(day: date) -> str:
    """A date as a Dutch reference has it: "12 maart 2024"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def month_number(name: str) -> int:
    """The month, 1..12, by its Dutch or English name or first three letters; 0 for no month."""
    for months in (MONTHS, _ENGLISH):
        for number, month in enumerate(months, start=1):
            if name == month or name == month[:3]:
                return number
    return 3 if name == "mrt" else 0


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
