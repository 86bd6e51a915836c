"""Find the same answer in other documents, and say word by word where it differs.

Ministries answer again what they answered before. Officials look for what is
not the same: a dropped "niet", another figure. Passages that share most of
their words are found through the words' postings (a bound that no near copy
can fall below); what counts is then the comparison of all their words in order.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from index.language.alignment import Change, Difference, Stretch, side_by_side, words
from index.language.analyser import content_words
from index.language.typography import level
from index.model.types import Document, Passage, Unit
from index.search.search_index import SearchIndex
from rag.retrieval.rank import Candidate


@dataclass(frozen=True, slots=True)
class Similar:
    """A passage of another document that says nearly the same as a hit.

    `similarity` is the share, 0..1, of the words of both that they have in
    common, in order. Of each of `differences`, `document` is the hit's side
    and `quotation` this passage's; there are none where only typography differs.
    """

    place: int
    passage: Passage
    text: str
    unit: Unit
    document: Document
    similarity: float
    differences: tuple[Difference, ...]

    def __post_init__(self) -> None:
        if self.text != self.passage.span.of(self.document.text):
            raise ValueError(f"passage {self.passage.id}: its text is not the slice of its document")


# The share of the words, of both passages together, that near-identical ones have in common, in order.
NEAR_IDENTICAL = 0.8
# Of two such passages each has at least two thirds of the other's words; some leave a little to the analyser.
_SHARED = 0.6
# Fewer words say nothing of their own: "Ja, dat klopt."
_SHORTEST = 8
# Passages compared word by word with one, those that share most; copies to the letter are all found.
_COMPARED = 100
# Hits of a ranking that others are folded under.
_FOLDED = 50

# A candidate with the near-identical passages of other documents.
Beside = tuple[Candidate, tuple[Similar, ...]]


class Consistency:
    """Finds near-identical passages of other documents in one index; it changes nothing."""

    def __init__(self, index: SearchIndex) -> None:
        self._index = index

    def similar(self, place: int) -> tuple[Similar, ...]:
        """The near-identical passages of other documents, most similar first, then by passage id.

        Of the same field and speaker as the passage at `place`. None for a
        passage of fewer than eight words, or a footnote.
        """
        collection = self._index.collection
        passage = collection.passages[place]
        text = collection.text(passage)
        leveled = level(text)
        if len(collection.documents) < 2 or passage.field == "footnote" or len(words(text)) < _SHORTEST:
            return ()
        found = []
        compared = 0
        for other in self._candidates(place):
            same = level(collection.text(collection.passages[other])) == leveled
            if not same:
                compared += 1
            if same or compared <= _COMPARED:
                similar = self._compared(text, other)
                if similar.similarity >= NEAR_IDENTICAL:
                    found.append(similar)
        return tuple(sorted(found, key=lambda similar: (-similar.similarity, similar.passage.id)))

    def _candidates(self, place: int) -> list[int]:
        """The places in other documents that share enough words with the passage, most first."""
        collection, counts = self._index.collection, self._index.related.counts
        passage = collection.passages[place]
        own = Counter(content_words(collection.text(passage)))
        shared = np.zeros(len(collection.passages), dtype=np.int64)
        for word, times in own.items():
            term = counts.find(word)
            if term is not None:
                posting = slice(counts.starts[term], counts.starts[term + 1])
                shared[counts.places[posting]] += np.minimum(counts.counts[posting], times)
        enough = np.flatnonzero(shared >= max(1, _SHARED * own.total()))
        ordered: list[int] = enough[np.argsort(-shared[enough], kind="stable")].tolist()
        return [other for other in ordered if _comparable(passage, collection.passages[other])]

    def _compared(self, text: str, other: int) -> Similar:
        collection = self._index.collection
        passage = collection.passages[other]
        theirs = collection.text(passage)
        stretches = side_by_side(text, theirs)
        total = len(words(text)) + len(words(theirs))
        same = sum(len(words(part.document)) + len(words(part.quotation)) for part in stretches if part.same)
        return Similar(
            place=other,
            passage=passage,
            text=theirs,
            unit=collection.unit(passage.unit),
            document=collection.document(passage.document),
            similarity=same / total,
            differences=tuple(_difference(part) for part in stretches if not part.same),
        )

    def beside(self, candidates: Iterable[Candidate]) -> Iterator[Beside]:
        """Each candidate with the near-identical passages of other documents."""
        return ((candidate, self.similar(candidate.place)) for candidate in candidates)

    def folded(self, candidates: Iterable[Candidate]) -> Iterator[Beside]:
        """A ranking without those that say the same as a better one in another document, which has them beside it."""
        hidden: set[int] = set()
        shown = self.beside(candidate for candidate in candidates if candidate.place not in hidden)
        for rank, (candidate, similar) in enumerate(shown, start=1):
            if rank <= _FOLDED:
                hidden |= {found.place for found in similar}
            yield candidate, similar


def _comparable(passage: Passage, other: Passage) -> bool:
    """Whether `other` is the same part of its unit by the same speaker, in another document."""
    same = passage.field == other.field and passage.speaker == other.speaker
    return same and passage.document != other.document


def _difference(part: Stretch) -> Difference:
    ours, theirs = part.document.strip(), part.quotation.strip()
    kind: Change = "changed" if ours and theirs else "missing" if ours else "added"
    return Difference(kind, ours, theirs)
