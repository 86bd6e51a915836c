"""What stands on a page of a PDF: words with their place and size, and ruled lines.

All measures are points (1/72 inch) from the left and from the top of the page
as a reader sees it, turned and cropped. These values also cross from the
process that opens the file to the one that reads it (`process`).
"""

from dataclasses import dataclass

from index.model.types import Excerpt


@dataclass(frozen=True, slots=True)
class Word:
    """Letters without a space between them; `y` is the baseline, `size` the height of the type.

    `spaced` is whether it stands apart from the word before it in the file,
    `place` how many words of the page come before it there.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    italic: bool
    spaced: bool
    place: int

    @property
    def top(self) -> float:
        """About where its capitals begin."""
        return self.y - 0.75 * self.size


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruled line, horizontal where it is wider than high."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def is_horizontal(self) -> bool:
        """Whether it runs from left to right."""
        return self.x1 - self.x0 >= self.y1 - self.y0


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its words in the order of the file, its rules, and how sure the letters are.

    `has_picture` is whether pictures or drawings take up a good part of it;
    `unmapped` counts the glyphs for which the file names no letter,
    `invisible` the letters that are not drawn, as behind a scan. Left out of
    the words are `turned`, letters that run in another direction, and
    `hidden`, white ones on white; `left_out` are all these as words, and those
    off the page. `text` is the page as PDFium itself puts it together, for the
    ledger of words.
    """

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[Rule, ...]
    has_picture: bool
    letters: int
    unmapped: int
    turned: int
    invisible: int
    hidden: int
    left_out: tuple[Excerpt, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Opened:
    """The file could be opened and has `pages` pages."""

    pages: int


@dataclass(frozen=True, slots=True)
class Refused:
    """Why the file cannot be read whole, as a sentence."""

    reason: str
