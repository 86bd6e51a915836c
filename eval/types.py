"""The values of an evaluation: topics, judgements, rankings and what they scored.

The field's terms: a *topic* is a question with an id, a *qrel* a person's
judgement of one span for one topic, a *run* what a system answered to every
topic. `score` is a system's number of unknown scale, `relevance` a judgement.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from index.language.span import Span

Split = Literal["tune", "test", "all"]
HIGHEST = 3


@dataclass(frozen=True, slots=True)
class Topic:
    """A question of a benchmark.

    `style` is how the person types, `asks` what for; both are free words that
    tables group by. `answerable` says whether the documents answer it.
    """

    id: str
    question: str
    style: str = ""
    asks: str = ""
    split: Literal["tune", "test"] = "test"
    answerable: bool = True


@dataclass(frozen=True, slots=True)
class Qrel:
    """One judged span of one unit: 3 answers fully, 2 in part, 1 only touches or refers, 0 does not answer.

    Offsets count code points of the canonical text of `document`, so that the
    judgement survives another way to cut passages.
    """

    topic: str
    document: str
    unit: str
    span: Span
    relevance: int

    def __post_init__(self) -> None:
        if not 0 <= self.relevance <= HIGHEST:
            raise ValueError(f"topic {self.topic}: relevance {self.relevance}, expected 0..{HIGHEST}")


@dataclass(frozen=True)
class Benchmark:
    """Topics and their judgements; `unit` of a qrel is a unit's id. Made by `eval.benchmark` or `eval.beir`."""

    name: str
    topics: tuple[Topic, ...]
    qrels: tuple[Qrel, ...]

    def part(self, split: Split) -> "Benchmark":
        topics = tuple(topic for topic in self.topics if split in ("all", topic.split))
        kept = {topic.id for topic in topics}
        return Benchmark(self.name, topics, tuple(qrel for qrel in self.qrels if qrel.topic in kept))

    @cached_property
    def threshold(self) -> int:
        """The least relevance that counts as an answer: 2, or 1 where nothing was judged higher than 1."""
        return 2 if any(qrel.relevance >= 2 for qrel in self.qrels) else 1

    @cached_property
    def relevance(self) -> dict[str, dict[str, int]]:
        """By topic, then unit: the highest relevance of the unit's spans."""
        found: dict[str, dict[str, int]] = {topic.id: {} for topic in self.topics}
        for qrel in self.qrels:
            units = found[qrel.topic]
            units[qrel.unit] = max(qrel.relevance, units.get(qrel.unit, 0))
        return found

    @cached_property
    def answers(self) -> dict[str, tuple[Qrel, ...]]:
        """By topic: the spans that answer it, of relevance `threshold` or more."""
        found: dict[str, list[Qrel]] = {topic.id: [] for topic in self.topics}
        for qrel in self.qrels:
            if qrel.relevance >= self.threshold:
                found[qrel.topic].append(qrel)
        return {topic: tuple(qrels) for topic, qrels in found.items()}


@dataclass(frozen=True, slots=True)
class Ranked:
    """One place of a ranking: a unit, the passage shown for it and the text as shown.

    `span` and `text` are None for a run from elsewhere, which names only units.
    """

    unit: str
    score: float
    document: str | None = None
    span: Span | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Response:
    """What a system answered to one topic: a ranking without doubled units, best first.

    `confidence` orders topics by how sure the system is; it is a probability
    only where the run says so. `seconds` is None where nobody measured it.
    """

    topic: str
    ranking: tuple[Ranked, ...]
    answered: bool
    confidence: float
    seconds: float | None = None

    def __post_init__(self) -> None:
        units = [ranked.unit for ranked in self.ranking]
        if len(units) != len(set(units)):
            raise ValueError(f"topic {self.topic}: a unit stands twice in the ranking")


@dataclass(frozen=True, slots=True)
class Cost:
    """What a system took: seconds to build, bytes on disk, peak memory in bytes, seconds a question.

    None where it was not or cannot be measured.
    """

    build_seconds: float | None = None
    index_bytes: int | None = None
    peak_bytes: int | None = None
    median_seconds: float | None = None
    p95_seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """One system's responses. `probabilities`: whether its confidences are meant as such.

    `refuses`: whether the system can decide not to answer.
    """

    system: str
    responses: tuple[Response, ...]
    probabilities: bool = False
    refuses: bool = False
    cost: Cost = Cost()


def grouped(topics: Iterable[Topic], field: Literal["style", "asks"]) -> dict[str, tuple[Topic, ...]]:
    """The topics by their style or by what they ask, in alphabetical order."""
    groups: dict[str, list[Topic]] = {}
    for topic in topics:
        groups.setdefault(getattr(topic, field) or "(none)", []).append(topic)
    return {name: tuple(groups[name]) for name in sorted(groups)}


def doubled(names: Sequence[str]) -> list[str]:
    """The names that stand there more than once, each once, in their order."""
    return [name for name in dict.fromkeys(names) if names.count(name) > 1]
