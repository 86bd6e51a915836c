"""Part a question that asks several things: "wat is de boete en wie legt haar op?".

A part must be a question that can be asked: an item of a numbered list, a
sentence with its question mark, or a clause behind "en" that begins with a
question word and its verb. Where that is not certain the question stays one,
since a question parted wrongly is worse than one that is not parted.
"""

import re
from collections.abc import Iterator

from index.language.analyser import STOPWORDS, is_number, words
from index.language.regex import regex
from index.language.span import Span, trimmed

# More parts than this are no longer read as questions to show one by one.
MOST_PARTS = 12

_QUESTION_WORDS = frozenset(
    "wie wat waar waarom wanneer hoe hoeveel hoelang hoevaak welk welke wiens waarmee waarvoor waardoor waarover "
    "waartoe waarop waarin waaruit waarbij waarvan who what where why when how which whose whom".split()
)
# Behind these comes a noun or an adjective before the verb.
_DEGREES = frozenset("hoeveel welk welke wiens hoe which whose how".split())
_PREPOSITIONS = "door aan van met voor op in bij tegen over naar tot sinds vanaf uit by to for with from on at of since"
_AND = regex(
    rf"(?:\s*[,;])?\s+(?:en|and)\s+(?=(?:(?:{'|'.join(_PREPOSITIONS.split())})\s+)?"
    rf"(?:{'|'.join(sorted(_QUESTION_WORDS))})\b)",
    re.IGNORECASE,
)
_VERBS = frozenset(
    "is zijn was waren wordt worden werd werden heeft hebben had hadden kan kunnen kon konden zal zullen zou zouden "
    "moet moeten moest moesten mag mogen mocht mochten wil willen wilde gaat gaan ging gingen doet doen deed deden "
    "komt komen kwam kwamen krijgt krijgen kreeg kregen geeft geven gaf gaven staat staan stond ligt liggen kost "
    "kosten kostte betaalt betalen legt leggen werkt werken werkte werkten houdt houden vindt vinden zegt zeggen "
    "maakt maken geldt gelden duurt duren beslist beslissen neemt nemen nam namen blijft blijven bleef ziet zien zag "
    "gebeurt gebeurde bestaat bestaan valt vallen helpt helpen loopt lopen luidt denkt denken weet weten gebruikt "
    "gebruiken are were will would can could should does do did has have had must may might".split()
)
# What stands between a question word and its verb only in a clause within another: "wie de daders zijn".
_SUBJECTS = frozenset(
    "de het een er ze zij hij men we wij ik je jij u dit dat die deze mijn onze ons hun haar zijn the a an it they he "
    "she we you i this that these those my our their his her its there".split()
)
_PRESENT = regex(r"[a-zëïé]{3,}t")
_PARTICIPLE = regex(r"(?:(?:\w{1,5})?ge|ver|be|ont|her)\w{2,}(?:d|t|en)")
_THIRD_PERSON = regex(r"[a-z]{3,}(?:s|ed)")
_LINE_ITEM = regex(r"^[ \t]*(?:(\d{1,2})[.)]|([a-z])\)|[-*•])[ \t]+(?=\S)", re.MULTILINE)
_INLINE_ITEM = regex(r"(?:(?<=\s)|^)\(?(\d{1,2}|[a-z])\)\s+(?=\S)")
_SENTENCE_END = regex(r"\?+[\"”“»')]*(?=\s)")
# "Zo ja, …", "waarom niet?" and "kunt u dat toelichten?" belong to the question before them.
_BELONGS = regex(
    r"\W*(?:(?:en|and)\s+)?(?:(?:zo|indien|als|if)\s+(?:ja|nee|niet|geen|wel|so|not|no)\b|(?:waarom|hoezo"
    r"|why)(?:\s+(?:niet|wel|not))?\W*$|(?:kunt|kan|wilt|could|can)\s+(?:u|you|de minister|het kabinet"
    r"|the minister)\b.*(?:toelicht|antwoord|uitleg|onderbouw|motiver|specificer|explain|elaborate|answer))",
    re.IGNORECASE | re.DOTALL,
)
# What any question may ask of any other: "hoe ziet de minister dat?" is none by itself.
_ASIDE = frozenset(
    "minister kabinet regering ziet zien vindt vinden denkt denken oordeelt oordeel mening reactie think thinks say "
    "says government opinion view daarvan daarover hierover hiervan".split()
)


