"""A value behind its label."""

from __future__ import annotations

from collections.abc import Mapping

from textual.content import Content


def labelled(label: str, value: Content, words: Mapping[str, str]) -> Content:
    """Return the label and the value.

    Nothing but a colon stands before Chinese: lines break at spaces only, so one would leave the label on a line alone.
    """
    colon = words["colon"] if value.plain[:1].isascii() else words["colon"].rstrip()
    return Content.assemble((f"{words[label]}{colon}", "bold"), value)
