"""What comes out of a question: hits in a ranking, and the answer that holds them."""

from dataclasses import dataclass
from typing import Literal

from index.types import Document, Passage, Span, Unit

Outcome = Literal["answered", "nothing found", "no words", "too long", "no such unit"]


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
    answer only referred to this one.
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

    def __post_init__(self) -> None:
        if self.text != self.passage.span.of(self.document.text):
            raise ValueError(f"hit {self.passage.id}: its text is not the slice of its document")


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question: passages, or the plain statement that there are none.

    `confidence` is 0..1. Where `outcome` is not "answered", hits are the
    nearest passages, if any. `detail` is what a message about the outcome
    needs: a length, or the units that do not exist.
    """

    question: str
    outcome: Outcome
    confidence: float
    hits: tuple[Hit, ...] = ()
    detail: str = ""

    @property
    def answered(self) -> bool:
        return self.outcome == "answered"
