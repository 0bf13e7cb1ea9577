"""Fitted weights to one ONNX graph: sums of whole-number weights by bucket, then a softmax per head."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from moderation.match.classifier import HEADS

OPSET = 17
LARGEST = 2_047
"""The largest integer weight. So many n-grams as a text can have (4 a character) sum up to less than 2 ** 24, and
float32 sums of such integers are exact, whatever their order."""


@dataclass(frozen=True, slots=True)
class Weights:
    """One head's linear model: `coefficients` by bucket and label, `intercepts` by label."""

    labels: tuple[str, ...]
    coefficients: NDArray[np.float64]
    intercepts: NDArray[np.float64]


def export(heads: Mapping[str, Weights]) -> bytes:
    """Return the ONNX file of the heads.

    Inputs are `buckets` (int32, texts by n-grams, padded) and `scale` (float32, texts by 1); outputs are the
    probabilities of each head. Weights are rounded to integers, whose sums do not depend on their order; they are kept
    in 16 bits and turned into floats once, when the graph is loaded.
    """
    coefficients = np.concatenate([heads[head].coefficients for head in HEADS], axis=1)
    step = np.maximum(np.abs(coefficients).max(axis=0), 1e-9) / LARGEST
    table = np.vstack([np.rint(coefficients / step), np.zeros(coefficients.shape[1])]).astype(np.int16)
    intercepts = np.concatenate([heads[head].intercepts for head in HEADS])
    sizes = np.array([len(heads[head].labels) for head in HEADS], dtype=np.int64)
    constants = {
        "table": table,
        "step": step.astype(np.float32),
        "intercepts": intercepts.astype(np.float32),
        "axis": np.array([1], dtype=np.int64),
        "sizes": sizes,
    }
    graph = helper.make_graph(
        _nodes(),
        "moderation",
        [
            helper.make_tensor_value_info("buckets", TensorProto.INT32, ["texts", "grams"]),
            helper.make_tensor_value_info("scale", TensorProto.FLOAT, ["texts", 1]),
        ],
        [
            helper.make_tensor_value_info(head, TensorProto.FLOAT, ["texts", int(size)])
            for head, size in zip(HEADS, sizes, strict=True)
        ],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], producer_name="moderation")
    model.ir_version = 9
    onnx.checker.check_model(model, full_check=True)
    content: bytes = model.SerializeToString(deterministic=True)
    return content


def _nodes() -> list[Any]:
    node = helper.make_node
    return [
        node("Cast", ["table"], ["weights"], to=TensorProto.FLOAT),
        node("Gather", ["weights", "buckets"], ["rows"]),
        node("ReduceSum", ["rows", "axis"], ["sums"], keepdims=0),
        node("Mul", ["sums", "step"], ["weighted"]),
        node("Mul", ["weighted", "scale"], ["scaled"]),
        node("Add", ["scaled", "intercepts"], ["logits"]),
        node("Split", ["logits", "sizes"], [f"logits_{head}" for head in HEADS], axis=1),
        *(node("Softmax", [f"logits_{head}"], [head], axis=1) for head in HEADS),
    ]
