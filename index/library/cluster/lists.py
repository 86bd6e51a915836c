"""The ranked lists of a library on a cluster: candidates and scores come from there, sums over all passages are here.

A question costs three or four requests, whatever the library's size: the best
passages of both lists, the scores that are missing, and those token by token.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from qdrant_client import models

from index.encoders.encoder import Encoder, Matrix
from index.encoders.token_vectors import TokenVectors
from index.library.cluster import layout
from index.library.cluster.conditions import Conditions
from index.library.cluster.connection import Cluster
from index.library.cluster.part import Part, summed
from index.library.cluster.state import State
from index.library.cluster.statistics import Statistics
from index.limits import beside
from index.model.arrays import starts_of
from index.model.collection import Collection
from index.model.store import JoinedStore
from index.search.bm25 import length_norms
from index.search.dense import DenseList, Summary, codes_of, spread
from index.search.late_interaction import LateInteraction
from index.search.ranked_list import Eligible, Found, Scores, best
from index.search.related_words import RelatedWords, Vocabulary, WordQuery
from index.search.search_index import SearchIndex

if TYPE_CHECKING:
    from index.search.promises import Promise

# Up to so many passages every vector is compared as it is; beyond, 8-bit codes are, and the best compared again.
_EXACT = 100_000
# So many times as many are compared again as are asked for.
_OVERSAMPLING = 2.0
# A list is searched at most so many times as deep as it was asked, to be sure of its order.
_DEEPER = 4
WORDS_PAYLOAD = ["words", "counts", "length"]


@dataclass(frozen=True)
class Words:
    """The words of a passage as they lie in the collection, with their counts, and how many there are in all."""

    counts: dict[str, int]
    length: int

    @classmethod
    def of(cls, payload: Mapping[str, Any]) -> "Words":
        counts = dict(zip(payload["words"].split(), map(int, payload["counts"].split()), strict=True))
        return cls(counts, int(payload["length"]))


class Points:
    """Searches the points of what one state publishes; knows which passage each is."""

    def __init__(self, cluster: Cluster, state: State, collection: Collection, slots: NDArray[np.int64]) -> None:
        self._cluster = cluster
        self._state = state
        self._collection = collection
        self._slots = slots
        self._conditions = Conditions(collection, slots)
        self.passages = len(collection.columns.document)

    @cached_property
    def _first(self) -> NDArray[np.int64]:
        """The first row of each document, and the number of rows."""
        return starts_of(np.bincount(self._collection.columns.document, minlength=len(self._slots)))

    @cached_property
    def _by_slot(self) -> NDArray[np.intp]:
        return np.argsort(self._slots)

    def ids(self, rows: Found) -> list[int]:
        """The points of these rows."""
        documents = self._collection.columns.document[rows]
        places = rows - self._first[documents]
        pairs = zip(self._slots[documents].tolist(), places.tolist(), strict=True)
        return [layout.passage_id(slot, place) for slot, place in pairs]

    def rows(self, ids: Sequence[int]) -> NDArray[np.int64]:
        """The rows of these points; -1 for what is not of this library."""
        slots, places = layout.slots_and_places(np.array(ids, dtype=np.int64))
        if not len(self._slots) or not len(slots):
            return np.full(len(slots), -1, dtype=np.int64)
        at = np.minimum(np.searchsorted(self._slots, slots, sorter=self._by_slot), len(self._slots) - 1)
        documents = self._by_slot[at]
        found = self._first[documents] + places
        return np.where((self._slots[documents] == slots) & (found < self._first[documents + 1]), found, -1)

    def published(self, conditions: Iterable[models.Condition] = ()) -> models.Filter:
        """What the state publishes, and meets these conditions."""
        below = models.FieldCondition(key="slot", range=models.Range(lt=self._state.next))
        gone = models.FieldCondition(key="slot", match=models.MatchAny(any=list(self._state.gone)))
        return models.Filter(must=[below, *conditions], must_not=[gone] if self._state.gone else None)

    def request(
        self,
        using: str,
        query: Any,
        k: int,
        conditions: Sequence[models.Condition] = (),
        payload: list[str] | None = None,
        *,
        exact: bool = False,
    ) -> models.QueryRequest:
        """A request for the best `k` passages that meet the conditions."""
        exact = exact or self.passages <= _EXACT
        codes = models.QuantizationSearchParams(rescore=True, oversampling=_OVERSAMPLING)
        return models.QueryRequest(
            query=query,
            using=using,
            filter=self.published(conditions),
            limit=max(1, min(k, self.passages)),
            params=models.SearchParams(exact=True) if exact else models.SearchParams(quantization=codes),
            with_payload=payload or False,
        )

    def best_of(
        self, using: str, query: Any, k: int, eligible: Eligible | None, payload: list[str] | None = None
    ) -> models.QueryRequest:
        """A request for the best `k` of the `eligible` passages, of all when left out; others may come with them."""
        if eligible is None or eligible.all():
            return self.request(using, query, k, (), payload)
        conditions, more = self._conditions.of(eligible)
        return self.request(using, query, k + min(more, _DEEPER * k), conditions, payload)

    def scores_of(self, using: str, query: Any, rows: Found, payload: list[str] | None = None) -> models.QueryRequest:
        """A request for the scores of these rows."""
        these = models.HasIdCondition(has_id=list(self.ids(rows)))
        return self.request(using, query, len(rows), [these], payload, exact=True)

    def asked(self, requests: Sequence[models.QueryRequest]) -> list[tuple[Found, Scores, list[Any]]]:
        """For each request the rows found with their scores and payloads, in one go."""
        if not requests:
            return []
        collection = self._state.collection
        answers = self._cluster.call(lambda client: client.query_batch_points(collection, list(requests)))
        return [self._told(answer.points) for answer in answers]

    def vectors(self, using: str, rows: Found) -> list[Any]:
        """The vectors of these rows, in order; an empty one where a passage has none."""
        ids = self.ids(rows)
        found = self._cluster.call(
            lambda client: client.retrieve(self._state.collection, ids, with_payload=False, with_vectors=[using])
        )
        vectors: dict[Any, Any] = {record.id: record.vector for record in found}
        return [(vectors.get(point) or {}).get(using, []) for point in ids]

    def _told(self, points: Sequence[Any]) -> tuple[Found, Scores, list[Any]]:
        rows = self.rows([point.id for point in points])
        there = np.flatnonzero(rows >= 0)
        scores = np.array([point.score for point in points], dtype=np.float32)
        return rows[there].astype(np.intp), scores[there], [points[place].payload for place in there.tolist()]


class ClusterWords(RelatedWords):
    """The words near those of a question: candidates by sparse vectors, scored exactly by what is stored of each.

    The best of several near words counts, which no sum expresses; but the sum
    is never less. So candidates are fetched by the sum until the next could
    not be among the best any more.
    """

    def __init__(self, points: Points, statistics: Statistics) -> None:
        super().__init__([], [])
        self._points = points
        self._statistics = statistics
        self.passages = statistics.passages

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        found = self._statistics
        vectors = Summary(found.vectors, codes_of(found.vectors))
        return Vocabulary(found.words, ((vectors, np.arange(len(found.words), dtype=np.int32)),), found.frequencies, ())

    @cached_property
    def _average(self) -> float:
        return self._statistics.length / max(1, self.passages)

    def frequencies(self, words: Iterable[str]) -> dict[str, int]:
        """In how many passages each of these words stands, of those that stand in any."""
        numbers = {word: self._numbers[word] for word in words if word in self._numbers}
        return {word: int(self._vocabulary.frequencies[number]) for word, number in numbers.items()}

    def asked(self, query: WordQuery) -> "AskedWords":
        """The words of the documents that a question's words find, and what each counts for."""
        names = [[self.vocabulary[word] for word in near.words.tolist()] for near in query.near]
        return AskedWords(names, [self._weights(near, query.pooled) for near in query.near], self._average)

    def search(self, query: WordQuery, k: int, eligible: Eligible | None = None) -> tuple[Found, Scores]:
        asked = self.asked(query)
        known: dict[int, Words] = {}
        return self.deepened(asked, known, k, eligible, self._points.asked(self.requests(asked, k, eligible)))

    def requests(self, asked: "AskedWords", k: int, eligible: Eligible | None) -> list[models.QueryRequest]:
        """What finds the candidates of a list of `k`; nothing where no word is known."""
        if not asked.sparse.indices:
            return []
        return [self._points.best_of(layout.WORDS, asked.sparse, k, eligible, WORDS_PAYLOAD)]

    def deepened(
        self,
        asked: "AskedWords",
        known: dict[int, Words],
        k: int,
        eligible: Eligible | None,
        answers: Sequence[tuple[Found, Scores, list[Any]]],
    ) -> tuple[Found, Scores]:
        """The best `k`, of the candidates that answer `requests`, and of more where those do not settle it.

        The words of all candidates become `known`.
        """
        depth = k
        while answers:
            self.learn(known, answers)
            rows, sums, _ = answers[0]
            scores = self.scored(asked, known, rows)
            allowed = scores > 0 if eligible is None else (scores > 0) & eligible[rows]
            order = np.argsort(rows, kind="stable")
            chosen = best(scores, k, order[allowed[order]])
            least = float(sums.min(initial=math.inf)) * asked.slack
            settled = len(rows) < depth or (len(chosen) == k and scores[chosen[-1]] >= least)
            if settled or depth >= min(_DEEPER * k, self.passages):
                return rows[chosen], scores[chosen]
            depth *= 2
            answers = self._points.asked(self.requests(asked, depth, eligible))
        return np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.float32)

    def score(self, query: WordQuery, rows: Found) -> Scores:
        asked = self.asked(query)
        known: dict[int, Words] = {}
        self.learn(known, self._points.asked(self.missing(asked, known, rows)))
        return self.scored(asked, known, rows)

    def missing(self, asked: "AskedWords", known: Mapping[int, Words], rows: Found) -> list[models.QueryRequest]:
        """What asks for the words of those `rows` that are not known; those without a word that is asked have none."""
        left = np.array([row for row in rows.tolist() if row not in known], dtype=np.intp)
        if not len(left) or not asked.sparse.indices:
            return []
        return [self._points.scores_of(layout.WORDS, asked.sparse, left, WORDS_PAYLOAD)]

    @staticmethod
    def learn(known: dict[int, Words], answers: Iterable[tuple[Found, Scores, list[Any]]]) -> None:
        """Take what was answered of `missing` into what is known."""
        for rows, _, payloads in answers:
            known |= {row: Words.of(payload) for row, payload in zip(rows.tolist(), payloads, strict=True)}

    @staticmethod
    def scored(asked: "AskedWords", known: Mapping[int, Words], rows: Found) -> Scores:
        """The scores of these rows; 0 for one that is not known."""
        nothing = Words({}, 0)
        return asked.scores([known.get(row, nothing) for row in rows.tolist()])


