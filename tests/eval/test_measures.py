"""Measures are those of the field: checked against an independent computation, and for what holds of all."""

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.measures import Measure, exactness, topic_scores
from eval.tables import Table, markdown
from eval.types import Benchmark, Qrel, Ranked, Response, Run, Topic
from index.language.span import Span
from index.model.collection import Collection

UNITS = [f"u{n}" for n in range(12)]


def _benchmark(grades: dict[str, dict[str, int]]) -> Benchmark:
    topics = tuple(Topic(topic, topic) for topic in grades)
    qrels = tuple(
        Qrel(topic, "d", unit, Span(10 * UNITS.index(unit), 10 * UNITS.index(unit) + 10), grade)
        for topic, units in grades.items()
        for unit, grade in units.items()
    )
    return Benchmark("b", topics, qrels)


def _run(rankings: dict[str, list[str]]) -> Run:
    return Run(
        "s", tuple(Response(topic, tuple(_ranked(u) for u in units), True, 1.0) for topic, units in rankings.items())
    )


def _ranked(unit: str) -> Ranked:
    # Equal scores: the ranking is the order of the tuple and nothing else.
    return Ranked(unit, 1.0, "d", Span(10 * UNITS.index(unit), 10 * UNITS.index(unit) + 10), "x")


grades = st.dictionaries(
    st.sampled_from(["a", "b", "c"]),
    st.dictionaries(st.sampled_from(UNITS), st.integers(0, 3), max_size=8).map(lambda units: {**units, "u11": 3}),
    min_size=1,
)
rankings = st.dictionaries(st.sampled_from(["a", "b", "c", "other"]), st.permutations(UNITS).map(lambda u: u[:9]))


def _ndcg(found: list[int], judged: list[int]) -> float:
    def gain(values: list[int]) -> float:
        return sum(value / math.log2(place + 2) for place, value in enumerate(values[:10]))

    return gain(found) / gain(sorted(judged, reverse=True))


@given(grades, rankings)
def test_units_score_as_an_independent_computation_says(
    judged: dict[str, dict[str, int]], ranked: dict[str, list[str]]
) -> None:
    scores = topic_scores(_benchmark(judged), _run(ranked))
    for topic, units in judged.items():
        ranking = ranked.get(topic, [])
        hits = [place for place, unit in enumerate(ranking, start=1) if units.get(unit, 0) >= 2]
        wanted = sum(grade >= 2 for grade in units.values())
        expected = {
            "nDCG@10": _ndcg([units.get(unit, 0) for unit in ranking], list(units.values())),
            "RR@10": 1 / hits[0] if hits else 0.0,
            "Success@1": float(1 in hits),
            "Success@3": float(any(hit <= 3 for hit in hits)),
            "Recall@5": sum(hit <= 5 for hit in hits) / wanted,
        }
        assert {name: scores[topic][name] for name in expected} == pytest.approx(expected, abs=1e-6)


@given(grades, rankings)
def test_measures_lie_between_0_and_1(judged: dict[str, dict[str, int]], ranked: dict[str, list[str]]) -> None:
    for row in topic_scores(_benchmark(judged), _run(ranked)).values():
        assert set(row) == set(Measure)
        assert all(0.0 <= value <= 1.0 + 1e-9 for value in row.values())


@given(grades)
def test_a_perfect_run_scores_1(judged: dict[str, dict[str, int]]) -> None:
    judged = {topic: {u: g for u, g in units.items() if g >= 2} for topic, units in judged.items()}
    perfect = {topic: sorted(units, key=lambda u: -units[u]) for topic, units in judged.items()}
    for topic, row in topic_scores(_benchmark(judged), _run(perfect)).items():
        fits = {m: v for m, v in row.items() if not m.startswith("Recall") or len(judged[topic]) <= int(m[7:])}
        assert fits == pytest.approx(dict.fromkeys(fits, 1.0))


@given(grades, rankings)
def test_the_order_of_topics_in_a_run_changes_nothing(
    judged: dict[str, dict[str, int]], ranked: dict[str, list[str]]
) -> None:
    backwards = dict(reversed(ranked.items()))
    assert topic_scores(_benchmark(judged), _run(ranked)) == topic_scores(_benchmark(judged), _run(backwards))


def test_a_topic_left_out_counts_as_zero() -> None:
    benchmark = _benchmark({"a": {"u1": 3}, "b": {"u1": 3}})
    scores = topic_scores(benchmark, _run({"a": ["u1"]}))
    assert [sum(scores[topic][one] for topic in scores) / 2 for one in Measure] == pytest.approx([0.5] * len(Measure))


def test_relevance_1_is_an_answer_where_nothing_was_judged_higher() -> None:
    assert topic_scores(_benchmark({"a": {"u1": 1}}), _run({"a": ["u1"]}))["a"]["RR@10"] == 1.0


@pytest.mark.parametrize(
    ("start", "end", "shown"), [(0, 20, 1.0), (0, 15, 1.0), (0, 14, 0.0), (15, 20, 1.0), (40, 60, 0.0)]
)
def test_a_span_is_shown_where_a_passage_holds_half_of_it(start: int, end: int, shown: float) -> None:
    benchmark = Benchmark("b", (Topic("a", "a"),), (Qrel("a", "d", "u1", Span(10, 20), 3),))
    ranked = Ranked("u1", 1.0, "d", Span(start, end), "x")
    assert topic_scores(benchmark, Run("s", (Response("a", (ranked,), True, 1.0),)))["a"]["Span@1"] == shown


def test_a_run_of_units_only_has_no_passage_measures() -> None:
    run = Run("s", (Response("a", (Ranked("u1", 1.0),), True, 1.0),))
    assert "Span@1" not in topic_scores(_benchmark({"a": {"u1": 3}}), run)["a"]


def test_a_unit_twice_in_a_ranking_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="twice"):
        Response("a", (Ranked("u1", 2.0), Ranked("u1", 1.0)), True, 1.0)


def test_a_shown_text_that_is_no_slice_is_counted(collection: Collection) -> None:
    passage = collection.passages[0]
    exact = Ranked(passage.unit, 1.0, passage.document, passage.span, collection.text(passage))
    folded = replace(exact, text=collection.text(passage).lower() + " ")
    assert exactness(Run("s", (Response("a", (exact,), True, 1.0),)), collection) == (1, 1)
    assert exactness(Run("s", (Response("a", (folded,), True, 1.0),)), collection) == (1, 0)


def test_what_a_topic_says_stays_text_in_a_report() -> None:
    said = "[a](javascript:x) <b> *c* | `d`\n# e [0.1, 0.2]"
    shown = markdown(Table("T", "n = 1", ("question",), ((said,),)))
    assert "| [a\\](javascript:x) \\<b\\> \\*c\\* \\| \\`d\\` # e [0.1, 0.2] |" in shown.splitlines()
