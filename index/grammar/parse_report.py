"""Say what the parser found in a document, and name what it did not find."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from index.language.regex import regex
from index.model.doubts import Doubt, Language, doubt_record, doubt_text, left_out_text
from index.model.line_numbers import line_number
from index.model.types import Certainty, Document, Excerpt, Form, Parsed, Unit

_LEFTOVERS = (
    ("left section heading", regex(r"^(?:\d+\.\s+)?vragen en opmerkingen\s.*", re.IGNORECASE | re.MULTILINE)),
    ("left annex heading", regex(r"^bijlage\s+\w{1,4}[.:].*", re.IGNORECASE | re.MULTILINE)),
    ("left footnote", regex(r"\[\d+:\s.*")),
)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a person may want to look up: what, why, and where.

    `reason` is in English; of a doubt, `key` and `values` say the same. `line`
    counts the lines of the canonical text from 1; `page` and `paragraph` are
    those of the file, None where its format has none.
    """

    label: str
    reason: str
    line: int | None = None
    page: int | None = None
    paragraph: int | None = None
    key: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)

    def as_text(self, language: Language = "en") -> str:
        """On one line: where, what and why."""
        page, line = ("page", "line") if language == "en" else ("pagina", "regel")
        places = ((page, self.page), (line, self.line))
        where = ", ".join(f"{name} {number}" for name, number in places if number is not None)
        return f"{f'{where}: ' if where else ''}{f'{self.label}: ' if self.label else ''}{self.reason}"


_WORDS: dict[Language, dict[str, str]] = {
    "nl": {
        "uncounted": "woorden: niet geteld",
        "counted": "woorden: {shown} getoond, {left} met opzet weggelaten, {lost} verloren, {glued} aaneengeplakt",
        "left out": "weggelaten",
        "lost": "VERLOREN",
        "glued": "AANEEN",
        "unread": "NIET GELEZEN",
    },
    "en": {
        "uncounted": "words: not counted",
        "counted": "words: {shown} shown, {left} left out on purpose, {lost} lost, {glued} glued",
        "left out": "left out",
        "lost": "LOST",
        "glued": "GLUED",
        "unread": "NOT READ",
    },
}


# Doubts that say which words of the file nobody could count.
_UNREAD = frozenset({"pictures", "unmapped letters"})


@dataclass(frozen=True, slots=True)
class ParseReport:
    """Counts and gaps of one document.

    `expected_*` is the highest number seen: a document says nowhere how many
    it has, but a number missing below the highest is a gap. `gaps` name what
    is missing, `doubts` what a person should look at, each in English; only
    gaps are failures. `to_look_at` are both, as values.
    `found` are all units, `joint` the questions that share an answer,
    `unanswered` those without one, `doubtful` the doubts with their places.
    Of the words that the file shows, `left_out` are those that the reader took
    out on purpose, by kind; `lost` and `glued` those that it should not have.
    """

    document: str
    file: str
    sections: int
    questions: int
    expected_questions: int
    annexes: int
    footnotes: int
    expected_footnotes: int
    tables: int
    introductions: int
    gaps: tuple[str, ...]
    doubts: tuple[str, ...]
    kind: str = ""
    form: Form | None = None
    certainty: Certainty = "certain"
    found: tuple[Finding, ...] = ()
    joint: tuple[Finding, ...] = ()
    unanswered: tuple[Finding, ...] = ()
    doubtful: tuple[Finding, ...] = ()
    to_look_at: tuple[Doubt, ...] = ()
    words: int | None = None
    left_out: tuple[Finding, ...] = ()
    lost: tuple[Finding, ...] = ()
    glued: tuple[Finding, ...] = ()

    def words_as_text(self, language: Language = "en") -> str:
        """What became of the words of the file, those that are not in the text by name; closed by a line end."""
        if self.words is None:
            return f"{self.file} ({self.document})\n  {_WORDS[language]['uncounted']}\n"
        left = [replace(found, label=left_out_text(found.label, language)) for found in self.left_out]
        named = (("left out", left), ("lost", self.lost), ("glued", self.glued))
        unread = [doubt for doubt in self.to_look_at if doubt.key in _UNREAD]
        lines = [
            f"{self.file} ({self.document})",
            f"  {self._words_counted(language)}",
            *(
                f"  {_WORDS[language][what]} {finding.as_text(language)}"
                for what, findings in named
                for finding in findings
            ),
            *(f"  {_WORDS[language]['unread']} {doubt_text(doubt, language)}" for doubt in unread),
        ]
        return "\n".join(lines) + "\n"

    def _words_counted(self, language: Language = "en") -> str:
        left, lost = (sum(len(f.reason.split()) for f in findings) for findings in (self.left_out, self.lost))
        return _WORDS[language]["counted"].format(shown=self.words, left=left, lost=lost, glued=len(self.glued))

    def as_text(self) -> str:
        """The report for a person to read, closed by a line end."""
        kind = f", {self.kind}" if self.kind else ""
        taken = f"  read as {self.form} ({self.certainty})" if self.form else ""
        lines = [
            f"{self.file} ({self.document}{kind})",
            *([taken] if taken else []),
            f"  questions: {self.questions} of {self.expected_questions}, in {self.sections} sections, "
            f"{self.introductions} introduced by the members",
            f"  footnotes: {self.footnotes} of {self.expected_footnotes}",
            f"  annexes: {self.annexes}, tables: {self.tables}",
            *([f"  {self._words_counted()}"] if self.words is not None else []),
            *(f"  together {finding.as_text()}" for finding in self.joint),
            *(f"  unanswered {finding.as_text()}" for finding in self.unanswered),
            *(f"  MISSING {gap}" for gap in self.gaps),
            *(f"  look at {finding.as_text()}" for finding in self.doubtful),
        ]
        return "\n".join(lines) + "\n"

    def record(self) -> dict[str, Any]:
        record = asdict(self)
        record.pop("to_look_at")
        return record


