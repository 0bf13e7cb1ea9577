"""Drawing only what changed: a terminal far away gets every redrawn cell sent, and the screen looks at itself often."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static


class SteadyText(Static):
    """A text that is drawn again only where it is another one."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes, markup=False)
        self._shown = Content()

    def show(self, text: Content) -> None:
        """Show this text."""
        if not text.is_same(self._shown):
            self._shown = text
            self.update(text)


def entitle(pane: Widget, title: str) -> None:
    """Put a title on the border of a pane; all of the pane is drawn again where it is another one."""
    if pane.border_title != title:
        pane.border_title = title
