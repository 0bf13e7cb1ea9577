"""The view of a text that automata scan: few different symbols, so that every node of a trie has few children."""

from __future__ import annotations


def octets(text: str) -> str:
    """Return the latin-1 view of the UTF-8 bytes of a text; what begins in the one begins in the other."""
    return text.encode("utf-8", "replace").decode("latin-1")
