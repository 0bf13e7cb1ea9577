"""Folding to normal text: NFKC, case, width, invisible characters and marks, with a way back to the source.

Characters whose folding depends on their neighbours (combining marks, jamo, half-width voicing marks) are folded
cluster by cluster; a cluster is cut only before a character that can neither reorder nor compose with what precedes it,
so that the result equals the fold of the whole string (Unicode Standard Annex #15, sections 1.2 and 9).
"""

from __future__ import annotations

import unicodedata
from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from moderation.text.template import Span

PLACEHOLDER = "\ufffc"
"""Stands for one placeholder in normal text; nothing else folds to it."""

MAX_CLUSTER = 32
"""Code points folded together; a longer pile of marks is cut, so that hostile input stays linear."""

INVISIBLE_CATEGORIES = frozenset(("Cf", "Cc", "Cs"))
INVISIBLE_EXTRA = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0\ufffc")
MARK_CATEGORIES = frozenset(("Mn", "Me"))
"""Marks over, under, through and around characters; what composes with none is dropped."""

KEPT_CONTROLS = frozenset("\n\t\r")
UNKNOWN, IRREGULAR = 0xFFFF_FFFF, 0xFFFF_FFFE
"""In the table of folds: a code point not met before, and one whose fold is not one character of its own."""


class Normal(NamedTuple):
    """Folded text and where each of its characters came from.

    `starts` and `ends` hold source offsets per normal character; None where normal and source offsets are the same.
    """

    text: str
    starts: Sequence[int] | None = None
    ends: Sequence[int] | None = None

    def source_range(self, start: int, end: int) -> tuple[int, int]:
        """Return where in the source a non-empty range of the normal text begins and ends."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]

    def source_span(self, start: int, end: int) -> Span:
        """Return the source range of a non-empty range of the normal text."""
        return Span(*self.source_range(start, end))


@lru_cache(maxsize=4096)
def is_invisible(character: str) -> bool:
    """Return whether a character shows nothing and is dropped: format, control, filler, variation selector."""
    if character in KEPT_CONTROLS:
        return False
    if character in INVISIBLE_EXTRA or "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef":
        return True
    return unicodedata.category(character) in INVISIBLE_CATEGORIES


@lru_cache(maxsize=4096)
def is_mark(character: str) -> bool:
    """Return whether a character takes no place of its own but marks the one before it."""
    return unicodedata.category(character) in MARK_CATEGORIES


def fold(text: str) -> Normal:
    """Return the normal text of a literal string."""
    return fold_parts([(text, False)])


def fold_parts(parts: Iterable[tuple[str, bool]]) -> Normal:
    """Return the normal text of adjacent parts, each a string and whether it is a placeholder (one U+FFFC)."""
    pieces: list[_Piece] = []
    offset, identity = 0, True
    for source, is_placeholder in parts:
        if is_placeholder:
            pieces.append(_Piece(PLACEHOLDER, offset, offset + len(source), False))
            identity = identity and len(source) == 1
        elif _FOLDS.all_regular(characters := set(source)):
            folded = source if _FOLDS.changed.isdisjoint(characters) else source.translate(_FOLDS)
            pieces.append(_Piece(folded, offset, offset + len(source), True))
        else:
            odd = characters - _FOLDS.regular
            pieces.extend(_alone(source, odd, offset) if all(map(_stands_alone, odd)) else _clusters(source, offset))
            identity = False
        offset += len(source)
    text = "".join([piece.text for piece in pieces])
    return Normal(text) if identity else _with_offsets(text, pieces)


def fold_many(texts: Sequence[str]) -> list[Normal | None]:
    """Return the normal text of each string in which every character folds to one; None for the others."""
    lengths = list(map(len, texts))
    source = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    folded = _TABLE[source]
    if (unknown := source[folded == UNKNOWN]).size:
        _FOLDS.tabulate(_TABLE, set(np.unique(unknown).tolist()))
        folded = _TABLE[source]
    ends = np.cumsum(lengths)
    irregular = np.searchsorted(ends, np.flatnonzero(folded == IRREGULAR), side="right")
    text = np.where(folded == IRREGULAR, 0x20, folded).astype(np.uint32).tobytes().decode("utf-32-le", "surrogatepass")
    found: list[Normal | None] = [
        Normal(text[end - length : end]) for end, length in zip(ends.tolist(), lengths, strict=True)
    ]
    for index in set(irregular.tolist()):
        found[index] = None
    return found


class _Piece(NamedTuple):
    """A stretch of normal text and its source range; `aligned` where each character came from one character."""

    text: str
    start: int
    end: int
    aligned: bool


def _with_offsets(text: str, pieces: Iterable[_Piece]) -> Normal:
    starts: array[int] = array("I")
    ends: array[int] = array("I")
    for piece in pieces:
        if piece.aligned:
            starts.extend(range(piece.start, piece.end))
            ends.extend(range(piece.start + 1, piece.end + 1))
        else:
            starts.extend([piece.start] * len(piece.text))
            ends.extend([piece.end] * len(piece.text))
    return Normal(text, starts, ends)


def _alone(source: str, odd: set[str], offset: int) -> Iterator[_Piece]:
    """Yield the stretches between odd characters, and what these fold to; none of them needs its neighbours."""
    reached = 0
    for index, character in enumerate(source):
        if character not in odd:
            continue
        if index > reached:
            yield _Piece(source[reached:index].translate(_FOLDS), offset + reached, offset + index, True)
        if not is_invisible(character) and (folded := fold_to_fixed_point(character)):
            yield _Piece(folded, offset + index, offset + index + 1, False)
        reached = index + 1
    if reached < len(source):
        yield _Piece(source[reached:].translate(_FOLDS), offset + reached, offset + len(source), True)


def _clusters(source: str, offset: int) -> Iterator[_Piece]:
    """Yield each cluster folded, with its source range; invisible characters belong to no cluster's edge."""
    visible = [(index, character) for index, character in enumerate(source) if not is_invisible(character)]
    position = 0
    while position < len(visible):
        stop = position + 1
        while stop < len(visible) and stop - position < MAX_CLUSTER and _joins(visible[stop][1]):
            stop += 1
        cluster = "".join(character for _, character in visible[position:stop])
        folded = fold_to_fixed_point(cluster)
        if folded:
            yield _Piece(folded, offset + visible[position][0], offset + visible[stop - 1][0] + 1, False)
        position = stop


