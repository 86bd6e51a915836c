"""Tell a quotation that was put together from several places of the documents.

Every piece is exact, only their joining is not: no ellipsis says that
something was left out.
"""

from collections.abc import Sequence

from rag.verify.sources import Place, Sources, tokens

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
    found = tokens(text)
    if len(text) > _LONGEST or sum(token.is_word for token in found) < 2 * _SHORTEST_PIECE:
        return ()
    pieces: list[list[Place]] = []
    position = 0
    while position < len(found):
        end, places = _longest_piece(text, position, sources)
        if not places:
            return ()
        pieces.append(places)
        position = end
    return () if _one_passage(pieces) else tuple(places[0] for places in pieces)


def _longest_piece(text: str, first: int, sources: Sources) -> tuple[int, list[Place]]:
    """Where the longest exact piece from token `first` ends, and its places; none where it is too short."""
    found = tokens(text)
    low, high, best = first, len(found), (first, list[Place]())
    # A part of an exact piece is exact but for where words are cut, so halving comes close; the rest is tried.
    while low < high:
        middle = (low + high + 1) // 2
        places = sources.places(text[found[first].start : found[middle - 1].end])
        if places:
            low, best = middle, (middle, places)
        else:
            high = middle - 1
    for end in range(min(len(found), best[0] + 3), best[0], -1):
        if places := sources.places(text[found[first].start : found[end - 1].end]):
            best = (end, places)
            break
    enough = sum(token.is_word for token in found[first : best[0]]) >= _SHORTEST_PIECE
    rest = not any(token.is_word for token in found[best[0] :])
    return (len(found) if rest else best[0], best[1]) if enough else (first, [])


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
