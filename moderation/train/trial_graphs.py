"""ONNX graphs of the kinds of models that are compared, as they would be served, and the time that they take."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import process_time

import numpy as np
import onnxruntime
from onnx import helper

from moderation.match.classifier import ROWS_PER_RUN
from moderation.match.features import PADDING, grams_of, in_length_order
from moderation.train.fitting import Array
from moderation.train.graph import model_of, summed_constants, summed_nodes
from moderation.train.words import words_of

TIMED_TEXTS, REPEATS = 512, 5
OUTPUTS = {"unlawful": 1}


def linear(coefficients: Array, intercepts: Array) -> bytes:
    """Return the graph of a logistic regression over buckets."""
    nodes = [*summed_nodes(1, 0), helper.make_node("Sigmoid", ["logits"], ["unlawful"])]
    return model_of(nodes, summed_constants(coefficients, intercepts, 1), OUTPUTS)


def bag_of_embeddings(coefficients: Sequence[Array], intercepts: Sequence[Array]) -> bytes:
    """Return the graph of a network with one hidden layer, whose first layer is a table of embeddings."""
    node = helper.make_node
    constants = {
        **summed_constants(coefficients[0], intercepts[0], 0),
        "second": coefficients[1].astype(np.float32),
        "second_shift": intercepts[1].astype(np.float32),
    }
    nodes = [
        *summed_nodes(0, coefficients[0].shape[1]),
        node("Relu", ["logits"], ["hidden"]),
        node("MatMul", ["hidden", "second"], ["weighted_hidden"]),
        node("Add", ["weighted_hidden", "second_shift"], ["decided"]),
        node("Sigmoid", ["decided"], ["unlawful"]),
    ]
    return model_of(nodes, constants, OUTPUTS)


def timed(content: bytes, texts: Sequence[str], *, words: bool, buckets: int) -> tuple[float, float]:
    """Return the microseconds of processor time that a text takes alone, and in a batch of 128; the best of several.

    Where the model asks for words, they are found too, but not looked up. `buckets` are those of the model's table.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(content, options, ["CPUExecutionProvider"])
    texts = texts[:TIMED_TEXTS]

    def run(batch: Sequence[str]) -> None:
        if words:
            for text in batch:
                words_of(text)
        for _, grams, scales in in_length_order(grams_of(batch), ROWS_PER_RUN):
            looked_up = grams if buckets == PADDING else np.where(grams == PADDING, buckets, grams % buckets)
            session.run(None, {"buckets": looked_up.astype(np.int32, copy=False), "scale": scales})

    alone, batch = (min(_round(run, texts, size) for _ in range(REPEATS)) for size in (1, 128))
    return alone, batch


def _round(run: Callable[[Sequence[str]], None], texts: Sequence[str], size: int) -> float:
    started = process_time()
    for first in range(0, len(texts), size):
        run(texts[first : first + size])
    return (process_time() - started) / len(texts) * 1e6