def parse_report(parsed: Parsed) -> ParseReport:
    """The report of one parsed document."""
    units, ledger = parsed.units, parsed.document.ledger
    numbers = [n for unit in units for n in unit.numbers]
    marks = {r.number for r in parsed.document.removals if r.kind == "footnote mark" and r.number}
    bodies = {note.number for note in parsed.document.footnotes}
    attached = {note.number for unit in units for note in unit.footnotes if note in parsed.document.footnotes}
    doubts = (
        *(doubt for doubt in parsed.doubts if not doubt.missing),
        *_asker_doubts(parsed),
        *_reference_doubts(parsed),
        *_footnote_doubts(parsed, attached),
    )
    notes, asked = _footnote_gaps(marks, bodies), _asked(parsed)
    # In other documents numbers of notes are missing, and words look like headings, for reasons of their own.
    gaps = (*_gaps(parsed), *(notes if asked else ()), *(_leftovers(parsed) if asked else ()))
    doubts += () if asked else tuple(notes)
    return ParseReport(
        document=parsed.document.id,
        file=parsed.document.file,
        sections=_sections(parsed),
        questions=len(set(numbers)),
        expected_questions=max(numbers, default=0),
        annexes=sum(unit.kind == "annex" for unit in units),
        footnotes=len(attached),
        expected_footnotes=max(marks | bodies, default=0),
        tables=sum(len(unit.tables) for unit in units),
        introductions=sum(unit.context is not None for unit in units),
        gaps=tuple(doubt_text(gap, "en") for gap in gaps),
        doubts=tuple(doubt_text(doubt, "en") for doubt in doubts),
        kind=parsed.document.kind,
        form=parsed.form,
        certainty=parsed.certainty,
        found=tuple(_finding(parsed.document, unit, _what(unit)) for unit in units),
        joint=tuple(
            _finding(parsed.document, unit, f"{len(unit.numbers)} questions share one answer")
            for unit in units
            if len(unit.numbers) > 1 and unit.answer
        ),
        unanswered=tuple(
            _finding(parsed.document, unit, "the document gives no answer of its own")
            for unit in units
            if unit.kind == "question" and unit.answer is None
        ),
        doubtful=tuple(_doubtful(parsed.document, doubt) for doubt in doubts),
        to_look_at=(*gaps, *doubts),
        words=ledger.shown if ledger else None,
        left_out=_excerpts(ledger.left_out if ledger else ()),
        lost=_excerpts(ledger.lost if ledger else ()),
        glued=_excerpts(ledger.glued if ledger else ()),
    )


def _asked(parsed: Parsed) -> bool:
    """Whether somebody asks in the document, so that whatever is missing may be an answer."""
    return not any(unit.kind in ("chapter", "turn") for unit in parsed.units)


