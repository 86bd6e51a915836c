"""Where words stand in the documents: exactly, or nearly.

Exact search compares texts without typography, whole words only, and gives
every place. Near search only proposes: it finds the window of a document that
shares most rare words in about the same order, for a difference to be shown.
Both look only at documents that hold the rare words of what is looked for, and
at no more of those than can be better than what was found.
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache, partial
from itertools import islice

from index.language.alignment import _TOKEN, Token
from index.language.line_breaks import BREAK, broken_words, whole_words, with_breaks
from index.language.phrases import searched_words
from index.language.regex import regex
from index.language.span import Span
from index.language.typography import Normalised, level, normalised, without
from index.language.word_boundaries import ends_word, starts_word
from index.model.parts import Part
from index.readers.hyphens import ending
from rag.citation.citation import Citation, Citer
from rag.verify.documents import Documents, IndexedDocuments, Sharing, even

_MARKS = frozenset(".,;:")
_FIRST_MARKS = regex(r"^(?:[ ',;:]|\.(?! ))+")
_BETWEEN = regex(r"[\W_]+")
# Windows looked at at once, the matches of two words that say which, rare words first, how far apart two may lie to
# support each other, and in how many documents they are looked for.
_WINDOWS = 4
_MATCHES = 30_000
_DRIFT = 12
_NEAREST_DOCUMENTS = 12
# Documents that are kept as they are searched, some 16 bytes a character, and quotations with their places.
_KEPT = 100
# Documents that are kept as letters and digits alone, to be passed over.
_MOST_KEPT = 2_000


@dataclass(frozen=True, slots=True)
class Place:
    """A span of one part of one document."""

    part: Part
    span: Span


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of a part by its tokens, with ranges that count from the part's start."""

    part: Part
    tokens: list[Token]


@dataclass(frozen=True)
class _Source:
    """A part of a document as it is searched; each form of it is made when it is looked at.

    `soft` gives the places of the document's hyphens that only break words.
    """

    part: Part
    document_text: str
    soft: Callable[[], Sequence[int]]

    @cached_property
    def text(self) -> str:
        return self.part.span.of(self.document_text)

    @cached_property
    def characters(self) -> str:
        return _characters(even(self.text))

    @cached_property
    def normal(self) -> Normalised:
        return normalised(self.text)

    @cached_property
    def whole(self) -> Normalised:
        """With the words together that a line end breaks where the document or Dutch spelling says so."""
        return self._whole(self.normal, self.part.span)

    def _whole(self, normal: Normalised, span: Span) -> Normalised:
        soft = self.soft()
        own = {at - span.start for at in soft[bisect_left(soft, span.start) : bisect_left(soft, span.end)]}
        return without(normal, own) if own else normal

    @cached_property
    def rows(self) -> dict[str, list[int]]:
        """Which of its tokens, as they stand there, each word is; in small letters."""
        found: dict[str, list[int]] = defaultdict(list)
        for row, token in enumerate(_TOKEN.findall(self.text)):
            found[token.lower()].append(row)
        return found

    def window(self, first: int, last: int) -> Window:
        """The stretch from one of its tokens to before another."""
        found = list(islice(_TOKEN.finditer(self.text), max(0, first), last))
        span = Span(found[0].start(), found[-1].end())
        start = self.part.span.start
        whole = self._whole(normalised(span.of(self.text)), Span(start + span.start, start + span.end))
        tokens = ((match[0], *whole.source(*match.span())) for match in _TOKEN.finditer(whole.text))
        return Window(self.part, [Token(text, span.start + begin, span.start + end) for text, begin, end in tokens])


def core(text: str) -> str:
    """`text` without typography and without the marks at its edges that may be the memo's own.

    Those are quotation marks, commas, full stops, colons and semicolons; a
    question mark or an exclamation mark belongs to the words.
    """
    found = _without_last_marks(_FIRST_MARKS.sub("", level(text)))
    stripped = found.lstrip("- ")
    # "- In 2024" is an item of a list, "-5" a number.
    return found if stripped[:1].isdigit() and found != stripped else stripped


def _without_last_marks(text: str) -> str:
    end = len(text)
    while end:
        # A full stop that stands free ("vraag .") is what is left of a number or a word that was taken out.
        free = text[end - 1] in _MARKS and text[end - 2 : end - 1] == " "
        if free or not (text[end - 1] in _MARKS or text[end - 1] in " '-"):
            break
        end -= 1
    return text[:end]


def _characters(text: str) -> str:
    """Only the letters and digits of a text, which stand in a document before anything else can."""
    return _BETWEEN.sub("", text)


def joined(text: str) -> str:
    """`text` with the words whole that a line end broke."""
    return with_breaks(text).replace(BREAK, "")


