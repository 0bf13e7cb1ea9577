"""The four panes: waiting cases, the template, its reasons, and cases like it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from textual import on
from textual.app import ComposeResult
from textual.containers import Container
from textual.widgets import OptionList

from moderation.cli.review_screen.pending import Held
from moderation.cli.review_screen.queue_list import QueueList
from moderation.cli.review_screen.reasons_view import ReasonsView
from moderation.cli.review_screen.similar_view import SimilarView
from moderation.cli.review_screen.template_view import TemplateView
from moderation.cli.review_screen.words import Locale
from moderation.review.case import Similar


class Panes(Container):
    """Shows the case that is held; the reason under the cursor stands out in the template."""

    def __init__(self, words: Mapping[str, str], locale: Locale, *, plain: bool) -> None:
        super().__init__(id="panes")
        self.waiting = QueueList(words)
        self.similar = SimilarView(words)
        self.reasons = ReasonsView(words, locale, plain=plain)
        self._template = TemplateView(words, plain=plain)
        self._held: Held | None = None
        self._alike: Sequence[Similar] = ()

    def compose(self) -> ComposeResult:
        """Build the panes."""
        yield self.waiting
        yield self._template
        yield self.reasons
        yield self.similar

    def on_mount(self) -> None:
        """Begin in the queue."""
        self._turn()

    def show(self, held: Held | None) -> bool:
        """Show what is held; tell whether it is another case than before."""
        before, self._held = self._held, held
        is_other = (held and held.number) != (before and before.number)
        if is_other:
            self._turn()
        else:
            self._show_template()
            self.show_similar(held.number if held else 0, self._alike)
        return is_other

    def show_lease(self, now: datetime) -> None:
        """Show what is left of the lease."""
        self._template.show_lease(self._held, now)

    def show_similar(self, number: int, alike: Sequence[Similar]) -> None:
        """Show the cases like the case of this number, if it is still on the screen."""
        if self._held is not None and self._held.number == number:
            self._alike = alike
            self.similar.show(alike, self._held.together)

    def _turn(self) -> None:
        held, self._alike = self._held, ()
        self.similar.show((), frozenset())
        self.reasons.show(held.case.reasons if held else ())
        self._template.scroll_home(animate=False)
        self._show_template()
        (self.reasons if held else self.waiting).focus()

    def _show_template(self) -> None:
        held = self._held
        self._template.show(held.case if held else None, self.reasons.highlighted, held.note if held else "")

    @on(OptionList.OptionHighlighted, "#reasons")
    def _show_reason(self, event: OptionList.OptionHighlighted) -> None:
        if self._held is not None and event.option_index < len(self._held.case.reasons):
            self._show_template()
            self._template.scroll_to_reason(self._held.case, event.option_index)
