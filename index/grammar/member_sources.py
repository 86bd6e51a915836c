"""The members' own sources: "1) NOS, 6 maart 2024" under their question or behind the last answer.

The question carries the mark ("… bij boa's”1)?", "[3]"); the source becomes a
footnote of the question, and never words of the minister's answer.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from index.grammar.lines import Line
from index.language.dates import MONTH
from index.language.span import Span, trimmed
from index.model.types import Footnote

_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_ITEM = re.compile(
    r"(?:\[(?P<square>\d{1,3})\]|\(?(?P<round>\d{1,3})\)|(?P<raised>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})|(?P<plain>\d{1,3})(?:[.:]\s|\s(?=[A-Z\"“«‘(])))[.:]?\s*"
)
_BRACKETED = re.compile(r"[(\[⁰¹²³⁴⁵⁶⁷⁸⁹]|.{0,3}\)")
_HEADING = re.compile(r"(?:Bron(?:nen)?|Noten?|Voetnoten|Bronvermelding(?:en)?)\s*:?", re.IGNORECASE)
# What a source looks like: an address, a paper with a date, a parliamentary document.
_SOURCE = re.compile(
    r"https?:|www\.|\w\.(?:nl|com|eu|org)\b|\b(?:Kamerstuk|Aanhangsel|Handelingen|Staatscourant|Staatsblad|NOS|NRC|"
    r"Trouw|Volkskrant|Telegraaf|AD|FD|NU\.nl|RTL|Nieuwsuur|ibid|idem)|"
    rf"\b{MONTH}\s+\d{{4}}\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Source:
    """A source: its number, its words, and the line by place that it begins on."""

    number: int
    body: Span
    line: int


def source_list(lines: Sequence[Line], asked: Callable[[], list[str]]) -> tuple[Source, ...]:
    """The sources that the last of `lines` are, in order; () where the lines end in ordinary text.

    `asked` gives the texts that may carry the marks. A list counts as sources
    where a mark of one of them stands in the questions, or where most look
    like sources; any other list belongs to the text above it.
    """
    for first in range(len(lines)):
        items = _items(lines, first)
        if items and (_marked(items, lines, asked()) or _look_alike(items, lines)):
            return items
    return ()


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
        if match and (not starts or number == starts[-1][0] + 1) and match.end() < len(lines[place].text):
            assert number is not None, "an item has a number"
            starts.append((number, place, lines[place].span.start + match.end()))
        elif not starts or not _goes_on(lines, place):
            return ()
    ends = [lines[place - 1].span.end for _, place, _ in starts[1:]] + [lines[-1].span.end]
    return tuple(
        Source(number, Span(start, end), place) for (number, place, start), end in zip(starts, ends, strict=True)
    )


def _goes_on(lines: Sequence[Line], place: int) -> bool:
    """Whether a line goes on with the source before it: an address, or the rest of one."""
    text = lines[place].text
    return bool(re.match(r"https?:|www\.|\S+$", text)) or text[:1].islower()


def _marked(items: tuple[Source, ...], lines: Sequence[Line], texts: Sequence[str]) -> bool:
    """Whether a mark of an item stands in the questions; of items counted "1.", as a list is, every mark."""
    bracketed = [item for item in items if _BRACKETED.match(lines[item.line].text)]
    marked = {item.number for item in items for text in texts if find_mark(text, item.number) is not None}
    return any(item.number in marked for item in bracketed) or (len(items) > 1 and len(marked) == len(items))


def _look_alike(items: tuple[Source, ...], lines: Sequence[Line]) -> bool:
    known = sum(bool(_SOURCE.search(lines[item.line].text)) for item in items)
    return known * 2 > len(items)


def find_mark(text: str, number: int) -> int | None:
    """Where in `text` the mark of a source ends: "1)", "(1)", "[1]" or a raised ¹; None where it has none.

    At the start of a line it is an item of a list, not a mark.
    """
    raised = str(number).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))
    pattern = rf"(?<![\d\n(])(?<=\S)\s?(?:\({number}\)|(?<!\d){number}\)|\[{number}\])|(?<=\S){raised}"
    match = re.search(pattern, text)
    return match.end() if match else None


def notes_of(sources: Iterable[Source], text: str, spans: Iterable[Span]) -> tuple[Footnote, ...]:
    """The sources whose mark stands in one of `spans` of the document's `text`, as footnotes."""
    notes = []
    places = list(spans)
    for source in sources:
        for span in places:
            mark = find_mark(span.of(text), source.number)
            if mark is not None and (body := trimmed(text, source.body.start, source.body.end)):
                notes.append(Footnote(source.number, span.start + mark, body))
                break
    return tuple(notes)
