"""Write numbers that count on as a range."""

from collections.abc import Sequence


def in_ranges(names: Sequence[str]) -> list[str]:
    """`names` with numbers that count on written as a range: 67 t/m 999."""
    ranges: list[list[str]] = []
    for name in names:
        if ranges and name.isdigit() and ranges[-1][-1].isdigit() and int(name) == int(ranges[-1][-1]) + 1:
            ranges[-1] = [ranges[-1][0], name]
        else:
            ranges.append([name])
    return [" t/m ".join(ends) for ends in ranges]
