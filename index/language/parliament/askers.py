"""Which members ask, and for which groups: "de leden Mutluer, Lahlah (GroenLinks-PvdA) en Boswijk (CDA)"."""

import re
from dataclasses import dataclass

from index.language.regex import regex

_NAMES = r"[^()?!;:\n]{2,140}?\s*"
_GROUP = r"\([^()\n]{1,80}\)"
_LIST = (
    rf"(?P<list>{_NAMES}{_GROUP}(?:(?:\s*,\s*(?:en\s+)?|\s+(?:en|alsmede)\s+)"
    rf"(?:(?:het\s+lid|de\s+leden)\s+)?{_NAMES}{_GROUP})*)"
)
_MEMBERS = regex(rf"\b(?:het\s+(?:Kamer)?lid|de\s+(?:Kamer)?leden|Kamerleden|Kamerlid|lid)\s+{_LIST}", re.IGNORECASE)
_ITEM = regex(rf"(?P<names>{_NAMES})\((?P<groups>[^()]*)\)")
_TOGETHER = regex(r"^\s*(?:beiden?|allen|alle\s+\w+|respectievelijk|resp\.?|fractie|lid)\s*:?\s+", re.IGNORECASE)
_BETWEEN = regex(r"\s*,\s*(?:en\s+)?|\s+(?:en|alsmede)\s+|\s*/\s*")
# Behind these words no members are named.
_OTHER = regex(r"\b(?:minister|staatssecretaris|regering|over|aan\s+de|fracties?|inzake)\b", re.IGNORECASE)
_LEADING = regex(r"^(?:,|en\b|alsmede\b|mede\s+namens\b|het\s+lid\b|de\s+leden\b|\s)+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Askers:
    """Members and their groups, each once, in the order and spelling of the document."""

    members: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


def askers(text: str) -> Askers:
    """The first members with groups that `text` names; empty where it names none."""
    for match in _MEMBERS.finditer(text):
        found = _listed(match["list"])
        if found.groups:
            return found
    return Askers()


def _listed(names: str) -> Askers:
    members: list[str] = []
    groups: list[str] = []
    for item in _ITEM.finditer(names):
        own = [name.strip() for name in _BETWEEN.split(_LEADING.sub("", item["names"]).strip()) if name.strip()]
        if _OTHER.search(item["names"]) or any(name[0].islower() for name in own):
            break
        members += own
        groups += [group.strip() for group in _BETWEEN.split(_TOGETHER.sub("", item["groups"])) if group.strip()]
    return Askers(tuple(dict.fromkeys(members)), tuple(dict.fromkeys(groups)))


@dataclass(frozen=True, slots=True)
class NamedMember:
    """A member as somebody names one, and the group named with it, "" for none."""

    name: str
    group: str = ""


_BRACKETS = regex(r"\s*\(([^()]*)\)\s*(?:,\s*(?:en\s+)?|en\s+|and\s+)?")
_SEVERAL = regex(r"\s*,\s*(?:(?:en|and)\s+)?|\s+(?:en|and|&)\s+")
_CALLED = regex(r"^(?:het\s+|de\s+)?(?:(?:Kamer)?(?:lid|leden)|mevrouw|mw\.|de\s+heer|dhr\.|MPs?|members?)\s+", re.I)


def named_members(names: str) -> tuple[NamedMember, ...]:
    """The members in "Temmink en Van Nispen (SP)", in order; a group in brackets is that of all names before it."""
    found: list[NamedMember] = []
    position = 0
    for match in (*_BRACKETS.finditer(names), None):
        listed = names[position : match.start() if match else len(names)]
        group = _TOGETHER.sub("", match[1]).strip() if match else ""
        called = (_CALLED.sub("", name.strip()) for name in _SEVERAL.split(listed))
        found += [NamedMember(name, group) for name in called if name]
        position = match.end() if match else position
    return tuple(found)
