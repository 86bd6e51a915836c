"""Whether a system knows when not to answer: refusals, and the curves behind them.

The refusal curve moves the threshold on the confidence and follows the share
of unanswerable topics refused against that of answerable topics refused; its
area is the chance that an answerable topic gets the higher confidence. The
risk-coverage curve (El-Yaniv and Wiener, JMLR 2010) takes topics by falling
confidence and follows the share of wrong answers among those answered; wrong
is an unanswerable topic, or one whose first unit does not answer.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from eval.results import TopicResult
from eval.types import Topic

Point = tuple[float, float]
BINS = 10
ALL = "all"


@dataclass(frozen=True, slots=True)
class Abstention:
    """Shares of topics, 0..1; None where there is no such topic.

    `refused` is the share of unanswerable topics refused, by what they ask
    and under "all"; `refused_wrongly` the share of answerable ones. `areas`
    has, for the same kinds, the area under the refusal curve of that kind
    against the answerable topics.
    """

    refused: tuple[tuple[str, int, float], ...]
    areas: tuple[tuple[str, float], ...]
    refused_wrongly: float | None
    refusal_area: float | None
    risk_area: float | None

    @property
    def refused_share(self) -> float | None:
        """The share of all unanswerable topics refused."""
        return {kind: share for kind, _, share in self.refused}.get(ALL)


def abstention(found: Sequence[TopicResult], topics: Sequence[Topic]) -> Abstention:
    """The refusals of a run over `topics` and the areas of its curves."""
    kinds = {topic.id: topic.asks or "(none)" for topic in topics if not topic.answerable}
    answerable = [o for o in found if o.answerable]
    shares, areas = [], []
    for kind in (*sorted(set(kinds.values())), ALL):
        group = [o for o in found if o.topic in kinds and kind in (kinds[o.topic], ALL)]
        if group:
            shares.append((kind, len(group), sum(not o.answered for o in group) / len(group)))
        if group and answerable:
            areas.append((kind, area(refusal_curve([*answerable, *group]))))
    wrongly = sum(not o.answered for o in answerable) / len(answerable) if answerable else None
    return Abstention(tuple(shares), tuple(areas), wrongly, dict(areas).get(ALL), risk_area(found))


def _confidence(outcome: TopicResult) -> float:
    return -math.inf if outcome.confidence is None else outcome.confidence


def _by_confidence(found: Sequence[TopicResult], descending: bool) -> list[list[TopicResult]]:
    """The outcomes in groups of equal confidence: a threshold cannot part them."""
    ordered = sorted(found, key=_confidence, reverse=descending)
    return [list(group) for _, group in groupby(ordered, key=_confidence)]


def refusal_curve(found: Sequence[TopicResult]) -> tuple[Point, ...]:
    """(answerable refused, unanswerable refused) for every threshold, from none refused to all.

    Empty where there are no topics of one of the two sorts.
    """
    answerable = sum(o.answerable for o in found)
    unanswerable = len(found) - answerable
    if not answerable or not unanswerable:
        return ()
    points = [(0.0, 0.0)]
    wrongly = rightly = 0
    for group in _by_confidence(found, descending=False):
        wrongly += sum(o.answerable for o in group)
        rightly += sum(not o.answerable for o in group)
        points.append((wrongly / answerable, rightly / unanswerable))
    return tuple(points)


def risk_coverage(found: Sequence[TopicResult]) -> tuple[Point, ...]:
    """(share answered, share of wrong answers among them) for every threshold, from the surest on."""
    points: list[Point] = []
    wrong = total = 0
    for group in _by_confidence(found, descending=True):
        total += len(group)
        wrong += sum(not o.right for o in group)
        points.append((total / len(found), wrong / total))
    return tuple(points)


def risk_area(found: Sequence[TopicResult]) -> float | None:
    """The area under the risk-coverage curve, 0..1, lower is better: the mean risk over all coverages."""
    points = risk_coverage(found)
    total, before = 0.0, 0.0
    for coverage, risk in points:
        total += (coverage - before) * risk
        before = coverage
    return total if points else None


def area(points: Sequence[Point]) -> float:
    """The area under a curve of rising x, by trapezoids."""
    return sum((right[0] - left[0]) * (left[1] + right[1]) / 2 for left, right in pairwise(points))


def reliability(found: Sequence[TopicResult]) -> tuple[tuple[float, float, int], ...]:
    """(mean confidence, share right, topics) in each filled tenth of the confidence, for probabilities."""
    bins: dict[int, list[TopicResult]] = {}
    for outcome in found:
        bins.setdefault(min(BINS - 1, max(0, int(max(_confidence(outcome), 0.0) * BINS))), []).append(outcome)
    return tuple(
        (
            sum(max(_confidence(o), 0.0) for o in group) / len(group),
            sum(o.right for o in group) / len(group),
            len(group),
        )
        for _, group in sorted(bins.items())
    )
