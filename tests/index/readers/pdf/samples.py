"""PDF files that tests make for themselves: pages set line by line, and files that no one would send in good faith."""

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from index.readers.canonical import Reading
from index.readers.pdf.reader import read as read_pdf

WIDTH, HEIGHT = 595.0, 842.0
PLAIN, BOLD = "Helvetica", "Helvetica-Bold"
LEFT, RIGHT, TOP, BOTTOM = 80.0, 460.0, 120.0, 740.0
LEADING = 12.0


@dataclass(frozen=True, slots=True)
class Type:
    """A string set at a place, in points from the left and from the top, to its baseline."""

    x: float
    y: float
    text: str
    font: str = PLAIN
    size: float = 10.0


@dataclass(frozen=True, slots=True)
class Stroke:
    """A ruled line."""

    x0: float
    y0: float
    x1: float
    y1: float


def pdf(
    pages: Iterable[Sequence[Type | Stroke]], password: str = "", size: tuple[float, float] = (WIDTH, HEIGHT)
) -> bytes:
    """A file with these pages; with a password it is encrypted."""
    target = BytesIO()
    encrypt = StandardEncryption(password, canPrint=0) if password else None
    canvas = Canvas(target, pagesize=size, invariant=1, encrypt=encrypt)
    for page in pages:
        for item in page:
            _draw(canvas, item, size[1])
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def _draw(canvas: Canvas, item: Type | Stroke, height: float) -> None:
    if isinstance(item, Stroke):
        canvas.line(item.x0, height - item.y0, item.x1, height - item.y1)
        return
    canvas.setFont(item.font, item.size)
    canvas.drawString(item.x, height - item.y, item.text)


def read(content: bytes) -> Reading:
    """A file read, none of its words lost or glued."""
    reading = read_pdf(content)
    assert reading.ledger
    assert (reading.ledger.lost, reading.ledger.glued) == ((), ())
    return reading


def paragraphs(reading: Reading) -> list[str]:
    """Those of the running text."""
    end = reading.footnotes[0].body.start if reading.footnotes else len(reading.text)
    return [part for part in reading.text[:end].split("\n\n") if part]


def lines(text: str, width: float, font: str = PLAIN, size: float = 10.0) -> list[str]:
    """The lines of a paragraph, each filled as far as it goes."""
    found: list[str] = []
    for word in text.split():
        if found and stringWidth(f"{found[-1]} {word}", font, size) <= width:
            found[-1] += f" {word}"
        else:
            found.append(word)
    return found


def set_lines(
    texts: Iterable[str],
    x: float = LEFT,
    y: float = TOP,
    font: str = PLAIN,
    size: float = 10.0,
    leading: float = LEADING,
) -> list[Type]:
    """Lines below each other, the first with its baseline at `y`."""
    return [Type(x, y + leading * place, text, font, size) for place, text in enumerate(texts)]


def set_paragraphs(
    paragraphs: Iterable[str], width: float = RIGHT - LEFT, gap: float = LEADING, x: float = LEFT
) -> list[list[Type]]:
    """Pages of paragraphs with a space of `gap` between them, broken where a page is full."""
    pages: list[list[Type]] = [[]]
    y = TOP
    for paragraph in paragraphs:
        for line in lines(paragraph, width):
            if y > BOTTOM:
                pages.append([])
                y = TOP
            pages[-1].append(Type(x, y, line))
            y += LEADING
        y += gap
    return pages


def with_frame(pages: Sequence[Sequence[Type | Stroke]], head: str, foot: str) -> list[list[Type | Stroke]]:
    """The pages with a running head and a numbered foot."""
    total = len(pages)
    return [
        [Type(LEFT, 60, head, PLAIN, 8), *page, Type(LEFT, 800, f"{foot} {number} van {total}", PLAIN, 8)]
        for number, page in enumerate(pages, start=1)
    ]


def raw_pdf(objects: Sequence[bytes], root: int = 1) -> bytes:
    """A file of objects as they are, numbered from 1."""
    content = b"%PDF-1.7\n"
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    start = len(content)
    return content + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, table, len(objects) + 1, root, start)
    )


def stream(content: bytes, extra: bytes = b"") -> bytes:
    """A compressed stream object."""
    packed = zlib.compress(content, 9)
    return b"<< /Length %d /Filter /FlateDecode %s >>\nstream\n%s\nendstream" % (len(packed), extra, packed)


_CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def one_page(content: bytes, font: bytes = _FONT, box: bytes = b"[0 0 595 842]", catalog: bytes = _CATALOG) -> bytes:
    """A file of one page with this content stream, which may use the font as /F1."""
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox %s /Contents 5 0 R /Resources << /Font << /F1 4 0 R >> >> >>" % box
    return raw_pdf([catalog, b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, font, stream(content)])


def many_pages(number: int) -> bytes:
    """Pages without end, all of them the same object."""
    kids = b"3 0 R " * number
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"
    return raw_pdf([_CATALOG, b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, number), page])


def page_tree_in_a_ring() -> bytes:
    """A page tree whose branch is its own root."""
    branch = b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 /Parent 2 0 R >>"
    return raw_pdf([_CATALOG, b"<< /Type /Pages /Kids [3 0 R] /Count 2 >>", branch])


def without_letters(codes: int = 400) -> bytes:
    """A page whose font gives its glyphs numbers and no names."""
    font = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Garbage /Encoding /Identity-H /DescendantFonts "
        b"[<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Garbage "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>] >>"
    )
    glyphs = b"".join(b"%04X" % (3 + place % 200) for place in range(40))
    rows = b"".join(b"1 0 0 1 60 %d Tm <%s> Tj " % (800 - 12 * row, glyphs) for row in range(codes // 40))
    return one_page(b"BT /F1 10 Tf " + rows + b"ET", font)


def bomb(megabytes: int) -> bytes:
    """A page whose content is millions of operators, packed small."""
    return one_page(b"BT /F1 10 Tf (x) Tj ET\n" * (megabytes * 1_000_000 // 23))


def nested(depth: int) -> bytes:
    """Arrays in arrays without end."""
    return one_page(b"BT /F1 10 Tf " + b"[" * depth + b"]" * depth + b" TJ ET")


def with_a_picture(pages: Sequence[str]) -> bytes:
    """Pages of a line of text; an empty one is a picture over the whole page."""
    image = stream(
        bytes(range(256)) * 3,
        b"/Type /XObject /Subtype /Image /Width 16 /Height 16 /ColorSpace /DeviceRGB /BitsPerComponent 8",
    )
    contents = [
        b"BT /F1 10 Tf 80 700 Td (%s) Tj ET" % text.encode() if text else b"595 0 0 842 0 0 cm /Im1 Do"
        for text in pages
    ]
    first = 5
    kids = b" ".join(b"%d 0 R" % (first + 2 * place) for place in range(len(pages)))
    objects = [_CATALOG, b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(pages)), _FONT, image]
    for place, content in enumerate(contents):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> /XObject << /Im1 4 0 R >> >> >>" % (first + 2 * place + 1)
        )
        objects.append(stream(content))
    return raw_pdf(objects)
