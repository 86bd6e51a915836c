"""Turn the scores of passages into a ranking: a few passages a unit, references followed.

A ranking is sorted by score descending, then by passage id, so that every run
can be repeated.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from index.language.references import refers_only
from index.model.collection import Collection
from index.model.types import Unit
from rag.retrieval.cross_references import Key, by_reference, followed
from rag.retrieval.filtering import Admitted, Mask
from rag.retrieval.fuse import Scores

# How many of the units that an answer refers to are lifted to its place.
_FOLLOWED = 2
# What a members' introduction or a footnote must be better by to be shown instead of an answer, in fused score.
MEMBERS_HANDICAP = 1.0
FOOTNOTE_HANDICAP = 1.0
# So many passages are ranked first, and so many times as many whenever those do not suffice.
_FIRST = 128
_GROWTH = 4


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
        self._references = {d.id: by_reference(collection.units_of(d.id)) for d in collection.documents}

    def _answers_of(self, unit: Unit) -> list[int]:
        """The passages that can answer for a unit: of its answer, those that only refer on left out.

        Where nothing is left, those of the answer; a unit without an answer has none.
        """
        answer = [
            p for p in self._collection.places_of(unit.id) if self._collection.passages[p].field in ("answer", "table")
        ]
        own = [p for p in answer if not self._refers_on(unit, p)] if unit.references else answer
        return own or answer

    def _refers_on(self, unit: Unit, place: int) -> bool:
        return refers_only(self._collection.text(self._collection.passages[place]), unit.numbers)

    def named(self, key: Key) -> list[Unit]:
        """The units of any document that have this question number or annex numeral."""
        return [units[key] for units in self._references.values() if key in units]

    def rank(self, scores: Scores, per_unit: int | None, admitted: Admitted) -> Iterator[Candidate]:
        """All admitted passages, best first, with references followed; each is found when it is asked for.

        At most `per_unit` passages of a unit, None for all. `scores` has one
        value a passage, in the collection's order.

        Only the passages of the highest scores are ranked, more when those
        run out. What is left out can neither stand nor lift an answer above
        the best score among it, so that what is given is what a ranking of
        all passages begins with.
        """
        highest = np.where(admitted.found, scores - self._handicaps, -np.inf)
        size, given = _FIRST, 0
        while True:
            places, rest = _best(highest, size)
            # A reference lifts an answer just above the passage that refers: one of the rest to just above `rest`.
            bound = math.nextafter(rest, math.inf)
            ranked = self._ranked(places, scores, per_unit, admitted)
            above = [candidate for candidate in ranked if candidate.score > bound]
            yield from above[given:]
            if rest == -math.inf:
                return
            size, given = _GROWTH * size, len(above)

    def rank_unit(self, scores: Scores, per_unit: int | None, admitted: Admitted, unit: Unit) -> list[Candidate]:
        """The admitted passages of `unit` ranked, with references followed."""
        return self._ranked(self._admitted_of(unit, admitted), scores, per_unit, admitted)

    def _ranked(
        self, places: Iterable[int], scores: Scores, per_unit: int | None, admitted: Admitted
    ) -> list[Candidate]:
        return self._follow(self._select(places, scores, per_unit, admitted), scores, per_unit, admitted)

    @cached_property
    def _handicaps(self) -> Scores:
        """What `_select` takes off the score of each passage, at least, shape (passages,)."""
        facets = self._collection.facets
        footnotes = np.where(facets.of_field("footnote"), FOOTNOTE_HANDICAP, 0.0)
        handicaps = np.where(facets.spoken_by("members"), MEMBERS_HANDICAP, footnotes)
        handicaps[facets.of_field("question")] = 0.0
        return handicaps

    def from_the_beginning(
        self, scores: Scores, per_unit: int | None, admitted: Admitted, unit: Unit
    ) -> list[Candidate]:
        """The admitted passages of `unit` in the order of its text, its answer first, with references followed."""

        def order(candidate: Candidate) -> tuple[bool, int]:
            field = self._collection.passages[candidate.place].field
            return field not in ("answer", "table"), candidate.place

        passages = sorted(self._select(self._admitted_of(unit, admitted), scores, None, admitted), key=order)
        falling = [replace(candidate, score=float(-place)) for place, candidate in enumerate(passages[:per_unit])]
        return self._follow(falling, scores, per_unit, admitted)

    def _admitted_of(self, unit: Unit, admitted: Admitted) -> list[int]:
        return [place for place in self._collection.places_of(unit.id) if admitted.found[place]]

    def _select(
        self, places: Iterable[int], scores: Scores, per_unit: int | None, admitted: Admitted
    ) -> list[Candidate]:
        """The passages at `places`, ranked, at most `per_unit` of a unit.

        Unless all are asked for, a members' question gives its score to the
        best passage of its answer: a question is not answered with itself.
        """
        passages = self._collection.passages
        found: dict[int, float] = {}
        for place in places:
            score, shown = float(scores[place]), place
            if per_unit is not None and passages[place].field == "question":
                best = self._best_answer(passages[place].unit, scores, admitted.found)
                shown = place if best is None else best
            elif passages[place].speaker == "members":
                score -= MEMBERS_HANDICAP
            elif passages[place].field == "footnote":
                score -= FOOTNOTE_HANDICAP
            found[shown] = max(score, found.get(shown, -math.inf))
        return self._at_most([Candidate(place, score) for place, score in found.items()], per_unit)

    def _best_answer(self, unit: str, scores: Scores, among: Mask) -> int | None:
        """The best passage that answers for a unit, the first of equals; None where `among` has no answer of it."""
        places = (place for place in self._answers_of(self._collection.unit(unit)) if among[place])
        return max(places, key=lambda place: (scores[place], -place), default=None)

    def _at_most(self, candidates: Iterable[Candidate], per_unit: int | None) -> list[Candidate]:
        """`candidates` ranked, the best `per_unit` of each unit, None for all.

        Of footnotes that say the same, only the first: the same source is
        cited under many answers.
        """
        passages = self._collection.passages
        taken: dict[str, int] = {}
        notes: set[str] = set()
        chosen = []
        for candidate in sorted(candidates, key=lambda c: (-c.score, passages[c.place].id)):
            passage = passages[candidate.place]
            if per_unit is not None and passage.field == "footnote":
                text = self._collection.text(passage)
                if text in notes:
                    continue
                notes.add(text)
            taken[passage.unit] = taken.get(passage.unit, 0) + 1
            if per_unit is None or taken[passage.unit] <= per_unit:
                chosen.append(candidate)
        return chosen

    def _follow(
        self, candidates: list[Candidate], scores: Scores, per_unit: int | None, admitted: Admitted
    ) -> list[Candidate]:
        """Lift the answers that a mere reference leads to just above it, marked with the reference."""
        passages = self._collection.passages
        ranked = {candidate.place: candidate for candidate in candidates}
        own: dict[str, float] = {}
        for candidate in candidates:
            unit_id = passages[candidate.place].unit
            own[unit_id] = max(candidate.score, own.get(unit_id, -math.inf))
        for referring in candidates:
            unit = self._collection.unit(passages[referring.place].unit)
            reached = followed(unit, self._references[unit.document])
            answers = {target: self._best_answer(target, scores, admitted.reached) for target in reached}
            best = [(target, place) for target, place in answers.items() if place is not None]
            for target, place in sorted(best, key=lambda found: (-scores[found[1]], found[0]))[:_FOLLOWED]:
                if own.get(target, -math.inf) < referring.score:
                    score = math.nextafter(referring.score, math.inf)
                    ranked[place] = Candidate(place, score, reached[target])
                    own[target] = score
        return self._at_most(ranked.values(), per_unit)


def _best(scores: Scores, size: int) -> tuple[list[int], float]:
    """About `size` places of the highest `scores`, ascending, and the highest score of the rest.

    Equal scores are all in or all out. A score of -inf is never in; the
    second value is -inf where nothing else is left out.
    """
    rest = -math.inf if size >= len(scores) else float(np.partition(scores, -size - 1)[-size - 1])
    return np.flatnonzero(scores > rest).tolist(), rest
