"""Traditional characters, as OpenCC tells them from simplified ones."""

from __future__ import annotations

from functools import lru_cache

AMBIGUOUS = frozenset("乾於夥麽徵昇豐閣託祇囉濛矇甦")
"""Traditional characters that stand in simplified text too: in names, in 乾隆, in 宫商角徵羽."""

_FIRST, _LAST = 0x4E00, 0x9FFF


@lru_cache(maxsize=1)
def traditional_characters() -> frozenset[str]:
    """Return the characters that simplified text does not use."""
    from opencc import OpenCC

    characters = [chr(code) for code in range(_FIRST, _LAST + 1)]
    simplified = OpenCC("t2s").convert("\n".join(characters)).split("\n")
    changed = {character for character, simple in zip(characters, simplified, strict=True) if character != simple}
    return frozenset(changed - AMBIGUOUS)


def traditional_runs(text: str) -> list[tuple[int, int]]:
    """Return the half-open ranges of traditional characters, adjacent ones joined."""
    known = traditional_characters()
    if known.isdisjoint(text):
        return []
    runs: list[tuple[int, int]] = []
    for index, character in enumerate(text):
        if character in known:
            if runs and runs[-1][1] == index:
                runs[-1] = (runs[-1][0], index + 1)
            else:
                runs.append((index, index + 1))
    return runs
