"""Words and pairs of words by jieba as hashed features: what serving could add to n-grams of characters."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from itertools import pairwise

import jieba
import numpy as np
from scipy.sparse import csr_matrix

from moderation.match.features import BUCKETS

_HAN = re.compile(r"[\u3400-\u9fff]+")


def han_of(normal: str) -> str:
    """Return the Han characters of a normal text, whatever stands between these."""
    return "".join(_HAN.findall(normal))


def words_of(normal: str) -> list[str]:
    """Return the words of a normal text's Han characters."""
    jieba.setLogLevel(60)
    return list(jieba.cut(han_of(normal), HMM=False))


def word_matrix_of(normals: Sequence[str]) -> csr_matrix:
    """Return the scaled counts of hashed words and pairs of words, a row per text."""
    buckets: list[int] = []
    offsets = [0]
    for normal in normals:
        words = words_of(normal)
        features = [*(word for word in words if len(word) > 1), *map("|".join, pairwise(words))]
        buckets.extend(zlib.crc32(one.encode("utf-8", "replace")) % BUCKETS for one in features)
        offsets.append(len(buckets))
    counts = np.diff(offsets)
    values = np.repeat(1.0 / np.sqrt(np.maximum(counts, 1)), counts)
    matrix = csr_matrix((values, buckets, offsets), shape=(len(normals), BUCKETS))
    matrix.sum_duplicates()
    return matrix
