"""Choose the sentence of a passage that answers, to be marked in it."""

from collections.abc import Sequence
from itertools import accumulate

import numpy as np

from index.encoders.encoder import Encoder, Matrix
from index.language.analyser import ngrams
from index.language.phrases import pattern, shadow
from index.language.sentences import sentence_spans
from index.language.span import Span
from index.model.collection import Collection
from index.search.bm25 import BM25
from rag.retrieval.fuse import Scores, standardised


def answering_sentences(
    collection: Collection,
    rows: Sequence[int],
    question: tuple[str, Matrix] | None,
    words: Encoder,
    phrases: Sequence[str] = (),
) -> list[Span | None]:
    """The best sentence of each passage, the first of equals; of those with a phrase where there are any.

    The nearer a sentence is to the question in words and in meaning, the
    better; `question` is its text and its vector by the encoder of `words`,
    shape (1, dimensions). What is rare among words is rare in the sentences of
    these passages. None where the passage is one sentence: then the whole
    passage answers. None too where neither a question nor a phrase tells them
    apart.
    """
    texts = [collection.documents[int(collection.columns.document[row])].text for row in rows]
    spans = [
        sentence_spans(text, int(collection.columns.start[row]), int(collection.columns.end[row]))
        for text, row in zip(texts, rows, strict=True)
    ]
    scores = None
    if question is not None:
        every = [span.of(text) for text, found in zip(texts, spans, strict=True) for span in found]
        scores = _scores(every, *question, words)
    starts = accumulate((len(found) for found in spans), initial=0)
    return [
        _best(text, found, None if scores is None else scores[start : start + len(found)], phrases)
        for text, found, start in zip(texts, spans, starts, strict=False)
    ]


def _scores(sentences: Sequence[str], text: str, query: Matrix, words: Encoder) -> Scores:
    """How near each sentence is to the question, in words and in meaning."""
    found = BM25.of([ngrams(sentence) for sentence in sentences])
    meaning: Scores = standardised(words.encode_passages(sentences) @ query[0])
    return standardised(found.score(ngrams(text), np.arange(len(sentences)))) + meaning


def _best(text: str, spans: Sequence[Span], scores: Scores | None, phrases: Sequence[str]) -> Span | None:
    quoting = [i for i, span in enumerate(spans) if phrases and _quotes(span.of(text), phrases)]
    if len(spans) < 2 or (scores is None and not quoting):
        return None
    return spans[max(quoting or range(len(spans)), key=lambda i: (0.0 if scores is None else scores[i], -i))]


def _quotes(text: str, phrases: Sequence[str]) -> bool:
    shadowed = shadow(text)
    return any(pattern(phrase).search(shadowed) for phrase in phrases)
