"""Answer a question with passages: read it, retrieve, rank, and say how sure we are.

The one place where the steps come together. It opens an index once and
answers any number of questions from it; it changes nothing, so several
threads may ask at once.
"""

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from index.encoders.encoder import Encoders
from index.language.analyser import Analysed
from index.language.span import Span
from index.library.open import open_index
from index.limits import usable_cores
from index.model.store import NO_NOTE
from index.search.search_index import SearchIndex
from index.settings import Settings
from rag.answer.certainty import certainty, highest_unsure, states_figures, states_the_count, unstated_numbers
from rag.answer.order import Order, ordered_hits, ordered_units, unit_key
from rag.answer.signatories import askers, office_words, signatories
from rag.answer.types import Answer, Found, Hit
from rag.question.conversation import in_conversation
from rag.question.filters import NO_FILTERS, Filters
from rag.question.operators import LONGEST_WITH_OPERATORS, Knows, called_as_typed
from rag.question.out_of_scope import Intent, offices_asked, out_of_scope
from rag.question.query import LONGEST_QUESTION, Query, read_question
from rag.question.remark import Remark
from rag.retrieval.absent import Absent, absent
from rag.retrieval.confidence import level
from rag.retrieval.filtering import Filtered, PassageFilter
from rag.retrieval.fuse import Scores
from rag.retrieval.highlight import Highlighter
from rag.retrieval.identified import identified
from rag.retrieval.literal_matches import keywords_stand, own_word_stands
from rag.retrieval.named_units import Named, NamedUnits
from rag.retrieval.near_duplicates import Beside, NearDuplicates
from rag.retrieval.rank import Candidate, Ranker
from rag.retrieval.retrieve import Retrieved, Retriever
from rag.retrieval.titled import Titled, lifted_by, titled
from rag.retrieval.word_forms import WordForms

TOP = 10
# So many passages come nearest to a question that none answers.
NEAREST = 3
# A passage that the question names comes before any other, its speaker's and its field's penalties taken off.
_ABOVE = 3.0
# The passages of a list are counted up to here; of a longer one, its units.
_COUNTED = 500
# Parts of a unit that are looked for each by itself.
_BY_PASSAGE = frozenset(("footnote", "table"))
# Typed by who wants to know what can be typed here.
_HELP = frozenset("? /? help /help --help hulp /hulp".split())
# So many earlier questions of a conversation are looked at.
LONGEST_CONVERSATION = 20


@dataclass(frozen=True, slots=True)
class _Shown:
    """How much is shown of what is found: passages in all, of a unit (None for any number), and in what order."""

    top: int
    per_unit: int | None
    order: Order