class AskedWords:
    """The words that a question's words find, by word of the question, and what each counts for."""

    def __init__(self, names: Sequence[Sequence[str]], weights: Sequence[Scores], average: float) -> None:
        self._names = names
        self._weights = weights
        self._average = average
        # By how much a passage may be worth more than its stored values say, at most; rounding aside.
        self.slack = max(1.0, average / layout.AVERAGE) * 1.0001

    @cached_property
    def sparse(self) -> models.SparseVector:
        """The query whose product with a passage is at least its score, but for the slack."""
        pairs = zip(self._names, self._weights, strict=True)
        found = [pair for names, weights in pairs for pair in zip(names, weights.tolist(), strict=True)]
        return layout.sparse([name for name, _ in found], [weight for _, weight in found])

    def scores(self, passages: Sequence[Words]) -> Scores:
        """The score of each passage, as `RelatedWords` gives it."""
        total = np.zeros(len(passages), dtype=np.float32)
        norms = length_norms(np.array([words.length for words in passages], dtype=np.int32), self._average)
        for names, weights in zip(self._names, self._weights, strict=True):
            places = {name: place for place, name in enumerate(names)}
            cells = [
                (place, number, words.counts[name])
                for number, words in enumerate(passages)
                for name, place in _shared(places, words.counts)
            ]
            near, numbers, counts = np.array(cells, dtype=np.int64).reshape(-1, 3).T
            values = counts.astype(np.float32)
            values /= values + norms[numbers]
            values *= weights[near]
            highest = np.zeros_like(total)
            np.maximum.at(highest, numbers, values)
            total += highest
        return total


