"""Everything that a question is searched in: the documents, and the ranked lists over their passages."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.encoders.encoder import Encoder, Encoders, Matrix
from index.limits import beside
from index.model.arrays import DROPPED, Rows, distinct
from index.model.collection import Collection
from index.model.store import JoinedStore
from index.search.dense import DenseList
from index.search.late_interaction import LateInteraction
from index.search.near_pairs import id_number
from index.search.postings import TermCounts
from index.search.ranked_list import Eligible, Found, Scores, best_found
from index.search.related_words import RelatedWords, WordQuery
from index.search.segment import Segment, segment

if TYPE_CHECKING:
    from index.search.promises import Promise, Undertaken


class SearchIndex:
    """Segments as one: `chosen` has the segment and the number there of each document, in the order of the collection.

    `encoder` is that of the passages. Statistics are sums over the segments,
    of the chosen documents only: whatever segments they stand in, the scores are the same.
    """

    def __init__(self, segments: Sequence[Segment], chosen: Sequence[tuple[int, int]], encoder: Encoder) -> None:
        self.segments = tuple(segments)
        self._near = [found.near for found in segments]
        self._names = [found.names for found in segments]
        self._titles = [found.titles for found in segments]
        joined = JoinedStore([found.documents for found in segments], chosen)
        self._chosen = tuple(chosen)
        self.collection = Collection(joined)
        self.rows: tuple[Rows, ...] = joined.rows
        self._documents: tuple[Rows, ...] = joined.documents
        self.related = RelatedWords([found.words for found in segments], self.rows)
        self.dense = DenseList([s.summary for s in segments], self.rows)
        self.late = LateInteraction(
            [s.tokens for s in segments], [s.pieces for s in segments], self.rows, encoder.piece_vectors
        )

    @property
    def postings(self) -> list[tuple[TermCounts, Rows]]:
        """The words of each segment's passages, and the passages' rows."""
        return [(found.words.counts, rows) for found, rows in zip(self.segments, self.rows, strict=True)]

    def candidates(
        self, related: Callable[[], WordQuery], dense: Callable[[], Matrix], k: int, eligible: Eligible
    ) -> tuple[Found, dict[str, Scores]]:
        """The rows, ascending, of the best `k` of each list and of the best `eligible` ones, with their scores.

        The queries are made while they are asked for: the lists are searched beside each other.
        """
        masks = [None] if eligible.all() or len(eligible) <= k else [None, eligible]

        def by_meaning() -> tuple[Matrix, list[Found]]:
            query = dense()
            return query, [self.dense.search(query, k, mask)[0] for mask in masks]

        words, (query, found) = beside(lambda: self.related.scores(related()), by_meaning)
        rows: Found = distinct(np.concatenate([*found, *(best_found(words, k, mask) for mask in masks)]))
        return rows, {"related": words[rows], "dense": self.dense.score(query, rows)}

    def holding(self, words: Iterable[str]) -> NDArray[np.intp]:
        """The rows, ascending, of the passages that are searched by any of these words."""
        found = [rows[counts.rows[counts.postings(word)]] for word in words for counts, rows in self.postings]
        every = distinct(np.concatenate([np.zeros(0, dtype=np.intp), *found]))
        kept: NDArray[np.intp] = every[every != DROPPED]
        return kept

    def named(self, term: str) -> NDArray[np.intp]:
        """The rows, ascending, of the passages that hold the identifier of this term."""
        return _having(term, self._names, self.rows)

    def titled(self, term: str) -> NDArray[np.intp]:
        """The numbers, ascending, of the documents that this term names: a stem of a title, or an identifier's."""
        return _having(term, self._titles, self._documents)

    @cached_property
    def undertaken(self) -> "Undertaken":
        """The sentences that promise or refuse, by passage; made when they are first asked for."""
        # What does without them does without the rules that find them.
        from index.search.promises import Undertaken

        return Undertaken(self.collection.columns, self._promises())

    def _promises(self) -> "Iterator[tuple[Promise, ...]]":
        """Those of each document, as they were found when it was added."""
        from index.search.promises import read_promises

        return (read_promises(self.segments[part].promises.encoded(number)) for part, number in self._chosen)

    @cached_property
    def near_pairs(self) -> NDArray[np.int64]:
        """The rows of passages that say nearly the same, shape (pairs, 2): each pair both ways, ascending."""
        columns = self.collection.columns
        ids = np.array([id_number(document) for document in self.collection.store.ids], dtype=np.uint64)
        by_id = np.argsort(ids)
        spans = (columns.document.astype(np.int64) << 32) | columns.start
        by_span = np.argsort(spans)
        pairs = [np.zeros((0, 2), dtype=np.int64)]
        for near, rows in zip(self._near, self.rows, strict=True):
            if not len(near.rows):
                continue
            place = np.minimum(np.searchsorted(ids, near.documents, sorter=by_id), len(ids) - 1)
            document = by_id[place]
            span = (document << 32) | near.starts
            other = by_span[np.minimum(np.searchsorted(spans, span, sorter=by_span), len(spans) - 1)]
            there = (ids[document] == near.documents) & (spans[other] == span) & (columns.end[other] == near.ends)
            kept = there & (rows[near.rows] != DROPPED)
            pairs.append(np.stack([rows[near.rows[kept]], other[kept]], axis=1))
        both = np.concatenate(pairs)
        # A pair as one number.
        each = distinct((np.concatenate([both, both[:, ::-1]]) << [32, 0]).sum(axis=1))
        return np.stack([each >> 32, each & 0xFFFFFFFF], axis=1)


def _having(term: str, parts: Sequence[TermCounts], targets: Sequence[Rows]) -> NDArray[np.intp]:
    found = [target[part.rows[part.postings(term)]] for part, target in zip(parts, targets, strict=True)]
    rows = distinct(np.concatenate([np.zeros(0, dtype=np.intp), *found]))
    return np.array(rows[rows != DROPPED], dtype=np.intp)


def index_collection(collection: Collection, encoders: Encoders) -> SearchIndex:
    """The index of a collection, in memory."""
    found = segment(collection, encoders)
    return SearchIndex([found], [(0, number) for number in range(len(collection.documents))], encoders.passages)
