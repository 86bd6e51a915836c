"""The difference between a quotation and the document, word by word."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from index.language.alignment import _LONGEST, Change, Difference, Token, tokens
from index.language.span import Span
from index.language.typography import DASHES, INVISIBLE, QUOTES
from index.model.parts import Part
from rag.verify.document_search import Place, Sources, Window

_Opcode = tuple[str, int, int, int, int]

# Tokens: so few at the beginning of a quotation may have been joined to the wrong place.
_AGAIN = 8
# Less than one word of the longest quotation. A place that is as near is looked for only where the one that was found
# lies over twice the text of the quotation.
_LITTLE = 1 / (2 * _LONGEST)
# Code points of a stretch that are shown before it begins to differ.
_CONTEXT = 60
# The last of Latin Extended-A; what is beyond and yet usual in Dutch texts.
_LAST_LATIN = 0x17F
_USUAL = frozenset(QUOTES + DASHES + "…•€™ĳĲﬀﬁﬂﬃﬄ⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻₀₁₂₃₄₅₆₇₈₉≤≥≠≈→←■□●\u2002\u2003\u2009\u202f")


@dataclass(frozen=True, slots=True)
class NearMatch:
    """The place of a document that a quotation is most like.

    `similarity` is the share, 0..1, of the quotation's words that stand there
    in the same order, `run` how many of them at most follow each other there
    too; `differences` is empty only where nothing but marks at
    the edges or the cut of a word differs.
    """

    place: Place
    similarity: float
    run: int
    differences: tuple[Difference, ...]

    @property
    def length(self) -> int:
        return self.place.span.end - self.place.span.start


def nearest(text: str, sources: Sources, enough: float) -> NearMatch | None:
    """The most similar place for `text`, None where it shares no word with any document.

    Of equal ones the shorter, of a document that shares the rarer words. Where
    none shares `enough` of its words to have been altered from there, it is one
    of the few windows that share the rarest.
    """
    quoted = tokens(text)[:_LONGEST]
    best: NearMatch | None = None

    def least() -> float:
        return max(enough, best.similarity + _LITTLE * (best.length <= 2 * len(text))) if best else enough

    for window in sources.near(quoted, least):
        best = _nearer(best, text, quoted, sources, window)
    if best and best.similarity >= enough:
        return best
    best = None
    for window in sources.likely(quoted):
        best = _nearer(best, text, quoted, sources, window)
    return best


def _nearer(
    best: NearMatch | None, text: str, quoted: list[Token], sources: Sources, window: Window
) -> NearMatch | None:
    """The best place of the window where it is nearer than `best`, else that."""
    for changes, along in _alignments(window.tokens, quoted):
        match = _near_match(text, quoted, sources, window.part, along, changes)
        if match and (best is None or (match.similarity, -match.length) > (best.similarity, -best.length)):
            best = match
    return best


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
    runs = [sum(token.is_word for token in window[i:j]) for _, i, j, _, _ in equal]
    shared = sum(runs)
    total = sum(token.is_word for token in quoted)
    if not shared:
        return None
    first, last = window[changes[0][1]], window[max(changes[-1][2] - 1, changes[0][1])]
    offset = part.span.start
    place = Place(part, Span(offset + first.start, offset + max(last.end, first.end)))
    source = part.span.of(sources.text(part))
    differing = [change for change in changes if change[0] != "equal"]
    found = ((change, _difference(change, source, window, text, quoted)) for change in differing)
    differences = tuple(d for change, d in found if not (_is_at_edge(change, len(quoted)) and _is_mark(d)))
    return NearMatch(place, shared / total, max(runs), differences)


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
    return seen(kinds[tag], ours, theirs)


def _is_at_edge(change: _Opcode, length: int) -> bool:
    return change[3] == 0 or change[4] == length


def _is_mark(difference: Difference) -> bool:
    """Whether only quotation marks differ, which at the edges may be written in any form or doubled."""
    return not (difference.document + difference.quotation).strip(QUOTES + " ")


def seen(kind: Change, document: str, quotation: str) -> Difference:
    """The difference with everything in it that could not be seen, or told apart, named by its code point.

    Of two stretches that begin alike the part where they begin to differ, with
    some words before it.
    """
    start = _shared_start(document, quotation)
    shown = [visible(text[start:], alone=len(text.strip()) == 1) for text in (document, quotation)]
    return Difference(kind, *(f"…{text}" if start else text for text in shown))


def _shared_start(document: str, quotation: str) -> int:
    if len(document) + len(quotation) < 2 * _CONTEXT:
        return 0
    pairs = enumerate(zip(document, quotation, strict=False))
    differs = next((at for at, (ours, theirs) in pairs if ours != theirs), min(len(document), len(quotation)))
    return document.rfind(" ", 0, differs - _CONTEXT // 2) + 1 if differs > _CONTEXT else 0


def visible(text: str, alone: bool = False) -> str:
    """`text` with each character named that cannot be seen or is easily taken for another: "а [U+0430]".

    Those are format and control characters, letters and digits that are not
    Latin, and signs that Dutch texts do not have; with `alone` any that is not ASCII.
    """
    return "".join(_visible(character, alone) for character in text)


def _visible(character: str, alone: bool) -> str:
    if character.isascii() and (character.isprintable() or character.isspace()):
        return character
    name = f"[U+{ord(character):04X}]"
    if character in INVISIBLE or unicodedata.category(character).startswith(("C", "M")):
        return name
    if alone or (ord(character) > _LAST_LATIN and character not in _USUAL):
        return f"{character} {name}"
    return character
