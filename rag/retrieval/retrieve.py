"""Score every passage for a question in several ways, and add them up."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.encoders.encoder import Encoders, Matrix
from index.language.analyser import Analysed, content_words, terms
from index.language.spelling import Spelling
from index.search.search_index import SearchIndex
from rag.retrieval.fuse import Scores, added_up, standardised
from rag.retrieval.weights import shipped_weights

# Passages that are compared token by token. A letter has some 350; of a library only the best found otherwise.
CANDIDATES = 500


@dataclass(frozen=True)
class Retrieved:
    """The scores of every passage, in the collection's order, for one question.

    `text` is what was searched: the question with its misspelt words mended.
    `lists` has one array a list, `fused` their weighted sum, standardised.
    `words` are the content words, `near` how near each is to the documents'
    words (RelatedWordsIndex.nearness). `query` is the question's vector by the word
    encoder, shape (1, dimensions). `background` is the mean and the standard
    deviation of the dense list over all passages.
    """

    text: str
    lists: dict[str, NDArray[np.float32]]
    fused: Scores
    words: tuple[str, ...]
    near: NDArray[np.float32]
    query: Matrix
    background: tuple[float, float]

    def found_words(self, among: NDArray[np.bool_]) -> bool:
        """Whether any word of the question, or a part or relative of it, stands in the passages of this mask."""
        return any(bool(self.lists[name].any(where=among)) for name in ("terms", "related"))

    def found_by(self, passage: int) -> tuple[tuple[str, int], ...]:
        """The lists that found the passage at this place of the collection, with its rank in each."""
        return tuple((name, _rank(scores, passage)) for name, scores in self.lists.items() if scores[passage] > 0)


def _rank(scores: NDArray[np.float32], passage: int) -> int:
    """The rank of a passage, from 1; of equals the first in the collection comes first."""
    own = scores[passage]
    return 1 + int(np.count_nonzero(scores > own) + np.count_nonzero(scores[:passage] == own))


class Retriever:
    """Searches one index; it changes nothing, so several threads may search at once."""

    def __init__(self, index: SearchIndex, encoders: Encoders) -> None:
        self._index = index
        self._encoders = encoders

    @cached_property
    def _spelling(self) -> Spelling:
        return Spelling(frozenset(self._index.related.vocabulary), self._encoders.words.known_words)

    def retrieve(self, text: str, eligible: NDArray[np.bool_] | None = None) -> Retrieved:
        """Score all passages for the text of a query.

        Where there are more passages than CANDIDATES, only those are compared
        token by token that the other lists put first among the `eligible` (all
        when left out).
        """
        index, english = self._index, Analysed(text).is_english
        if eligible is None:
            eligible = np.ones(len(index.collection.passages), dtype=np.bool_)
        # The documents are Dutch: no English word can be a slip for one of theirs.
        text = text if english else self._spelling.mended(text)
        words = tuple(dict.fromkeys(content_words(text)))
        query, *vectors = self._encoders.words.encode_queries([text, *words])
        near = index.related.nearness(words, np.array(vectors, dtype=np.float32).reshape(len(words), query.size))
        asked = self._encoders.passages.encode_queries_by_token([text])
        lists = {
            "terms": index.terms.scores(terms(text, index.compounds.parts)),
            "related": index.related.scores(near, pooled=english),
            "dense": index.vectors.scores(asked.rows),
        }
        weights = shipped_weights().english if english else shipped_weights().dutch
        standard = {name: standardised(scores) for name, scores in lists.items()}
        places = _candidates(added_up(standard, weights), eligible)
        lists["late"] = np.full(len(eligible), np.nan, dtype=np.float32)
        lists["late"][places] = index.tokens.scores(asked.tokens, places)
        standard["late"] = standardised(lists["late"])
        return Retrieved(
            text=text,
            lists=lists,
            fused=added_up(standard, weights),
            words=words,
            near=near,
            query=query[np.newaxis],
            background=_background(lists["dense"]),
        )


def _background(scores: NDArray[np.float32]) -> tuple[float, float]:
    wide = scores.astype(np.float64)
    return (float(wide.mean()), float(wide.std())) if len(wide) else (0.0, 0.0)


def _candidates(first: Scores, eligible: NDArray[np.bool_]) -> NDArray[np.intp]:
    """The places, ascending, of the passages to compare token by token; all where there are not many."""
    if len(first) <= CANDIDATES:
        return np.arange(len(first))
    places = np.flatnonzero(eligible)
    if len(places) <= CANDIDATES:
        return places
    return np.sort(places[np.argpartition(-first[places], CANDIDATES)[:CANDIDATES]])
