"""Raised note numbers within a quotation: the document's own marks, which its text no longer has."""

from collections import defaultdict
from collections.abc import Iterable

from index.language.regex import regex
from index.language.typography import level
from rag.verify.document_search import Sources

_RAISED = "⁰¹²³⁴-⁹"
_NOTE_MARK = regex(rf"(?<=[\w.,;:?!)])(?<![{_RAISED}])[{_RAISED}]++")
_OWN = regex(rf"(?<=[.?!,;:)])[{_RAISED}]++\s*+\Z")
_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def without_note_marks(text: str, sources: Sources) -> str:
    """`text` without raised note numbers, if the document has those notes at those very places.

    A raised number behind the last full stop is the memo's own. Any other
    raised digit is a character like all others: 10⁶ is 10 only where the
    document has its note 6 behind a 10.
    """
    stripped = _OWN.sub("", text)
    found = list(_NOTE_MARK.finditer(stripped))
    if not found:
        return stripped
    plain = _NOTE_MARK.sub("", stripped)
    written = _by_place((_NOTE_MARK.sub("", stripped[: match.start()]), match[0].translate(_DIGITS)) for match in found)
    for place in sources.places(plain):
        citation = sources.citation(place)
        marks = _by_place((citation.quotation[: mark.offset], str(mark.number)) for mark in citation.marks)
        if written.items() <= marks.items():
            return plain
    return stripped


def _by_place(marks: Iterable[tuple[str, str]]) -> dict[int, str]:
    """The numbers at each place, which is told by the letters and digits before it."""
    found: dict[int, str] = defaultdict(str)
    for before, number in marks:
        found[sum(map(str.isalnum, level(before)))] += number
    return dict(found)