_QUOTED = regex(r"“[^”]{0,500}”|„[^”“]{0,500}[”“]|\"[^\"]{0,500}\"|(?<!\w)‘[^’]{3,500}’|(?<!\w)'[^']{3,500}'(?!\w)")
# Of members a clause begins with its verb too: "…, en bent u bereid …".
_WHO = r"(?:u|de (?:minister|staatssecretaris|regering|bewindspersonen?)|het kabinet|hij|zij)"
_AND_VERB = regex(
    rf",?\s+(?:en|of)\s+(?=(?:kunt|kan|bent|is|zijn|wilt|wil|deelt|delen|gaat|heeft|hebt|zal|zult|vindt|acht|erkent"
    rf"|onderschrijft|herkent|ziet) {_WHO}\b)",
    re.IGNORECASE,
)
# So many code points a question has at least; what is longer than the second is not parted.
_SHORTEST = 15
_LONGEST_PARTED = 4_000


def members_sub_questions(text: str, question: Span) -> tuple[Span, ...]:
    """The sub-questions of one written question of the members, in order: at least one, exact slices of `text`."""
    if question.end - question.start > _LONGEST_PARTED:
        return (question,)
    asked = _QUOTED.sub(lambda match: "#" * len(match[0]), question.of(text))
    found: list[Span] = []
    for span in sub_questions(asked) or (Span(0, len(asked)),):
        begin = span.start
        for match in _AND_VERB.finditer(asked, span.start, span.end):
            if match.start() - begin >= _SHORTEST and span.end - match.end() >= _SHORTEST:
                found.append(Span(begin, match.start()))
                begin = match.end()
        found.append(Span(begin, span.end))
    return tuple(Span(question.start + one.start, question.start + one.end) for one in found)


def sub_questions(text: str) -> tuple[Span, ...]:
    """Where the questions that `text` asks stand in it, in order; empty where it asks one.

    Quoted phrases in it must be masked: nothing in them is read as a question.
    """
    ranges = _items(text) or list(_clauses(text))
    found = tuple(span for start, end in ranges if (span := trimmed(text, start, end, " \t\n,;")))
    return found if 2 <= len(found) <= MOST_PARTS else ()


def has_subject(question: str) -> bool:
    """Whether a question says itself what it is about: more than its question word, its verb and numbers.

    "Worden foto's verwijderd?" does; "wie betaalt?" and "hoeveel is er uitgegeven?" do not.
    """
    said = words(question)
    place = _question_word(said)
    verb = place + 1 if place is not None and said[place] not in _DEGREES else 0
    rest = [
        word
        for at, word in enumerate(said)
        if word not in STOPWORDS
        and word not in _VERBS
        and word not in _QUESTION_WORDS
        and word not in _ASIDE
        and not is_number(word)
        and not (at == verb and at != place and _looks_like_verb(word))
    ]
    # "hoe hoog?": what stands behind "hoe" is a degree, and a participle alone is the rest of the verb.
    degree = place is not None and said[place] == "hoe" and rest[:1] == said[place + 1 : place + 2]
    rest = rest[1:] if degree else rest
    return bool(rest) and not (len(rest) == 1 and rest[0] == said[-1] and _PARTICIPLE.fullmatch(rest[0]))


