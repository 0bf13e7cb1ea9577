"""Another case, to be read only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from moderation.cli.review_screen.template_view import TemplateView
from moderation.review.case import Case


class LookScreen(ModalScreen[None]):
    """Shows the template of a case until Escape."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape,enter,q", "close", "")]

    def __init__(self, case: Case, words: Mapping[str, str], *, plain: bool) -> None:
        super().__init__()
        self._case = case
        self._words = words
        self._view = TemplateView(words, plain=plain)

    def compose(self) -> ComposeResult:
        """Build the template under its number."""
        with Vertical(classes="dialog look"):
            yield Static(Content(f"{self._words['template']} #{self._case.number}"), classes="title")
            yield self._view
            yield Static(Content(self._words["help keys"]), classes="keys")

    def on_mount(self) -> None:
        """Show the case."""
        self._view.show(self._case, None)

    def action_close(self) -> None:
        """Leave."""
        self.dismiss(None)
