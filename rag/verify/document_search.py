"""Where words stand in the documents: exactly, or nearly.

Exact search compares texts without typography, whole words only, and gives
every place. Near search only proposes: it finds the window of a document that
shares most rare words in about the same order, for a difference to be shown.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from index.language.alignment import _TOKEN, Token
from index.language.span import Span
from index.language.typography import Normalised, level, normalised
from index.language.word_boundaries import ends_word, starts_word
from index.model.parts import Part
from rag.citation.citation import Citation, Citer

# A full stop that stands free ("vraag .") is what is left of a number or a word that was taken out.
_FIRST_MARKS = re.compile(r"^(?:[ ',;:]|\.(?! ))+")
_LAST_MARKS = re.compile(r"(?:(?<! )[.,;:]|[ '-])+$")
# Windows looked at for one quotation, and how far apart two matches may lie to support each other.
_WINDOWS = 4
_DRIFT = 12


@dataclass(frozen=True, slots=True)
class Place:
    """A span of one part of one document."""

    part: Part
    span: Span


@dataclass(frozen=True, slots=True)
class _Source:
    part: Part
    document_text: str
    normal: Normalised


def core(text: str) -> str:
    """`text` without typography and without the marks at its edges that may be the memo's own.

    Those are quotation marks, commas, full stops, colons and semicolons; a
    question mark or an exclamation mark belongs to the words.
    """
    found = _LAST_MARKS.sub("", _FIRST_MARKS.sub("", level(text)))
    stripped = found.lstrip("- ")
    # "- In 2024" is an item of a list, "-5" a number.
    return found if stripped[:1].isdigit() and found != stripped else stripped


class Sources:
    """The parts of all documents, searchable."""

    def __init__(self, citer: Citer) -> None:
        self.citer = citer
        self._sources = [
            _Source(part, document.text, normalised(part.span.of(document.text)))
            for document in citer.collection.documents
            for part in citer.parts[document.id]
        ]

    def places(self, text: str) -> list[Place]:
        """Every place where exactly these words stand, by document and offset; none for no words."""
        wanted = core(text)
        if not any(character.isalnum() for character in wanted):
            return []
        return [place for source in self._sources for place in _places(source, wanted)]

    def citation(self, place: Place) -> Citation:
        """The citation of a place."""
        return self.citer.within(place.part, place.span)

    def text(self, part: Part) -> str:
        """The whole text of the document that `part` is of."""
        return self.citer.collection.document(part.document).text

    def tokens(self, part: Part) -> list[Token]:
        """The tokens of a part; their ranges count from the part's start."""
        return self._tokens[self._numbers[part.document, part.span.start]]

    def near(self, quoted: list[Token]) -> list[tuple[Part, int, int]]:
        """Windows `tokens(part)[start:end]` that share most of the rare words of `quoted`, best first."""
        votes: Counter[tuple[int, int]] = Counter()
        for position, token in enumerate(quoted):
            postings = self._postings.get(token.text.lower(), ()) if token.is_word else ()
            for source, at in postings:
                bucket = (at - position) // _DRIFT
                # Twice, so that matches on either side of a boundary support each other.
                votes[source, bucket] += 1_000 // len(postings) + 1
                votes[source, bucket + 1] += 1_000 // len(postings) + 1
        best = sorted(votes.items(), key=lambda item: (-item[1], item[0]))[:_WINDOWS]
        return [self._window(source, bucket * _DRIFT, len(quoted)) for (source, bucket), _ in best]

    def _window(self, source: int, at: int, length: int) -> tuple[Part, int, int]:
        slack = 2 * _DRIFT + length // 2
        found = self._tokens[source]
        return self._sources[source].part, max(0, at - slack), min(len(found), at + length + slack)

    @cached_property
    def _numbers(self) -> dict[tuple[str, int], int]:
        return {(s.part.document, s.part.span.start): number for number, s in enumerate(self._sources)}

    @cached_property
    def _tokens(self) -> list[list[Token]]:
        return [
            [Token(m[0], *source.normal.source(m.start(), m.end())) for m in _TOKEN.finditer(source.normal.text)]
            for source in self._sources
        ]

    @cached_property
    def _postings(self) -> dict[str, list[tuple[int, int]]]:
        postings: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for number, found in enumerate(self._tokens):
            for at, token in enumerate(found):
                if token.is_word:
                    postings[token.text.lower()].append((number, at))
        return postings


def _places(source: _Source, wanted: str) -> Iterator[Place]:
    at = source.normal.text.find(wanted)
    while at >= 0:
        start, end = source.normal.source(at, at + len(wanted))
        start, end = start + source.part.span.start, end + source.part.span.start
        if starts_word(source.document_text, start) and ends_word(source.document_text, end):
            yield Place(source.part, Span(start, end))
        at = source.normal.text.find(wanted, at + 1)
