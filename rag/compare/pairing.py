"""Which unit of one document stands beside which of another: by the question, else by its meaning."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from index.encoders.encoder import Encoder
from index.language.analyser import fold
from index.language.regex import regex
from index.language.typography import level
from index.model.types import Document, Unit

Matched = Literal["question", "meaning"]
# The cosine of two questions, and of two answers, from which on they are taken for the same in other words; of two with
# the same number it may be less by so much.
_ALIKE, _ALIKE_ANSWERS, _SAME_NUMBER = 0.75, 0.95, 0.2
# Code points of a unit without a question or heading that stand for it, and of any.
_BEGINNING = 300
_LONGEST = 2_000
# So many units that no question matches are compared with each other in meaning.
_BY_MEANING = 1_000
# A question's own number, which changes when another comes before it.
_NUMBER = regex(r"^\W*\d{1,3}[.)]?\s+")


@dataclass(frozen=True, slots=True)
class Pair:
    """Units of two documents that stand beside each other, or one of one of them; and how they were matched.

    `moved` where it stands before or behind others that kept their order.
    """

    a: Unit | None
    b: Unit | None
    matched: Matched | None = None
    moved: bool = False


def pairs(a: Document, units_a: Sequence[Unit], b: Document, units_b: Sequence[Unit], words: Encoder) -> list[Pair]:
    """The units of both, each once, in the order of `b`, those only in `a` where they stood; `words` tells meaning."""
    texts_a, texts_b = ([_text(document, unit) for unit in units] for document, units in ((a, units_a), (b, units_b)))
    found: dict[int, tuple[int, Matched]] = {}
    for place, other in in_turn([_key(text) for text in texts_a], [_key(text) for text in texts_b]):
        found[place] = (other, "question")
    left_a = [place for place in range(len(units_a)) if place not in found]
    taken = {other for other, _ in found.values()}
    left_b = [place for place in range(len(units_b)) if place not in taken]
    left_a, left_b = left_a[:_BY_MEANING], left_b[:_BY_MEANING]
    for place, other in _by_meaning(_Asked(a, units_a, left_a), _Asked(b, units_b, left_b), words):
        found[left_a[place]] = (left_b[other], "meaning")
    places = sorted(found)
    kept = {places[rank] for rank in longest_ascending([found[place][0] for place in places])}
    return _in_order(units_a, units_b, found, kept)


def _text(document: Document, unit: Unit) -> str:
    text = unit.question_text(document.text)
    if not text and (span := unit.answer or unit.context):
        text = document.text[span.start : min(span.end, span.start + _BEGINNING)]
    return text[:_LONGEST]


def _key(text: str) -> str:
    return fold(_NUMBER.sub("", " ".join(level(text).split())))


def in_turn(ours: Sequence[str], theirs: Sequence[str]) -> list[tuple[int, int]]:
    """The places of what is the same in both: of what comes several times the first with the first, and so on."""
    waiting: dict[str, list[int]] = defaultdict(list)
    for place in range(len(theirs) - 1, -1, -1):
        waiting[theirs[place]].append(place)
    return [(place, waiting[key].pop()) for place, key in enumerate(ours) if key and waiting.get(key)]


def longest_ascending(places: Sequence[int]) -> list[int]:
    """Where in `places`, which are distinct, the longest ascending run stands that skips as few as can be."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for rank, place in enumerate(places):
        at = bisect_left(tails, place)
        before.append(ends[at - 1] if at else -1)
        tails[at : at + 1] = [place]
        ends[at : at + 1] = [rank]
    found: list[int] = []
    rank = ends[-1] if ends else -1
    while rank >= 0:
        found.append(rank)
        rank = before[rank]
    return found[::-1]


class _Asked:
    """Some units of a document: what they ask, what they answer, and their numbers."""

    def __init__(self, document: Document, units: Sequence[Unit], places: Sequence[int]) -> None:
        chosen = [units[place] for place in places]
        self.questions = [_text(document, unit) for unit in chosen]
        self.answers = [_answer(document, unit) for unit in chosen]
        self.numbers = np.array([min(unit.numbers, default=0) for unit in chosen])


def _answer(document: Document, unit: Unit) -> str:
    span = unit.answer
    return document.text[span.start : min(span.end, span.start + _LONGEST)] if span else ""


def _by_meaning(ours_asked: _Asked, theirs_asked: _Asked, words: Encoder) -> list[tuple[int, int]]:
    """The pairs whose questions, or whose answers, are most alike, the best first, as long as they are alike enough."""
    if not ours_asked.questions or not theirs_asked.questions:
        return []
    asked = words.encode_passages(ours_asked.questions) @ words.encode_passages(theirs_asked.questions).T
    answered = words.encode_passages(ours_asked.answers) @ words.encode_passages(theirs_asked.answers).T
    same = (ours_asked.numbers[:, None] == theirs_asked.numbers) & (theirs_asked.numbers > 0)
    alike = np.maximum(asked, answered - (_ALIKE_ANSWERS - _ALIKE)) + _SAME_NUMBER * same
    ours, theirs = np.nonzero(alike >= _ALIKE)
    order = np.argsort(-alike[ours, theirs], kind="stable")
    taken_a: set[int] = set()
    taken_b: set[int] = set()
    found = []
    for row, column in zip(ours[order].tolist(), theirs[order].tolist(), strict=True):
        if row not in taken_a and column not in taken_b:
            taken_a.add(row)
            taken_b.add(column)
            found.append((row, column))
    return found


def _in_order(
    units_a: Sequence[Unit], units_b: Sequence[Unit], found: dict[int, tuple[int, Matched]], kept: set[int]
) -> list[Pair]:
    by_other = {other: (place, matched) for place, (other, matched) in found.items()}
    ordered: list[Pair] = []
    done = 0
    for other, unit in enumerate(units_b):
        if other not in by_other:
            ordered.append(Pair(None, unit))
            continue
        place, matched = by_other[other]
        if place in kept:
            ordered += [Pair(units_a[gone], None) for gone in range(done, place) if gone not in found]
            done = place
        ordered.append(Pair(units_a[place], unit, matched, place not in kept))
    return ordered + [Pair(units_a[gone], None) for gone in range(done, len(units_a)) if gone not in found]
