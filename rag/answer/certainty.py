"""How sure an answer is, from the curves of the confidence and from what can be told without them.

What the question names and the documents have is certain; what it names and
they do not have is never more than possible.
"""

import math

from index.language.analyser import is_number, words
from rag.answer.types import Hit
from rag.question.query import Query
from rag.retrieval.absent import Absent, not_stated
from rag.retrieval.confidence import confidence, features
from rag.retrieval.filtering import Filtered
from rag.retrieval.identified import Identified
from rag.retrieval.retrieve import Retrieved
from rag.retrieval.weights import shipped_weights


def certainty(
    query: Query, retrieved: Retrieved, filtered: Filtered, named: Identified, lacking: Absent, stands: bool
) -> float:
    """How sure it is that the passages answer, as far as can be told before they are ranked.

    `lacking` is what of the question no document has; `stands` says that it is
    a title, or a few words that one unit has, or has a word of the documents' own.
    """
    if query.only_phrases:
        # Somebody who quotes looks for these words: they stand there or they do not.
        return 1.0 if filtered.with_phrases else 0.0
    sure = confidence(features(retrieved, filtered.found))
    if stands:
        sure = max(sure, shipped_weights().possible)
    if lacking.only or _is_row_of_figures(query.asked):
        sure = 0.0
    sure = _as_named(min(sure, highest_unsure()) if lacking else sure, named)
    return min(sure, highest_unsure()) if query.absent or not filtered.with_phrases else sure


def highest_unsure() -> float:
    """The highest confidence of what is only possibly an answer."""
    return math.nextafter(shipped_weights().sure, 0)


def unstated_numbers(hit: Hit, asked: str, lacking: Absent) -> list[str]:
    """The numbers of a question that the documents have, and the unit of a passage does not."""
    text = hit.document.text
    parts = (hit.unit.context, *hit.unit.questions, hit.unit.answer, hit.passage.span)
    said = " ".join(span.of(text) for span in parts if span)
    known = (str(hit.document.date.year),) if hit.document.date else ()
    return [value for value in not_stated(asked, said, known) if value not in lacking.numbers]


def states_figures(hit: Hit, asked: str) -> bool:
    """Whether a passage states every number that is asked for: in 2025, and not in 2024."""
    return {word for word in words(asked) if is_number(word)} <= set(words(hit.text))


def _is_row_of_figures(asked: str) -> bool:
    """Whether a question is "1 2 3 4 5", which stands anywhere and asks nothing."""
    return len(asked.split()) > 1 and not any(map(str.isalpha, asked))


def _as_named(sure: float, named: Identified) -> float:
    """How sure an answer is where the question names something: certain where that stands, never where it does not."""
    if len(named.rows):
        return 1.0
    if not named.missing or named.in_passing:
        return sure
    return 0.0 if named.only else min(sure, highest_unsure())
