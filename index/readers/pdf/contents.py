"""Find the list of contents: it repeats the headings of the document, with the pages that they stand on.

An entry ends with a page number, behind dots or a wide gap. Entries below each
other, their numbers ascending, are a list of contents where its heading says
so or where their titles stand in the document again.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.language.regex import regex
from index.readers.pdf.furniture import Sheet
from index.readers.pdf.line import Line, rows

_HEADING = regex(
    r"(?:\d+\.?\s+)?(?:inhoud|inhoudsopgave|(?:table of )?contents|inhaltsverzeichnis)\s*:?", re.IGNORECASE
)
_ENTRY = regex(r"(?P<title>.*?[^\W\d_].*?)\s*(?P<leader>[.…·_‥][.…·_‥\s]{3,})?\s*(?P<page>\d{1,4})")
_NUMBER = regex(r"^[\dIVX]+(?:\.\d+)*\.?\s+")
_FEWEST = 3
# An entry over several lines has its number on the last.
_MOST_LINES = 3
_NEAR = 3.5
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class _Entry:
    title: str
    page: int
    dotted: bool


def without_contents(sheets: Sequence[Sheet]) -> list[Sheet]:
    """The pages without a list of contents, which is named as left out."""
    pages = [rows(sheet.parts) for sheet in sheets]
    printed = " ".join(_folded(_text(row)) for page in pages for row in page)
    last = 0
    result = []
    for sheet, page in zip(sheets, pages, strict=True):
        found: list[Line] = []
        for run in _runs(page, last):
            entries = [entry for row in run if (entry := _entry(row))]
            headed = bool(_HEADING.fullmatch(_text(run[0]))) or (last > 0 and run[0] is page[0])
            if _are_contents(entries, headed, printed):
                found += [part for row in run for part in row]
                last = entries[-1].page
        result.append(sheet.without(found, "list of contents") if found else sheet)
        if not found:
            last = 0
    return result


def _runs(page: Sequence[list[Line]], last: int) -> Iterator[list[list[Line]]]:
    """Entries below each other with their heading, from the first to the last; `last` is the page named before them."""
    run: list[list[Line]] = []
    number = last
    for row in page:
        entry = _entry(row)
        if _HEADING.fullmatch(_text(row)):
            yield from _ended(run)
            run, number = [row], 0
        elif entry and entry.page >= number and (not run or row[0].y - run[-1][0].y < _NEAR * 2 * row[0].size):
            run.append(row)
            number = entry.page
        elif run and row[0].y - run[-1][0].y < _NEAR * row[0].size:
            run.append(row)
            if not any(_entry(other) for other in run[-_MOST_LINES:]) and len(run) > _MOST_LINES:
                yield from _ended(run)
                run, number = [], 0
        else:
            yield from _ended(run)
            run, number = ([row], entry.page) if entry else ([], 0)
    yield from _ended(run)


def _ended(run: list[list[Line]]) -> Iterator[list[list[Line]]]:
    """A run without the lines behind its last entry."""
    end = next((place for place in range(len(run), 0, -1) if _entry(run[place - 1])), 0)
    if end:
        yield run[:end]


def _entry(row: Sequence[Line]) -> _Entry | None:
    """What an entry says; None where a row is none."""
    text = _text(row)
    match = _ENTRY.fullmatch(text) if text[-1:].isdigit() and len(text) < _LONGEST else None
    if not match:
        return None
    last, before = (row[-1].tokens[-1], row[-1].tokens[-2] if len(row[-1].tokens) > 1 else None)
    apart = before is None or last.word.x0 - before.word.x1 > 2 * last.word.size
    if not (match["leader"] or apart):
        return None
    return _Entry(match["title"], int(match["page"]), bool(match["leader"]))


def _are_contents(entries: Sequence[_Entry], headed: bool, printed: str) -> bool:
    if len(entries) < (2 if headed else _FEWEST):
        return False
    again = sum(printed.count(_folded(entry.title)) > 1 for entry in entries)
    if headed:
        return all(entry.dotted for entry in entries) or 3 * again > len(entries)
    return all(entry.dotted for entry in entries) and 2 * again > len(entries)


def _text(row: Sequence[Line]) -> str:
    return " ".join(part.text.strip() for part in row)


def _folded(text: str) -> str:
    """A title as it is compared: without its number, and whatever its spaces."""
    return "".join(_NUMBER.sub("", text).lower().split())