def _excerpts(excerpts: tuple[Excerpt, ...]) -> tuple[Finding, ...]:
    return tuple(Finding(excerpt.kind, excerpt.text, page=excerpt.page) for excerpt in excerpts)


def _what(unit: Unit) -> str:
    if unit.kind == "annex":
        return "annex"
    if unit.kind in ("chapter", "turn"):
        return f"{unit.kind}, {unit.answer_speaker}"
    answered = "answered" if unit.answer else "not answered"
    return f"{unit.kind}, {answered}"


def _finding(document: Document, unit: Unit, reason: str) -> Finding:
    start = min(span.start for span in (unit.context, *unit.questions, unit.answer) if span)
    return Finding(unit.label, reason, *_place(document, start))


def _doubtful(document: Document, doubt: Doubt) -> Finding:
    where = _place(document, doubt.at) if doubt.at is not None else (None, None, None)
    return Finding("", doubt_text(doubt, "en"), *where, **doubt_record(doubt))


def _place(document: Document, offset: int) -> tuple[int, int | None, int | None]:
    place = document.place(offset)
    line = line_number(document.text, offset)
    return line, place.page if place else None, place.paragraph if place else None


def _sections(parsed: Parsed) -> int:
    """How many sections there are: of prose, and runs of questions by the same groups."""
    askers = [unit.asked_by for unit in parsed.units if unit.kind == "question"]
    runs = sum(i == 0 or askers[i - 1] != asked_by for i, asked_by in enumerate(askers))
    return runs + sum(unit.kind in ("section", "chapter", "turn") for unit in parsed.units)


def _gaps(parsed: Parsed) -> list[Doubt]:
    """What must be there and is not: numbers of questions, the text of an annex, anything to read at all."""
    found = {n for unit in parsed.units for n in unit.numbers}
    gaps = [Doubt("missing question", numbers=(n,)) for n in range(1, max(found, default=0)) if n not in found]
    if not parsed.units:
        gaps.append(Doubt("missing words"))
    gaps += [doubt for doubt in parsed.doubts if doubt.missing]
    gaps += [Doubt("empty annex", name=unit.label) for unit in parsed.units if _is_empty(unit)]
    return gaps


def _asker_doubts(parsed: Parsed) -> list[Doubt]:
    """Questions of which nothing says who asks, where the document says it of others."""
    questions = [unit for unit in parsed.units if unit.kind == "question"]
    if not any(unit.asked_by for unit in questions):
        return []
    nobody = (unit for unit in questions if not unit.asked_by)
    return [Doubt("no asker", unit.questions[0].start, name=unit.label) for unit in nobody]


def _is_empty(unit: Unit) -> bool:
    return unit.kind == "annex" and unit.answer is None


def _footnote_gaps(marks: set[int], bodies: set[int]) -> list[Doubt]:
    gaps = []
    for number in range(1, max(marks | bodies, default=0) + 1):
        if number not in marks | bodies:
            gaps.append(Doubt("missing note", numbers=(number,)))
        elif number not in bodies:
            gaps.append(Doubt("missing note text", numbers=(number,)))
    return gaps


def _footnote_doubts(parsed: Parsed, attached: set[int]) -> list[Doubt]:
    return [
        Doubt("unmarked note", note.mark, (note.number,))
        for note in parsed.document.footnotes
        if note.number not in attached
    ]


def _leftovers(parsed: Parsed) -> list[Doubt]:
    """Lines in an answer or introduction that look like a heading or a footnote that was not recognised."""
    text = parsed.document.text
    spans = [(unit.label, span) for unit in parsed.units for span in (unit.context, unit.answer) if span]
    return [
        Doubt(key, match.start(), name=label, words=match[0].strip()[:60])
        for label, span in spans
        for key, pattern in _LEFTOVERS
        for match in pattern.finditer(text, span.start, span.end)
    ]


def _reference_doubts(parsed: Parsed) -> list[Doubt]:
    known = {n for unit in parsed.units for n in unit.numbers} | {unit.annex for unit in parsed.units}
    return [
        Doubt("unknown reference", unit.answer.start if unit.answer else None, name=unit.label, words=str(reference))
        for unit in parsed.units
        for reference in unit.references
        if reference not in known
    ]
