"""ONNX graphs of the kinds of models that are compared, as they would be served, and the time that they take."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import process_time
from typing import Any

import numpy as np
import onnx
import onnxruntime
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from moderation.match.classifier import ROWS_PER_RUN
from moderation.match.features import grams_of, padded, scales_of
from moderation.train.fitting import Array
from moderation.train.graph import IR_VERSION, OPSET
from moderation.train.words import words_of

LARGEST = 2_047
TIMED_TEXTS, REPEATS = 512, 5


def linear(coefficients: Array, intercepts: Array) -> bytes:
    """Return the graph of a logistic regression over buckets."""
    node = helper.make_node
    step = np.abs(coefficients).max() / LARGEST
    table = np.vstack([np.rint(coefficients / step), np.zeros((1, coefficients.shape[1]))]).astype(np.int16)
    constants: dict[str, NDArray[Any]] = {
        "table": table,
        "step": np.array([step], dtype=np.float32),
        "shift": intercepts.astype(np.float32),
    }
    return _model(
        [*_summed(), node("Add", ["scaled", "shift"], ["logits"]), node("Sigmoid", ["logits"], ["unlawful"])],
        constants,
    )


def bag_of_embeddings(coefficients: Sequence[Array], intercepts: Sequence[Array]) -> bytes:
    """Return the graph of a network with one hidden layer, whose first layer is a table of embeddings."""
    node = helper.make_node
    step = np.abs(coefficients[0]).max() / LARGEST
    table = np.vstack([np.rint(coefficients[0] / step), np.zeros((1, coefficients[0].shape[1]))]).astype(np.int16)
    constants: dict[str, NDArray[Any]] = {
        "table": table,
        "step": np.array([step * 3], dtype=np.float32),
        "shift": intercepts[0].astype(np.float32),
        "second": coefficients[1].astype(np.float32),
        "second_shift": intercepts[1].astype(np.float32),
    }
    nodes = [
        node("Add", ["scaled", "shift"], ["sums_shifted"]),
        node("Relu", ["sums_shifted"], ["hidden"]),
        node("MatMul", ["hidden", "second"], ["weighted_hidden"]),
        node("Add", ["weighted_hidden", "second_shift"], ["logits"]),
        node("Sigmoid", ["logits"], ["unlawful"]),
    ]
    return _model([*_summed(), *nodes], constants)


def _summed() -> list[Any]:
    node = helper.make_node
    return [
        node("Cast", ["table"], ["weights"], to=TensorProto.FLOAT),
        node("Gather", ["weights", "buckets"], ["rows"]),
        node("ReduceSum", ["rows", "axis"], ["sums"], keepdims=0),
        node("Mul", ["sums", "step"], ["weighted"]),
        node("Mul", ["weighted", "scale"], ["scaled"]),
    ]


def _model(nodes: list[Any], constants: dict[str, NDArray[Any]]) -> bytes:
    constants = {**constants, "axis": np.array([1], dtype=np.int64)}
    graph = helper.make_graph(
        nodes,
        "trial",
        [
            helper.make_tensor_value_info("buckets", TensorProto.INT32, ["texts", "grams"]),
            helper.make_tensor_value_info("scale", TensorProto.FLOAT, ["texts", 1]),
        ],
        [helper.make_tensor_value_info("unlawful", TensorProto.FLOAT, ["texts", 1])],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)])
    model.ir_version = IR_VERSION
    onnx.checker.check_model(model)
    content: bytes = model.SerializeToString(deterministic=True)
    return content


def timed(content: bytes, texts: Sequence[str], *, words: bool) -> tuple[float, float]:
    """Return the microseconds of processor time that a text takes alone, and in a batch of 128; the best of several.

    Where the model asks for words, they are found too, and looked up like as many n-grams.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(content, options, ["CPUExecutionProvider"])
    rows = _rows_of(content)
    texts = texts[:TIMED_TEXTS]

    def run(batch: Sequence[str]) -> None:
        if words:
            for text in batch:
                words_of(text)
        grams = grams_of(batch)
        scales = scales_of(grams.counts)
        order = np.argsort(grams.counts, kind="stable")
        for first in range(0, len(batch), ROWS_PER_RUN):
            chosen = order[first : first + ROWS_PER_RUN]
            buckets = np.minimum(padded(grams, chosen), rows - 1)
            session.run(None, {"buckets": buckets, "scale": scales[chosen][:, None]})

    alone, batch = (min(_round(run, texts, size) for _ in range(REPEATS)) for size in (1, 128))
    return alone, batch


def _round(run: Callable[[Sequence[str]], None], texts: Sequence[str], size: int) -> float:
    started = process_time()
    for first in range(0, len(texts), size):
        run(texts[first : first + size])
    return (process_time() - started) / len(texts) * 1e6


def _rows_of(content: bytes) -> int:
    (table,) = (one for one in onnx.load_from_string(content).graph.initializer if one.name == "table")
    return int(table.dims[0])
