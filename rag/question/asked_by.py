"""The members whose questions are asked for in a sentence: "vragen van het lid Jansen", "wat vroegen de leden X en Y?".

Only a question about their questions is read so. "De motie van het lid Jansen"
and "bent u bekend met de vragen van het lid Jansen?" are about something else.
"""

import re
from dataclasses import dataclass

from index.language.analyser import STOPWORDS, words
from index.language.parliament.askers import named_members
from rag.question.filters import NO_FILTERS, Filters
from rag.question.operators import Knows, Operators
from rag.question.remark import Remark

_MEMBER = (
    r"(?:het\s+(?:Kamer)?lid|de\s+(?:Kamer)?leden|Kamerlid|Kamerleden|lid|leden"
    r"|mevrouw|mw\.|de\s+heer|dhr\.|(?:the\s+)?(?:members?|MPs?))"
)
_PARTICLE = r"(?:van|de|den|der|ten|ter|te|het|in|’t|'t|el|al|von|di|da)"
_WORD = rf"(?:{_PARTICLE}\s+){{0,3}}(?-i:[A-ZÀ-Þ])[\w’'.-]*"
_NAME = rf"(?:{_WORD}(?:\s+{_WORD}){{0,3}})"
_GROUP = r"(?:\s*\([^()]{1,60}\))?"
_NAMES = rf"{_NAME}{_GROUP}(?:(?:\s*,\s*(?:en\s+|and\s+)?|\s+(?:en|and)\s+)(?:{_MEMBER}\s+)?{_NAME}{_GROUP})*"
_ASKS = r"(?:vraagt|vragen|vroeg(?:en)?|stelt|stellen|stelde(?:n)?|ask(?:s|ed)?)"
_ASKED = re.compile(
    r"(?:(?:(?:de|alle|the|all)\s+)?(?:schriftelijke\s+)?(?:Kamer)?(?:vragen|vraag|questions?)\s+(?:(?:gesteld\s+"
    rf"|asked\s+)?(?:van|door|by|from|of)\s+){_MEMBER}|{_ASKS}\s+{_MEMBER}|did\s+{_MEMBER})\s+(?:(?P<names>{_NAMES})"
    rf"|(?P<typed>[\w’'-]+(?:\s+[\w’'-]+){{0,5}}{_GROUP}))(?:\s+asks?\b)?|{_MEMBER}\s+(?P<first>{_NAMES})\s+{_ASKS}\b"
    # Without "het lid", whoever is known.
    rf"|(?:(?:de|alle)\s+)?(?:Kamer)?vragen\s+(?:van|door)\s+(?P<known>{_NAMES})",
    re.IGNORECASE,
)
_FIRST_NAME = re.compile(rf"(?:{_PARTICLE}\s+){{0,3}}[\w’'-]+", re.IGNORECASE)
# What may stand before it: whoever says more asks about something else.
_REQUEST = frozenset(
    "toon geef zoek laat zien lees welke alle overzicht antwoord antwoorden antwoordt antwoordde minister "
    "staatssecretaris kabinet zegt zei reactie vind show give list find answer answers say all which".split()
)
_OF_A_GROUP = re.compile(r"^van\s+(?:de|het)\s|fractie|commissie", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class AskedBy:
    """The members whose questions are asked for, as a filter, and those that ask none; the operators without them."""

    operators: Operators
    filters: Filters = NO_FILTERS
    absent: tuple[Remark, ...] = ()


def asked_by(operators: Operators, knows: Knows) -> AskedBy:
    """The members named in the text of `operators`, which keeps its length.

    Members that `knows` as asking together are one value, else each is its
    own; of those that ask nothing a remark tells.
    """
    match = _ASKED.search(operators.masked) if operators.literal else None
    if match is None or operators.filters.members or _says_more(operators.text[: match.start()]):
        return AskedBy(operators)
    names, end = match["names"] or match["first"] or match["known"], match.end()
    if match["known"] and not _known(names, knows)[0]:
        return AskedBy(operators)
    if match["typed"]:
        names = _typed(match["typed"], knows)
        end = match.start("typed") + len(names)
    if _OF_A_GROUP.search(names) or knows("group", names) or names.lower() in STOPWORDS:
        return AskedBy(operators)
    known, unknown = _known(names, knows)
    return AskedBy(
        operators.without_words(match.start(), end),
        Filters(members=known),
        tuple(Remark("unknown member", name) for name in unknown),
    )


def _typed(names: str, knows: Knows) -> str:
    """The longest beginning of words in lower case that is known, else the first with the particles before it."""
    ends = [found.end() for found in re.finditer(r"\S+", names)]
    known = next((names[:end] for end in reversed(ends) if knows("member", names[:end])), None)
    return known or (_FIRST_NAME.match(names) or re.match(r"\S+", names) or [names])[0]


def _known(names: str, knows: Knows) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The value or values of a filter, and the names that would match nothing."""
    if knows("member", names):
        return (names,), ()
    each = [f"{member.name} ({member.group})" if member.group else member.name for member in named_members(names)]
    return tuple(name for name in each if knows("member", name)), tuple(n for n in each if not knows("member", n))


def _says_more(before: str) -> bool:
    return any(word not in STOPWORDS and word not in _REQUEST for word in words(before))
