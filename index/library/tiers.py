"""Merge segments in tiers: ten of a size become one of the next size.

So a library of a thousand documents has some thirty segments at most, and a
document is written anew only a few times in its life (O'Neil et al., The
Log-Structured Merge-Tree, 1996). Documents that were removed go at last when
their segment is merged, or when most of it is gone. No segment grows beyond
what is merged in little memory, whatever the size of the library.
"""

from collections.abc import Sequence

from index.library.store import Opened

TIER = 10
# Passages of a segment, about: what is merged at once is in memory, some 15 KB a passage with its vectors.
LARGEST = 50_000


def to_merge(opened: Sequence[Opened], living: Sequence[int]) -> list[int]:
    """The numbers of the segments to merge into one, oldest first; none where they may stay.

    `living` has for each of them how many documents it gives to the library, one at least.
    """
    tiers: dict[int, list[int]] = {}
    passages = [len(one.documents.columns.document) for one in opened]
    for number, size in enumerate(living):
        if 2 * passages[number] <= LARGEST:
            tiers.setdefault(len(str(size)), []).append(number)
    full = [
        [n for place, n in enumerate(numbers[:TIER]) if sum(passages[m] for m in numbers[: place + 1]) <= LARGEST]
        for _, numbers in sorted(tiers.items())
        if len(numbers) >= TIER
    ]
    sparse = [[n] for n, size in enumerate(living) if 2 * size < len(opened[n].contents.documents)]
    return next(iter(full + sparse), [])
