"""Filters from the options of a command, a line of a batch or a program's call."""

from collections.abc import Mapping
from typing import get_args

from index.errors import WoordelijkError
from index.model.types import Field
from rag.question.filters import NO_FILTERS, Filters
from rag.question.operators import read_filter
from rag.question.remark import Remark, remark_text

# The keys of a record, and what a value of theirs is called in a question.
_NAMES = {
    "documents": "document",
    "ministers": "minister",
    "groups": "group",
    "members": "member",
    "kinds": "kind",
    "numbers": "number",
    "annexes": "annex",
    "footnotes": "footnote",
    "speakers": "speaker",
    "promises": "promise",
    "refusals": "refusal",
    "dates": "period",
    "since": "since",
    "until": "until",
}
_FIELDS: dict[str, Field] = {field: field for field in get_args(Field)}
_TEXTS = ("fields", "phrases", "without")
# Of all keys together; each phrase is looked for in every passage that is left.
MOST_VALUES, MOST_TEXTS = 500, 30


class FilterError(WoordelijkError):
    """A filter that cannot be one."""


def read_filters(record: object) -> Filters:
    """The filters of a record such as `Filters.record` gives: `{"groups": ["CDA"], "since": "2020-01"}`.

    A value may stand alone or in a list, and is read as in a question:
    `"numbers": "10-20"`, `"dates": "2021"`. None, and an empty value, set
    nothing. Raises FilterError, naming the key, for anything else.
    """
    if record is None:
        return NO_FILTERS
    if not isinstance(record, Mapping):
        raise FilterError(f'filters: expected an object such as {{"groups": ["CDA"]}}, found {record!r:.80}.')
    filters = NO_FILTERS
    values = [(str(key), value) for key, given in record.items() for value in dict.fromkeys(_values(key, given))]
    texts = sum(key in _TEXTS[1:] for key, _ in values)
    if len(values) > MOST_VALUES or texts > MOST_TEXTS:
        raise FilterError(
            f"filters: {len(values):,} values, {texts:,} of them phrases; expected at most {MOST_VALUES}, and "
            f"{MOST_TEXTS} phrases. Leave out a filter that has nearly all."
        )
    for key, value in values:
        filters = filters.with_also(_filter(key, value))
    return filters


def _values(key: object, given: object) -> list[str]:
    if key not in _NAMES and key not in _TEXTS:
        raise FilterError(f"filters: {key!r:.80} is not one of {', '.join([*_NAMES, *_TEXTS])}.")
    values = given if isinstance(given, list | tuple) else [given]
    if not all(isinstance(value, str | int | None) and not isinstance(value, bool) for value in values):
        raise FilterError(f"filters: expected {key!r} to be a text, a number or a list of them, found {given!r:.80}.")
    return [str(value).strip() for value in values if value not in (None, "")]


def _filter(key: str, value: str) -> Filters:
    if key == "fields":
        if value not in _FIELDS:
            raise FilterError(f"filters: {value!r:.80} is not one of {', '.join(_FIELDS)}.")
        return Filters(fields=(_FIELDS[value],))
    if key in _TEXTS:
        return Filters(phrases=(value,)) if key == "phrases" else Filters(without=(value,))
    read = read_filter(_NAMES[key], value)
    if isinstance(read, Remark):
        raise FilterError(f"{key}: {remark_text(read, 'nl')}")
    return read
