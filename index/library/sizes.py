"""What the lists of a library are kept as, and how much room each takes."""

from collections.abc import Iterable

import numpy as np

from index.library.manifest import StoredList
from index.library.segment_files import OpenedSegment
from index.model.arrays import Arrays

# The arrays of each list by the beginnings of their names.
_LISTS = {
    "words": ("words.", "word_", "outside.", "names.", "titles."),
    "vectors": ("vectors", "summary."),
    "tokens": ("tokens.", "pieces."),
    "found": ("promises.", "coverage.", "figures.", "near."),
    "columns": ("columns.", "heads"),
}
# How a number of a token is kept, by the type of its rows.
_TOKENS = {np.dtype(np.int8): "8 bits", np.dtype(np.uint8): "4 bits"}


def stored_lists(segments: Iterable[OpenedSegment]) -> tuple[StoredList, ...]:
    """The lists of these segments, those of one kind together, by name and kind."""
    found: dict[tuple[str, str], tuple[int, int]] = {}
    for segment in segments:
        passages = len(segment.documents.columns.document)
        sizes = {name: _bytes(segment.arrays, beginnings) for name, beginnings in _LISTS.items()}
        sizes["documents"] = segment.documents.size
        for name, size in sizes.items():
            before = found.get(key := (name, _kind(name, segment.arrays)), (0, 0))
            found[key] = before[0] + passages, before[1] + size
    return tuple(StoredList(name, kind, *sums) for (name, kind), sums in sorted(found.items()))


def _bytes(arrays: Arrays, beginnings: tuple[str, ...]) -> int:
    return sum(array.nbytes for name, array in arrays.items() if name.startswith(beginnings))


def _kind(name: str, arrays: Arrays) -> str:
    if name == "vectors":
        return "codes of 8 bits, then exact" if "summary.codes" in arrays else "exact"
    if name == "tokens":
        return _TOKENS[arrays["tokens.rows"].dtype] if len(arrays["tokens.rows"]) else "by piece"
    return {"words": "postings", "documents": "JSON"}.get(name, "arrays")
