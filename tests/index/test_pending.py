"""Vectors that were made are not made again, and files cut short are never taken for them."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from index.encode import Encoded
from index.pending import PendingVectors
from tests.conftest import FakeEncoder


class _Counting(FakeEncoder):
    def __init__(self) -> None:
        self.encoded: list[str] = []

    def encode_passages_by_token(self, texts: Sequence[str]) -> Encoded:
        self.encoded += texts
        return super().encode_passages_by_token(texts)


TEXTS = ["Er zijn 15 sluizen.", "", "Een sluis kost 150 miljoen euro."]


def _same(one: Encoded, other: Encoded) -> bool:
    arrays = [(one.rows, other.rows), *((getattr(one.tokens, n), getattr(other.tokens, n)) for n in ("rows", "starts"))]
    return all(np.array_equal(left, right) for left, right in arrays)


def test_kept_until_cleared(tmp_path: Path) -> None:
    encoder = _Counting()
    made = PendingVectors(tmp_path / "pending", encoder).encode_passages(TEXTS)
    again = PendingVectors(tmp_path / "pending", encoder)
    assert _same(again.encode_passages(TEXTS), made)
    assert encoder.encoded == TEXTS
    again.encode_passages(TEXTS[:1])
    assert encoder.encoded == [*TEXTS, TEXTS[0]]
    again.clear()
    assert not (tmp_path / "pending").exists()
    assert _same(again.encode_passages(TEXTS), made)
    assert len(encoder.encoded) == 7


def test_another_encoder_has_vectors_of_its_own(tmp_path: Path) -> None:
    first, second = _Counting(), _Counting()
    second.fingerprint = "e" * 64
    for encoder in (first, second):
        PendingVectors(tmp_path, encoder).encode_passages(TEXTS)
    assert first.encoded == second.encoded == TEXTS


@pytest.mark.parametrize("file", ["rows.npy", "tokens/starts.npy", "tokens/rows.npy"])
@pytest.mark.parametrize("left", [0, 20, -1])
def test_a_file_cut_short_is_made_again(tmp_path: Path, file: str, left: int) -> None:
    encoder = _Counting()
    made = PendingVectors(tmp_path, encoder).encode_passages(TEXTS)
    (folder,) = tmp_path.iterdir()
    content = (folder / file).read_bytes()
    (folder / file).write_bytes(content[:left])
    assert _same(PendingVectors(tmp_path, encoder).encode_passages(TEXTS), made)
    assert encoder.encoded == TEXTS * 2
