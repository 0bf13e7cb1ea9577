"""The lines at the bottom: what went wrong, what is about to be sent, the last message, and the keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from math import ceil

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from moderation.cli.review_screen.keys import hints
from moderation.cli.review_screen.steady import SteadyText
from moderation.cli.review_screen.work import Alert, Work
from moderation.review.case import Queue


class StatusView(Vertical):
    """Warnings stay until they are dismissed, a message until the next one."""

    def __init__(self, words: Mapping[str, str]) -> None:
        super().__init__(id="status")
        self._words = words
        self._told = ""
        self._alerts = SteadyText(id="alerts")
        self._message = SteadyText(id="message")
        self._hints = SteadyText(id="hints")

    def compose(self) -> ComposeResult:
        """Build the three lines."""
        yield self._alerts
        yield self._message
        yield self._hints

    def tell(self, key: str, **values: object) -> None:
        """Take a message, which is shown from the next `show` on."""
        self._told = told(self._words, key, values)

    def show(self, work: Work, now: datetime, *, claims_next: bool) -> None:
        """Show how the work stands."""
        lines = list(unrecorded(work, self._words))
        self._alerts.show(Content("\n".join(lines)))
        self._alerts.display = bool(lines)
        auto = self._words["auto on" if claims_next else "auto off"]
        shown = (self._pending(work, now), self._told, auto)
        self._message.show(Content(" │ ".join(part for part in shown if part)))
        is_appeal = work.held is not None and work.held.case.line.queue is Queue.APPEAL
        self._hints.show(Content(hints(self._words, is_appeal=is_appeal)))

    def _pending(self, work: Work, now: datetime) -> str:
        pending = work.pending
        if pending is None:
            return ""
        seconds = max(0, ceil((pending.due_at - now).total_seconds()))
        values = {"number": pending.held.number, "what": pending.what, "seconds": seconds}
        return told(self._words, "sending" if work.is_sending else "pending", values)


def unrecorded(work: Work, words: Mapping[str, str]) -> Iterator[str]:
    """Yield a line for each decision that does not stand or is not sent, and for each lease that was lost."""
    for one in work.unsent:
        yield told(words, "unsent", {"number": one.held.number, "what": one.what, "why": "STORE_UNAVAILABLE"})
    for alert in work.alerts:
        yield _alert(alert, words)


def _alert(alert: Alert, words: Mapping[str, str]) -> str:
    return told(words, alert.key, {"number": alert.number, "what": alert.what, "why": alert.why})


def told(words: Mapping[str, str], key: str, values: Mapping[str, object]) -> str:
    """Return a text filled in; values that are the key of a text are translated."""
    return words[key].format(**{name: words.get(str(value), value) for name, value in values.items()})
