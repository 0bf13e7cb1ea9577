"""Fitted weights to one ONNX graph: sums of whole-number weights by bucket, then probabilities per head."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from moderation.match.classifier import HEADS, SCORE
from moderation.train.fitting import Array, Weights

OPSET = 17
IR_VERSION = 9
SIDES, KINDS = "sides", "kinds"
"""What the risk head is made of: whether a text is unlawful, and of what kind it would be then."""

COLUMNS = (SIDES, "type", KINDS, "industry")
FINE_PARTS = (SIDES, "type")
"""The parts whose weights are kept in two bytes each, a high and a low one; one byte does for the others."""

HIGH = 128
"""What one step of the high byte weighs."""

LARGEST, LARGEST_FINE = 127, 127 * HIGH + HIGH // 2 - 1
"""The largest whole numbers that a weight is rounded to: those of the longest text sum up to less than 2 ** 31."""


def export(parts: Mapping[str, Weights]) -> bytes:
    """Return the ONNX file of the parts named in COLUMNS.

    Inputs are `buckets` (int32, texts by n-grams, padded) and `scale` (float32, texts by 1). Outputs are the
    probabilities of each head, those of the risk head with the lawful label last, and the logit of a text's being
    unlawful. Weights are rounded to whole numbers, whose sums do not depend on their order, and kept in bytes: what the
    sums cost is mostly the fetching of the table.
    """
    sizes = [len(parts[part].labels) for part in COLUMNS]
    fine = sum(len(parts[part].labels) for part in FINE_PARTS)
    constants = {
        **summed_constants(
            np.concatenate([parts[part].coefficients for part in COLUMNS], axis=1),
            np.concatenate([parts[part].intercepts for part in COLUMNS]),
            fine,
        ),
        "sizes": np.array(sizes, dtype=np.int64),
        "one": np.array([[1.0]], dtype=np.float32),
    }
    outputs = {"type": sizes[1], "industry": sizes[3], "risk": sizes[2] + 1, SCORE: 1}
    nodes = [*summed_nodes(fine, sum(sizes) - fine), *_nodes()]
    return model_of(nodes, constants, {name: outputs[name] for name in (*HEADS, SCORE)})


def summed_constants(coefficients: Array, intercepts: Array, fine: int) -> dict[str, NDArray[Any]]:
    """Return what `summed_nodes` reads: the weights as whole numbers, the step between them, and the intercepts.

    The first `fine` columns are kept in two bytes each.
    """
    columns = coefficients.shape[1]
    largest = np.where(np.arange(columns) < fine, LARGEST_FINE, LARGEST)
    step = np.maximum(np.abs(coefficients).max(axis=0), 1e-9) / largest
    whole = np.vstack([np.rint(coefficients / step), np.zeros(columns)]).astype(np.int64)
    high = (whole[:, :fine] + HIGH // 2) // HIGH
    table = np.concatenate([high, whole[:, :fine] - high * HIGH, whole[:, fine:]], axis=1)
    return {
        "table": table.astype(np.int8),
        "step": step.astype(np.float32),
        "intercepts": intercepts.astype(np.float32),
        "parts": np.array([size for size in (fine, fine, columns - fine) if size], dtype=np.int64),
        "high_weight": np.array(HIGH, dtype=np.int32),
        "each": np.array([1], dtype=np.int64),
    }


def summed_nodes(fine: int, coarse: int) -> list[Any]:
    """Return the nodes from buckets to `logits`: the sums of their rows, scaled, and the intercepts.

    A product with a row of ones sums bytes faster than a reduction does.
    """
    node = helper.make_node
    one = numpy_helper.from_array(np.array([1], dtype=np.uint8))
    parts = [*(("high", "low") if fine else ()), *(("rest",) if coarse else ())]
    joined = [*(("fine",) if fine else ()), *(("rest",) if coarse else ())]
    both = [node("Mul", ["high", "high_weight"], ["raised"]), node("Add", ["raised", "low"], ["fine"])]
    return [
        node("Gather", ["table", "buckets"], ["rows"]),
        node("Shape", ["buckets"], ["grams"], start=1),
        node("Concat", ["each", "grams"], ["ones_shape"], axis=0),
        node("ConstantOfShape", ["ones_shape"], ["ones"], value=one),
        node("MatMulInteger", ["ones", "rows"], ["products"]),
        node("Squeeze", ["products", "each"], ["byte_sums"]),
        node("Split", ["byte_sums", "parts"], parts, axis=1),
        *(both if fine else ()),
        node("Concat", joined, ["whole_sums"], axis=1),
        node("Cast", ["whole_sums"], ["sums"], to=TensorProto.FLOAT),
        node("Mul", ["sums", "step"], ["weighted"]),
        node("Mul", ["weighted", "scale"], ["scaled"]),
        node("Add", ["scaled", "intercepts"], ["logits"]),
    ]


def model_of(nodes: list[Any], constants: Mapping[str, NDArray[Any]], outputs: Mapping[str, int]) -> bytes:
    """Return the ONNX file of a graph over buckets and scales; `outputs` tells how many columns each output has."""
    graph = helper.make_graph(
        nodes,
        "moderation",
        [
            helper.make_tensor_value_info("buckets", TensorProto.INT32, ["texts", "grams"]),
            helper.make_tensor_value_info("scale", TensorProto.FLOAT, ["texts", 1]),
        ],
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, ["texts", size]) for name, size in outputs.items()],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], producer_name="moderation")
    model.ir_version = IR_VERSION
    onnx.checker.check_model(model, full_check=True)
    content: bytes = model.SerializeToString(deterministic=True)
    return content


def _nodes() -> list[Any]:
    node = helper.make_node
    return [
        node("Split", ["logits", "sizes"], [SCORE, "type_logits", "kinds_logits", "industry_logits"], axis=1),
        node("Softmax", ["type_logits"], ["type"], axis=1),
        node("Softmax", ["industry_logits"], ["industry"], axis=1),
        node("Softmax", ["kinds_logits"], ["kinds"], axis=1),
        node("Sigmoid", [SCORE], ["unlawful"]),
        node("Mul", ["kinds", "unlawful"], ["unlawful_kinds"]),
        node("Sub", ["one", "unlawful"], ["lawful"]),
        node("Concat", ["unlawful_kinds", "lawful"], ["risk"], axis=1),
    ]
