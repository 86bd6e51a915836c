"""Join the lines of a PDF to paragraphs, over line ends, columns and pages.

A line ends its paragraph where the next stands lower than lines do, changes
type, or begins with a number or bullet; and where the first word of the next
line would still have fitted on it, since a line is filled as far as it goes.
Over a page there is no distance to go by, so there the last two decide.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import pairwise

from index.language.regex import regex
from index.readers.canonical import Inline, NoteMark, PageTurn, Paragraph, Words
from index.readers.hyphens import ending
from index.readers.pdf.line import Line, Token

_FARTHER = 1.25
# Lines that no small letter shows to be of one paragraph are not taken to stand farther apart, in sizes.
_FARTHEST = 1.6
# Lines with raised or lowered figures stand farther apart than others, by this at most.
_RAISED = 1.4
_INDENT = 0.9
# Lines that end this far before the edge, in shares of the column, were ended on purpose.
_SHORT = 0.15
_VERY_SHORT = 0.35
_SENTENCE_END = regex(r"[.?!:;…][”’»\")\]]*$")
_LABEL = regex(
    r"(?:\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)°]\)?|\d{1,2}(?:\.\d{1,2})+\.?|[•·▪■□●○◦–—\-*o➢►])", re.IGNORECASE
)
_BULLET = regex(r"[•·▪■□●○◦–—\-*➢►]")
_PRIVATE_BULLETS = regex(r"^[\uf000-\uf0ff\ufffd]$")
# What closes a sentence or a part of it never begins a paragraph: a name before it may be blacked out.
_CLOSING = regex(r"[.,;:!?)]\s")
# "Vraag 3: Klopt het dat …"
_NUMBERED = regex(r"(?:Vra(?:ag|gen)|Antwoord(?:en)?)(?: op vra(?:ag|gen))? \d[\d, en]*[.:)]")
# "Vraag 1", "Antwoord op vraag 3 en 8:", "Antwoord", "23": a line that stands alone.
_HEADING = regex(
    r"(?:(?:Vra(?:ag|gen)|V(?:RAAG|RAGEN)|Antwoord(?:en)?|A(?:NTWOORD|NTWOORDEN))(?: op (?:de )?vra(?:ag|gen))?"
    r"(?: ?(?:\d{1,3}|[,.:/&-]|en|t/m|tot(?: en met)?))*|\d{1,3}[.)]?)",
)
# "Personeel ........ 12,5": what stands at the end of dots is read with what stands before them.
_LEADER = regex(r"[.…·_‥]{4,}\s*\S{0,12}\s*$")
_BROKEN_WORD = regex(r"[^\W\d_]-$")
_ADDRESS = regex(r"(?:https?://|www\.|\b[\w-]+\.(?:nl|com|eu|org|net|gov|be|info)/)\S+$", re.IGNORECASE)
_ADDRESS_GOES_ON = regex(r"[\w%#?&=/.~-]*[/=&?%#_\d.~-][\w%#?&=/.~-]*$|[a-z]{1,4}$")


@dataclass(frozen=True, slots=True)
class Placed:
    """A line, its page, the edges of the column it is set in, and how far that column may reach."""

    line: Line
    page: int
    column: int
    x0: float
    x1: float
    limit: float = float("inf")


@dataclass(frozen=True, slots=True)
class Setting:
    """What a document's lines are read by.

    `leading` is the usual distance of two lines for each size of type, in
    sizes; `edges` are the right edges of columns by where they begin; `words`
    the unbroken words in lower case; `notes` the keys of the notes that hang
    on a token, by its `id`.
    """

    leading: Mapping[float, float]
    edges: Mapping[int, float]
    words: AbstractSet[str]
    notes: Mapping[int, tuple[str, ...]]

    def farthest(self, size: float) -> float:
        """The largest distance of two lines of one paragraph, in points."""
        return _FARTHER * self.leading.get(_half(size), self.leading[0.0]) * size

    def edge(self, placed: Placed) -> float:
        """Where the line's column ends: that of any column that begins there, since a short text does not show it."""
        usual = self.edges.get(_step(placed.x0), placed.x1)
        return max(placed.x1, usual if usual <= placed.limit else placed.x1, placed.line.x1)


