"""Where words stand in the documents: exactly, or nearly.

Exact search compares texts without typography, whole words only, and gives
every place. Near search only proposes: it finds the window of a document that
shares most rare words in about the same order, for a difference to be shown.
Both look only at documents that hold the rare words of what is looked for.
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

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
from rag.verify.documents import Documents, IndexedDocuments, even

_MARKS = frozenset(".,;:")
_FIRST_MARKS = regex(r"^(?:[ ',;:]|\.(?! ))+")
_BETWEEN = regex(r"[\W_]+")
# Windows looked at for one quotation, how far apart two matches may lie to support each other, and in how many
# documents they are looked for.
_WINDOWS = 4
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


@dataclass(frozen=True)
class _Source:
    """A part of a document as it is searched; its tokens, with ranges that count from the part's start.

    `whole` has the words together that a line end breaks where the document or
    Dutch spelling says so; in a text without such words it is `normal`.
    """

    part: Part
    document_text: str
    normal: Normalised
    whole: Normalised

    @cached_property
    def tokens(self) -> list[Token]:
        found = _TOKEN.finditer(self.whole.text)
        return [Token(m[0], *self.whole.source(m.start(), m.end())) for m in found]

    @cached_property
    def rows(self) -> dict[str, list[int]]:
        """Which of its tokens each word is."""
        found: dict[str, list[int]] = defaultdict(list)
        for row, token in enumerate(self.tokens):
            if token.is_word:
                found[token.text.lower()].append(row)
        return found


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
        self._found = lru_cache(maxsize=_KEPT)(self._search)

    def places(self, text: str) -> list[Place]:
        """Every place where exactly these words stand, by document and offset; none for no words."""
        wanted = core(with_breaks(text))
        return list(self._found(wanted)) if any(character.isalnum() for character in wanted) else []

    def _search(self, wanted: str) -> tuple[Place, ...]:
        pattern, literal = _pattern(wanted), max(wanted.split(BREAK), key=len)
        characters = _characters(wanted)
        found = self.documents.documents_with(searched_words(wanted))
        holding = (document for document in found if characters in self._held(document))
        sources = (source for document in holding for source in self._of(document))
        return tuple(place for source in sources for place in _places(source, pattern, literal))

    def citation(self, place: Place) -> Citation:
        return self.citer.within(place.part, place.span)

    def text(self, part: Part) -> str:
        """The whole text of the document that `part` is of."""
        return self.citer.collection.document(part.document).text

    def near(self, quoted: list[Token]) -> Iterator[tuple[Part, list[Token]]]:
        """Windows of parts that share most of the rare words of `quoted`, best first."""
        sources = [source for document in self._likely(quoted) for source in self._of(document)]
        postings: dict[str, list[tuple[int, int]]] = defaultdict(list)
        wanted = {token.text.lower() for token in quoted if token.is_word}
        for number, source in enumerate(sources):
            for word in wanted & source.rows.keys():
                postings[word] += ((number, row) for row in source.rows[word])
        for number, at in _best(quoted, postings):
            slack = 2 * _DRIFT + len(quoted) // 2
            tokens = sources[number].tokens
            yield sources[number].part, tokens[max(0, at - slack) : at + len(quoted) + slack]

    def _likely(self, quoted: list[Token]) -> list[str]:
        """The documents that share most of the rare words, the library's order among equals."""
        everything = self.documents.documents_with(())
        if len(everything) <= _NEAREST_DOCUMENTS:
            return list(everything)
        votes: Counter[str] = Counter()
        for word in searched_words(" ".join(token.text for token in quoted)):
            holding = self.documents.documents_with((word,))
            for document in holding:
                votes[document] += 1_000_000 // len(holding) + 1
        return [document for document, _ in votes.most_common(_NEAREST_DOCUMENTS)]

    def _squeezed(self, document_id: str) -> str:
        return _characters(even(self.citer.collection.document(document_id).text))

    def _read(self, document_id: str) -> tuple[_Source, ...]:
        text = self.citer.collection.document(document_id).text
        parts = self.citer.parts[document_id]
        soft = _soft_breaks(text)
        return tuple(_source(part, text, soft) for part in parts)


def _best(quoted: list[Token], postings: dict[str, list[tuple[int, int]]]) -> Iterator[tuple[int, int]]:
    """Source and token where the words of `quoted` stand closest together, rare words first."""
    votes: Counter[tuple[int, int]] = Counter()
    for position, token in enumerate(quoted):
        found = postings.get(token.text.lower(), ()) if token.is_word else ()
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


def _source(part: Part, text: str, soft: Sequence[int]) -> _Source:
    """A part as it is searched; `soft` are the places of hyphens that only break words."""
    normal = normalised(part.span.of(text))
    own = {at - part.span.start for at in soft[bisect_left(soft, part.span.start) : bisect_left(soft, part.span.end)]}
    return _Source(part, text, normal, without(normal, own) if own else normal)


def _pattern(wanted: str) -> re.Pattern[str]:
    """What finds these words, but not within a longer word; a broken word with its hyphen or without."""
    before = r"(?<![^\W_])" if wanted[0].isalnum() else ""
    after = r"(?![^\W_])" if wanted[-1].isalnum() else ""
    return re.compile(before + re.escape(wanted).replace(BREAK, "-?") + after)


def _places(source: _Source, pattern: re.Pattern[str], literal: str) -> Iterator[Place]:
    found = list(_places_in(source, source.normal, pattern, literal))
    whole = source.whole if source.whole is not source.normal else None
    yield from found or (_places_in(source, whole, pattern, literal) if whole else ())


def _places_in(source: _Source, text: Normalised, pattern: re.Pattern[str], literal: str) -> Iterator[Place]:
    """Where a pattern stands of which `literal` is a part, that is looked for first: it takes far less time."""
    match = pattern.search(text.text) if literal in text.text else None
    while match:
        start, end = text.source(match.start(), match.end())
        start, end = start + source.part.span.start, end + source.part.span.start
        if starts_word(source.document_text, start) and ends_word(source.document_text, end):
            yield Place(source.part, Span(start, end))
        match = pattern.search(text.text, match.start() + 1)
