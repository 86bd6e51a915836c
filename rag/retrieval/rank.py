"""Turn the scores of passages into a ranking: a few passages a unit, references followed.

A ranking is sorted by score descending, then by passage id, so that every run
can be repeated.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, reduce

import numpy as np
from numpy.typing import NDArray

from index.language.asked_for import asks_whether_known
from index.language.parliament.sub_questions import members_sub_questions
from index.language.span import Span
from index.model.collection import Collection
from index.model.store import FIELDS, NO_NOTE
from rag.retrieval.cross_references import Key, by_reference, followed
from rag.retrieval.filtering import Filtered, Mask
from rag.retrieval.fuse import Scores

# How many of the units that an answer refers to are lifted to its place.
_FOLLOWED = 2
# What a members' introduction or a footnote must be better by to be shown instead of an answer, in fused score.
MEMBERS_PENALTY = 1.0
FOOTNOTE_PENALTY = 1.0
# What a question whether a report is known must be better by: it names the matter, and its answer is "Ja.".
KNOWN_PENALTY = 3.0
# Code points of an answer that says no more.
_ONLY_YES = 60
# So many passages are ranked first, and so many times as many whenever those do not suffice.
_FIRST = 128
_GROWTH = 4


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage by its row, with the references that led to it."""

    row: int
    score: float
    via: tuple[int, ...] = ()


