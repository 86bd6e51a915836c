"""Choose the sentence of a passage that answers, to be marked in it."""

from collections.abc import Sequence

from index.encoders.encoder import Matrix
from index.language.analyser import ngrams
from index.language.phrases import pattern, shadow
from index.language.span import Span
from index.search.search_index import SearchIndex
from rag.retrieval.fuse import Scores, standardised


def sentence_scores(index: SearchIndex, text: str, query: Matrix) -> Scores:
    """How near each sentence of the index is to the question, in words and in meaning."""
    words = standardised(index.sentence_ngrams.scores(ngrams(text)))
    meaning: Scores = standardised(index.sentence_vectors @ query[0])
    return words + meaning


def answering_sentence(
    index: SearchIndex, place: int, scores: Scores | None, phrases: Sequence[str] = ()
) -> Span | None:
    """The best sentence of the passage at `place`, the first of equals; of those with a phrase where there are any.

    None where the passage is one sentence: then the whole passage answers.
    None too where neither `scores` nor a phrase tells them apart.
    """
    spans = index.sentences[place]
    start = index.sentence_start(place)
    quoting = [i for i, span in enumerate(spans) if phrases and _quotes(index, place, span, phrases)]
    if len(spans) < 2 or (scores is None and not quoting):
        return None
    best = max(quoting or range(len(spans)), key=lambda i: (0.0 if scores is None else scores[start + i], -i))
    return spans[best]


def _quotes(index: SearchIndex, place: int, span: Span, phrases: Sequence[str]) -> bool:
    passage = index.collection.passages[place]
    text = shadow(span.of(index.collection.document(passage.document).text))
    return any(pattern(phrase).search(text) for phrase in phrases)
