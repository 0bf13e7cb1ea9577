"""Symbols, emoji, invisible characters and other scripts are told from one another, each where it stands."""

from __future__ import annotations

import pytest

from moderation.match.pattern_set import Range
from moderation.match.symbols import find_many


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("您的快递到了,请取件abc123", []),
        ("只要￥9", [Range("template:symbol", 2, 3)]),
        ("①②", [Range("template:symbol", 0, 1), Range("template:symbol", 1, 2)]),
        ("好^_^", [Range("template:symbol", 1, 4)]),
        ("2^3", []),
        ("😀❤", [Range("template:emoji", 0, 1), Range("template:emoji", 1, 2)]),
        ("您\u200b\u200b好\U000e0041", [Range("template:invisible", 1, 3), Range("template:invisible", 4, 5)]),
        ("さくら 店", [Range("template:script", 0, 4)]),
        ("の", []),
        ("Привет한국", [Range("template:script", 0, 8)]),
        ("😀①", [Range("template:symbol", 1, 2), Range("template:emoji", 0, 1)]),
        ("", []),
    ],
)
def test_what_is_found(text: str, found: list[Range]) -> None:
    assert find_many(["甲", text, "😀"]) == [[], found, [Range("template:emoji", 0, 1)]]
