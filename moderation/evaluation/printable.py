"""Texts of strangers as they may be shown."""

from __future__ import annotations


def shown(text: str) -> str:
    """Return a text with escapes in the place of control characters, which a terminal or page would obey."""
    return "".join(one if one.isprintable() else one.encode("unicode_escape").decode() for one in text)
