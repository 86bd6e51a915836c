"""Refusals are counted by kind, and the curves run from none to all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.abstention import abstention, refusal_curve, reliability, risk_area, risk_coverage
from eval.results import TopicResult
from eval.types import Topic


def _result(name: str, confidence: float | None, answerable: bool, right: bool = False) -> TopicResult:
    sure = confidence is not None and confidence >= 0.5
    return TopicResult(name, answerable, sure, confidence, right, 1 if right else None, "", {})


outcomes = st.lists(
    st.builds(_result, st.just("t"), st.none() | st.sampled_from([0.0, 0.2, 0.5, 0.9]), st.booleans(), st.booleans()),
    min_size=1,
)


@given(outcomes)
def test_the_curves_stay_in_the_unit_square_and_end_at_all(found: list[TopicResult]) -> None:
    points = (*risk_coverage(found), *refusal_curve(found))
    assert all(0.0 <= x <= 1.0 and 0.0 <= y <= 1.0 for x, y in points)
    assert risk_coverage(found)[-1][0] == 1.0
    assert refusal_curve(found)[-1:] in ((), ((1.0, 1.0),))
    assert 0.0 <= (risk_area(found) or 0.0) <= 1.0


@given(outcomes)
def test_the_order_of_topics_changes_no_curve(found: list[TopicResult]) -> None:
    assert risk_coverage(found) == risk_coverage(found[::-1])
    assert refusal_curve(found) == refusal_curve(found[::-1])


def test_a_confidence_that_parts_the_topics_has_area_1() -> None:
    found = [_result("a", 0.9, True, True), _result("b", 0.8, True, True), _result("u", 0.1, False)]
    topics = [Topic("a", "?"), Topic("b", "?"), Topic("u", "?", asks="far", answerable=False)]
    result = abstention(found, topics)
    assert (result.refusal_area, result.refused_share, result.refused_wrongly) == (1.0, 1.0, 0.0)
    assert result.refused == (("far", 1, 1.0), ("all", 1, 1.0))
    assert result.areas == (("far", 1.0), ("all", 1.0))
    assert risk_area(found) == pytest.approx(1 / 9)


def test_each_kind_has_its_own_area() -> None:
    """A near miss that is surer than half the answerable topics has area .5, a far one below all has 1."""
    found = [_result("a", 0.9, True, True), _result("b", 0.5, True), _result("n", 0.7, False), _result("f", 0.1, False)]
    topics = [Topic("a", "?"), Topic("b", "?")]
    topics += [Topic("n", "?", asks="near", answerable=False), Topic("f", "?", asks="far", answerable=False)]
    assert abstention(found, topics).areas == (("far", 1.0), ("near", 0.5), ("all", 0.75))


def test_one_confidence_for_all_is_a_coin() -> None:
    found = [_result("a", 0.7, True, True), _result("u", 0.7, False)]
    assert abstention(found, [Topic("a", "?"), Topic("u", "?", answerable=False)]).refusal_area == 0.5


def test_reliability_counts_every_topic_once() -> None:
    found = [_result("a", 0.95, True, True), _result("b", 1.0, True), _result("u", None, False)]
    assert reliability(found) == ((0.0, 0.0, 1), (0.975, 0.5, 2))
