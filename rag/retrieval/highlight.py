"""Choose the sentence of a passage that answers, to be marked in it."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, repeat

import numpy as np
from numpy.typing import NDArray

from index.encoders.encoder import Encoders, Matrix
from index.language.analyser import ngrams
from index.language.asked_for import asks_moment, asks_number, states_moment, states_number
from index.language.phrases import pattern, shadow
from index.language.sentences import sentence_spans
from index.language.span import Span
from index.search.bm25 import scores_of_counts
from index.search.search_index import SearchIndex
from rag.retrieval.fuse import Scores, standardised
from rag.retrieval.retrieve import Retrieved

# Passages whose sentences are kept at hand once they were shown.
_KEPT = 512
# How many standard deviations among the sentences of a passage it is worth to state what is asked for.
_STATED = 2.0


@dataclass(frozen=True, slots=True)
class _Sentences:
    """Where the sentences of a passage stand in the document, and for each token of it the number of its sentence.

    `tokens` is empty where the encoder cannot tell where its tokens stand.
    """

    spans: tuple[Span, ...]
    tokens: NDArray[np.intp]


class Highlighter:
    """Marks passages of one index; several threads may ask at once."""

    def __init__(self, index: SearchIndex, encoders: Encoders) -> None:
        self._collection = index.collection
        self._late = index.late
        self._encoders = encoders
        self._sentences = lru_cache(_KEPT)(self._analysed)

    def answering_sentences(
        self,
        rows: Sequence[int],
        question: Retrieved | None,
        phrases: Sequence[str] = (),
        among: Sequence[Sequence[Span]] = (),
    ) -> list[Span | None]:
        """The best sentence of each passage, the first of equals; of those with a phrase where there are any.

        A sentence answers as late interaction has a passage answer: by its
        token that is nearest to each of the question's; one with a number where
        that is asked for, or a moment, before its neighbours. Where the encoder
        cannot tell where its tokens stand, the nearer a sentence is in words
        and in meaning, the better; what is rare among words is rare in the
        sentences of these passages. Of a passage that has sentences in
        `among`, only those are looked at. None where the passage is one sentence:
        then the whole passage answers. None too where neither a question nor a
        phrase tells them apart.
        """
        found = [self._sentences(row) for row in rows]
        scores = None if question is None or not found else self._scores(rows, found, question)
        starts = accumulate((len(sentences.spans) for sentences in found), initial=0)
        states = None if question is None else _states(question.text)
        return [
            _best(
                self._collection.documents[int(self._collection.columns.document[row])].text,
                sentences.spans,
                None if scores is None else scores[start : start + len(sentences.spans)],
                phrases,
                wanted,
                states,
            )
            for row, sentences, start, wanted in zip(rows, found, starts, among or repeat(()), strict=False)
        ]

    def _analysed(self, row: int) -> _Sentences:
        columns = self._collection.columns
        text = self._collection.documents[int(columns.document[row])].text
        spans = sentence_spans(text, int(columns.start[row]), int(columns.end[row]))
        passage = text[columns.start[row] : columns.end[row]]
        (tokens,) = self._encoders.passages.token_spans([passage])
        begins = [span.start - int(columns.start[row]) for span in spans[1:]]
        return _Sentences(
            spans, np.searchsorted(np.array(begins, dtype=np.intp), [end - 1 for _, end in tokens], side="right")
        )

    def _scores(self, rows: Sequence[int], found: Sequence[_Sentences], question: Retrieved) -> Scores:
        """The score of each sentence of all passages; only those of one passage compare."""
        cosines = self._late.cosines(question.tokens, rows)
        if any(len(sentences.tokens) != len(own) for sentences, own in zip(found, cosines, strict=True)):
            return self._without_tokens(rows, found, question)
        joined: Scores = np.concatenate(
            [_nearest(sentences, own) @ question.counts for sentences, own in zip(found, cosines, strict=True)]
        )
        return joined

    def _without_tokens(self, rows: Sequence[int], found: Sequence[_Sentences], question: Retrieved) -> Scores:
        """How near each sentence of all passages is to the question, in words and in meaning."""
        documents = [self._collection.documents[int(self._collection.columns.document[row])] for row in rows]
        texts = [
            span.of(document.text)
            for document, sentences in zip(documents, found, strict=True)
            for span in sentences.spans
        ]
        words = scores_of_counts(ngrams(question.text), [Counter(ngrams(text)) for text in texts])
        meaning: Scores = standardised(self._encoders.words.encode_passages(texts) @ question.query[0])
        return standardised(words) + meaning


def _nearest(sentences: _Sentences, cosines: Matrix) -> Matrix:
    """For each sentence and each token asked for, the cosine of its nearest token; -1 in a sentence without tokens."""
    nearest = np.full((len(sentences.spans), cosines.shape[1]), -1.0, dtype=np.float32)
    # Tokens stand in the order of the sentences.
    present, begins = np.unique(sentences.tokens, return_index=True)
    if len(present):
        nearest[present] = np.maximum.reduceat(cosines, begins, axis=0)
    return nearest


def _states(question: str) -> Callable[[str], bool] | None:
    """Whether a sentence states what is asked for, where that is a moment or a number; None where it is neither."""
    if asks_moment(question):
        return states_moment
    return states_number if asks_number(question) else None


def _best(
    text: str,
    spans: Sequence[Span],
    scores: Scores | None,
    phrases: Sequence[str],
    wanted: Sequence[Span],
    states: Callable[[str], bool] | None,
) -> Span | None:
    looked_at = [i for i, span in enumerate(spans) if span in wanted] or range(len(spans))
    quoting = [i for i in looked_at if phrases and _quotes(spans[i].of(text), phrases)]
    if len(spans) < 2 or (scores is None and not quoting and not wanted):
        return None
    if scores is not None and states is not None:
        scores = scores + _STATED * scores.std() * np.array([states(span.of(text)) for span in spans])
    return spans[max(quoting or looked_at, key=lambda i: (0.0 if scores is None else scores[i], -i))]


def _quotes(text: str, phrases: Sequence[str]) -> bool:
    shadowed = shadow(text)
    return any(pattern(phrase).search(shadowed) for phrase in phrases)
