"""Filters: what is set in a question goes before what was set beside it."""

from datetime import date

from rag.question.filters import NO_FILTERS, Filters


def test_a_filter_is_set_or_not() -> None:
    assert not NO_FILTERS
    assert Filters(groups=("CDA",))
    assert Filters(until=date(2024, 1, 1))


def test_the_question_overrules_the_options() -> None:
    beside = Filters(groups=("CDA",), since=date(2020, 1, 1), until=date(2020, 12, 31), phrases=("boete",))
    typed = Filters(groups=("VVD",), since=date(2022, 1, 1), phrases=("boete", "fte"))
    both = beside.overruled_by(typed)
    assert both == Filters(groups=("VVD",), since=date(2022, 1, 1), until=None, phrases=("boete", "fte"))
    assert beside.overruled_by(NO_FILTERS) == NO_FILTERS.overruled_by(beside) == beside


def test_the_record_holds_what_is_set() -> None:
    assert NO_FILTERS.record() == {}
    assert Filters(since=date(2020, 1, 2), numbers=(1, 2)).record() == {"since": "2020-01-02", "numbers": [1, 2]}
