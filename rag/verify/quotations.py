"""Find the quotations in a memo: between quotation marks of any kind, or set off as a block.

An apostrophe looks like a quotation mark ("TBKK's", "'s avonds", "‘23") and a
quotation may hold marks of its own, not always paired. So where more than one
closing mark could be meant, the caller's `stands` (do exactly these words
stand in a document?) decides for the longest that does, and otherwise marks
are paired by nesting. A mark that pairs with nothing is a doubt: what it was
to enclose cannot be known, and all the rest of the memo is still looked at.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from index.language.regex import regex
from index.language.typography import INVISIBLE, QUOTES
from rag.verify.memo_text import MemoError, Paragraph

# Every opening mark, followed by those that may close it, also the same mark at both ends.
_CLOSERS = {
    marks[0]: marks[1:]
    for marks in """
    “”"“ „”“"„ ‟”" ⹂”"“ ””" ""” ″″"” ＂＂ ❝❞ 〝〞〟 「」 『』 《》 〈〉 «»«
    »«» ‹›‹ ›‹› ‘’'‘ ’’' ‛’'‛ ‚’‘'‚ ''’ ``'’´ ´´'’ ′′'’ ＇＇ ❛❜
    """.split()
}
_SINGLE = "‘’‛‚'`´′＇❛❜"
_ANGLES = "«»‹›"
_OPENS_ONLY = frozenset("“„‟⹂❝〝「『《〈")
_CLOSES_ONLY = frozenset("❞〞〟」』》〉")
_ONE = f'[“”„‟⹂"ˮ″＂❝❞〝〞〟「」『』《》〈〉{_ANGLES}{_SINGLE}]'
_MARK = regex(rf"''|``|´´|′′|,,(?=\s?\w)|<<|>>|{_ONE}")
# Letters that look like a mark.
_AS_MARKS = str.maketrans("ʼʻʽ", "’‘‛")
# Double marks typed as two single ones, in a text that opens one so: elsewhere "’’" ends two quotations.
_TWICE = regex(rf"‘‘|’’|‚‚|{_MARK.pattern}")
_OPENS_TWICE = regex(r"(?<!\w)(?:‘‘|’’|‚‚)(?=\s?\w)")
_DOUBLED = {
    **{"''": '"', "``": "“", "´´": "”", "′′": "″", ",,": "„"},
    **{"<<": "«", ">>": "»", "ˮ": '"', "‘‘": "“", "’’": "”", "‚‚": "„"},
}
# "'s avonds", "'t", "'n", "'90er", "'Ndrangheta": an apostrophe at the beginning of a word.
_APOSTROPHE = regex(r"(?:[stnkmr]|ns|em|ie|cause|tis|twas|ndrangheta\w*)(?!\w)|\d\d(?:-?ers?|s)\b", re.IGNORECASE)
# "zomer van ‘23": a year, unless it turns out to open a quotation.
_YEAR = regex(r"\d\d(?!\w)")
# The word before the apostrophe of a genitive or a plural: "Hans’", "politici’", "Alice’", "Bosch’".
_GENITIVE = regex(r"(?:[sxz]|ci|ce|[sc]h)\Z", re.IGNORECASE)
# "drum ’n’ bas".
_LONE_LETTER = regex(r"(?<!\w)[‘’‛'`´′＇ʼ]\w\Z")
# A figure before the sign of an inch or a foot; a year is none.
_MEASURE = regex(r"(?<!\d)\d{1,3}(?:[.,]\d{1,2})?\Z")
_BEFORE_OPENING = frozenset("([{<-–—/|" + QUOTES)
# What no text begins with; a full stop only where it is no ellipsis.
_ENDS = regex(r"[,;:?!)\]}]|\.(?!\s?\.)")
# Closing marks tried for one opening mark, marks looked at, and paragraphs that one quotation may run over.
_CANDIDATES = 12
_WINDOW = 200
_LONGEST_CANDIDATE = 20_000
_PARAGRAPHS = 30
# Words that make a quotation of what begins as a year.
_FEWEST = 3
_NEAR = 40
# A memo of twenty pages has some hundred.
MOST_QUOTATIONS = 2_000

Stands = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quotation: its text without the marks around it, and where it stands.

    `start` counts in paragraph `first` and includes the opening mark, `end`
    counts in paragraph `last` and includes the closing one.
    """

    text: str
    line: int
    first: int
    last: int
    start: int
    end: int
    block: bool = False


