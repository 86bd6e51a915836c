"""Whether a phrase stands in a text: the same words in the same order, capitals, accents and white space aside.

A phrase begins and ends where words do: "15" does not stand in "150", nor in
"15,5", and "cel" not in "cellen".
"""

import re

from index.language.analyser import fold
from index.language.typography import DASHES, INVISIBLE, QUOTES

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
