"""The list of waiting cases; it asks for more as the cursor nears its end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from textual.message import Message
from textual.widgets import OptionList

from moderation.cli.review_screen.case_line import waiting_line
from moderation.cli.review_screen.steady import entitle
from moderation.review.case import CaseLine

NEAR_END = 10
"""Cases below the cursor when more are asked for."""


class QueueList(OptionList):
    """Waiting cases; the cursor stays on its case when the list changes."""

    class NearEnd(Message):
        """The cursor nears the end of what is loaded."""

    def __init__(self, words: Mapping[str, str]) -> None:
        super().__init__(id="queue", markup=False, compact=True)
        self._words = words
        self._cases: Sequence[CaseLine] = ()

    @property
    def selected(self) -> CaseLine | None:
        """The case under the cursor."""
        return None if self.highlighted is None or not self._cases else self._cases[self.highlighted]

    def show(self, lines: Sequence[CaseLine], now: datetime, *, has_more: bool) -> None:
        """Show these cases."""
        prompts = [waiting_line(line, now, self._words) for line in lines]
        entitle(self, f"{self._words['queue']} {len(lines)}{'+' if has_more else ''}")
        if prompts == [option.prompt for option in self.options]:
            self._cases = lines
            return
        before, place = self.selected, self.highlighted
        self._cases = lines
        self.set_options(prompts)
        if lines:
            numbers = [line.number for line in lines]
            is_there = before is not None and before.number in numbers
            self.highlighted = numbers.index(before.number) if before and is_there else min(place or 0, len(lines) - 1)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Ask for more where the cursor nears the end."""
        if event.option_index >= len(self._cases) - NEAR_END:
            self.post_message(self.NearEnd())
