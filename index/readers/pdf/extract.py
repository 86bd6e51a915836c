"""Take the words and rules out of a PDF with PDFium, in a process of its own.

A damaged or hostile PDF can keep a parser busy for ever, fill the memory or
crash it, and PDFium is not made for several threads. So `process` starts
this module as a process, which gives itself limits that the kernel enforces,
reads the file from its standard input and writes one message a page.
Scripts, forms and attachments in the file are never looked at.
"""

import ctypes
import gc
import math
import re
import signal
import sys
import time
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from statistics import median_low
from typing import Any, BinaryIO

import msgspec
import pypdfium2
import pypdfium2.raw as pdfium

from index.language.regex import regex
from index.model.doubts import LeftOut
from index.model.types import Excerpt
from index.readers.pdf.page import Opened, Page, Refused, Rule, Word
from index.readers.word_ledger import SUPPOSED

MOST_PAGES = 2_000
MOST_LETTERS_ON_A_PAGE = 30_000
MOST_OBJECTS_ON_A_PAGE = 100_000
# Of the processor. For one page, and for all so far; a full page takes 0.05 s.
SECONDS_A_PAGE = 1.5
SECONDS_AT_FIRST, SECONDS_FOR_EACH = 10.0, 0.25
MOST_MEMORY = 1_500_000_000

_BOLD = regex(r"bold|black|heavy|demi(?!light)", re.IGNORECASE)
_ITALIC = regex(r"italic|oblique", re.IGNORECASE)
_HEAVY = 700
# Where a font does not say how wide its space is, in sizes.
_SPACE_WIDTH = 0.28
# A gap is a space from this share of the font's own on; where the file writes its spaces, from that share on.
_SPACE_GUESSED, _SPACE_UNWRITTEN = 0.6, 0.75
# Between a figure and what the file sets apart from it, that share: cells stand close, figures of one number closer.
_SPACE_AT_FIGURE = 0.3
# No letter that hangs over on both sides begins nearer to its origin, in sizes.
_RENAMED = 0.03
# A space of the file that the next letter is set back over is none, in sizes.
_NO_SPACE = 0.03
_THIN = 2.5
# A logo takes less of a page than this.
_PICTURED = 0.1
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
# PDFium's own mark for a hyphen at the end of a line.
_HYPHEN_AT_LINE_END = 0x02
# White space, or a letter of no width. A no-break space holds a word together.
_SPACES = frozenset({0x20, 0x09, 0x0A, 0x0D, 0, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, *range(0x2000, 0x200B)})
_SOFT_HYPHEN = 0xAD
_SUPPOSED = ord(SUPPOSED)
# FPDFText_GetTextObject, giving an address that can be compared.
_text_object = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)(
    ctypes.cast(pdfium.FPDFText_GetTextObject, ctypes.c_void_p).value or 0
)


class _RefusedError(Exception):
    """The file cannot be read whole; the text says why."""


def main() -> None:
    """Read a PDF from standard input; write its pages, or why it is refused, to standard output."""
    _limit_memory()
    _limit_time()
    # Nothing here refers to itself: what is done with is gone at once, and looking for more takes time.
    gc.disable()
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
    codes = _Codes.of(text.raw)
    upright = _read(page, text.raw, codes, number, 0)
    if upright.turned <= upright.letters:
        return upright
    turned = (_read(page, text.raw, codes, number, turns) for turns in (1, 2, 3))
    return max((upright, *turned), key=lambda page: page.letters)


def _read(page: Any, text: Any, codes: "_Codes", number: int, turns: int) -> Page:
    """The page after so many quarter turns more than the file says."""
    view = _View(page, turns)
    drawing = _Drawing(page, view)
    letters = _Letters(text, codes, view, drawing)
    words = tuple(_words(list(letters), [rule for rule in drawing.rules if not rule.is_horizontal]))
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
        left_out=letters.left_out(number + 1),
        text=codes.as_text,
    )


