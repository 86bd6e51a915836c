"""What of each question of the members its answer answers, found when a document is added.

A question is parted into its sub-questions, and each is laid beside the
sentences of its answer: those that share its words, weighed by how rare they
are in the document, and those that reply ("Ja", "ik deel", "ik zal"). Words
alone do not tell an answer from a silence: an answer is put in other words. So
"partly" and "not found" are told only of forms of question that ask for
something that can be looked for, a yes or no, a will, an opinion, a number.
What each rule is worth was measured (`eval/benchmarks/coverage`).
"""

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import Literal

import msgspec

from index.language.analyser import content_words, stem
from index.language.asked_for import asks_whether_known
from index.language.parliament.promises import undertakings
from index.language.parliament.sub_questions import members_sub_questions
from index.language.regex import regex
from index.language.sentences import sentence_spans
from index.language.span import Span
from index.language.values.references import references
from index.model.parts import Part, parts
from index.model.store import Record
from index.model.types import Unit

Status = Literal["answered", "partly", "elsewhere", "not found"]
Rule = Literal["reply", "words", "silent", "doubtful", "number", "near", "refers", "followed", "no answer"]

# How often the status that a rule gives was right: (right + 1) / (all + 2) of the sub-questions judged by hand
# (eval/benchmarks/coverage); "partly" and "not found" are right where no full answer was seen. Of "followed" and "no
# answer" there were none.
CERTAINTY: dict[Rule, float] = {
    "reply": 0.72,
    "words": 0.74,
    "silent": 0.9,
    "doubtful": 0.6,
    "number": 0.75,
    "near": 0.5,
    "refers": 0.92,
    "followed": 0.5,
    "no answer": 0.8,
}
# Sentences that are shown of an answer; words of a sub-question, and sentences of an answer, that are compared.
_SHOWN = 3
_WORDS = 60
_COMPARED = 300


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence, or a table, of an answer: the slice `start:end` (code points) of the document."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Covered:
    """A sub-question, and what answers it.

    `text` is the slice `start:end` of the document, `sub` its place, from 1,
    in the question of these `numbers`; `label` is that of the unit. `where`
    are the questions (numbers) and annexes (Roman numerals) that the answer
    points to, where it is elsewhere. `confidence` is how often the `rule` was right.
    """

    numbers: tuple[int, ...]
    sub: int
    label: str
    text: str
    start: int
    end: int
    status: Status
    evidence: tuple[Evidence, ...]
    where: tuple[int | str, ...]
    confidence: float
    rule: Rule


# Once, before there are threads (see `index/library/segment_files.py`).
_DECODER = msgspec.json.Decoder(tuple[Covered, ...])

# Words that any question has, and say nothing of what it is about.
_COMMON = frozenset(
    stem(word)
    for word in "minister staatssecretaris kabinet regering leden lid fractie vraag vragen mening delen deelt eens "
    "bereid kunt bent kan wijze manier ja nee nodig graag aangeven toelichten uiteenzetten verzoeken stelling vindt "
    "denkt acht tevens daarnaast deze hoeverre volgens genoemde gaan komen krijgen maken".split()
)
# Asks to be told, and so anything may be the answer.
_TELL = regex(
    r"\b(?:kunt u|kan (?:de \w+|het kabinet|hij|zij))\b.{0,60}?\b(?:aangeven|toelichten|uiteenzetten|reflecteren|ingaan"
    r"|schetsen|duiden|beschrijven|uitleggen|motiveren|delen|geven)\b",
    re.IGNORECASE | re.DOTALL,
)
_POLAR = regex(
    r"\W*(?:(?:en|of|ook|tevens) )?(?:(?:in hoeverre )?(?:deelt|onderschrijft|erkent|herkent|vindt|acht|ziet|bent|kunt"
    r"|wilt|gaat|heeft|hebt)"
    r" (?:u|de (?:minister|staatssecretaris|regering)|het kabinet|hij|zij)\b|(?:is|zijn|kan|kunnen|wil|zal|worden|wordt"
    r"|financiert|gebeurt|klopt|nemen)\b)",
    re.IGNORECASE,
)
_NUMBER = regex(r"\b(?:hoeveel|hoe vaak|hoe veel|welk (?:aantal|bedrag|percentage|deel))\b", re.IGNORECASE)
_FIGURE = regex(
    r"(?<![\d/])(?!(?:19|20)\d\d\b)\d[\d.,]*(?!\s*(?:januari|februari|maart|april|mei|juni|juli|augustus|september"
    r"|oktober|november|december))\b|\b(?:geen|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|helft|miljoen)\b",
    re.IGNORECASE,
)
_REPLY = regex(
    r"^\W*(?:ja|nee|neen|inderdaad|klopt|dat klopt|dit klopt|zeker)\b"
    r"|\b(?:deel|delen|deelt|onderschrijf|onderschrijft|erken|erkent|onderken|onderkent|herken|herkent|vind|vindt|acht"
    r"|bevestig|betreur|betreurt) (?:ik|wij|het kabinet|u|de|deze|dit|dat|het)\b"
    r"|\b(?:ik|wij|het kabinet) (?:deel|deelt|delen|onderschrijf|onderschrijft|erken|erkent|onderken|onderkent|herken"
    r"|herkent|vind|vindt|acht|bevestig|betreur|betreurt)\b"
    r"|\b(?:ben|is) het (?:(?:er|hier|daar)(?:mee)? )?(?:niet |wel )?(?:met [^.]{1,60} )?eens\b"
    r"|\b(?:on)?(?:wenselijk|toereikend|aanvaardbaar|acceptabel|voldoende|onvoldoende)\b",
    re.IGNORECASE,
)
_POINTS = regex(r"\bverwijs\b|\bverwijzen\b|\bverwezen\b|^\W*zie\b", re.IGNORECASE)


