"""Where the sentences of two texts differ, word by word, in the terms in which a memo is checked.

"changed": both have the sentence, in other words; "missing": only the first
document has it; "added": only the second; "moved": both have it, elsewhere.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from index.language.alignment import Change, Difference, side_by_side
from index.language.analyser import content_words, fold, is_number, words
from index.language.span import Span
from index.language.typography import level
from index.language.values.dates import MONTHS
from index.model.types import Speaker
from rag.compare.pairing import in_turn, longest_ascending

Kind = Literal["changed", "missing", "added", "moved"]
Bag = frozenset[str]
# The share of their content words that two sentences have in common from which on one is the other, changed.
_SAME_SENTENCE = 0.4
# Of a stretch without a sentence that is the same, so many on either side are compared with each other.
_COMPARED = 40
# What a number counts in: another is another amount.
_SCALES = frozenset(
    "honderd duizend miljoen miljard mln mld procent euro uur dag dagen week weken maand maanden jaar jaren kwartaal "
    "fte keer maal ton kilometer km".split()
)
_NOT = frozenset("niet geen nooit noch".split())


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a document: its slice, and who says it."""

    text: str
    span: Span
    speaker: Speaker

    @property
    def key(self) -> str:
        """Equal where only typography and capitals differ."""
        return fold(" ".join(level(self.text).split()))


@dataclass(frozen=True, slots=True)
class WordDifference:
    """A difference in words, as `rag.verify` tells it, with where it stands in both documents (None: nowhere)."""

    difference: Difference
    a: Span | None
    b: Span | None


@dataclass(frozen=True, slots=True)
class SentenceDifference:
    """A sentence that one document has and the other has not, or not so; `figures` where a number or date differs."""

    kind: Kind
    a: Sentence | None
    b: Sentence | None
    words: tuple[WordDifference, ...] = ()
    figures: bool = False


def differences(ours: Sequence[Sentence], theirs: Sequence[Sentence]) -> list[SentenceDifference]:
    """Where two texts differ, in the order of the second, what only the first has where it stood."""
    equal = in_turn([one.key for one in ours], [one.key for one in theirs])
    kept = [equal[rank] for rank in longest_ascending([other for _, other in equal])]
    moved = set(equal) - set(kept)
    gone, come = {place for place, _ in moved}, {other for _, other in moved}
    found: list[SentenceDifference] = []
    for (a1, b1), (a2, b2) in pairwise([(-1, -1), *kept, (len(ours), len(theirs))]):
        found += _between(
            [ours[place] for place in range(a1 + 1, a2) if place not in gone],
            [theirs[place] for place in range(b1 + 1, b2) if place not in come],
        )
    return found + [SentenceDifference("moved", ours[place], theirs[other]) for place, other in sorted(moved)]


def with_moved(found: Sequence[SentenceDifference]) -> Iterator[tuple[int, int, SentenceDifference]]:
    """The differences of a whole document, each with its places in `found`: of the first document and of the second.

    A sentence that goes in one place and comes in another has moved, and stands where it came.
    """
    gone = [place for place, one in enumerate(found) if one.kind == "missing"]
    come = [place for place, one in enumerate(found) if one.kind == "added"]
    both = in_turn([_key(found[place].a) for place in gone], [_key(found[place].b) for place in come])
    moved = {come[other]: gone[place] for place, other in both}
    left = set(moved.values())
    for place, one in enumerate(found):
        if place in moved:
            yield moved[place], place, SentenceDifference("moved", found[moved[place]].a, one.b)
        elif place not in left:
            yield place, place, one


def _key(sentence: Sentence | None) -> str:
    return sentence.key if sentence else ""


def _between(ours: Sequence[Sentence], theirs: Sequence[Sentence]) -> Iterator[SentenceDifference]:
    """What differs in a stretch without a sentence that is the same."""
    partner = _partners(ours[:_COMPARED], theirs[:_COMPARED])
    taken = set(partner.values())
    waiting = [one for place, one in enumerate(ours) if place not in taken]
    for other, sentence in enumerate(theirs):
        if other in partner:
            before = ours[partner[other]]
            while waiting and waiting[0].span < before.span:
                yield SentenceDifference("missing", waiting.pop(0), None)
            yield changed(before, sentence)
        else:
            yield SentenceDifference("added", None, sentence)
    yield from (SentenceDifference("missing", one, None) for one in waiting)


def _partners(ours: Sequence[Sentence], theirs: Sequence[Sentence]) -> dict[int, int]:
    """Of sentences of the second the one of the first that became it, the most alike first."""
    bags = [[bag(content_words(one.text)) for one in side] for side in (ours, theirs)]
    alike = sorted(
        ((-share, place, other) for place, a in enumerate(bags[0]) for other, b in enumerate(bags[1])
         if (share := shared(a, b)) >= _SAME_SENTENCE),
    )  # fmt: skip
    if len(ours) == len(theirs) == 1:
        # What alone stands between the same sentences is the same one, if it shares a word.
        return {0: 0} if bags[0][0] & bags[1][0] else {}
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _, place, other in alike:
        if place not in taken and other not in found:
            found[other] = place
            taken.add(place)
    return found


def bag(found: Sequence[str]) -> Bag:
    """Words without their order, one that was there before with its number: what two have in common is met at once."""
    different = frozenset(found)
    if len(different) == len(found):
        return different
    return frozenset(
        f"{word} {number}" if number else word for word, times in Counter(found).items() for number in range(times)
    )


def shared(ours: Bag, theirs: Bag) -> float:
    """The share, 0..1, of the words of both that they have in common (Dice)."""
    total = len(ours) + len(theirs)
    return 2 * len(ours & theirs) / total if total else 0.0


def changed(ours: Sentence, theirs: Sentence) -> SentenceDifference:
    """One sentence beside the other that stands for it."""
    found = tuple(_word_differences(ours, theirs))
    return SentenceDifference("changed", ours, theirs, found, any(_differ_in_figures(one.difference) for one in found))


def _word_differences(ours: Sentence, theirs: Sentence) -> Iterator[WordDifference]:
    a, b = ours.span.start, theirs.span.start
    for part in side_by_side(ours.text, theirs.text):
        ends = a + len(part.document), b + len(part.quotation)
        if not part.same:
            before, after = part.document.rstrip(), part.quotation.rstrip()
            kind: Change = "changed" if before and after else "missing" if before else "added"
            yield WordDifference(
                Difference(kind, before, after),
                Span(a, a + len(before)) if before else None,
                Span(b, b + len(after)) if after else None,
            )
        a, b = ends


def _differ_in_figures(difference: Difference) -> bool:
    return _figures(difference.document) != _figures(difference.quotation)


def _figures(text: str) -> Counter[str]:
    """The numbers, scales, months and denials of some words: what a reader looks at first."""
    return Counter(word for word in words(text) if is_number(word) or word in _SCALES or word in _NOT or word in MONTHS)