class Assistant:
    """Answers questions from one opened index."""

    def __init__(self, index: SearchIndex, encoders: Encoders, knows: Knows | None = None) -> None:
        """`knows` tells which values of filters there are; those of the index itself where it is left out."""
        self.index = index
        self.encoders = encoders
        self._retriever = Retriever(index, encoders)
        self._ranker = Ranker(index.collection)
        self._near_duplicates = NearDuplicates(index)
        self._filter = PassageFilter(index.collection, lambda: index.undertaken)
        self._knows = knows or self._filter.knows
        self._units = NamedUnits(index.collection, self._ranker)
        self._forms = WordForms(index)
        self._highlighter = Highlighter(index, encoders)

    @classmethod
    def open(cls, settings: Settings) -> "Assistant":
        """Open the index that the settings name; WoordelijkError where it cannot be used."""
        return cls(*open_index(settings))

    def opened_anew(self, settings: Settings) -> "Assistant":
        """As `open`, with the encoders of this one where the index was built with them."""
        return Assistant(*open_index(settings, self.encoders))

    def ask(
        self,
        question: str,
        top: int = TOP,
        per_unit: int | None = 1,
        filters: Filters = NO_FILTERS,
        previous: Sequence[str] = (),
        whole: bool = True,
        order: Order = "relevance",
    ) -> Answer:
        """The answer to `question` with at most `top` passages, best first.

        `per_unit` is how many passages of one unit there may be, None for any
        number. Ranked by score descending, then by passage id. `filters` are
        those set beside the question, which the question's own overrule.
        `previous` are the earlier questions of the conversation, the latest
        last: a question that leans on them is searched together with them.
        Not `whole`: a question of several parts is answered part by part only;
        it is as sure as its surest part, and has no hits of its own.
        `order` other than "relevance" is that of a list before it is cut to `top`, and of what was found best after.
        Any string is a question: one without words, or longer than 2,000
        characters, gets an Answer that says so, and one that asks for help an
        Answer that says what can be asked.
        """
        if top < 1 or (per_unit is not None and per_unit < 1):
            raise ValueError("top and per_unit must be at least 1")
        if len(question) > LONGEST_QUESTION:
            return Answer(question, "too long", 0.0, detail=str(len(question)))
        if _asks_for_help(question):
            return Answer(question, "help", 0.0)
        if intent := out_of_scope(question, self._offices):
            return self._remarked(question, intent)
        query = self._query(question, filters, previous)
        if query is None:
            return Answer(question, "no words", 0.0)
        shown = _Shown(top, per_unit, order)
        parts = [(part.asked, part) for part in query.parts]
        if parts and not whole:
            return _in_parts(question, query, self._answers(parts, shown))
        answer, *of_parts = self._answers([(question, query), *parts], shown)
        return replace(answer, parts=tuple(of_parts))

    def _answers(self, asked: Sequence[tuple[str, Query]], shown: _Shown) -> tuple[Answer, ...]:
        """Those to some questions, a core each: most of the work is done outside Python."""
        if len(asked) == 1:
            return tuple(self._answer(question, query, shown) for question, query in asked)
        with ThreadPoolExecutor(usable_cores()) as pool:
            found = [pool.submit(self._answer, question, query, shown) for question, query in asked]
            return tuple(one.result() for one in found)

    @cached_property
    def _offices(self) -> frozenset[str]:
        return office_words(self.index.collection)

    def _remarked(self, question: str, intent: Intent) -> Answer:
        """The answer to what asks nothing of the passages."""
        collection = self.index.collection
        if intent == "minister":
            remarks = signatories(collection, offices_asked(question))
        else:
            remarks = askers(collection) if intent == "askers" else (Remark(intent, question.strip()),)
        return Answer(question, "out of scope", 0.0, detail=intent, remarks=remarks)

    def _query(self, question: str, filters: Filters, previous: Sequence[str]) -> Query | None:
        """The query of `question` after those before it, within `filters`; None where it asks nothing."""
        query = read_question(question, self._knows)
        if query is None:
            return Query(Analysed(""), content=False, filters=filters) if filters.selects else None
        if previous:
            asked = [
                q for q in previous[-LONGEST_CONVERSATION:] if len(q) <= LONGEST_QUESTION and not _asks_for_help(q)
            ]
            earlier = [read_question(q, self._knows) for q in asked]
            query = in_conversation(query, [q for q in earlier if q])
        return query.within(filters)

    def _answer(self, question: str, query: Query, shown: _Shown) -> Answer:
        filtered = self._filter.apply(query.filters)
        read = map(self._filter.told, query.remarks)
        found = dict.fromkeys((*read, *query.absent, *filtered.remarks))
        remarks = tuple(called_as_typed(remark, question) for remark in found)
        said = Answer(
            question,
            "nothing matches",
            0.0,
            searched=query.text,
            filters=query.filters,
            follow_up_of=query.follow_up_of,
            remarks=remarks,
        )
        if query.remarks or not filtered.found.any():
            return replace(said, detail=", ".join(self._units.missing(query)))
        if not query.content and query.filters.selects and not query.names_units:
            return self._by_filters(said, query, filtered, shown)
        retrieved = self._retriever.retrieve(query.text, filtered.found)
        if query.names_units:
            return self._by_name(said, query, retrieved, filtered, shown)
        return self._by_search(said, query, retrieved, filtered, shown)

    def _by_search(self, said: Answer, query: Query, retrieved: Retrieved, filtered: Filtered, shown: _Shown) -> Answer:
        """The passages that answer best, of those filtered."""
        named = identified(self.index, query.asked, filtered.found)
        under_title = titled(self.index, query.text)
        lacking = self._absent(query, retrieved)
        missing = [Remark("identifier nowhere", name) for name in named.missing]
        missing += [remark for remark in lacking.remarks if remark.value not in named.missing]
        missing += [Remark("foreign", query.text)] if query.searched.is_foreign else []
        said = replace(said, remarks=(*said.remarks, *missing))
        whole_titles = _said_whole(under_title, filtered)
        stands = (
            len(whole_titles) > 0
            or keywords_stand(retrieved.text, self._forms, filtered.found)
            or own_word_stands(retrieved.text, self._forms, self.encoders.words.known_words, filtered.found)
        )
        sure = certainty(query, retrieved, filtered, named, lacking, stands)
        outcome = level(sure, retrieved.fitted)
        if outcome == "nothing found" and not (named.stating or retrieved.found_words(filtered.found)):
            return replace(said, outcome=outcome, confidence=sure)
        if named.only and len(named.rows):
            # What holds another number is no answer to a question for this one.
            filtered = replace(filtered, found=np.isin(np.arange(len(filtered.found)), named.rows))
        scores = _lifted(lifted_by(retrieved.scores, named.stating, under_title), whole_titles)
        scores = _lifted(scores, named.rows)
        folded = self._near_duplicates.folded(self._ranker.rank(scores, shown.per_unit, filtered))
        found = outcome != "nothing found"
        # What is only nearest has no sentence that answers.
        best = islice(folded, shown.top if found else min(shown.top, NEAREST))
        hits = self._hits(best, query, retrieved if found else None)
        unstated = [
            Remark("not stated", value)
            for value in unstated_numbers(hits[0], query.asked, lacking)
            if value not in named.missing
        ]
        literal = found and not (lacking or missing or query.absent) and filtered.with_phrases
        if literal and states_the_count(hits[0], retrieved, self._forms, self.encoders.words.known_words):
            sure = max(sure, retrieved.fitted.sure)
        if unstated or (query.follow_up_of is not None and not states_figures(hits[0], query.asked)):
            sure = min(sure, highest_unsure(retrieved.fitted))
        return replace(
            said,
            outcome=level(sure, retrieved.fitted),
            confidence=sure,
            hits=ordered_hits(hits, shown.order),
            remarks=(*said.remarks, *unstated),
        )

    def _absent(self, query: Query, retrieved: Retrieved) -> Absent:
        """What of a question stands in no document; a long one speaks of much besides, a foreign one in other words."""
        if len(query.asked.split()) > LONGEST_WITH_OPERATORS or query.searched.is_foreign:
            return Absent()
        return absent(query, retrieved, self._forms, self.encoders.words.known_words, self._filter.knows)

    def _by_filters(self, said: Answer, query: Query, filtered: Filtered, shown: _Shown) -> Answer:
        """All that the filters admit, in the order of the documents, where the question says nothing else."""
        if not filtered.with_phrases:
            return replace(said, outcome="nothing found")
        chosen = query.filters
        by_passage = bool(chosen.footnotes or chosen.tables or _BY_PASSAGE.intersection(chosen.fields))
        each = by_passage or chosen.promises or chosen.refusals
        shown = replace(shown, per_unit=None) if each else shown
        units = self._units.filtered(filtered)
        candidates, total = self._first(units, False, np.zeros(len(filtered.found)), filtered, shown)
        hits = self._hits(self._near_duplicates.beside(candidates), query, None)
        listed = replace(said, outcome="answered", confidence=1.0, hits=hits, reads_whole=by_passage)
        return _counted(listed, total)

    def _first(
        self, named: Named, content: bool, scores: Scores, filtered: Filtered, shown: _Shown
    ) -> tuple[list[Candidate], int]:
        """The first passages of a list in the order asked for, and how many there are."""
        collection = self.index.collection
        named = replace(named, units=ordered_units(named.units, collection, shown.order))
        most = max(shown.top, _COUNTED)
        found = self._once_a_note(self._units.candidates(named, content, scores, shown.per_unit, filtered, most))
        if shown.order != "relevance":
            key = unit_key(collection, shown.order)
            found.sort(key=lambda candidate: key(int(collection.columns.unit[candidate.row])))
        total = len(found) if len(found) < most else max(len(found), len(named.units))
        return found[: shown.top], total

    def _once_a_note(self, candidates: Iterable[Candidate]) -> list[Candidate]:
        """Those candidates, of each footnote only the first passage."""
        columns = self.index.collection.columns
        found: dict[tuple[int, ...], Candidate] = {}
        for candidate in candidates:
            row, note = candidate.row, int(columns.note[candidate.row])
            found.setdefault((row,) if note == NO_NOTE else (int(columns.unit[row]), note), candidate)
        return list(found.values())

    def _by_name(self, said: Answer, query: Query, retrieved: Retrieved, filtered: Filtered, shown: _Shown) -> Answer:
        """Straight to the units that the question names, in the order it names them."""
        named = self._units.named(query, filtered, retrieved.scores)
        missing = ", ".join(named.missing)
        if not named.units and missing and query.content and len(query.text.split()) > LONGEST_WITH_OPERATORS:
            # A long question is often pasted, and speaks of the questions of another document.
            return replace(self._by_search(said, query, retrieved, filtered, shown), detail=missing)
        if not named.units:
            return replace(said, outcome="no such unit" if missing else "nothing matches", detail=missing)
        candidates, total = self._first(named, query.content, retrieved.scores, filtered, shown)
        remarks = said.remarks
        if named.documents > 1:
            remarks += (Remark("in several documents", str(named.documents)),)
        hits = self._hits(self._near_duplicates.beside(candidates), query, retrieved)
        said = replace(said, outcome="answered", confidence=1.0, hits=hits, detail=missing, remarks=remarks)
        # Who names a question and says no more wants all of its answer.
        reads_whole = not query.content
        return _counted(replace(said, reads_whole=reads_whole), total)

    def _hits(self, found: Iterable[Beside], query: Query, retrieved: Retrieved | None) -> tuple[Hit, ...]:
        shown = list(found)
        question = retrieved if query.content else None
        rows = [candidate.row for candidate, _ in shown]
        filters = query.filters
        verdicts = (*filters.promises, *filters.refusals)
        undertaken = [self.index.undertaken.sentences(row, verdicts) for row in rows] if verdicts else ()
        marked = self._highlighter.answering_sentences(rows, question, filters.phrases, undertaken)
        return tuple(
            self._hit(rank, beside, sentence, retrieved)
            for rank, (beside, sentence) in enumerate(zip(shown, marked, strict=True), start=1)
        )

    def _hit(self, rank: int, beside: Beside, sentence: Span | None, retrieved: Retrieved | None) -> Hit:
        candidate, similar = beside
        collection = self.index.collection
        passage = collection.passages[candidate.row]
        return Hit(
            rank=rank,
            score=candidate.score,
            passage=passage,
            text=collection.text(passage),
            unit=collection.units[int(collection.columns.unit[candidate.row])],
            document=collection.document(passage.document),
            sentence=sentence,
            via=candidate.via,
            found=tuple(Found(*found) for found in retrieved.found_by(candidate.row)) if retrieved else (),
            similar=similar,
        )