def _items(text: str) -> list[tuple[int, int]]:
    """The items of a list that `text` is, each with something to search for; empty where it is none."""
    for pattern in (_LINE_ITEM, _INLINE_ITEM):
        marks = list(pattern.finditer(text))
        if len(marks) < 2 or not _count_on([next((g for g in mark.groups() if g), "") for mark in marks]):
            continue
        ends = [*(mark.start() for mark in marks[1:]), len(text)]
        spans = [(mark.end(), end) for mark, end in zip(marks, ends, strict=True)]
        if all(_content(text[start:end]) for start, end in spans):
            return spans
    return []


def _count_on(marks: list[str]) -> bool:
    """Whether marks are 1, 2, 3 or a, b, c, or all bullets."""
    if not any(marks):
        return True
    counted = [ord(mark) - ord("a") + 1 if mark.isalpha() else int(mark or 0) for mark in marks]
    return counted == list(range(1, len(marks) + 1))


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    """The questions of running text, sentence by sentence."""
    for start, end in _sentences(text):
        begin = start
        for match in _AND.finditer(text, start, end):
            if _parts(_last_sentence(text[begin : match.start()]), text[match.end() : end]):
                yield begin, match.start()
                begin = match.end()
        yield begin, end


def _last_sentence(text: str) -> str:
    """What stands behind the last full stop: what leads to a question is no part of its clause."""
    return text[max(text.rfind(mark) + 1 for mark in (". ", "! ", "\n")) :]


def _sentences(text: str) -> list[tuple[int, int]]:
    """The sentences that end in a question mark, each with what leads to it or belongs to it."""
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    ends = [end for end in ends if re.search(r"\w", text[end:])]
    found: list[tuple[int, int]] = []
    for start, end in zip([0, *ends], [*ends, len(text)], strict=True):
        piece = text[start:end]
        asks = piece.rstrip(" \"”“»')").endswith("?") or _question_word(words(piece)) is not None
        if found and (_BELONGS.match(piece) or _is_aside(piece) or not asks):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _is_aside(text: str) -> bool:
    said = _content(text)
    return bool(said) and all(word in _ASIDE for word in said)


def _parts(first: str, second: str) -> bool:
    """Whether two clauses with "en" between them are two questions."""
    left, right = words(first), words(second)
    return bool(_named(left)) and _is_main_clause(right) and _opening(left) != _opening(right)


def _opening(said: list[str]) -> list[str]:
    """The question word and its verb: "wat doet de politie en wat doet het OM" compares, and is one question."""
    return [word for word in said if word in _QUESTION_WORDS or word in _VERBS][:2]


def _is_main_clause(said: list[str]) -> bool:
    """Whether these words are a question by themselves: a question word, then its verb."""
    place = _question_word(said)
    if place is None:
        return False
    asked, rest = said[place], said[place + 1 :]
    if len(rest) > 1 and (rest[0] in _VERBS or (asked not in _DEGREES and _looks_like_verb(rest[0]))):
        return True
    known = (word in _VERBS for word in _before_subject(rest[:5]))
    return asked in _DEGREES and any(known)


def _before_subject(said: list[str]) -> Iterator[str]:
    """The words up to an article or pronoun: behind it, the verb would stand last."""
    for word in said:
        if word in _SUBJECTS and word not in _VERBS:
            return
        yield word


def _question_word(said: list[str]) -> int | None:
    """The place of a question word at the beginning, behind one preposition or "en" at most."""
    return next((place for place, word in enumerate(said[:2]) if word in _QUESTION_WORDS), None)


def _looks_like_verb(word: str) -> bool:
    if word in _SUBJECTS or word in STOPWORDS:
        return False
    return bool(_PRESENT.fullmatch(word) or _THIRD_PERSON.fullmatch(word))


def _content(text: str) -> list[str]:
    return [word for word in words(text) if word not in STOPWORDS]


def _named(said: list[str]) -> list[str]:
    """What a clause is about: its words besides the question word and a verb right behind it."""
    place = _question_word(said)
    behind = 1 if place is not None and said[place] in _DEGREES else 2
    rest = said if place is None else said[place + behind :]
    return [word for word in rest if word not in STOPWORDS and word not in _VERBS]
