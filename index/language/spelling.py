"""Mend a misspelt word: the word of the documents that it sounds like, or that it is a slip of the finger away from.

People type fast and by ear ("politsie", "hoveel agente"). A word that neither
the documents nor the encoders know, in any form or as a compound, is compared
with the words of the documents: by its letters (optimal string alignment:
insertion, deletion, substitution, swap of neighbours; Boytsov, ACM JEA 16,
2011) and by the sounds of Dutch spelling, where "ei" and "ij", "au" and "ou",
a final "d" and "t", or "c" and "k" are one. What is written short in a hurry
("hvl", "mbt") is written out, and a space that was missed ("watzijn") set.
"""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import chain

from index.language.analyser import DUTCH_STOPWORDS, STOPWORDS, all_stemmed, is_number, stem, words
from index.language.compounds import Compounds
from index.language.regex import regex

# Shorter words are too near to too many others.
SHORTEST = 4
# Letters in which a short and a long word may differ; one that sounds alike may differ in more.
_SHORT_SLIP, _LONG_SLIP, _LONG = 1, 2, 8
_SOUNDS_ALIKE = 3

_SOUNDS = tuple(
    (regex(pattern), sound)
    for pattern, sound in (
        (r"ti(?=e|o)", "tsi"),
        (r"eaux?", "o"),
        (r"ij|ei|ey", "y"),
        (r"ou|au", "A"),
        (r"sch(?=[^aeiouyA]|$)", "s"),
        (r"ch", "g"),
        (r"ph", "f"),
        (r"th", "t"),
        (r"c(?=[eiy])", "s"),
        (r"qu", "kw"),
        (r"[cq]", "k"),
        (r"x", "ks"),
        (r"z", "s"),
        (r"v", "f"),
        (r"dt?$|dt", "t"),
        (r"b$", "p"),
        (r"(?<=e)n$", ""),
        (r"(.)\1+", r"\1"),
    )
)

# What people write short when they type fast, and what it is short for; names and units are none of it.
_SHORT_FOR = {
    "adhv": "aan de hand van",
    "bijv": "bijvoorbeeld",
    "dmv": "door middel van",
    "dwz": "dat wil zeggen",
    "evt": "eventueel",
    "excl": "exclusief",
    "hvl": "hoeveel",
    "icm": "in combinatie met",
    "idd": "inderdaad",
    "ihkv": "in het kader van",
    "incl": "inclusief",
    "ipv": "in plaats van",
    "ivm": "in verband met",
    "mbt": "met betrekking tot",
    "mbv": "met behulp van",
    "mnd": "maanden",
    "mss": "misschien",
    "nav": "naar aanleiding van",
    "nml": "namelijk",
    "obv": "op basis van",
    "tav": "ten aanzien van",
    "tbv": "ten behoeve van",
    "tgv": "ten gevolge van",
    "tov": "ten opzichte van",
    "vd": "van de",
    "vh": "van het",
    "wnr": "wanneer",
    "wrm": "waarom",
    "zgn": "zogenaamde",
    "zsm": "zo snel mogelijk",
}
_SHORT = re.compile(r"(?<![^\W_])(?:[a-z]{2,4}(?![^\W_]|\.[a-z])|(?:[a-z]\.){1,3}[a-z]\.?(?![^\W_]))")
# Words that no Dutch compound begins with: before another word they miss their space. The longest first.
_APART = sorted(
    "hoeveel welke welk wat waarom wanneer zijn worden wordt werden werd heeft hebben kunnen moeten het dit".split(),
    key=lambda word: -len(word),
)
_VOWELS = frozenset("aeiou")
# Within a sentence a capital makes a name, and a short one is a letter away from many: "minister Kaag" is not "laag".
_SHORT_NAME = regex(r"(?<=[a-z,] )[A-Z][a-z]{3,4}(?![^\W_])")


def sounds(word: str) -> str:
    """A key that is equal for words that sound alike in Dutch; `word` is folded."""
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return word


