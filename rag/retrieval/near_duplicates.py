"""The same answer in other documents, and word by word where it differs.

Ministries answer again what they answered before. Officials look for what is
not the same: a dropped "niet", another figure.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from index.language.alignment import Change, Difference, Stretch, side_by_side, words
from index.model.arrays import distinct
from index.model.types import Document, Passage, Unit
from index.search.near_pairs import NEAR_IDENTICAL, SHORTEST, similarity
from index.search.search_index import SearchIndex
from rag.retrieval.rank import Candidate


@dataclass(frozen=True, slots=True)
class Similar:
    """A passage of another document that says nearly the same as a hit.

    `similarity` is the share, 0..1, of the words of both that they have in
    common, in order. Of each of `differences`, `document` is the hit's side
    and `quotation` this passage's; there are none where only typography differs.
    """

    row: int
    passage: Passage
    text: str
    unit: Unit
    document: Document
    similarity: float
    differences: tuple[Difference, ...]

    def __post_init__(self) -> None:
        if self.text != self.passage.span.of(self.document.text):
            raise ValueError(f"passage {self.passage.id}: its text is not the slice of its document")


# Hits of a ranking that others are folded under.
_FOLDED = 50

# A candidate with the near-identical passages of other documents.
Beside = tuple[Candidate, tuple[Similar, ...]]


class NearDuplicates:
    """The near-identical passages of other documents in one index, as they were found when they were added."""

    def __init__(self, index: SearchIndex) -> None:
        self._index = index

    def similar(self, row: int) -> tuple[Similar, ...]:
        """The near-identical passages of other publications, most similar first, then by passage id.

        Of the same field and speaker as the passage in `row`. None for a
        passage of fewer than eight words, or a footnote.
        """
        pairs = self._index.near_pairs
        paired = pairs[slice(*np.searchsorted(pairs[:, 0], [row, row + 1])), 1].tolist()
        others = [other for other in paired if self._is_beside(row, other)]
        text = self._index.collection.row_text(row) if others else ""
        if len(words(text)) < SHORTEST:
            return ()
        found = [similar for other in others if (similar := self._compared(text, other)).similarity >= NEAR_IDENTICAL]
        return tuple(sorted(found, key=lambda similar: (-similar.similarity, similar.passage.id)))

    def _is_beside(self, row: int, other: int) -> bool:
        """Whether the other passage is of another publication, in the file that stands for it."""
        collection = self._index.collection
        document, theirs = collection.columns.document[[row, other]]
        ours, number = collection.publication_numbers[[document, theirs]].tolist()
        return bool(number != ours and collection.publications[number].shown.id == collection.heads[theirs].id)

    @property
    def rows(self) -> list[int]:
        """The rows that have any, ascending."""
        rows: list[int] = distinct(self._index.near_pairs[:, 0]).tolist()
        return rows

    def _compared(self, text: str, other: int) -> Similar:
        collection = self._index.collection
        passage = collection.passages[other]
        theirs = collection.text(passage)
        return Similar(
            row=other,
            passage=passage,
            text=theirs,
            unit=collection.units[int(collection.columns.unit[other])],
            document=collection.document(passage.document),
            similarity=similarity(text, theirs),
            differences=tuple(_difference(part) for part in side_by_side(text, theirs) if not part.same),
        )

    def beside(self, candidates: Iterable[Candidate]) -> Iterator[Beside]:
        """Each candidate with the near-identical passages of other documents."""
        return ((candidate, self.similar(candidate.row)) for candidate in candidates)

    def folded(self, candidates: Iterable[Candidate]) -> Iterator[Beside]:
        """A ranking without those that say the same as a better one in another document, which has them beside it."""
        hidden: set[int] = set()
        shown = self.beside(candidate for candidate in candidates if candidate.row not in hidden)
        for rank, (candidate, similar) in enumerate(shown, start=1):
            if rank <= _FOLDED:
                hidden |= {found.row for found in similar}
            yield candidate, similar


def _difference(part: Stretch) -> Difference:
    ours, theirs = part.document.strip(), part.quotation.strip()
    kind: Change = "changed" if ours and theirs else "missing" if ours else "added"
    return Difference(kind, ours, theirs)
