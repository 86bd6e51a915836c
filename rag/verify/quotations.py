"""Find the quotations in a memo: between quotation marks of any kind, or set off as a block.

An apostrophe looks like a quotation mark ("TBKK's", "'s avonds") and a
quotation may hold marks of its own, not always paired. So where more than one
closing mark could be meant, the caller's `stands` (do exactly these words
stand in a document?) decides for the longest that does, and otherwise marks
are paired by nesting. Marks that pair with nothing are an error: what they
were to enclose cannot be known.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from index.language.typography import QUOTES
from rag.verify.memo_text import MemoError, Paragraph

_CLOSERS = {
    "“": '”"',
    "„": '”“"',
    "‟": '”"',
    "”": '”"',
    '"': '"”',
    "«": "»«",
    "»": "«»",
    "‹": "›‹",
    "›": "‹›",
    "‘": "’'",
    "‚": "’‘'",
    "'": "'’",
    "`": "'’´`",
}
_SINGLE = frozenset("‘’‚'`´")
_OPENS_ONLY = frozenset("“„‟")
_MARK = re.compile(r"''|``|,,(?=\w)|[“”„‟\"«»‹›‘’‚'`´]")
_DOUBLED = {"''": '"', "``": "“", ",,": "„"}
# "'s avonds", "'t", "'n", "'90er": an apostrophe at the beginning of a word.
_APOSTROPHE = re.compile(r"(?:[stnkmr]|ns|em|ie|cause|tis|twas)(?![\w])|\d\d(?:-?ers?|s)\b", re.IGNORECASE)
_BEFORE_OPENING = frozenset("([{<-–—/|" + QUOTES)
# Closing marks tried for one opening mark, and paragraphs that one quotation may run over.
_CANDIDATES = 12
_LONGEST_CANDIDATE = 20_000
_PARAGRAPHS = 30
# A memo of twenty pages has some hundred.
MOST_QUOTATIONS = 2_000


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
class _Mark:
    at: int
    end: int
    sign: str
    opens: bool
    closes: bool


def quotations(
    paragraphs: Sequence[Paragraph], stands: Callable[[str], bool], title: str = "the memo"
) -> tuple[Quotation, ...]:
    """Every quotation that is not within another, in order.

    Consecutive block paragraphs are one quotation where their words stand
    together in a document, else one each. Raises MemoError, naming the line,
    where a quotation mark has no partner, or there are more than MOST_QUOTATIONS.
    """
    found: list[Quotation] = []
    position = 0
    while position < len(paragraphs):
        if paragraphs[position].kind == "block":
            end = _block_end(paragraphs, position)
            found += _blocks(paragraphs, position, end, stands, title)
        else:
            marked = list(islice(_marked(paragraphs, position, stands, title), MOST_QUOTATIONS + 1))
            found += marked
            end = max((quotation.last for quotation in marked), default=position) + 1
        if len(found) > MOST_QUOTATIONS:
            raise MemoError(f"{title}: more than {MOST_QUOTATIONS:,} quotations; split the memo and check each part.")
        position = end
    return tuple(found)


def inner_quotations(text: str, stands: Callable[[str], bool]) -> tuple[str, ...]:
    """The quotations within a quotation, outermost first; none where their marks do not pair."""
    try:
        found = _marked([Paragraph(text, 1)], 0, stands, "")
        return tuple(quotation.text for quotation in found)
    except MemoError:
        return ()


def _block_end(paragraphs: Sequence[Paragraph], start: int) -> int:
    end = start
    while end < len(paragraphs) and paragraphs[end].kind == "block":
        end += 1
    return end


def _blocks(
    paragraphs: Sequence[Paragraph], start: int, end: int, stands: Callable[[str], bool], title: str
) -> Iterator[Quotation]:
    number = start
    while number < end:
        last = _standing_together(paragraphs, number, end, stands)
        if last is None:
            yield from _block(paragraphs, number, stands, title)
            number += 1
            continue
        whole = "\n\n".join(paragraph.text for paragraph in paragraphs[number : last + 1])
        yield Quotation(whole, paragraphs[number].line, number, last, 0, len(paragraphs[last].text), True)
        number = last + 1


def _standing_together(
    paragraphs: Sequence[Paragraph], start: int, end: int, stands: Callable[[str], bool]
) -> int | None:
    """The last block paragraph that stands together with `start`, None where that one stands alone."""
    for last in range(min(end, start + _PARAGRAPHS) - 1, start, -1):
        if stands("\n\n".join(paragraph.text for paragraph in paragraphs[start : last + 1])):
            return last
    return None


# What introduces or follows the words within a block: "De minister: “…”", "— antwoord op vraag 28".
_LEAD = re.compile(rf"\s*[^{QUOTES}]{{0,150}}:\s*(?=[“„«\"‘'])")
_SOURCE = re.compile(
    r"\s*(?:\n\s*[—–-]+\s*[^\n]{1,300}|(?:^|\s)\((?=[^()]*\b(?:vra(?:ag|gen)|bijlage|antwoord|voetnoot|brief|noot)\b)"
    r"[^()]{1,300}(?:\([^()]{1,100}\)[^()]{0,100})?\)\.?)\s*\Z",
    re.IGNORECASE,
)


def _block(
    paragraphs: Sequence[Paragraph], number: int, stands: Callable[[str], bool], title: str
) -> Iterator[Quotation]:
    text = paragraphs[number].text
    if re.match(r"\s*[—–]\s*\S", text) and number and paragraphs[number - 1].kind == "block" and not stands(text):
        return  # a line that only names the source
    end = len(text)
    if not stands(text):
        if _LEAD.match(text):
            yield from _marked(paragraphs, number, stands, title)
            return
        source = _SOURCE.search(text)
        end = source.start() if source and source.start() else end
    if text[:end].strip():
        line = paragraphs[number].line_of(len(text) - len(text.lstrip()))
        yield Quotation(text[:end].strip(), line, number, number, 0, end, True)


def _marked(
    paragraphs: Sequence[Paragraph], first: int, stands: Callable[[str], bool], title: str
) -> Iterator[Quotation]:
    """The quotations between marks that begin in paragraph `first`; the last may run on into others."""
    text = paragraphs[first].text
    marks = _marks(text)
    at = 0
    while at < len(marks):
        mark = marks[at]
        if not mark.opens:
            _check_stray(mark, text, paragraphs[first], title)
            at += 1
            continue
        close = _closing(text, marks, at, stands)
        if close is not None:
            inside = text[mark.end : marks[close].at]
            yield Quotation(inside, paragraphs[first].line_of(mark.at), first, first, mark.at, marks[close].end)
            at = close + 1
            continue
        if mark.sign in _SINGLE and mark.sign not in "‘‚":
            _check_single(mark, text, paragraphs[first], title)
            at += 1
            continue
        yield _running_on(paragraphs, first, mark, title)
        return


def _running_on(paragraphs: Sequence[Paragraph], first: int, mark: _Mark, title: str) -> Quotation:
    """The quotation that opens in `first` and closes in a later paragraph."""
    parts = [paragraphs[first].text[mark.end :]]
    for number in range(first + 1, min(len(paragraphs), first + _PARAGRAPHS)):
        paragraph = paragraphs[number]
        if paragraph.kind != paragraphs[first].kind:
            break
        marks = _marks(paragraph.text)
        skipped = marks[0].end if marks and marks[0].opens and not paragraph.text[: marks[0].at].strip() else 0
        close = _unopened(marks[1:] if skipped else marks, mark)
        if close is not None:
            parts.append(paragraph.text[skipped : close.at])
            line = paragraphs[first].line_of(mark.at)
            return Quotation("\n\n".join(parts), line, first, number, mark.at, close.end)
        if any(m.opens and m.sign not in _SINGLE for m in marks[1 if skipped else 0 :]):
            break
        parts.append(paragraph.text[skipped:])
    raise _unbalanced(mark, paragraphs[first], title, "is never closed")


def _unopened(marks: Sequence[_Mark], opening: _Mark) -> _Mark | None:
    depth = 0
    for mark in marks:
        if mark.sign in _CLOSERS[opening.sign] and mark.closes:
            if depth == 0:
                return mark
            depth -= 1
        elif mark.opens and _same_family(mark, opening):
            depth += 1
    return None


def _closing(text: str, marks: Sequence[_Mark], at: int, stands: Callable[[str], bool]) -> int | None:
    """The number of the mark that closes `marks[at]`, None where the paragraph has none."""
    opening = marks[at]
    nested = None
    depth = 0
    candidates = []
    for number in range(at + 1, len(marks)):
        mark = marks[number]
        if nested is not None and len(candidates) >= _CANDIDATES:
            break
        if mark.closes and mark.sign in _CLOSERS[opening.sign]:
            candidates.append(number)
            if depth == 0 and nested is None:
                nested = number
            depth -= 1
        elif mark.opens and _same_family(mark, opening):
            depth += 1
    if len(candidates) > 1:
        for number in reversed(candidates[:_CANDIDATES]):
            inside = text[opening.end : marks[number].at]
            if number != nested and len(inside) <= _LONGEST_CANDIDATE and stands(inside):
                return (
                    number
                    if nested is None or number > nested or not stands(text[opening.end : marks[nested].at])
                    else nested
                )
    return nested


def _same_family(mark: _Mark, other: _Mark) -> bool:
    return (mark.sign in _SINGLE) == (other.sign in _SINGLE) and (mark.sign in "«»‹›") == (other.sign in "«»‹›")


def _marks(text: str) -> list[_Mark]:
    """Every quotation mark that is no apostrophe, with what it can be here."""
    found: list[_Mark] = []
    open_straight = False
    for match in _MARK.finditer(text):
        sign = _DOUBLED.get(match[0], match[0])
        before, after = text[max(0, match.start() - 1) : match.start()], text[match.end() : match.end() + 1]
        left = not before or before.isspace() or before in _BEFORE_OPENING
        right = not after or not (after.isalnum() or after in "€$§")
        if sign in _SINGLE:
            mark = _single(match, sign, left, right, before, text)
            found += [mark] if mark else []
            continue
        opens = _double_opens(sign, left, after, before, open_straight)
        if sign == '"':
            open_straight = opens
        found.append(_Mark(match.start(), match.end(), sign, opens, not opens or sign == "“"))
    return found


def _double_opens(sign: str, left: bool, after: str, before: str, open_straight: bool) -> bool:
    spaced = not after or after.isspace()
    if sign in _OPENS_ONLY:
        # "„Woord“": the German closing mark is the English opening one.
        return not (sign == "“" and spaced and before and not before.isspace())
    if sign in "«‹":
        return not spaced or (left and not (before and before in QUOTES))
    if sign in "»›”":
        return left and not spaced and not (before and not before.isspace() and before not in "([{<-–—/|")
    if left and not spaced:
        return not (before and before in QUOTES and open_straight)
    return not open_straight if left == spaced else False


def _single(match: re.Match[str], sign: str, left: bool, right: bool, before: str, text: str) -> _Mark | None:
    following = text[match.end() : match.end() + 12]
    visible = bool(following) and not following[0].isspace()
    opens = left and visible and sign in "‘‚'`" and not _APOSTROPHE.match(following)
    closes = bool(before) and not before.isspace() and right and sign != "‚"
    if opens and closes:
        # "(“‘": between marks it opens, behind a word it closes.
        closes = before not in _BEFORE_OPENING or before in "”’"
        opens = not closes
    if not opens and not closes:
        return None
    return _Mark(match.start(), match.end(), sign, opens, closes)


def _check_stray(mark: _Mark, text: str, paragraph: Paragraph, title: str) -> None:
    if mark.sign in _SINGLE or (mark.sign == '"' and text[max(0, mark.at - 1) : mark.at].isdigit()):
        return  # an apostrophe ("politici' "), or inches
    raise _unbalanced(mark, paragraph, title, "was never opened")


def _check_single(mark: _Mark, text: str, paragraph: Paragraph, title: str) -> None:
    """A straight mark without a partner in its paragraph is no quotation that runs over paragraphs."""
    if re.match(r"\d\d\b", text[mark.end : mark.end + 3]):
        return  # a year: "'90"
    raise _unbalanced(mark, paragraph, title, "is never closed")


def _unbalanced(mark: _Mark, paragraph: Paragraph, title: str, what: str) -> MemoError:
    around = " ".join(paragraph.text[max(0, mark.at - 20) : mark.end + 40].split())
    return MemoError(
        f"{title}, line {paragraph.line_of(mark.at)}: the quotation mark {mark.sign} {what}, near {around!r}. "
        "Close or remove it, so that it is clear what is quoted."
    )
