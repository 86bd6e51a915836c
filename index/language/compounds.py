"""Split Dutch compounds into words that the collection itself uses.

"misbruikmateriaal" is about "misbruik" and "materiaal": a compound is split
where both sides are words of the documents, with or without the letters that
Dutch puts between them (Monz and de Rijke, CLEF 2001).
"""

from collections.abc import Collection
from dataclasses import dataclass, field

from index.language.analyser import is_number

SHORTEST_HEAD = 3
SHORTEST_TAIL = 4
_JOINTS = ("", "s", "e", "en", "er")


@dataclass(frozen=True)
class Compounds:
    """Splits words into two known parts, the longest last part first."""

    known: Collection[str]
    _split: dict[str, tuple[str, ...]] = field(default_factory=dict, compare=False, repr=False)

    def parts(self, word: str) -> tuple[str, ...]:
        """The parts of a folded word, parts of parts too; empty where it is no compound of known words."""
        if word not in self._split:
            self._split[word] = self._parts(word)
        return self._split[word]

    def _parts(self, word: str) -> tuple[str, ...]:
        if len(word) < SHORTEST_HEAD + SHORTEST_TAIL or is_number(word):
            return ()
        for cut in range(SHORTEST_HEAD, len(word) - SHORTEST_TAIL + 1):
            tail = word[cut:]
            if tail not in self.known:
                continue
            for joint in _JOINTS:
                head = word[:cut].removesuffix(joint) if word[:cut].endswith(joint) else ""
                if len(head) >= SHORTEST_HEAD and head in self.known:
                    return (head, *self.parts(head), tail, *self.parts(tail))
        return ()
