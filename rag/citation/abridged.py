"""A quotation that leaves words out: exact pieces of one part of a document, in order, with […] between them.

Nothing is joined that has two speakers or stands in two answers, no piece is so short that it fits anywhere, and of
a quoted sentence no negation is left out: what is made here passes `rag.verify`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from index.language.alignment import words
from index.language.negations import WORD, negates
from index.language.sentences import sentence_spans
from index.language.span import Span, trimmed
from index.language.word_boundaries import ends_word, starts_word, word_at
from rag.citation.citation import Citation, CitationError, Citer

OMISSION = "[…]"
# A piece of fewer words says nothing by itself.
FEWEST_WORDS = 3


Rule = Literal["two places", "piece too short", "negation left out", "nothing left"]
_RULES: dict[Rule, str] = {
    "two places": "these words do not stand in one part of one answer; quote each by itself.",
    "piece too short": f"“{{words}}” would stand by itself beside {OMISSION}; expected {FEWEST_WORDS} words or more. "
    "Keep more of it, or leave it out too.",
    "negation left out": f"{OMISSION} would leave out “{{words}}” of a sentence that is quoted, and its meaning may "
    "turn. Keep that word, or leave out the whole sentence.",
    "nothing left": "nothing would be left of the quotation; remove it instead.",
}


class AbridgeError(CitationError):
    """Pieces that may not be quoted together: which rule forbids it, and the words that break it."""

    def __init__(self, rule: Rule, words: str = "") -> None:
        self.rule, self.words = rule, words
        super().__init__(_RULES[rule].format(words=words))


@dataclass(frozen=True, slots=True)
class Abridged:
    """The pieces of a quotation, two or more, each a citation; `whole` runs from the first to the last."""

    pieces: tuple[Citation, ...]
    whole: Citation

    def __post_init__(self) -> None:
        if len(self.pieces) < 2 or any(left.span.end >= right.span.start for left, right in pairwise(self.pieces)):
            raise ValueError("an abridged quotation has two pieces or more, in order, with something left out between")
        if any(piece.part != self.whole.part for piece in self.pieces):
            raise ValueError("the pieces of an abridged quotation stand in one part")

    @property
    def quotation(self) -> str:
        """The pieces with […] between them."""
        return f" {OMISSION} ".join(piece.quotation.strip() for piece in self.pieces)


Quoted = Citation | Abridged


def pieces_of(quoted: Quoted) -> tuple[Citation, ...]:
    """The citations that a quotation consists of."""
    return quoted.pieces if isinstance(quoted, Abridged) else (quoted,)


def whole_of(quoted: Quoted) -> Citation:
    """The citation that names where a quotation stands."""
    return quoted.whole if isinstance(quoted, Abridged) else quoted


def abridged(citer: Citer, name: str, spans: Sequence[Span]) -> Quoted:
    """The quotation of these spans of a document in the order of the text; one citation where nothing lies between.

    Raises CitationError where they do not stand in one part of it, a piece has fewer than three words, or what is
    left out of a quoted sentence negates; and as `Citer.cite` does.
    """
    document = citer.collection.find_document(name)
    joined = _joined(document.text, spans)
    start, end = joined[0].start, joined[-1].end
    if not any(part.span.start <= start and end <= part.span.end for part in citer.parts[document.id]):
        raise AbridgeError("two places")
    whole = citer.cite(name, start, end)
    pieces = tuple(citer.cite(name, span.start, span.end) for span in joined)
    if len(pieces) == 1:
        return whole
    for piece in pieces:
        if len(words(piece.quotation)) < FEWEST_WORDS:
            raise AbridgeError("piece too short", piece.quotation.strip())
    text = whole.document.text
    for skipped in left_out(text, whole.part.span, joined):
        if negates(skipped.of(text)):
            word = next(word for word in WORD.findall(skipped.of(text)) if negates(word))
            raise AbridgeError("negation left out", word)
    return Abridged(pieces, whole)


def without(citer: Citer, name: str, spans: Sequence[Span], dropped: Span) -> Quoted:
    """The quotation of `spans` without the words that `dropped` touches; raises as `abridged` does."""
    text = citer.collection.find_document(name).text
    cut = _whole_words(text, dropped)
    kept = [
        part
        for span in spans
        for start, end in ((span.start, min(span.end, cut.start)), (max(span.start, cut.end), span.end))
        if start < end and (part := trimmed(text, start, end)) and any(c.isalnum() for c in part.of(text))
    ]
    if not kept:
        raise AbridgeError("nothing left")
    return abridged(citer, name, kept)


def left_out(
    text: str, part: Span, spans: Sequence[Span], opened: bool = False, closed: bool = False
) -> Iterator[Span]:
    """What of the sentences that `spans` quote is left out between them, and with `opened`, `closed` before and after.

    Whole sentences in between turn nothing; the rest of one that is quoted may.
    """
    gaps = [(left.end, right.start) for left, right in pairwise(spans)]
    for sentence in sentence_spans(text, part.start, part.end):
        for start, end in gaps:
            quoted = any(s.start < sentence.end and sentence.start < s.end for s in spans)
            if quoted and max(start, sentence.start) < min(end, sentence.end):
                yield Span(max(start, sentence.start), min(end, sentence.end))
        if opened and sentence.start < spans[0].start < sentence.end:
            yield Span(sentence.start, spans[0].start)
        if closed and sentence.start < spans[-1].end < sentence.end:
            yield Span(spans[-1].end, sentence.end)


def _joined(text: str, spans: Sequence[Span]) -> list[Span]:
    """The spans in order, those that touch or have only white space between them as one."""
    found: list[Span] = []
    for span in sorted(spans):
        if not 0 <= span.start < span.end <= len(text):
            raise CitationError(f"[{span.start}, {span.end}) is no range of its {len(text)} characters.")
        if found and (span.start <= found[-1].end or not text[found[-1].end : span.start].strip()):
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    if not found:
        raise CitationError("No range was given; expected one or more.")
    return found


def _whole_words(text: str, span: Span) -> Span:
    """`span` widened to the whole words at its ends."""
    words = trimmed(text, span.start, span.end) or span
    start = words.start if starts_word(text, words.start) else word_at(text, words.start)[0]
    end = words.end if ends_word(text, words.end) else word_at(text, words.end)[1]
    return Span(start, end)
