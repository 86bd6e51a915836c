"""What is said in English, to programs and on the command line, in Dutch as the pages show it."""

import re
from functools import cache

from ui.texts import evaluation_errors, reader, refusals, watches

_TABLES = {**refusals.DUTCH, **evaluation_errors.DUTCH, **reader.DUTCH, **watches.DUTCH}
# Characters; a longer sentence repeats what somebody sent, and is not looked through.
_LONGEST = 2_000
# What names a place before a sentence, at its end.
_PLACES = {"line": "regel", "item": "onderdeel"}
_PLACE = re.compile(rf", ({'|'.join(_PLACES)}) (?=\d+: $)")


def in_dutch(sentence: str) -> str:
    """A sentence of ours in Dutch, the file's name before it as it is; any other as it is. Lines are sentences."""
    if "\n" in sentence:
        return "\n".join(map(in_dutch, sentence.split("\n")))
    if len(sentence) > _LONGEST:
        return sentence
    for pattern, parts in _patterns():
        if match := pattern.fullmatch(sentence):
            name, *values = match.groups()
            place = _PLACE.sub(lambda found: f", {_PLACES[found[1]]} ", name or "")
            filled = [part for pair in zip(parts, [*map(in_dutch, values), ""], strict=True) for part in pair]
            return f"{place}{''.join(filled)}"
    return sentence


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    """The sentences with the most words first, so that none is taken for a shorter one; the Dutch between its gaps."""

    def pattern(english: str) -> re.Pattern[str]:
        return re.compile(r"(.+?: )?" + re.escape(english).replace(r"\{\}", "(.+?)"))

    longest = sorted(_TABLES, key=lambda english: (english.startswith("{}"), -len(english)))
    return tuple((pattern(english), tuple(_TABLES[english].split("{}"))) for english in longest)
