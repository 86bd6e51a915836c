"""Products of small whole numbers are those of arithmetic, wherever they are computed."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from onnx import TensorProto, helper

from index.encoders import whole_numbers

_SIDES = st.integers(0, 40)


@given(st.data(), _SIDES, _SIDES, _SIDES, st.sampled_from([(30, 127), (255, 64)]), st.integers(0, 255))
def test_products_are_exact(
    data: st.DataObject, tokens: int, dimensions: int, asked: int, most: tuple[int, int], zero: int
) -> None:
    """Of empty ones too, and of the largest codes and numbers beside each other."""
    codes = data.draw(arrays(np.uint8, (tokens, dimensions), elements=st.integers(0, most[0])))
    numbers = data.draw(arrays(np.int8, (dimensions, asked), elements=st.integers(-most[1], most[1])))
    expected = (codes.astype(np.int32) - zero) @ numbers.astype(np.int32)
    np.testing.assert_array_equal(whole_numbers.product(codes, zero, numbers), expected)
    np.testing.assert_array_equal(whole_numbers.product(codes, zero, numbers[:, ::-1]), expected[:, ::-1])


def test_the_graph_is_one_product() -> None:
    kinds = {"A": TensorProto.UINT8, "B": TensorProto.INT8, "Z": TensorProto.UINT8, "C": TensorProto.INT32}
    sides = {"A": "nd", "B": "dm", "Z": "", "C": "nm"}
    *given_, found = [helper.make_tensor_value_info(name, kinds[name], list(side)) for name, side in sides.items()]
    graph = helper.make_graph([helper.make_node("MatMulInteger", ["A", "B", "Z"], ["C"])], "product", given_, [found])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    assert model.SerializeToString() == whole_numbers._GRAPH
