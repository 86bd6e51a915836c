"""Measure whether the comparison of two documents finds what was changed by hand, and nothing else.

The table (`edits.tsv`) has changes to the bundled letter: what kind each is,
the span of the running text that it takes away (code points), and the words of
ours that come in its place. The letter with all of them is compared with the
letter as it was.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal, get_args

from eval.by_hand.tables import Share, one_of, read_rows, shares_table
from eval.tables import Table
from index.encoders.load import load_encoder
from index.grammar.parse import parse
from index.language.span import Span
from index.model.store import Record
from index.model.types import Document
from index.readers.read import read_document
from index.settings import ROOT, WORD_ENCODER
from rag.compare.documents import Comparison, Placed, compare

EDITS = ROOT / "eval" / "benchmarks" / "compare" / "edits.tsv"
LETTER = ROOT / "data" / "documents" / "000_c4e40b09978478b2.txt"
# "figure", "changed": words in a sentence. "missing", "added": a sentence. "moved": a sentence to the place `new`.
# "question": a question in other words. "swap": a question with its answer and that of the span `new` change places.
Kind = Literal["figure", "changed", "missing", "added", "moved", "question", "swap"]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Edit:
    """A change by hand: `text[start:end]` goes, and `new` is what its kind says."""

    kind: Kind
    start: int
    end: int
    new: str


def read_edits(path: Path = EDITS) -> tuple[Edit, ...]:
    """Read a table; BenchmarkError names every line that is not as expected."""
    return tuple(read_rows(path, _edit, f"kind ({', '.join(KINDS)}), start, end and new"))


def _edit(row: dict[str, str]) -> Edit:
    return Edit(one_of(KINDS, row, "kind"), int(row["start"]), int(row["end"]), row["new"])


def edited(text: str, edits: Sequence[Edit]) -> str:
    """The text with the changes, of which no two may overlap."""
    pieces: list[tuple[int, int, str]] = []
    for edit in edits:
        if edit.kind == "moved":
            place = int(edit.new)
            pieces += [(edit.start, edit.end, ""), (place, place, " " + text[edit.start : edit.end])]
        elif edit.kind == "swap":
            start, end = map(int, edit.new.split("-"))
            pieces += [(edit.start, edit.end, text[start:end]), (start, end, text[edit.start : edit.end])]
        else:
            pieces.append((edit.start, edit.end, edit.new))
    for start, end, new in sorted(pieces, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def score(edits: Sequence[Edit], letter: Path = LETTER) -> dict[str, Share]:
    """Of each kind how many were found as they are, and how many of all that was found is one of them.

    "figures first": of the differences of figures, those that stand before all others.
    """
    document = read_document(letter)
    before = document.text[: document.running_end]
    comparison = compare(_record(before), _record(edited(before, edits)), load_encoder(str(WORD_ENCODER)))
    shares: dict[str, Share] = {kind: _found(kind, edits, comparison) for kind in KINDS}
    right = [any(_is(placed, edit) for edit in edits) for placed in comparison.differences]
    figures = [placed.difference.figures for placed in comparison.differences]
    first = figures[: sum(figures)]
    return {
        **shares,
        "nothing else": Share(sum(right), len(right)),
        "figures first": Share(sum(first), len(first)),
    }


def _record(text: str) -> Record:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "letter.txt"
        path.write_text(text, "utf-8")
        parsed = parse(read_document(path))
    return Record(parsed.document, parsed.units)


def _found(kind: Kind, edits: Sequence[Edit], comparison: Comparison) -> Share:
    wanted = [edit for edit in edits if edit.kind == kind]
    if kind == "swap":
        return Share(min(sum(one.pair.moved for one in comparison.units), len(wanted)), len(wanted))
    if kind == "question":
        pairs = [one.pair for one in comparison.units if one.pair.matched == "meaning"]
        asked = [_asked(comparison.b, pair.b.questions) if pair.b else "" for pair in pairs]
        return Share(sum(edit.new in asked for edit in wanted), len(wanted))
    return Share(sum(any(_is(placed, edit) for placed in comparison.differences) for edit in wanted), len(wanted))


def _asked(document: Document, questions: Sequence[Span]) -> str:
    return " ".join(question.of(document.text) for question in questions)


def _is(placed: Placed, edit: Edit) -> bool:
    """Whether a difference is the one that an edit makes."""
    one = placed.difference
    if edit.kind == "added":
        return one.kind == "added" and one.b is not None and one.b.text == edit.new.strip()
    if one.a is None:
        return edit.kind == "question" and one.b is not None and one.b.text in edit.new
    inside = one.a.span.start <= edit.start and edit.end <= one.a.span.end
    kind = "changed" if edit.kind in ("figure", "question") else edit.kind
    return (
        inside
        and (one.kind == kind or (edit.kind == "question" and one.kind == "missing"))
        and (one.figures if edit.kind == "figure" else True)
    )


def table_of(scores: dict[str, Share]) -> Table:
    """The scores as a table."""
    note = "Changes to the bundled letter by hand, and what the comparison finds; see eval/benchmarks/compare."
    return shares_table("Two documents side by side", note, scores)
