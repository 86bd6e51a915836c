"""Take the words and rules out of a PDF with PDFium, in a process of its own.

A damaged or hostile PDF can keep a parser busy for ever, fill the memory or
crash it, and PDFium is not made for several threads. So `pdf_process` starts
this module as a process, which gives itself limits that the kernel enforces,
reads the file from its standard input and writes one message a page.
Scripts, forms and attachments in the file are never looked at.
"""

import ctypes
import math
import re
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, BinaryIO

import msgspec
import pypdfium2
import pypdfium2.raw as pdfium

from index.readers.pdf.page import Opened, Page, Refused, Rule, Word

MOST_PAGES = 2_000
MOST_LETTERS_ON_A_PAGE = 30_000
MOST_OBJECTS_ON_A_PAGE = 100_000
# Of the processor. For one page, and for all so far; a full page takes 0.05 s.
SECONDS_A_PAGE = 1.5
SECONDS_AT_FIRST, SECONDS_FOR_EACH = 10.0, 0.25
MOST_MEMORY = 1_500_000_000

_BOLD = re.compile(r"bold|black|heavy|demi(?!light)", re.IGNORECASE)
_ITALIC = re.compile(r"italic|oblique", re.IGNORECASE)
_HEAVY = 700
# Wider than the narrowest space of justified type, narrower than any kerning.
_SPACE = 0.17
# Letters that stand apart for emphasis, where nothing but their distance says that they might be words.
_LETTER_SPACE = 0.5
_THIN = 2.5
# A logo takes less of a page than this.
_PICTURED = 0.1
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
# PDFium's own mark for a hyphen at the end of a line.
_HYPHEN_AT_LINE_END = 0x02
_SOFT_HYPHEN = 0xAD


class _RefusedError(Exception):
    """The file cannot be read whole; the text says why."""


def main() -> None:
    """Read a PDF from standard input; write its pages, or why it is refused, to standard output."""
    _limit_memory()
    _limit_time()
    output = sys.stdout.buffer
    try:
        with _opened(sys.stdin.buffer.read()) as document:
            _send(output, Opened(len(document)))
            if len(document) > MOST_PAGES:
                return
            for number in range(len(document)):
                _limit_time()
                if time.process_time() > SECONDS_AT_FIRST + SECONDS_FOR_EACH * number:
                    raise _RefusedError(f"takes too long to read: {number} pages in {time.process_time():.0f} seconds")
                _send(output, _page(document, number))
    except _RefusedError as error:
        _send(output, Refused(str(error)))
    except MemoryError:
        _send(output, Refused(f"needs more than {MOST_MEMORY // 1_000_000:,} MB of memory to read"))


def _send(output: BinaryIO, message: Opened | Page | Refused) -> None:
    """One message: its kind, its length, its content."""
    content = msgspec.msgpack.encode(message)
    output.write(type(message).__name__[:1].encode() + len(content).to_bytes(8, "big") + content)
    output.flush()


