"""Raised note numbers within a quotation: the document's own marks, which its text no longer has."""

import re

from rag.verify.document_search import Sources

_NOTE_MARK = re.compile(r"(?<=[^\W\d_])[⁰¹²³⁴-⁹]+|(?<=[.,;:?!)])[⁰¹²³⁴-⁹]+")
_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def without_note_marks(text: str, sources: Sources) -> str:
    """`text` without raised note numbers, if the document has exactly those notes there.

    A raised number behind the last full stop is the memo's own. Any other
    raised digit is a character like all others.
    """
    stripped = re.sub(r"(?<=[.?!,;:)])[⁰¹²³⁴-⁹]+\s*\Z", "", text)
    marks = [match[0].translate(_DIGITS) for match in _NOTE_MARK.finditer(stripped)]
    if not marks:
        return stripped
    plain = _NOTE_MARK.sub("", stripped)
    for place in sources.places(plain):
        numbers = [str(mark.number) for mark in sources.citation(place).marks]
        if "".join(numbers) == "".join(marks):
            return plain
    return stripped