@dataclass(frozen=True, slots=True)
class _Codes:
    """The characters of a page as PDFium puts it together, and which of them it supposes: they are not in the file."""

    codes: tuple[int, ...]
    generated: tuple[bool, ...]

    @classmethod
    def of(cls, text: Any) -> "_Codes":
        """Those of a text page; _RefusedError where it has too many."""
        total = pdfium.FPDFText_CountChars(text)
        if total > MOST_LETTERS_ON_A_PAGE:
            raise _RefusedError(f"{total:,} letters on one page; expected at most {MOST_LETTERS_ON_A_PAGE:,}")
        codes = tuple([pdfium.FPDFText_GetUnicode(text, place) for place in range(total)])
        supposed = pdfium.FPDFText_IsGenerated
        # Nothing but white space is ever supposed.
        return cls(codes, tuple([code <= 0x20 and supposed(text, place) == 1 for place, code in enumerate(codes)]))

    @property
    def as_text(self) -> str:
        """The page as text, a supposed space as SUPPOSED."""
        pairs = zip(self.codes, self.generated, strict=True)
        codes = array("I", [_SUPPOSED if code == 0x20 and guess else code for code, guess in pairs])
        return codes.tobytes().decode(f"utf-32-{sys.byteorder[0]}e", "replace")


def _character(code: int) -> str:
    return chr(code) if code <= sys.maxunicode and not 0xD800 <= code <= 0xDFFF else "\ufffd"


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

    def edges(self, box: Any) -> tuple[float, float]:
        """The left and right edge of a box of the file."""
        if self.turns == 0:
            return box.left - self.left, box.right - self.left
        left, _, right, _ = self.box(box.left, box.bottom, box.right, box.top)
        return left, right

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


# There are thousands on a page: a structure is made four times as fast as a dataclass.
class _Letter(msgspec.Struct, frozen=True, gc=False):
    text: str
    x0: float
    x1: float
    y: float
    style: "_Style"
    spaced: bool
    supposed: bool
    begins: bool
    space: float


@dataclass(frozen=True, slots=True)
class _Style:
    size: float
    wide: float
    bold: bool
    italic: bool
    upright: bool
    drawn: bool
    white: bool


