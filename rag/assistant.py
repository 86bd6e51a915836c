"""Answer a question with passages: read it, retrieve, follow references, select.

The one place where the steps come together. It opens an index once and
answers any number of questions from it; it changes nothing, so several
threads may ask at once.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from index.build import open_index
from index.encode import Encoder
from index.search_index import SearchIndex
from index.settings import Settings
from index.types import Unit
from rag.confidence import THRESHOLD, confidence, signs
from rag.follow import by_reference, followed
from rag.fuse import Scores
from rag.query import LONGEST_QUESTION, Query, read_question
from rag.retrieve import Retrieved, retrieve
from rag.sentence import answering_sentence, sentence_scores
from rag.types import Answer, Found, Hit

TOP = 10
# How many of the units that an answer refers to are lifted to its place.
_FOLLOWED = 2
# What a members' passage must be better by to be shown for a unit instead of an answer, in fused score.
_MEMBERS_HANDICAP = 1.0


@dataclass(frozen=True, slots=True)
class _Candidate:
    place: int
    score: float
    via: tuple[int, ...] = ()


class Assistant:
    """Answers questions from one opened index."""

    def __init__(self, index: SearchIndex, encoder: Encoder) -> None:
        self._index = index
        self._encoder = encoder
        self._collection = index.collection
        self._places: dict[str, list[int]] = {unit.id: [] for unit in index.collection.units}
        for place, passage in enumerate(index.collection.passages):
            self._places[passage.unit].append(place)
        self._references = {
            document.id: by_reference(index.collection.units, document.id) for document in index.collection.documents
        }

    @classmethod
    def open(cls, settings: Settings) -> "Assistant":
        """Open the index that the settings name; WoordelijkError where it cannot be used."""
        return cls(*open_index(settings))

    @property
    def index(self) -> SearchIndex:
        return self._index

    def ask(self, question: str, top: int = TOP, per_unit: int | None = 1) -> Answer:
        """The answer to `question` with at most `top` passages, best first.

        `per_unit` is how many passages of one unit there may be, None for any
        number. Ranked by score descending, then by passage id. Any string is
        a question: one without words, or longer than 2,000 characters, gets
        an Answer that says so.
        """
        if top < 1 or (per_unit is not None and per_unit < 1):
            raise ValueError("top and per_unit must be at least 1")
        if len(question) > LONGEST_QUESTION:
            return Answer(question, "too long", 0.0, detail=str(len(question)))
        query = read_question(question)
        if query is None:
            return Answer(question, "no words", 0.0)
        retrieved = retrieve(self._index, self._encoder, query.text)
        if query.names_units:
            return self._named(question, query, retrieved, top, per_unit)
        sure = confidence(signs(self._index, self._encoder, retrieved, query.text))
        candidates = self._follow(self._select(range(len(self._collection.passages)), retrieved, per_unit), retrieved)
        hits = self._hits(candidates[:top], query, retrieved)
        return Answer(question, "answered" if sure >= THRESHOLD else "nothing found", sure, hits)

    def _named(self, question: str, query: Query, retrieved: Retrieved, top: int, per_unit: int | None) -> Answer:
        """Straight to the units that the question names, in the order it names them."""
        units, missing = self._named_units(query)
        if not units:
            return Answer(question, "no such unit", 0.0, detail=", ".join(missing))
        candidates: list[_Candidate] = []
        for unit in units:
            ranked = self._select(self._places[unit.id], retrieved, per_unit if query.content else None)
            if not query.content:
                # The person wants to read the unit: its answer from the beginning.
                ranked = self._first_answers(ranked, per_unit)
            candidates += self._follow(ranked, retrieved)
        # The order of the units stands; the scores only have to fall with it.
        ordered = list({candidate.place: candidate for candidate in candidates}.values())[:top]
        descending = [replace(c, score=float(len(ordered) - i)) for i, c in enumerate(ordered)]
        hits = self._hits(descending, query, retrieved)
        return Answer(question, "answered", 1.0, hits, detail=", ".join(missing))

    def _named_units(self, query: Query) -> tuple[list[Unit], list[str]]:
        found: list[Unit] = []
        missing: list[str] = []
        for key in (*query.numbers, *query.annexes):
            units = [references[key] for references in self._references.values() if key in references]
            found += [unit for unit in units if unit not in found]
            if not units:
                missing.append(str(key))
        return found, missing

    def _first_answers(self, ranked: Sequence[_Candidate], per_unit: int | None) -> list[_Candidate]:
        def order(candidate: _Candidate) -> tuple[bool, int]:
            field = self._collection.passages[candidate.place].field
            return field not in ("answer", "table"), candidate.place

        return sorted(ranked, key=order)[:per_unit]

    def _select(self, places: Iterable[int], retrieved: Retrieved, per_unit: int | None) -> list[_Candidate]:
        """The passages at `places`, ranked, at most `per_unit` of a unit."""
        passages = self._collection.passages
        scores = retrieved.fused

        def score(place: int) -> float:
            handicap = _MEMBERS_HANDICAP if passages[place].speaker == "members" else 0.0
            return float(scores[place]) - handicap

        ranked = sorted(places, key=lambda place: (-score(place), passages[place].id))
        taken: dict[str, int] = {}
        chosen = []
        for place in ranked:
            unit = passages[place].unit
            if per_unit is not None and taken.get(unit, 0) >= per_unit:
                continue
            taken[unit] = taken.get(unit, 0) + 1
            chosen.append(_Candidate(place, score(place)))
        return chosen

    def _follow(self, candidates: list[_Candidate], retrieved: Retrieved) -> list[_Candidate]:
        """Lift the answers that a mere reference leads to just above it, marked with the reference."""
        passages = self._collection.passages
        ranked = {candidate.place: candidate for candidate in candidates}
        best: dict[str, int] = {}
        for candidate in candidates:
            best.setdefault(passages[candidate.place].unit, candidate.place)
        for candidate in candidates:
            unit = self._collection.unit(passages[candidate.place].unit)
            reached = followed(unit, self._references[unit.document])
            for target in reached:
                if target not in best:
                    best[target] = self._select(self._places[target], retrieved, 1)[0].place
            for target in sorted(reached, key=lambda t: (-retrieved.fused[best[t]], t))[:_FOLLOWED]:
                current = ranked.get(best[target])
                if current is None or current.score < candidate.score:
                    above = math.nextafter(candidate.score, math.inf)
                    ranked[best[target]] = _Candidate(best[target], above, reached[target])
        return sorted(ranked.values(), key=lambda c: (-c.score, passages[c.place].id))

    def _hits(self, candidates: Sequence[_Candidate], query: Query, retrieved: Retrieved) -> tuple[Hit, ...]:
        sentences = sentence_scores(self._index, query.text, retrieved.query) if query.content else None
        return tuple(self._hit(rank, c, sentences, retrieved) for rank, c in enumerate(candidates, start=1))

    def _hit(self, rank: int, candidate: _Candidate, sentences: Scores | None, retrieved: Retrieved) -> Hit:
        passage = self._collection.passages[candidate.place]
        return Hit(
            rank=rank,
            score=candidate.score,
            passage=passage,
            text=self._collection.text(passage),
            unit=self._collection.unit(passage.unit),
            document=self._collection.document(passage.document),
            sentence=None if sentences is None else answering_sentence(self._index, candidate.place, sentences),
            via=candidate.via,
            found=tuple(Found(name, found) for name, found in retrieved.found_by(candidate.place)),
        )