@dataclass(frozen=True)
class _Sentence:
    """A sentence of an answer, or a table in it, with the stems of its words."""

    span: Span
    text: str
    table: bool
    own: tuple[int, ...]
    stated: date | None

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset(_stems(self.text))

    @cached_property
    def reply(self) -> bool:
        return not self.table and bool(_REPLY.search(self.text) or undertakings(self.text, self.stated))

    @property
    def not_known(self) -> bool:
        return any(found.verdict == "not known" for found in undertakings(self.text, self.stated))

    @cached_property
    def points_to(self) -> tuple[int | str, ...]:
        return references(self.text, self.own) if _POINTS.search(self.text) else ()


def _stems(text: str) -> dict[str, None]:
    """The distinct stems of a text that say what it is about, in order."""
    return {found: None for word in content_words(text) if (found := stem(word)) not in _COMMON}


@dataclass(frozen=True)
class _Answer:
    """The sentences of one answer: those that say something here, and those that point to another."""

    here: tuple[_Sentence, ...]
    pointing: tuple[_Sentence, ...]

    def __bool__(self) -> bool:
        return bool(self.here or self.pointing)


class _Answers:
    """The answers of one document, sentence by sentence."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._sentences: dict[str, tuple[_Sentence, ...]] = {
            unit: tuple(sentence for part in found for sentence in self._of(part))
            for unit, found in groupby(
                sorted(
                    (p for p in parts(record.document, record.units) if p.unit and p.field in ("answer", "table")),
                    key=lambda part: (part.unit.id if part.unit else "", part.span),
                ),
                key=lambda part: part.unit.id if part.unit else "",
            )
        }
        everything = [sentence for found in self._sentences.values() for sentence in found]
        self._having = Counter(word for sentence in everything for word in sentence.words)
        self._count = len(everything)

    def _of(self, part: Part) -> Iterator[_Sentence]:
        document = self._record.document
        if part.unit is None or (part.speaker == "members"):
            return
        table = part.field == "table"
        spans = (part.span,) if table else sentence_spans(document.text, part.span.start, part.span.end)
        for span in spans:
            yield _Sentence(span, span.of(document.text), table, part.unit.numbers, document.date)

    def of(self, unit: Unit) -> "_Answer":
        """The answer of a unit, its first sentences."""
        sentences = self._sentences.get(unit.id, ())[:_COMPARED]
        return _Answer(
            tuple(one for one in sentences if not one.points_to), tuple(one for one in sentences if one.points_to)
        )

    def weights(self, text: str) -> dict[str, float]:
        """The first words that a sub-question is about, with how much each tells."""
        found = list(_stems(text))[:_WORDS]
        return {word: math.log(1 + self._count / (1 + self._having[word])) for word in found}


def coverage(record: Record) -> Iterator[Covered]:
    """The sub-questions of one document with what answers them, in its order; none where nothing in it is answered."""
    answers = _Answers(record)
    asked = [unit for unit in record.units if unit.kind == "question"]
    if not any(answers.of(unit) for unit in asked):
        return
    by_number = {number: unit for unit in reversed(asked) for number in unit.numbers}
    for unit in asked:
        found = list(_asked(record.document.text, unit))
        answer = answers.of(unit)
        there = _pointed_to(answer, by_number, answers)
        for numbers, sub, span in found:
            text = span.of(record.document.text)
            judged = _judged(text, answers.weights(text), answer, there, len(found))
            yield Covered(
                numbers,
                sub,
                unit.label,
                text,
                span.start,
                span.end,
                judged.status,
                tuple(Evidence(one.text, one.span.start, one.span.end) for one in judged.evidence),
                judged.where,
                CERTAINTY[judged.rule],
                judged.rule,
            )


def _asked(text: str, unit: Unit) -> Iterator[tuple[tuple[int, ...], int, Span]]:
    """The sub-questions of a unit, each with its own number where the unit tells which, and its place there."""
    apart = len(unit.questions) == len(unit.numbers)
    for place, question in enumerate(sorted(unit.questions)):
        numbers = (unit.numbers[place],) if apart else unit.numbers
        for sub, span in enumerate(members_sub_questions(text, question), start=1):
            yield numbers, sub, span


@dataclass(frozen=True)
class _Judged:
    status: Status
    rule: Rule
    evidence: tuple[_Sentence, ...] = ()
    where: tuple[int | str, ...] = ()


@dataclass(frozen=True)
class _There:
    """Where an answer points, and the sentences there."""

    where: tuple[int | str, ...]
    sentences: tuple[_Sentence, ...]


def _pointed_to(answer: _Answer, by_number: dict[int, Unit], answers: _Answers) -> _There:
    where = tuple(dict.fromkeys(place for sentence in answer.pointing for place in sentence.points_to))
    units = {by_number[place].id: by_number[place] for place in where if isinstance(place, int) and place in by_number}
    found: list[_Sentence] = []
    for unit in units.values():
        if len(found) >= _COMPARED:
            break
        found += answers.of(unit).here
    return _There(where, tuple(found[:_COMPARED]))


def _judged(text: str, weights: dict[str, float], answer: _Answer, there: _There, together: int) -> _Judged:
    """What becomes of one of so many sub-questions that are answered `together`."""
    if not answer:
        return _Judged("not found", "no answer")
    elsewhere = _nearest(there.sentences, _shares(weights, there.sentences))
    if not answer.here:
        return _Judged("elsewhere", "refers", elsewhere or answer.pointing[:1], there.where)
    shares = _shares(weights, answer.here)
    if max(shares) < _NEAR and max(_shares(weights, elsewhere), default=0.0) >= _FOUND_THERE:
        return _Judged("elsewhere", "followed", elsewhere, there.where)
    return _answered(text, answer.here, shares, _nearest(answer.here, shares), together)


# Shares of what the words of a sub-question tell: below the first nothing is near, from the second on it is said.
_NEAR = 0.1
_ENOUGH = 0.45
_FOUND_THERE = 0.25


def _answered(
    text: str, here: Sequence[_Sentence], shares: Sequence[float], nearest: tuple[_Sentence, ...], together: int
) -> _Judged:
    """Answered by a reply or by words; partly or not found where the form of the question lacks what it asks for."""
    found = None
    if asks_whether_known(text):
        found = _Judged("answered", "reply", tuple(here[:1]) if here[0].reply else nearest or tuple(here[:1]))
    elif _NUMBER.search(text):
        found = _numbered(here, shares, nearest)
    elif _POLAR.match(_question(text)) and not _TELL.search(text):
        found = _replied(here, shares, nearest, together)
    if found:
        return found
    return _Judged("answered", "words", nearest) if nearest else _Judged("answered", "near", tuple(here[:1]))


def _numbered(here: Sequence[_Sentence], shares: Sequence[float], nearest: tuple[_Sentence, ...]) -> _Judged:
    """What asks for a number is answered by one, by a table, or where it is said not to be known."""
    missing = [s for s in here if s.not_known]
    stated = [s for s, share in zip(here, shares, strict=True) if s.table or (share and _FIGURE.search(s.text))]
    if answering := dict.fromkeys((*missing, *stated)):
        return _Judged("answered", "reply", tuple(answering)[:_SHOWN])
    return _Judged("partly" if nearest else "not found", "number", nearest)


def _replied(
    here: Sequence[_Sentence], shares: Sequence[float], nearest: tuple[_Sentence, ...], together: int
) -> _Judged | None:
    """What asks for yes or no is answered by a reply; None where so many of its words are said that it may be one.

    Where several are answered together, a reply must share a word, or be the first. What is not known is often
    a figure that another one asks for: it must share more.
    """
    pairs = zip(here, shares, strict=True)
    replies = [
        s for s, share in pairs if s.reply and (together == 1 or s is here[0] or share > (_NEAR if s.not_known else 0))
    ]
    if replies:
        return _Judged("answered", "reply", tuple(dict.fromkeys((replies[0], *nearest)))[:_SHOWN])
    best = max(shares)
    if best >= (_ENOUGH if together > 1 else _ENOUGH / 2):
        return None
    return _Judged("partly", "doubtful", nearest) if best >= _NEAR else _Judged("not found", "silent", nearest)


def _question(text: str) -> str:
    """The sentence that asks, without what leads to it."""
    asking = [span for span in sentence_spans(text) if span.of(text).rstrip('"”’) 0123456789').endswith("?")]
    return asking[0].of(text) if asking else text


def _shares(weights: dict[str, float], sentences: Sequence[_Sentence]) -> list[float]:
    """Of each sentence the share, 0..1, of what the words of a sub-question tell."""
    total = sum(weights.values()) or 1.0
    return [sum(weight for word, weight in weights.items() if word in s.words) / total for s in sentences]


def _nearest(sentences: Sequence[_Sentence], shares: Sequence[float]) -> tuple[_Sentence, ...]:
    """The sentences that share most, in the order of the answer."""
    best = sorted(range(len(sentences)), key=lambda place: (-shares[place], place))[:_SHOWN]
    kept = sorted(place for place in best if shares[place] > 0.6 * shares[best[0]])
    return tuple(sentences[place] for place in kept)


def encoded_coverage(record: Record) -> bytes:
    """The coverage of one document as JSON, to keep."""
    return msgspec.json.encode(tuple(coverage(record)))


def read_coverage(encoded: bytes) -> tuple[Covered, ...]:
    """What `encoded_coverage` wrote."""
    return _DECODER.decode(encoded)