class _Letters:
    """The letters of a page in the order of the file, without white space; counts and keeps what it leaves out."""

    def __init__(self, text: Any, codes: _Codes, view: _View, drawing: "_Drawing") -> None:
        self.text = text
        self.codes = codes
        self.view = view
        self.drawing = drawing
        self.count = self.unmapped = self.turned = self.invisible = self.hidden = 0
        self._matrix = pdfium.FS_MATRIX()
        self._name = ctypes.create_string_buffer(256)
        self._flags = ctypes.c_int()
        self._styles: dict[int | None, tuple[_Style, _Widths]] = {}
        self._same: dict[_Style, _Style] = {}
        self._fonts: dict[int, _Widths] = {}
        self._left: dict[LeftOut, list[str]] = {}

    def left_out(self, page: int) -> tuple[Excerpt, ...]:
        """The letters that are no text, as words, each kind together."""
        return tuple(Excerpt(" ".join("".join(letters).split()), page, kind) for kind, letters in self._left.items())

    def __iter__(self) -> Iterator[_Letter]:
        view, text = self.view, self.text
        box = pdfium.FS_RECTF()
        x, y = ctypes.c_double(), ctypes.c_double()
        box_at, x_at, y_at = ctypes.byref(box), ctypes.byref(x), ctypes.byref(y)
        loose_box, origin = pdfium.FPDFText_GetLooseCharBox, pdfium.FPDFText_GetCharOrigin
        raw = ctypes.cast(text, ctypes.c_void_p)
        last_element: int | None = -1
        spaced = begins = True
        supposed = False
        last = math.nan
        for place, (code, generated) in enumerate(zip(self.codes.codes, self.codes.generated, strict=True)):
            if generated or code in _SPACES:
                # A space that PDFium supposes is measured again: its guess depends on the order of the file.
                spaced = spaced or not generated or code in (10, 13)
                supposed = supposed or generated
                continue
            element = _text_object(raw, place)
            if element != last_element:
                style, font = self._style(element, place)
                last_element = element
                begins = True
            loose_box(text, place, box_at)
            origin(text, place, x_at, y_at)
            left, right = view.edges(box)
            x0, baseline = view.point(x.value, y.value)
            if (kind := self._unread(style, x0, baseline)) or not math.isfinite(right):
                self._leave_out(code, kind or "damaged", spaced)
                spaced = supposed = False
                continue
            self.count += 1
            self.invisible += not style.drawn
            advance = font[code] * style.wide
            # Letters hang over into the next, an "f" for one; those of a ligature have one place together.
            overhangs = 0.4 * (right - left) < advance < right - x0 and x0 != last
            overhangs = overhangs and not (left > x0 - _RENAMED * style.wide and self._is_renamed(place, box))
            last = x0
            unmapped = self._is_unmapped(place, code)
            self.unmapped += unmapped
            edge = x0 + advance if overhangs else right
            yield _Letter(
                "\ufffd" if unmapped else _letter(code),
                x0,
                edge,
                baseline,
                style,
                spaced,
                supposed,
                begins,
                (font[0x20] or _SPACE_WIDTH) * style.wide,
            )
            begins = False
            spaced = supposed = False

    def _unread(self, style: "_Style", x: float, y: float) -> LeftOut:
        """Why a letter at a point is no text; "" where it is."""
        if not self.view.holds(x, y):
            return "off the page"
        if not style.upright:
            self.turned += 1
            return "turned"
        if style.white and not self.drawing.is_coloured(x, y):
            self.hidden += 1
            return "hidden"
        return ""

    def _leave_out(self, code: int, kind: LeftOut, spaced: bool) -> None:
        self._left.setdefault(kind, []).append((" " if spaced else "") + _letter(code))

    def _is_renamed(self, place: int, box: Any) -> bool:
        """Whether the file names another letter than it draws, as for small capitals: its advance is not known.

        PDFium then has one box where it has two for other letters: with and
        without the space around them.
        """
        edges = [ctypes.c_double() for _ in range(4)]
        pdfium.FPDFText_GetCharBox(self.text, place, *map(ctypes.byref, edges))
        return all(abs(edge.value - own) < 0.01 for edge, own in zip(edges, (box.left, box.right), strict=False))

    def _is_unmapped(self, place: int, code: int) -> bool:
        if code == _HYPHEN_AT_LINE_END:
            return False
        nameless = code < 32 or 0xE000 <= code <= 0xF8FF or code == 0xFFFD
        return nameless or pdfium.FPDFText_HasUnicodeMapError(self.text, place) == 1

    def _style(self, key: int | None, place: int) -> "tuple[_Style, _Widths]":
        """The style of a letter and its font; the letters of one text object share them, and equal styles are one."""
        if (found := self._styles.get(key)) is None:
            element = pdfium.FPDFText_GetTextObject(self.text, place)
            style = self._measured(place, element)
            found = self._styles[key] = self._same.setdefault(style, style), self._font(element)
        return found

    def _font(self, element: Any) -> "_Widths":
        font: Any = pdfium.FPDFTextObj_GetFont(element) if element else None
        key = (ctypes.cast(font, ctypes.c_void_p).value or 0) if font else 0
        if key not in self._fonts:
            self._fonts[key] = _Widths(font)
        return self._fonts[key]

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
            wide=round(pdfium.FPDFText_GetFontSize(self.text, place) * math.hypot(matrix.a, matrix.b), 2),
            bold=bool(_BOLD.search(name)) or weight >= _HEAVY or mode == pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE,
            italic=bool(_ITALIC.search(name)) or bool(self._flags.value & 0x40),
            upright=self.view.upright(matrix),
            white=_is_white(element),
            drawn=mode not in {pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP},
        )


@cache
def _letter(code: int) -> str:
    if code in {_HYPHEN_AT_LINE_END, _SOFT_HYPHEN}:
        return "-"
    character = _character(code)
    return _LIGATURES.get(character, character)


class _Widths(dict[int, float]):
    """How far the next letter stands from one of this font, in sizes; 0.0 for those that it does not know."""

    def __init__(self, font: Any) -> None:
        self._font = font

    def __missing__(self, code: int) -> float:
        found = ctypes.c_float()
        known = self._font and pdfium.FPDFFont_GetGlyphWidth(self._font, code, 1000.0, ctypes.byref(found))
        self[code] = width = found.value / 1000 if known and math.isfinite(found.value) else 0.0
        return width


