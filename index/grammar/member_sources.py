"""The members' own sources: "1) NOS, 6 maart 2024" under their question or behind the last answer.

The question carries the mark ("… bij boa's”1)?", "[3]"); the source becomes a
footnote of the question, and never words of the minister's answer.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from index.grammar.lines import Line
from index.language.regex import regex
from index.language.span import Span, trimmed
from index.language.values.dates import MONTH
from index.model.types import Footnote

_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_ITEM = regex(
    r"(?:\[(?P<square>\d{1,3})\]|\(?(?P<round>\d{1,3})\)|(?P<raised>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})|(?P<plain>\d{1,3})(?:[.:]\s|\s(?=[A-Z\"“«‘(])))[.:]?\s*"
)
# "[1]" or a raised ¹ at the start of a line: no list of an answer is counted so.
_CERTAIN = regex(r"\[|[⁰¹²³⁴⁵⁶⁷⁸⁹]")
_BRACKETED = regex(r"[(\[⁰¹²³⁴⁵⁶⁷⁸⁹]|.{0,3}\)")
_NUMBER = "(0|[1-9][0-9]{0,2})"
_MARK = regex(rf"(?<![\d\n(])(?<=\S)\s?(?:\({_NUMBER}\)|(?<!\d){_NUMBER}\)|\[{_NUMBER}\])")
_RAISED_RUN = regex(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_HEADING = regex(r"(?:Bron(?:nen)?|Noten?|Voetnoten|Bronvermelding(?:en)?)\s*:?|[_–—-]{3,}", re.IGNORECASE)
# Sources without a number: an address, "Bron: …", or a paper with a day and no sentence around it.
_UNNUMBERED = regex(
    rf"Bron(?:nen)?\s*:\s*\S.*|(?:https?://|www\.)\S+"
    rf"|[A-ZÀ-Þ][\w.&’' -]{{1,40}}(?:\([^()]*\))?,\s*(?:d\.d\.\s*)?\d{{1,2}}\s+{MONTH}\s+\d{{4}}\s*[,.:;(–-].*",
    re.IGNORECASE,
)
# What a source looks like: an address, a paper with a date, a parliamentary document.
_SOURCE = regex(
    r"https?:|www\.|\w\.(?:nl|com|eu|org)\b|\b(?:Kamerstuk|Aanhangsel|Handelingen|Staatscourant|Staatsblad|NOS|NRC"
    rf"|Trouw|Volkskrant|Telegraaf|AD|FD|NU\.nl|RTL|Nieuwsuur|ibid|idem)|\b{MONTH}\s+\d{{4}}\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Source:
    """A source: its number, its words, the line by place that it begins on, and where its list begins."""

    number: int
    body: Span
    line: int
    opens: int


def source_list(lines: Sequence[Line], marked: Callable[[], set[int]]) -> tuple[Source, ...]:
    """The sources that the last of `lines` are, in order; () where the lines end in ordinary text.

    `marked` gives the numbers whose mark stands in the questions. A list counts as sources
    where a mark of one of them stands in the questions, or where most look
    like sources, of those counted "[1]" one; any other list belongs to the
    text above it.
    """
    for first in range(len(lines)):
        items = _items(lines, first)
        if items and (_marked(items, lines, marked()) or _look_alike(items, lines)):
            return items
    return ()


def unnumbered_sources(lines: Sequence[Line]) -> int:
    """How many of the last of `lines` are sources without a number; at least one line before them is none."""
    count = 0
    while count + 1 < len(lines) and _UNNUMBERED.fullmatch(lines[-1 - count].text):
        count += 1
    headed = count + 1 < len(lines) and bool(_HEADING.fullmatch(lines[-1 - count].text))
    return count if headed or all("http" in line.text or line.text[:4] == "Bron" for line in lines[-count:]) else 0


def without_heading(lines: Sequence[Line], first: int) -> list[Line]:
    """The lines before line `first`, without the list's own heading ("Bronnen:")."""
    before = list(lines[:first])
    return before[:-1] if before and _HEADING.fullmatch(before[-1].text) else before


