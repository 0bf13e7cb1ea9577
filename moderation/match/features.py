"""Normal texts to model input: hashed character n-grams, the same in training and serving.

Han characters count, and the n-grams of addresses and accounts (Latin letters and digits, every digit alike).
Punctuation and placeholders do not: they tell one source of texts from another, so that a model that sees them learns
where a text came from instead of what it says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BUCKETS = 65_536
PADDING = BUCKETS
"""The bucket that stands for nothing; its row in the model is zero."""

MAX_CHARACTERS = 2_000
"""Characters of a normal text that count; only folding can make a text longer than that."""

ORDERS = (1, 2, 3, 4)
ADDRESS_ORDERS = (2, 3, 4)
_FIRST_HAN, _LAST_HAN = 0x3400, 0x9FFF
_SHIFT = 32 - 16
_HAN_SEED, _ADDRESS_SEED = np.uint32(0), np.uint32(0x51ED270B)
_MULTIPLIERS = (np.uint32(0x9E3779B1), np.uint32(0x85EBCA77), np.uint32(0xC2B2AE3D), np.uint32(0x27D4EB2F))


def _address_signs() -> NDArray[np.uint32]:
    """Return, by code point, the sign that an address n-gram sees: every digit is 0, other text is nothing."""
    signs = np.zeros(129, dtype=np.uint32)
    for character in "abcdefghijklmnopqrstuvwxyz./:@":
        signs[ord(character)] = ord(character)
    signs[ord("0") : ord("9") + 1] = ord("0")
    return signs


_ADDRESS_SIGNS = _address_signs()
_Hashed = tuple[NDArray[np.int32], NDArray[np.int64]]


@dataclass(frozen=True, slots=True)
class Grams:
    """The n-grams of a batch: all buckets text by text, and where each text begins, with the end as one more."""

    buckets: NDArray[np.int32]
    offsets: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.offsets) - 1

    @property
    def counts(self) -> NDArray[np.int64]:
        """Return how many n-grams each text has."""
        return np.diff(self.offsets)


def grams_of(texts: Sequence[str]) -> Grams:
    """Return the hashed n-grams of each text: those of its Han characters, and those of its addresses.

    Han n-grams reach across what stands between, so that a sign put in changes nothing; address n-grams do not. None
    joins two texts.
    """
    codes, owners = _codes(texts)
    signs = _ADDRESS_SIGNS[np.minimum(codes, len(_ADDRESS_SIGNS) - 1)]
    runs = owners * 2**32 + np.cumsum(signs == 0)
    is_sign = signs > 0
    addresses = _hashed(signs[is_sign], runs[is_sign], ADDRESS_ORDERS, _ADDRESS_SEED)
    return _collected([*_han(codes, owners, ORDERS), *((buckets, run >> 32) for buckets, run in addresses)], len(texts))


def han_grams_of(texts: Sequence[str], order: int) -> Grams:
    """Return the hashed n-grams of one order over each text's Han characters."""
    return _collected(list(_han(*_codes(texts), (order,))), len(texts))


def _codes(texts: Sequence[str]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Return the code points of all texts in a row, and the position of each one's text."""
    texts = [text[:MAX_CHARACTERS] for text in texts]
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return codes, np.repeat(np.arange(len(texts)), lengths)


def _han(codes: NDArray[np.uint32], owners: NDArray[np.int64], orders: Sequence[int]) -> Iterator[_Hashed]:
    is_han = (codes >= _FIRST_HAN) & (codes <= _LAST_HAN)
    return _hashed(codes[is_han], owners[is_han], orders, _HAN_SEED)


def _collected(parts: Sequence[_Hashed], texts: int) -> Grams:
    """Return buckets with their owners as n-grams text by text."""
    owners = np.concatenate([own for _, own in parts])
    buckets = np.concatenate([hashed for hashed, _ in parts])[np.argsort(owners, kind="stable")]
    return Grams(buckets, np.concatenate(([0], np.cumsum(np.bincount(owners, minlength=texts)))))


def _hashed(
    codes: NDArray[np.uint32], runs: NDArray[np.int64], orders: Sequence[int], seed: np.uint32
) -> Iterator[_Hashed]:
    """Yield, per order, the buckets of the n-grams that lie within one run, and the run of each."""
    hashed = np.full(len(codes), seed, dtype=np.uint32)
    for order in range(1, max(orders) + 1):
        size = max(len(codes) - order + 1, 0)
        hashed = (hashed[:size] ^ codes[order - 1 :]) * _MULTIPLIERS[order - 1]
        if order in orders:
            is_whole = runs[:size] == runs[order - 1 :]
            mixed = hashed[is_whole] ^ (hashed[is_whole] >> np.uint32(15))
            yield ((mixed * _MULTIPLIERS[1]) >> np.uint32(_SHIFT)).astype(np.int32), runs[:size][is_whole]


def scales_of(counts: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return the factor by which a text's summed weights are multiplied, so that long texts do not weigh more."""
    return (1.0 / np.sqrt(np.maximum(counts, 1))).astype(np.float32)


def padded(grams: Grams, rows: NDArray[np.int64]) -> NDArray[np.int32]:
    """Return the buckets of some texts as one matrix, a row per text, filled up with PADDING."""
    counts = grams.counts[rows]
    columns = np.arange(max(int(counts.max(initial=0)), 1))
    inside = columns < counts[:, None]
    matrix = np.full(inside.shape, PADDING, dtype=np.int32)
    matrix[inside] = grams.buckets[(grams.offsets[rows][:, None] + columns)[inside]]
    return matrix