def _asks_for_help(question: str) -> bool:
    return question.strip().casefold() in _HELP


def _counted(listed: Answer, total: int) -> Answer:
    """A list of which `total` passages there are, with a remark where not all are shown."""
    found = len(listed.hits)
    cut = (Remark("first of", str(found), (str(total),)),) if found < total else ()
    return replace(listed, total=total, remarks=(*listed.remarks, *cut))


def _in_parts(question: str, query: Query, parts: tuple[Answer, ...]) -> Answer:
    """The answer to a question by the answers to its parts alone."""
    surest = max(parts, key=lambda part: (part.answered, part.confidence))
    return replace(
        surest, question=question, hits=(), detail="", searched=query.text, follow_up_of=query.follow_up_of, parts=parts
    )


def _said_whole(titled: Titled, filtered: Filtered) -> NDArray[np.intp]:
    """The rows of documents whose title says all that the question does; none where all documents' do."""
    rows: NDArray[np.intp] = titled.rows[(titled.shares == 1.0) & filtered.found[titled.rows]]
    return rows if len(rows) < np.count_nonzero(filtered.found) else rows[:0]


def _lifted(scores: Scores, rows: NDArray[np.intp]) -> Scores:
    """The scores with those of `rows` above all others, in the same order among themselves."""
    if not len(rows):
        return scores
    known = np.isfinite(scores)
    lowest, highest = (scores[known].min(), scores[known].max()) if known.any() else (0.0, 0.0)
    lifted = scores.copy()
    lifted[rows] = np.maximum(scores[rows], lowest) + (highest - lowest) + _ABOVE
    return lifted
