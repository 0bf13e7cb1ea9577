"""What only the source text shows, since folding changes it: symbols, emoji, invisible characters, other scripts."""

from __future__ import annotations

from collections.abc import Sequence

from moderation.match.pattern_set import PatternSet, Range

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
_SYMBOLS = r"[¥￥$※『』〖〗「」\x{2190}-\x{21ff}\x{2460}-\x{25ff}❶-❿]|\^_\^"
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
    return _SET.find_many(texts)
