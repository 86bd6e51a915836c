"""Follow an answer that only refers to another one.

"Voor het antwoord op deze vraag verwijs ik u naar het antwoord op vraag 6" is
where the search arrives but not what the person needs. The units referred to
are followed until they hold an answer of their own.
"""

from collections.abc import Mapping

from index.model.types import Unit

Key = int | str


def followed(unit: Unit, by_reference: Mapping[Key, Unit]) -> dict[str, tuple[int, ...]]:
    """The ids of the units that `unit` leads to, each with the questions that led there, in order.

    Empty where `unit` has an answer of its own. References that go round in
    circles or point outside the document end there.
    """
    if not unit.refers_only:
        return {}
    reached: dict[str, tuple[int, ...]] = {}
    seen = {unit.id}
    queue = [(unit, unit.numbers)]
    while queue:
        current, path = queue.pop(0)
        for reference in current.references:
            target = by_reference.get(reference)
            if target is None or target.id in seen:
                continue
            seen.add(target.id)
            if target.refers_only:
                queue.append((target, path + target.numbers))
            else:
                reached[target.id] = path
    return reached


def by_reference(units: tuple[Unit, ...]) -> dict[Key, Unit]:
    """The `units` of one document by the number or Roman numeral that refers to them."""
    found: dict[Key, Unit] = {}
    for unit in units:
        for number in unit.numbers:
            found[number] = unit
        if unit.annex:
            found[unit.annex] = unit
    return found
