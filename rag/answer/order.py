"""The orders that a person may want what was found in: by number, by date, by document.

Of equals the ranking, or the order of the documents, stands.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Literal

from index.model.collection import Collection
from rag.answer.types import Hit

Order = Literal["relevance", "number", "date", "document"]

_Key = tuple[float | str, ...]


def ordered_hits(hits: tuple[Hit, ...], order: Order) -> tuple[Hit, ...]:
    """The hits in that order; their ranks stay those of the ranking."""
    if order == "relevance":
        return hits
    return tuple(sorted(hits, key=lambda hit: _key(order, hit.unit.numbers, hit.document.date, hit.document.title)))


def ordered_units(units: Sequence[int], collection: Collection, order: Order) -> tuple[int, ...]:
    """Units, by their numbers in the collection, in that order."""
    key = unit_key(collection, order)
    return tuple(units) if order == "relevance" else tuple(sorted(units, key=key))


def unit_key(collection: Collection, order: Order) -> Callable[[int], _Key]:
    """What to sort units by, for that order, which is not that of relevance."""
    unit_heads = [unit for head in collection.heads for unit in head.units]

    def key(unit: int) -> _Key:
        head = collection.heads[int(collection.columns.unit_document[unit])]
        return _key(order, unit_heads[unit].numbers, head.date, head.title)

    return key


def _key(order: Order, numbers: tuple[int, ...], dated: date | None, title: str) -> _Key:
    """What to sort by, ascending: the newest date first, what has no number or date last."""
    if order == "number":
        return (numbers[0] if numbers else float("inf"),)
    if order == "date":
        return (-dated.toordinal() if dated else float("inf"),)
    return (title.casefold(), numbers[0] if numbers else float("inf"))
