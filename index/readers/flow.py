"""Gather the running text of markup into paragraphs, with white space folded as browsers and ODF do.

In HTML, OpenDocument and official XML, runs of spaces and line ends in the
file are one space to the reader, and none at the edges of a paragraph. That
is the format's own meaning; no-break spaces and what is marked as a space
stay.
"""

from dataclasses import dataclass

from index.language.regex import regex
from index.readers.canonical import Block, Inline, NoteMark, Paragraph, Role, Words
from index.readers.raised_figures import Position, shifted


@dataclass(frozen=True, slots=True)
class Look:
    """How text is set: bold, struck through, high or low, and for what the paragraph around it is."""

    bold: bool = False
    struck: bool = False
    position: Position = ""
    role: Role = ""


PLAIN = Look()
_WHITE = regex(r"[ \t\r\n\f]+")


class Flow:
    """Paragraphs as they come in; `blocks` holds the finished ones."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._inlines: list[Inline] = []
        self._label = ""
        self._at_space = True
        self._line = 0

    def at(self, line: int) -> None:
        """What comes next stands on that line of the file; a paragraph has the line that it begins on."""
        if not self._inlines:
            self._line = line

    def words(self, text: str | None, emphasis: bool = False, struck: bool = False) -> None:
        """Add text as it stands in the file."""
        folded = _WHITE.sub(" ", text or "")
        if self._at_space:
            folded = folded.removeprefix(" ")
        if folded:
            self._inlines.append(Words(folded, emphasis, struck))
            self._at_space = folded.endswith(" ")

    def exact(self, text: str, emphasis: bool = False, struck: bool = False) -> None:
        """Add text whose white space counts: a line end, a tab, spaces that are marked."""
        self._inlines.append(Words(text, emphasis, struck))
        self._at_space = text.endswith("\n")

    def text(self, text: str | None, look: Look, exact: bool = False) -> None:
        """Add text that is set so; `exact` where its white space counts."""
        add = self.exact if exact else self.words
        add(shifted(text or "", look.position), look.bold, look.struck)

    def mark(self, key: str) -> None:
        """A note hangs here."""
        self._inlines.append(NoteMark(key))

    def label(self, label: str) -> None:
        """The number or bullet of the paragraph that comes next."""
        self._label = label

    def end_paragraph(self, heading: bool = False, role: Role = "") -> None:
        """What was added since the last end is a paragraph; nothing where nothing was."""
        inlines = _without_last_space(self._inlines)
        if inlines:
            self.blocks.append(Paragraph(tuple(inlines), self._label, heading, role, self._line))
            self._label = ""
        self._inlines = []
        self._at_space = True

    def block(self, block: Block) -> None:
        """Add a finished block, a table for example."""
        self.end_paragraph()
        self.blocks.append(block)

    def finished(self) -> tuple[Block, ...]:
        """All blocks, the last paragraph included."""
        self.end_paragraph()
        return tuple(self.blocks)


def _without_last_space(inlines: list[Inline]) -> list[Inline]:
    for place in range(len(inlines) - 1, -1, -1):
        inline = inlines[place]
        if isinstance(inline, Words):
            if not inline.text.endswith((" ", "\n")):
                break
            stripped = Words(inline.text.rstrip(" \n"), inline.emphasis, inline.struck)
            inlines = [*inlines[:place], *([stripped] if stripped.text else []), *inlines[place + 1 :]]
            if stripped.text:
                break
    return inlines