@lru_cache(maxsize=4096)
def fold_to_fixed_point(text: str) -> str:
    """Return NFKC and case folding applied until nothing changes, without invisible characters and loose marks."""
    while True:
        folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
        folded = "".join(character for character in folded if not (is_invisible(character) or is_mark(character)))
        if folded == text:
            return folded
        text = folded


class _CharacterFolds(dict[int, str]):
    """The folds of single characters for `str.translate`, filled as characters are met.

    `regular` holds the characters that fold to one character whatever their neighbours, `changed` those that change.
    The three collections only grow, by values that depend on the character alone, so threads may share them.
    """

    def __init__(self) -> None:
        self.regular: set[str] = set()
        self.irregular: set[str] = {PLACEHOLDER}
        self.changed: set[str] = set()

    def tabulate(self, table: NDArray[np.uint32], codes: Iterable[int]) -> None:
        """Write the folds of code points into a table; those that need their neighbours become IRREGULAR."""
        for code in codes:
            is_regular = self.all_regular({chr(code)})
            table[code] = ord(self[code]) if is_regular else IRREGULAR

    def all_regular(self, characters: set[str]) -> bool:
        """Return whether none of the characters needs its neighbours or changes the length."""
        if characters <= self.regular:
            return True
        for character in characters - self.regular - self.irregular:
            folded = fold_to_fixed_point(character)
            if len(folded) == 1 and not is_invisible(character) and not _joins(character):
                self[ord(character)] = folded
                self.regular.add(character)
                if folded != character:
                    self.changed.add(character)
            else:
                self.irregular.add(character)
        return characters <= self.regular


def _stands_alone(character: str) -> bool:
    """Return whether a character shows nothing or is folded by itself, whatever stands before it."""
    return is_invisible(character) or not _joins(character)


@lru_cache(maxsize=4096)
def _joins(character: str) -> bool:
    """Return whether a character can reorder or compose with what stands before it, or marks it."""
    first = unicodedata.normalize("NFKD", character)[:1]
    return bool(first) and (
        is_mark(first) or unicodedata.combining(first) != 0 or first in _composition_second_members()
    )


@lru_cache(maxsize=1)
def _composition_second_members() -> frozenset[str]:
    """Return the characters that canonical composition can merge into what stands before them."""
    members = {chr(code) for code in (*range(0x1161, 0x1176), *range(0x11A8, 0x11C3))}
    for code in (*range(0x3400), *range(0xF900, 0x20000)):
        decomposed = unicodedata.decomposition(chr(code))
        if " " in decomposed and not decomposed.startswith("<"):
            members.add(chr(int(decomposed.split()[1], 16)))
    return frozenset(members)


_FOLDS = _CharacterFolds()
_TABLE = np.full(0x110000, UNKNOWN, dtype=np.uint32)
"""The fold of each code point that was met, filled like `_FOLDS` and shared by threads for the same reason."""
