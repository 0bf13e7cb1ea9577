"""The reasons of the verdict: rule, severity, message, law and advice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.content import Content
from textual.widgets import OptionList

from moderation.cli.review_screen.labelled import labelled
from moderation.cli.review_screen.marked_text import COLOURS, SIGNS
from moderation.cli.review_screen.shown import shown
from moderation.cli.review_screen.steady import entitle
from moderation.cli.review_screen.words import Locale
from moderation.review.case import Reason
from moderation.review.reasons import told


class ReasonsView(OptionList):
    """The reasons of the case on the screen."""

    def __init__(self, words: Mapping[str, str], locale: Locale, *, plain: bool) -> None:
        super().__init__(id="reasons", markup=False, compact=True)
        self._words = words
        self._locale = locale
        self._plain = plain
        self._reasons: Sequence[Reason] | None = None

    def show(self, reasons: Sequence[Reason]) -> None:
        """Show these reasons, the first one under the cursor."""
        if reasons is self._reasons:
            return
        self._reasons = reasons
        entitle(self, f"{self._words['reasons']} {len(reasons) or ''}".rstrip())
        self.set_options([self._prompt(reason) for reason in reasons])
        self.highlighted = 0 if reasons else None

    def move(self, step: int) -> None:
        """Put the cursor on the next reason or the one before."""
        if self.option_count:
            self.highlighted = ((self.highlighted or 0) + step) % self.option_count

    def _prompt(self, reason: Reason) -> Content:
        words, severity = self._words, reason.severity
        message, advice = told(reason, self._locale)
        sign = SIGNS.get(severity, "!")
        badge = f" {sign} {words.get(severity, severity)} "
        lines = [
            Content.assemble(
                (badge, "bold" if self._plain else COLOURS.get(severity, COLOURS["REJECT"])),
                (f" {reason.rule_id} {reason.rule_name}", "bold"),
                "" if reason.span else words["whole"],
            ),
            Content(shown(message)),
        ]
        if reason.laws:
            lines.append(labelled("law", Content("；".join(shown(law) for law in reason.laws)), words))
        if advice:
            lines.append(labelled("advice", Content(shown(advice)), words))
        return Content("\n").join(lines)
