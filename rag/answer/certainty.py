"""How sure an answer is, from the curves of the confidence and from what can be told without them.

What the question names and the documents have is certain; what it names and
they do not have is never more than possible.
"""

import math
from collections.abc import Collection
from itertools import pairwise

from index.language.analyser import STOPWORDS, is_number, words
from rag.answer.types import Hit
from rag.question.query import Query
from rag.retrieval.absent import Absent, not_stated
from rag.retrieval.confidence import confidence, features
from rag.retrieval.filtering import Filtered
from rag.retrieval.identified import Identified
from rag.retrieval.retrieve import Retrieved
from rag.retrieval.weights import Weights
from rag.retrieval.word_forms import WordForms

# What is counted is one of so many words behind "hoeveel", and stands so near behind its number.
_COUNTED, _BEHIND = 2, 3
# The least share of the question's words, and the least number, that the sentence with such a number has.
_SHARED, _LEAST_WORDS = 0.6, 2


def certainty(
    query: Query, retrieved: Retrieved, filtered: Filtered, named: Identified, lacking: Absent, stands: bool
) -> float:
    """How sure it is that the passages answer, as far as can be told before they are ranked.

    `lacking` is what of the question no document has; `stands` says that it is
    a title, or a few words that one unit has, or has a word of the documents' own. The encoder reads
    other languages than Dutch and English too, not well enough to say that it is sure.
    """
    if query.only_phrases:
        # Somebody who quotes looks for these words: they stand there or they do not.
        return 1.0 if filtered.with_phrases else 0.0
    fitted = retrieved.fitted
    sure = confidence(features(retrieved, filtered.found), fitted)
    if stands:
        sure = max(sure, fitted.possible)
    if lacking.only or _is_row_of_figures(query.asked) or (query.searched.is_foreign and not stands):
        sure = 0.0
    sure = _as_named(sure, named, fitted)
    return min(sure, highest_unsure(fitted)) if lacking or query.absent or not filtered.with_phrases else sure


def highest_unsure(weights: Weights) -> float:
    """The highest confidence of what is only possibly an answer."""
    return math.nextafter(weights.sure, 0)


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


def states_the_count(hit: Hit, retrieved: Retrieved, forms: WordForms, language: Collection[str]) -> bool:
    """Whether the sentence marked in `hit` counts what is asked for: "hoeveel fte" and "186 fte".

    It then says literally what is asked: most of the question's words stand in it too, in any form, and all its names,
    told by their capitals or as words that `language` does not know. Another body's figure is no answer.
    """
    counted = _counted(words(retrieved.text))
    if not counted:
        return False
    sentence = words(hit.sentence.of(hit.document.text) if hit.sentence else hit.text)
    lacking = {word for word in retrieved.words if forms.of(word).isdisjoint(sentence)}
    standing = len(retrieved.words) - len(lacking)
    named = set(words(" ".join(word for word in retrieved.text.split()[1:] if word != word.lower())))
    if standing < max(_LEAST_WORDS, _SHARED * len(retrieved.words)) or any(
        word in named or forms.own(word, language) for word in lacking
    ):
        return False
    wanted = frozenset().union(*map(forms.of, counted))
    return any(
        is_number(word) and not _may_be_year(word) and not wanted.isdisjoint(sentence[place + 1 : place + 1 + _BEHIND])
        for place, word in enumerate(sentence)
    )


def _counted(asked: list[str]) -> Collection[str]:
    """The words that may be what a question, by its folded words, asks the number of; none where it asks for none."""
    for place, (before, word) in enumerate(pairwise(["", *asked]), start=1):
        if word == "hoeveel" or (before, word) == ("how", "many"):
            behind = asked[place : place + _COUNTED]
            return [found for found in behind if found not in STOPWORDS and not is_number(found)]
    return ()


def _may_be_year(number: str) -> bool:
    return len(number) == 4 and number.startswith(("19", "20"))


def _is_row_of_figures(asked: str) -> bool:
    """Whether a question is "1 2 3 4 5", which stands anywhere and asks nothing."""
    return len(asked.split()) > 1 and not any(map(str.isalpha, asked))


def _as_named(sure: float, named: Identified, weights: Weights) -> float:
    """How sure an answer is where the question names something: certain where that stands, never where it does not."""
    if len(named.rows):
        return 1.0
    if not named.missing or named.in_passing:
        return sure
    return 0.0 if named.only else min(sure, highest_unsure(weights))
