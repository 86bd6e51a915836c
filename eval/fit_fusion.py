"""Fit what each list counts for, cross-validated over topics.

The weights are points of a grid on the simplex; the mean of the best points of
it is taken, which a few topics more or less hardly move. Nothing is random but
the folds, and those are seeded. Lists are added up as z-scores: scaled by their
range, by ranks or by a logistic model they were on no benchmark better, and by
the latter two worse on written questions (`eval/fitting/report.md`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from eval.logistic import Rows
from eval.types import Benchmark
from index.model.collection import Collection
from rag.retrieval.fuse import raised, standardised
from rag.retrieval.rank import FOOTNOTE_PENALTY, MEMBERS_PENALTY

# Steps of the grid from 0 to 1, and the share of its points that the weights are the mean of.
_STEPS = 10
_BEST = 0.2
# What weights sum to: the scale of fused scores that the ranker's penalties are meant for.
TOTAL = 3.0
FOLDS = 5
_CUTOFF = 10


@dataclass(frozen=True)
class Judged:
    """The answerable topics of a benchmark with the scores of every list for every passage.

    `lists` has shape (lists, topics, passages). References are not followed
    here: that does not depend on the weights.
    """

    names: tuple[str, ...]
    lists: Rows
    relevance: Rows
    penalties: Rows
    order: NDArray[np.intp]
    starts: NDArray[np.intp]

    @classmethod
    def of(
        cls, collection: Collection, benchmark: Benchmark, topics: Sequence[str], lists: dict[str, Rows]
    ) -> "Judged":
        """`lists` by name, each of shape (topics, passages), for the ids in `topics`."""
        units = {unit.id: place for place, unit in enumerate(collection.units)}
        owners = np.array([units[passage.unit] for passage in collection.passages])
        held = sorted(set(owners.tolist()))
        relevance = np.zeros((len(topics), len(held)))
        places = {owner: place for place, owner in enumerate(held)}
        for row, topic in enumerate(topics):
            for unit, judged in benchmark.relevance[topic].items():
                relevance[row, places[units[unit]]] = judged
        order = np.argsort(owners, kind="stable")
        return cls(
            names=tuple(lists),
            lists=np.array(list(lists.values())),
            relevance=relevance,
            penalties=np.array([_penalty(p.field, p.speaker) for p in collection.passages]),
            order=order,
            starts=np.searchsorted(owners[order], held),
        )

    def prepared(self) -> "Judged":
        """The same with every list brought to one scale, as rag/retrieval/fuse.py has it."""
        lists = np.array([[standardised(scores.astype(np.float32)) for scores in topics] for topics in self.lists])
        return Judged(self.names, lists, self.relevance, self.penalties, self.order, self.starts)

    def without(self, name: str) -> "Judged":
        """The same without one list."""
        kept = [place for place, other in enumerate(self.names) if other != name]
        names = tuple(self.names[place] for place in kept)
        return Judged(names, self.lists[kept], self.relevance, self.penalties, self.order, self.starts)

    @property
    def topics(self) -> int:
        return len(self.relevance)

    @cached_property
    def _discounts(self) -> Rows:
        return 1 / np.log2(np.arange(2, _CUTOFF + 2))

    @cached_property
    def _ideal(self) -> Rows:
        best = -np.sort(-self.relevance, axis=1)[:, :_CUTOFF]
        found: Rows = best @ self._discounts[: best.shape[1]]
        return found

    def ndcg(self, weights: Rows) -> Rows:
        """nDCG@10 of each topic for the weighted sum of the lists, a unit counting its two best passages."""
        fused = np.tensordot(weights, self.lists, axes=1) - self.penalties
        units = unit_scores(fused[:, self.order], self.starts)
        cutoff = min(_CUTOFF, units.shape[1])
        first = np.argpartition(-units, cutoff - 1, axis=1)[:, :cutoff]
        ranked = np.argsort(-np.take_along_axis(units, first, axis=1), axis=1, kind="stable")
        first = np.take_along_axis(first, ranked, axis=1)
        gains = np.take_along_axis(self.relevance, first, axis=1)
        found: Rows = (gains @ self._discounts[:cutoff]) / self._ideal
        return found


def unit_scores(fused: Rows, starts: NDArray[np.intp]) -> Rows:
    """The scores of units from those of their passages, which begin at `starts`, as rag/retrieval/fuse.py has it."""
    best = np.maximum.reduceat(fused, starts, axis=1)
    lengths = np.diff([*starts, fused.shape[1]])
    others = np.where(fused == np.repeat(best, lengths, axis=1), -np.inf, fused)
    return raised(best, np.maximum.reduceat(others, starts, axis=1))


def _penalty(field: str, speaker: str) -> float:
    if field == "footnote":
        return FOOTNOTE_PENALTY
    return MEMBERS_PENALTY if speaker == "members" and field != "question" else 0.0


@dataclass(frozen=True)
class Fit:
    """Fitted weights by list, and what they score on topics that they were not fitted on, a row a benchmark."""

    weights: dict[str, float]
    held_out: tuple[Rows, ...]

    @property
    def mean(self) -> float:
        """The mean over benchmarks of the mean over topics."""
        return float(np.mean([scores.mean() for scores in self.held_out]))


def grid(lists: int) -> Rows:
    """Every point of so many weights in steps of a tenth that sum to TOTAL, shape (points, lists)."""
    bars = combinations(range(_STEPS + lists - 1), lists - 1)
    points = [np.diff([-1, *bar, _STEPS + lists - 1]) - 1 for bar in bars]
    return TOTAL * np.array(points) / _STEPS


def fit(judged: Sequence[Judged], seed: int) -> Fit:
    """The weights that serve the benchmarks best, each counting alike, and their cross-validated scores."""
    points = grid(len(judged[0].names))
    scores = [np.array([one.ndcg(point) for point in points]) for one in judged]
    folds = [_folds(one.topics, seed) for one in judged]
    held_out = [np.zeros(one.topics) for one in judged]
    for fold in range(FOLDS):
        weights = _best(points, [found[:, chosen != fold] for found, chosen in zip(scores, folds, strict=True)])
        for one, chosen, found in zip(judged, folds, held_out, strict=True):
            found[chosen == fold] = one.ndcg(weights)[chosen == fold]
    return Fit(dict(zip(judged[0].names, _best(points, scores).tolist(), strict=True)), tuple(held_out))


def _folds(topics: int, seed: int) -> NDArray[np.intp]:
    return np.random.default_rng(seed).permutation(topics) % FOLDS


def _best(points: Rows, scores: Sequence[Rows]) -> Rows:
    """The mean of the points that score best over all benchmarks."""
    means = np.mean([found.mean(axis=1) for found in scores], axis=0)
    kept = max(1, round(_BEST * len(points)))
    best: Rows = points[np.argsort(-means, kind="stable")[:kept]].mean(axis=0)
    return best
