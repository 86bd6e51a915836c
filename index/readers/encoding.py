"""Turn the bytes of a text file into text: UTF-8, UTF-16, UTF-32 with its mark, or Windows-1252.

Nearly any bytes are Windows-1252, so it is taken only where what is not ASCII
is what Dutch texts hold: accented letters inside words, quotation marks,
dashes, currency. Anything else is refused rather than read as nonsense.
"""

import codecs

from index.language.regex import regex
from index.readers.canonical import UnreadableError

# Longest first: the mark of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LETTERS = "ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝàáâãäåæçèéêëìíîïñòóôõöøßùúûüýÿŒœŠšŽž"
_SIGNS = "‘’“”„‚‹›–—…•€£§°ºª«»·´¨±×÷¹²³¼½¾µ¿¡©®™\xa0\xad"
# The share of characters below U+0100 in a text: dashes and quotation marks are above.
_ZEROS = 0.8
_DUTCH = regex(f"[\t\n\f\r -~{_LETTERS}{_SIGNS}]*")


def decoded(content: bytes) -> str:
    """The text of `content`, a byte order mark included.

    Where a carriage return alone ends every line, as on old Macs, each is read
    as a line feed: a character for a character, so that places in the file stay.
    Raises UnreadableError where it is empty, in no encoding that is read, or
    holds a NUL.
    """
    text = _decoded(content)
    if "\0" in text:
        raise UnreadableError(f"found a NUL character at position {text.index(chr(0))}; expected plain text.")
    if not text.lstrip("\ufeff").strip():
        raise UnreadableError("the file holds no text.")
    return text if "\n" in text else text.replace("\r", "\n")


def _decoded(content: bytes) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            try:
                return content.decode(encoding)
            except UnicodeDecodeError as error:
                raise UnreadableError(
                    f"begins as {encoding[:6].upper()} but byte {error.start} is not. "
                    "Save the document as UTF-8 and try again."
                ) from error
    if wide := _wide(content):
        try:
            return content.decode(wide)
        except UnicodeDecodeError:
            pass
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        text = content.decode("cp1252", errors="replace")
        if _DUTCH.fullmatch(text):
            return text
        raise UnreadableError(
            f"byte {error.start} is not UTF-8 text, and the file is no Windows-1252 text either. "
            "Save the document as UTF-8 and try again."
        ) from error


def _wide(content: bytes) -> str | None:
    """UTF-16 without its mark: of Dutch text every other byte is zero, nearly, and no other byte."""
    pairs = len(content) // 2
    low, high = content[::2].count(0), content[1::2].count(0)
    if not pairs or min(low, high):
        return None
    return "utf-16-le" if high > pairs * _ZEROS else "utf-16-be" if low > pairs * _ZEROS else None
