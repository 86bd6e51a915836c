"""Put the words of a page together to lines.

A *segment* is what stands on one baseline without a wide gap; a *line* is all
segments of one column on that baseline. Small letters above or below the
baseline belong to the line beside them: a raised number may be the mark of a
note.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from index.language.regex import regex
from index.readers.pdf.page import Word

# Gaps wider than this part two segments: the space of justified type is narrower.
_WIDE_GAP = 1.3
_LABEL_GAP, _MARK_GAP = 2.5, 1.5
# The narrowest gap that is a space where the file writes none.
_SPACE = 0.17
_SMALLER = 0.86
# So many small numbers of a page are compared with all its words.
_MOST_LONELY = 100
_NUMBERS = regex(r"\d{1,3}(?:[,;]\s*\d{1,3})*[,;]?")
_SUPERSCRIPT = str.maketrans("0123456789+-()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾")
_SUBSCRIPT = str.maketrans("0123456789+-()", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎")
_RAISED_LETTERS = regex(r"[¹²³⁰⁴-⁹]+$")


@dataclass(frozen=True, slots=True)
class Token:
    """A word in a line: whether a space stands before it, and 1 where it is raised, -1 where it is lowered."""

    word: Word
    spaced: bool
    shift: int = 0

    @property
    def numbers(self) -> tuple[str, ...]:
        """The numbers of notes that it may be the mark of."""
        if self.shift <= 0 or not _NUMBERS.fullmatch(self.word.text):
            return ("*",) if self.shift > 0 and set(self.word.text) == {"*"} else ()
        return tuple(re.findall(r"\d+", self.word.text))

    @property
    def text(self) -> str:
        """Its letters; raised and lowered figures as such, so that no figure grows by an exponent."""
        if self.shift:
            return self.word.text.translate(_SUPERSCRIPT if self.shift > 0 else _SUBSCRIPT)
        return self.word.text


@dataclass(frozen=True)
class Line:
    """Words on one baseline, from left to right; never empty. `size` is that of most of its letters."""

    tokens: tuple[Token, ...]

    @cached_property
    def x0(self) -> float:
        return self.tokens[0].word.x0

    @cached_property
    def x1(self) -> float:
        return max(token.word.x1 for token in self.tokens)

    @cached_property
    def size(self) -> float:
        """The size of most of its letters."""
        letters: dict[float, int] = {}
        for token in self.tokens:
            letters[token.word.size] = letters.get(token.word.size, 0) + len(token.word.text)
        return max(letters, key=lambda size: (letters[size], size))

    @cached_property
    def y(self) -> float:
        """Its baseline."""
        return next((token.word.y for token in self.tokens if not token.shift), self.tokens[0].word.y)

    @property
    def top(self) -> float:
        """About where its capitals begin."""
        return self.y - 0.75 * self.size

    @property
    def bottom(self) -> float:
        """About where its descenders end."""
        return self.y + 0.25 * self.size

    @property
    def middle(self) -> float:
        """Halfway up its small letters."""
        return self.y - 0.3 * self.size

    @cached_property
    def text(self) -> str:
        """Its words with a space where there is one."""
        return "".join(
            f" {token.text}" if token.spaced and place else token.text for place, token in enumerate(self.tokens)
        )

    @cached_property
    def letters(self) -> int:
        """How many letters it holds."""
        return sum(len(token.word.text) for token in self.tokens)

    @property
    def bold(self) -> bool:
        """Whether all of it is bold, marks apart."""
        return all(token.word.bold for token in self.tokens if not token.shift)

    @property
    def italic(self) -> bool:
        """Whether all of it is italic, marks apart."""
        return all(token.word.italic for token in self.tokens if not token.shift)


def segments(words: Sequence[Word]) -> list[Line]:
    """The segments of a page, from top to bottom and left to right."""
    placed = sorted(_on_baselines(words), key=lambda pair: pair[1])
    found: list[Line] = []
    row: list[tuple[Token, float]] = []
    for token, y in placed:
        if row and y - row[-1][1] > 0.12 * token.word.size + 0.2:
            found += _split([item for item, _ in row])
            row = []
        row.append((token, y))
    if row:
        found += _split([item for item, _ in row])
    return found


def _on_baselines(words: Sequence[Word]) -> Iterator[tuple[Token, float]]:
    """Each word with the baseline it belongs to: its own, or that of the larger word beside it."""
    largest = max((word.size for word in words), default=0.0)
    lonely = 0
    for place, whole in enumerate(words):
        base = None
        if whole.size < largest * _SMALLER:
            beside = [words[other] for other in (place - 1, place + 1, place - 2, place + 2) if 0 <= other < len(words)]
            reach = _MARK_GAP if any(_is_level(whole, other) for other in beside[:2]) else _LABEL_GAP
            if lonely < _MOST_LONELY and _NUMBERS.fullmatch(whole.text):
                # The mark of a note may stand elsewhere in the file than its word.
                lonely += 1
                beside += words
            base = next((other for other in beside if _is_shifted(whole, other, reach)), None)
        if base:
            is_label = place > 0 and _goes_on(whole, words[place - 1])
            yield Token(whole, whole.spaced, 0 if is_label else 1 if base.y > whole.y else -1), base.y
            continue
        for word, shift in _without_raised_letters(whole):
            yield Token(word, word.spaced, shift), word.y


def _goes_on(word: Word, before: Word) -> bool:
    """Whether a number stands behind a word of its own size, as in a label: "Vraag 10" beside larger type."""
    near = 0 <= word.x0 - before.x1 < 0.6 * word.size
    return near and word.spaced and before.text.isalpha() and len(before.text) > 1 and _is_level(word, before)


def _is_level(word: Word, other: Word) -> bool:
    """Whether two words are of one size and on one baseline."""
    return abs(word.y - other.y) < 0.05 * word.size and abs(word.size - other.size) < 0.05 * word.size


def _is_shifted(word: Word, base: Word, reach: float) -> bool:
    """Whether `word` is smaller than `base`, stands above or below its baseline, and touches it.

    Before it that is as far as `reach`, in sizes: the number of a note stands off.
    """
    rise = (base.y - word.y) / base.size if base.size else 0.0
    near = word.x0 - base.x1 < 0.6 * base.size and base.x0 - word.x1 < reach * base.size
    return near and word.size < _SMALLER * base.size and (0.1 < rise < 0.75 or -0.4 < rise < -0.05)


def _without_raised_letters(word: Word) -> Iterator[tuple[Word, int]]:
    """A word, and behind it the raised figures that are letters of their own ("2024²")."""
    match = _RAISED_LETTERS.search(word.text)
    if not match:
        yield word, 0
        return
    edge = word.x1 - (word.x1 - word.x0) * len(match[0]) / len(word.text)
    if match.start():
        yield replace(word, text=word.text[: match.start()], x1=edge), 0
    figures = unicodedata.normalize("NFKC", match[0])
    yield replace(word, text=figures, x0=edge, spaced=word.spaced and not match.start()), 1


def _split(row: list[Token]) -> Iterator[Line]:
    """The segments of the words on one baseline."""
    for strand in _strands(row):
        yield from _split_strand(strand)


def _strands(row: list[Token]) -> list[list[Token]]:
    """The words from left to right; where some are printed over others, those that the file has in a run."""
    ordered = sorted(row, key=lambda token: token.word.x0)
    if all(before.word.x1 - after.word.x0 < 0.6 * after.word.size for before, after in pairwise(ordered)):
        return [ordered]
    found: list[list[Token]] = [[row[0]]]
    for before, after in pairwise(row):
        if after.word.x0 < before.word.x1 - 0.6 * after.word.size:
            found.append([])
        found[-1].append(after)
    return found


def _split_strand(row: list[Token]) -> Iterator[Line]:
    segment: list[Token] = []
    for token in row:
        if not segment:
            segment.append(token)
            continue
        before = segment[-1].word
        gap = token.word.x0 - before.x1
        # The raised number of a note may stand off from its words.
        widest = _LABEL_GAP if all(part.numbers for part in segment) else _WIDE_GAP
        if gap > widest * max(token.word.size, before.size):
            yield Line(tuple(segment))
            segment = [token]
        else:
            spaced = _is_spaced(token, before, gap)
            segment.append(token if spaced == token.spaced else replace(token, spaced=spaced))
    yield Line(tuple(segment))


def _is_spaced(token: Token, before: Word, gap: float) -> bool:
    """Whether a space stands between two words: as the file has it where they follow each other there."""
    if token.word.place - before.place in (0, 1):
        return token.spaced
    return gap > _SPACE * min(token.word.size, before.size)


def joined(parts: Iterable[Line]) -> Line:
    """One line of segments on one baseline, a space between them."""
    tokens: list[Token] = []
    for part in sorted(parts, key=lambda part: part.x0):
        first, *rest = part.tokens
        tokens += [replace(first, spaced=True), *rest]
    return Line(tuple(tokens))


def rows(parts: Iterable[Line]) -> list[list[Line]]:
    """Segments by baseline, from top to bottom, each row from left to right."""
    found: list[list[Line]] = []
    for part in sorted(parts, key=lambda part: (part.y, part.x0)):
        if found and part.y - found[-1][0].y <= 0.12 * part.size + 0.5:
            found[-1].append(part)
        else:
            found.append([part])
    return [sorted(row, key=lambda part: part.x0) for row in found]


def most_common_size(lines: Iterable[Line]) -> float:
    """The size, to half a point, that most letters have; 10 where there are none."""
    letters: dict[float, int] = {}
    for line in lines:
        size = round(line.size * 2) / 2
        letters[size] = letters.get(size, 0) + line.letters
    return max(letters, key=lambda size: (letters[size], size), default=10.0)
