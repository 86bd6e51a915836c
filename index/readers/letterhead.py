"""What a letterhead says under its own labels: date, subject, reference.

A ministry's letter has them on its first page, in a header or a frame that
is no part of the running text. Only what is printed counts: the hidden
properties of a Word file keep the date of a draft or of another letter.
"""

import re
from collections.abc import Iterable
from datetime import date

from index.language.regex import regex
from index.language.values.dates import read_date

_LABELS = {
    "datum": "date",
    "betreft": "subject",
    "onderwerp": "subject",
    "ons kenmerk": "reference",
    "onze referentie": "reference",
    "kenmerk": "reference",
}
_REFERENCE = regex(r"(?=\S*\d)[\w.-]+(?:\s?/\s?[\w.-]+)*")
_LABEL = regex(rf"\s*({'|'.join(_LABELS)})\s*:?\s*", re.IGNORECASE)


def letterhead(lines: Iterable[str]) -> dict[str, str | date]:
    """The `date`, `subject` and `reference` that follow their label, on its line or the next; the first of each."""
    found: dict[str, str | date] = {}
    label = ""
    for line in (" ".join(line.split()) for line in lines):
        match = _LABEL.match(line)
        value = line
        if match and (match.end() == len(line) or line[match.end() - 1] in ": "):
            label, value = _LABELS[match[1].lower()], line[match.end() :]
        if label and value:
            if stated := _read(label, value):
                found.setdefault(label, stated)
            label = ""
    return found


def _read(label: str, value: str) -> str | date | None:
    """What stands behind a label, None where it is none of that kind."""
    if label == "date":
        return read_date(value)
    return value if label != "reference" or _REFERENCE.fullmatch(value) else None
