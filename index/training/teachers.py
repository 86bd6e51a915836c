"""Rank the texts of a batch as several encoders do together: what a new encoder learns to do alone.

The scores of encoders that were made in different ways err in different
places, so their mean ranks better than each of them (ensemble distillation;
Hofstätter et al., arXiv:2010.02666). Scores are standardised first, as they
are where lists are fused (`rag/retrieval/fuse.py`).
"""

from collections.abc import Sequence

import numpy as np

from index.encoders.encoder import Encoder
from index.encoders.token_vectors import Matrix, TokenVectors
from index.search.late_interaction import PieceFrequencies, PieceWeights, TokenScorer

# Passages from which an encoder's teacher learns how rare its pieces are.
SURVEYED = 1000


class Teachers:
    """Some encoders; `passages` are texts of the kind that will be ranked."""

    def __init__(self, encoders: Sequence[Encoder], passages: Sequence[str]) -> None:
        self._encoders = [
            (encoder, PieceWeights([PieceFrequencies.of(encoder.encode_passages_by_token(passages[:SURVEYED]).tokens)]))
            for encoder in encoders
        ]

    def scores(self, queries: Sequence[str], passages: Sequence[str]) -> Matrix:
        """How well each passage suits each query, shape (queries, passages): every row of mean 0 and deviation 1."""
        total = np.zeros((len(queries), len(passages)), dtype=np.float32)
        for encoder, weights in self._encoders:
            asked, offered = encoder.encode_queries_by_token(queries), encoder.encode_passages_by_token(passages)
            total += _standardised(asked.rows @ offered.rows.T)
            total += _standardised(_late(asked.tokens, TokenScorer(offered.tokens, encoder.piece_vectors), weights))
        return _standardised(total)


def _late(queries: TokenVectors, passages: TokenScorer, weights: PieceWeights) -> Matrix:
    """Late interaction of all queries with all passages, shape (queries, passages)."""
    every = np.arange(len(passages.tokens))
    asked = (queries.taken(np.array([number])) for number in range(len(queries)))
    return np.array([passages.scores(query, weights.of(query.pieces), every) for query in asked])


def _standardised(scores: Matrix) -> Matrix:
    centred = scores - scores.mean(axis=1, keepdims=True)
    deviation = centred.std(axis=1, keepdims=True)
    standard: Matrix = np.divide(centred, deviation, out=np.zeros_like(centred), where=deviation > 1e-6)
    return standard
