"""Characters and pairs without which an expression matches nothing, read from the expression itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat
from typing import NamedTuple

FEW = 200
"""Strings up to which all that a stretch of an expression matches is kept in mind."""

MOST_SETS = 4
"""Sets kept of one expression, the most telling first; more would tell texts apart no better."""

COMMON, MOST_WEIGHT = 24, 4_000
"""How much a single common character weighs against a pair, and the weight of a set that tells texts apart no more."""

LARGEST_RANGE = 4_000

Sets = tuple[frozenset[str], ...]
"""A text that holds no character or pair of characters of one of these does not match; without sets, any text may."""


class _Read(NamedTuple):
    """All strings that a stretch matches, where they are few, else None and what each match holds."""

    strings: frozenset[str] | None
    sets: Sets = ()

    @property
    def required(self) -> Sets:
        """What each match of the stretch holds."""
        return self.sets if self.strings is None else _held_by(self.strings)


_NOTHING = _Read(frozenset(("",)))

_TOKEN = re.compile(
    r"\[(?:\\x\{[0-9a-f]+\}|\\.|[^\]\\])+\]|\\x\{[0-9a-f]+\}|\\p\{\w+\}|\\.|\((?:\?:|\?P<\w+>)?|[*+?]|\{[0-9]+(?:,[0-9]*)?\}|.",
    re.DOTALL,
)
_MEMBER = re.compile(r"(\\x\{[0-9a-f]+\}|\\.|[^\\])(?:-(\\x\{[0-9a-f]+\}|\\.|[^\\]))?", re.DOTALL)
_CODE = re.compile(r"\\x\{([0-9a-f]+)\}")
_CONTROLS = {r"\n": "\n", r"\t": "\t", r"\r": "\r"}


def required(expression: str) -> Sets:
    """Return sets of characters and pairs of which every match holds one; raise ValueError for other syntax."""
    tokens = _TOKEN.findall(expression)
    read, end = _alternatives(tokens, 0)
    if end < len(tokens):
        raise ValueError(f"unbalanced bracket in {expression}")
    return _most_telling(read.required)


def _alternatives(tokens: Sequence[str], at: int) -> tuple[_Read, int]:
    branches: list[_Read] = []
    while True:
        read, at = _sequence(tokens, at)
        branches.append(read)
        if at == len(tokens) or tokens[at] == ")":
            return _any_of(branches), at
        at += 1


def _any_of(branches: Sequence[_Read]) -> _Read:
    """Return what alternatives match or require together: of each a set, the most telling with the most telling.

    What requires fewer sets than others requires its most telling one again.
    """
    known = [read.strings for read in branches if read.strings is not None]
    if len(known) == len(branches) and sum(map(len, known)) <= FEW:
        return _Read(frozenset().union(*known))
    each = [read.required for read in branches]
    if not all(each):
        return _Read(None)
    most = max(map(len, each))
    filled = [(*sets, *repeat(sets[0], most - len(sets))) for sets in each]
    return _Read(None, _most_telling(frozenset().union(*sets) for sets in zip(*filled, strict=True)))


def _sequence(tokens: Sequence[str], at: int) -> tuple[_Read, int]:
    """Return what a sequence matches, or requires: all that its parts do which stand in it at least once."""
    strings: frozenset[str] = frozenset(("",))
    sets: Sets = ()
    is_known = True
    while at < len(tokens) and tokens[at] not in "|)":
        read, at = _part(tokens, at)
        if read.strings is not None and len(strings) * len(read.strings) <= FEW:
            strings = frozenset(first + second for first in strings for second in read.strings)
            continue
        is_known = False
        sets = _most_telling((*sets, *_held_by(strings), *read.sets))
        strings = frozenset(("",)) if read.strings is None else read.strings
    return (_Read(strings), at) if is_known else (_Read(None, _most_telling((*sets, *_held_by(strings)))), at)


def _part(tokens: Sequence[str], at: int) -> tuple[_Read, int]:
    """Return what a group or character with its quantifiers matches or requires, and where the next part begins."""
    if tokens[at].startswith("("):
        if tokens[at + 1 : at + 2] == ["?"]:
            raise ValueError(f"a group of another kind than (…), (?:…) and (?P<name>…) at {''.join(tokens[at:])}")
        read, at = _alternatives(tokens, at + 1)
        if at == len(tokens):
            raise ValueError("a group that is not closed")
    else:
        read = _single(tokens[at])
    at += 1
    while at < len(tokens) and (tokens[at] in "*+?" or (tokens[at][0] == "{" and len(tokens[at]) > 1)):
        if tokens[at] == "?" and read.strings is not None:
            read = _Read(read.strings | {""})
        else:
            is_optional = tokens[at] in "*?" or tokens[at].startswith(("{0,", "{0}"))
            read = _Read(None, () if is_optional else read.required)
        at += 1
    return read, at


def _held_by(strings: frozenset[str]) -> Sets:
    return () if "" in strings else (frozenset(string[:2] for string in strings),)


def _most_telling(sets: Iterable[frozenset[str]]) -> Sets:
    weighed = sorted((_weight(one), sorted(one)) for one in set(sets))
    return tuple(frozenset(one) for weight, one in weighed[:MOST_SETS] if weight <= MOST_WEIGHT)


def _weight(held: frozenset[str]) -> int:
    return sum(COMMON if len(one) == 1 and (one.isascii() or "\u3400" <= one <= "\u9fff") else 1 for one in held)


def _single(sign: str) -> _Read:
    """Return what one character of an expression matches; what it requires where that is much but not endless."""
    if sign in ("^", "$", r"\b"):
        return _NOTHING
    if sign.startswith("["):
        characters = None if sign[1] == "^" else _members(sign[1:-1])
    else:
        characters = None if sign == "." else _character(sign)
    if characters is None:
        return _Read(None)
    matched = frozenset(characters)
    return _Read(matched) if len(matched) <= FEW else _Read(None, _most_telling((matched,)))


def _members(inside: str) -> str | None:
    found: list[str] = []
    for first, last in _MEMBER.findall(inside):
        start, end = _character(first), _character(last or first)
        if start is None or end is None or ord(end) - ord(start) > LARGEST_RANGE:
            return None
        found.extend(_between(start, end))
    return "".join(found)


def _between(first: str, last: str) -> Iterator[str]:
    return map(chr, range(ord(first), ord(last) + 1))


def _character(written: str) -> str | None:
    """Return the character that is written; None for an assertion or a class such as that of blanks."""
    if code := _CODE.fullmatch(written):
        return chr(int(code[1], 16))
    if not written.startswith("\\") or written in _CONTROLS:
        return _CONTROLS.get(written, written)
    return None if written[1].isalnum() else written[1]
