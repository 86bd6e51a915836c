"""Write a trained transformer as a small folder: one 8-bit ONNX file, a tokenizer, and what loaders ask for.

The graph is spelt out here rather than traced: rows of 8-bit word vectors with
one scale each, the layers of BERT (Devlin et al., arXiv:1810.04805), the mean
over the tokens, length 1, and the projection of each token. The layers'
weights are made 8-bit by onnxruntime, with the activations quantised as they
come.
"""

import hashlib
import json
import math
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.encoders.model_files import MODEL, PASSAGE_MODEL, QUERY_MODEL, TOKENIZER
from index.errors import TrainingDataError
from index.training.output import encoder_folder
from index.training.pretrained import PROMPTS
from index.training.student import Student

WORD_VECTORS = "embeddings.word_embeddings.weight"
LONGEST = 256
_OPSET = 20
# The operators of onnxruntime's own; how many numbers of a row share a scale, what stands for 0, and that activations
# are made 8-bit too, as many at a time.
_ONNXRUNTIME = "com.microsoft"
BLOCK, MIDDLE, _EIGHT_BITS = 64, 128, 4
# Bytes of a weight that is worth sharing.
_LEAST_SHARED = 1024
_POOLING = {"word_embedding_dimension": 384, "pooling_mode_mean_tokens": True}
_MODULES = [
    {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
    {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
    {"idx": 2, "name": "2", "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"},
]


def export_encoder(student: Student, out: Path, settings: Mapping[str, object], eight_bits: bool = True) -> None:
    """Write `student` to the folder `out`, in place of what stood there; its README.md is kept."""
    with encoder_folder(out) as folder:
        (folder / MODEL.parent).mkdir(parents=True)
        _write_model(student, folder / MODEL, eight_bits)
        student.tokenizer.no_padding()
        student.tokenizer.enable_truncation(LONGEST)
        student.tokenizer.save(str(folder / TOKENIZER), pretty=False)
        _write_settings(student.network.config, student.tokenizer.get_vocab_size(), folder)
        _write_training(folder / "training.toml", settings)


def _write_training(path: Path, settings: Mapping[str, object]) -> None:
    lines = [f"{name} = {json.dumps(value)}" for name, value in settings.items()]
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")


def export_query_side(
    student: Student,
    encoder: Path,
    out: Path,
    settings: Mapping[str, object],
    common: int | None = None,
    passages: Student | None = None,
) -> None:
    """Write the folder `encoder` to `out` with `student` as its question's side, in place of what stood there.

    The first `common` layers are those of the passages' side, all where left
    out. The others have 8 bits a weight and a scale for every BLOCK of a row,
    of weights and of activations: one scale for all would lose a good part of what was learnt.

    The passages' side stays as it is, byte by byte: an index made with it keeps
    its vectors. With `passages` it is written anew, as the question's side is.
    What both sides have in common, word vectors and layers that were not
    trained, is kept once.
    """
    with encoder_folder(out) as folder:
        shutil.copytree(encoder, folder, dirs_exist_ok=True)
        if passages is not None:
            _write_model(passages, folder / MODEL, eight_bits=True, common=common)
        _write_model(student, folder / QUERY_MODEL, eight_bits=True, common=common)
        _share_weights(folder / QUERY_MODEL, folder / MODEL)
        _write_training(folder / ("query_training.toml" if passages is None else "both_training.toml"), settings)


def _share_weights(path: Path, passages: Path) -> None:
    """Have the model at `path` read what it has in common with the passages' model from the bytes beside it.

    That is at least the word vectors, and the layers that were not trained. It
    names the model that it belongs to: with another one it would read something else.
    """
    import onnx
    from onnx.external_data_helper import set_external_data

    model, content = onnx.load(str(path)), passages.read_bytes()
    table = next(node.input[0] for node in model.graph.node if node.op_type == "Gather" and "input_ids" in node.input)
    for weight in model.graph.initializer:
        length = len(weight.raw_data)
        place = content.find(weight.raw_data) if length >= _LEAST_SHARED or weight.name == table else -1
        if place >= 0:
            set_external_data(weight, passages.name, offset=place, length=length)
            weight.ClearField("raw_data")
        elif weight.name == table:
            raise TrainingDataError(
                f"{passages}: has other word vectors than the question's side, which must share them."
            )
    model.metadata_props.add(key=PASSAGE_MODEL, value=hashlib.sha256(content).hexdigest())
    path.write_bytes(model.SerializeToString())


def _write_settings(config: Any, pieces: int, folder: Path) -> None:
    """The files that sentence-transformers and transformers read."""
    described = {**config.to_dict(), "vocab_size": pieces, "max_position_embeddings": LONGEST}
    tokens = {"pad_token": "<pad>", "unk_token": "<unk>", "cls_token": "<s>", "sep_token": "</s>"}
    tokenizer = {"tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": LONGEST, **tokens}
    tokenizer["model_input_names"] = ["input_ids", "attention_mask"]
    files = {
        "config.json": described,
        "tokenizer_config.json": tokenizer,
        "special_tokens_map.json": tokens,
        "sentence_bert_config.json": {"max_seq_length": LONGEST, "do_lower_case": False},
        "config_sentence_transformers.json": {"prompts": PROMPTS, "similarity_fn_name": "cosine"},
        "modules.json": _MODULES,
        "1_Pooling/config.json": {**_POOLING, "word_embedding_dimension": config.hidden_size},
    }
    for name, content in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def _write_model(student: Student, path: Path, eight_bits: bool, common: int | None = None) -> None:
    import onnx

    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "model.onnx"
        onnx.save(Graph(student, common).model(), str(whole))
        if eight_bits:
            _quantise(whole, path)
        else:
            shutil.copy(whole, path)


def _quantise(whole: Path, path: Path) -> None:
    """8-bit weights, one scale a column; 7 bits of them used, as processors without VNNI saturate on 8."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(
        whole,
        path,
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=True,
        op_types_to_quantize=["MatMul"],
        extra_options={"MatMulConstBOnly": True},
    )


class Graph:
    """Nodes and weights, added one after another; each method gives the name of its result.

    `parts` says of each weight that comes from the student's `state` which of
    its tensors stand in it, side by side. The word vectors have their `scales`
    beside them; `places` are the position vectors. From layer `coarse` on,
    weights are written in blocks of 8 bits; `_quantise` leaves those as they are.
    """

    scales = ""
    places = ""

    def __init__(self, student: Student, coarse: int | None = None) -> None:
        tensors = student.network.state_dict() | {
            f"projection.{name}": value for name, value in student.projection.state_dict().items()
        }
        self.state = {name: value.cpu().numpy() for name, value in tensors.items()}
        self.parts: dict[str, tuple[str, ...]] = {}
        self._config = student.network.config
        self._nodes: list[Any] = []
        self._weights: list[Any] = []
        layers: int = self._config.num_hidden_layers
        self._coarse = layers if coarse is None else coarse
        self._fine = False
        self._scales: list[Any] = []
        self._products: list[Any] = []

    def model(self) -> Any:
        """The ONNX model: input_ids and attention_mask to the last layer, a row a text and one a token."""
        from onnx import TensorProto, helper

        bias = self._mask_bias()
        hidden = self._embedded()
        for layer in range(self._config.num_hidden_layers):
            self._fine = layer >= self._coarse
            hidden = self._layer(hidden, bias, f"encoder.layer.{layer}.")
        self._add("Identity", [hidden], output="last_hidden_state")
        self._pooled(hidden)
        self._add("Identity", [self._linear(hidden, "projection")], output="token_embeddings")
        size = self._config.hidden_size
        inputs = [
            helper.make_tensor_value_info(name, TensorProto.INT64, ["texts", "tokens"])
            for name in ("input_ids", "attention_mask")
        ]
        tokens = len(self.state["projection.bias"])
        outputs = [
            helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, ["texts", "tokens", size]),
            helper.make_tensor_value_info("token_embeddings", TensorProto.FLOAT, ["texts", "tokens", tokens]),
            helper.make_tensor_value_info("sentence_embedding", TensorProto.FLOAT, ["texts", size]),
        ]
        graph = helper.make_graph(
            self._nodes, "encoder", inputs, outputs, self._weights + self._scales, value_info=self._products
        )
        operators = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_ONNXRUNTIME, 1)]
        return helper.make_model(graph, opset_imports=operators, ir_version=9)

    def _add(self, kind: str, inputs: Sequence[str], output: str | None = None, **attributes: Any) -> str:
        from onnx import helper

        name = output or f"{kind}_{len(self._nodes)}"
        self._nodes.append(helper.make_node(kind, list(inputs), [name], name=f"node_{name}", **attributes))
        return name

    def _weight(self, value: NDArray[Any], *parts: str) -> str:
        from onnx import numpy_helper

        name = f"weight_{len(self._weights)}"
        self._weights.append(numpy_helper.from_array(np.asarray(value, order="C"), name))
        if parts:
            self.parts[name] = parts
        return name

    def _product(self, hidden: str, value: NDArray[np.float32], *parts: str) -> str:
        """`hidden` times the matrix `value`, which is written in blocks where it is `_fine`."""
        from onnx import TensorProto, helper, numpy_helper

        if not self._fine:
            return self._add("MatMul", [hidden, self._weight(value, *parts)])
        inner, outer = value.shape
        block = math.gcd(inner, BLOCK)
        whole, scales = _eight_bit_rows(value.T.reshape(-1, block))
        name = self._weight((whole.astype(np.int16) + MIDDLE).astype(np.uint8).reshape(outer, -1, block), *parts)
        self._weights[-1].name = f"{name}_blocks"
        self._scales.append(numpy_helper.from_array(scales.ravel(), f"{name}_scale"))
        product = self._add(
            "MatMulNBits",
            [hidden, f"{name}_blocks", f"{name}_scale"],
            domain=_ONNXRUNTIME,
            K=inner,
            N=outer,
            bits=8,
            block_size=block,
            accuracy_level=_EIGHT_BITS,
        )
        # Quantisation has to be told what comes out of an operator that it does not know.
        self._products.append(helper.make_tensor_value_info(product, TensorProto.FLOAT, ["texts", "tokens", outer]))
        return product

    def _floats(self, *values: float) -> str:
        return self._weight(np.asarray(values, dtype=np.float32))

    def _integers(self, *values: int) -> str:
        return self._weight(np.asarray(values, dtype=np.int64))

    def _mask_bias(self) -> str:
        """0 where a token stands and a large negative number where there is none, shape (texts, 1, 1, tokens)."""
        mask = self._add("Cast", ["attention_mask"], to=1)
        bias = self._add("Mul", [self._add("Sub", [mask, self._floats(1.0)]), self._floats(1e4)])
        return self._add("Unsqueeze", [bias, self._integers(1, 2)])

    def _embedded(self) -> str:
        state = self.state
        vectors, scales = _eight_bit_rows(state[WORD_VECTORS])
        found = self._add("Cast", [self._add("Gather", [self._weight(vectors, WORD_VECTORS), "input_ids"])], to=1)
        self.scales = self._weight(scales)
        found = self._add("Mul", [found, self._add("Gather", [self.scales, "input_ids"])])
        places = state["embeddings.position_embeddings.weight"][:LONGEST]
        places = places + state["embeddings.token_type_embeddings.weight"][0]
        width = self._add("Shape", ["input_ids"], start=1, end=2)
        self.places = self._weight(places)
        place = self._add("Slice", [self.places, self._integers(0), width])
        return self._normalised(self._add("Add", [found, place]), "embeddings.LayerNorm")

    def _normalised(self, hidden: str, name: str) -> str:
        weights = [self._weight(self.state[f"{name}.{part}"], f"{name}.{part}") for part in ("weight", "bias")]
        return self._add("LayerNormalization", [hidden, *weights], axis=-1, epsilon=self._config.layer_norm_eps)

    def _linear(self, hidden: str, *names: str) -> str:
        """One matrix product for the layers of these names, side by side."""
        weights, biases = ([f"{name}.{part}" for name in names] for part in ("weight", "bias"))
        product = self._product(hidden, np.concatenate([self.state[name] for name in weights]).T, *weights)
        bias = self._weight(np.concatenate([self.state[name] for name in biases]), *biases)
        return self._add("Add", [product, bias])

    def _layer(self, hidden: str, bias: str, name: str) -> str:
        mixed = self._attention(hidden, bias, f"{name}attention.self.")
        attended = self._linear(mixed, f"{name}attention.output.dense")
        hidden = self._normalised(self._add("Add", [attended, hidden]), f"{name}attention.output.LayerNorm")
        inner = self._add("Gelu", [self._linear(hidden, f"{name}intermediate.dense")])
        outer = self._linear(inner, f"{name}output.dense")
        return self._normalised(self._add("Add", [outer, hidden]), f"{name}output.LayerNorm")

    def _attention(self, hidden: str, bias: str, name: str) -> str:
        heads = self._config.num_attention_heads
        width = self._config.hidden_size // heads
        joined = self._linear(hidden, f"{name}query", f"{name}key", f"{name}value")
        joined = self._add("Reshape", [joined, self._integers(0, 0, 3, heads, width)])
        query, key, value = (
            self._add("Gather", [joined, self._weight(np.asarray(part, dtype=np.int64))], axis=2) for part in range(3)
        )
        query = self._add("Transpose", [query], perm=[0, 2, 1, 3])
        key = self._add("Transpose", [key], perm=[0, 2, 3, 1])
        value = self._add("Transpose", [value], perm=[0, 2, 1, 3])
        scores = self._add("Mul", [self._add("MatMul", [query, key]), self._floats(1 / math.sqrt(width))])
        weights = self._add("Softmax", [self._add("Add", [scores, bias])], axis=-1)
        mixed = self._add("Transpose", [self._add("MatMul", [weights, value])], perm=[0, 2, 1, 3])
        return self._add("Reshape", [mixed, self._integers(0, 0, heads * width)])

    def _pooled(self, hidden: str) -> None:
        mask = self._add("Unsqueeze", [self._add("Cast", ["attention_mask"], to=1), self._integers(2)])
        total = self._add("ReduceSum", [self._add("Mul", [hidden, mask]), self._integers(1)], keepdims=0)
        length = self._add("ReduceL2", [total, self._integers(1)], keepdims=1)
        self._add("Div", [total, length], output="sentence_embedding")


def _eight_bit_rows(rows: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Rows as 8-bit integers, and the scale of each row, shape (rows, 1)."""
    scales = np.maximum(np.abs(rows).max(axis=1, keepdims=True), 1e-8) / 127
    return np.round(rows / scales).astype(np.int8), scales.astype(np.float32)
