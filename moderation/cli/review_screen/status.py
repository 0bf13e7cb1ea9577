"""The lines at the bottom: what went wrong, what is about to be sent, the last message, and the keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from math import ceil

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from moderation.cli.review_screen.keys import hints
from moderation.cli.review_screen.work import Alert, Work


class StatusView(Vertical):
    """Warnings stay until they are dismissed, a message until the next one."""

    def __init__(self, words: Mapping[str, str]) -> None:
        super().__init__(id="status")
        self._words = words
        self._told = ""
        self._alerts = Static(id="alerts", markup=False)
        self._message = Static(id="message", markup=False)

    def compose(self) -> ComposeResult:
        """Build the three lines."""
        yield self._alerts
        yield self._message
        yield Static(Content(hints(self._words)), id="hints", markup=False)

    def tell(self, key: str, **values: object) -> None:
        """Take a message, which is shown from the next `show` on."""
        self._told = told(self._words, key, values)

    def show(self, work: Work, now: datetime, *, claims_next: bool) -> None:
        """Show how the work stands."""
        lines = list(unrecorded(work, self._words))
        self._alerts.update(Content("\n".join(lines)))
        self._alerts.display = bool(lines)
        auto = self._words["auto on" if claims_next else "auto off"]
        shown = (self._pending(work, now), self._told, auto)
        self._message.update(Content(" │ ".join(part for part in shown if part)))

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
