"""What only the source text shows, since folding changes it: symbols, emoji, invisible characters, other scripts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import re2
from numpy.typing import NDArray

from moderation.match.pattern_set import Range
from moderation.text.characters import LAST_CODE, characters_of

_SCRIPT_NAMES = (
    *("Hiragana", "Katakana", "Hangul", "Arabic", "Thai", "Tibetan"),
    *("Mongolian", "Cyrillic", "Hebrew", "Devanagari", "Yi"),
)
_INVISIBLE = (
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f"
)
_SIGNS = "¥￥$※『』〖〗「」\u2190-\u21ff\u2460-\u25ff❶-❿"
_EMOJI = "\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff"


def find_many(texts: Sequence[str]) -> list[list[Range]]:
    """Return the symbols, emoji, invisible characters and foreign scripts of each source text."""
    found: list[list[Range]] = [[] for _ in texts]
    row = characters_of(texts)
    held = row.united(_kinds()[row.codes])
    for index in np.flatnonzero(held).tolist():
        for number, (kind, expression) in enumerate(_expressions().items()):
            if held[index] >> number & 1:
                found[index] += [Range(kind, *match.span()) for match in expression.finditer(texts[index])]
    return found


@lru_cache(maxsize=1)
def _expressions() -> dict[str, re.Pattern[str]]:
    scripts = _scripts()
    return {
        "template:symbol": re.compile(rf"[{_SIGNS}]|\^_\^"),
        "template:emoji": re.compile(f"[{_EMOJI}]"),
        "template:invisible": re.compile(f"[{_INVISIBLE}]+"),
        "template:script": re.compile(f"[{scripts}][{scripts} ]+"),
    }


@lru_cache(maxsize=1)
def _kinds() -> NDArray[np.uint8]:
    """Return, by code point, for which expressions a text that they match may hold it, a bit for each."""
    table = np.zeros(LAST_CODE + 1, dtype=np.uint8)
    table[LAST_CODE] = 0xFF
    for number, members in enumerate((_SIGNS + r"\^", _EMOJI, _INVISIBLE, _scripts())):
        for match in re.finditer(f"[{members}]+", _every_character()):
            table[match.start() : match.end()] |= np.uint8(1 << number)
    return table


@lru_cache(maxsize=1)
def _scripts() -> str:
    """Return the ranges of the characters of other scripts as Unicode tells them, which RE2 knows and `re` does not."""
    expression = re2.compile("[" + "".join(rf"\p{{{name}}}" for name in _SCRIPT_NAMES) + "]+")
    return "".join(f"{match[0][0]}-{match[0][-1]}" for match in expression.finditer(_every_character()))


def _every_character() -> str:
    """Return all characters below LAST_CODE in order, blanks for surrogates."""
    return "".join(" " if 0xD800 <= code < 0xE000 else chr(code) for code in range(LAST_CODE))
