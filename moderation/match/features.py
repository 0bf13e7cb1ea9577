"""Normal texts to model input: hashed n-grams of Han characters and of addresses, the same in training and serving.

An address is a run of Latin letters, digits and what joins them: a number, a link, an account. Punctuation and
placeholders do not count: they tell one source of texts from another, so that a model that sees them learns where a
text came from instead of what it says. A rare character counts as the common one that it stands for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from moderation.match.plain import plain_codes

BITS = 17
BUCKETS = 1 << BITS
PADDING = BUCKETS
"""The bucket that stands for nothing; its row in the model is zero."""

MAX_CHARACTERS = 2_000
"""Characters of a normal text that count; only folding can make a text longer than that."""

HAN_ORDERS = (1, 2)
ADDRESS_ORDERS = (1, 2, 3, 4)
"""Lengths of the n-grams. Longer ones of Han characters tell campaigns apart instead of kinds of content."""

PER_CHARACTER = 4
"""The most n-grams that there are for each character of a text, on the average of any text."""

LENGTHS = np.array((2, 3, 4, 5, 7, 9, 11, 12, 20))
"""Where the classes of an address's length begin, after that of a single sign."""

_FIRST_HAN, _LAST_HAN = 0x3400, 0x9FFF
_HAN_SEED, _ADDRESS_SEED, _RUN_SEED, _BEFORE_SEED = 1, 0x51ED270B, 0x2545F491, 0x6C62272E
_MULTIPLIER, _MIXER = np.uint32(0x9E3779B1), np.uint32(0x85EBCA77)
_SHIFT, _HALF = np.uint32(32 - BITS), np.uint32(15)


def _address_signs() -> NDArray[np.uint32]:
    """Return, by code point, the sign that an address n-gram sees: every digit is 0, other text is nothing."""
    signs = np.zeros(129, dtype=np.uint32)
    for character in "abcdefghijklmnopqrstuvwxyz./:@-_":
        signs[ord(character)] = ord(character)
    signs[ord("0") : ord("9") + 1] = ord("0")
    return signs


_ADDRESS_SIGNS = _address_signs()
_DIGIT, _LETTER, _DOT = np.uint32(8), np.uint32(4), np.uint32(2)


def _sign_bits() -> NDArray[np.uint32]:
    """Return, by sign, whether it is a digit, a letter or a dot."""
    bits = np.zeros(len(_ADDRESS_SIGNS), dtype=np.uint32)
    bits[ord("0")], bits[ord(".")], bits[ord("a") : ord("z") + 1] = _DIGIT, _DOT, _LETTER
    return bits


_SIGN_BITS = _sign_bits()


_Places = tuple[NDArray[np.int64], NDArray[np.int64]]


class _Hashed(NamedTuple):
    """Buckets in text order, the text of each, and what tells where each n-gram begins and ends in all texts joined."""

    buckets: NDArray[np.int32]
    owners: NDArray[np.int64]
    places: Callable[[], _Places]


@dataclass(frozen=True, slots=True)
class Grams:
    """The n-grams of a batch: all buckets text by text, and where each text begins, with the end as one more.

    `starts` and `ends` are the ranges of the n-grams in all texts joined; they are empty unless they were asked for.
    """

    buckets: NDArray[np.int32]
    offsets: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.offsets) - 1

    @property
    def counts(self) -> NDArray[np.int64]:
        """Return how many n-grams each text has."""
        return np.diff(self.offsets)


def grams_of(texts: Sequence[str], *, with_places: bool = False) -> Grams:
    """Return the hashed n-grams of each text: those of its Han characters, those of its addresses, and their shapes.

    Han n-grams reach across what stands between, so that a sign put in changes nothing; address n-grams do not. None
    joins two texts.
    """
    codes, owners = _codes(texts)
    parts = (*_han(codes, owners, HAN_ORDERS), *_addresses(codes, owners))
    return _collected(parts, len(texts), with_places=with_places)


def han_grams_of(texts: Sequence[str], order: int) -> Grams:
    """Return the hashed n-grams of one order over each text's Han characters."""
    return _collected(tuple(_han(*_codes(texts), (order,))), len(texts))


