"""Variants of many spellings, column by column, for there are millions: made, or taken from layers that have them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from moderation.match.combinations import SHORTEST_MARK
from moderation.match.layer import Layer
from moderation.match.ragged import Numbers
from moderation.match.section import Spelling
from moderation.match.variants import VariantCompiler

Kinds = tuple[str, ...]
Numbered = tuple[int, Spelling]
"""A spelling and its number."""


@dataclass(frozen=True, slots=True)
class Spelt:
    """Variants of some spellings in order, so many of each as `counts` tells.

    `kinds_of` says which of `kinds` led to a text; `confidence` is in thousandths.
    """

    counts: Numbers
    texts: list[str]
    kinds: list[Kinds]
    kinds_of: Numbers
    confidence: Numbers


_NONE = np.zeros(0, dtype=np.int64)
NO_VARIANTS = Spelt(_NONE, [], [], _NONE, _NONE)


class Known:
    """The spellings that layers have and that would be expanded to the same under some classes of the alphabet.

    Raises ValueError for a layer that is not among them.
    """

    def __init__(self, layers: Sequence[Layer], classes: Mapping[str, str]) -> None:
        self._layers = tuple(layers)
        self._changed = [_changed(layer, classes) for layer in layers]
        self._numbers = [
            {spelling: number for number, spelling in enumerate(layer.spelled) if not changed[number]}
            for layer, changed in zip(layers, self._changed, strict=True)
        ]

    def standing_in(self, layer: Layer) -> Set[Spelling]:
        """Return the spellings that a layer has as they would be expanded."""
        return self._numbers[self._layers.index(layer)].keys()

    def changed_in(self, layer: Layer) -> list[int]:
        """Return the numbers of the spellings of a layer that would be expanded otherwise, or read otherwise."""
        found: list[int] = np.flatnonzero(self._changed[self._layers.index(layer)]).tolist()
        return found

    def taken(self, numbered: Sequence[Numbered]) -> tuple[list[Numbered], list[Spelt], list[Numbered]]:
        """Return spellings that layers have, in order of these, their variants by layer, and the other spellings."""
        taken: list[Numbered] = []
        spelt: list[Spelt] = []
        left = list(numbered)
        for layer, numbers in zip(self._layers, self._numbers, strict=True):
            here = [one for one in left if one[1] in numbers]
            left = [one for one in left if one[1] not in numbers]
            spelt.append(_variants_of(layer, [numbers[spelling] for _, spelling in here]))
            taken += here
        return taken, spelt, left


def expanded(spellings: Sequence[Spelling], compiler: VariantCompiler, known: Known) -> tuple[list[int], Spelt]:
    """Return the numbers of all spellings that may have variants, and these; what is known is not made again."""
    numbered = [(number, one) for number, one in enumerate(spellings) if one[1] and len(one[0]) >= SHORTEST_MARK]
    taken, spelt, left = known.taken(numbered)
    made = _made(compiler, [spelling for _, spelling in left])
    return [number for number, _ in (*taken, *left)], _joined([*spelt, made])


def _changed(layer: Layer, classes: Mapping[str, str]) -> NDArray[np.bool_]:
    """Return which spellings of a layer other classes of the alphabet touch.

    Where a character passes from one class to another, all that hold one of either are touched.
    """
    before = layer.alphabet.classes
    moved = {form for form, _ in before.items() ^ classes.items()}
    if not moved:
        return np.zeros(len(layer.spelled), dtype=np.bool_)
    heads = {of.get(form, form) for of in (before, classes) for form in moved}
    forms = {form for of in (before, classes) for form, head in of.items() if head in heads}
    return layer.holding(heads | forms)


def _variants_of(layer: Layer, numbers: Sequence[int]) -> Spelt:
    """Return the variants of some spellings of a layer."""
    strings = layer.strings
    kinds_of, spelling = np.asarray(strings.kinds_of), np.asarray(strings.spelling)
    variants = np.flatnonzero(kinds_of)
    rows = variants[np.argsort(spelling[variants], kind="stable")]
    counts = np.bincount(spelling[rows], minlength=len(layer.spelled))
    wanted = np.array(numbers, dtype=np.int64)
    chosen = rows[_ranges((counts.cumsum() - counts)[wanted], counts[wanted])]
    return Spelt(
        counts[wanted],
        strings.written.some(chosen),
        strings.kinds,
        kinds_of[chosen].astype(np.int64),
        np.asarray(strings.confidence)[chosen].astype(np.int64),
    )


def _ranges(firsts: Numbers, counts: Numbers) -> Numbers:
    """Return the numbers of half-open ranges one after another, by where each begins and how many it has."""
    places: Numbers = (firsts - counts.cumsum() + counts).repeat(counts)
    places += np.arange(len(places))
    return places


def _made(compiler: VariantCompiler, spellings: Sequence[Spelling]) -> Spelt:
    """Return the variants of spellings."""
    numbers: dict[Kinds, int] = {}
    counts: list[int] = []
    texts: list[str] = []
    kinds_of: list[int] = []
    confidence: list[float] = []
    for spelling, kinds in spellings:
        rows = compiler.rows(spelling, kinds)
        counts.append(len(rows))
        texts.extend([row[2] for row in rows])
        kinds_of.extend([numbers.setdefault(row[3], len(numbers)) for row in rows])
        confidence.extend([-row[0] for row in rows])
    return Spelt(
        np.array(counts, dtype=np.int64),
        texts,
        list(numbers),
        np.array(kinds_of, dtype=np.int64),
        np.rint(np.array(confidence, dtype=np.float64) * 1000).astype(np.int64),
    )


def _joined(several: Sequence[Spelt]) -> Spelt:
    """Return variants one after another, with the kinds that they have in common numbered once."""
    numbers: dict[Kinds, int] = {}
    columns: list[Numbers] = []
    for one in several:
        ranks = np.array([numbers.setdefault(kinds, len(numbers)) for kinds in one.kinds], dtype=np.int64)
        columns.append(ranks[one.kinds_of])
    return Spelt(
        np.concatenate([one.counts for one in several]),
        [text for one in several for text in one.texts],
        list(numbers),
        np.concatenate(columns),
        np.concatenate([one.confidence for one in several]),
    )