@dataclass(frozen=True, slots=True)
class Doubt:
    """A quotation mark without a partner, on that line of the memo, and the words around it."""

    line: int
    mark: str
    problem: Literal["never closed", "never opened"]
    near: str


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in a memo, each in order."""

    quotations: tuple[Quotation, ...]
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True)
class _Mark:
    """A mark and what it can be; `year`: only an apostrophe, unless it encloses a quotation."""

    at: int
    end: int
    sign: str
    opens: bool
    closes: bool
    year: bool = False


def quotations(paragraphs: Sequence[Paragraph], stands: Stands, title: str = "the memo") -> Found:
    """Every quotation that is not within another, and every mark without a partner.

    Consecutive block paragraphs are one quotation where their words stand
    together in a document, else one each. Raises MemoError where there are
    more than MOST_QUOTATIONS.
    """
    finder = _Finder(paragraphs, stands)
    found: list[Quotation] = []
    for quotation in finder.all():
        found.append(quotation)
        if len(found) + len(finder.doubts) > MOST_QUOTATIONS:
            break
    if len(found) + len(finder.doubts) > MOST_QUOTATIONS:
        raise MemoError(f"{title}: more than {MOST_QUOTATIONS:,} quotations; split the memo and check each part.")
    return Found(tuple(found), tuple(finder.doubts))


def inner_quotations(text: str, stands: Stands) -> tuple[str, ...]:
    """The quotations within a quotation, outermost first; none where their marks do not pair."""
    found = quotations([Paragraph(text, 1)], stands)
    return () if found.doubts else tuple(quotation.text for quotation in found.quotations)


# What introduces or follows the words within a block: "De minister: “…”", "— antwoord op vraag 28".
_LEAD = regex(rf"\s*[^{QUOTES}]{{0,150}}:\s*(?=[“„«\"‘'])")
_SOURCE = regex(
    r"(?:\n\s*[—–-]+\s*[^\n]{1,300}|(?:^|\s)\((?=[^()]*\b(?:vra(?:ag|gen)|bijlage|antwoord|voetnoot|brief|noot)\b)"
    r"[^()]{1,300}(?:\([^()]{1,100}\)[^()]{0,100})?\)\.?)\s*\Z",
    re.IGNORECASE,
)
# Code points at either end of a block that may hold these.
_EDGE = 600


class _Finder:
    """Goes through the paragraphs; `doubts` grows as it does."""

    def __init__(self, paragraphs: Sequence[Paragraph], stands: Stands) -> None:
        self._paragraphs = paragraphs
        self._stands = stands
        self._found: dict[int, list[_Mark]] = {}
        self.doubts: list[Doubt] = []

    def all(self) -> Iterator[Quotation]:
        position = 0
        while position < len(self._paragraphs) and len(self.doubts) <= MOST_QUOTATIONS:
            last = position
            for quotation in self._block(position) if self._is_block(position) else self._marked(position):
                last = max(last, quotation.last)
                yield quotation
            position = last + 1

    def _is_block(self, number: int) -> bool:
        return self._paragraphs[number].kind == "block"

    def _block(self, number: int) -> Iterator[Quotation]:
        """The quotation that a block paragraph is, with those that stand together with it."""
        paragraph = self._paragraphs[number]
        text = paragraph.text
        if (last := self._standing_together(number)) is not None:
            whole = "\n\n".join(p.text for p in self._paragraphs[number : last + 1])
            yield Quotation(whole, paragraph.line, number, last, 0, len(self._paragraphs[last].text), True)
            return
        stands = self._stands(text)
        if re.match(r"\s*[—–]\s*\S", text) and number and self._is_block(number - 1) and not stands:
            return  # a line that only names the source
        end = len(text)
        if not stands:
            if _LEAD.match(text[:_EDGE]):
                yield from self._marked(number)
                return
            offset = max(0, len(text) - _EDGE)
            source = _SOURCE.search(text[offset:])
            end = offset + source.start() if source and offset + source.start() else end
        if text[:end].strip():
            line = paragraph.line_of(len(text) - len(text.lstrip()))
            yield Quotation(text[:end].strip(), line, number, number, 0, end, True)

    def _standing_together(self, start: int) -> int | None:
        """The last block paragraph that stands together with `start`, None where that one stands alone."""
        end = start
        while end < min(len(self._paragraphs), start + _PARAGRAPHS) and self._is_block(end):
            end += 1
        for last in range(end - 1, start, -1):
            if self._stands("\n\n".join(paragraph.text for paragraph in self._paragraphs[start : last + 1])):
                return last
        return None

    def _marked(self, number: int) -> Iterator[Quotation]:
        """The quotations between marks from paragraph `number` on, as far as one runs on into others."""
        at = 0
        while at < len(self._marks(number)):
            paragraph, mark = self._paragraphs[number], self._marks(number)[at]
            if not mark.opens:
                if not _is_no_quotation_mark(mark, paragraph.text):
                    self._doubt(mark, paragraph, "never opened")
                at += 1
                continue
            close = self._closing(number, at)
            if close is not None:
                end = self._marks(number)[close]
                line = paragraph.line_of(mark.at)
                yield Quotation(paragraph.text[mark.end : end.at], line, number, number, mark.at, end.end)
                at = close + 1
                continue
            if quotation := self._running_on(number, mark):
                yield quotation
                number = quotation.last
                at = bisect_left(self._marks(number), quotation.end, key=lambda found: found.at)
                continue
            if not mark.year:
                self._doubt(mark, paragraph, "never closed")
            at += 1

    def _running_on(self, first: int, mark: _Mark) -> Quotation | None:
        """The quotation that opens in `first` and closes in a later paragraph, which may open it again."""
        if mark.year or (mark.sign in _SINGLE and mark.sign not in "‘‚❛"):
            return None
        start = self._paragraphs[first]
        parts = [start.text[mark.end :]]
        for number in range(first + 1, min(len(self._paragraphs), first + _PARAGRAPHS)):
            paragraph, marks = self._paragraphs[number], self._marks(number)
            if paragraph.kind != start.kind:
                return None
            again = marks[0].end if marks and marks[0].opens and not paragraph.text[: marks[0].at].strip() else 0
            inside = marks[1:] if again else marks
            close = _unopened(inside, mark, paragraph.text)
            if close is not None:
                parts.append(paragraph.text[again : close.at])
                line = start.line_of(mark.at)
                return Quotation("\n\n".join(parts), line, first, number, mark.at, close.end)
            if any(m.opens and m.sign not in _SINGLE for m in inside):
                return None
            parts.append(paragraph.text[again:])
        return None

    def _closing(self, number: int, at: int) -> int | None:
        """The number of the mark that closes `marks[at]`, None where the paragraph has none."""
        text, marks = self._paragraphs[number].text, self._marks(number)
        opening = marks[at]
        nested, candidates = _candidates(marks, at)
        for candidate in reversed(candidates if len(candidates) > 1 or opening.year else []):
            inside = text[opening.end : marks[candidate].at]
            if candidate != nested and len(inside) <= _LONGEST_CANDIDATE and self._stands(inside):
                shorter = nested is not None and candidate < nested
                return nested if shorter and self._stands(text[opening.end : marks[nested or 0].at]) else candidate
        if opening.year and nested is not None:
            inside = text[opening.end : marks[nested].at]
            long_enough = len(inside.split()) >= _FEWEST and not _is_genitive(marks[nested], text)
            return nested if long_enough or self._stands(inside) else None
        if nested is None or opening.sign not in _SINGLE or not _is_genitive(marks[nested], text):
            return nested
        return self._behind_genitive(text, marks, opening, nested, candidates)

    def _behind_genitive(
        self, text: str, marks: Sequence[_Mark], opening: _Mark, nested: int, candidates: Sequence[int]
    ) -> int:
        """Where "Hans’" may end a quotation or go on: a later mark that opens nothing and is no genitive ends it."""
        if self._stands(text[opening.end : marks[nested].at]) and nested == candidates[-1]:
            return nested
        for candidate in candidates:
            opened = any(mark.opens for mark in marks[nested + 1 : candidate])
            if candidate > nested and not opened and not _is_genitive(marks[candidate], text):
                return candidate
        return nested

    def _doubt(self, mark: _Mark, paragraph: Paragraph, problem: Literal["never closed", "never opened"]) -> None:
        near = " ".join(paragraph.text[max(0, mark.at - _NEAR // 2) : mark.end + _NEAR].split())
        self.doubts.append(Doubt(paragraph.line_of(mark.at), mark.sign, problem, near))

    def _marks(self, number: int) -> list[_Mark]:
        if number not in self._found:
            self._found[number] = _marks(self._paragraphs[number].text)
        return self._found[number]


def _candidates(marks: Sequence[_Mark], at: int) -> tuple[int | None, list[int]]:
    """The numbers of the marks that may close `marks[at]`, and the one that does by nesting."""
    opening = marks[at]
    nested: int | None = None
    depth = 0
    candidates: list[int] = []
    for number in range(at + 1, min(len(marks), at + _WINDOW)):
        mark = marks[number]
        if nested is not None and len(candidates) >= _CANDIDATES:
            break
        if mark.closes and mark.sign in _CLOSERS[opening.sign]:
            if len(candidates) < _CANDIDATES:
                candidates.append(number)
            if depth == 0 and nested is None:
                nested = number
            depth -= 1
        elif mark.opens and not mark.year and _same_family(mark, opening):
            depth += 1
    return nested, candidates


def _unopened(marks: Sequence[_Mark], opening: _Mark, text: str) -> _Mark | None:
    depth = 0
    for mark in marks:
        if mark.closes and mark.sign in _CLOSERS[opening.sign]:
            if depth == 0 and not (mark.sign in _SINGLE and _is_genitive(mark, text)):
                return mark
            depth = max(0, depth - 1)
        elif mark.opens and not mark.year and _same_family(mark, opening):
            depth += 1
    return None


def _same_family(mark: _Mark, other: _Mark) -> bool:
    return (mark.sign in _SINGLE) == (other.sign in _SINGLE) and (mark.sign in _ANGLES) == (other.sign in _ANGLES)


def _is_genitive(mark: _Mark, text: str) -> bool:
    """Whether the mark may be the apostrophe of a word, which then stands before it and is followed by another."""
    return bool(_GENITIVE.search(text[max(0, mark.at - 3) : mark.at])) and text[mark.end : mark.end + 1] in (" ", "\n")


def _is_no_quotation_mark(mark: _Mark, text: str) -> bool:
    """Whether a closing mark that nothing opens is an apostrophe, or the sign of an inch or a foot."""
    before = text[max(0, mark.at - 8) : mark.at]
    if _MEASURE.search(before) and mark.sign not in _ANGLES:
        return True
    return mark.sign in _SINGLE and bool(_GENITIVE.search(before) or _LONE_LETTER.search(before))


def _marks(text: str) -> list[_Mark]:
    """Every quotation mark that is no apostrophe, with what it can be here."""
    found: list[_Mark] = []
    text = text.translate(_AS_MARKS)
    # The last mark of each kind that opened and is not closed yet.
    last = {"angle": "", "straight": "", "other": "", "single": ""}
    for match in (_TWICE if _OPENS_TWICE.search(text) else _MARK).finditer(text):
        sign = _DOUBLED.get(match[0], match[0])
        before, after = _before(text, match.start()), _after(text, match.end())
        if sign in _SINGLE:
            for mark in _single(match, sign, before, after, last["single"]):
                found.append(mark)
                if mark.opens or not _is_genitive(mark, text):
                    last["single"] = sign if mark.opens and not mark.year else ""
            continue
        kind = "angle" if sign in _ANGLES else "straight" if sign == '"' else "other"
        pending = last["other"] if kind == "straight" and last["other"] == "„" else last[kind]
        opens = (_angle_opens if sign in _ANGLES else _opens)(sign, before, after, pending)
        last["other" if pending == "„" else kind] = sign if opens else ""
        found.append(_Mark(match.start(), match.end(), sign, opens, not opens))
    return found


def _before(text: str, at: int) -> str:
    """The character before `at` that can be seen, "" at the beginning."""
    while at and text[at - 1] in INVISIBLE:
        at -= 1
    return text[at - 1 : at] if at else ""


def _after(text: str, at: int) -> str:
    """What can be seen behind `at`, as far as it says whether words begin there or a sentence ends."""
    while at < len(text) and text[at] in INVISIBLE:
        at += 1
    return text[at : at + 14]


def _is_left(before: str) -> bool:
    return not before or before.isspace() or before in _BEFORE_OPENING


def _angle_opens(sign: str, before: str, after: str, last: str) -> bool:
    """Guillemets point either way and may have a space inside: « Q », »Q«."""
    if _ENDS.match(after):
        return False
    spaced = not after or after[0].isspace()
    if spaced and (not before or before.isspace()):
        return not last or sign not in _CLOSERS[last]
    return _is_left(before) and not (spaced and before in QUOTES)


def _opens(sign: str, before: str, after: str, last: str) -> bool:
    spaced = not after or after[0].isspace()
    left = _is_left(before)
    if sign in _OPENS_ONLY:
        # "„Woord“": the German closing mark is the English opening one.
        behind_word = bool(before) and not _is_left(before)
        ends = spaced or not (after[0].isalnum() or after[0] in "([{" or after[0] in QUOTES)
        is_last = last in ("„", sign) and sign in _CLOSERS[last]
        return not ((behind_word and ends) or ((spaced or _ENDS.match(after)) and is_last))
    if sign in _CLOSES_ONLY or _ENDS.match(after) or before.isdigit():
        return False
    if sign == "”":
        return left and (not last if spaced else not before or before.isspace() or before in "([{<-–—/|")
    if left and not spaced:
        return not (before and before in QUOTES and last)
    return not last if left == spaced else False


def _single(match: re.Match[str], sign: str, before: str, after: str, last: str) -> Iterator[_Mark]:
    left = _is_left(before)
    if left and (not after or after[0].isspace() or (last and _ENDS.match(after))):
        # Apart from what it encloses: "‘ Q ’". "’ s avonds" is one word that came apart.
        closes = bool(last) and sign in _CLOSERS[last]
        if closes or (after.strip() and sign != "❜" and not _APOSTROPHE.match(after.lstrip())):
            yield _Mark(match.start(), match.end(), sign, not closes, closes)
        return
    right = not after or not (after[0].isalnum() or after[0] in "€$§")
    visible = bool(after) and not after[0].isspace()
    opens = left and visible and sign not in "❜" and not _APOSTROPHE.match(after) and not _ENDS.match(after)
    closes = bool(before) and not before.isspace() and right
    if opens and closes:
        # "(“‘": between marks it opens, behind a word it closes.
        closes = before not in _BEFORE_OPENING or before in "”’"
        opens = not closes
    if opens or closes:
        yield _Mark(match.start(), match.end(), sign, opens, closes, opens and bool(_YEAR.match(after)))