def _half(size: float) -> float:
    return round(size * 2) / 2


def _step(x: float) -> int:
    return round(x / 8)


def leading(lines: Sequence[Placed]) -> dict[float, float]:
    """The usual distance of two lines of a paragraph, in sizes of their type, for each size to half a point.

    Measured where a line begins with a small letter below a long one, so that
    it goes on with it; without such lines the smallest distance that is
    common. Under 0.0 stands that of all lines; 1.2 where there is nothing to
    measure.
    """
    longest: dict[float, float] = {}
    for placed in lines:
        size = _half(placed.line.size)
        longest[size] = max(longest.get(size, 0.0), placed.line.x1 - placed.line.x0)
    certain: dict[float, list[float]] = {}
    likely: dict[float, list[float]] = {}
    for line, below in pairwise(lines):
        size = _half(line.line.size)
        ratio = (below.line.y - line.line.y) / line.line.size
        if line.column != below.column or size != _half(below.line.size) or not 0.9 <= ratio <= 2.6:
            continue
        if below.line.text[:1].islower() and line.line.x1 - line.line.x0 > 0.75 * longest[size]:
            certain.setdefault(size, []).append(ratio)
        elif ratio < _FARTHEST:
            likely.setdefault(size, []).append(ratio)
    measured = {size: ratios for size, ratios in likely.items() if len(ratios) > 3} | certain
    everything = [ratio for ratios in measured.values() for ratio in ratios]
    return {0.0: _usual(everything)} | {size: _usual(ratios) for size, ratios in measured.items()}


def _usual(ratios: Sequence[float]) -> float:
    """The smallest ratio that a fair share of lines have; paragraphs stand farther apart than lines."""
    counts = Counter(round(ratio * 20) / 20 for ratio in ratios)
    share = 0.2 * len(ratios)
    common = (ratio for ratio in sorted(counts) if counts[ratio] + counts[round(ratio + 0.05, 2)] >= share)
    return next(common, 1.2)


def right_edges(lines: Sequence[Placed]) -> dict[int, float]:
    """For each place where columns begin, where the longest of their lines end; one line may run over."""
    found: dict[int, list[float]] = {}
    for placed in lines:
        if abs(placed.line.x0 - placed.x0) < 24:
            found.setdefault(_step(placed.x0), []).append(placed.line.x1)
    return {place: sorted(ends)[-min(2, len(ends))] for place, ends in found.items()}


def paragraphs(lines: Sequence[Placed], setting: Setting) -> Iterator[tuple[Paragraph, list[Placed]]]:
    """The paragraphs of lines in reading order, each with its lines."""
    group: list[Placed] = []
    for placed in lines:
        line = replace(placed, x1=setting.edge(placed))
        if group and _parts(group, line, setting):
            yield _paragraph(group, setting), group
            group = []
        group.append(line)
    if group:
        yield _paragraph(group, setting), group


def vocabulary(lines: Sequence[Placed]) -> frozenset[str]:
    """The words of a document, in lower case, that no line end breaks."""
    found: set[str] = set()
    for placed in lines:
        texts = placed.line.text.split()
        for place, text in enumerate(texts):
            if place < len(texts) - 1 or not text.endswith("-"):
                found.add(text.strip("()[]«»“”‘’\"'.,;:?!").lower())
    # What stands first on a line may be the rest of a broken word.
    for line, below in pairwise(lines):
        rest = below.line.text.split()[:1]
        if line.line.text.endswith("-") and rest:
            found.discard(rest[0].strip("()[]«»“”‘’\"'.,;:?!").lower())
    return frozenset(found)


