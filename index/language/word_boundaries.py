"""Where a quotation may begin and end: never inside a word or a number.

"15" cut out of "150", "86" out of "86%" or "actie" out of "(re)actie" are
other words than the document's, though each is an exact slice of it.
"""

from index.language.typography import DASHES, INVISIBLE, QUOTES

# Not the signs of minutes and seconds.
_QUOTES = QUOTES.translate(dict.fromkeys(map(ord, "′″")))
_OPENING = frozenset(_QUOTES + DASHES + "([{<*•·_")
_CLOSING = frozenset(_QUOTES + DASHES + ")]}>*_.,;:?!…")


def starts_word(text: str, start: int) -> bool:
    """Whether a quotation of `text` may begin at offset `start`."""
    before = _chunk_before(text, start)
    if not before:
        return True
    if set(before) <= _OPENING:
        # A dash right before a digit is a minus sign.
        return not (before[-1] in DASHES and text[start : start + 1].isdigit())
    return _runs_on(before, text[start : start + 1])


def ends_word(text: str, end: int) -> bool:
    """Whether a quotation of `text` may end at offset `end`."""
    after = _chunk_after(text, end)
    if set(after) <= _CLOSING:
        return True
    opening = after.lstrip(".?!;" + _QUOTES + ")")
    return _runs_on(text[max(0, end - 2) : end] + after[: len(after) - len(opening)], opening[:1])


def word_at(text: str, offset: int) -> tuple[int, int]:
    """The range of the word or number that `offset` falls in."""
    return offset - len(_chunk_before(text, offset)), offset + len(_chunk_after(text, offset))


def _runs_on(before: str, following: str) -> bool:
    """Whether a sentence ends here and the next begins without a space ("onmisbaar.Naar")."""
    stop = before.rstrip(_QUOTES + ")")
    return len(stop) > 1 and stop[-1] in ".?!;" and stop[-2].islower() and following.isupper()


def _chunk_before(text: str, offset: int) -> str:
    start = offset
    while start and not text[start - 1].isspace():
        start -= 1
    return text[start:offset].strip(INVISIBLE)


def _chunk_after(text: str, offset: int) -> str:
    end = offset
    while end < len(text) and not text[end].isspace():
        end += 1
    return text[offset:end].strip(INVISIBLE)
