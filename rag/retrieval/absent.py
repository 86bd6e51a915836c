"""What a question names and the documents do not: names, groups, years, amounts, percentages.

A near miss is about the right subject and the wrong year, body or person.
What differs can be said without inventing anything: that a word of the
question stands nowhere. Ordinary words are not named, for the documents say
the same in others; a misspelt word is not, for it was mended; of an English
question only names and numbers are, since the documents are Dutch.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from index.language.analyser import STOPWORDS, fold, is_number, words
from index.language.countries import forms_of_country, is_country
from index.language.parliament.groups import full_names, is_group
from index.language.regex import regex
from index.language.span import Span
from index.language.values.identifiers import Identifier, identifiers
from rag.question.operators import Knows
from rag.question.query import Query
from rag.question.remark import Remark
from rag.retrieval.literal_matches import AROUND
from rag.retrieval.retrieve import Retrieved
from rag.retrieval.word_forms import WordForms

_TOKEN = regex(r"[^\W_]+(?:[-'’.][^\W_]+)*")
# No part of a time, an age, two things at once or a telephone number: "12:30", "16-jarige", "24/7", "0900-8844".
_NUMBER = regex(
    r"(?<![\w.,:])(?!0\d)(?P<number>\d+(?:[.,]\d+)*+)(?!\w|:\d|/\d\b|-[^\W\d])"
    r"(?P<share>\s?(?:%|procent\b|percent\b|per\s+cent\b))?",
    re.IGNORECASE,
)
# Numbers of fewer digits are counted in every text: they name nothing, but for a percentage.
_DIGITS = 2
_JOINT = regex(r"[-'’.]")
# The English word for what a Dutch one says is no name that is missing; cosine by the word encoder.
_TRANSLATED = 0.5
# The government goes by the name of its seat.
_SEATS = frozenset("haag brussel binnenhof hague brussels den the".split())
# A question is about so few words, or about more than can be told.
_FEW = 3


@dataclass(frozen=True, slots=True)
class Absent:
    """What of a question stands in no document, as it was typed.

    `names` and `groups` of the ones who ask; `numbers`: years, amounts and
    percentages. `only`: whether nothing of what the question is about stands
    in the documents.
    """

    names: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    only: bool = False

    def __bool__(self) -> bool:
        return bool(self.names or self.groups or self.numbers)

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """A remark on each."""
        nowhere = (Remark("nowhere", value) for value in (*self.names, *self.numbers))
        return (*nowhere, *(Remark("group asks nothing", group) for group in self.groups))


@dataclass(frozen=True, slots=True)
class _Word:
    """A word as it was typed, where it stands, folded, and whether its capitals say that it is a name."""

    span: Span
    typed: str
    folded: str
    is_name: bool


def absent(query: Query, retrieved: Retrieved, forms: WordForms, known: Collection[str], knows: Knows) -> Absent:
    """What of a question stands in no document.

    `known` are words that are spelt right, and `knows` tells which groups ask.
    """
    text, named = query.asked, identifiers(query.asked)
    full = full_names(text)
    unknown = [span.of(text) for span, group in full if not (knows("group", group) or knows("group", span.of(text)))]
    every = [word for word in _words(text, named) if not any(span.contains(word.span) for span, _ in full)]
    subjects = [word for word in every if word.folded not in STOPWORDS | AROUND]
    # A word that was mended is no longer in what was searched; it stands in the documents as it should be.
    searched = set(words(retrieved.text))
    missing = [w for w in subjects if w.folded in searched and not _stands(w, query, retrieved, forms)]
    groups = [word for word in subjects if is_group(word.typed) and not knows("group", word.typed)]
    groups = [word for word in groups if word in missing or len(subjects) == 1]
    only = 0 < len(subjects) + len(full) <= _FEW and len(missing) + len(unknown) == len(subjects) + len(full)
    ordinary = known if only and not query.searched.is_english else ()
    missing = [word for word in missing if word.is_name or word.folded in ordinary]
    nowhere = (
        n.typed for n in numbers_of(text, named) if not (any(map(forms.names, n.words)) or forms.states(n.value))
    )
    return Absent(
        names=_joined(every, [word for word in missing if word not in groups], text),
        groups=(*(word.typed for word in groups), *unknown),
        numbers=tuple(dict.fromkeys(nowhere)),
        only=only and bool(missing or groups or unknown),
    )


def _stands(word: _Word, query: Query, retrieved: Retrieved, forms: WordForms) -> bool:
    """Whether the documents have a word: a name as it is, another in some form, an English one by its translation.

    A country stands where its people or its adjective do, what is joined ("motie-Jansen", "OM'er") where its parts do.
    """
    if word.folded in _SEATS or forms.any_of(forms_of_country(word.folded)):
        return True
    if not word.is_name:
        return forms.stands(word.folded)
    translated = query.searched.is_english and _nearest(word.folded, retrieved) >= _TRANSLATED
    parts = [(part, fold(part)) for part in _JOINT.split(word.typed) if part and fold(part) not in STOPWORDS]
    apart = all(forms.stands(folded) if part.islower() else forms.names(folded) for part, folded in parts)
    return translated or apart or forms.names(word.folded)


def _nearest(word: str, retrieved: Retrieved) -> float:
    """How near the nearest word of the documents is; 1 where that was not asked."""
    if word not in retrieved.words or not retrieved.passages:
        return 1.0
    return retrieved.near[retrieved.words.index(word)].nearest


def _words(text: str, named: Sequence[Identifier]) -> Iterator[_Word]:
    """The words of a text that are no number and in no identifier."""
    for match in _TOKEN.finditer(text):
        folded = words(match[0])
        inside = any(i.span.start <= match.start() < i.span.end for i in named)
        if folded and not inside and not is_number(folded[0]):
            opens = re.search(r"(?:^|[.?!:])\W*$", text[: match.start()])
            # A capital within it, or the first where no sentence begins.
            capital = any(c.isupper() for c in (match[0][1:] if opens else match[0]))
            name = (capital and not text.isupper() and len(folded[0]) > 1) or is_country(folded[0])
            yield _Word(Span(*match.span()), match[0], folded[0], name)


def _joined(every: Sequence[_Word], missing: Sequence[_Word], text: str) -> tuple[str, ...]:
    """What is missing as it was typed; names side by side are one, whichever of them is missing."""
    runs: list[list[_Word]] = []
    for word in every:
        before = runs[-1][-1] if runs else None
        both = before and before.is_name and word.is_name and not text[before.span.end : word.span.start].strip()
        if both:
            runs[-1].append(word)
        else:
            runs.append([word])
    found = (Span(run[0].span.start, run[-1].span.end) for run in runs if any(word in missing for word in run))
    return tuple(dict.fromkeys(span.of(text) for span in found))


@dataclass(frozen=True, slots=True)
class Number:
    """A year, an amount, a percentage or another number: as it was typed, and its `words` by the analyser.

    `value` in the form of identifiers, by which "zeventigduizend" is 70.000; "" where it is none.
    """

    typed: str
    words: tuple[str, ...]
    value: str = ""


def numbers_of(text: str, named: Sequence[Identifier]) -> list[Number]:
    """The numbers of a question by which an answer can be wrong, but for those of other identifiers and of groups."""
    found = []
    for identifier in named:
        if identifier.kind in ("amount", "number"):
            typed = identifier.span.of(text).strip()
            figures = tuple(word for word in words(typed) if is_number(word))
            found.append(Number(typed, figures, identifier.value))
    taken = [*(identifier.span for identifier in named), *(span for span, _ in full_names(text))]
    for match in _NUMBER.finditer(text):
        inside = any(span.start <= match.start() < span.end for span in taken)
        figures = tuple(word for word in words(match["number"]) if is_number(word))
        telling = match["share"] or sum(c.isdigit() for c in match["number"]) >= _DIGITS
        if figures and telling and not inside:
            found.append(Number(match[0].strip(), figures))
    return found


def not_stated(question: str, said: str, known: Collection[str]) -> tuple[str, ...]:
    """The numbers of a question that are not in what a unit says, nor `known` of its document, as they were typed."""
    asked = numbers_of(question, identifiers(question))
    if not asked:
        return ()
    there = {*words(said), *known}
    values = {found.value for found in identifiers(said) if found.kind in ("amount", "number")}
    lacking = (n.typed for n in asked if (n.value not in values if n.value else not there.issuperset(n.words)))
    return tuple(dict.fromkeys(lacking))
