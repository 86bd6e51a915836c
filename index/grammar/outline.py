"""The headings of a document whose questions stand under "Vraag 1", under "1", or behind "1.".

Everything that opens something, in order: questions, answers, sections,
annexes, and what closes the last answer (a signature, a note by the clerk).
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from index.grammar.lines import Line, document_lines
from index.grammar.numbering import (
    LOOSELY_NUMBERED,
    NUMBERED,
    awaited_questions,
    loosely_numbered_questions,
    numbered_questions,
)
from index.language.parliament.groups import group_heading, opens_reply_part
from index.language.parliament.headings import Label, bare_numbers, heading_label, unfinished
from index.language.parliament.introductions import opens_as_government, opens_as_members
from index.language.regex import regex
from index.language.span import Span
from index.language.values.references import annex_place
from index.model.doubts import Doubt
from index.model.types import Document

HeadingKind = Literal["question", "answer", "group", "title", "annex", "closing"]

_ANNEX = regex(r"Bijlagen?(?:\s+(?P<name>[IVX]+|\d{1,2}|[A-H]))?(?=[.:\s]|$)", re.IGNORECASE)
TITLE = regex(
    r"(?:(?:[IVX]{1,5}|[A-H]|\d{1,2}(?:\.\d{1,2}){0,3})\.?|§\s?\d+\.?)\s+[A-ZÀ-Þ«„“\"‘].{0,160}(?<![.?!:;,])"
    r"|Artikel(?:en)?\s+\d+[\w.:]*.{0,80}(?<![.?!:;,])",
)
_SIGNATORY = regex(
    r"(?:Mede\s+namens\b.{3,160}|(?:De|de)\s+(?:vice-)?(?:[Mm]inister|[Ss]taatssecretaris)\b[^.?!:;]{0,120}|"
    r"Hoogachtend|Met\s+vriendelijke\s+groet)[\s,]*"
)
_NAME = regex(r"(?:drs\.|dr\.|mr\.|ir\.|prof\.|\s)*(?:[A-ZÀ-Þ][\w-]{0,3}\.\s?){1,6}\s*[^\n.,;:?!]{2,60}", re.IGNORECASE)
_CLERK = regex(
    r"(?:Toelichting|Mededeling|Noot)\s*:?|(?:Toelichting:\s*)?Deze\s+vragen\s+dienen\s+ter\s+aanvulling\b.*",
    re.IGNORECASE | re.DOTALL,
)
# "1. Inleiding ........ 3": a line of a list of contents.
_LEADERS = regex(r"\.{4,}|(?:\.\s){4,}|…{2,}|_{5,}|(?:·\s?){4,}")
# Something is asked in what stands before the questions, or answered.
_ASKED = regex(r"\b(?:\w*vra(?:ag|gen)|\w*antwoord\w*)\b", re.IGNORECASE)
# So many numbers may be missing before a bare number that an answer follows.
_MAX_GAP = 3
_LONGEST_HEADING = 200
# Of a paragraph, so much is looked at to see whether it asks.
_LONGEST_PARAGRAPH = 3_000
# Under these stands the text that a signature closes.
_HOLDS_TEXT = ("question", "answer", "group", "title")


@dataclass(frozen=True, slots=True)
class Heading:
    """What opens at `span`; the text under it begins at `body`.

    `numbers` of a question or answer, `name`: the asker of a question, the
    groups of a section, the numeral of an annex ("" where it has none).
    """

    kind: HeadingKind
    span: Span
    body: int
    numbers: tuple[int, ...] = ()
    name: str = ""


@dataclass(frozen=True, slots=True)
class Outline:
    """The headings of a document in order, its lines, and what is doubtful about them.

    `by_groups`: whether the members speak in paragraphs that name their
    group, so that they may do so under an answer too. `numbered`: the questions
    have no headings, but stand behind "3.". `blank_lines`: most lines are set
    off by a blank one, so that one that is not goes on with the one before.
    """

    lines: tuple[Line, ...]
    headings: tuple[Heading, ...]
    by_groups: bool
    numbered: bool
    blank_lines: bool
    doubts: tuple[Doubt, ...]

    def count(self, kind: HeadingKind) -> int:
        """How many headings of a kind there are."""
        return sum(heading.kind == kind for heading in self.headings)

    def lines_between(self, begin: int, end: int) -> tuple[Line, ...]:
        """The lines of which something stands in [begin, end)."""
        first = bisect_right(self.lines, begin, key=lambda line: line.span.end)
        last = bisect_left(self.lines, end, key=lambda line: line.span.start)
        return self.lines[first:last]


def has_leaders(line: str) -> bool:
    """Whether dots lead from a title to its page: a line of a list of contents, and a heading of nothing."""
    return bool(_LEADERS.search(line))


def outline(document: Document) -> Outline:
    """The headings of `document` and what is doubtful about them."""
    lines = document_lines(document)
    doubts: list[Doubt] = []
    by_groups = sum(opens_as_members(line.text) for line in lines) > 1
    found = _Headings(lines, _paragraph_texts(document, lines), by_groups, doubts)
    headings = tuple(found.all())
    blank_lines = _set_off_by_blank_lines(document, lines, headings)
    return Outline(lines, headings, by_groups, found.numbered, blank_lines, tuple(doubts))


class _Headings:
    """Recognises the headings of one document, by the styles that it uses."""

    def __init__(self, lines: tuple[Line, ...], texts: tuple[str, ...], by_groups: bool, doubts: list[Doubt]) -> None:
        self.lines = lines
        # Of each line: from it to the end of its paragraph.
        self.texts = texts
        self.by_groups = by_groups
        self.doubts = doubts
        self.numbered = False
        # By the place of its first line: the heading, and how many lines it takes.
        self.found: dict[int, tuple[Heading, int]] = {}

    def all(self) -> list[Heading]:
        self._labelled()
        self._drop_column_titles()
        self._bare()
        if not any(heading.kind == "question" for heading, _ in self.found.values()):
            self._number()
        self._drop_early_answers()
        questions = [place for place, (heading, _) in self.found.items() if heading.kind == "question"]
        self._sections(max(questions, default=len(self.lines) - 1), bool(questions))
        self._after(max((place for place in self.found if self._kind(place) in _HOLDS_TEXT), default=len(self.lines)))
        return [self.found[place][0] for place in sorted(self.found)]

    def _put(self, place: int, heading: Heading, lines: int = 1) -> None:
        self.found[place] = heading, lines

    def _labelled(self) -> None:
        """ "Vraag 3" and "Antwoord op vraag 3", on lines of their own or before their text."""
        asked: set[int] = set()
        place = 0
        while place < len(self.lines):
            label, taken = self._label(place)
            if label and self._is_heading(place, label, asked):
                numbers = label.numbers or ((max(asked, default=0) + 1,) if label.kind == "question" else ())
                line = self.lines[place + taken - 1]
                start = self.lines[place].span.start
                body = line.span.end if taken > 1 else start + label.length
                self._put(place, Heading(label.kind, _trimmed(line, start, body), body, numbers, label.asker), taken)
                if label.kind == "question":
                    asked.update(numbers)
            place += taken

    def _drop_column_titles(self) -> None:
        """ "Vraag" right above "Antwoord" names the columns of a table: nothing is asked between them."""
        for place in [at for at in self.found if self._kind(at) == "question" and self._kind(at + 1) == "answer"]:
            if not any(character.isdigit() for character in self.lines[place].text):
                del self.found[place], self.found[place + 1]

    def _label(self, place: int) -> tuple[Label | None, int]:
        """The label of a line, or of a line with the one after it where a break cut the heading in two."""
        line = self.lines[place]
        if has_leaders(line.text):
            return None, 1
        if unfinished(line.text) and place + 1 < len(self.lines):
            whole = f"{line.text} {self.lines[place + 1].text}"
            label = heading_label(whole)
            if label and label.numbers and label.sure and label.length == len(whole):
                return label, 2
        return heading_label(line.text), 1

    def _is_heading(self, place: int, label: Label, asked: set[int]) -> bool:
        text = self.lines[place].text
        if text.lstrip("*_#>•· ")[:1].islower() and not self.lines[place].bold:
            return False  # the end of a sentence: "zie het antwoord op / vraag 2."
        if not label.numbers and label.kind == "question":
            return not text.lower().startswith("vragen")
        if label.sure:
            return True
        if label.kind == "answer":
            return set(label.numbers) <= asked
        return min(label.numbers) == max(asked, default=0) + 1 and ("?" in text or self.lines[place].bold)

    def _bare(self) -> None:
        """Numbers alone on a line, as long as they count on."""
        labelled = {n for heading, _ in self.found.values() if heading.kind == "question" for n in heading.numbers}
        chain = list(self._bare_chain(labelled))
        if len(chain) <= len(labelled):
            chain = [(place, numbers) for place, numbers in chain if self._is_answered(place)]
        if len(labelled) + len(chain) < 2 and not any(self._is_answered(place) for place, _ in chain):
            return
        answered = any(heading.kind == "answer" for heading, _ in self.found.values())
        if not labelled and not answered and not self._somebody_asks([place + 1 for place, _ in chain]):
            return
        for place, numbers in chain:
            span = self.lines[place].span
            self._put(place, Heading("question", span, span.end, numbers))

    def _bare_chain(self, labelled: set[int]) -> Iterator[tuple[int, tuple[int, ...]]]:
        last = 0
        taken: set[int] = set()
        named = self._named_answers()
        last_places = {n: place for place, line in enumerate(self.lines) for n in bare_numbers(line.text)}
        for place, line in enumerate(self.lines):
            if place in self.found:
                last = max(last, *self.found[place][0].numbers, 0) if self._kind(place) == "question" else last
                continue
            numbers = bare_numbers(line.text)
            if not numbers or labelled.intersection(numbers) or "\t" in line.text:
                continue
            follows = numbers[0] == last + 1
            awaited = not taken.intersection(numbers) and self._is_awaited(place, numbers, named)
            gap = last < numbers[0] <= last + 1 + _MAX_GAP
            if (
                follows
                or awaited
                or (gap and (self._is_answered(place) or self._skips(place, range(last + 1, numbers[0]), last_places)))
            ):
                yield place, numbers
                taken.update(numbers)
                last = max(taken) if awaited else numbers[-1]

    def _skips(self, place: int, skipped: range, last_places: Mapping[int, int]) -> bool:
        """Whether something is asked under a number that leaves out some, which no later line holds either."""
        if skipped.start < 3 or place + 1 >= len(self.lines) or "?" not in self.texts[place + 1]:
            return False
        return all(last_places.get(number, 0) <= place for number in skipped)

    def _is_awaited(self, place: int, numbers: tuple[int, ...], named: set[int]) -> bool:
        """Whether answers name these numbers, or name later ones and something is asked here."""
        asks = place + 1 < len(self.lines) and "?" in self.texts[place + 1]
        return named.issuperset(numbers) or (asks and numbers[-1] < max(named, default=0))

    def _named_answers(self) -> set[int]:
        """The numbers that the headings of answers name: so many questions are awaited, in whatever order."""
        return {n for heading, _ in self.found.values() if heading.kind == "answer" for n in heading.numbers}

    def _kind(self, place: int) -> str:
        return self.found[place][0].kind if place in self.found else ""

    def _is_answered(self, place: int) -> bool:
        """Whether an answer's heading comes before the next question's."""
        for later in range(place + 1, len(self.lines)):
            if kind := self._kind(later):
                return kind == "answer"
            if bare_numbers(self.lines[later].text):
                return False
        return False

    def _number(self) -> None:
        """ "3. Bent u bekend met …", where no question has a heading of its own."""
        self.numbered = True
        texts = [
            (line.span.start, "" if has_leaders(line.text) else text)
            for line, text in zip(self.lines, self.texts, strict=True)
        ]
        answers = sum(heading.kind == "answer" for heading, _ in self.found.values())
        numbered = awaited_questions(texts, self._named_answers()) or numbered_questions(texts, self.doubts)
        if len(numbered) < max(answers, 1):
            numbered = loosely_numbered_questions(texts) or numbered
        if not answers and not self._somebody_asks(list(numbered)):
            self.doubts.clear()
            return
        for place, number in numbered.items():
            line = self.lines[place]
            match = NUMBERED.match(line.text) or LOOSELY_NUMBERED.match(line.text)
            assert match is not None, "a numbered question has a number"
            start = line.span.start
            self._put(place, Heading("question", Span(start, start + match.end(1) + 1), start + match.end(), (number,)))

    def _somebody_asks(self, numbered: Sequence[int]) -> bool:
        """Whether numbered lines at these places, without answers under headings, are questions and no list.

        Groups have their questions under their own headings; elsewhere most of
        them ask, and what stands before them, if anything does, speaks of questions.
        """
        if not numbered or self.by_groups or any(group_heading(line.text) for line in self.lines):
            return bool(numbered)
        asking = sum("?" in self.texts[place] for place in numbered if place < len(self.texts))
        before = [self.lines[place].text for place in range(min(numbered))]
        return asking * 2 >= len(numbered) and (not before or any(map(_ASKED.search, before)))

    def _drop_early_answers(self) -> None:
        """Before the first question, "Antwoord" is a word of the title."""
        first = min((place for place in self.found if self._kind(place) == "question"), default=len(self.lines))
        for place in [place for place in self.found if place < first]:
            del self.found[place]

    def _sections(self, last: int, has_questions: bool) -> None:
        """Headings of groups, and the titles of chapters where the members speak by group.

        Last to first: a title is told from an item of a list by what stands
        under it, a question, the members, or another title.
        """
        for place in range(last, -1, -1):
            line = self.lines[place]
            if place in self.found or len(line.text) > _LONGEST_HEADING:
                continue
            if groups := group_heading(line.text):
                self._put(place, Heading("group", line.span, line.span.end, name=groups))
            elif self.by_groups and ((opens_reply_part(line.text) and not has_questions) or self._is_title(place)):
                self._put(place, Heading("title", line.span, line.span.end))

    def _is_title(self, place: int) -> bool:
        line = self.lines[place]
        under = place + 1
        if under == len(self.lines) or opens_as_members(line.text):
            return False
        if line.bold and line.text[-1] not in ".?!:;,":
            return not self._in_bold_question(place)
        if not TITLE.fullmatch(line.text):
            return False
        text = self.lines[under].text
        return (
            self._kind(under) in ("question", "title", "group") or opens_as_members(text) or opens_as_government(text)
        )

    def _in_bold_question(self, place: int) -> bool:
        """Whether only bold lines stand between a question's heading and this bold line."""
        above = place - 1
        while above >= 0 and above not in self.found and self.lines[above].bold:
            above -= 1
        return self._kind(above) == "question"

    def _after(self, last: int) -> None:
        """What comes behind the last question and its answer: signature, clerk's note, annexes."""
        annexes = 0
        closed = False
        for place in range(last + 1, len(self.lines)):
            line = self.lines[place]
            if place in self.found:
                continue
            if (match := _ANNEX.match(line.text)) and self._opens_annex(line, match, annexes):
                annexes += 1
                self._put(place, Heading("annex", line.span, line.span.end, name=(match["name"] or "").upper()))
            elif not closed and not annexes and self._closes(place):
                closed = True
                self._put(place, Heading("closing", line.span, line.span.end))

    def _opens_annex(self, line: Line, match: re.Match[str], annexes: int) -> bool:
        if match["name"]:
            return annex_place(match["name"]) == annexes + 1
        return annexes == 0 and match.end() == len(line.text)

    def _closes(self, place: int) -> bool:
        line = self.lines[place]
        if _CLERK.fullmatch(line.text):
            return True
        following = [later.text for later in self.lines[place + 1 : place + 5]]
        return bool(_SIGNATORY.fullmatch(line.text)) and any(_NAME.fullmatch(text) for text in following)


