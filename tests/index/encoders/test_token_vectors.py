"""The tokens of texts in 8 and in 4 bits, and late interaction over them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from index.encoders.token_vectors import TokenVectors
from index.search.late_interaction import LateInteraction, PieceFrequencies, TokenScorer

DIMENSIONS = 8


def _tokens(lengths: list[int], seed: int) -> tuple[TokenVectors, list[NDArray[np.float32]]]:
    """Random texts of so many tokens each, as token vectors and as matrices of rows of length 1."""
    generator = np.random.default_rng(seed)
    texts = [generator.normal(size=(length, DIMENSIONS)).astype(np.float32) for length in lengths]
    pieces = [generator.integers(0, 20, size=length).tolist() for length in lengths]
    units = [text / np.maximum(np.linalg.norm(text, axis=1, keepdims=True), 1e-9) for text in texts]
    return TokenVectors.of(texts, pieces, DIMENSIONS), units


LENGTHS = st.lists(st.integers(0, 6), min_size=1, max_size=8)


@given(LENGTHS, st.integers(0, 5))
def test_tokens_keep_their_direction(lengths: list[int], seed: int) -> None:
    """8 bits change no coordinate of a row of length 1 by more than half a step; empty texts stay empty."""
    tokens, units = _tokens(lengths, seed)
    for place, unit in enumerate(units):
        found = tokens.wide(_tokens_of(tokens, place))
        assert found.shape == unit.shape
        assert np.abs(found - unit).max(initial=0) < 0.02


@given(LENGTHS, st.integers(0, 5))
def test_halved_tokens_keep_their_direction_too(lengths: list[int], seed: int) -> None:
    """4 bits are half a step of fifteen off in each coordinate; a second time nothing changes, nor do empty texts."""
    tokens, units = _tokens(lengths, seed)
    halved = tokens.halved
    assert halved.rows.shape == (len(tokens.rows), DIMENSIONS // 2)
    assert halved.halved is halved
    for place, unit in enumerate(units):
        found = halved.wide(_tokens_of(halved, place))
        assert found.shape == unit.shape
        assert (np.einsum("ij,ij->i", found, unit) > 0.98).all()
        assert np.linalg.norm(found, axis=1) == pytest.approx(np.ones(len(unit)), abs=1e-5)


def test_what_is_no_number_or_has_no_end_has_no_part_in_a_score() -> None:
    """An encoder that fails on a token takes nothing else along, and no warning is given (warnings are errors here)."""
    odd = np.array(
        [[np.nan, 1, 0, 0], [np.inf, 1, 0, 0], [3e38, 1, 0, 0], [0, 0, 0, 0], [0, 2, 0, 0]], dtype=np.float32
    )
    tokens = TokenVectors.of([odd], [[1, 2, 3, 4, 5]], 4)
    for found in (tokens, tokens.halved):
        rows = found.wide(slice(None))
        assert np.isfinite(rows).all()
        assert np.linalg.norm(rows, axis=1) == pytest.approx([0, 0, 0, 0, 1], abs=1e-6)
        assert np.isfinite(LateInteraction.of(found).score(tokens, np.arange(1))).all()


@given(LENGTHS, LENGTHS, st.integers(0, 5))
def test_segments_of_either_kind_are_scored_together(first: list[int], second: list[int], seed: int) -> None:
    """A passage scores to the last digit as it does alone, whatever the others are; with halved ones all are halved."""
    one, other = _tokens(first, seed)[0].halved, _tokens(second, seed + 9)[0]
    query = _tokens([3], seed + 50)[0]
    rows = [np.arange(len(one), dtype=np.int32), np.arange(len(one), len(one) + len(other), dtype=np.int32)]
    pieces = [PieceFrequencies.of(one), PieceFrequencies.of(other)]
    both = LateInteraction([one, other], pieces, rows)
    weights = both.weights.of(query.pieces)
    alone = [TokenScorer(part).scores(query, weights, np.arange(len(part))) for part in (one, other)]
    np.testing.assert_array_equal(both.score(query, np.arange(len(one) + len(other))), np.concatenate(alone))
    for part in (one, other):
        cosines = part.wide(slice(None)) @ query.wide(slice(None)).T
        np.testing.assert_allclose(part.cosines(slice(None), query), cosines, atol=1e-6)
    assert TokenVectors.merged([one, other], rows).rows.dtype == np.uint8


@given(LENGTHS, LENGTHS, st.integers(0, 5), st.randoms(use_true_random=False))
def test_merging_puts_each_text_at_its_target(first: list[int], second: list[int], seed: int, random: object) -> None:
    """Whatever is dropped or moved, a text keeps its own tokens."""
    parts = [_tokens(first, seed)[0], _tokens(second, seed + 100)[0]]
    order = [(number, text) for number, part in enumerate(parts) for text in range(len(part))]
    random.shuffle(order)  # type: ignore[attr-defined]
    kept = order[: len(order) // 2 + 1]
    targets = [np.full(len(part), -1, dtype=np.int32) for part in parts]
    for target, (number, text) in enumerate(kept):
        targets[number][text] = target
    merged = TokenVectors.merged(parts, targets)
    assert len(merged) == len(kept)
    for target, (number, text) in enumerate(kept):
        own, old = _tokens_of(merged, target), _tokens_of(parts[number], text)
        np.testing.assert_array_equal(merged.rows[own], parts[number].rows[old])
        np.testing.assert_array_equal(merged.pieces[own], parts[number].pieces[old])


def _tokens_of(tokens: TokenVectors, text: int) -> slice:
    return slice(int(tokens.starts[text]), int(tokens.starts[text + 1]))


def _by_hand(passages: TokenVectors, query: TokenVectors, place: int) -> float:
    """The definition, token by token."""
    frequency = {
        piece: sum(piece in passages.pieces[_tokens_of(passages, p)] for p in range(len(passages)))
        for piece in query.pieces.tolist()
    }
    rarity = [np.log(1 + (len(passages) - frequency[p] + 0.5) / (frequency[p] + 0.5)) for p in query.pieces.tolist()]
    rows = passages.wide(_tokens_of(passages, place))
    if not len(rows):
        return 0.0
    nearest = [max(float(row @ asked) for row in rows) for asked in query.wide(slice(None))]
    return float(np.dot(nearest, rarity) / np.sum(rarity))


@given(LENGTHS, st.integers(1, 5), st.integers(0, 5))
def test_late_interaction_is_what_its_definition_says(lengths: list[int], asked: int, seed: int) -> None:
    """The mean over the question's tokens, by rarity, of the cosine of the nearest token; in any order of places."""
    passages, query = _tokens(lengths, seed)[0], _tokens([asked], seed + 50)[0]
    places = np.random.default_rng(seed).permutation(len(lengths))
    found = LateInteraction.of(passages).score(query, places)
    assert found == pytest.approx([_by_hand(passages, query, place) for place in places], abs=1e-4)


def test_a_question_without_tokens_finds_nothing() -> None:
    passages, query = _tokens([3, 0, 2], 1)[0], _tokens([0], 2)[0]
    assert not LateInteraction.of(passages).score(query, np.arange(3)).any()
    assert not LateInteraction.of(_tokens([0, 0], 1)[0]).score(_tokens([2], 1)[0], np.arange(2)).any()


def test_a_piece_that_no_passage_has_counts_most() -> None:
    """A rare word decides: two tokens of the question pull to one passage each, the unknown piece wins."""
    rows = np.eye(2, DIMENSIONS, dtype=np.float32)
    passages = TokenVectors.of([rows[:1], rows[1:]], [[1], [2]], DIMENSIONS)
    query = TokenVectors.of([rows], [[1, 99]], DIMENSIONS)
    first, second = LateInteraction.of(passages).score(query, np.arange(2))
    assert second > first
