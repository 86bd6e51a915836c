"""Where sentences end in Dutch official prose, as exact spans.

Passages are cut and answering sentences are marked at these places, so a
wrong boundary shows. Rules rather than a model: the text is edited prose, and
what trips a splitter there is a short, known list of abbreviations, initials,
numbers of articles and line ends in the middle of a sentence.
"""

import re

from index.language.regex import regex
from index.language.span import Span, trimmed

# Abbreviations after which a sentence goes on, even before a capital.
_NEVER_FINAL = frozenset(
    "nr nrs art artt jo dr drs mr ir ing prof mw mevr dhr st sr p pag blz par resp vgl bijv bv al ca "
    "incl excl max min no nos tel afb fig tab zgn i.c i.v.m m.b.t o.a m.n t.a.v t.b.v t.o.v i.h.k.v "
    "a.h.v d.m.v m.u.v o.g.v n.a.v d.d dd d.w.z w.o jr mln mld kst vs".split()
)
# Possessive, and only at the first of a run of marks, so that no run is gone through twice.
_END = regex(r"(?<![.?!…])[.?!…]++[\"'’”»)\]]*+(?=\s)|\n")
_SPACES = regex(r"\s*+")
_BLANKS = regex(r"[ \t\r\xa0]*+")
_OPENS = regex(r"[\"'‘“„«(\[]*+(?:[^\W\d_]|\d)")
_NUMBERED = regex(r"\d{1,3}\.\s")
_AFTER_CLOSING = "\"'’”»)]"
_CLOSING = (".", "?", "!", "…", ":", ";")
# Code points before a full stop that are looked at for an abbreviation, and behind a line end for what goes on.
_LONGEST_WORD = 80
_AHEAD = 8


def sentence_spans(text: str, start: int = 0, end: int | None = None) -> tuple[Span, ...]:
    """The sentences of `text[start:end]`, in order, without the white space between them.

    Every character that is not white space is in exactly one sentence. A line
    end closes a sentence unless the line stops in mid-sentence: no closing
    punctuation, and the next line goes on with a small letter or a digit.
    """
    end = len(text) if end is None else end
    spans = []
    begin = start
    for match in _END.finditer(text, start, end):
        if match.end() <= begin or not _is_boundary(text, begin, match, end):
            continue
        if span := trimmed(text, begin, match.end()):
            spans.append(span)
        begin = match.end()
    if span := trimmed(text, begin, end):
        spans.append(span)
    return tuple(spans)


def continues(line: str, following: str) -> bool:
    """Whether `following` is the rest of a sentence that `line` broke off."""
    line = line.rstrip()
    if not line or line.rstrip(_AFTER_CLOSING).endswith(_CLOSING):
        return False
    following = following.lstrip()
    return bool(following) and not _NUMBERED.match(following) and (following[0].islower() or following[0].isdigit())


def _is_boundary(text: str, begin: int, match: re.Match[str], end: int) -> bool:
    if match[0] == "\n":
        # A blank line always ends the sentence: the line before its second line end is empty.
        line = text[max(begin, text.rfind("\n", begin, match.start()) + 1) : match.start()]
        return not (line.strip() and continues(line, _next_words(text, match.end(), end)))
    following = _BLANKS.match(text, match.end(), end)
    opening = _OPENS.match(text, following.end() if following else match.end(), end)
    # Before a line end the line end itself decides.
    if not opening or opening[0][-1].islower():
        return False
    start = max(begin, match.start() - _LONGEST_WORD)
    return not (match[0].startswith(".") and _is_abbreviation(text[start : match.start()]))


def _next_words(text: str, start: int, end: int) -> str:
    """What comes next, without the white space before it."""
    found = _SPACES.match(text, start, end)
    first = found.end() if found else start
    return text[first : min(end, first + _AHEAD)]


def _is_abbreviation(before: str) -> bool:
    """Whether what ends with `before`, the last of its sentence, is an abbreviation, an initial or a list number."""
    word = before.rsplit(None, 1)[-1] if before.strip() else ""
    word = word.lstrip("\"'‘“„«([").lower()
    if word in _NEVER_FINAL:
        return True
    # Initials ("D.M. Van Weel"), and the number of a list item at the line start ("3. De").
    last = re.split(r"[\s.]", before)[-1]
    initials = bool(re.fullmatch(r"(?:[^\W\d_]\.)*[^\W\d_]", word)) and last.isupper()
    return initials or (word.isdigit() and before.rpartition("\n")[2].strip() == word)
