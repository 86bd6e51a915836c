"""Lists of question numbers as headings write them: "3", "2, 3 en 4", "2 t/m 4", "7, 8, en 9"."""

import re

_RANGE = r"t\s*/\s*m\.?|tm|tot\s+en\s+met|tot|[-–—]"
_JOIN = rf"(?:\s*(?:,|;)\s*(?:en\s+|alsmede\s+)?|\s+(?:en|alsmede)\s+|\s*(?:&|\+|/|{_RANGE})\s*)"
_AGAIN = r"(?:(?:de\s+)?(?:vra(?:ag|gen)|nrs?\.?)\s+)?"
# Of "5a" and "5.b" the number counts: question 5 is asked in parts.
_NUMBER = r"\d{1,4}(?:\.?[a-h](?![\w.]))?(?![\d%€])"

NUMBER_LIST = rf"{_NUMBER}(?:{_JOIN}{_AGAIN}{_NUMBER})*"
"""Regular expression of such a list; it holds no group."""

_STEP = re.compile(rf"(?P<range>\s*(?:{_RANGE})\s*{_AGAIN})?(?P<number>\d+)", re.IGNORECASE)
# A wider range is a year or a typing error, not a list of questions.
_WIDEST = 200


def number_list(text: str) -> tuple[int, ...]:
    """The numbers of a list that matches NUMBER_LIST, ascending, ranges written out, each once."""
    found: list[int] = []
    for step in _STEP.finditer(text):
        number = int(step["number"])
        if step["range"] and found and found[-1] < number <= found[-1] + _WIDEST:
            found.extend(range(found[-1] + 1, number))
        found.append(number)
    return tuple(sorted(set(found)))
