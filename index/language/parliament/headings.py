"""Which lines are headings of questions and answers, and which numbers they name.

"Vraag 3", "Vragen 2, 3 en 4:", "Antwoord op vraag 3 en 8", "Antwoord". A
sentence that begins like one ("Vraag 3 is al beantwoord", "Antwoord op vraag 2
is eerder gegeven") goes on in small letters, and is none.
"""

import re
from dataclasses import dataclass
from typing import Literal

from index.language.regex import regex
from index.language.values.number_lists import NUMBER_LIST, number_list

_OPEN = r"[\s*_#>•·]*"
_LIST = rf"[(\[]?\s*(?:nrs?\.?\s*|nummers?\s+)?(?P<numbers>{NUMBER_LIST})\s*[)\]]?(?![\w%€])(?!,\d)"
_QUESTION = regex(rf"{_OPEN}Vra(?:ag|gen)\b\s*(?:{_LIST})?", re.IGNORECASE)
_ANSWER = regex(
    rf"{_OPEN}(?:(?:Gezamenlijk|Gecombineerd)e?\s+)?(?:Antwoord(?:en)?|Beantwoording|Reactie)\b"
    rf"(?:\s+van\s+de\s+(?:minister|staatssecretaris)\b[^.?!:\d]{{0,80}}?(?=\s+op\s+(?:de\s+)?vra))?"
    rf"(?:\s+(?:op|bij|van|voor|aan)\b(?=\s+(?:de\s+)?(?:vra|\d|deze)))?(?:\s+(?:de|deze)\b)?"
    rf"(?:\s+vra(?:ag|gen)\b)?\s*(?:{_LIST})?",
    re.IGNORECASE,
)
_BARE = regex(rf"{_OPEN}{_LIST}[.:)]?[\s*_]*", re.IGNORECASE)
_CLOSED = regex(r"(?:\s+\(?(?:gezamenlijk|tezamen|samen|gecombineerd)\)?)?[\s.:;)\]*_–—-]*", re.IGNORECASE)
# "Vraag 3 (VVD)", "Vraag 3 van het lid De Vries (CDA)": who asks stands in the heading.
_ASKER = regex(
    r"\s*[:–-]?\s*(?:\((?P<group>[A-Z][^()?]{0,60})\)|(?:van|door)\s+(?P<members>(?:het\s+lid|de\s+leden|de\s+fractie)\s"
    r"[^?]{2,120}?))[\s.:*_]*"
)
_INLINE = regex(r"\s*(?:[:.)\]][\s*_]*|[–—-]\s+)(?=[^\s.:)])")
_SENTENCE = regex(r"\s*[\"'‘’“”„«(]*[A-ZÀ-Þ]")
_UNFINISHED = regex(
    rf"{_OPEN}(?:Vra(?:ag|gen)|(?:Antwoord(?:en)?|Beantwoording)(?:\s+op(?:\s+de)?)?\s+vra(?:ag|gen)|"
    rf"(?:Antwoord(?:en)?|Beantwoording)\s+op(?:\s+de)?|.*\d\s*(?:,|,?\s+en|t/m|tot\s+en\s+met))[\s*_]*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Label:
    """What a heading says: a question's or an answer's, of which numbers (none named: ()).

    `length` is how much of the line the heading takes; what follows on it is
    text of the question or answer. `asker` is who asks, where the heading
    says so. `sure` is False where only the text behind it can tell a heading
    from a sentence.
    """

    kind: Literal["question", "answer"]
    numbers: tuple[int, ...]
    length: int
    asker: str = ""
    sure: bool = True


def heading_label(line: str) -> Label | None:
    """The heading that `line` is or begins with, None for any other line."""
    for kind, pattern in (("question", _QUESTION), ("answer", _ANSWER)):
        if match := pattern.match(line):
            return _label("question" if kind == "question" else "answer", match, line)
    return None


def _label(kind: Literal["question", "answer"], match: re.Match[str], line: str) -> Label | None:
    numbers = tuple(sorted(number_list(match["numbers"]))) if match["numbers"] else ()
    rest = line[match.end() :]
    if _CLOSED.fullmatch(rest):
        return Label(kind, numbers, len(line))
    if numbers and (asker := _ASKER.fullmatch(rest)):
        return Label(kind, numbers, len(line), asker["group"] or asker["members"])
    if inline := _INLINE.match(rest):
        length = match.end() + inline.end()
        marked = bool(numbers) or ":" in inline[0]
        sure = ":" in inline[0] or bool(_SENTENCE.match(line[length:]))
        return Label(kind, numbers, length, sure=sure) if marked else None
    if numbers and _SENTENCE.match(rest):
        return Label(kind, numbers, match.end(), sure=False)
    return None


def bare_numbers(line: str) -> tuple[int, ...]:
    """The numbers of a line that holds nothing else ("12", "5, 6 en 7"); () for any other line."""
    match = _BARE.fullmatch(line)
    return tuple(sorted(number_list(match["numbers"]))) if match else ()


def unfinished(line: str) -> bool:
    """Whether `line` may be a heading that a page break or line break cut off before its numbers."""
    return len(line) < 80 and bool(_UNFINISHED.fullmatch(line))
