"""Read a quotation that marks what it leaves out: "…", "[…]", "(...)".

Each piece must stand in the document as it is, all in one part, in order. Of
several places the one that skips the least is taken, so that a negation is
not found in text that nobody left out.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.language.alignment import words
from index.language.regex import regex
from index.language.sentences import sentence_spans
from index.language.span import Span
from rag.citation.abridged import left_out
from rag.verify.document_search import Place, Sources, core
from rag.verify.note_marks import without_note_marks

# Possessive, and without the white space around it, so that no text is gone through twice.
_ELLIPSIS = regex(r"[\[(<]\s*+(?:\.\s?+\.\s?+\.++|…)\s*+[\])>]|…|\.\s?+\.\s?+\.++")
# A piece of fewer words says nothing by itself.
_FEWEST = 3


@dataclass(frozen=True, slots=True)
class Shortened:
    """The pieces of a shortened quotation, in its order.

    `one_answer`: all stand in one part, in order. `opened` and `closed`: an
    ellipsis stands before the first and after the last piece.
    """

    pieces: tuple[Place, ...]
    one_answer: bool
    too_short: bool
    opened: bool
    closed: bool

    @property
    def whole(self) -> Span:
        """From the first piece to the last."""
        return Span(self.pieces[0].span.start, self.pieces[-1].span.end)

    def skipped(self, text: str) -> Iterator[Span]:
        """What was left out of the sentences that the pieces stand in."""
        spans = [piece.span for piece in self.pieces]
        yield from left_out(text, self.pieces[0].part.span, spans, self.opened, self.closed)


def has_ellipsis(text: str) -> bool:
    """Whether the quotation marks that something was left out."""
    return _ELLIPSIS.search(text) is not None


def read_shortened(text: str, sources: Sources) -> Shortened | None:
    """The pieces of `text` and their places, None where a piece stands nowhere."""
    split = [piece.strip() for piece in _ELLIPSIS.split(text)]
    texts = [without_note_marks(piece, sources) for piece in split if core(piece)]
    found = [sources.places(piece) for piece in texts]
    if not texts or not all(found):
        return None
    chain = _shortest_chain(found)
    pieces = chain or [places[0] for places in found]
    return Shortened(
        tuple(pieces),
        chain is not None,
        chain is not None and _says_too_little(texts, chain, sources),
        not core(split[0]),
        not core(split[-1]),
    )


def _shortest_chain(found: Sequence[Sequence[Place]]) -> list[Place] | None:
    """A place for each piece, in one part and in order, over the shortest stretch; None where there is none."""
    best: list[Place] | None = None
    for first in found[0]:
        chain = [first]
        for places in found[1:]:
            following = [p for p in places if p.part == first.part and p.span.start >= chain[-1].span.end]
            if not following:
                break
            chain.append(following[0])
        if len(chain) == len(found) and (best is None or _length(chain) < _length(best)):
            best = chain
    return best


def _length(chain: Sequence[Place]) -> int:
    return chain[-1].span.end - chain[0].span.start


def _says_too_little(texts: Sequence[str], chain: Sequence[Place], sources: Sources) -> bool:
    """Whether the pieces are so short that any sentence could be made of them.

    They have two words on average, and what is quoted of each sentence of the
    document has three, or it would have no place of its own.
    """
    counts = [len(words(text)) for text in texts]
    if sum(counts) < max(_FEWEST, 2 * len(texts)):
        return True
    document, part = sources.text(chain[0].part), chain[0].part.span
    quoted: Counter[int] = Counter()
    starts = [sentence.start for sentence in sentence_spans(document, part.start, part.end)]
    for place, count in zip(chain, counts, strict=True):
        quoted[bisect_right(starts, place.span.start)] += count
    return len(texts) > 1 and min(quoted.values()) < _FEWEST
