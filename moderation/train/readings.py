"""How characters are read: syllables without and with tone, the most frequent reading first."""

from __future__ import annotations

from functools import cache

from pypinyin import Style, pinyin

_FUZZY = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"), ("h", "f"))
"""Initials that speakers and typists mix up."""


@cache
def syllables(character: str) -> tuple[str, ...]:
    """Return the syllables of a character without tone; empty for what is not a Chinese character."""
    return tuple(dict.fromkeys(reading.rstrip("12345") for reading in toned(character)))


@cache
def toned(character: str) -> tuple[str, ...]:
    """Return the syllables of a character with the number of the tone."""
    found = pinyin(character, style=Style.TONE3, heteronym=True, errors="ignore", neutral_tone_with_five=True)
    return tuple(reading.replace("ü", "v") for reading in found[0]) if found else ()


@cache
def blurred(syllable: str) -> str:
    """Return a syllable with the distinctions dropped that many speakers do not make: zh/z, n/l, in/ing."""
    for one, other in _FUZZY:
        if syllable.startswith(one):
            syllable = other + syllable[len(one) :]
            break
    return syllable.removesuffix("g") if syllable.endswith("ng") else syllable


def sound_alike(character: str, form: str) -> bool:
    """Return whether two characters share a reading, tone and what many speakers mix up aside."""
    mine = {blurred(syllable) for syllable in syllables(character)}
    return any(blurred(syllable) in mine for syllable in syllables(form))
