"""All keys, and what the marks in the text mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from moderation.cli.review_screen.keys import all_keys
from moderation.cli.review_screen.marked_text import COLOURS, SIGNS


class HelpScreen(ModalScreen[None]):
    """Shows the keys until Escape."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape,question_mark,q", "close", "")]

    def __init__(self, words: Mapping[str, str], *, plain: bool) -> None:
        super().__init__()
        self._words = words
        self._plain = plain

    def compose(self) -> ComposeResult:
        """Build the list of keys and the marks."""
        words = self._words
        with VerticalScroll(classes="dialog help"):
            yield Static(Content(words["help"]), classes="title")
            with Horizontal():
                lines = list(self._keys())
                half = (len(lines) + 1) // 2
                yield Static(Content("\n").join(lines[:half]))
                yield Static(Content("\n").join(lines[half:]))
            yield Static(Content.assemble((f"{words['legend']}  ", "bold"), self._legend()))
            yield Static(Content(words["help keys"]), classes="keys")

    def action_close(self) -> None:
        """Leave."""
        self.dismiss(None)

    def _keys(self) -> Iterator[Content]:
        for shown, meaning in all_keys(self._words):
            yield Content.assemble((f"{shown:>7}  ", "bold"), meaning)

    def _legend(self) -> Content:
        words = self._words
        if self._plain:
            return Content(words["legend plain"])
        badges = [
            Content.styled(f" {words[severity]} ", COLOURS[severity]) for severity in SIGNS if severity != "SHADOW"
        ]
        return Content(" ").join((*badges, Content(words["legend colour"])))
