"""Variants of many spellings, column by column, for there are millions: made, or taken from what was kept of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Protocol

import numpy as np

from moderation.match.combinations import SHORTEST_MARK
from moderation.match.ragged import Numbers
from moderation.match.spellings import Spelling, Spellings
from moderation.match.variants import VariantCompiler

KEY_SIZE = 16

Kinds = tuple[str, ...]


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

    def only(self, rows: Numbers, counts: Numbers) -> Spelt:
        """Return some of the texts by their numbers, so many of each spelling."""
        texts = list(map(self.texts.__getitem__, rows.tolist()))
        return Spelt(counts, texts, self.kinds, self.kinds_of[rows], self.confidence[rows])


NO_VARIANTS = Spelt(np.zeros(0, dtype=np.int64), [], [], np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))


class Expansions(Protocol):
    """What spellings were expanded to before, by keys."""

    @property
    def spelt(self) -> Spelt:
        """All of them."""

    def place(self, key: bytes) -> int | None:
        """Return the number of the spelling of a key among them; None where it is not there."""

    def keep(self, keys: Sequence[bytes], spelt: Spelt, fresh: int) -> None:
        """Keep what spellings expand to, of which so many were not kept before."""


def expanded(
    spellings: Spellings, compiler: VariantCompiler, kept: Expansions | None = None
) -> tuple[list[int], Spelt]:
    """Return the numbers of all spellings that may have variants, and these; what is kept is not made again."""
    numbered = [(number, one) for number, one in enumerate(spellings) if one[1] and len(one[0]) >= SHORTEST_MARK]
    wanted = [spelling for _, spelling in numbered]
    if kept is None:
        found = _made(compiler, wanted, ())
    else:
        keys = keys_of(compiler, wanted)
        places = list(map(kept.place, keys))
        new = [spelling for spelling, place in zip(wanted, places, strict=True) if place is None]
        fresh = _made(compiler, new, kept.spelt.kinds)
        found = _merged(kept.spelt, fresh, places)
        kept.keep(keys, found, len(new))
    return [number for number, _ in numbered], _without_listed(spellings, wanted, found)


def keys_of(compiler: VariantCompiler, spellings: Iterable[Spelling]) -> list[bytes]:
    """Return what names the variants of each spelling: its kinds, what may be written for its characters, and itself.

    Whatever else variants depend on must be the same for all that is kept in one place.
    """
    known: dict[frozenset[str], tuple[bytes, dict[str, bytes]]] = {}
    keys: list[bytes] = []
    for spelling, kinds in spellings:
        if kinds not in known:
            known[kinds] = _digest(" ".join(sorted(kinds)).encode()), {}
        begun, of_character = known[kinds]
        for character in spelling:
            if character not in of_character:
                told = repr(compiler.forms_of(character, kinds)).encode("utf-8", "backslashreplace")
                of_character[character] = _digest(told)
        parts = (begun, *map(of_character.__getitem__, spelling), spelling.encode("utf-8", "surrogatepass"))
        keys.append(_digest(b"".join(parts)))
    return keys


def ranges(firsts: Numbers, counts: Numbers) -> Numbers:
    """Return the numbers of half-open ranges one after another, by where each begins and how many it has."""
    places: Numbers = (firsts - counts.cumsum() + counts).repeat(counts)
    places += np.arange(len(places))
    return places


def _made(compiler: VariantCompiler, spellings: Sequence[Spelling], known: Iterable[Kinds]) -> Spelt:
    """Return the variants of spellings; the numbers of kinds that are known stay."""
    numbers = {kinds: number for number, kinds in enumerate(known)}
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


def _merged(kept: Spelt, fresh: Spelt, places: Iterable[int | None]) -> Spelt:
    """Return the variants of the kept spellings in some places and, in those without, of the fresh ones in order."""
    new = iter(range(len(kept.counts), len(kept.counts) + len(fresh.counts)))
    chosen = np.array([next(new) if place is None else place for place in places], dtype=np.int64)
    counts = np.concatenate((kept.counts, fresh.counts))
    both = Spelt(
        counts,
        kept.texts + fresh.texts,
        fresh.kinds,
        np.concatenate((kept.kinds_of, fresh.kinds_of)),
        np.concatenate((kept.confidence, fresh.confidence)),
    )
    return both.only(ranges((counts.cumsum() - counts)[chosen], counts[chosen]), counts[chosen])


def _without_listed(spellings: Spellings, wanted: Sequence[Spelling], found: Spelt) -> Spelt:
    """Return variants without those that their wordlists list: no variants there, but words."""
    is_kept = np.ones(len(found.texts), dtype=np.bool_)
    counts = found.counts.copy()
    ends = found.counts.cumsum().tolist()
    for number, (start, end) in enumerate(pairwise(chain((0,), ends))):
        texts = found.texts[start:end]
        for listed in spellings.listed_beside(wanted[number]):
            if not listed.isdisjoint(texts):
                is_kept[start:end] &= [text not in listed for text in texts]
                counts[number] = int(is_kept[start:end].sum())
    return found if is_kept.all() else found.only(np.flatnonzero(is_kept), counts)


def _digest(told: bytes) -> bytes:
    return hashlib.blake2b(told, digest_size=KEY_SIZE).digest()
