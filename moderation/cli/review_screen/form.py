"""A small form: one of several choices by its number, and a text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static

LONGEST_TEXT = 500


@dataclass(frozen=True, slots=True)
class Filled:
    """What was chosen, by its place, and written."""

    choice: int
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """What a form asks; without choices it asks for the text only."""

    title: str
    label: str
    choices: Sequence[str] = ()
    text: str = ""
    needs_text: bool = False


class Form(ModalScreen[Filled | None]):
    """Asks; gives None where the reviewer takes it back with Escape."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape", "cancel", "")]

    def __init__(self, question: Question, words: Mapping[str, str]) -> None:
        super().__init__()
        self._question = question
        self._words = words

    def compose(self) -> ComposeResult:
        """Build the title, the choices, the line to write in, and the keys."""
        asked = self._question
        with Vertical(classes="dialog"):
            yield Static(Content(asked.title), classes="title")
            if asked.choices:
                choices = [Content(f"{number} {choice}") for number, choice in enumerate(asked.choices, 1)]
                yield OptionList(*choices, markup=False, compact=True)
            yield Static(Content(asked.label), id="label")
            yield Input(asked.text, max_length=LONGEST_TEXT, compact=True, select_on_focus=False)
            yield Static(Content(self._words["form keys"]), classes="keys")

    def on_mount(self) -> None:
        """Begin with the choices where there are any."""
        self.query_one(OptionList if self._question.choices else Input).focus()

    def on_key(self, event: events.Key) -> None:
        """Choose by number, unless a text is being written."""
        number = int(event.key) if event.key in "123456789" else 0
        if 1 <= number <= len(self._question.choices) and not isinstance(self.focused, Input):
            self.query_one(OptionList).highlighted = number - 1
            event.stop()

    def on_option_list_option_selected(self) -> None:
        """Enter on a choice confirms."""
        self._confirm()

    def on_input_submitted(self) -> None:
        """Enter after the text confirms."""
        self._confirm()

    def action_cancel(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)

    def _confirm(self) -> None:
        text = self.query_one(Input).value.strip()
        if self._question.needs_text and not text:
            self.query_one("#label", Static).update(Content(f"{self._question.label} · {self._words['text needed']}"))
            self.query_one(Input).focus()
            return
        choice = (self.query_one(OptionList).highlighted or 0) if self._question.choices else 0
        self.dismiss(Filled(choice, text))
