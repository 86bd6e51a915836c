"""The network that is trained: its text and token vectors with gradients, and how token by token is scored.

One mean vector a text, and one small vector a token (ColBERT; Khattab and
Zaharia, arXiv:2004.12832). torch is imported inside the functions.
"""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from index.training.pretrained import PROMPTS, Pretrained
from index.training.vocabulary import PAD, Vocabulary

if TYPE_CHECKING:
    import torch
    from tokenizers import Tokenizer

# Passages whose tokens the projection starts from.
_PROJECTED = 384


def _padded(ids: Sequence[Sequence[int]], filler: int) -> "tuple[torch.Tensor, torch.Tensor]":
    """Token ids as a square, and the mask of those that are there, both (texts, tokens)."""
    import torch

    width = max(map(len, ids))
    batch = torch.full((len(ids), width), filler, dtype=torch.long)
    mask = torch.zeros(len(ids), width, dtype=torch.long)
    for row, tokens in enumerate(ids):
        batch[row, : len(tokens)] = torch.tensor(tokens)
        mask[row, : len(tokens)] = 1
    return batch, mask


def _pooled(hidden: "torch.Tensor", mask: "torch.Tensor") -> "torch.Tensor":
    """The mean over a text's tokens, scaled to length 1, shape (texts, dimensions)."""
    from torch.nn.functional import normalize

    weight = mask[..., None].to(hidden.dtype)
    return normalize((hidden * weight).sum(1) / weight.sum(1), dim=1)


class Encoded(NamedTuple):
    """A batch of texts: a row of length 1 a text, one a token, and the token's pieces; those of no word are -1."""

    rows: "torch.Tensor"
    tokens: "torch.Tensor"
    pieces: "torch.Tensor"


class Student:
    """The network with the pieces that are kept, and the projection of its tokens.

    `rarity` is the inverse document frequency of every piece: tokens count by
    it, as they do where late interaction is used (`index/late_interaction.py`).
    """

    def __init__(self, network: Any, tokenizer: "Tokenizer", token_dimensions: int) -> None:
        import torch

        # Nothing is dropped by chance, but where the trainer says so.
        self.network = network.eval()
        self.tokenizer = tokenizer
        self.projection = torch.nn.Linear(network.config.hidden_size, token_dimensions)
        self.rarity = torch.ones(tokenizer.get_vocab_size())

    @classmethod
    def of(cls, pretrained: Pretrained, vocabulary: Vocabulary, token_dimensions: int) -> "Student":
        import torch

        network = pretrained.network.to(torch.get_default_device())
        chosen = network.embeddings.word_embeddings.weight.data[list(vocabulary.rows)].clone()
        embedding = torch.nn.Embedding(len(chosen), chosen.shape[1], padding_idx=vocabulary.tokenizer.token_to_id(PAD))
        embedding.weight.data = chosen
        network.embeddings.word_embeddings = embedding
        network.config.vocab_size = len(chosen)
        return cls(network, vocabulary.tokenizer, token_dimensions)

    def state(self) -> dict[str, Any]:
        return {"network": self.network.state_dict(), "projection": self.projection.state_dict()}

    def restore(self, state: dict[str, Any]) -> None:
        self.network.load_state_dict(state["network"])
        self.projection.load_state_dict(state["projection"])

    def copied_state(self) -> dict[str, Any]:
        """The state as it is now, whatever is trained afterwards."""
        return {part: {name: value.clone() for name, value in state.items()} for part, state in self.state().items()}

    def mix(self, before: dict[str, Any], share: float) -> None:
        """Have the weights be this share of those `before`, and the rest their own."""
        for part, state in self.state().items():
            for name, value in state.items():
                value.lerp_(before[part][name], share)

    def survey(self, passages: Sequence[str], tokens: int) -> None:
        """Learn how rare pieces are; start the projection at the principal components of some tokens, centred."""
        import torch

        self.tokenizer.enable_truncation(tokens)
        counts: Counter[int] = Counter()
        for encoding in self.tokenizer.encode_batch(list(passages)):
            counts.update(set(encoding.ids))
        frequency = torch.tensor([counts[piece] for piece in range(len(self.rarity))], dtype=torch.float32)
        self.rarity = torch.log(1 + (len(passages) - frequency + 0.5) / (frequency + 0.5))
        with torch.inference_mode():
            places = range(0, min(_PROJECTED, len(passages)), 32)
            hidden = [self._hidden(passages[i : i + 32], PROMPTS["document"], tokens) for i in places]
            states = torch.cat([states[pieces >= 0] for states, _, pieces in hidden]).double()
        mean = states.mean(0)
        _values, vectors = torch.linalg.eigh((states - mean).T @ (states - mean))
        components = vectors.flip(1)[:, : self.projection.out_features].T
        self.projection.weight.data = components.float().contiguous()
        self.projection.bias.data = -(components @ mean).float()

    def encode(self, texts: Sequence[str], prompt: str, tokens: int) -> Encoded:
        """`texts`, cut to so many tokens each, as rows and as tokens, with gradients."""
        from torch.nn.functional import normalize

        hidden, mask, pieces = self._hidden(texts, prompt, tokens)
        return Encoded(_pooled(hidden, mask), normalize(self.projection(hidden), dim=2), pieces)

    def _hidden(
        self, texts: Sequence[str], prompt: str, tokens: int
    ) -> "tuple[torch.Tensor, torch.Tensor, torch.Tensor]":
        """The last layer, the mask, and the pieces without those of the prompt and the marks."""
        import torch

        self.tokenizer.enable_truncation(tokens)
        found = self.tokenizer.encode_batch([prompt + text for text in texts])
        ids, mask = _padded([encoding.ids for encoding in found], self.network.embeddings.word_embeddings.padding_idx)
        ends, _ = _padded([[end for _, end in encoding.offsets] for encoding in found], 0)
        with torch.autocast(ids.device.type, dtype=torch.bfloat16):
            hidden = self.network(input_ids=ids, attention_mask=mask).last_hidden_state
        return hidden.float(), mask, torch.where(ends > len(prompt), ids, -1)
