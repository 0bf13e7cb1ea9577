"""What spellings expand to, kept on disk: a build after a change makes the variants of what is new.

A file belongs to one set of forms, dialects and dictionary, and to the code. It holds what the build before needed, and
as much besides, so that what is taken back is there. Builds at the same time write it in turn; what one of them lacks
is made again. Whatever is wrong with a file, all variants are made.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path

import numpy as np

from moderation.match import cache_file
from moderation.match.cache_file import DamagedError
from moderation.match.lines import encoded
from moderation.match.ragged import Numbers
from moderation.match.spelt import KEY_SIZE, NO_VARIANTS, Spelt, ranges

BESIDE = 500_000
"""Texts that are kept beside those of the latest build, or as many as that has."""


class KeptExpansions:
    """The expansions in one file; it is read when they are first asked for, and written where there are new ones."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def spelt(self) -> Spelt:
        """All that is kept."""
        return self._read[1]

    def place(self, key: bytes) -> int | None:
        """Return the number of the spelling of a key; None where it is not kept."""
        return self._places.get(key)

    def keep(self, keys: Sequence[bytes], spelt: Spelt, fresh: int) -> None:
        """Keep what spellings expand to, where some of it is new; what cannot be written is made again some day."""
        if not fresh:
            return
        others, beside = self._beside(frozenset(keys), len(spelt.texts))
        columns = (
            b"".join((*keys, *others)),
            _octets(np.concatenate((spelt.counts, beside.counts))),
            _octets(np.fromiter(map(len, (*spelt.texts, *beside.texts)), dtype=np.int64)),
            encoded((*spelt.texts, *beside.texts)),
            _octets(np.concatenate((spelt.kinds_of, beside.kinds_of))),
            _octets(np.concatenate((spelt.confidence, beside.confidence))),
        )
        with suppress(OSError):
            cache_file.write(self._path, {"kinds": spelt.kinds}, columns)

    def _beside(self, keys: frozenset[bytes], used: int) -> tuple[list[bytes], Spelt]:
        """Return what is kept of other spellings, unless it is too much."""
        kept = self.spelt
        others = [(key, place) for key, place in self._places.items() if key not in keys]
        places = np.array([place for _, place in others], dtype=np.int64)
        counts = kept.counts[places]
        if counts.sum() > max(used, BESIDE):
            return [], NO_VARIANTS
        rows = ranges((kept.counts.cumsum() - kept.counts)[places], counts)
        return [key for key, _ in others], kept.only(rows, counts)

    @cached_property
    def _places(self) -> dict[bytes, int]:
        keys = self._read[0]
        return {keys[start : start + KEY_SIZE]: start // KEY_SIZE for start in range(0, len(keys), KEY_SIZE)}

    @cached_property
    def _read(self) -> tuple[bytes, Spelt]:
        try:
            told, (keys, *columns) = cache_file.read(self._path)
            counts, lengths, texts, kinds_of, confidence = columns
            kinds = [tuple(one) for one in told["kinds"]]
            spelt = Spelt(_numbers(counts), _texts(texts, lengths), kinds, _numbers(kinds_of), _numbers(confidence))
        except (DamagedError, ValueError, KeyError, TypeError):
            return b"", NO_VARIANTS
        return bytes(keys), spelt


def _octets(numbers: Numbers) -> memoryview:
    return np.asarray(numbers, dtype=np.int32).data


def _numbers(column: memoryview) -> Numbers:
    return np.frombuffer(column, dtype=np.int32).astype(np.int64)


def _texts(column: memoryview, lengths: memoryview) -> list[str]:
    whole = str(column, "utf-32-le", "surrogatepass")
    ends = _numbers(lengths).cumsum().tolist()
    return [whole[start:end] for start, end in zip([0, *ends], ends, strict=False)]
