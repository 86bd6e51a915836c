"""The words near to a word are those of a plain comparison with all, whether they are searched in codes or not."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.encoders.encoder import unit_rows
from index.search import word_vectors
from index.search.word_vectors import NEAR, NEAREST, WordVectors


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), crowd=st.sampled_from([0, 90, 450]), rest=st.sampled_from([3, 300]))
def test_codes_find_exactly_the_nearest_words(seed: int, crowd: int, rest: int) -> None:
    """Also in a crowd of words so near to one another that codes cannot tell which are the nearest."""
    chance = np.random.default_rng(seed)
    asked = unit_rows(chance.standard_normal((2, 16)).astype(np.float32))
    near = asked[:1] + 0.1 * chance.standard_normal((crowd, 16)).astype(np.float32)
    vectors = unit_rows(np.concatenate([near, chance.standard_normal((rest, 16)).astype(np.float32)]))
    vectors[-1] = 0
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(word_vectors, "CODED", 3)
        found = WordVectors(vectors).near(asked)
    for query, one in zip(asked, found, strict=True):
        cosines = (vectors * query).sum(axis=1)
        expected = [number for number in np.argsort(-cosines, kind="stable") if cosines[number] > NEAR][:NEAREST]
        assert one.words.tolist() == expected
        assert one.cosines.tolist() == cosines[expected].tolist()
        assert one.nearest == cosines.max()
