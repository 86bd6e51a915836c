"""Read the moments at which something will be done, as Dutch letters state them.

"voor de zomer", "in het derde kwartaal van 2026", "per 1 juli", "eind dit
jaar", "begin volgend jaar", "voor het kerstreces", "medio 2026", "binnen twee
weken", "met Prinsjesdag", "op korte termijn". A moment without a year is the
first of its kind on or after the day of the document. `by` is the last day of
what is stated; behind "voor" or "tot" the day before it, behind "vanaf" or
"per" its first day.
"""

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from index.language.regex import regex
from index.language.span import Span
from index.language.values.dates import MONTH, MONTHS, month_number

# First and last day of what recurs each year. Of a recess, which moves from year to year, the day on which it begins at
# the earliest; of a season, its astronomical days.
_YEARLY: dict[str, tuple[tuple[int, int], tuple[int, int]]] = {
    "voorjaarsreces": ((2, 13), (3, 8)), "meireces": ((4, 20), (5, 10)), "zomerreces": ((7, 1), (9, 5)),
    "herfstreces": ((10, 10), (10, 31)), "kerstreces": ((12, 18), (12, 31)),
    "voorjaar": ((3, 21), (6, 20)), "lente": ((3, 21), (6, 20)), "zomer": ((6, 21), (9, 22)),
    "najaar": ((9, 23), (12, 20)), "herfst": ((9, 23), (12, 20)), "winter": ((12, 21), (12, 31)),
    "kerstmis": ((12, 25), (12, 26)), "kerst": ((12, 25), (12, 26)), "jaarwisseling": ((12, 31), (12, 31)),
    "pasen": ((4, 1), (4, 25)),
}  # fmt: skip
_NUMBERS = {
    word: number
    for number, word in enumerate("een twee drie vier vijf zes zeven acht negen tien elf twaalf".split(), start=1)
} | {"één": 1}
_ORDINALS = {"eerste": 1, "tweede": 2, "derde": 3, "vierde": 4, "laatste": 4, "1e": 1, "2e": 2, "3e": 3, "4e": 4}
_YEAR = (
    r"(?:(?P<year>20\d\d)(?!\d)|(?P<relative>(?:dit|het huidige|het lopende|het) (?:kalender)?jaar|"
    r"(?:het )?(?:volgend|komend)e? (?:kalender)?jaar))"
)
_OF_YEAR = rf"(?:\s+(?:van\s+|in\s+)?{_YEAR})"
_BEFORE = (
    r"(?P<before>(?:v[oó]{2}r|tot|v[oó]{2}rafgaand aan)\s+)|(?:uiterlijk|ultimo)(?:\s+(?:in|op|per|met"
    r"|v[oó]{2}r))?\s+|(?:nog\s+)?(?:aan|in de loop van|gedurende|tijdens|rond|omstreeks|(?P<since>vanaf"
    r"|met ingang van|per)|in|op|met|tot en met|(?P<after>na)|later|nog|tegen|richting)\s+"
)
_LEAD = rf"(?:{_BEFORE})?"
_FORMS: dict[str, str] = {
    "day": rf"{_LEAD}(?:de\s+)?(?P<day>\d{{1,2}})\s+(?P<month>{MONTH})(?!\s+jl)\b(?:\s+(?P<year>\d{{4}}))?",
    "part": (
        rf"{_LEAD}(?:het\s+)?(?P<part>begin|medio|halverwege|midden|eind|einde)\s+(?:van\s+)?"
        rf"(?={MONTH}|20\d\d|dit|het|volgend|komend)(?:(?P<month>{MONTH})\b)?(?:\s*(?:van\s+|in\s+)?{_YEAR})?"
    ),
    "quarter": (
        rf"{_LEAD}(?:het\s+)?(?:(?P<ordinal>{'|'.join(_ORDINALS)})\s+kwartaal|q(?P<short>[1-4])|(?P<next>volgend"
        rf"|komend)e?\s+kwartaal)(?:{_OF_YEAR})?"
    ),
    "half": rf"{_LEAD}(?:de\s+)?(?P<ordinal>eerste|tweede)\s+(?:jaar)?helft{_OF_YEAR}?",
    "month": rf"{_LEAD}(?:de maand\s+)?(?<!\d\s)(?P<month>{MONTH})(?!\s+jl)\b(?:{_OF_YEAR})?",
    "yearly": (
        rf"{_LEAD}(?:(?:het|de|dit|deze|aankomende?|komende?|volgende?)\s+)*(?P<yearly>{'|'.join(_YEARLY)})"
        rf"(?:{_OF_YEAR})?"
    ),
    "budget": rf"{_LEAD}(?:de\s+)?(?P<budget>prinsjesdag|miljoenennota)(?:{_OF_YEAR})?",
    "within": (
        rf"(?P<within>binnen|over)\s+(?P<count>\d{{1,3}}|{'|'.join(_NUMBERS)})\s+"
        r"(?P<unit>dag(?:en)?|we(?:ek|ken)|maand(?:en)?|kwartalen|jaar|jaren)"
    ),
    "this": r"(?P<this>(?:deze|volgende|komende)\s+(?:week|maand))",
    "whole": rf"(?:{_BEFORE}){_YEAR}|(?:nog\s+|later\s+)?(?P<relative2>dit (?:kalender)?jaar"
        r"|(?:volgend|komend) jaar)",
    "loose": (
        r"op (?:zeer )?korte termijn|op (?:een )?later moment|te zijner tijd|spoedig|binnenkort|zo (?:spoedig"
        r"|snel) mogelijk(?: na [^,.;]+)?|binnen (?:afzienbare tijd|enkele \w+)|(?:in "
        r"|gedurende )?de komende (?:\w+ )?(?:tijd|periode|jaren|maanden|weken|dagen|kabinetsperiode)|(?:in|bij"
        r"|met) (?:de|het) (?:eerst)?volgende [^\W\d]+|(?:bij|voorafgaand aan|na|vanaf|met) de (?:inwerkingtreding"
        r"|instelling|publicatie|afronding|oplevering)(?: van (?:dit|deze|de|het) (?:nieuwe )?\w+)?"
    ),
}  # fmt: skip
# Texts of which one stands in every moment of that form, casefolded: to look for these is much faster.
_NEEDS: dict[str, tuple[str, ...]] = {
    "day": tuple(MONTHS),
    "part": ("begin", "medio", "halverwege", "midden", "eind"),
    "quarter": ("kwartaal", "q"),
    "half": ("eerste", "tweede"),
    "month": tuple(MONTHS),
    "yearly": tuple(_YEARLY),
    "budget": ("prinsjesdag", "miljoenennota"),
    "within": ("binnen", "over"),
    "this": ("maand", "week"),
    "whole": ("20", "jaar"),
    "loose": ("afrond", "binnen", "instell", "inwerking", "komend", "mogelijk", "moment", "oplever", "publicat",
              "spoedig", "termijn", "tijd", "volgend"),
}  # fmt: skip
# A line may end in the middle of a moment.
_PATTERNS = {name: regex(rf"\b(?:{form})\b".replace(" ", r"\s+"), re.IGNORECASE) for name, form in _FORMS.items()}
_ENDS_OF_PARTS = {"begin": (3, 10), "medio": (6, 15), "halverwege": (6, 15), "midden": (6, 15)}


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment as stated, and the last day of it; `by` is None where it states no day, or where the year is unknown."""

    span: Span
    by: date | None


def moments(text: str, stated: date | None) -> tuple[Moment, ...]:
    """The moments in `text`, in order, none within another; `stated` is the day of the document."""
    found = sorted(_found(text, stated), key=lambda m: (m.span.start, -m.span.end))
    kept = found[:1]
    for before, moment in pairwise(found):
        if moment.span.start >= max(before.span.end, kept[-1].span.end):
            kept.append(moment)
    return tuple(kept)


def _found(text: str, stated: date | None) -> Iterator[Moment]:
    folded = text.casefold()
    for name, pattern in _PATTERNS.items():
        if any(need in folded for need in _NEEDS[name]):
            for match in pattern.finditer(text):
                yield Moment(Span(*match.span()), _by(name, match, stated))


def _by(name: str, match: re.Match[str], stated: date | None) -> date | None:
    groups = {key: value.lower() for key, value in match.groupdict().items() if value}
    read = _READ.get(name)
    try:
        days = read(groups, stated) if read else None
        if days is None or "after" in groups:
            return None
        if "before" in groups:
            return days[0] - timedelta(days=1)
        return days[0 if "since" in groups else 1]
    except (ValueError, OverflowError):
        return None  # a day that does not exist


_Days = tuple[date, date] | None


def _year(groups: dict[str, str], stated: date | None) -> int | None:
    """The year that is named, None where there is none."""
    if "year" in groups:
        return int(groups["year"])
    relative = groups.get("relative") or groups.get("relative2")
    if relative is None or stated is None:
        return None
    return stated.year + relative.replace("het ", "").startswith(("volgend", "komend"))


def _of_year(groups: dict[str, str], stated: date | None, days: Callable[[int], tuple[date, date]]) -> _Days:
    """What recurs each year, in the year that is named, else where it comes next."""
    year = _year(groups, stated)
    if year is not None:
        return days(year)
    if stated is None:
        return None
    # "voor de zomer", said in the summer, is that of the next year.
    this = days(stated.year)
    passed = this[0] - timedelta(days=1) < stated if "before" in groups else this[1] < stated
    return days(stated.year + 1) if passed else this


def _day(groups: dict[str, str], stated: date | None) -> _Days:
    month, day = month_number(groups["month"]), int(groups["day"])
    return _of_year(groups, stated, lambda year: (date(year, month, day), date(year, month, day)))


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])


def _month(groups: dict[str, str], stated: date | None) -> _Days:
    month = month_number(groups["month"])
    return _of_year(groups, stated, lambda year: _months(year, month, month))


def _quarter(groups: dict[str, str], stated: date | None) -> _Days:
    if "next" in groups:
        if stated is None:
            return None
        year, quarter = divmod(stated.year * 4 + (stated.month - 1) // 3 + 1, 4)
        return _months(year, 3 * quarter + 1, 3 * quarter + 3)
    number = int(groups["short"]) if "short" in groups else _ORDINALS[groups["ordinal"]]
    return _of_year(groups, stated, lambda year: _months(year, 3 * number - 2, 3 * number))


def _half(groups: dict[str, str], stated: date | None) -> _Days:
    first = 6 * _ORDINALS[groups["ordinal"]] - 5
    return _of_year(groups, stated, lambda year: _months(year, first, first + 5))


def _part(groups: dict[str, str], stated: date | None) -> _Days:
    """The beginning, middle or end of a year or a month."""
    in_year, in_month = _ENDS_OF_PARTS.get(groups["part"], (12, 31))
    if "month" not in groups:
        year = _year(groups, stated)
        return None if year is None else _until(date(year, 1, 1), _months(year, 1, in_year)[1], in_year == 12)
    month = month_number(groups["month"])

    def days(year: int) -> tuple[date, date]:
        first, last = _months(year, month, month)
        return _until(first, min(last, first + timedelta(days=in_month - 1)), in_month == 31)

    return _of_year(groups, stated, days)


def _until(first: date, last: date, is_end: bool) -> tuple[date, date]:
    """Before the end of a period is any day of it, the last one too."""
    return last + timedelta(days=1) if is_end else first, last


def _yearly(groups: dict[str, str], stated: date | None) -> _Days:
    first, last = _YEARLY[groups["yearly"]]
    return _of_year(groups, stated, lambda year: (date(year, *first), date(year, *last)))


def _budget(groups: dict[str, str], stated: date | None) -> _Days:
    """The third Tuesday of September."""

    def days(year: int) -> tuple[date, date]:
        first = date(year, 9, 1)
        third = first + timedelta(days=(calendar.TUESDAY - first.weekday()) % 7 + 14)
        return third, third

    return _of_year(groups, stated, days)


def _within(groups: dict[str, str], stated: date | None) -> _Days:
    if stated is None:
        return None
    count, unit = _NUMBERS.get(groups["count"]) or int(groups["count"]), groups["unit"]
    if unit.startswith(("dag", "we")):
        last = stated + timedelta(days=count * (1 if unit.startswith("dag") else 7))
    else:
        months = count * (1 if unit.startswith("maand") else 3 if unit.startswith("kwart") else 12)
        year, month = divmod(stated.year * 12 + stated.month - 1 + months, 12)
        last = date(year, month + 1, min(stated.day, calendar.monthrange(year, month + 1)[1]))
    return last, last


def _this(groups: dict[str, str], stated: date | None) -> _Days:
    if stated is None:
        return None
    which, unit = groups["this"].split()
    later = int(which != "deze")
    if unit == "week":
        last = stated + timedelta(days=6 - stated.weekday() + 7 * later)
        return last, last
    year, month = divmod(stated.year * 12 + stated.month - 1 + later, 12)
    return _months(year, month + 1, month + 1)


def _whole(groups: dict[str, str], stated: date | None) -> _Days:
    year = _year(groups, stated)
    return None if year is None else (date(year, 1, 1), date(year, 12, 31))


_READ: dict[str, Callable[[dict[str, str], date | None], _Days]] = {
    "day": _day, "part": _part, "quarter": _quarter, "half": _half, "month": _month, "yearly": _yearly,
    "budget": _budget, "within": _within, "this": _this, "whole": _whole,
}  # fmt: skip
