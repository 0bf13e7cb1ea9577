"""What only the source text shows, since folding changes it: symbols, emoji, invisible characters, other scripts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import re2

from moderation.match.pattern_set import PatternSet, Range
from moderation.text.characters import LAST_CODE, Characters, Table

_SCRIPT_NAMES = (
    *("Hiragana", "Katakana", "Hangul", "Arabic", "Thai", "Tibetan"),
    *("Mongolian", "Cyrillic", "Hebrew", "Devanagari", "Yi"),
)
_OTHER_SCRIPTS = "".join(rf"\p{{{name}}}" for name in _SCRIPT_NAMES)
_SCRIPTS = rf"[{_OTHER_SCRIPTS}][{_OTHER_SCRIPTS} ]+"
_INVISIBLE = (
    r"[\x{ad}\x{34f}\x{61c}\x{115f}\x{1160}\x{17b4}\x{17b5}\x{180b}-\x{180f}\x{200b}-\x{200f}\x{202a}-\x{202e}"
    r"\x{2060}-\x{206f}\x{3164}\x{feff}\x{ffa0}\x{fff9}-\x{fffb}\x{e0000}-\x{e007f}]+"
)
_SIGNS = r"[¥￥$※『』〖〗「」\x{2190}-\x{21ff}\x{2460}-\x{25ff}❶-❿]"
_SYMBOLS = rf"{_SIGNS}|\^_\^"
_EMOJI = r"[\x{1f000}-\x{1faff}\x{2600}-\x{27bf}\x{2b00}-\x{2bff}]"

_SET = PatternSet(
    (
        ("template:symbol", _SYMBOLS),
        ("template:emoji", _EMOJI),
        ("template:invisible", _INVISIBLE),
        ("template:script", _SCRIPTS),
    )
)


def find_many(texts: Sequence[str]) -> list[list[Range]]:
    """Return the symbols, emoji, invisible characters and foreign scripts of each source text."""
    found: list[list[Range]] = [[] for _ in texts]
    chosen = Characters(texts).holding(_seen_in_any())
    for index, ranges in zip(chosen, _SET.find_many([texts[index] for index in chosen]), strict=True):
        found[index] = ranges
    return found


@lru_cache(maxsize=1)
def _seen_in_any() -> Table:
    """Return the characters of which each text holds one in which anything is found."""
    every = re2.compile(rf"(?:{_SIGNS}|\^|{_EMOJI}|{_INVISIBLE}|[{_OTHER_SCRIPTS}])+")
    characters = "".join("\n" if 0xD800 <= code < 0xE000 else chr(code) for code in range(LAST_CODE))
    table = np.zeros(LAST_CODE + 1, dtype=np.bool_)
    table[LAST_CODE] = True
    for match in every.finditer(characters):
        table[match.start() : match.end()] = True
    return table
