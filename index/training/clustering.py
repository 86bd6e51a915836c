"""Group pairs of texts by subject, so that the wrong answers of a batch are hard to tell from the right one.

A letter's passages are all about one subject: an encoder that has only learnt
to tell taxes from trains is of no help there. Pairs are clustered (k-means)
by the vectors of a static encoder, which cost nothing beside training.
"""

from collections.abc import Sequence

from index.encoders.encoder import Encoder
from index.encoders.token_vectors import Matrix
from index.training.pairs import Pair

_CLUSTER = 192
_ITERATIONS = 8


def by_subject(pairs: Sequence[Pair], encoder: Encoder | None, seed: int) -> list[list[Pair]]:
    """Clusters of about _CLUSTER pairs; all of them as one where there are few, or no encoder."""
    import faiss

    count = len(pairs) // _CLUSTER
    if encoder is None or count < 2:
        return [list(pairs)]
    vectors: Matrix = encoder.encode_passages([f"{pair.query} {pair.passage}" for pair in pairs])
    means = faiss.Kmeans(vectors.shape[1], count, niter=_ITERATIONS, seed=seed, spherical=True)
    means.train(vectors)
    nearest = means.index.search(vectors, 1)[1][:, 0]
    clusters: list[list[Pair]] = [[] for _ in range(count)]
    for pair, cluster in zip(pairs, nearest.tolist(), strict=True):
        clusters[cluster].append(pair)
    return [cluster for cluster in clusters if len(cluster) > 1]
