"""The Dutch words that turn a sentence into its opposite, so that none is left out of a quotation unseen."""

from index.language.regex import regex

NEGATIONS = frozenset(
    "niet geen nooit niemand nergens zonder noch evenmin tenzij niets nimmer nauwelijks geenszins".split()
)
WORD = regex(r"[^\W\d_]+")


def negates(text: str) -> bool:
    """Whether one of them stands in `text`."""
    return any(word.lower() in NEGATIONS for word in WORD.findall(text))