@dataclass(frozen=True)
class Spelling:
    """The words that are right: those of the documents, and those that the encoders know besides.

    The words of a language are many: they are not asked for while those of the documents suffice.
    """

    of_documents: Collection[str]
    of_language: Callable[[], Collection[str]]

    @cached_property
    def _language(self) -> Collection[str]:
        return self.of_language()

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset({*self.of_documents, *self._language, *STOPWORDS})

    @cached_property
    def _stems(self) -> frozenset[str]:
        return frozenset(all_stemmed(self._known))

    @cached_property
    def _compounds(self) -> Compounds:
        return Compounds(self._known)

    @cached_property
    def _targets(self) -> dict[int, tuple[str, ...]]:
        """The words that a slip may stand for, by their length, in no order."""
        by_length: dict[int, list[str]] = {}
        for word in {*self.of_documents, *DUTCH_STOPWORDS}:
            by_length.setdefault(len(word), []).append(word)
        return {length: tuple(words) for length, words in by_length.items() if length >= SHORTEST}

    def knows(self, word: str) -> bool:
        """Whether a folded word needs no mending: known in some form, a number, or too short to tell."""
        return (
            len(word) < SHORTEST
            or not word.isalpha()
            or word in self.of_documents
            or word in STOPWORDS
            or word in self._language
            or stem(word) in self._stems
        )

    def corrected(self, word: str) -> str | None:
        """The nearest word of the documents, the first in the alphabet of equals.

        None where the folded word is right, or has no word near.
        """
        if self.knows(word):
            return None
        if not self._compounds.parts(word) and (near := min(self._near(word), default=None)):
            return near[1]
        return self._parted(word) or self._with_vowel(word)

    def _parted(self, word: str) -> str | None:
        """Two words that miss the space between them, with it."""
        pairs = ((head, word.removeprefix(head)) for head in _APART if word.startswith(head))
        return next((f"{head} {rest}" for head, rest in pairs if len(rest) > 1 and rest in self._known), None)

    def _with_vowel(self, word: str) -> str | None:
        """The long word of the documents that lacks one of its vowels: "strafrechtlijk" is about no "lijk"."""
        if len(word) < _LONG:
            return None
        longer = (word[:place] + vowel + word[place:] for place in range(len(word) + 1) for vowel in _VOWELS)
        return min((other for other in longer if other in self.of_documents or other in DUTCH_STOPWORDS), default=None)

    def _near(self, word: str) -> Iterator[tuple[float, str]]:
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        sound = sounds(word)
        slip = _LONG_SLIP if len(word) >= _LONG else _SHORT_SLIP
        lengths = range(len(word) - _SOUNDS_ALIKE, len(word) + _SOUNDS_ALIKE + 1)
        compared = partial(process.extract, word, scorer=OSA.distance, score_cutoff=_SOUNDS_ALIKE, limit=None)
        for other, distance, _ in chain.from_iterable(compared(self._targets.get(length, ())) for length in lengths):
            if is_number(other):
                continue
            alike = sounds(other) == sound
            if alike or distance <= slip:
                yield distance / 2 if alike else distance, other

    def mended(self, text: str) -> str:
        """`text` with what is short written out and every misspelt word replaced, all else as it stands.

        A short name is only replaced by a word that sounds like it.
        """
        text = _SHORT.sub(self._written_out, text)
        names = {name.lower() for name in _SHORT_NAME.findall(text)}
        for word in dict.fromkeys(words(text)):
            right = self.corrected(word)
            if right is not None and (word not in names or sounds(right) == sounds(word)):
                text = re.sub(rf"(?<![^\W_]){re.escape(word)}(?![^\W_])", right, text, flags=re.IGNORECASE)
        return text

    def _written_out(self, match: re.Match[str]) -> str:
        short = match[0].replace(".", "")
        return match[0] if short in self.of_documents else _SHORT_FOR.get(short, match[0])
