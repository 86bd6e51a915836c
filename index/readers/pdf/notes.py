"""Find the notes at the foot of a column and the marks in the text that they hang on.

A note is small type below the text that begins with a number, raised or next
in order. Small type without a number below a short rule goes on with the last
note of the page before. A mark is a raised number in the text of the same
page, failing that of a page beside it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from index.language.regex import regex
from index.readers.pdf.columns import Column
from index.readers.pdf.line import Line, Token
from index.readers.pdf.page import Rule
from index.readers.pdf.paragraphs import Placed

_SMALL = 0.95
_UNIT = regex(r"(?:^|\d)[kcdm]?m$")
_LABEL = regex(r"\[?(\d{1,3}|\*{1,3})[\].)]?")
# Where the number leaves no room for the space behind it.
_GLUED = regex(r"(\d{1,3})(?=[^\W\d]|[(«“\"‘])")


@dataclass(slots=True)
class FootNote:
    """A note as it is gathered: where it begins, its number as printed, and its lines, page by page."""

    key: str
    page: int
    number: str
    lines: list[Placed] = field(default_factory=list)


class Notes:
    """The notes of a document, gathered page by page in reading order."""

    def __init__(self, size: float) -> None:
        self.size = size
        self.found: list[FootNote] = []

    def take(self, page: int, column: Column, rules: Sequence[Rule]) -> Column:
        """The column without the notes at its foot, which are kept."""
        lines = _foot(column, self.size)
        if under := _under_rule(column, rules, self.size):
            lines = max(lines, under, key=len)
        below = next((place for place, line in enumerate(lines) if _is_below_rule(line, column, rules)), None)
        lines = lines[below or 0 :]
        ruled = below is not None
        first = next((place for place, line in enumerate(lines) if self._labelled(line, ruled)), len(lines))
        if first and not (ruled and self.found):
            lines = lines[first:]
        for line in lines:
            self._add(Placed(line, page, page, column.x0, column.x1, column.limit), ruled)
        return replace(column, items=column.items[: len(column.items) - len(lines)])

    def _labelled(self, line: Line, ruled: bool) -> tuple[str, Line] | None:
        """The number that a note's first line begins with, and the line without it.

        A number that is not raised counts below a rule, and only as the next.
        """
        first, *rest = line.tokens
        if first.shift > 0:
            return (first.numbers[0], Line(tuple(rest))) if len(first.numbers) == 1 and rest else None
        if not ruled:
            return None
        last = int(self.found[-1].number) if self.found and self.found[-1].number.isdigit() else 0
        match = _LABEL.fullmatch(first.word.text)
        if match and rest and (match[1] in {"1", str(last + 1)} or not match[1].isdigit()):
            return match[1], Line(tuple(rest))
        match = _GLUED.match(first.word.text)
        if match and match[1] in {"1", str(last + 1)}:
            word = replace(first.word, text=first.word.text[match.end() :])
            return match[1], Line((replace(first, word=word), *rest))
        return None

    def _add(self, placed: Placed, ruled: bool) -> None:
        labelled = self._labelled(placed.line, ruled)
        if labelled:
            number, line = labelled
            self.found.append(FootNote(f"{placed.page}:{number}:{len(self.found)}", placed.page, number))
            placed = replace(placed, line=line)
        self.found[-1].lines.append(placed)


def _foot(column: Column, size: float) -> list[Line]:
    """The small type at the foot of a column, and the lines there that begin with a raised number."""
    lines: list[Line] = []
    for item in reversed(column.items):
        if not isinstance(item, Line) or not (item.size <= _SMALL * size or item.tokens[0].numbers):
            break
        lines.insert(0, item)
    return lines


def _under_rule(column: Column, rules: Sequence[Rule], size: float) -> list[Line]:
    """All lines below the rule that parts notes from text, a few of them in larger type, as links are."""
    lines: list[Line] = []
    found: list[Line] = []
    for item in reversed(column.items):
        if not isinstance(item, Line):
            break
        lines.insert(0, item)
        small = sum(line.size <= _SMALL * size for line in lines)
        if 2 * small < len(lines):
            break
        if (item.size <= _SMALL * size or item.tokens[0].numbers) and _is_below_rule(item, column, rules):
            found = list(lines)
    return found


def _is_below_rule(line: Line, column: Column, rules: Iterable[Rule]) -> bool:
    """Whether the rule that parts notes from text stands just above a line."""
    return any(
        rule.is_horizontal
        and -2 < line.top - rule.y1 < 2.5 * line.size
        and min(abs(rule.x0 - column.x0), abs(rule.x0 - line.x0)) < 12
        and rule.x1 - rule.x0 < 0.7 * (column.x1 - column.x0)
        for rule in rules
    )


def marks(tokens: Iterable[tuple[int, Token, Token | None]], notes: Sequence[FootNote]) -> dict[int, tuple[str, ...]]:
    """The keys of the notes that hang on each raised number in the text, by the `id` of its token.

    `tokens` are those of the running text and its tables, each with its page
    and the token before it. A number that is no note's stays in the text, and
    so does that of "m²"; a second mark of one number is the same note's.
    """
    raised = [(page, token) for page, token, before in tokens if token.numbers and not _is_unit(token, before)]
    unmarked = list(notes)
    found: dict[int, tuple[str, ...]] = {}
    for available, apart in ((unmarked, 0), (unmarked, 1), (notes, 1)):
        for page, token in raised:
            if id(token) in found:
                continue
            chosen = [_note(number, page, available, apart) for number in token.numbers]
            if keys := tuple(note.key for note in chosen if note):
                if len(keys) < len(chosen):
                    continue
                found[id(token)] = keys
                unmarked[:] = [note for note in unmarked if note.key not in keys]
    return found


def _note(number: str, page: int, notes: Sequence[FootNote], apart: int) -> FootNote | None:
    """The first note of that number on a page that is at most so far from the mark."""
    return next((note for note in notes if note.number == number and abs(note.page - page) <= apart), None)


def _is_unit(token: Token, before: Token | None) -> bool:
    """Whether a raised figure is an exponent: "m²", "km²", "m³"."""
    return bool(before and not token.spaced and _UNIT.search(before.word.text) and token.word.text in "23")