def _words(letters: Sequence[_Letter], uprights: Sequence[Rule]) -> Iterator[Word]:
    """The letters put together where they touch, on one line, in one style, and on one side of upright rules."""
    gaps = _Gaps(letters)
    count = 0
    word: list[_Letter] = []
    spaced = True
    for place, letter in enumerate(letters):
        if word:
            before = word[-1]
            begins = gaps.is_space(place) or (bool(uprights) and _are_ruled_apart(before, letter, uprights))
            if begins or letter.style is not before.style or not _is_level(before, letter):
                yield _word(word, spaced, count)
                count += 1
                word, spaced = [], begins
        word.append(letter)
    if word:
        yield _word(word, spaced, count)


def _are_ruled_apart(before: _Letter, letter: _Letter, uprights: Sequence[Rule]) -> bool:
    """Whether an upright rule stands between two letters: cells that touch."""
    left, right = before.x1 - 0.15 * before.style.size, letter.x0 + 0.15 * letter.style.size
    return any(left <= rule.x0 <= right and rule.y0 < letter.y - 0.2 * letter.style.size < rule.y1 for rule in uprights)


def _is_level(before: _Letter, letter: _Letter) -> bool:
    size = before.style.size
    return abs(letter.y - before.y) < 0.05 * size and letter.x0 > before.x0 - 0.1 * size


class _Gaps:
    """Where words end: at a space of the file, and where letters stand farther apart than those around them.

    How far that is depends on the font's own space, and on whether the file
    writes its spaces, so that a gap without one is most often badly set type.
    """

    def __init__(self, letters: Sequence[_Letter]) -> None:
        self._letters = letters
        self._gap = [0.0, *(letter.x0 - before.x1 for before, letter in pairwise(letters))]
        self._apart = [0.0] * len(letters)
        self._beside = [False, *(_is_beside(before, letter) for before, letter in pairwise(letters))]
        line: list[list[int]] = [[]]
        written = guessed = 0
        for place, letter in enumerate(letters):
            if not self._beside[place]:
                self._measure(line)
                line = [[]]
            elif letter.spaced:
                line.append([])
                written += 1
            else:
                line[-1].append(place)
                guessed += letter.supposed
        self._measure(line)
        self._least = _SPACE_UNWRITTEN if written > 4 * guessed else _SPACE_GUESSED

    def _measure(self, line: Sequence[Sequence[int]]) -> None:
        """How far the letters of a line stand apart, in its stretches without spaces: for emphasis, or not at all."""
        gaps = [[self._gap[place] for place in stretch] for stretch in line]
        whole = median_low(gap for stretch in gaps for gap in stretch) if any(gaps) else 0.0
        for stretch, own in zip(line, gaps, strict=True):
            # Of a short stretch, most gaps may be spaces that nobody wrote.
            usual = max(0.0, whole, sorted(own)[len(own) // 4] if len(own) > 1 else 0.0)
            for place in stretch:
                self._apart[place] = usual

    def is_space(self, place: int) -> bool:
        """Whether a word begins with this letter."""
        before, letter = self._letters[place - 1], self._letters[place]
        if not self._beside[place]:
            return True
        gap = self._gap[place]
        if letter.spaced:
            return gap > _NO_SPACE * letter.style.size
        least = min(before.space, letter.space, _SPACE_WIDTH * before.style.size)
        share = _SPACE_AT_FIGURE if letter.begins and _has_figure(before, letter) else self._least
        return gap - self._apart[place] > share * least


def _has_figure(before: _Letter, letter: _Letter) -> bool:
    """Whether a figure stands level with a letter or a figure of its own type."""
    both = before.text + letter.text
    return both.isalnum() and not both.isalpha() and letter.style is before.style and _is_level(before, letter)


def _is_beside(before: _Letter, letter: _Letter) -> bool:
    """Whether a letter stands on the line of the one before it and behind it."""
    size = max(before.style.size, letter.style.size)
    return (
        abs(letter.y - before.y) < 0.75 * size
        and -0.3 * size < letter.x0 - before.x0
        and letter.x0 - before.x1 < 3 * size
    )


def _word(letters: list[_Letter], spaced: bool, place: int) -> Word:
    first = letters[0]
    return Word(
        text="".join(letter.text for letter in letters),
        x0=round(first.x0, 2),
        x1=round(max(letters[-1].x1, letters[-1].x0), 2),
        y=round(first.y, 2),
        size=first.style.size,
        bold=first.style.bold,
        italic=first.style.italic,
        spaced=spaced,
        place=place,
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
