"""Write a question as people type it in a hurry: slips of the fingers and of the ear, no capitals, no question mark.

The slips are those of careless questions as people wrote them, about as often
as there: most of them leave out an unstressed vowel of a long word ("gegevns")
or one of two letters ("hoevel"), others turn two letters, hit the key beside
("gegecens"), miss the space ("inhet jaar") or write what is heard ("gezont", "informatsie", "enviroment").
"""

import random
import re
from collections.abc import Callable

_SHORTEST = 4
# Where there are slips, how often two words are typed without the space between them.
_GLUED = 0.12
_VOWELS = "aeiou"
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
# What is heard alike or often confused, in Dutch and in English: a pattern, and what is written for it.
_HEARD = tuple(
    (re.compile(pattern), written)
    for pattern, written in (
        (r"dt\b", "d"),
        (r"d\b", "t"),
        (r"(?<=[^s])t\b", "d"),
        (r"en\b", "e"),
        (r"ij", "ei"),
        (r"ij", "y"),
        (r"ei", "ij"),
        (r"ie", "i"),
        (r"ie", "ei"),
        (r"cht", "gt"),
        (r"gt", "cht"),
        (r"ch", "g"),
        (r"ph", "f"),
        (r"th", "t"),
        (r"x", "ks"),
        (r"au", "ou"),
        (r"ou", "au"),
        (r"tie", "sie"),
        (r"tie", "tsie"),
        (r"isch", "ies"),
        (r"c(?=[eiy])", "s"),
        (r"c(?=[aolrtu])", "k"),
        (r"qu", "kw"),
        (r"(?<=.)z", "s"),
        (r"(?<=[aeiou])s(?=[aeiou])", "z"),
        (r"(?<=.)v", "f"),
        (r"(?<=.)y", "i"),
        (r"eau", "o"),
        (r"ck", "k"),
        (r"ance", "ence"),
        (r"ent\b", "ant"),
        (r"nm", "m"),
        (r"able\b", "ible"),
    )
)


def carelessly(text: str, generator: random.Random, slips: float, bare: float) -> str:
    """`text` with slips in one to three of its longer words, at a chance of `slips`, and without marks, of `bare`."""
    words = text.split()
    if generator.random() < slips:
        long = [place for place, word in enumerate(words) if len(word) >= _SHORTEST and word.isalpha()]
        for place in generator.sample(long, min(len(long), generator.choice((1, 1, 2, 3)))):
            words[place] = _slipped(words[place], generator)
        if len(words) > 1 and generator.random() < _GLUED:
            place = generator.randrange(len(words) - 1)
            words[place : place + 2] = ["".join(words[place : place + 2])]
    joined = " ".join(words)
    return joined.lower().rstrip("?.! ") if generator.random() < bare else joined


def _slipped(word: str, generator: random.Random) -> str:
    """`word` with one slip of a kind that it allows; a slip of the fingers leaves the first letter as it is."""
    for slip in sorted(_SLIPS, key=lambda slip: generator.random() ** (1 / _SLIPS[slip]), reverse=True):
        if (changed := slip(word, generator)) != word:
            return changed
    return word


def _without_vowel(word: str, generator: random.Random) -> str:
    return _without(word, [place for place in range(1, len(word)) if word[place] in _VOWELS], generator)


def _without_consonant(word: str, generator: random.Random) -> str:
    return _without(word, [place for place in range(1, len(word)) if word[place] not in _VOWELS], generator)


def _undoubled(word: str, generator: random.Random) -> str:
    return _without(word, [place for place in range(1, len(word)) if word[place] == word[place - 1]], generator)


def _without(word: str, places: list[int], generator: random.Random) -> str:
    """`word` without one of the letters at `places`: the later, the more often."""
    if not places:
        return word
    place = generator.choices(places, places)[0]
    return word[:place] + word[place + 1 :]


def _doubled(word: str, generator: random.Random) -> str:
    place = generator.randrange(1, len(word))
    return word[:place] + word[place] + word[place:]


def _turned(word: str, generator: random.Random) -> str:
    place = generator.randrange(1, len(word) - 1)
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def _beside(word: str, generator: random.Random) -> str:
    """`word` with a letter of the key beside the right one."""
    place = generator.randrange(1, len(word))
    keys = [row[max(0, i - 1) : i + 2].replace(word[place], "") for row in _KEYS if (i := row.find(word[place])) >= 0]
    return word[:place] + generator.choice("".join(keys) or word[place]) + word[place + 1 :]


def _as_heard(word: str, generator: random.Random) -> str:
    found = [(pattern, written) for pattern, written in _HEARD if pattern.search(word)]
    if not found:
        return word
    pattern, written = generator.choice(found)
    return pattern.sub(written, word, count=1)


# How often each slip is made, in hundredths.
_SLIPS: dict[Callable[[str, random.Random], str], int] = {
    _without_vowel: 30,
    _undoubled: 16,
    _as_heard: 20,
    _turned: 10,
    _without_consonant: 8,
    _doubled: 8,
    _beside: 8,
}