class Ranker:
    """Ranks the passages of one collection; units are named by their numbers there."""

    def __init__(self, collection: Collection) -> None:
        self._collection = collection

    @cached_property
    def _by_name(self) -> dict[Key, list[int]]:
        """The units of each question number and annex numeral: of a document the last that has it."""
        found: dict[Key, dict[int, int]] = {}
        units = ((number, unit) for number, head in enumerate(self._collection.heads) for unit in head.units)
        for unit, (document, head) in enumerate(units):
            keys: tuple[Key, ...] = (*head.numbers, head.annex) if head.annex else head.numbers
            for key in keys:
                found.setdefault(key, {})[document] = unit
        return {key: list(of_documents.values()) for key, of_documents in found.items()}

    def named(self, key: Key) -> list[int]:
        """The units of any document that have this question number or annex numeral."""
        return self._by_name.get(key, [])

    def rank(self, scores: Scores, per_unit: int | None, filtered: Filtered) -> Iterator[Candidate]:
        """All filtered passages, best first, with references followed; each is found when it is asked for.

        At most `per_unit` passages of a unit, None for all. `scores` has one
        value a passage, in the collection's order; one of -inf is not ranked.

        Only the passages of the highest scores are ranked, more when those
        run out. What is left out can neither stand nor lift an answer above
        the best score among it, so that what is given is what a ranking of
        all passages begins with.
        """
        candidates = np.flatnonzero(filtered.found & (scores > -np.inf))
        highest = scores[candidates] - self._penalties[candidates]
        size, given = _FIRST, 0
        while True:
            places, rest = _best(highest, size)
            rows = candidates[places].tolist()
            # A reference lifts answers just above the passage that refers: those of the rest to just above `rest`.
            bound = _just_above(rest, _FOLLOWED)
            ranked = self._ranked(rows, scores, per_unit, filtered)
            above = [candidate for candidate in ranked if candidate.score > bound]
            yield from above[given:]
            if rest == -math.inf:
                return
            size, given = _GROWTH * size, len(above)

    def rank_unit(self, scores: Scores, per_unit: int | None, filtered: Filtered, unit: int) -> list[Candidate]:
        """The filtered passages of `unit` ranked, with references followed."""
        return self._ranked(self._admitted_of(unit, filtered), scores, per_unit, filtered)

    def _ranked(self, rows: Iterable[int], scores: Scores, per_unit: int | None, filtered: Filtered) -> list[Candidate]:
        return self._follow(self._select(rows, scores, per_unit, filtered), scores, per_unit, filtered)

    @cached_property
    def _penalties(self) -> Scores:
        """What `_select` takes off the score of each passage, at least, shape (passages,)."""
        masks = self._collection.masks
        footnotes = np.where(masks.of_field("footnote"), FOOTNOTE_PENALTY, 0.0)
        penalties = np.where(masks.spoken_by("members"), MEMBERS_PENALTY, footnotes)
        penalties[self._questions] = 0.0
        return penalties

    @cached_property
    def _questions(self) -> Mask:
        return self._collection.masks.of_field("question")

    def from_the_beginning(
        self, scores: Scores, per_unit: int | None, filtered: Filtered, unit: int
    ) -> list[Candidate]:
        """The filtered passages of `unit` in the order of its text, its answer first, with references followed."""

        def order(candidate: Candidate) -> tuple[bool, int]:
            return FIELDS[self._collection.columns.field[candidate.row]] not in ("answer", "table"), candidate.row

        passages = sorted(self._select(self._admitted_of(unit, filtered), scores, None, filtered), key=order)
        falling = [replace(candidate, score=float(-place)) for place, candidate in enumerate(passages[:per_unit])]
        return self._follow(falling, scores, per_unit, filtered)

    def _admitted_of(self, unit: int, filtered: Filtered) -> list[int]:
        return [row for row in self._collection.rows_of(unit).tolist() if filtered.found[row]]

    def _select(self, rows: Iterable[int], scores: Scores, per_unit: int | None, filtered: Filtered) -> list[Candidate]:
        """The passages in `rows`, ranked, at most `per_unit` of a unit.

        Unless all are asked for, a members' question gives its score to the
        best passage of its answer: a question is not answered with itself.
        """
        found: dict[int, float] = {}
        for row in rows:
            score, shown = float(scores[row]), row
            if self._questions[row] and per_unit is not None:
                best = self._best_answer(int(self._collection.columns.unit[row]), scores, filtered.found)
                shown = row if best is None else best
                score -= KNOWN_PENALTY if self._answers_only_yes(row) else 0.0
            elif self._questions[row]:
                score -= MEMBERS_PENALTY
            else:
                score -= float(self._penalties[row])
            found[shown] = max(score, found.get(shown, -math.inf))
        return self._at_most([Candidate(row, score) for row, score in found.items()], per_unit)

    def _answers_only_yes(self, question: int) -> bool:
        """Whether a members' question by its row asks only whether a report is known, and is answered in a word."""
        columns = self._collection.columns
        rows = self._collection.rows_of(int(columns.unit[question]))
        answer = rows[columns.answers[rows]]
        short = int((columns.end[answer] - columns.start[answer]).sum()) <= _ONLY_YES
        if not short:
            return False
        asked = self._collection.text(self._collection.passages[question])
        return asks_whether_known(asked) and len(members_sub_questions(asked, Span(0, len(asked)))) == 1

    def _best_answer(self, unit: int, scores: Scores, among: Mask) -> int | None:
        """The best passage that answers for a unit, the first of equals; None where `among` has no answer of it."""
        rows = self._collection.rows_of(unit)
        rows = rows[self._collection.columns.answers[rows] & among[rows]]
        return int(rows[np.argmax(scores[rows])]) if len(rows) else None

    def _at_most(self, candidates: Iterable[Candidate], per_unit: int | None) -> list[Candidate]:
        """`candidates` ranked, the best `per_unit` of each unit, None for all.

        Of footnotes that say the same, only the first: the same source is
        cited under many answers.
        """
        columns = self._collection.columns
        taken: dict[int, int] = {}
        notes: set[int] = set()
        chosen = []
        for candidate in sorted(candidates, key=lambda c: (-c.score, self._collection.passage_id(c.row))):
            unit, note = int(columns.unit[candidate.row]), int(columns.digest[candidate.row])
            if per_unit is not None and columns.note[candidate.row] != NO_NOTE:
                if note in notes:
                    continue
                notes.add(note)
            taken[unit] = taken.get(unit, 0) + 1
            if per_unit is None or taken[unit] <= per_unit:
                chosen.append(candidate)
        return chosen

    def _follow(
        self, candidates: list[Candidate], scores: Scores, per_unit: int | None, filtered: Filtered
    ) -> list[Candidate]:
        """Lift the best answers that a mere reference leads to just above it, marked with the reference."""
        columns = self._collection.columns
        ranked = {candidate.row: candidate for candidate in candidates}
        own: dict[int, float] = {}
        for candidate in candidates:
            unit = int(columns.unit[candidate.row])
            own[unit] = max(candidate.score, own.get(unit, -math.inf))
        for referring in [c for c in candidates if columns.refers[columns.unit[c.row]]]:
            reached = self._reached(int(columns.unit[referring.row]))
            answers = {target: self._best_answer(target, scores, filtered.reachable) for target in reached}
            best = [(target, row) for target, row in answers.items() if row is not None]
            best.sort(key=lambda found: (-scores[found[1]], reached[found[0]][0]))
            for steps, (target, row) in zip(range(_FOLLOWED, 0, -1), best, strict=False):
                if own.get(target, -math.inf) < referring.score:
                    score = _just_above(referring.score, steps)
                    ranked[row] = Candidate(row, score, reached[target][1])
                    own[target] = score
        return self._at_most(ranked.values(), per_unit)

    def _reached(self, unit: int) -> dict[int, tuple[str, tuple[int, ...]]]:
        """The units that a unit leads to: the id of each, and the questions that led there."""
        referring = self._collection.units[unit]
        found = followed(referring, by_reference(self._collection.units_of(referring.document)))
        return {self._collection.unit_numbers[target]: (target, path) for target, path in found.items()}


def _just_above(score: float, steps: int) -> float:
    """The number that is `steps` numbers above `score`."""
    return reduce(lambda number, _: math.nextafter(number, math.inf), range(steps), score)


def _best(scores: Scores, size: int) -> tuple[NDArray[np.intp], float]:
    """About `size` places of the highest `scores`, ascending, and the highest score of the rest.

    Equal scores are all in or all out. The second value is -inf where nothing is left out.
    """
    rest = -math.inf if size >= len(scores) else float(np.partition(scores, -size - 1)[-size - 1])
    return np.flatnonzero(scores > rest), rest
