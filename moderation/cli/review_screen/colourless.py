"""The screen without colour: what had a background of its own is shown in reverse."""

from __future__ import annotations

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.color import Color as TextualColor
from textual.filter import LineFilter

DEFAULT = Style(color="default", bgcolor="default")
REVERSE = DEFAULT + Style(reverse=True)


class Colourless(LineFilter):
    """Takes all colours away."""

    def apply(self, segments: list[Segment], background: TextualColor) -> list[Segment]:
        """Return the segments without colours."""
        return [
            Segment(text, style and style + _instead_of(style.bgcolor), control) for text, style, control in segments
        ]


def _instead_of(background: Color | None) -> Style:
    return DEFAULT if background is None or background.is_default else REVERSE
