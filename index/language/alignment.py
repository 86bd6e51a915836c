"""Lay one text beside another, word by word."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from index.language.regex import regex
from index.language.typography import normalised

_TOKEN = regex(r"\w+(?:[.,:/]\w+)*|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Token:
    """One word or mark: its folded form to compare, and its range in the source text."""

    text: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        return self.text[0].isalnum()


def tokens(text: str) -> list[Token]:
    """The words and marks of `text` without typography, in order, with their place in `text`."""
    normal = normalised(text)
    return [Token(m[0], *normal.source(m.start(), m.end())) for m in _TOKEN.finditer(normal.text)]


def words(text: str) -> list[str]:
    """The words and numbers of `text`, as white space parts them."""
    return [word for word in text.split() if any(character.isalnum() for character in word)]


Change = Literal["changed", "missing", "added"]


# difflib is quadratic at worst; a longer quotation is compared by its beginning only.
_LONGEST = 1_000


@dataclass(frozen=True, slots=True)
class Difference:
    """One change, in reading order.

    "changed": `quotation` stands where the document has `document`;
    "missing": the quotation lacks `document`; "added": the document lacks
    `quotation`. The side that has nothing is "".
    """

    kind: Change
    document: str
    quotation: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a document beside the stretch of a quotation that stands for it; one of both may be ""."""

    document: str
    quotation: str
    same: bool


def side_by_side(document: str, quotation: str) -> tuple[Stretch, ...]:
    """Two texts from beginning to end, where they are the same and where not, word by word.

    Joined, the `document`s are the whole of `document`, and the `quotation`s
    the whole of `quotation`. Texts of more than 1,000 words and marks are one
    stretch.
    """
    ours, theirs = tokens(document), tokens(quotation)
    if not ours or not theirs or max(len(ours), len(theirs)) > _LONGEST:
        return (Stretch(document, quotation, document == quotation),)
    matcher = SequenceMatcher(None, [t.text for t in ours], [t.text for t in theirs], autojunk=False)
    return tuple(
        Stretch(_stretch(document, ours, i1, i2), _stretch(quotation, theirs, j1, j2), tag == "equal")
        for tag, i1, i2, j1, j2 in matcher.get_opcodes()
    )


def _stretch(text: str, found: Sequence[Token], first: int, last: int) -> str:
    """The text of some tokens, with the white space behind each."""
    edges = [0, *(token.start for token in found[1:]), len(text)]
    return text[edges[first] : edges[last]]