class Sources:
    """The parts of all documents, searchable; `documents` says where to look."""

    def __init__(self, citer: Citer, documents: Documents | None = None) -> None:
        self.citer = citer
        self.documents = documents or IndexedDocuments(citer.collection)
        self._of = lru_cache(maxsize=_KEPT)(self._read)
        self._held = lru_cache(maxsize=_MOST_KEPT)(self._squeezed)
        self._with = lru_cache(maxsize=_KEPT)(self._documents_with)

    def places(self, text: str) -> list[Place]:
        """Every place where exactly these words stand, by document and offset; none for no words."""
        return list(self.found(text))

    def stands(self, text: str) -> bool:
        """Whether exactly these words stand anywhere."""
        return any(self.found(text))

    def found(self, text: str) -> Iterator[Place]:
        """The same places one by one: no document is looked at before the next is asked for."""
        wanted = core(with_breaks(text))
        characters = _characters(wanted)
        if not characters:
            return
        for document in self._with(wanted):
            if characters in self._held(document):
                for source in self._of(document):
                    if characters in source.characters:
                        yield from _places(source, wanted)

    def _documents_with(self, wanted: str) -> Sequence[str]:
        return self.documents.documents_with(searched_words(wanted))

    def citation(self, place: Place) -> Citation:
        return self.citer.within(place.part, place.span)

    def text(self, part: Part) -> str:
        """The whole text of the document that `part` is of."""
        return self.citer.collection.document(part.document).text

    def near(self, quoted: list[Token], least: Callable[[], float]) -> Iterator[Window]:
        """Windows that share the rare words of `quoted`, those of the most likely document first.

        No document is read, and no window given, that cannot share at least the share of its words that `least` says.
        """
        wanted = Counter(token.text.lower() for token in quoted if token.is_word)
        for found in self._sharing(quoted):
            lacking = sum(wanted[word] for word in found.lacking)
            if wanted.total() - lacking >= least() * wanted.total():
                for window in self._windows(quoted, [found]):
                    there = Counter(token.text.lower() for token in window.tokens)
                    if (wanted & there).total() >= least() * wanted.total():
                        yield window

    def likely(self, quoted: list[Token]) -> Iterator[Window]:
        """The windows that share most of the rare words of `quoted` of all documents, the best first."""
        return self._windows(quoted, self._sharing(quoted))

    def _sharing(self, quoted: list[Token]) -> Sequence[Sharing]:
        return self.documents.sharing(searched_words(" ".join(token.text for token in quoted)), _NEAREST_DOCUMENTS)

    def _windows(self, quoted: list[Token], documents: Sequence[Sharing]) -> Iterator[Window]:
        sources = [source for found in documents for source in self._of(found.document)]
        wanted = {token.text.lower() for token in quoted if token.is_word}
        postings: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for number, source in enumerate(sources):
            for word in wanted & source.rows.keys():
                postings[word] += ((number, row) for row in source.rows[word])
        slack = 2 * _DRIFT + len(quoted) // 2
        for number, at in _best(quoted, postings):
            yield sources[number].window(at - slack, at + len(quoted) + slack)

    def _squeezed(self, document_id: str) -> str:
        return _characters(even(self.citer.collection.document(document_id).text))

    def _read(self, document_id: str) -> tuple[_Source, ...]:
        text = self.citer.collection.document(document_id).text
        soft = cache(partial(_soft_breaks, text))
        return tuple(_Source(part, text, soft) for part in self.citer.parts[document_id])


def _best(quoted: list[Token], postings: Mapping[str, Sequence[tuple[int, int]]]) -> Iterator[tuple[int, int]]:
    """Source and token where the words of `quoted` stand closest together, rare words first."""
    votes: Counter[tuple[int, int]] = Counter()
    matches = [(position, postings.get(token.text.lower(), ())) for position, token in enumerate(quoted)]
    left = _MATCHES
    for position, found in sorted(matches, key=lambda match: len(match[1])):
        if left < 0:
            break
        left -= len(found)
        for number, at in found:
            bucket = (at - position) // _DRIFT
            # Twice, so that matches on either side of a boundary support each other.
            votes[number, bucket] += 1_000 // len(found) + 1
            votes[number, bucket + 1] += 1_000 // len(found) + 1
    best = sorted(votes.items(), key=lambda item: (-item[1], item[0]))[:_WINDOWS]
    return ((number, bucket * _DRIFT) for (number, bucket), _ in best)


def _soft_breaks(text: str) -> list[int]:
    """Where the hyphens are, in order, that only break a word at a line end; what the document writes decides."""
    breaks = list(broken_words(text))
    known = whole_words(text) if breaks else frozenset()
    return [span.start for span, before, after in breaks if ending(before, after, known) == "soft"]


@lru_cache(maxsize=_KEPT)
def _pattern(wanted: str) -> re.Pattern[str]:
    """What finds these words, but not within a longer word; a broken word with its hyphen or without."""
    before = r"(?<![^\W_])" if wanted[0].isalnum() else ""
    after = r"(?![^\W_])" if wanted[-1].isalnum() else ""
    return re.compile(before + re.escape(wanted).replace(BREAK, "-?") + after)


def _places(source: _Source, wanted: str) -> Iterator[Place]:
    """Where these words stand as the text has them, or else with its broken words whole."""
    literal = max(wanted.split(BREAK), key=len)
    found = False
    for place in _places_in(source, source.normal, wanted, literal):
        found = True
        yield place
    if not found and source.whole is not source.normal:
        yield from _places_in(source, source.whole, wanted, literal)


def _places_in(source: _Source, text: Normalised, wanted: str, literal: str) -> Iterator[Place]:
    """Where these words stand, of which `literal` is a part, that is looked for first: it takes far less time."""
    match = _pattern(wanted).search(text.text) if literal in text.text else None
    while match:
        start, end = text.source(match.start(), match.end())
        start, end = start + source.part.span.start, end + source.part.span.start
        if starts_word(source.document_text, start) and ends_word(source.document_text, end):
            yield Place(source.part, Span(start, end))
        match = _pattern(wanted).search(text.text, match.start() + 1)
