"""What every written page shares."""

from __future__ import annotations

WRITTEN = "<!-- Written by `make docs`; change the rule instead. -->"


def cell(text: str) -> str:
    """Return a text as it stands in a cell of a table."""
    return text.replace("|", "\\|")


def code(text: str) -> str:
    """Return a text as inline code, with what cannot be seen in it written out."""
    seen = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)
    fence = "``" if "`" in seen else "`"
    return f"{fence}{seen}{fence}"
