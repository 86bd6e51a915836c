"""Choose the sentence of a passage that answers, to be marked in it."""

import numpy as np

from index.analyse import ngrams
from index.encode import Matrix
from index.search_index import SearchIndex
from index.types import Span
from rag.fuse import Scores, standardised


def sentence_scores(index: SearchIndex, text: str, query: Matrix) -> Scores:
    """How near each sentence of the index is to the question, in words and in meaning."""
    words = standardised(index.sentence_ngrams.scores(ngrams(text)))
    meaning: Scores = standardised(index.sentence_vectors @ query[0])
    return words + meaning


def answering_sentence(index: SearchIndex, place: int, scores: Scores) -> Span | None:
    """The best sentence of the passage at `place`, the first of equals.

    None where the passage is one sentence: then the whole passage answers.
    """
    spans = index.sentences[place]
    if len(spans) < 2:
        return None
    start = index.sentence_start(place)
    return spans[int(np.argmax(scores[start : start + len(spans)]))]
