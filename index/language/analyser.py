"""The searchable shadow of a text: folded words, Dutch stems, character n-grams.

Search works on these terms; they are never shown. Queries and passages go
through the same functions, so the terms of a query match a passage exactly
when the analyser says so. A change here makes old indexes unreadable: raise
ANALYSER when a term comes out differently.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Protocol

from index.language.line_breaks import BREAK, with_breaks
from index.language.number_words import digits, one_form
from index.language.regex import regex
from index.language.typography import INVISIBLE

ANALYSER = "dutch-4"
NGRAM = 4

# A number keeps its separators and its letter ("10.000", "2,3", "240b"), so that it matches whole or not at all.
_TOKEN = regex(rf"\d+(?:[.,:/]\d+)*[a-z]{{0,3}}\b|[^\W_]+(?:[-'’{BREAK}][^\W_]+)*")
# A raised or lowered figure behind a digit is no part of the number: 10⁶ is not 106.
_SHIFTED = regex(r"(?<=\d)(?=[⁰¹²³⁴-⁹⁺⁻₀-₉₊₋])")
_UNSEEN = dict.fromkeys(map(ord, INVISIBLE))
_GENITIVE = regex(r"['’]s?$")

# Words too common in questions to say what a passage is about.
DUTCH_STOPWORDS = frozenset(
    "de het een en of van in op te ter ten dat die dit deze er is zijn was waren wordt worden werd werden "
    "met voor door bij aan naar om uit over tot als dan dus ook nog al wel niet geen maar want "
    "heeft hebben had hadden kan kunnen kon zal zullen zou zouden moet moeten mag mogen wil willen gaat gaan "
    "ik u uw je jij jullie we wij ze zij hij haar hem hun men zich mijn ons onze "
    "wat wie waar wanneer waarom hoe hoeveel welk welke wordt zo toch eigenlijk even iets".split()
)
ENGLISH_STOPWORDS = frozenset(
    "the a an and or of in on to for by with from at as is are was were be been has have had do does did "
    "can could will would should may might what who where when why how which that this these those it its "
    "there their they them he she his her we our you your i me my not no but if then than so about into".split()
)
STOPWORDS = DUTCH_STOPWORDS | ENGLISH_STOPWORDS
# The small words of French, German, Italian, Portuguese and Spanish, with those that look like ours.
_FOREIGN = frozenset(
    "an auch auf aber bist bitte das dich die diese durch eine einem einen einer fur gab gibt guten hat habe ich ihr "
    "ist kann kein keine man mich mir mit nach nicht oder sein sind uber und uns viel von war warum was welche wenn "
    "werden wie wird zum zur "
    "au aux avec avez avons bonjour ce ces cette combien comment dans de des du elle elles en est et il ils je la le "
    "les leur leurs mais me ne nous on ont ou par pas peut pour pourquoi puis quand que quel quelle quelles quels qui "
    "sans ses sont suis sur un une vos votre vous "
    "como con cual cuando cuanto donde el ella esta este estos hay hola las lo los muy necesito para pero porque puede "
    "puedo quien sin sobre son su sus tengo una usted "
    "alla che chi ciao come dal dalla dei del della delle di dove gli ho nel nella non perche quando quanti quanto "
    "sono una uno "
    "ao aos dos em foi isso mais meu minha nao onde os pela pelo por quais qual quem sao seu sua tem uma voce".split()
)


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802
    def stemWords(self, words: Sequence[str]) -> list[str]: ...  # noqa: N802


@cache
def _stemmer() -> _Stemmer:
    import Stemmer

    stemmer: _Stemmer = Stemmer.Stemmer("dutch")
    return stemmer


def fold(text: str) -> str:
    """`text` in lower case, without accents, ligatures and what cannot be seen."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", _SHIFTED.sub("^", text.lower()).translate(_UNSEEN))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def words(text: str) -> list[str]:
    """The folded words and numbers of `text`, in order.

    Parts of a hyphenated word follow the whole, digits follow a number word. A
    word that a line end breaks is there with its hyphen and without. "%" is
    the word "procent", and numbers have no points between thousands.
    """
    found = []
    for match in _TOKEN.finditer(fold(with_breaks(text)).replace("%", " procent ")):
        word = _GENITIVE.sub("", match[0])
        if BREAK in word:
            found.append(word.replace(BREAK, ""))
            word = word.replace(BREAK, "-")
        if is_number(word):
            found.append(one_form(word))
            continue
        found.append(word)
        if "-" in word:
            found += [part for part in word.split("-") if part]
        number = digits(word)
        if number is not None:
            found.append(number)
    return found


@dataclass(frozen=True)
class Analysed:
    """A text with its words, each form taken at most once: what a question is, from its reading to its ranking."""

    text: str

    @cached_property
    def words(self) -> tuple[str, ...]:
        return tuple(words(self.text))

    @cached_property
    def content_words(self) -> tuple[str, ...]:
        """Those that are no stopwords, in order."""
        return tuple(word for word in self.words if word not in STOPWORDS)

    @cached_property
    def is_english(self) -> bool:
        """Whether more of its words are used in every English sentence, and only there, than in every Dutch one."""
        english = sum(word in ENGLISH_STOPWORDS - DUTCH_STOPWORDS for word in self.words)
        dutch = sum(word in DUTCH_STOPWORDS - ENGLISH_STOPWORDS for word in self.words)
        return english > dutch

    @cached_property
    def is_foreign(self) -> bool:
        """Whether it is neither Dutch nor English: two of its small words at least, and most, are used in others only.

        Those that every sentence needs tell its language (Grefenstette, JADT 1995).
        """
        foreign = len((_FOREIGN - STOPWORDS).intersection(self.words))
        return foreign > max(1, len((STOPWORDS - _FOREIGN).intersection(self.words)))


def is_number(word: str) -> bool:
    """Whether a word of `words` is a number, which matches whole or not at all."""
    return word[0].isdigit()


def content_words(text: str) -> list[str]:
    """The words of `text` that are not stopwords, in order."""
    return [word for word in words(text) if word not in STOPWORDS]


def stem(word: str) -> str:
    """The Snowball Dutch stem of a folded word; a number stays as it is."""
    return word if is_number(word) else _stemmer().stemWord(word)


def all_stemmed(words: Iterable[str]) -> list[str]:
    """The `stem` of each of many words, in one go."""
    found = list(words)
    return [
        word if is_number(word) else stemmed for word, stemmed in zip(found, _stemmer().stemWords(found), strict=True)
    ]


def stems(text: str) -> list[str]:
    """The terms of the stem index: Snowball Dutch stems of the content words."""
    return [stem(word) for word in content_words(text)]


def share_there(wanted: str, text: str) -> float:
    """The share, 0..1, of the content words of `wanted` that stand in a text, in compounds too; 0 of none."""
    words = set(content_words(wanted))
    folded, there = fold(text), set(stems(text))
    return sum(word in folded or stem(word) in there for word in words) / len(words) if words else 0.0


def ngrams(text: str) -> list[str]:
    """The terms of the n-gram index: the n-grams of each content word."""
    return [term for word in content_words(text) for term in word_ngrams(word)]


@lru_cache(maxsize=8192)
def word_ngrams(word: str) -> tuple[str, ...]:
    """The character 4-grams of a folded word and its borders.

    Borders are marked, so that the beginning of a word weighs more than its
    inside. Shorter words and numbers are one term.
    """
    if is_number(word) or len(word) < NGRAM - 1:
        return (word,)
    framed = f"_{word}_"
    return tuple(framed[i : i + NGRAM] for i in range(len(framed) - NGRAM + 1))
