"""Whether a phrase stands in a text: the same words in the same order, capitals, accents and white space aside.

A phrase begins and ends where words do: "15" does not stand in "150", nor in
"15,5", and "cel" not in "cellen".
"""

import re

from index.language.analyser import STOPWORDS, fold
from index.language.regex import regex
from index.language.typography import DASHES, INVISIBLE, QUOTES

_EDGES = ".,;:?!()[]'"
_WHOLE = regex(r"[a-z]{2,}|\d+")
_LEVEL = str.maketrans({**dict.fromkeys(QUOTES, "'"), **dict.fromkeys(DASHES, "-"), **dict.fromkeys(INVISIBLE)})


def shadow(text: str) -> str:
    """What phrases are looked for in: `text` folded, its white space single, its quotes and dashes of one form."""
    return " ".join(fold(text.translate(_LEVEL)).split())


def pattern(phrase: str) -> re.Pattern[str]:
    """What finds `phrase` in a shadow."""
    words = shadow(phrase)
    before = r"(?<![^\W_])" if words[:1].isalnum() else ""
    after = r"(?![^\W_])" if words[-1:].isalnum() else ""
    if words[:1].isdigit():
        before += r"(?<!\d[.,:/])"
    if words[-1:].isdigit():
        after += r"(?![.,:/]\d)"
    return re.compile(before + re.escape(words) + after)


def searched_words(text: str) -> frozenset[str]:
    """The words by which documents that hold exactly `text`, a text without typography, can be found.

    In small letters, without stopwords: those that stand between white space
    or marks and are ASCII letters or digits alone, so that in whatever
    typography they are the same words in a document.
    """
    chunks = (chunk.strip(_EDGES).lower() for chunk in text.split())
    return frozenset(chunk for chunk in chunks if _WHOLE.fullmatch(chunk) and chunk not in STOPWORDS)