def _codes(texts: Sequence[str]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Return the code points of all texts in a row, and the position of each one's text."""
    texts = [text[:MAX_CHARACTERS] for text in texts]
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    codes = plain_codes().take(codes, mode="clip")
    return codes, np.repeat(np.arange(len(texts)), lengths)


def _han(codes: NDArray[np.uint32], owners: NDArray[np.int64], orders: Sequence[int]) -> Iterator[_Hashed]:
    places = np.flatnonzero((codes >= _FIRST_HAN) & (codes <= _LAST_HAN))
    own = owners[places]
    yield from _hashed(codes[places], places, own, own, orders, _HAN_SEED)


def _addresses(codes: NDArray[np.uint32], owners: NDArray[np.int64]) -> Iterator[_Hashed]:
    """Yield the n-grams of addresses, and of each one its shape, by itself and with the character before it."""
    signs = _ADDRESS_SIGNS.take(codes, mode="clip")
    places = np.flatnonzero(signs)
    if not len(places):
        return
    own = owners[places]
    opens = np.ones(len(places), dtype=np.bool_)
    opens[1:] = (np.diff(places) > 1) | (np.diff(own) > 0)
    runs = np.cumsum(opens, dtype=np.int64)
    yield from _hashed(signs[places], places, runs, own, ADDRESS_ORDERS, _ADDRESS_SEED)
    first = np.flatnonzero(opens)
    shapes = _shapes(signs[places], codes[places], first)
    starts, texts = places[first], own[first]

    def whole() -> _Places:
        return starts, np.append(places[first[1:] - 1], places[-1]) + 1

    yield _Hashed(_bucket(_mixed(shapes, _RUN_SEED)), texts, whole)
    before = np.maximum(starts - 1, 0)
    seen = np.where((starts > 0) & (owners[before] == texts), codes[before], np.uint32(0)).astype(np.uint32)
    yield _Hashed(_bucket(_mixed(_mixed(shapes, _BEFORE_SEED) ^ seen, 0)), texts, whole)


def _shapes(signs: NDArray[np.uint32], codes: NDArray[np.uint32], first: NDArray[np.int64]) -> NDArray[np.uint32]:
    """Return a number for the shape of each run: its length class, and whether it holds digits, letters and dots."""
    lengths = np.diff(np.append(first, len(signs)))
    shapes = np.searchsorted(LENGTHS, lengths, side="right").astype(np.uint32) * np.uint32(16)
    shapes += np.bitwise_or.reduceat(_SIGN_BITS[signs], first)
    shapes += ((codes[first] == ord("1")) & (lengths == 11)).astype(np.uint32)
    return shapes


def _hashed(
    codes: NDArray[np.uint32],
    places: NDArray[np.int64],
    runs: NDArray[np.int64],
    owners: NDArray[np.int64],
    orders: Sequence[int],
    seed: int,
) -> Iterator[_Hashed]:
    """Yield, per order, the n-grams that lie within one run."""
    hashed = np.full(len(codes), seed, dtype=np.uint32)
    for order in range(1, max(orders) + 1):
        size = max(len(codes) - order + 1, 0)
        hashed = (hashed[:size] ^ codes[order - 1 :]) * _MULTIPLIER
        hashed ^= hashed >> _HALF
        if order in orders:
            inside = runs[:size] == runs[order - 1 :] if order > 1 else slice(None)
            yield _Hashed(_bucket(hashed[inside]), owners[:size][inside], partial(_ranges, places, inside, order))


def _ranges(places: NDArray[np.int64], inside: NDArray[np.bool_] | slice, order: int) -> _Places:
    """Return where the n-grams of one order begin and end."""
    return places[: max(len(places) - order + 1, 0)][inside], places[order - 1 :][inside] + 1


def _mixed(values: NDArray[np.uint32], seed: int) -> NDArray[np.uint32]:
    mixed: NDArray[np.uint32] = (values ^ np.uint32(seed)) * _MULTIPLIER
    mixed ^= mixed >> _HALF
    return mixed


def _bucket(hashed: NDArray[np.uint32]) -> NDArray[np.int32]:
    return ((hashed * _MIXER) >> _SHIFT).astype(np.int32)


def _collected(parts: Sequence[_Hashed], texts: int, *, with_places: bool = False) -> Grams:
    """Return n-grams of several kinds as those of one text after another, the kinds in order within a text."""
    sizes = [len(part.buckets) for part in parts]
    kinds = np.repeat(np.arange(len(parts)) * texts, sizes)
    cells = np.concatenate([part.owners for part in parts]) + kinds
    counts = np.bincount(cells, minlength=len(parts) * texts).reshape(len(parts), texts)
    offsets = np.concatenate(([0], np.cumsum(counts.sum(axis=0))))
    firsts = offsets[:-1] + np.cumsum(counts, axis=0) - counts
    passed = np.cumsum(counts.ravel()) - counts.ravel()
    targets = (firsts.ravel() - passed)[cells] + np.arange(len(cells))

    def placed(values: Sequence[NDArray[Any]]) -> NDArray[Any]:
        joined = np.concatenate(values)
        found = np.empty_like(joined)
        found[targets] = joined
        return found

    nowhere = np.empty(0, dtype=np.int64)
    places = [part.places() for part in parts] if with_places else []
    starts, ends = map(placed, zip(*places, strict=True)) if places else (nowhere, nowhere)
    return Grams(placed([part.buckets for part in parts]), offsets, starts, ends)


def scales_of(counts: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return the factor by which a text's summed weights are multiplied, so that long texts do not weigh more."""
    return (1.0 / np.sqrt(np.maximum(counts, 1))).astype(np.float32)


def in_length_order(
    grams: Grams, size: int
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.float32]]]:
    """Yield the rows of some texts of about one length, their buckets as one matrix, and their scales as a column.

    A matrix has a row per text, filled up with PADDING, and at least one column.
    """
    counts = grams.counts
    scales = scales_of(counts)[:, None]
    order = np.argsort(counts, kind="stable")
    firsts = np.arange(0, len(grams), size)
    lasts = np.minimum(firsts + size, len(grams))
    widths = np.maximum(counts[order[lasts - 1]], 1)
    begins = np.cumsum(widths * (lasts - firsts)) - widths * (lasts - firsts)
    cells = np.full(int((widths * (lasts - firsts)).sum()), PADDING, dtype=np.int32)
    starts = np.empty(len(grams), dtype=np.int64)
    ranks = np.arange(len(grams))
    starts[order] = begins[ranks // size] + ranks % size * widths[ranks // size]
    cells[np.repeat(starts - grams.offsets[:-1], counts) + np.arange(len(grams.buckets))] = grams.buckets
    for first, last, begin, width in zip(
        firsts.tolist(), lasts.tolist(), begins.tolist(), widths.tolist(), strict=True
    ):
        rows = order[first:last]
        yield rows, cells[begin : begin + width * (last - first)].reshape(last - first, width), scales[rows]
