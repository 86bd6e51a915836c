"""The parties that sit or sat in the House, each with the names that it is called by."""

from index.language.regex import regex

# The name that documents use most, then the others.
_PARTIES = (
    ("VVD", "Volkspartij voor Vrijheid en Democratie"),
    ("PVV", "Partij voor de Vrijheid"),
    ("CDA", "Christen-Democratisch Appèl", "Christen Democratisch Appèl"),
    ("D66", "Democraten 66", "D'66", "D’66"),
    ("GroenLinks", "GL"),
    ("PvdA", "Partij van de Arbeid"),
    ("SP", "Socialistische Partij"),
    ("ChristenUnie", "CU", "Christen Unie"),
    ("SGP", "Staatkundig Gereformeerde Partij"),
    ("PvdD", "Partij voor de Dieren"),
    ("DENK", "Denk"),
    ("FVD", "FvD", "Forum voor Democratie"),
    ("Volt",),
    ("JA21",),
    ("BBB", "BoerBurgerBeweging", "Boer Burger Beweging"),
    ("NSC", "Nieuw Sociaal Contract"),
    ("50Plus", "50PLUS", "50plus", "50+"),
    ("BVNL", "Belang van Nederland"),
    ("BIJ1", "Bij1"),
    ("LPF", "Lijst Pim Fortuyn"),
    ("RPF",),
    ("GPV",),
    ("OSF",),
    ("OPF",),
)
PARTY_NAMES = tuple(name for names in _PARTIES for name in names)
_CALLED = {name.casefold(): names for names in _PARTIES for name in names}
_BETWEEN = regex(r"\s*[-/]\s*")


def called(name: str) -> tuple[str, ...]:
    """A party's name as given, and the others that it has: "GL-PvdA", "GroenLinks-PvdA"; only itself where unknown."""
    names = _CALLED.get(name.casefold()) or (
        "-".join(_CALLED.get(part.casefold(), (part,))[0] for part in _parts(name)),
    )
    return (name, *(other for other in names if other.casefold() != name.casefold()))


def parties(name: str) -> frozenset[str]:
    """The parties of a group, in one form: "GL-PvdA" is that of "GroenLinks" and "PvdA"."""
    return frozenset(_CALLED.get(part.casefold(), (part,))[0].casefold() for part in _parts(name))


def _parts(name: str) -> list[str]:
    return [name] if name.casefold() in _CALLED else list(filter(None, _BETWEEN.split(name)))
