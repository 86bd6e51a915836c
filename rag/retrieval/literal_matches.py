"""What stands in the documents whatever is asked: a few bare words, and words that nobody else has."""

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from index.language.analyser import Analysed, is_number
from rag.question.follow_up import GENERIC
from rag.retrieval.word_forms import WordForms

# What is said around the words that a question is about.
AROUND = GENERIC | frozenset(
    "bedoel bedoelt bedoelen geef geeft geven toon laat laten zeg zei zeiden iets mee weet weten denkt denken "
    "vindt vind vraagt vroeg vragen stelt stelde mening standpunt reactie informatie gegevens overzicht alles "
    "per jaar aantal komt schrijft noemt find show give tell about many much opinion view information".split()
)
# Who says these talks: "dit werkt niet" and "which model are you" are no keyword with something around it.
_TALK = frozenset(
    "ik mij me mijn we wij ons onze je jij jou jouw jullie u uw dit niet geen ja nee i my we our you your not no this "
    "yes".split()
)
_ARTICLES = frozenset("de het een the a an".split())
# Somebody who types more says what he means in a sentence, or so many words that some stand anywhere.
_MOST = 3


def keywords_stand(text: str, forms: WordForms, eligible: NDArray[np.bool_]) -> bool:
    """Whether `text` is at most three words of content, one of them no number, and one unit has them all.

    One word in talk is not asked for. A word with hyphens is one, and one that is usually said around others is asked
    for where it stands alone.
    """
    analysed = Analysed(text)
    joined = [word for word in analysed.content_words if "-" in word]
    content = [word for word in analysed.content_words if not any(word in whole.split("-") for whole in joined)]
    alone = len(_ARTICLES.union(analysed.words)) == len(_ARTICLES) + 1
    said = [word for word in dict.fromkeys(content) if alone or word not in AROUND]
    talk = len(said) == 1 and not _TALK.isdisjoint(analysed.words)
    bare = len(content) <= _MOST and any(not is_number(word) for word in said) and not talk
    return bare and forms.together(said, eligible)


def own_word_stands(text: str, forms: WordForms, language: Collection[str], eligible: NDArray[np.bool_]) -> bool:
    """Whether `text` has a word that the documents have and `language` has not: then it is on their subject."""
    content = Analysed(text).content_words
    return any(forms.own(word, language) and forms.together([word], eligible) for word in dict.fromkeys(content))
