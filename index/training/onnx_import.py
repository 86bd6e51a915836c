"""Read an exported encoder back as floats, so that its training can go on.

The weights of the network that was exported are gone; those of the export are
within half a step of 8 bits of them.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.errors import TrainingDataError
from index.training.onnx_export import MIDDLE, MODEL, TOKENIZER, WORD_VECTORS, Graph
from index.training.student import Student

Weights = dict[str, NDArray[Any]]


def read_exported(folder: Path, side: Path = MODEL) -> Student:
    """The encoder in `folder`, or this side of it, as it was before its weights became 8-bit, nearly.

    Raises TrainingDataError where the folder holds none that `export_encoder` wrote.
    """
    import onnx
    from onnx import numpy_helper
    from tokenizers import Tokenizer

    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        model = onnx.load(str(folder / side))
        weights = {weight.name: numpy_helper.to_array(weight) for weight in model.graph.initializer}
        tokens = next(o for o in model.graph.output if o.name == "token_embeddings").type.tensor_type.shape.dim[2]
        student = _empty(config, tokenizer, tokens.dim_value)
        student.restore(_state(Graph(student), weights))
    # The libraries raise plain exceptions of their own for what they cannot read.
    except Exception as error:
        raise TrainingDataError(
            f"{folder}: no encoder that 'python -m index train-transformer' wrote ({type(error).__name__}: {error})."
        ) from error
    return student


def _empty(config: dict[str, Any], tokenizer: Any, token_dimensions: int) -> Student:
    from transformers import BertConfig, BertModel

    tokenizer.no_padding()
    network = BertModel(BertConfig(**config), add_pooling_layer=False)
    return Student(network, tokenizer, token_dimensions)


def _state(graph: Graph, weights: Weights) -> dict[str, dict[str, Any]]:
    """The student's state from the weights of an exported graph, which has them in the order of `graph`."""
    import torch

    graph.model()
    state: dict[str, Any] = dict(graph.state)
    for name, parts in graph.parts.items():
        value = _floats(name, weights)
        if parts == (WORD_VECTORS,):
            value = value * weights[graph.scales]
        for part, split in zip(parts, np.split(value, len(parts), axis=-1), strict=True):
            state[part] = split.T if part.endswith("weight") and part != WORD_VECTORS and split.ndim == 2 else split
    state["embeddings.position_embeddings.weight"] = weights[graph.places]
    state["embeddings.token_type_embeddings.weight"] = np.zeros_like(state["embeddings.token_type_embeddings.weight"])
    tensors = {name: torch.from_numpy(np.array(value)) for name, value in state.items()}
    projection = {name: tensors.pop(f"projection.{name}") for name in ("weight", "bias")}
    return {"network": tensors, "projection": projection}


def _floats(name: str, weights: Weights) -> NDArray[np.float32]:
    """A weight as floats: in 8 bits it comes with scales, a block or, by onnxruntime's names, a column."""
    if name in weights:
        return weights[name].astype(np.float32)
    if f"{name}_blocks" in weights:
        blocks = weights[f"{name}_blocks"].astype(np.float32) - MIDDLE
        rows: NDArray[np.float32] = blocks * weights[f"{name}_scale"].reshape(*blocks.shape[:2], 1)
        return rows.reshape(len(rows), -1).T
    zero = weights.get(f"{name}_zero_point", np.zeros(1)).astype(np.float32)
    whole = weights[f"{name}_quantized"].astype(np.float32) - zero
    scaled: NDArray[np.float32] = whole * weights[f"{name}_scale"]
    return scaled
