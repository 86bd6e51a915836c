"""The vectors of texts that were encoded before: no text of a library is encoded twice by the same encoder."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.encoders.encoder import Encoded, EncoderPair
from index.encoders.token_vectors import TokenVectors
from index.library.segment_files import OpenedSegment
from index.model.store import digest

# Texts that are encoded between two looks at whether all is to stop.
_AT_ONCE = 64


@dataclass(frozen=True)
class _Texts:
    """Different texts with their vectors, and the number of each."""

    numbers: dict[str, int]
    encoded: Encoded

    def of(self, texts: Sequence[str]) -> Encoded:
        """The vectors of these texts, in that order."""
        numbers = np.array([self.numbers[text] for text in texts], dtype=np.int64)
        return Encoded(self.encoded.rows[numbers], self.encoded.tokens.taken(numbers))


class KnownVectors:
    """Gives texts their vectors: those they have in `segments`, those they just got, or new ones by the `encoders`.

    `encoded` is told how many texts are done whenever some are; what it raises ends the encoding.
    """

    def __init__(
        self, encoders: EncoderPair, segments: Callable[[], Sequence[OpenedSegment]], encoded: Callable[[int], None]
    ) -> None:
        self._encoders = encoders
        self._segments = segments
        self._encoded = encoded
        # Of the batch before, which may not stand in a segment yet.
        self._latest: _Texts | None = None

    def of(self, documents: Sequence[Sequence[str]]) -> list[Encoded]:
        """The vectors of the texts of each document."""
        left = dict.fromkeys(text for texts in documents for text in texts)
        wanted = len(left)
        parts: list[tuple[list[str], Encoded]] = []
        if self._latest is not None:
            texts = [text for text in left if text in self._latest.numbers]
            parts.append((texts, self._latest.of(texts)))
            _take(left, texts)
        for opened in self._segments():
            if not left:
                break
            texts, rows = _held(opened, left)
            if texts:
                parts.append((texts, Encoded(opened.segment.vectors[rows], opened.segment.tokens.taken(rows))))
                _take(left, texts)
        self._encoded(wanted - len(left))
        # Those of about one length together: none of the cores waits long for another.
        ordered = sorted(left, key=len)
        for start in range(0, len(ordered), _AT_ONCE):
            texts = ordered[start : start + _AT_ONCE]
            parts.append((texts, self._encoders.passages.encode_passages_by_token(texts)))
            self._encoded(len(texts))
        if not parts:
            parts.append(([], self._encoders.passages.encode_passages_by_token([])))
        self._latest = _Texts(
            {text: number for number, text in enumerate(text for texts, _ in parts for text in texts)},
            Encoded(
                np.concatenate([encoded.rows for _, encoded in parts]),
                TokenVectors.joined([encoded.tokens for _, encoded in parts]),
            ),
        )
        return [self._latest.of(texts) for texts in documents]


def _held(opened: OpenedSegment, texts: dict[str, None]) -> tuple[list[str], NDArray[np.int64]]:
    """Those of the texts, one at least, that a segment has, each with a row there.

    Of rows that differ in their typography alone the first is looked at.
    """
    columns = opened.documents.columns
    by_digest = {digest(text): text for text in texts}
    wanted = np.array(sorted(by_digest), dtype=np.uint64)
    # As np.isin, which sorts all of them.
    place = np.minimum(wanted.searchsorted(columns.digest), len(wanted) - 1)
    rows = np.flatnonzero(wanted[place] == columns.digest)
    first: dict[int, int] = {}
    for row in rows.tolist():
        first.setdefault(int(columns.digest[row]), row)
    found: dict[str, int] = {}
    document, text = -1, ""
    for row in sorted(first.values()):
        if columns.document[row] != document:
            document = int(columns.document[row])
            text = opened.documents.record(document).document.text
        held = text[columns.start[row] : columns.end[row]]
        if held in texts:
            found[held] = row
    return list(found), np.array(list(found.values()), dtype=np.int64)


def _take(left: dict[str, None], texts: Sequence[str]) -> None:
    for text in texts:
        del left[text]
