"""Score the passages of a batch with gradients, and say how far their ranking is from another."""

from typing import TYPE_CHECKING

from index.training.student import Encoded

if TYPE_CHECKING:
    import torch


def late_scores(queries: Encoded, passages: Encoded, rarity: "torch.Tensor") -> "torch.Tensor":
    """The weighted mean over a query's tokens of the cosine of each passage's nearest token, (queries, passages)."""
    import torch

    flat = passages.tokens.reshape(-1, passages.tokens.shape[2])
    cosines = (queries.tokens @ flat.T).reshape(*queries.tokens.shape[:2], *passages.tokens.shape[:2])
    nearest = cosines.masked_fill((passages.pieces < 0)[None, None], -1.0).amax(dim=3)
    weights = torch.where(queries.pieces >= 0, rarity[queries.pieces.clamp(min=0)], 0.0)
    scores: torch.Tensor = (nearest * weights[..., None]).sum(1) / weights.sum(1, keepdim=True).clamp(min=1e-6)
    return scores


def standardised(scores: "torch.Tensor") -> "torch.Tensor":
    """The scores of each query with mean 0 and deviation 1, shape (queries, passages); 0 where they are all alike."""
    centred = scores - scores.mean(1, keepdim=True)
    return centred / centred.std(1, keepdim=True, correction=0).clamp(min=1e-6)


def divergence(wanted: "torch.Tensor", scores: "torch.Tensor", sharpness: float) -> "torch.Tensor":
    """How far the ranking of each query by `scores` is from that by `wanted` (Kullback-Leibler).

    The scores are standardised here, the `wanted` ones are so already.
    """
    from torch.nn.functional import kl_div

    found, target = (sharpness * standardised(scores)).log_softmax(1), (sharpness * wanted).log_softmax(1)
    return kl_div(found, target, reduction="batchmean", log_target=True)
