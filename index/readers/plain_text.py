"""Read the plain text that Word gives of a letter, and any other plain text.

The text of a Word file carries marks that are not the author's words:
`[bookmark: …]`, `[footnoteRef:9]`, and footnote bodies `[9:  …]` inlined
after the sentence. They are taken out here and nowhere else. Every code point
of the file is either in the running text or in a `Removal`. Footnote bodies
are put after the running text, where they are slices like everything else. A
text without such marks stays exactly as it came.
"""

import re
from collections.abc import Iterator

from index.language.regex import regex
from index.language.span import Span, trimmed
from index.model.types import Excerpt, Footnote, Removal
from index.readers.canonical import Reading, UnreadableError
from index.readers.encoding import decoded
from index.readers.word_ledger import counted

_SEPARATOR = "\n\n"

# The comma between two marks in a row is part of the superscript "42,43".
_MARK = regex(
    r"(?P<bom>\A\ufeff)|(?P<cr>\r(?=\n))|(?P<bookmark>\[bookmark:[^\[\]\n]*\])"
    r"|\[footnoteRef:(?P<ref>\d+)\](?:, ?(?=\[footnoteRef:))?|\[(?P<body>\d+): "
)


def read(content: bytes) -> Reading:
    """The text with its marks taken out, each on record.

    Raises UnreadableError where it is no text, holds a NUL, or has a footnote
    that never closes, has no text, or is marked twice.
    """
    raw = decoded(content)
    parts: list[str] = []
    removals: list[Removal] = []
    marks: dict[int, int] = {}
    bodies: dict[int, Span] = {}
    length = position = 0

    def keep(start: int, end: int) -> None:
        nonlocal length
        parts.append(raw[start:end])
        length += end - start

    for removal, body in _removals(raw):
        keep(position, removal.raw.start)
        position = removal.raw.end
        removals.append(removal)
        if removal.number is None:
            continue
        if body:
            bodies[removal.number] = body
        elif removal.number in marks:
            raise UnreadableError(f"footnote mark {removal.number} stands in the text twice.")
        else:
            marks[removal.number] = length
    keep(position, len(raw))

    footnotes = []
    for number, body in bodies.items():
        parts.append(_SEPARATOR)
        length += len(_SEPARATOR)
        start = length
        for span in _without_carriage_returns(raw, body):
            keep(span.start, span.end)
        footnotes.append(Footnote(number, marks[number], Span(start, length)))
    reading = Reading("".join(parts), tuple(footnotes), removals=tuple(removals))
    marks_left = [_left_out(raw, removal) for removal in removals]
    return counted(reading, [Excerpt(raw)], [left for left in marks_left if left])


def _left_out(raw: str, removal: Removal) -> Excerpt | None:
    """What stands in the file of a mark, the words of a note apart, which are text."""
    text = removal.raw.of(raw)
    if removal.kind == "footnote body":
        return Excerpt(text.partition(" ")[0], None, "note number")
    return Excerpt(text, None, removal.kind) if text.strip() else None


def _removals(raw: str) -> Iterator[tuple[Removal, Span | None]]:
    """Everything to take out, in file order, with the trimmed text of a footnote body."""
    position = 0
    seen: set[int] = set()
    while match := _MARK.search(raw, position):
        position = match.end()
        span = Span(match.start(), match.end())
        if match["bom"]:
            yield Removal(span, "byte order mark"), None
        elif match["cr"]:
            yield Removal(span, "carriage return"), None
        elif match["bookmark"]:
            yield Removal(span, "bookmark"), None
        elif match["ref"]:
            seen.add(int(match["ref"]))
            yield Removal(span, "footnote mark", int(match["ref"])), None
        elif (number := int(match["body"])) in seen:
            # A second "[9: …]" is the author's own text: its mark has been used.
            seen.discard(number)
            end = _closing_bracket(raw, match.start())
            if end is None:
                raise UnreadableError(f"footnote {number} opens with '[{number}:' but never closes.")
            position = end + 1
            body = trimmed(raw, match.end(), end)
            if body is None:
                raise UnreadableError(f"footnote {number} has no text.")
            yield Removal(Span(match.start(), end + 1), "footnote body", number), body


def _closing_bracket(raw: str, opening: int) -> int | None:
    """The bracket that closes the one at `opening`, brackets within it counted."""
    depth = 0
    for match in re.compile(r"[\[\]]").finditer(raw, opening):
        depth += 1 if match[0] == "[" else -1
        if depth == 0:
            return match.start()
    return None


def _without_carriage_returns(raw: str, span: Span) -> Iterator[Span]:
    start = span.start
    for match in re.compile(r"\r(?=\n)").finditer(raw, span.start, span.end):
        if match.start() > start:
            yield Span(start, match.start())
        start = match.end()
    yield Span(start, span.end)
