"""Say what the parser found in a document, and name what it did not find."""

import re
from dataclasses import dataclass

from index.lines import line_number
from index.types import Document, Doubt, Excerpt, Parsed, Unit

_LEFTOVERS = (
    ("a section heading", re.compile(r"^(?:\d+\.\s+)?vragen en opmerkingen\s.*", re.IGNORECASE | re.MULTILINE)),
    ("an annex heading", re.compile(r"^bijlage\s+\w{1,4}[.:].*", re.IGNORECASE | re.MULTILINE)),
    ("a footnote", re.compile(r"\[\d+:\s.*")),
)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a person may want to look up: what, why, and where.

    `line` counts the lines of the canonical text from 1; `page` and
    `paragraph` are those of the file, None where its format has none.
    """

    label: str
    reason: str
    line: int | None = None
    page: int | None = None
    paragraph: int | None = None

    def as_text(self) -> str:
        """On one line: where, what and why."""
        places = (("page", self.page), ("line", self.line))
        where = ", ".join(f"{name} {number}" for name, number in places if number is not None)
        return f"{f'{where}: ' if where else ''}{f'{self.label}: ' if self.label else ''}{self.reason}"


@dataclass(frozen=True, slots=True)
class ParseReport:
    """Counts and gaps of one document.

    `expected_*` is the highest number seen: a document says nowhere how many
    it has, but a number missing below the highest is a gap. `gaps` name what
    is missing, `doubts` what a person should look at; only gaps are failures.
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
    found: tuple[Finding, ...] = ()
    joint: tuple[Finding, ...] = ()
    unanswered: tuple[Finding, ...] = ()
    doubtful: tuple[Finding, ...] = ()
    words: int | None = None
    left_out: tuple[Finding, ...] = ()
    lost: tuple[Finding, ...] = ()
    glued: tuple[Finding, ...] = ()

    def words_as_text(self) -> str:
        """What became of the words of the file, those that are not in the text by name; closed by a line end."""
        if self.words is None:
            return f"{self.file} ({self.document})\n  words: not counted\n"
        named = (("left out", self.left_out), ("LOST", self.lost), ("GLUED", self.glued))
        lines = [
            f"{self.file} ({self.document})",
            f"  {self._words_counted()}",
            *(f"  {what} {finding.as_text()}" for what, findings in named for finding in findings),
        ]
        return "\n".join(lines) + "\n"

    def _words_counted(self) -> str:
        left, lost = (sum(len(f.reason.split()) for f in findings) for findings in (self.left_out, self.lost))
        return f"words: {self.words} shown, {left} left out on purpose, {lost} lost, {len(self.glued)} glued"

    def as_text(self) -> str:
        """The report for a person to read, closed by a line end."""
        kind = f", {self.kind}" if self.kind else ""
        lines = [
            f"{self.file} ({self.document}{kind})",
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


def parse_report(parsed: Parsed) -> ParseReport:
    """The report of one parsed document."""
    units, ledger = parsed.units, parsed.document.ledger
    numbers = [n for unit in units for n in unit.numbers]
    marks = {r.number for r in parsed.document.removals if r.kind == "footnote mark" and r.number}
    bodies = {note.number for note in parsed.document.footnotes}
    attached = {note.number for unit in units for note in unit.footnotes if note in parsed.document.footnotes}
    doubts = (
        *parsed.doubts,
        *_asker_doubts(parsed),
        *_reference_doubts(parsed),
        *_footnote_doubts(parsed, attached),
    )
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
        gaps=(*_question_gaps(parsed), *_footnote_gaps(marks, bodies), *_leftovers(parsed)),
        doubts=tuple(doubt.reason for doubt in doubts if not doubt.missing),
        kind=parsed.document.kind,
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
        doubtful=tuple(_doubtful(parsed.document, doubt) for doubt in doubts if not doubt.missing),
        words=ledger.shown if ledger else None,
        left_out=_excerpts(ledger.left_out if ledger else ()),
        lost=_excerpts(ledger.lost if ledger else ()),
        glued=_excerpts(ledger.glued if ledger else ()),
    )