def _shared(places: Mapping[str, int], counts: Mapping[str, int]) -> Iterable[tuple[str, int]]:
    """The names in both, with their places."""
    if len(places) < len(counts):
        return ((name, place) for name, place in places.items() if name in counts)
    return ((name, places[name]) for name in counts if name in places)


class ClusterDense(DenseList):
    """The inner product of a question's vector, shape (1, dimensions), with the passages' vectors."""

    def __init__(self, points: Points, statistics: Statistics) -> None:
        super().__init__([], [])
        self._points = points
        self._statistics = statistics

    def background(self, query: Matrix) -> tuple[float, float]:
        """The mean and the standard deviation of the scores of all passages."""
        found = self._statistics
        return spread(query, found.total, found.products, found.passages)

    def search(self, query: Matrix, k: int, eligible: Eligible | None = None) -> tuple[Found, Scores]:
        ((rows, scores, _),) = self._points.asked([self.request(query, k, eligible)])
        return self.ordered(rows, scores, k, eligible)

    def request(self, query: Matrix, k: int, eligible: Eligible | None) -> models.QueryRequest:
        """What finds the best `k`."""
        return self._points.best_of(layout.DENSE, query[0].tolist(), k, eligible)

    @staticmethod
    def ordered(rows: Found, scores: Scores, k: int, eligible: Eligible | None) -> tuple[Found, Scores]:
        """The best `k` of what was found, best first, equals by row."""
        order = np.lexsort((rows, -scores))
        chosen = order if eligible is None else order[eligible[rows[order]]]
        return rows[chosen[:k]], scores[chosen[:k]]

    def score(self, query: Matrix, rows: Found) -> Scores:
        return _scattered(rows, self._points.asked(self.missing(query, rows)))

    def missing(self, query: Matrix, rows: Found) -> list[models.QueryRequest]:
        """What asks for the scores of these rows."""
        if not len(rows):
            return []
        return [self._points.scores_of(layout.DENSE, query[0].tolist(), rows)]


