"""Read a PDF of the family: an official publication, or what a ministry prints.

A PDF knows where letters stand and nothing else, so structure is measured:

    extract    words with place and size, ruled lines  (in a process of its own: process)
    line       words to segments on one baseline
    tables     tables by their rules, or by what stands in line
    furniture  running heads and feet, page numbers; margin the colophon
    contents   the list of contents
    asides     a head or foot that occurs once, in the middle of a sentence
    columns    the reading order
    notes      notes at the foot and their marks
    paragraphs lines to paragraphs; hyphens decides on hyphens at line ends
    blocks     paragraphs and tables in order, tables joined over pages
"""

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from index.language.regex import regex
from index.model.doubts import Doubt, listed_pages
from index.model.types import Excerpt
from index.readers.canonical import Note, Paragraph, Reading, UnreadableError, compose
from index.readers.letterhead import letterhead
from index.readers.pdf.asides import around, without_asides
from index.readers.pdf.blocks import Table, blocks, repeated_heads
from index.readers.pdf.columns import Column, Item, columns, common_gutter
from index.readers.pdf.contents import without_contents
from index.readers.pdf.furniture import Sheet, furniture, without_furniture
from index.readers.pdf.line import Line, Token, most_common_size, segments
from index.readers.pdf.notes import Notes, marks
from index.readers.pdf.page import Page
from index.readers.pdf.paragraphs import Placed, Setting, leading, paragraphs, right_edges, vocabulary
from index.readers.pdf.process import pages
from index.readers.pdf.tables import Grid, ruled_tables
from index.readers.word_ledger import counted

MOST_PAGES = 2_000
_MOST_UNMAPPED = 0.05
_FEW = 10
# Of the processor; a full page takes 0.01 s.
_SECONDS_AT_FIRST, _SECONDS_FOR_EACH = 2.0, 0.25
# How many blocks of the text a letterhead may reach into.
_LETTERHEAD = 40
_APPENDIX = regex(r"ah-(?:tk|ek)-(\d{4})(\d{4})-(\d+)", re.IGNORECASE)
_KAMERSTUK = regex(r"kst-(\d{5})(?:-([A-Z]+))?-(\d+|[A-Z]+)", re.IGNORECASE)
_YEAR = regex(r"(?:tweede|eerste) kamer, vergaderjaar (\d{4})\s*[-–]\s*(\d{4})\b", re.IGNORECASE)
_COMMON = frozenset(
    "de het een en van in is dat op te voor met die aan zijn niet of door bij ook wordt naar om er tot uit als "
    "the of and to in that for is on der die und le la les et des du".split()
)


def read(content: bytes) -> Reading:
    """The canonical text of a PDF, with its pages, notes, tables and bold words.

    Raises UnreadableError where it is encrypted, damaged, a scan without
    text, longer than MOST_PAGES, writes glyphs that stand for no letters, or
    takes more time or memory than a page may.
    """
    if b"%PDF-" not in content[:1024]:
        raise UnreadableError('does not begin with "%PDF-": no PDF, whatever its name says.')
    found: list[Page] = []
    parts: list[list[Line]] = []
    for page in pages(content, MOST_PAGES):
        found.append(page)
        # While the other process reads the next page.
        parts.append(segments(page.words))
    doubts = _doubts(found)
    reading, left_out = _composed(found, parts)
    shown = (Excerpt(page.text, page.number) for page in found)
    unread = (excerpt for page in found for excerpt in page.left_out)
    return counted(replace(reading, doubts=doubts), shown, [*unread, *left_out])


def _doubts(found: Sequence[Page]) -> tuple[Doubt, ...]:
    """What cannot be read for certain; UnreadableError where that is too much."""
    silent = [page.number for page in found if not page.words and page.has_picture]
    if not any(page.words for page in found) or len(silent) * 2 > len(found):
        raise UnreadableError(
            f"found {len(found)} pages, {len(silent) or 'all'} of them without any text: a scan, or empty. "
            "Have it read by OCR software (text recognition) first."
        )
    nonsense = [page.number for page in found if page.unmapped > max(3, _MOST_UNMAPPED * page.letters)]
    if nonsense or not _is_language(found):
        where = listed_pages(nonsense or [page.number for page in found], "en")
        raise UnreadableError(
            f"{where}: the glyphs stand for no letters (the fonts lack a ToUnicode map), so the text would be "
            "nonsense. Print it anew from its source, or have it read by OCR software (text recognition)."
        )
    seen = (
        Doubt("unmapped letters", numbers=tuple(page.number for page in found if page.unmapped)),
        Doubt("pictures", numbers=tuple(silent)),
        Doubt("ocr", numbers=tuple(page.number for page in found if page.invisible * 2 > page.letters)),
        Doubt("turned letters", numbers=tuple(page.number for page in found if page.turned > _FEW)),
        Doubt("hidden letters", numbers=tuple(page.number for page in found if page.hidden > _FEW)),
    )
    return tuple(doubt for doubt in seen if doubt.numbers)


def _is_language(found: Sequence[Page]) -> bool:
    """Whether common short words are among the words, as in any text of some length."""
    texts = [word.text.lower() for page in found for word in page.words if word.text.isalpha()]
    return len(texts) < 60 or sum(text in _COMMON for text in texts) > 0.03 * len(texts)


