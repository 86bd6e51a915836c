"""Merge segments in tiers: ten of a size become one of the next size.

So a library of a thousand documents has some thirty segments at most, and a
document is written anew only a few times in its life (O'Neil et al., The
Log-Structured Merge-Tree, 1996). Documents that were removed go at last when
their segment is merged, or when most of it is gone.
"""

from collections.abc import Sequence

from index.library.store import Opened

TIER = 10


def to_merge(opened: Sequence[Opened], living: Sequence[int]) -> list[int]:
    """The numbers of the segments to merge into one, oldest first; none where they may stay.

    `living` has for each of them how many documents it gives to the library, one at least.
    """
    tiers: dict[int, list[int]] = {}
    for number, size in enumerate(living):
        tiers.setdefault(len(str(size)), []).append(number)
    full = [numbers[:TIER] for _, numbers in sorted(tiers.items()) if len(numbers) >= TIER]
    sparse = [[n] for n, size in enumerate(living) if 2 * size < len(opened[n].contents.documents)]
    return next(iter(full + sparse), [])
