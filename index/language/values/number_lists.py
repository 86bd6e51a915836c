"""Lists of question numbers: "3", "2, 3 en 4", "2 t/m 4", "7, 8, en 9", and as people type them "1,3,5-8"."""

import re

from index.language.regex import regex

_RANGE = r"t\s*/\s*m\.?|tm|tot\s+en\s+met|tot|[-–—]"
_JOIN = rf"(?:\s*(?:,|;)\s*(?:en\s+|alsmede\s+)?|\s+(?:en|alsmede)\s+|\s*(?:&|\+|/|{_RANGE})\s*)"
_AGAIN = r"(?:(?:de\s+)?(?:vra(?:ag|gen)|nrs?\.?)\s+)?"
# Of "5a" and "5.b" the number counts: question 5 is asked in parts.
_NUMBER = r"\d{1,4}(?:\.?[a-h](?![\w.]))?(?![\d%€])"

NUMBER_LIST = rf"{_NUMBER}(?:{_JOIN}{_AGAIN}{_NUMBER})*"
"""Regular expression of such a list in a heading; it holds no group."""

_STEP = regex(rf"(?P<range>\s*(?:{_RANGE}|\.\.+)\s*{_AGAIN})?(?P<number>\d+)", re.IGNORECASE)
# In a document a wider range is a year or a typing error, not a list of questions.
_WIDEST = 200


def number_list(text: str, *, widest: int = _WIDEST, either_way: bool = False) -> tuple[int, ...]:
    """The numbers of such a list in its order, ranges written out, each once.

    A range of more than `widest` numbers is its two ends, and so is one that
    runs backwards, but where it may be typed `either_way` round.
    """
    found: list[int] = []
    for step in _STEP.finditer(text):
        number = int(step["number"])
        if step["range"] and found:
            first, last = sorted((found[-1], number)) if either_way else (found[-1], number)
            if first < last <= first + widest:
                found[-1:] = range(first, last + 1)
                continue
        found.append(number)
    return tuple(dict.fromkeys(found))