def _parts(group: Sequence[Placed], below: Placed, setting: Setting) -> bool:
    """Whether a paragraph ends before the line `below`."""
    last = group[-1]
    same_column = last.column == below.column
    if _LEADER.search(last.line.text):
        return True
    farthest = setting.farthest(max(last.line.size, below.line.size)) * (_RAISED if _is_raised(last, below) else 1)
    if same_column and not 0 < below.line.y - last.line.y <= farthest:
        return True
    if _CLOSING.match(below.line.text) and not _SENTENCE_END.search(last.line.text):
        return False
    if _BROKEN_WORD.search(last.line.text) and not (same_column and _is_beside(last.line, below.line)):
        return _changes_type(group, below)
    return (
        _changes_type(group, below)
        or (same_column and _is_beside(last.line, below.line))
        or _begins_item(last, below)
        or (same_column and _is_indented(group, below))
        or _is_ended(last, below)
    )


def _is_raised(last: Placed, below: Placed) -> bool:
    """Whether raised or lowered figures may hold two lines of one sentence apart."""
    goes_on = below.line.text[:1].islower() and _is_full(last, below)
    return goes_on and any(token.shift for placed in (last, below) for token in placed.line.tokens)


def _changes_type(group: Sequence[Placed], below: Placed) -> bool:
    line = group[-1].line
    if abs(line.size - below.line.size) > 0.08 * line.size:
        return True
    first = _first(below.line)
    bold = all(placed.line.bold for placed in group)
    if bold != first.word.bold and (bold or below.line.bold) and _last(line).word.bold != first.word.bold:
        return True
    return line.italic != below.line.italic and _is_ended(group[-1], below)


def _first(line: Line) -> Token:
    """Its first word that is no mark."""
    return next((token for token in line.tokens if not token.shift), line.tokens[0])


def _last(line: Line) -> Token:
    return next((token for token in reversed(line.tokens) if not token.shift), line.tokens[-1])


def _is_beside(line: Line, below: Line) -> bool:
    """Whether two lines do not stand one above the other at all."""
    return line.x1 < below.x0 - 1 or below.x1 < line.x0 - 1


def _begins_item(last: Placed, below: Placed) -> bool:
    """Whether a line begins with a number or bullet, and the line before it does not run on."""
    token = below.line.tokens[0]
    text = token.word.text
    if _PRIVATE_BULLETS.match(text) or (_BULLET.fullmatch(text) and _has_gap(below.line)):
        return True
    if not _LABEL.fullmatch(text) or len(below.line.tokens) < 2:
        return False
    return _has_gap(below.line) or (_room(last, below) > 0 and bool(_SENTENCE_END.search(last.line.text)))


def _has_gap(line: Line) -> bool:
    """Whether the text stands off from the number or bullet before it, as lists are set."""
    if len(line.tokens) < 2:
        return False
    first, second = line.tokens[0].word, line.tokens[1].word
    return second.x0 - first.x1 > 0.55 * first.size


def _is_indented(group: Sequence[Placed], below: Placed) -> bool:
    """Whether a line begins farther in than a paragraph's lines do, or farther out than those of a list."""
    last = group[-1].line
    step = below.line.x0 - last.x0
    if abs(step) < _INDENT * last.size:
        return False
    if step > 0:
        hangs = len(group) == 1 and any(abs(token.word.x0 - below.line.x0) < 2 for token in last.tokens[1:3])
        return not hangs and bool(_SENTENCE_END.search(last.text))
    if len(group) > 1:
        return not (_is_back(group, below) and _is_full(group[-1], below) and not _SENTENCE_END.search(last.text))
    return bool(_LABEL.fullmatch(last.tokens[0].word.text)) and _has_gap(last)


def _is_back(group: Sequence[Placed], below: Placed) -> bool:
    """Whether a line stands below the first of its paragraph, which no number or bullet begins."""
    first = group[0].line
    return abs(first.x0 - below.line.x0) < 2 and not _LABEL.fullmatch(first.tokens[0].word.text)


def _room(last: Placed, below: Placed) -> float:
    """How much was left on a line, in points, had it taken the first word of the next."""
    word = _first(below.line).word
    width = _unbroken_width(below.line)
    return last.x1 - last.line.x1 - width - 0.3 * word.size