def _items(lines: Sequence[Line], first: int) -> tuple[Source, ...]:
    """The items from line `first` to the last, numbered one by one; () where another line comes between."""
    starts: list[tuple[int, int, int]] = []
    for place in range(first, len(lines)):
        match = _ITEM.match(lines[place].text)
        number = int((match[match.lastgroup or 0]).translate(_RAISED)) if match else None
        if number is not None and match and _follows(number, starts, match) and match.end() < len(lines[place].text):
            starts.append((number, place, lines[place].span.start + match.end()))
        elif not starts or not _goes_on(lines, place):
            return ()
    ends = [lines[place - 1].span.end for _, place, _ in starts[1:]] + [lines[-1].span.end]
    return tuple(
        Source(number, Span(start, end), place, starts[0][2])
        for (number, place, start), end in zip(starts, ends, strict=True)
    )


def _follows(number: int, starts: Sequence[tuple[int, int, int]], match: re.Match[str]) -> bool:
    """Whether an item comes next; of those counted "[1]", numbers may be left out or stand twice."""
    if not starts:
        return True
    return number == starts[-1][0] + 1 or (number >= starts[-1][0] and bool(_CERTAIN.match(match[0])))


def _goes_on(lines: Sequence[Line], place: int) -> bool:
    """Whether a line goes on with the source before it: an address, the rest of one, or of its broken line."""
    text, before = lines[place].text, lines[place - 1]
    if re.match(r"https?:|www\.|\S+$", text) or text[:1].islower():
        return True
    return lines[place].span.start == before.span.end + 1 and before.text[-1] not in ".!?"


def _marked(items: tuple[Source, ...], lines: Sequence[Line], marked: set[int]) -> bool:
    """Whether a mark of an item stands in the questions; of items counted "1.", as a list is, every mark."""
    bracketed = [item for item in items if _BRACKETED.match(lines[item.line].text)]
    numbers = {item.number for item in items} & marked
    return any(item.number in numbers for item in bracketed) or (len(items) > 1 and len(numbers) == len(items))


def _look_alike(items: tuple[Source, ...], lines: Sequence[Line]) -> bool:
    known = sum(bool(_SOURCE.search(lines[item.line].text)) for item in items)
    certain = all(_CERTAIN.match(lines[item.line].text) for item in items)
    return known * 2 > len(items) or (certain and known > 0)


def marks(text: str) -> dict[int, int]:
    """The numbers of the sources whose mark stands in `text`, each with where its first mark ends.

    A mark is "1)", "(1)", "[1]" or a raised ¹; at the start of a line that is an item of a list.
    """
    found = [(match.start(), int(match[match.lastindex or 0]), match.end()) for match in _MARK.finditer(text)]
    for match in _RAISED_RUN.finditer(text):
        digits = match[0].translate(_RAISED)
        first = 0 if text[max(0, match.start() - 1) : match.start()].strip() else 1
        for at in range(first, len(digits)):
            longest = min(3, len(digits) - at)
            found += [
                (match.start() + at, int(digits[at : at + n]), match.start() + at + n) for n in range(1, longest + 1)
            ]
    return {number: end for _, number, end in sorted(found, reverse=True)}


def notes_of(sources: Mapping[int, Sequence[Source]], text: str, spans: Iterable[Span]) -> tuple[Footnote, ...]:
    """The sources, by their numbers, whose mark stands in one of `spans` of the document's `text`, as footnotes."""
    ends: dict[int, int] = {}
    for span in spans:
        ends = {number: span.start + end for number, end in marks(span.of(text)).items()} | ends
    notes = [
        Footnote(source.number, end, body)
        for number, end in ends.items()
        for source in _of_one_list(sources.get(number, ()), end)
        if (body := trimmed(text, source.body.start, source.body.end))
    ]
    return tuple(sorted(notes, key=lambda note: note.body))


def _of_one_list(sources: Sequence[Source], mark: int) -> Sequence[Source]:
    """Of `sources` of one number, in order, those of the first list behind `mark`, or else of the last list."""
    if not sources:
        return ()
    first = bisect_right(sources, mark, key=_opens)
    opens = sources[min(first, len(sources) - 1)].opens
    return sources[bisect_left(sources, opens, key=_opens) : bisect_right(sources, opens, key=_opens)]


def _opens(source: Source) -> int:
    return source.opens
