"""Tell a quotation that was put together from several places of the documents.

Every piece is exact, only their joining is not: no ellipsis says that
something was left out.
"""

import re
from collections.abc import Sequence

from rag.verify.document_search import Place, Sources

# Words. A shorter piece may stand anywhere by chance.
_SHORTEST_PIECE = 4
# Code points between two pieces that still belong to one passage: some twelve words.
_GAP = 90
_LONGEST = 3_000


def spliced(text: str, sources: Sources) -> tuple[Place, ...]:
    """The places of the pieces that `text` is put together from, in its order.

    Empty where it is not made of exact pieces of at least four words, or
    where they follow each other closely in one part: then words were dropped
    from one passage, and the quotation is altered.
    """
    found = [match.span() for match in re.finditer(r"\S+", text) if any(c.isalnum() for c in match[0])]
    if len(text) > _LONGEST or len(found) < 2 * _SHORTEST_PIECE:
        return ()
    exact: list[str] = []
    position = 0
    while position < len(found):
        end = _longest_piece(text, found, position, sources)
        if end - position < _SHORTEST_PIECE:
            return ()
        exact.append(text[found[position][0] : found[end - 1][1]])
        position = end
    # Each may stand in many places, which nobody asks for before all of the quotation is exact.
    pieces = [sources.places(piece) for piece in exact]
    return () if _one_passage(pieces) else tuple(places[0] for places in pieces)


def _longest_piece(text: str, found: Sequence[tuple[int, int]], first: int, sources: Sources) -> int:
    """Where the longest exact piece from word `first` ends; `first` where none is long enough."""
    low, high = first + _SHORTEST_PIECE, len(found)
    if low > high or not sources.stands(text[found[first][0] : found[low - 1][1]]):
        return first
    # Whatever an exact piece begins with is exact too, so the end is found by halving.
    while low < high:
        middle = (low + high + 1) // 2
        if sources.stands(text[found[first][0] : found[middle - 1][1]]):
            low = middle
        else:
            high = middle - 1
    return low


def _one_passage(pieces: Sequence[Sequence[Place]]) -> bool:
    """Whether some places of the pieces follow each other closely in one part."""
    reached = list(pieces[0])
    for places in pieces[1:]:
        reached = [
            place
            for place in places
            if any(p.part == place.part and 0 <= place.span.start - p.span.end <= _GAP for p in reached)
        ]
    return bool(reached)
