"""What a run scores on each topic, and the means of it.

Measures of units come from ir-measures (MacAvaney et al., ECIR 2022), which
hands them to trec_eval itself; it was chosen over ranx because it needs no
compiler at run time, names a measure as papers do (`nDCG@10`,
`RR(rel=2)@10`) and speaks TREC formats. Graded relevance counts in nDCG as it
is; the binary measures count a unit from the benchmark's threshold on, so that
an answer that merely refers on is no success. A topic that the run left out,
or refused without a ranking, counts 0.
"""

from collections.abc import Iterable, Mapping, Sequence

from eval.types import Benchmark, Qrel, Ranked, Response, Run, Topic
from index.model.collection import Collection

CUTOFFS = (1, 5, 10)
# A passage shows a gold span when it holds at least this share of it.
SHOWN_SHARE = 0.5
UNIT_MEASURES = ("nDCG@10", "RR@10", "Success@1", "Success@3", "Success@5", "Recall@5", "Recall@10")
SPAN_MEASURES = tuple(f"Span@{cutoff}" for cutoff in CUTOFFS)
MEASURES = (*UNIT_MEASURES, *SPAN_MEASURES)

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

    level = benchmark.threshold
    measures = {
        ir.nDCG @ 10: "nDCG@10",
        ir.RR(rel=level) @ 10: "RR@10",
        **{ir.Success(rel=level) @ cutoff: f"Success@{cutoff}" for cutoff in (1, 3, 5)},
        **{ir.R(rel=level) @ cutoff: f"Recall@{cutoff}" for cutoff in (5, 10)},
    }
    answerable = [topic.id for topic in benchmark.topics if topic.answerable]
    scores: TopicScores = {topic: dict.fromkeys(UNIT_MEASURES, 0.0) for topic in answerable}
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
    shown = [any(_shows(ranked, qrel) for qrel in answers) for ranked in ranking[: max(CUTOFFS)]]
    return {f"Span@{cutoff}": float(any(shown[:cutoff])) for cutoff in CUTOFFS}


def _shows(ranked: Ranked, qrel: Qrel) -> bool:
    """Whether a passage holds at least half of a gold span."""
    if ranked.span is None or ranked.document != qrel.document:
        return False
    shared = min(ranked.span.end, qrel.span.end) - max(ranked.span.start, qrel.span.start)
    return shared >= SHOWN_SHARE * (qrel.span.end - qrel.span.start)


def means(scores: TopicScores, topics: Iterable[Topic] | None = None) -> dict[str, float]:
    """The mean of every measure over `topics` (all when left out); empty where none is answerable."""
    chosen = scores if topics is None else [topic.id for topic in topics if topic.id in scores]
    rows = [scores[topic] for topic in chosen]
    if not rows:
        return {}
    return {measure: sum(row[measure] for row in rows) / len(rows) for measure in rows[0]}


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