def _scattered(rows: Found, answers: Iterable[tuple[Found, Scores, list[Any]]]) -> Scores:
    """The scores that were answered at the places of `rows`, ascending; 0 elsewhere."""
    found = np.zeros(len(rows), dtype=np.float32)
    for own, scores, _ in answers:
        found[np.searchsorted(rows, own)] = scores
    return found


class ClusterLate(LateInteraction):
    """Scores passages token by token: the weight of a token of the question is folded into its vector."""

    def __init__(self, points: Points, statistics: Statistics) -> None:
        super().__init__([], [statistics.pieces], [])
        self._points = points

    def score(self, query: TokenVectors, rows: Found) -> Scores:
        """The scores of these rows, ascending: a cosine, -1..1; 0 where either has no tokens."""
        weights = self.weights.of(query.pieces)
        if not weights.any() or not len(rows):
            return np.zeros(len(rows), dtype=np.float32)
        asked = (query.wide(slice(None)) * weights[:, np.newaxis]).tolist()
        request = self._points.scores_of(layout.TOKENS, asked, rows)
        return _scattered(rows, self._points.asked([request]))

    def cosines(self, query: TokenVectors, rows: Sequence[int]) -> list[Matrix]:
        asked = query.wide(slice(None)).T
        stored = self._points.vectors(layout.TOKENS, np.array(rows, dtype=np.intp))
        return [np.array(vectors, dtype=np.float32).reshape(-1, len(asked)) @ asked for vectors in stored]


