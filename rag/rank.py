"""Turn the scores of passages into a ranking: a few passages a unit, references followed.

A ranking is sorted by score descending, then by passage id, so that every run
can be repeated.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

from index.collection import Collection
from index.types import Unit
from rag.follow import Key, by_reference, followed
from rag.fuse import Scores

# How many of the units that an answer refers to are lifted to its place.
_FOLLOWED = 2
# What a members' passage must be better by to be shown for a unit instead of an answer, in fused score.
_MEMBERS_HANDICAP = 1.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage by its place in the collection, with the references that led to it."""

    place: int
    score: float
    via: tuple[int, ...] = ()


class Ranker:
    """Ranks the passages of one collection."""

    def __init__(self, collection: Collection) -> None:
        self._collection = collection
        self._places: dict[str, list[int]] = {unit.id: [] for unit in collection.units}
        for place, passage in enumerate(collection.passages):
            self._places[passage.unit].append(place)
        self._references = {d.id: by_reference(collection.units, d.id) for d in collection.documents}

    def named(self, key: Key) -> list[Unit]:
        """The units of any document that have this question number or annex numeral."""
        return [units[key] for units in self._references.values() if key in units]

    def rank(self, scores: Scores, per_unit: int | None, unit: Unit | None = None) -> list[Candidate]:
        """All passages, or those of `unit`, ranked, with references followed.

        At most `per_unit` passages of a unit, None for all. `scores` has one
        value a passage, in the collection's order.
        """
        places = range(len(scores)) if unit is None else self._places[unit.id]
        return self._follow(self._select(places, scores, per_unit), scores)

    def from_the_beginning(self, scores: Scores, per_unit: int | None, unit: Unit) -> list[Candidate]:
        """The passages of `unit` in the order of its text, its answer first, with references followed."""

        def order(candidate: Candidate) -> tuple[bool, int]:
            field = self._collection.passages[candidate.place].field
            return field not in ("answer", "table"), candidate.place

        passages = sorted(self._select(self._places[unit.id], scores, None), key=order)[:per_unit]
        falling = [replace(candidate, score=float(-place)) for place, candidate in enumerate(passages)]
        return self._follow(falling, scores)

    def _select(self, places: Iterable[int], scores: Scores, per_unit: int | None) -> list[Candidate]:
        """The passages at `places`, ranked, at most `per_unit` of a unit."""
        passages = self._collection.passages

        def score(place: int) -> float:
            return float(scores[place]) - (_MEMBERS_HANDICAP if passages[place].speaker == "members" else 0.0)

        taken: dict[str, int] = {}
        chosen = []
        for place in sorted(places, key=lambda place: (-score(place), passages[place].id)):
            unit = passages[place].unit
            taken[unit] = taken.get(unit, 0) + 1
            if per_unit is None or taken[unit] <= per_unit:
                chosen.append(Candidate(place, score(place)))
        return chosen

    def _follow(self, candidates: list[Candidate], scores: Scores) -> list[Candidate]:
        """Lift the answers that a mere reference leads to just above it, marked with the reference."""
        passages = self._collection.passages
        ranked = {candidate.place: candidate for candidate in candidates}
        best = self._best_places(candidates)
        for candidate in candidates:
            unit = self._collection.unit(passages[candidate.place].unit)
            reached = followed(unit, self._references[unit.document])
            for target in reached:
                if target not in best:
                    best[target] = self._select(self._places[target], scores, 1)[0].place
            for target in sorted(reached, key=lambda t: (-scores[best[t]], t))[:_FOLLOWED]:
                current = ranked.get(best[target])
                if current is None or current.score < candidate.score:
                    above = math.nextafter(candidate.score, math.inf)
                    ranked[best[target]] = Candidate(best[target], above, reached[target])
        return sorted(ranked.values(), key=lambda c: (-c.score, passages[c.place].id))

    def _best_places(self, candidates: list[Candidate]) -> dict[str, int]:
        best: dict[str, int] = {}
        for candidate in candidates:
            best.setdefault(self._collection.passages[candidate.place].unit, candidate.place)
        return best
