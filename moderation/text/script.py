"""Traditional characters, as OpenCC tells them from simplified ones."""

from __future__ import annotations

import re
from functools import lru_cache

from moderation.text.characters import Table, table_of

AMBIGUOUS = frozenset("乾於夥麽徵昇豐閣託祇囉濛矇甦")
"""Traditional characters that stand in simplified text too: in names, in 乾隆, in 宫商角徵羽."""

_FIRST, _LAST = 0x4E00, 0x9FFF


@lru_cache(maxsize=1)
def traditional() -> Table:
    """Return the characters that simplified text does not use."""
    return table_of(_told_apart())


@lru_cache(maxsize=1)
def _told_apart() -> frozenset[str]:
    from opencc import OpenCC

    characters = [chr(code) for code in range(_FIRST, _LAST + 1)]
    simplified = OpenCC("t2s").convert("\n".join(characters)).split("\n")
    changed = {character for character, simple in zip(characters, simplified, strict=True) if character != simple}
    return frozenset(changed - AMBIGUOUS)


@lru_cache(maxsize=1)
def _runs() -> re.Pattern[str]:
    return re.compile(f"[{''.join(sorted(_told_apart()))}]+")


def traditional_runs(text: str) -> list[tuple[int, int]]:
    """Return the half-open ranges of traditional characters, adjacent ones joined."""
    return [match.span() for match in _runs().finditer(text)]


@lru_cache(maxsize=4096)
def is_simplified(text: str) -> bool:
    """Return whether a text holds a character that traditional text does not use: GB 2312 has it, Big5 does not."""
    return any(_encodes(character, "gb2312") and not _encodes(character, "big5") for character in text)


def _encodes(character: str, encoding: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
