"""The difference between a quotation and the document, word by word."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from index.parts import Part
from index.types import Span
from rag.verify.sources import Place, Sources, Token, tokens

Change = Literal["changed", "missing", "added"]
_Opcode = tuple[str, int, int, int, int]

# difflib is quadratic at worst; a longer quotation is compared by its beginning only.
_LONGEST = 1_000
# Tokens: so few at the beginning of a quotation may have been joined to the wrong place.
_AGAIN = 8


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
class NearMatch:
    """The place of a document that a quotation is most like.

    `similarity` is the share, 0..1, of the quotation's words that stand there
    in the same order; `differences` is empty only where nothing but marks at
    the edges or the cut of a word differs.
    """

    place: Place
    similarity: float
    differences: tuple[Difference, ...]


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


def nearest(text: str, sources: Sources) -> NearMatch | None:
    """The most similar place for `text`, None where it shares no word with any document.

    Ties go to the window that shares the rarer words.
    """
    quoted = tokens(text)[:_LONGEST]
    matches = [
        match
        for part, begin, end in sources.near(quoted)
        for changes, window in _alignments(sources.tokens(part)[begin:end], quoted)
        if (match := _near_match(text, quoted, sources, part, window, changes))
    ]
    return max(
        matches, key=lambda match: (match.similarity, -match.place.span.end + match.place.span.start), default=None
    )


def _alignments(window: list[Token], quoted: list[Token]) -> Iterator[tuple[list[_Opcode], list[Token]]]:
    """How the quotation lies along the window, and along what is left of it behind a long gap.

    difflib joins the first words of a quotation to the first place that has
    them; behind the gap they may stand again, next to the rest.
    """
    changes = _aligned(window, quoted)
    yield changes, window
    for tag, _, i2, j1, _ in changes:
        if tag == "delete" and j1 <= _AGAIN < i2:
            rest = window[max(0, i2 - j1 - _AGAIN) :]
            yield _aligned(rest, quoted), rest


def _aligned(window: list[Token], quoted: list[Token]) -> list[_Opcode]:
    matcher = SequenceMatcher(None, [t.text for t in window], [t.text for t in quoted], autojunk=False)
    return _within(matcher.get_opcodes())


def _near_match(
    text: str, quoted: list[Token], sources: Sources, part: Part, window: list[Token], changes: list[_Opcode]
) -> NearMatch | None:
    equal = [change for change in changes if change[0] == "equal"]
    shared = sum(token.is_word for _, i, j, _, _ in equal for token in window[i:j])
    total = sum(token.is_word for token in quoted)
    if not shared:
        return None
    first, last = window[changes[0][1]], window[max(changes[-1][2] - 1, changes[0][1])]
    offset = part.span.start
    place = Place(part, Span(offset + first.start, offset + max(last.end, first.end)))
    source = part.span.of(sources.text(part))
    differences = tuple(_difference(change, source, window, text, quoted) for change in changes if change[0] != "equal")
    return NearMatch(place, shared / total, tuple(d for d in differences if not _is_edge_mark(d)))


def _within(opcodes: Sequence[_Opcode]) -> list[_Opcode]:
    """The changes without what the window has before and after the quotation.

    At either edge as many tokens of the document are kept as the quotation
    has in their place.
    """
    changes = list(opcodes)
    if changes[0][0] == "delete":
        changes = changes[1:]
    elif changes[0][0] == "replace":
        tag, i1, i2, j1, j2 = changes[0]
        changes[0] = (tag, max(i1, i2 - (j2 - j1)), i2, j1, j2)
    if changes and changes[-1][0] == "delete":
        changes = changes[:-1]
    elif changes and changes[-1][0] == "replace":
        tag, i1, i2, j1, j2 = changes[-1]
        changes[-1] = (tag, i1, min(i2, i1 + (j2 - j1)), j1, j2)
    return changes


def _difference(change: _Opcode, source: str, window: list[Token], text: str, quoted: list[Token]) -> Difference:
    tag, i1, i2, j1, j2 = change
    ours = source[window[i1].start : window[i2 - 1].end] if i2 > i1 else ""
    theirs = text[quoted[j1].start : quoted[j2 - 1].end] if j2 > j1 else ""
    kinds: dict[str, Change] = {"replace": "changed", "delete": "missing", "insert": "added"}
    return Difference(kinds[tag], ours, theirs)


def _is_edge_mark(difference: Difference) -> bool:
    """Whether only quotation marks differ, which may be written in any form or doubled."""
    return not (difference.document + difference.quotation).strip("'\"“”„‘’‚«»‹› ")
