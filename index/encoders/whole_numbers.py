"""Products of small whole numbers, summed exactly, by the instructions that processors have for them."""

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

# MatMulInteger(A, B, Z) = C as a graph of ONNX, which has instructions for it that numpy has not.
_GRAPH = (
    b'\x08\x08:x\n\x1b\n\x01A\n\x01B\n\x01Z\x12\x01C"\rMatMulInteger\x12\x07product'
    b"Z\x15\n\x01A\x12\x10\n\x0e\x08\x02\x12\n\n\x03\x12\x01n\n\x03\x12\x01d"
    b"Z\x15\n\x01B\x12\x10\n\x0e\x08\x03\x12\n\n\x03\x12\x01d\n\x03\x12\x01m"
    b"Z\x0b\n\x01Z\x12\x06\n\x04\x08\x02\x12\x00"
    b"b\x15\n\x01C\x12\x10\n\x0e\x08\x06\x12\n\n\x03\x12\x01n\n\x03\x12\x01mB\x04\n\x00\x10\r"
)


def product(codes: NDArray[np.uint8], zero: int, asked: NDArray[np.int8]) -> NDArray[np.int32]:
    """The matrix product of `codes`, of which `zero` stands for 0, with `asked`, exact.

    Some processors add two products in 16 bits: the largest code times the largest of `asked` has to be below 2**14.
    """
    if not (codes.size and asked.size):
        return np.zeros((len(codes), asked.shape[1]), dtype=np.int32)
    given = {"A": codes, "B": np.ascontiguousarray(asked), "Z": np.array(zero, dtype=np.uint8)}
    found: NDArray[np.int32] = _session().run(None, given)[0]
    return found


@cache
def _session() -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(_GRAPH, options, providers=["CPUExecutionProvider"])
