"""Words that a line end breaks: "maat-" at the end of a line and "regelen" on the next."""

from collections.abc import Iterator

from index.language.regex import regex
from index.language.span import Span

# Stands for the hyphen of a broken word, which may be the word's own or not.
BREAK = "\ue001"
_BROKEN = regex(r"(?<=[^\W\d_])[-‐‑¬\xad][^\S\n]*\n\s*(?=[^\W\d_])")
_BEFORE, _AFTER = regex(r"\S+\Z"), regex(r"\S+")
_LONGEST = 100


def with_breaks(text: str) -> str:
    """`text` with broken words whole but for a BREAK."""
    return _BROKEN.sub(BREAK, text) if "\n" in text else text


def broken_words(text: str) -> Iterator[tuple[Span, str, str]]:
    """Where each word is broken, from its hyphen to its rest, with what stands before, hyphen included, and behind."""
    for match in _BROKEN.finditer(text):
        before = _BEFORE.search(text, max(0, match.start() - _LONGEST), match.start())
        after = _AFTER.match(text, match.end(), match.end() + _LONGEST)
        if before and after:
            yield Span(match.start(), match.end()), f"{before[0]}-", after[0]


def whole_words(text: str) -> frozenset[str]:
    """The words of `text`, in small letters, that no line end breaks."""
    return frozenset(
        word.strip("()[]«»“”‘’\"'.,;:?!").lower() for word in with_breaks(text).split() if BREAK not in word
    )
