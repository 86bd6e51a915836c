"""Whether a question leans on the one before it: "en in 2025?", "en wie betaalt dat?".

A question leans where it says too little by itself: it has no content of its
own, opens with "en …", or points back with a word like "daarvan" or "dat".
Whatever can stand alone does: a new question is not searched with an old one.
"""

import re

from index.language.analyser import STOPWORDS, is_number, words

_OPENING = re.compile(
    r"\W*(?:(?:en|maar|dus|ook|and|but|also|so)\b|(?:how|what)\s+about\b|hoe\s+zit\s+(?:het|dat)\b)", re.IGNORECASE
)
# Words that everybody uses about every document.
GENERIC = frozenset(
    "minister kabinet regering brief antwoord vraag zegt zeggen vindt vinden doet doen gaat gaan staat zit precies "
    "sinds per hoezo hoelang vanaf since government letter says say think happens happen precisely".split()
)
# "daarvan" and its like stand for something said before, wherever in the sentence they are.
_BACK = re.compile(r"(?:daar|er|hier)(?:van|voor|over|aan|mee|tegen|bij|in|uit|na|door|toe|op|naar|onder|tussen)")
# These stand for a person or thing, unless the same sentence has named one.
_PERSONS = frozenset("haar hem hen hun ze zij hij they them he she him it its their".split())
# Who speaks of himself, or to somebody, means everybody's "they": "mogen ze mijn whatsapp lezen?".
_THEY = frozenset("ze zij they".split())
_OF_PERSONS = frozenset("mijn mij me ik ons onze je jou jouw uw my our me i your".split())
_THINGS = frozenset("dat die dit deze daar hier zulke zo'n that this these those".split())
_PREPOSITIONS = frozenset(
    "van voor over aan met tegen bij in uit na door tot op naar onder "
    "of for about with against by from to on at".split()
)
# A question that leans says at most so much by itself, in words of content.
_LITTLE, _SOME, _MORE = 2, 3, 4


def is_follow_up(question: str) -> bool:
    """Whether `question` can be understood only with the one before it."""
    said = words(question)
    content = [word for word in said if word not in STOPWORDS and word not in GENERIC]
    if not content or (len(said) > 1 and all(is_number(word) for word in content)):
        return True
    if _OPENING.match(question):
        return len(content) <= _SOME or (_points_back(said) and len(content) <= _MORE)
    if any(_BACK.fullmatch(word) for word in said) and not _coordinated(said):
        return len(content) <= _MORE
    return len(content) <= _LITTLE and _points_back(said)


def _coordinated(said: list[str]) -> bool:
    """Whether the sentence may itself have named what "daarvan" stands for: "AI en de gevaren daarvan"."""
    return "en" in said[1:] or "and" in said[1:]


def _points_back(said: list[str]) -> bool:
    anybody = not _OF_PERSONS.isdisjoint(said)
    for place, word in enumerate(said):
        before = said[2:place]
        named = any(earlier not in STOPWORDS and earlier not in GENERIC for earlier in before)
        if word in _PERSONS and not named and not (anybody and word in _THEY):
            return True
        # Right behind the verb or a preposition, or at the end: elsewhere "dat" and "die" join two clauses.
        in_place = place <= 2 or said[place - 1] in _PREPOSITIONS or place == len(said) - 1
        if word in _THINGS and in_place:
            return True
    return False
