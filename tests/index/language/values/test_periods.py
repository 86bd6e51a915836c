"""Periods as people type them: both ends count, and what does not exist is none."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language.values.periods import read_period


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2021", "2021-01-01", "2021-12-31"),
        ("2020-2021", "2020-01-01", "2021-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("12-03-2024", "2024-03-12", "2024-03-12"),
        ("03-2024", "2024-03-01", "2024-03-31"),
        ("12 Maart 2024", "2024-03-12", "2024-03-12"),
        ("mrt. 2024", "2024-03-01", "2024-03-31"),
        ("may 2024", "2024-05-01", "2024-05-31"),
        ("2020-01..2021-06", "2020-01-01", "2021-06-30"),
        ("2021-06..2020-01", "2020-01-01", "2021-06-30"),
        ("1 april 2020 tot en met 3 mei 2020", "2020-04-01", "2020-05-03"),
        ("2020 t/m 2022", "2020-01-01", "2022-12-31"),
        ("2020..", "2020-01-01", None),
        ("..2020", None, "2020-12-31"),
    ],
)
def test_periods(text: str, first: str | None, last: str | None) -> None:
    ends = tuple(date.fromisoformat(end) if end else None for end in (first, last))
    assert read_period(text) == ends


@pytest.mark.parametrize(
    "text", ["", "..", "morgen", "2021-13", "2021-02-30", "31 februari 2024", "0000", "12 appels 2024"]
)
def test_what_is_no_period(text: str) -> None:
    assert read_period(text) is None


@given(st.text(max_size=40) | st.from_regex(r"[\d./-]{1,12}(\.\.[\d./-]{1,12})?", fullmatch=True))
def test_any_text_is_a_period_or_none(text: str) -> None:
    period = read_period(text)
    assert period is None or None in period or period[0] <= period[1]  # type: ignore[operator]
