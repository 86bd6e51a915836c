"""What a run scores on each topic, and the means of it.

Measures of units come from ir-measures (MacAvaney et al., ECIR 2022), which
hands them to trec_eval itself; it was chosen over ranx because it needs no
compiler at run time, names a measure as papers do (`nDCG@10`,
`RR(rel=2)@10`) and speaks TREC formats. Graded relevance counts in nDCG as it
is; the binary measures count a unit from the benchmark's threshold on, so that
an answer that merely refers on is no success. A topic that the run left out,
or refused without a ranking, counts 0.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from eval.types import Benchmark, Qrel, Ranked, Response, Run
from index.model.collection import Collection

# A passage shows a gold span when it holds at least this share of it.
SHOWN_SHARE = 0.5


class Measure(StrEnum):
    """What is measured of each topic, in the order of a table; printed with its cutoff.

    Span@k is ours: whether one of the first k passages shows a gold span.
    """

    NDCG_10 = "nDCG@10"
    RR_10 = "RR@10"
    SUCCESS_1 = "Success@1"
    SUCCESS_3 = "Success@3"
    SUCCESS_5 = "Success@5"
    RECALL_5 = "Recall@5"
    RECALL_10 = "Recall@10"
    SPAN_1 = "Span@1"
    SPAN_5 = "Span@5"
    SPAN_10 = "Span@10"

    @property
    def cutoff(self) -> int:
        """How many places of a ranking are looked at."""
        return int(self.partition("@")[2])

    @property
    def of_spans(self) -> bool:
        """Whether it is one of passages, which a run that names only units does not have."""
        return self.startswith("Span")

    def in_library(self, threshold: int) -> Any:
        """The measure of ir-measures, an answer being a unit of relevance `threshold` or more; ValueError for Span."""
        import ir_measures as ir

        if self.of_spans:
            raise ValueError(f"{self} is not a measure of ir-measures")
        found = ir.parse_measure(self.replace("Recall", "R"))
        return found if self is Measure.NDCG_10 else found(rel=threshold)


# By topic, then measure; every value lies in [0, 1].
TopicScores = dict[str, dict[str, float]]


def topic_scores(benchmark: Benchmark, run: Run) -> TopicScores:
    """Every measure for every answerable topic of the benchmark, in its order.

    Passage measures are left out for a run that names only units.
    """
    scores = _unit_scores(benchmark, run)
    if any(ranked.span is None for response in run.responses for ranked in response.ranking):
        return scores
    rankings = {response.topic: response.ranking for response in run.responses}
    for topic in scores:
        scores[topic] |= _span_scores(benchmark.answers[topic], rankings.get(topic, ()))
    return scores


def _unit_scores(benchmark: Benchmark, run: Run) -> TopicScores:
    import ir_measures as ir

    measures = {one.in_library(benchmark.threshold): one.value for one in Measure if not one.of_spans}
    answerable = [topic.id for topic in benchmark.topics if topic.answerable]
    scores: TopicScores = {topic: dict.fromkeys(measures.values(), 0.0) for topic in answerable}
    qrels = [ir.Qrel(t, unit, n) for t in answerable for unit, n in benchmark.relevance[t].items()]
    # Counted from the end, as in the TREC files: the library may not order ties its own way.
    found = [
        ir.ScoredDoc(response.topic, ranked.unit, float(len(response.ranking) - place))
        for response in run.responses
        if response.topic in scores
        for place, ranked in enumerate(response.ranking)
    ]
    if found:
        for metric in ir.iter_calc(list(measures), qrels, found):
            scores[metric.query_id][measures[metric.measure]] = float(metric.value)
    return scores


def _span_scores(answers: Sequence[Qrel], ranking: Sequence[Ranked]) -> dict[str, float]:
    measures = [measure for measure in Measure if measure.of_spans]
    deepest = max(measure.cutoff for measure in measures)
    shown = [any(_shows(ranked, qrel) for qrel in answers) for ranked in ranking[:deepest]]
    return {measure.value: float(any(shown[: measure.cutoff])) for measure in measures}


def _shows(ranked: Ranked, qrel: Qrel) -> bool:
    """Whether a passage holds at least half of a gold span."""
    if ranked.span is None or ranked.document != qrel.document:
        return False
    shared = min(ranked.span.end, qrel.span.end) - max(ranked.span.start, qrel.span.start)
    return shared >= SHOWN_SHARE * (qrel.span.end - qrel.span.start)


def first_ranks(benchmark: Benchmark, run: Run) -> dict[str, int | None]:
    """By answerable topic: the rank, from 1, of the first unit that answers; None where the run has none."""
    rankings = {response.topic: response.ranking for response in run.responses}
    found: dict[str, int | None] = {}
    for topic in benchmark.topics:
        if topic.answerable:
            wanted = {qrel.unit for qrel in benchmark.answers[topic.id]}
            places = enumerate(rankings.get(topic.id, ()), start=1)
            found[topic.id] = next((rank for rank, ranked in places if ranked.unit in wanted), None)
    return found


def exactness(run: Run, collection: Collection) -> tuple[int, int]:
    """How many passages were shown, and how many of them are the slice of their document.

    Compared with the document as it is read now, not as the index kept it.
    """
    texts = {document.id: document.text for document in collection.documents}
    shown = [ranked for response in run.responses for ranked in response.ranking if ranked.span is not None]
    exact = [r for r in shown if r.span and r.text == texts.get(r.document or "", "")[r.span.start : r.span.end]]
    return len(shown), len(exact)


def responses_of(benchmark: Benchmark, run: Run) -> tuple[Response, ...]:
    """One response for each topic; a topic that the run left out was refused with confidence 0."""
    found: Mapping[str, Response] = {response.topic: response for response in run.responses}
    return tuple(found.get(t.id, Response(t.id, (), False, float("-inf"))) for t in benchmark.topics)
