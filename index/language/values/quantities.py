"""Amounts of money, percentages and large numbers in a text, each with one value however it is written.

"€ 2.500.000", "2,5 mln. euro" and "twee en een half miljoen euro" are one
amount; "9,4%", "9.4 %" and "negen komma vier procent" one percentage. A
number by itself counts from 100 on, years aside, and any where a measure
follows ("26 fte"): a smaller one stands anywhere.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from index.language.number_words import BEGINNINGS, number_value
from index.language.regex import regex
from index.language.span import Span

QuantityKind = Literal["amount", "percentage", "number"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value in euros, in hundredths or by itself, and where it stands."""

    kind: QuantityKind
    value: Decimal
    span: Span


_SCALES = {
    "duizend": 10**3, "thousand": 10**3, "miljoen": 10**6, "mln": 10**6, "million": 10**6,
    "miljard": 10**9, "mld": 10**9, "mrd": 10**9, "billion": 10**9, "biljoen": 10**12,
    "k": 10**3, "m": 10**6,
}  # fmt: skip
_DIGITS = (
    r"\d{1,3}(?:\.\d{3})+(?:,\d{1,3})?(?![\d.,]*\d)|\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?(?![\d.,]*\d)"
    r"|[1-9]\d{0,2}(?: \d{3})+(?:,\d{1,3})?(?![\d.,-]*\d)|\d{1,18}(?:[.,]\d{1,3})?(?![\d.,]*\d)"
)
_WORD = rf"\b(?:{'|'.join(BEGINNINGS)})[a-zéë]*"
_WORDS = rf"{_WORD}(?: {_WORD})?(?: komma (?:nul|{_WORD})| (?:en een|and a) half)?"
_QUANTITY = regex(
    # Looked at only where one can begin: most places of a text are passed over at once.
    rf"(?<!\w)(?=[€\d-]|[{''.join(sorted({name[0] for name in BEGINNINGS} | set('em')))}])"
    rf"(?P<euro>(?:€|\bEUR\b|\beuro\b) ?)?(?P<minus>(?<![\w.,:/)-])(?:-|min |minus ))?"
    rf"(?:(?<![\w.,:/])(?P<digits>{_DIGITS})|(?P<words>{_WORDS}))(?:,-)?"
    rf"(?: ?(?P<scale>{'|'.join(name for name in _SCALES if len(name) > 1)})\b\.?"
    rf"(?: (?P<rest>{_WORD})(?= ?(?:euro|€|%|procent)))?"
    r"| ?(?P<letter>(?-i:[Mk]))(?= ?€)|(?P<glued>(?-i:[Mk]))\b)?"
    r"(?: ?(?P<unit>%|(?:procent|percent|pct)\b(?!punt)|(?:euro|EUR)\b|€)"
    r"|(?P<measure>(?= ?(?:km|m|kg|ton|ha|fte|kWh|MW|GB)\b))|(?!\w))",
    re.IGNORECASE,
)
_AND_A_HALF = regex(r" (?:en een|and a) half$")
# A number by itself is one from here on, but for what may be a year.
_LEAST = 100
_YEARS = range(1900, 2101)


def quantities(text: str) -> Iterator[Quantity]:
    """The quantities in `text`, in its order; a space in it stands for any, "-" for any hyphen or minus."""
    for match in _QUANTITY.finditer(text):
        value = _value(match)
        if value is None:
            continue
        span = Span(match.start(), match.start() + len(match[0].rstrip()))
        unit = (match["unit"] or "").lower()
        if match["euro"] or unit in ("euro", "eur", "€"):
            yield Quantity("amount", value, span)
        elif unit:
            yield Quantity("percentage", value, span)
        elif match["measure"] is not None or (value >= _LEAST and not _may_be_year(match, value)):
            yield Quantity("number", value, span)


def _may_be_year(match: re.Match[str], value: Decimal) -> bool:
    """Whether a number is written as years are: "2024", not "2.024"."""
    return bool(match["digits"]) and not match["scale"] and match["digits"].isdigit() and value in _YEARS


def _value(match: re.Match[str]) -> Decimal | None:
    value = _digits(match["digits"], bool(match["scale"])) if match["digits"] else _words(match["words"])
    if value is None:
        return None
    scale = (match["scale"] or match["letter"] or match["glued"] or "").lower()
    scaled = value * _SCALES[scale] if scale else value
    # "twee miljoen vijfhonderdduizend"
    rest = number_value(match["rest"].lower()) if match["rest"] else None
    scaled += rest if rest is not None and rest < _SCALES[scale] else 0
    return -scaled if match["minus"] else scaled


def _digits(written: str, scaled: bool) -> Decimal | None:
    """The value of digits; None for those behind a zero ("070"), which count nothing.

    Behind a comma stand decimals where a scale follows: "2,125 miljoen".
    """
    plain = written.replace(" ", "")
    if re.match(r"0\d", plain):
        return None
    thousands = re.fullmatch(r"([1-9]\d{0,2}(?:([.,])\d{3})(?:\2\d{3})*)(?:[.,](\d{1,3}))?", plain)
    if thousands and not (scaled and thousands[2] == "," and plain.count(",") == 1):
        return Decimal(f"{re.sub('[.,]', '', thousands[1])}.{thousands[3] or 0}")
    return Decimal(plain.replace(",", "."))


def _words(written: str) -> Decimal | None:
    """The value of number words: "twintigduizend", "drie komma een", "twee en een half"; None for other words."""
    whole, _, decimals = written.lower().partition(" komma ")
    more = Decimal(0)
    if half := _AND_A_HALF.search(whole):
        whole, more = whole[: half.start()], Decimal("0.5")
    elif decimals:
        part = number_value(decimals)
        if part is None:
            return None
        more = Decimal(f"0.{part}")
    value = number_value(whole)
    return None if value is None else value + more
