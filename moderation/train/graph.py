"""Fitted weights to one ONNX graph: sums of whole-number weights by bucket, then probabilities per head."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from moderation.match.classifier import HEADS, SCORE
from moderation.match.features import MAX_CHARACTERS, PER_CHARACTER
from moderation.train.fitting import Array, Weights

OPSET = 17
IR_VERSION = 9
SIDES, KINDS = "sides", "kinds"
"""What the risk head is made of: whether a text is unlawful, and of what kind it would be then."""

COLUMNS = (SIDES, KINDS, "type", "industry")
RANK = 8
"""Columns that the weights of the industries are pressed into: there are three times as many industries."""
LARGEST = min(2**24 // (MAX_CHARACTERS * PER_CHARACTER), 2_047)
"""The largest integer weight. So many n-grams as a text can have sum up to less than 2 ** 24, and float32 sums of such
integers are exact, whatever their order."""


def export(parts: Mapping[str, Weights]) -> bytes:
    """Return the ONNX file of the parts named in COLUMNS.

    Inputs are `buckets` (int32, texts by n-grams, padded) and `scale` (float32, texts by 1). Outputs are the
    probabilities of each head, those of the risk head with the lawful label last, and the logit of a text's being
    unlawful. Weights are rounded to integers, whose sums do not depend on their order; they are kept in 16 bits and
    turned into floats once, when the graph is loaded.
    """
    sizes = [len(parts[part].labels) for part in COLUMNS]
    constants = {
        **summed_constants(
            np.concatenate([parts[part].coefficients for part in COLUMNS], axis=1),
            np.concatenate([parts[part].intercepts for part in COLUMNS]),
        ),
        "sizes": np.array(sizes, dtype=np.int64),
        "one": np.array([[1.0]], dtype=np.float32),
    }
    outputs = {"type": sizes[2], "industry": sizes[3], "risk": sizes[1] + 1, SCORE: 1}
    return model_of([*summed_nodes(), *_nodes()], constants, {name: outputs[name] for name in (*HEADS, SCORE)})


def summed_constants(coefficients: Array, intercepts: Array) -> dict[str, NDArray[Any]]:
    """Return what `summed_nodes` reads: the weights as whole numbers, the step between them, and the intercepts."""
    step = np.maximum(np.abs(coefficients).max(axis=0), 1e-9) / LARGEST
    table = np.vstack([np.rint(coefficients / step), np.zeros(coefficients.shape[1])]).astype(np.int16)
    return {
        "table": table,
        "step": step.astype(np.float32),
        "intercepts": intercepts.astype(np.float32),
        "axis": np.array([1], dtype=np.int64),
    }


def summed_nodes() -> list[Any]:
    """Return the nodes from buckets to `logits`: the sums of their rows, scaled, and the intercepts."""
    node = helper.make_node
    return [
        node("Gather", ["table", "buckets"], ["kept"]),
        node("Cast", ["kept"], ["rows"], to=TensorProto.FLOAT),
        node("ReduceSum", ["rows", "axis"], ["sums"], keepdims=0),
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
        node("Split", ["logits", "sizes"], [SCORE, "kinds_logits", "type_logits", "industry_logits"], axis=1),
        node("Softmax", ["type_logits"], ["type"], axis=1),
        node("Softmax", ["industry_logits"], ["industry"], axis=1),
        node("Softmax", ["kinds_logits"], ["kinds"], axis=1),
        node("Sigmoid", [SCORE], ["unlawful"]),
        node("Mul", ["kinds", "unlawful"], ["unlawful_kinds"]),
        node("Sub", ["one", "unlawful"], ["lawful"]),
        node("Concat", ["unlawful_kinds", "lawful"], ["risk"], axis=1),
    ]
