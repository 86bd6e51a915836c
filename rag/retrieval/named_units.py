"""Go straight to the units that a question names, or that its filters choose when it says nothing else.

Several documents have a question 28. What else the question says decides
between them: the words of a title, or else where they are found best. Where
it says nothing else, the documents follow one another.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from index.language.analyser import stems
from index.language.values.ranges import in_ranges
from index.model.arrays import distinct
from index.model.collection import Collection
from rag.question.query import Query
from rag.retrieval.cross_references import Key
from rag.retrieval.filtering import Filtered
from rag.retrieval.fuse import Scores
from rag.retrieval.rank import Candidate, Ranker

# A title names a document when it has this share of what the question says besides.
_TITLE_SHARE = 0.5
# Of the best document's score, what another one's must be to be relevant too.
_AS_RELEVANT = 0.6


@dataclass(frozen=True, slots=True)
class Named:
    """The units of a question by their numbers, in the order to show them, and those of its names that no document has.

    `documents`: in how many documents they stand.
    """

    units: tuple[int, ...]
    documents: int
    missing: tuple[str, ...] = ()


def _keys(query: Query) -> tuple[Key, ...]:
    return (*query.numbers, *query.annexes)


class NamedUnits:
    """Finds units by name in one collection."""

    def __init__(self, collection: Collection, ranker: Ranker) -> None:
        self._collection = collection
        self._ranker = ranker

    def named(self, query: Query, filtered: Filtered, scores: Scores) -> Named:
        """The filtered units that `query` names, in its order; of several documents, one document after the other."""
        named = (unit for key in _keys(query) for unit in self._ranker.named(key))
        found = dict.fromkeys(unit for unit in named if self._admits(unit, filtered))
        of_documents: dict[int, list[int]] = {}
        for unit in found:
            of_documents.setdefault(int(self._collection.columns.unit_document[unit]), []).append(unit)
        documents = self._relevant(of_documents, query, scores)
        ordered = tuple(unit for document in documents for unit in of_documents[document])
        return Named(ordered, len(documents), self.missing(query))

    def missing(self, query: Query) -> tuple[str, ...]:
        """The units that `query` names and no document has, as a message names them."""
        return (*in_ranges([str(key) for key in _keys(query) if not self._ranker.named(key)]), *query.impossible)

    def filtered(self, filtered: Filtered) -> Named:
        """All units with an filtered passage, in the order of the collection."""
        columns = self._collection.columns
        units = dict.fromkeys(columns.unit[filtered.found].tolist())
        return Named(tuple(units), len(distinct(columns.document[filtered.found])))

    def candidates(
        self, named: Named, content: bool, scores: Scores, per_unit: int | None, filtered: Filtered, top: int
    ) -> list[Candidate]:
        """At most `top` passages of the units, unit by unit.

        Those that answer best first where the question has `content`; somebody
        who names a unit and says no more wants to read it from the beginning.
        """
        ranked = self._ranker.rank_unit if content else self._ranker.from_the_beginning
        chosen = set(named.units)
        candidates: dict[int, Candidate] = {}
        shown: dict[int, int] = {}
        for unit in named.units:
            if len(candidates) >= top:
                break
            for candidate in ranked(scores, per_unit, filtered, unit):
                owner = int(self._collection.columns.unit[candidate.row])
                # A unit that is named itself needs no reference to lead to it.
                if owner in chosen and owner != unit:
                    continue
                if candidate.row not in candidates and (per_unit is None or shown.get(owner, 0) < per_unit):
                    candidates[candidate.row] = candidate
                    shown[owner] = shown.get(owner, 0) + 1
        # The order of the units stands; the scores only have to fall with it.
        ordered = list(candidates.values())[:top]
        return [replace(candidate, score=float(len(ordered) - i)) for i, candidate in enumerate(ordered)]

    def _admits(self, unit: int, filtered: Filtered) -> bool:
        return bool(filtered.found[self._collection.rows_of(unit)].any())

    def _relevant(self, documents: Iterable[int], query: Query, scores: Scores) -> Sequence[int]:
        """Those of `documents` that what the question says besides is about, best first; all where it says nothing."""
        known = list(documents)
        if len(known) < 2 or not query.content:
            return known
        said = set(stems(query.text))
        titles = {document: set(stems(self._collection.heads[document].title)) for document in known}
        shares = {document: len(said & title) / max(1, len(said)) for document, title in titles.items()}
        titled = max(shares.values())
        if titled >= _TITLE_SHARE:
            return [document for document in known if shares[document] == titled]
        best = np.full(len(self._collection.documents), -np.inf)
        np.maximum.at(best, self._collection.columns.document, scores)
        top = best[known].max()
        relevant = [document for document in known if best[document] >= min(top, _AS_RELEVANT * top)]
        return sorted(relevant, key=lambda document: (-best[document], document))
