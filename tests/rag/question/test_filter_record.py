"""Filters of a program or an option are read as those of a question, and what cannot be one is an error."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import WoordelijkError
from rag.question.filter_record import FilterError, read_filters
from rag.question.filters import NO_FILTERS, Filters


def test_a_record_is_read() -> None:
    record = {
        "groups": ["CDA", "SGP"],
        "numbers": ["10-12", 20],
        "annexes": "ii",
        "dates": "2021-03",
        "footnotes": "all",
        "speakers": ["members"],
        "phrases": ["de boete"],
        "without": "hoster",
        "promises": "hard",
        "refusals": ["not known", "not-possible"],
        "kinds": None,
        "documents": [],
    }
    assert read_filters(record) == Filters(
        groups=("CDA", "SGP"),
        numbers=(10, 11, 12, 20),
        annexes=("II",),
        since=date(2021, 3, 1),
        until=date(2021, 3, 31),
        fields=("footnote",),
        speakers=("members",),
        promises=("firm",),
        refusals=("not known", "not possible"),
        phrases=("de boete",),
        without=("hoster",),
    )


def test_nothing_set() -> None:
    assert read_filters(None) == read_filters({}) == read_filters({"groups": None, "numbers": ""}) == NO_FILTERS


@pytest.mark.parametrize(
    ("record", "says"),
    [
        ("CDA", "expected an object"),
        ({"fractie": "CDA"}, "'fractie' is not one of documents, ministers, groups"),
        ({"groups": {"a": 1}}, "expected 'groups' to be a text"),
        ({"groups": [True]}, "expected 'groups' to be a text"),
        ({"numbers": "tien"}, "numbers: “tien” is geen nummer"),
        ({"since": "gisteren"}, "since: “gisteren” is geen datum"),
        ({"speakers": ["koning"]}, "speakers: spreker:koning"),
        ({"fields": "kop"}, "'kop' is not one of context, question, answer, table, footnote"),
    ],
)
def test_what_cannot_be(record: object, says: str) -> None:
    with pytest.raises(FilterError, match=says):
        read_filters(record)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
_KEYS = st.sampled_from(["groups", "numbers", "annexes", "since", "until", "dates", "speakers", "footnotes", "phrases"])


@given(st.dictionaries(_KEYS, _JSON, max_size=3) | _JSON)
def test_any_json_is_filters_or_an_error(record: object) -> None:
    """What is read can be written as a record, and read again to the same filters."""
    try:
        filters = read_filters(record)
    except WoordelijkError:
        return
    assert read_filters(filters.record()) == filters