class ClusterIndex(SearchIndex):
    """Parts as one index: `chosen` has the part and the number there of each document, in order."""

    def __init__(
        self, cluster: Cluster, state: State, parts: Sequence[Part], chosen: Sequence[tuple[int, int]], encoder: Encoder
    ) -> None:
        joined = JoinedStore([part.documents for part in parts], chosen)
        self._near = [part.near for part in parts]
        self._names = [part.names for part in parts]
        self._titles = [part.titles for part in parts]
        self.collection = Collection(joined)
        self.rows, self._documents = joined.rows, joined.documents
        slots = [parts[part].contents.documents[number].slot for part, number in chosen]
        self.points = Points(cluster, state, self.collection, np.array(slots, dtype=np.int64))
        statistics = summed(parts)
        self._words = ClusterWords(self.points, statistics)
        self._dense = ClusterDense(self.points, statistics)
        self.related, self.dense = self._words, self._dense
        self.late = ClusterLate(self.points, statistics)

    def candidates(
        self, related: Callable[[], WordQuery], dense: Callable[[], Matrix], k: int, eligible: Eligible
    ) -> tuple[Found, dict[str, Scores]]:
        everything = [None] if eligible.all() or self.points.passages <= k else [None, eligible]
        words, vector = beside(related, dense)
        asked, known = self._words.asked(words), dict[int, Words]()
        requests = [self._words.requests(asked, k, mask) for mask in everything]
        by_words = [request for found in requests for request in found]
        answers = self.points.asked([*by_words, *(self._dense.request(vector, k, mask) for mask in everything)])
        found: list[Found] = []
        for number, mask in enumerate(everything):
            own = answers[number : number + 1] if by_words else []
            found.append(self._words.deepened(asked, known, k, mask, own)[0])
        scores: dict[int, float] = {}
        for mask, (rows, near, _) in zip(everything, answers[len(by_words) :], strict=True):
            scores |= dict(zip(rows.tolist(), near.tolist(), strict=True))
            found.append(self._dense.ordered(rows, near, k, mask)[0])
        rows = np.unique(np.concatenate(found))
        left = np.array([row for row in rows.tolist() if row not in scores], dtype=np.intp)
        missing = [*self._words.missing(asked, known, rows)], [*self._dense.missing(vector, left)]
        more = self.points.asked([*missing[0], *missing[1]])
        self._words.learn(known, more[: len(missing[0])])
        for own_rows, near, _ in more[len(missing[0]) :]:
            scores |= dict(zip(own_rows.tolist(), near.tolist(), strict=True))
        return rows, {
            "related": self._words.scored(asked, known, rows),
            "dense": np.array([scores.get(row, 0.0) for row in rows.tolist()], dtype=np.float32),
        }

    def _promises(self) -> "Iterator[tuple[Promise, ...]]":
        """Found anew: on a cluster they are not kept."""
        from index.search.promises import promises

        store = self.collection.store
        return (tuple(promises(store.record(number))) for number in range(len(store)))

    def holding(self, words: Iterable[str]) -> Found:
        known = self._words.frequencies(words)
        if not known:
            return np.zeros(0, dtype=np.intp)
        query = layout.sparse(list(known), [1.0] * len(known))
        ((rows, _, _),) = self.points.asked([self.points.request(layout.WORDS, query, sum(known.values()))])
        return np.sort(rows)
