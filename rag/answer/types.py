"""What comes out of a question: hits in a ranking, and the answer that holds them."""

from dataclasses import dataclass
from typing import Literal

from index.language.span import Span
from index.model.types import Document, Passage, Unit
from rag.question.filters import NO_FILTERS, Filters
from rag.question.remark import Remark
from rag.retrieval.confidence import Level
from rag.retrieval.near_duplicates import Similar

Outcome = Literal[
    "answered", "possibly", "nothing found", "nothing matches", "no words", "too long", "help", "no such unit",
    "out of scope",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """Which list found a passage and at what rank (from 1)."""

    list: str
    rank: int


@dataclass(frozen=True, slots=True)
class Hit:
    """One passage of the ranking.

    `text` is the exact slice of the document, `sentence` the part of it that
    answers best. `score` has no known scale. `via` names the questions whose
    answer only referred to this one. `similar` are near-identical passages of
    other documents, which the ranking does not show again.
    """

    rank: int
    score: float
    passage: Passage
    text: str
    unit: Unit
    document: Document
    sentence: Span | None = None
    via: tuple[int, ...] = ()
    found: tuple[Found, ...] = ()
    similar: tuple[Similar, ...] = ()

    @property
    def whole(self) -> Span | None:
        """All that the passage is a part of: its footnote or table, or else the answer; None for no answer."""
        if self.passage.footnote is not None:
            return next((n.body for n in self.unit.footnotes if n.number == self.passage.footnote), self.passage.span)
        return self.passage.span if self.passage.field == "table" else self.unit.answer

    def __post_init__(self) -> None:
        if self.text != self.passage.span.of(self.document.text):
            raise ValueError(f"hit {self.passage.id}: its text is not the slice of its document")


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question: passages, or the plain statement that there are none.

    `confidence` is 0..1. Where the `outcome` is neither "answered" nor
    "possibly", hits are the nearest passages, if any: three at most, without a
    sentence. What is "out of scope" asks nothing of the documents; a remark
    says what can be said. `detail` is what a message about the outcome needs:
    a length, or the units that do not exist.

    `searched` is the text that was searched, "" where nothing was, `filters`
    what it was searched among, and `follow_up_of` the earlier question that it was
    searched together with. `remarks` say what of the question could not be
    met. A question that asks several things has an answer to each in `parts`,
    and for programs, when they ask for it, the ranking for the whole in `hits`.

    `total` is how many a list has, of which `hits` are the first; None for a
    ranking. `reads_whole`: whether units or notes were asked for by name
    alone, so that each hit stands for all of its answer or note.
    """

    question: str
    outcome: Outcome
    confidence: float
    hits: tuple[Hit, ...] = ()
    detail: str = ""
    searched: str = ""
    filters: Filters = NO_FILTERS
    follow_up_of: str | None = None
    remarks: tuple[Remark, ...] = ()
    parts: tuple["Answer", ...] = ()
    total: int | None = None
    reads_whole: bool = False

    @property
    def answered(self) -> bool:
        """Whether there is something to show as an answer, surely or possibly."""
        return self.level != "nothing found"

    @property
    def level(self) -> Level:
        """How sure the answer is, for people."""
        if self.outcome in ("answered", "possibly"):
            return self.outcome
        return "nothing found"