def _set_off_by_blank_lines(document: Document, lines: Sequence[Line], headings: Sequence[Heading]) -> bool:
    """Whether a blank line ends a paragraph: it stands under most headings, or, where none stands alone, often."""
    ends = {line.span.end: after.span.start for line, after in pairwise(lines)}
    alone = [(h.span.end, ends[h.span.end]) for h in headings if h.body == h.span.end and h.span.end in ends]
    pairs = alone or list(ends.items())
    blank = sum(document.text.count("\n", end, start) > 1 for end, start in pairs)
    return blank * (2 if alone else 4) > len(pairs)


def _paragraph_texts(document: Document, lines: Sequence[Line]) -> tuple[str, ...]:
    """Of each line, the text up to the next blank line or numbered line."""
    found: list[str] = []
    for place in range(len(lines) - 1, -1, -1):
        following = lines[place + 1] if place + 1 < len(lines) else None
        goes_on = (
            following is not None
            and "\n\n" not in document.text[lines[place].span.end : following.span.start]
            and not NUMBERED.match(following.text)
            and not heading_label(following.text)
        )
        found.append(f"{lines[place].text} {found[-1][:_LONGEST_PARAGRAPH]}" if goes_on else lines[place].text)
    return tuple(reversed(found))


def _trimmed(line: Line, start: int, end: int) -> Span:
    length = end - start
    kept = line.text[:length].rstrip() if line.span.start == start else ""
    return Span(start, start + len(kept)) if kept else Span(start, end)
