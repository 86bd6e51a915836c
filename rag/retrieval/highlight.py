"""Choose the sentence of a passage that answers, to be marked in it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

import numpy as np

from index.encoders.encoder import Encoder, Matrix
from index.language.analyser import ngrams
from index.language.phrases import pattern, shadow
from index.language.sentences import sentence_spans
from index.language.span import Span
from index.model.collection import Collection
from index.search.bm25 import scores_of_counts
from rag.retrieval.fuse import Scores, standardised

# Passages whose sentences are kept at hand once they were shown.
_KEPT = 512


@dataclass(frozen=True, slots=True)
class _Sentences:
    """The sentences of a passage: where they stand in the document, how often each n-gram is in each, their vectors."""

    spans: tuple[Span, ...]
    ngrams: tuple[Counter[str], ...]
    vectors: Matrix


class Highlighter:
    """Marks passages of one collection; several threads may ask at once.

    `words` is the encoder that compares sentences with a question.
    """

    def __init__(self, collection: Collection, words: Encoder) -> None:
        self._collection = collection
        self._words = words
        self._sentences = lru_cache(_KEPT)(self._analysed)

    def answering_sentences(
        self, rows: Sequence[int], question: tuple[str, Matrix] | None, phrases: Sequence[str] = ()
    ) -> list[Span | None]:
        """The best sentence of each passage, the first of equals; of those with a phrase where there are any.

        The nearer a sentence is to the question in words and in meaning, the
        better; `question` is its text and its vector by the word encoder,
        shape (1, dimensions). What is rare among words is rare in the
        sentences of these passages. None where the passage is one sentence:
        then the whole passage answers. None too where neither a question nor a
        phrase tells them apart.
        """
        found = [self._sentences(row) for row in rows]
        scores = _scores(found, *question) if question is not None and found else None
        starts = accumulate((len(sentences.spans) for sentences in found), initial=0)
        return [
            _best(
                self._collection.documents[int(self._collection.columns.document[row])].text,
                sentences.spans,
                None if scores is None else scores[start : start + len(sentences.spans)],
                phrases,
            )
            for row, sentences, start in zip(rows, found, starts, strict=False)
        ]

    def _analysed(self, row: int) -> _Sentences:
        columns = self._collection.columns
        text = self._collection.documents[int(columns.document[row])].text
        spans = sentence_spans(text, int(columns.start[row]), int(columns.end[row]))
        sentences = [span.of(text) for span in spans]
        return _Sentences(
            spans,
            tuple(Counter(ngrams(sentence)) for sentence in sentences),
            self._words.encode_passages(sentences),
        )


def _scores(found: Sequence[_Sentences], text: str, query: Matrix) -> Scores:
    """How near each sentence of all passages is to the question, in words and in meaning."""
    words = scores_of_counts(ngrams(text), [counts for sentences in found for counts in sentences.ngrams])
    meaning: Scores = standardised(np.concatenate([sentences.vectors for sentences in found]) @ query[0])
    return standardised(words) + meaning


def _best(text: str, spans: Sequence[Span], scores: Scores | None, phrases: Sequence[str]) -> Span | None:
    quoting = [i for i, span in enumerate(spans) if phrases and _quotes(span.of(text), phrases)]
    if len(spans) < 2 or (scores is None and not quoting):
        return None
    return spans[max(quoting or range(len(spans)), key=lambda i: (0.0 if scores is None else scores[i], -i))]


def _quotes(text: str, phrases: Sequence[str]) -> bool:
    shadowed = shadow(text)
    return any(pattern(phrase).search(shadowed) for phrase in phrases)
