"""Answer a question with passages: read it, retrieve, rank, and say how sure we are.

The one place where the steps come together. It opens an index once and
answers any number of questions from it; it changes nothing, so several
threads may ask at once.
"""

from collections.abc import Sequence
from dataclasses import replace

from index.build import open_index
from index.encode import Encoders
from index.search_index import SearchIndex
from index.settings import Settings
from index.types import Unit
from rag.confidence import confidence, level, signs
from rag.follow import Key
from rag.fuse import Scores
from rag.query import LONGEST_QUESTION, Query, read_question
from rag.rank import Candidate, Ranker
from rag.retrieve import Retrieved, retrieve
from rag.sentence import answering_sentence, sentence_scores
from rag.types import Answer, Found, Hit

TOP = 10


class Assistant:
    """Answers questions from one opened index."""

    def __init__(self, index: SearchIndex, encoders: Encoders) -> None:
        self.index = index
        self._encoders = encoders
        self._ranker = Ranker(index.collection)

    @classmethod
    def open(cls, settings: Settings) -> "Assistant":
        """Open the index that the settings name; WoordelijkError where it cannot be used."""
        return cls(*open_index(settings))

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
        retrieved = retrieve(self.index, self._encoders, query.text)
        if query.names_units:
            return self._named(question, query, retrieved, top, per_unit)
        sure = confidence(signs(self.index, retrieved))
        if level(sure) == "nothing found" and not retrieved.found_words:
            return Answer(question, "nothing found", sure, searched=query.text)
        hits = self._hits(self._ranker.rank(retrieved.fused, per_unit)[:top], query, retrieved)
        return Answer(question, level(sure), sure, hits, searched=query.text)

    def _named(self, question: str, query: Query, retrieved: Retrieved, top: int, per_unit: int | None) -> Answer:
        """Straight to the units that the question names, in the order it names them."""
        units, missing = self._named_units(query)
        if not units:
            return Answer(question, "no such unit", 0.0, detail=", ".join(missing))
        # Somebody who names a unit and says no more wants to read it from the beginning.
        ranked = self._ranker.rank if query.content else self._ranker.from_the_beginning
        candidates: dict[int, Candidate] = {}
        shown: dict[str, int] = {}
        for unit in units:
            for candidate in ranked(retrieved.fused, per_unit, unit):
                owner = self.index.collection.passages[candidate.place].unit
                # A unit that is named itself needs no reference to lead to it.
                named = any(owner == other.id for other in units)
                if named and owner != unit.id:
                    continue
                if candidate.place not in candidates and (per_unit is None or shown.get(owner, 0) < per_unit):
                    candidates[candidate.place] = candidate
                    shown[owner] = shown.get(owner, 0) + 1
        # The order of the units stands; the scores only have to fall with it.
        ordered = list(candidates.values())[:top]
        falling = [replace(candidate, score=float(len(ordered) - i)) for i, candidate in enumerate(ordered)]
        return Answer(question, "answered", 1.0, self._hits(falling, query, retrieved), detail=", ".join(missing))

    def _named_units(self, query: Query) -> tuple[list[Unit], list[str]]:
        """The units of the query's numbers and annexes, and those of them that no document has."""
        keys: tuple[Key, ...] = (*query.numbers, *query.annexes)
        found = {key: self._ranker.named(key) for key in keys}
        units = dict.fromkeys(unit for units in found.values() for unit in units)
        missing = [str(key) for key, units in found.items() if not units]
        return list(units), [*_in_ranges(missing), *query.impossible]

    def _hits(self, candidates: Sequence[Candidate], query: Query, retrieved: Retrieved) -> tuple[Hit, ...]:
        sentences = sentence_scores(self.index, query.text, retrieved.query) if query.content else None
        return tuple(self._hit(rank, c, sentences, retrieved) for rank, c in enumerate(candidates, start=1))

    def _hit(self, rank: int, candidate: Candidate, sentences: Scores | None, retrieved: Retrieved) -> Hit:
        collection = self.index.collection
        passage = collection.passages[candidate.place]
        return Hit(
            rank=rank,
            score=candidate.score,
            passage=passage,
            text=collection.text(passage),
            unit=collection.unit(passage.unit),
            document=collection.document(passage.document),
            sentence=None if sentences is None else answering_sentence(self.index, candidate.place, sentences),
            via=candidate.via,
            found=tuple(Found(name, found) for name, found in retrieved.found_by(candidate.place)),
        )


def _in_ranges(names: Sequence[str]) -> list[str]:
    """`names` with numbers that count on written as a range: 67 t/m 999."""
    ranges: list[list[str]] = []
    for name in names:
        if ranges and name.isdigit() and ranges[-1][-1].isdigit() and int(name) == int(ranges[-1][-1]) + 1:
            ranges[-1] = [ranges[-1][0], name]
        else:
            ranges.append([name])
    return [" t/m ".join(ends) for ends in ranges]