def _unbroken_width(line: Line) -> float:
    """The width of a line's first word, with all that stands against it."""
    end = line.tokens[0].word.x1
    for token in line.tokens[1:]:
        if token.spaced:
            break
        end = token.word.x1
    return end - line.x0


def _is_ended(last: Placed, below: Placed) -> bool:
    """Whether a line was ended on purpose: the next word would have fitted."""
    text = _without_marks(last.line).strip()
    ends_sentence = bool(_SENTENCE_END.search(text))
    if ends_sentence and (_HEADING.fullmatch(below.line.text.strip()) or _NUMBERED.match(below.line.text)):
        return True
    room = _room(last, below)
    if room <= 0.3 * last.line.size:
        return False
    if ends_sentence or _HEADING.fullmatch(text):
        return True
    width = last.x1 - last.x0
    starts_anew = not below.line.text.lstrip("«“‘\"'([")[:1].islower()
    return room > (_SHORT if starts_anew else _VERY_SHORT) * width


def _without_marks(line: Line) -> str:
    return Line(tuple(token for token in line.tokens if not token.shift) or line.tokens).text


def _paragraph(group: Sequence[Placed], setting: Setting) -> Paragraph:
    writer = _Inlines(setting.notes)
    previous: Placed | None = None
    for placed in group:
        space = True
        if previous is not None:
            space = writer.end_line(_first(placed.line).text, setting.words, _is_full(previous, placed))
            if placed.page != previous.page:
                writer.turn(placed.page)
        writer.line(placed.line, space and previous is not None)
        previous = placed
    return Paragraph(tuple(writer.inlines))


def _is_full(last: Placed, below: Placed) -> bool:
    return _room(last, below) <= 0.3 * last.line.size


class _Inlines:
    """The runs, marks and page turns of one paragraph."""

    def __init__(self, notes: Mapping[int, tuple[str, ...]]) -> None:
        self.notes = notes
        self.inlines: list[Inline] = []
        self.owed = False

    def line(self, line: Line, spaced: bool) -> None:
        """Add the words of a line; `spaced` puts a space before the first."""
        for place, token in enumerate(line.tokens):
            space = token.spaced if place else spaced
            keys = self.notes.get(id(token))
            if keys:
                self.inlines += map(NoteMark, keys)
                self.owed = self.owed or space
                continue
            text = "•" if _PRIVATE_BULLETS.match(token.text) and not place else token.text
            self._write(text, space or self.owed, token.word.bold)
            self.owed = False

    def turn(self, page: int) -> None:
        """The page turns here."""
        self.inlines.append(PageTurn(page))

    def end_line(self, after: str, words: AbstractSet[str], full: bool) -> bool:
        """Take away a soft hyphen; whether a space stands between this line and the word `after`."""
        place = next((at for at in range(len(self.inlines) - 1, -1, -1) if isinstance(self.inlines[at], Words)), None)
        if place is None:
            return True
        last = self.inlines[place]
        assert isinstance(last, Words), "chosen as such"
        before = last.text.split()[-1] if last.text.split() else ""
        if _ADDRESS.search(before):
            return not (full and (before[-1] in "-/=&?_%." or _ADDRESS_GOES_ON.match(after)))
        if (before.endswith("/") and before != "/") or (
            before[-1:] == "–" and before[:-1][-1:].isdigit() and after[:1].isdigit()
        ):
            return False
        if not before.endswith("-") or before == "-" or place != len(self.inlines) - 1:
            return True
        kind = ending(before, after, words)
        if kind == "soft":
            self.inlines[place] = Words(last.text[:-1], last.emphasis)
        return kind == "kept before a space"

    def _write(self, text: str, space: bool, bold: bool) -> None:
        piece = f" {text}" if space and self.inlines else text
        last = self.inlines[-1] if self.inlines else None
        if isinstance(last, Words) and last.emphasis == bold:
            self.inlines[-1] = Words(last.text + piece, bold)
        else:
            self.inlines.append(Words(piece, bold))
