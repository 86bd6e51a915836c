"""BM25 (Robertson et al., TREC-3 1994; Lucene's variant): its parts, and its scores of a few texts.

The tests compare with bm25s (Lù, arXiv:2407.03618).
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.search.ranked_list import Scores

K1 = 1.2
B = 0.75


def idf(frequency: Any, passages: int) -> Any:
    """The inverse document frequency as Lucene has it, ln(1 + (N - n + 0.5) / (n + 0.5)), of one or many terms."""
    return np.log(1 + (passages - frequency + 0.5) / (frequency + 0.5))


def length_norms(lengths: NDArray[Any], average: float) -> NDArray[np.float32]:
    """k1 (1 - b + b length / average) for each length: a term that stands so often counts for half.

    BM25's part that rises with a term's count tf and falls with the length is
    tf / (tf + norm); Robertson and Zaragoza, 2009.
    """
    return (K1 * (1 - B + B * lengths / max(average, 1e-9))).astype(np.float32)


def scores_of_counts(query: Sequence[str], texts: Sequence[Counter[str]]) -> Scores:
    """The scores of a few texts of which the terms are counted, one value each; unknown terms count nothing."""
    counts = np.array([[text.get(term, 0) for text in texts] for term in query], dtype=np.float32).reshape(
        -1, len(texts)
    )
    lengths = np.array([text.total() for text in texts])
    rarity = idf(np.count_nonzero(counts, axis=1), len(texts)).astype(np.float32)
    norms = length_norms(lengths, float(lengths.mean()) if len(texts) else 0.0)
    weights = rarity[:, np.newaxis] * (counts / (counts + norms))
    scores: Scores = weights.astype(np.float32).sum(axis=0, dtype=np.float32)
    return scores
