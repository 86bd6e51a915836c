"""Go straight to the units that a question names, or that its filters choose when it says nothing else.

Several documents have a question 28. What else the question says decides
between them: the words of a title, or else where they are found best. Where
it says nothing else, the documents follow one another.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from index.language.analyser import stems
from index.language.ranges import in_ranges
from index.model.collection import Collection
from index.model.types import Unit
from rag.question.query import Query
from rag.retrieval.cross_references import Key
from rag.retrieval.filtering import Admitted
from rag.retrieval.fuse import Scores
from rag.retrieval.rank import Candidate, Ranker

# A title names a document when it has this share of what the question says besides.
_TITLE_SHARE = 0.5
# Of the best document's score, what another one's must be to be relevant too.
_AS_RELEVANT = 0.6


@dataclass(frozen=True, slots=True)
class Named:
    """The units of a question, in the order to show them, and those of its names that no document has."""

    units: tuple[Unit, ...]
    missing: tuple[str, ...] = ()

    @property
    def documents(self) -> int:
        """In how many documents they stand."""
        return len({unit.document for unit in self.units})


class NamedUnits:
    """Finds units by name in one collection."""

    def __init__(self, collection: Collection, ranker: Ranker) -> None:
        self._collection = collection
        self._ranker = ranker

    def named(self, query: Query, admitted: Admitted, scores: Scores) -> Named:
        """The admitted units that `query` names, in its order; of several documents, one document after the other."""
        keys: tuple[Key, ...] = (*query.numbers, *query.annexes)
        by_key = {key: self._ranker.named(key) for key in keys}
        missing = [str(key) for key, units in by_key.items() if not units]
        found = dict.fromkeys(unit for units in by_key.values() for unit in units if self._admits(unit, admitted))
        documents = self._relevant(dict.fromkeys(unit.document for unit in found), query, scores)
        ordered = (unit for document in documents for unit in found if unit.document == document)
        return Named(tuple(ordered), (*in_ranges(missing), *query.impossible))

    def admitted(self, admitted: Admitted) -> Named:
        """All units with an admitted passage, in the order of the collection."""
        owners = dict.fromkeys(self._collection.passages[place].unit for place in admitted.places)
        return Named(tuple(self._collection.unit(owner) for owner in owners))

    def candidates(
        self, named: Named, content: bool, scores: Scores, per_unit: int | None, admitted: Admitted, top: int
    ) -> list[Candidate]:
        """At most `top` passages of the units, unit by unit.

        Those that answer best first where the question has `content`; somebody
        who names a unit and says no more wants to read it from the beginning.
        """
        ranked = self._ranker.rank_unit if content else self._ranker.from_the_beginning
        ids = {unit.id for unit in named.units}
        candidates: dict[int, Candidate] = {}
        shown: dict[str, int] = {}
        for unit in named.units:
            if len(candidates) >= top:
                break
            for candidate in ranked(scores, per_unit, admitted, unit):
                owner = self._collection.passages[candidate.place].unit
                # A unit that is named itself needs no reference to lead to it.
                if owner in ids and owner != unit.id:
                    continue
                if candidate.place not in candidates and (per_unit is None or shown.get(owner, 0) < per_unit):
                    candidates[candidate.place] = candidate
                    shown[owner] = shown.get(owner, 0) + 1
        # The order of the units stands; the scores only have to fall with it.
        ordered = list(candidates.values())[:top]
        return [replace(candidate, score=float(len(ordered) - i)) for i, candidate in enumerate(ordered)]

    def _admits(self, unit: Unit, admitted: Admitted) -> bool:
        return any(admitted.found[place] for place in self._collection.places_of(unit.id))

    def _relevant(self, documents: Iterable[str], query: Query, scores: Scores) -> Sequence[str]:
        """Those of `documents` that what the question says besides is about, best first; all where it says nothing."""
        known = list(documents)
        if len(known) < 2 or not query.content:
            return known
        said = set(stems(query.text))
        shares = {d: len(said & set(stems(self._collection.document(d).title))) / max(1, len(said)) for d in known}
        titled = max(shares.values())
        if titled >= _TITLE_SHARE:
            return [document for document in known if shares[document] == titled]
        numbers = self._collection.facets.document_numbers
        best = np.full(len(self._collection.documents), -np.inf)
        np.maximum.at(best, numbers, scores)
        order = {document.id: i for i, document in enumerate(self._collection.documents)}
        top = max(best[order[document]] for document in known)
        relevant = [document for document in known if best[order[document]] >= _AS_RELEVANT * top]
        return sorted(relevant, key=lambda document: (-best[order[document]], order[document]))
