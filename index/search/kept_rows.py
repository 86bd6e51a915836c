"""What is found in each document when it is added, so that it is told of a library without reading one.

Knows nothing of what it keeps: the JSON of each document, one after the other.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.model.arrays import Arrays, starts_of


@dataclass(frozen=True)
class KeptRows:
    """The JSON of what was found in some documents: in `content`, from one of the `starts` to the next."""

    content: NDArray[np.uint8]
    starts: NDArray[np.int64]

    @classmethod
    def of(cls, encoded: Iterable[bytes]) -> "KeptRows":
        """Of the JSON of each document, in order."""
        return cls._joined([np.frombuffer(one, dtype=np.uint8) for one in encoded])

    @classmethod
    def of_arrays(cls, arrays: Arrays) -> "KeptRows":
        """That among `arrays`."""
        return cls(arrays["content"], arrays["starts"])

    @classmethod
    def merged(cls, kept: Sequence["KeptRows"], chosen: Sequence[tuple[int, int]]) -> "KeptRows":
        """That of the `chosen` documents, in order: of each the part that has it, and its number there."""
        return cls._joined([kept[part]._slice(number) for part, number in chosen])

    @classmethod
    def _joined(cls, encoded: Sequence[NDArray[np.uint8]]) -> "KeptRows":
        content = np.concatenate([np.zeros(0, np.uint8), *encoded])
        return cls(content, starts_of(np.array([len(one) for one in encoded], dtype=np.int64)))

    @property
    def arrays(self) -> Arrays:
        """All of it, by name."""
        return {"content": self.content, "starts": self.starts}

    def encoded(self, number: int) -> bytes:
        """The JSON of one document, by its number."""
        return self._slice(number).tobytes()

    def _slice(self, number: int) -> NDArray[np.uint8]:
        return self.content[self.starts[number] : self.starts[number + 1]]
