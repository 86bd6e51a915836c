"""Say what the parser found in a document, and name what it did not find."""

import re
from dataclasses import dataclass

from index.types import Parsed

_LEFTOVERS = (
    ("a section heading", re.compile(r"^(?:\d+\.\s+)?vragen en opmerkingen\s.*", re.IGNORECASE | re.MULTILINE)),
    ("an annex heading", re.compile(r"^bijlage\s+\w{1,4}[.:].*", re.IGNORECASE | re.MULTILINE)),
    ("a footnote", re.compile(r"\[\d+:\s.*")),
)


@dataclass(frozen=True, slots=True)
class ParseReport:
    """Counts and gaps of one document.

    `expected_*` is the highest number seen: a document says nowhere how many
    it has, but a number missing below the highest is a gap. `gaps` name what
    is missing, `doubts` what a person should look at; only gaps are failures.
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

    def as_text(self) -> str:
        """The report for a person to read, closed by a line end."""
        lines = [
            f"{self.file} ({self.document})",
            f"  questions: {self.questions} of {self.expected_questions}, in {self.sections} sections, "
            f"{self.introductions} introduced by the members",
            f"  footnotes: {self.footnotes} of {self.expected_footnotes}",
            f"  annexes: {self.annexes}, tables: {self.tables}",
            *(f"  MISSING {gap}" for gap in self.gaps),
            *(f"  look at {doubt}" for doubt in self.doubts),
        ]
        return "\n".join(lines) + "\n"


def parse_report(parsed: Parsed) -> ParseReport:
    """The report of one parsed document."""
    units = parsed.units
    numbers = [n for unit in units for n in unit.numbers]
    marks = {r.number for r in parsed.document.removals if r.kind == "footnote mark" and r.number}
    bodies = {note.number for note in parsed.document.footnotes}
    attached = {note.number for unit in units for note in unit.footnotes}
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
        gaps=(*_question_gaps(parsed), *_footnote_gaps(marks, bodies, attached), *_leftovers(parsed)),
        doubts=(*parsed.doubts, *_reference_doubts(parsed)),
    )


def _sections(parsed: Parsed) -> int:
    """How many runs of questions by the same groups the document has."""
    askers = [unit.asked_by for unit in parsed.units if unit.kind == "question"]
    return sum(i == 0 or askers[i - 1] != asked_by for i, asked_by in enumerate(askers))


def _question_gaps(parsed: Parsed) -> list[str]:
    found = {n for unit in parsed.units for n in unit.numbers}
    gaps = [f"question {n}: not found" for n in range(1, max(found, default=0)) if n not in found]
    if not found:
        gaps.append("questions: none found")
    for unit in parsed.units:
        if unit.answer is None:
            gaps.append(f"{unit.label}: no text found under it")
        if unit.kind == "question" and not unit.asked_by:
            gaps.append(f"{unit.label}: no group found that asks it")
    return gaps


def _footnote_gaps(marks: set[int], bodies: set[int], attached: set[int]) -> list[str]:
    gaps = []
    for number in range(1, max(marks | bodies, default=0) + 1):
        if number not in marks | bodies:
            gaps.append(f"footnote {number}: no mark and no text found")
        elif number not in bodies:
            gaps.append(f"footnote {number}: a mark but no text found")
        elif number not in attached:
            gaps.append(f"footnote {number}: its mark stands in no question, answer or annex")
    return gaps


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


def _reference_doubts(parsed: Parsed) -> list[str]:
    known = {n for unit in parsed.units for n in unit.numbers} | {unit.annex for unit in parsed.units}
    return [
        f"{unit.label}: refers to {reference}, which is not in this document"
        for unit in parsed.units
        for reference in unit.references
        if reference not in known
    ]