def _limit_memory() -> None:
    """No more memory than MOST_MEMORY, and no file left behind by a crash; where the system knows such limits."""
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limit_time() -> None:
    """From now on SECONDS_A_PAGE of processor time, then the kernel ends the process; where it can."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, SECONDS_A_PAGE)


def _opened(content: bytes) -> Any:
    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if error.err_code in {pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY}:
            raise _RefusedError("encrypted with a password; save it without one and try again") from error
        raise _RefusedError("damaged or cut off: no PDF that can be opened; get the file again") from error


def _page(document: Any, number: int) -> Page:
    try:
        page = document[number]
        text = page.get_textpage()
    except pypdfium2.PdfiumError as error:
        raise _RefusedError(f"page {number + 1} is damaged; get the file again") from error
    # A page may be kept on its side: it is read in the direction that its letters run.
    upright = _read(page, text.raw, number, 0)
    if upright.turned <= upright.letters:
        return upright
    return max((upright, *(_read(page, text.raw, number, turns) for turns in (1, 2, 3))), key=lambda page: page.letters)


def _read(page: Any, text: Any, number: int, turns: int) -> Page:
    """The page after so many quarter turns more than the file says."""
    view = _View(page, turns)
    drawing = _Drawing(page, view)
    letters = _Letters(text, view, drawing)
    words = tuple(_words(letters))
    return Page(
        number=number + 1,
        width=round(view.width, 2),
        height=round(view.height, 2),
        words=words,
        rules=tuple(drawing.rules),
        has_picture=drawing.has_picture,
        letters=letters.count,
        unmapped=letters.unmapped,
        turned=letters.turned,
        invisible=letters.invisible,
        hidden=letters.hidden,
    )


class _View:
    """From the coordinates of the file to those of the page as it is seen."""

    def __init__(self, page: Any, turns: int) -> None:
        self.left, self.bottom, self.right, self.top = map(float, page.get_cropbox())
        self.turns = (int(page.get_rotation()) // 90 + turns) % 4
        across, up = self.right - self.left, self.top - self.bottom
        self.width, self.height = (up, across) if self.turns % 2 else (across, up)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """From the left and from the top."""
        if self.turns == 0:
            return x - self.left, self.top - y
        if self.turns == 1:
            return y - self.bottom, x - self.left
        if self.turns == 2:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """Left, top, right and bottom edge."""
        (x0, y0), (x1, y1) = self.point(left, bottom), self.point(right, top)
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)

    def upright(self, matrix: Any) -> bool:
        """Whether type set with `matrix` runs from left to right."""
        angle: float = math.degrees(math.atan2(matrix.b, matrix.a)) - 90 * self.turns
        return abs((angle + 180) % 360 - 180) < 5

    def holds(self, x: float, y: float) -> bool:
        """Whether a point is on the page."""
        return -1 <= x <= self.width + 1 and -1 <= y <= self.height + 1


@dataclass(frozen=True, slots=True)
class _Letter:
    text: str
    x0: float
    x1: float
    y: float
    style: "_Style"
    spaced: bool
    supposed: bool


@dataclass(frozen=True, slots=True)
class _Style:
    size: float
    bold: bool
    italic: bool
    upright: bool
    drawn: bool
    white: bool


class _Letters:
    """The letters of a page in the order of the file, without white space; counts what it leaves out."""

    def __init__(self, text: Any, view: _View, drawing: "_Drawing") -> None:
        self.text = text
        self.view = view
        self.drawing = drawing
        self.count = self.unmapped = self.turned = self.invisible = self.hidden = 0
        self._matrix = pdfium.FS_MATRIX()
        self._name = ctypes.create_string_buffer(256)
        self._flags = ctypes.c_int()
        self._styles: dict[int, _Style] = {}

    def __iter__(self) -> Iterator[_Letter]:
        view, text = self.view, self.text
        total = pdfium.FPDFText_CountChars(text)
        if total > MOST_LETTERS_ON_A_PAGE:
            raise _RefusedError(f"{total:,} letters on one page; expected at most {MOST_LETTERS_ON_A_PAGE:,}")
        box = pdfium.FS_RECTF()
        x, y = ctypes.c_double(), ctypes.c_double()
        box_at, x_at, y_at = ctypes.byref(box), ctypes.byref(x), ctypes.byref(y)
        spaced = True
        supposed = False
        for place in range(total):
            code = pdfium.FPDFText_GetUnicode(text, place)
            generated = pdfium.FPDFText_IsGenerated(text, place) == 1
            if generated or _is_space(code):
                # A space that PDFium supposes is measured again: its guess depends on the order of the file.
                spaced = spaced or not generated or code in (10, 13)
                supposed = supposed or generated
                continue
            style = self._style(place)
            pdfium.FPDFText_GetLooseCharBox(text, place, box_at)
            pdfium.FPDFText_GetCharOrigin(text, place, x_at, y_at)
            x0, _, x1, _ = view.box(box.left, box.bottom, box.right, box.top)
            _, baseline = view.point(x.value, y.value)
            if not style.upright or not view.holds(x0, baseline) or not math.isfinite(x1):
                self.turned += view.holds(x0, baseline)
                continue
            if style.white and not self.drawing.is_coloured(x0, baseline):
                self.hidden += 1
                continue
            self.count += 1
            self.invisible += not style.drawn
            if self._is_unmapped(place, code):
                self.unmapped += 1
                code = 0xFFFD
            yield _Letter(_letter(code), x0, x1, baseline, style, spaced, supposed)
            spaced = supposed = False

    def _is_unmapped(self, place: int, code: int) -> bool:
        if code == _HYPHEN_AT_LINE_END:
            return False
        nameless = code < 32 or 0xE000 <= code <= 0xF8FF or code == 0xFFFD
        return nameless or pdfium.FPDFText_HasUnicodeMapError(self.text, place) == 1

    def _style(self, place: int) -> _Style:
        """The style of a letter; those of one text object share it."""
        element = pdfium.FPDFText_GetTextObject(self.text, place)
        key = ctypes.cast(element, ctypes.c_void_p).value or 0
        if key not in self._styles:
            self._styles[key] = self._measured(place, element)
        return self._styles[key]

    def _measured(self, place: int, element: Any) -> _Style:
        matrix = self._matrix
        pdfium.FPDFText_GetMatrix(self.text, place, ctypes.byref(matrix))
        size = pdfium.FPDFText_GetFontSize(self.text, place) * math.hypot(matrix.c, matrix.d)
        pdfium.FPDFText_GetFontInfo(self.text, place, self._name, 256, ctypes.byref(self._flags))
        name = self._name.value.decode("utf-8", "replace")
        mode = pdfium.FPDFTextObj_GetTextRenderMode(element) if element else pdfium.FPDF_TEXTRENDERMODE_FILL
        weight = pdfium.FPDFText_GetFontWeight(self.text, place)
        return _Style(
            size=round(size, 2),
            bold=bool(_BOLD.search(name)) or weight >= _HEAVY or mode == pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE,
            italic=bool(_ITALIC.search(name)) or bool(self._flags.value & 0x40),
            upright=self.view.upright(matrix),
            white=_is_white(element),
            drawn=mode not in {pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP},
        )


@cache
def _is_space(code: int) -> bool:
    """White space, or a letter of no width. A no-break space holds a word together."""
    return code in {0x20, 0x09, 0x0A, 0x0D, 0, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF} or 0x2000 <= code <= 0x200A


@cache
def _letter(code: int) -> str:
    if code in {_HYPHEN_AT_LINE_END, _SOFT_HYPHEN}:
        return "-"
    return _LIGATURES.get(chr(code), chr(code)) if code <= sys.maxunicode and not 0xD800 <= code <= 0xDFFF else "\ufffd"


def _words(letters: _Letters) -> Iterator[Word]:
    """The letters put together where they touch, on one line and in one style."""
    word: list[_Letter] = []
    for letter in letters:
        if word and not _touch(word[-1], letter):
            yield _word(word)
            word = []
        word.append(letter)
    if word:
        yield _word(word)


def _touch(before: _Letter, letter: _Letter) -> bool:
    size = before.style.size
    same = not letter.spaced and letter.style == before.style and abs(letter.y - before.y) < 0.05 * size
    # The letters of a ligature have one place together.
    widest = _SPACE if letter.supposed else _LETTER_SPACE
    return same and letter.x0 > before.x0 - 0.1 * size and letter.x0 - before.x1 < widest * size


def _word(letters: list[_Letter]) -> Word:
    first = letters[0]
    return Word(
        text="".join(letter.text for letter in letters),
        x0=round(first.x0, 2),
        x1=round(letters[-1].x1, 2),
        y=round(first.y, 2),
        size=first.style.size,
        bold=first.style.bold,
        italic=first.style.italic,
        spaced=first.spaced,
    )


class _Drawing:
    """What a page shows besides text: ruled lines, pictures, and where it is coloured."""

    def __init__(self, page: Any, view: _View) -> None:
        self.rules: list[Rule] = []
        self._pictured = 0.0
        self._coloured: list[tuple[float, float, float, float]] = []
        self._is_plain = True
        edges = [ctypes.c_float() for _ in range(4)]
        for count, item in enumerate(page.get_objects(max_depth=4)):
            if count > MOST_OBJECTS_ON_A_PAGE:
                raise _RefusedError(f"a page with more than {MOST_OBJECTS_ON_A_PAGE:,} drawn objects")
            if item.type == pdfium.FPDF_PAGEOBJ_TEXT:
                continue
            if pdfium.FPDFPageObj_GetBounds(item.raw, *map(ctypes.byref, edges)):
                left, bottom, right, top = (edge.value for edge in edges)
                self._add(item, view.box(left, bottom, right, top))
        # Letters drawn as outlines make no text either.
        self.has_picture = self._pictured > _PICTURED * view.width * view.height or len(self.rules) > 200

    def _add(self, item: Any, box: tuple[float, float, float, float]) -> None:
        if item.type == pdfium.FPDF_PAGEOBJ_PATH:
            self.rules += _rules(item.raw, *box)
            if _is_filled(item.raw) and not _is_white(item.raw):
                self._coloured.append(box)
        elif item.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            self._pictured += (box[2] - box[0]) * (box[3] - box[1])
            self._coloured.append(box)
        else:
            # A form or a shading: what it colours is not known.
            self._is_plain = False

    def is_coloured(self, x: float, y: float) -> bool:
        """Whether white letters can be seen at a point."""
        return not self._is_plain or any(x0 <= x <= x1 and y0 <= y <= y1 for x0, y0, x1, y1 in self._coloured)


def _is_filled(path: Any) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke))
    return bool(fill.value)


def _is_white(item: Any) -> bool:
    """Whether it is filled with white, or all but white."""
    colour = [ctypes.c_uint() for _ in range(4)]
    known = item and pdfium.FPDFPageObj_GetFillColor(item, *map(ctypes.byref, colour))
    return bool(known) and all(part.value > 250 for part in colour[:3])


def _rules(path: Any, x0: float, y0: float, x1: float, y1: float) -> Iterator[Rule]:
    """The lines that a path draws: itself where it is thin, else the edges of a rectangle with an outline."""
    if not all(map(math.isfinite, (x0, y0, x1, y1))):
        return
    x0, y0, x1, y1 = (round(edge, 2) for edge in (x0, y0, x1, y1))
    wide, high = x1 - x0, y1 - y0
    if min(wide, high) <= _THIN:
        if max(wide, high) > 4 * _THIN:
            yield Rule(x0, y0, x1, y1)
        return
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke))
    if stroke.value and pdfium.FPDFPath_CountSegments(path) <= 6:
        yield from (Rule(x0, y0, x1, y0), Rule(x0, y1, x1, y1), Rule(x0, y0, x0, y1), Rule(x1, y0, x1, y1))


if __name__ == "__main__":
    main()