def _excerpts(excerpts: tuple[Excerpt, ...]) -> tuple[Finding, ...]:
    return tuple(Finding(excerpt.kind, excerpt.text, page=excerpt.page) for excerpt in excerpts)


def _what(unit: Unit) -> str:
    if unit.kind == "annex":
        return "annex"
    answered = "answered" if unit.answer else "not answered"
    return f"{unit.kind}, {answered}"


def _finding(document: Document, unit: Unit, reason: str) -> Finding:
    start = min(span.start for span in (unit.context, *unit.questions, unit.answer) if span)
    return Finding(unit.label, reason, *_place(document, start))


def _doubtful(document: Document, doubt: Doubt) -> Finding:
    return Finding("", doubt.reason, *(_place(document, doubt.at) if doubt.at is not None else ()))


def _place(document: Document, offset: int) -> tuple[int, int | None, int | None]:
    place = document.place(offset)
    line = line_number(document.text, offset)
    return line, place.page if place else None, place.paragraph if place else None


def _sections(parsed: Parsed) -> int:
    """How many sections there are: of prose, and runs of questions by the same groups."""
    askers = [unit.asked_by for unit in parsed.units if unit.kind == "question"]
    runs = sum(i == 0 or askers[i - 1] != asked_by for i, asked_by in enumerate(askers))
    return runs + sum(unit.kind == "section" for unit in parsed.units)


def _question_gaps(parsed: Parsed) -> list[str]:
    found = {n for unit in parsed.units for n in unit.numbers}
    gaps = [f"question {n}: not found" for n in range(1, max(found, default=0)) if n not in found]
    if not parsed.units:
        gaps.append("questions: none found")
    gaps += [doubt.reason for doubt in parsed.doubts if doubt.missing]
    gaps += [f"{unit.label}: no text found under it" for unit in parsed.units if _is_empty(unit)]
    return gaps


def _asker_doubts(parsed: Parsed) -> list[Doubt]:
    """Questions of which nothing says who asks, where the document says it of others."""
    questions = [unit for unit in parsed.units if unit.kind == "question"]
    if not any(unit.asked_by for unit in questions):
        return []
    nobody = (unit for unit in questions if not unit.asked_by)
    return [Doubt(f"{unit.label}: no group found that asks it", unit.questions[0].start) for unit in nobody]


def _is_empty(unit: Unit) -> bool:
    return unit.kind == "annex" and unit.answer is None


def _footnote_gaps(marks: set[int], bodies: set[int]) -> list[str]:
    gaps = []
    for number in range(1, max(marks | bodies, default=0) + 1):
        if number not in marks | bodies:
            gaps.append(f"footnote {number}: no mark and no text found")
        elif number not in bodies:
            gaps.append(f"footnote {number}: a mark but no text found")
    return gaps


def _footnote_doubts(parsed: Parsed, attached: set[int]) -> list[Doubt]:
    return [
        Doubt(f"footnote {note.number}: its mark stands in no question, answer or annex", note.mark)
        for note in parsed.document.footnotes
        if note.number not in attached
    ]


def _leftovers(parsed: Parsed) -> list[str]:
    """Lines in an answer or introduction that look like a heading or a footnote that was not recognised."""
    text = parsed.document.text
    spans = [(unit.label, span) for unit in parsed.units for span in (unit.context, unit.answer) if span]
    return [
        f"{label}: holds {kind} that was not recognised: “{match[0].strip()[:60]}”"
        for label, span in spans
        for kind, pattern in _LEFTOVERS
        for match in pattern.finditer(text, span.start, span.end)
    ]


def _reference_doubts(parsed: Parsed) -> list[Doubt]:
    known = {n for unit in parsed.units for n in unit.numbers} | {unit.annex for unit in parsed.units}
    return [
        Doubt(
            f"{unit.label}: refers to {reference}, which is not in this document",
            unit.answer.start if unit.answer else None,
        )
        for unit in parsed.units
        for reference in unit.references
        if reference not in known
    ]