def _composed(found: Sequence[Page], parts: Sequence[list[Line]]) -> tuple[Reading, list[Excerpt]]:
    """The text, and what is left out of it on purpose; `parts` are the segments of each page."""
    grids = [ruled_tables(part, page.rules) for part, page in zip(parts, found, strict=True)]
    framed = [frozenset(_inside(part, tables)) for part, tables in zip(parts, grids, strict=True)]
    size = most_common_size(line for part in parts for line in part)
    sheets = [Sheet(page.number, page.width, page.height, tuple(part)) for page, part in zip(found, parts, strict=True)]
    sheets = without_contents(without_furniture(sheets, size, framed))
    asides = without_asides(sheets, [page.rules for page in found], size, framed)
    sheets = list(asides.sheets)
    notes = Notes(size)
    flow: list[Placed | Table] = []
    start = time.thread_time()
    texts: list[list[Item]] = [
        [*(part for part in sheet.parts if id(part) not in inside | asides.moved), *tables]
        for sheet, inside, tables in zip(sheets, framed, grids, strict=True)
    ]
    gutter = common_gutter(texts)
    for page, sheet, items in zip(found, sheets, texts, strict=True):
        if time.thread_time() - start > _SECONDS_AT_FIRST + _SECONDS_FOR_EACH * page.number:
            raise UnreadableError(f"page {page.number} takes too long to read. Print it to a new PDF and try again.")
        here: list[Placed | Table] = []
        for column in columns(items, gutter):
            here += _placed(notes.take(page.number, column, page.rules), page.number, len(flow))
        moved = [part for part in sheet.parts if id(part) in asides.moved]
        flow += _with_asides(here, moved, page.number, len(flow))
    reading, numbers = _written(flow, notes, furniture(sheets))
    return reading, [*(excerpt for sheet in sheets for excerpt in sheet.left_out), *numbers]


def _with_asides(here: list[Placed | Table], moved: Sequence[Line], page: int, serial: int) -> list[Placed | Table]:
    """What a page says with what was set aside around its paragraphs; where it has tables, behind it."""
    aside = [item for column in columns(moved) for item in _placed(column, page, serial)]
    lines = [item for item in here if isinstance(item, Placed)]
    placed = [item for item in aside if isinstance(item, Placed)]
    return [*around(lines, placed)] if len(lines) + len(placed) == len(here) + len(aside) else [*here, *aside]


def _inside(parts: Sequence[Line], tables: Sequence[Grid]) -> Iterator[int]:
    """The `id` of the segments that stand in a table, cut there or not."""
    yield from (id(part) for part in parts if any(grid.holds(part) for grid in tables))


def _placed(column: Column, page: int, serial: int) -> Iterator[Placed | Table]:
    for item in column.items:
        if isinstance(item, Grid):
            yield Table(item, page)
        else:
            yield Placed(item, page, serial, column.x0, column.x1, column.limit)


def _written(flow: Sequence[Placed | Table], notes: Notes, margin: Sequence[str]) -> tuple[Reading, Iterator[Excerpt]]:
    """The text, and what is left out of it: the numbers of notes, heads of tables that are repeated."""
    lines = [item for item in flow if isinstance(item, Placed)]
    below = [placed for note in notes.found for placed in note.lines]
    setting = Setting(
        leading=leading([*lines, *below]),
        edges=right_edges([*lines, *below]),
        words=vocabulary([*lines, *below]),
        notes=marks(_tokens(flow), notes.found),
    )
    bodies = [
        Note(
            note.key,
            tuple(paragraph for paragraph, _ in paragraphs(note.lines, setting)),
            int(note.number) if note.number.isdigit() else None,
        )
        for note in notes.found
    ]
    text = list(blocks(flow, setting))
    head = [block.words for block in text[:_LETTERHEAD] if isinstance(block, Paragraph)]
    reading = compose(text, bodies, {**letterhead([*head, *margin]), **_publication(margin)})
    return reading, chain(_numbers(flow, setting, notes), repeated_heads(flow, setting))


def _numbers(flow: Sequence[Placed | Table], setting: Setting, notes: Notes) -> Iterator[Excerpt]:
    """The marks of notes as they are printed, and the numbers before the notes themselves."""
    for page, token, _ in _tokens(flow):
        if id(token) in setting.notes:
            yield Excerpt(token.word.text, page, "note mark")
    for note in notes.found:
        yield Excerpt(note.number, note.page, "note number")


def _tokens(flow: Sequence[Placed | Table]) -> Iterator[tuple[int, Token, Token | None]]:
    """Each word of the text, with its page and the word before it on the line."""
    for item in flow:
        lines = [item.line] if isinstance(item, Placed) else list(item.grid.parts)
        for line in lines:
            for place, token in enumerate(line.tokens):
                yield item.page, token, line.tokens[place - 1] if place else None


def _publication(margin: Sequence[str]) -> dict[str, str]:
    """What the colophon and the running foot say of an official publication."""
    known: dict[str, str] = {}
    for text in margin:
        if match := _APPENDIX.fullmatch(text):
            known |= {"year": f"{match[1]}/{match[2][2:]}", "appendix": match[3]}
        elif match := _KAMERSTUK.fullmatch(text):
            known |= {"dossier": " ".join(filter(None, match.group(1, 2))), "number": match[3]}
        elif match := _YEAR.match(text):
            known |= {"year": f"{match[1]}/{match[2][2:]}"}
    return known
