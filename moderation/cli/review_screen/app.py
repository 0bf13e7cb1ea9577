"""The full-screen reviewer: panes, keys, and what happens by itself."""

from __future__ import annotations

import os
from collections.abc import Callable, Coroutine, Sequence
from datetime import datetime
from typing import ClassVar

from textual import events, on
from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.driver import Driver
from textual.filter import LineFilter
from textual.widgets import OptionList
from textual.worker import Worker

from moderation.cli.review_screen import questions, stopping
from moderation.cli.review_screen.case_line import can_be_marked
from moderation.cli.review_screen.colourless import Colourless
from moderation.cli.review_screen.form import Filled, Form, Question
from moderation.cli.review_screen.help_screen import HelpScreen
from moderation.cli.review_screen.keys import bindings
from moderation.cli.review_screen.look_screen import LookScreen
from moderation.cli.review_screen.panes import Panes
from moderation.cli.review_screen.pending import Held, OutcomeDraft, RulingDraft
from moderation.cli.review_screen.queue_list import QueueList
from moderation.cli.review_screen.reading import Reading
from moderation.cli.review_screen.status import StatusView, unrecorded
from moderation.cli.review_screen.terminal import DRIVER, TerminalGone
from moderation.cli.review_screen.words import Locale, words
from moderation.cli.review_screen.work import Wanted, Work
from moderation.review.case import CODES, Queue
from moderation.review.desk import Desk
from moderation.review.people import Actor
from moderation.verdict import Decision

TICK = 0.25
REFRESH_EVERY = 5.0
"""Seconds between looks at what is due, and between readings of the queue."""


class ReviewApp(App[tuple[str, ...]]):
    """The reviewer's screen over a desk; it returns a line for every decision that the desk could not be told."""

    CSS_PATH = "review.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [*bindings()]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 - declared so by Textual

    def __init__(
        self,
        desk: Desk,
        actor: Actor,
        *,
        locale: Locale,
        clock: Callable[[], datetime],
        skills: frozenset[str] = frozenset(),
        queues: frozenset[Queue] = frozenset(),
        tags: frozenset[str] = frozenset(),
        plain: bool = False,
    ) -> None:
        self._plain = plain or bool(os.environ.get("NO_COLOR"))
        super().__init__(driver_class=DRIVER)
        if self._plain:
            self.no_color, self.theme = True, "ansi-dark"
        self._clock, self._words = clock, words(locale)
        wanted = Wanted(queues, tags, skills)
        self._status = StatusView(self._words)
        self._work = Work(desk, actor, clock, wanted, self._status.tell)
        self._panes = Panes(self._words, locale, plain=self._plain)
        self._reading = Reading(desk, actor, clock, wanted, self._panes, self._tell)
        self._claims_next, self._gives_up, self._active_at = True, False, clock()
        self._upkeep: Worker[None] | None = None

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Take all colours away where they are not wanted, before Textual makes greys of them."""
        return [Colourless()] if self._plain else super().get_line_filters()

    def compose(self) -> ComposeResult:
        """Build the panes."""
        yield self._panes
        yield self._status

    def on_mount(self) -> None:
        """Read the queue, and begin to look at what is due."""
        self._show_times()
        self._refresh_by_itself()
        self.set_interval(TICK, self._tick)
        self.set_interval(REFRESH_EVERY, self._refresh_by_itself)
        stopping.answer(self._stop)

    async def on_unmount(self) -> None:
        """Send what is left where the end did not come by `q`."""
        stopping.ignore()
        if self.return_value is None:
            await self._work.leave(gives_up=True)

    async def on_event(self, event: events.Event) -> None:
        """Note that somebody is there."""
        if isinstance(event, events.Key | events.MouseDown | events.MouseScrollDown | events.MouseScrollUp):
            self._active_at = self._clock()
        await super().on_event(event)

    # What happens by itself

    def _tick(self) -> None:
        self._show_times()
        if self._upkeep is None or self._upkeep.is_finished:
            self._upkeep = self.run_worker(self._keep_up())

    async def _keep_up(self) -> None:
        before = self._work.pending
        await self._work.keep_up(self._active_at)
        self._show()
        if before is not None and before.held.together and self._work.pending is None and self._work.held is None:
            await self._act_and_show(self._go_on())

    def _refresh_by_itself(self) -> None:
        self.run_worker(self._reading.refresh_by_itself())

    @on(QueueList.NearEnd)
    def _read_more(self) -> None:
        self.run_worker(self._reading.read_more())

    async def _go_on(self) -> None:
        """Claim the next case, unless the cases that wait to be ruled together are still free to be claimed."""
        pending = self._work.pending
        if self._claims_next and not (pending is not None and pending.held.together):
            await self._work.claim_next()

    # What is shown

    def _show(self) -> None:
        if not self._panes.is_attached:
            return
        held = self._work.held
        if self._panes.show(held) and held is not None:
            self.run_worker(self._reading.find_similar(held.number))
        self._show_times()

    def _show_times(self) -> None:
        now = self._clock()
        self._panes.show_lease(now)
        self._status.show(self._work, now, claims_next=self._claims_next)

    def _tell(self, key: str, **values: object) -> None:
        self._status.tell(key, **values)
        self._show_times()

    @on(Driver.SignalResume)
    def _draw_again(self) -> None:
        self.refresh(layout=True)

    # What the keys do

    def _act(self, acting: Coroutine[None, None, object]) -> None:
        self._gives_up = False
        self.run_worker(self._act_and_show(acting))

    async def _act_and_show(self, acting: Coroutine[None, None, object]) -> None:
        await acting
        self._show()
        await self._reading.refresh()

    def _ask(self, question: Question, answered: Callable[[Filled], None]) -> None:
        self.push_screen(Form(question, self._words), lambda filled: answered(filled) if filled else None)

    def _held(self, *, is_appeal: bool | None = None) -> Held | None:
        """Return the held case; None, and say why, where there is none or it is of the other kind."""
        held = self._work.held
        if held is None:
            self._tell("none held")
            return None
        if is_appeal is not None and is_appeal != (held.case.line.queue is Queue.APPEAL):
            self._tell("no appeal" if is_appeal else "is appeal")
            return None
        return held

    @on(OptionList.OptionSelected, "#queue")
    def action_claim(self) -> None:
        """Claim the case under the cursor of the queue."""
        selected = self._panes.waiting.selected
        if selected is None:
            self._tell("none selected")
        else:
            self._act(self._work.claim(selected.number))

    def action_claim_next(self) -> None:
        """Claim the case that comes first."""
        self._act(self._work.claim_next())

    def action_rule(self, decided: str) -> None:
        """Ask why the case passes or is rejected."""
        decision = Decision(decided)
        if held := self._held(is_appeal=False):
            self._ask(
                questions.ruling(held, decision, self._words),
                lambda filled: self._decide(held, RulingDraft(decision, CODES[decision][filled.choice], filled.text)),
            )

    def action_appeal(self) -> None:
        """Ask what becomes of the appeal."""
        if held := self._held(is_appeal=True):
            self._ask(
                questions.appeal(held, self._words),
                lambda filled: self._decide(held, OutcomeDraft(questions.OUTCOMES[filled.choice], filled.text)),
            )

    def _decide(self, held: Held, draft: RulingDraft | OutcomeDraft) -> None:
        async def deciding() -> None:
            if await self._work.decide(held, draft):
                self._show()
                await self._go_on()

        self._act(deciding())

    def action_skip(self) -> None:
        """Ask why the case is skipped."""

        async def skipping(held: Held, reason: str) -> None:
            if await self._work.skip(held, reason):
                await self._go_on()

        if held := self._held():
            self._ask(questions.skip(held, self._words), lambda filled: self._act(skipping(held, filled.text)))

    def action_note(self) -> None:
        """Ask for a note."""

        def noted(held: Held, note: str) -> None:
            self._work.note(held, note)
            self._tell("noted")
            self._show()

        if held := self._held():
            self._ask(questions.note(held, self._words), lambda filled: noted(held, filled.text))

    def action_release(self) -> None:
        """Give the case back."""
        self._act(self._work.release())

    def action_undo(self) -> None:
        """Take back the decision that is held back."""
        self._act(self._work.undo())

    def action_move_reason(self, step: int) -> None:
        """Put the cursor on the next reason or the one before."""
        self._panes.reasons.move(step)

    def action_mark(self) -> None:
        """Mark the similar case under the cursor, or take the mark away."""
        selected = self._panes.similar.selected
        if self._held(is_appeal=False) is None:
            return
        if selected is None or not can_be_marked(selected):
            self._tell("not together")
            return
        self._work.mark(selected.line.number)
        self._show()

    @on(OptionList.OptionSelected, "#similar")
    def _look(self) -> None:
        if selected := self._panes.similar.selected:
            self.run_worker(self._look_at(selected.line.number))

    async def _look_at(self, number: int) -> None:
        if case := await self._reading.case(number):
            self.push_screen(LookScreen(case, self._words, plain=self._plain))

    def action_refresh(self) -> None:
        """Read the queue again, and draw everything again: something else may have written on the screen."""
        self._draw_again()
        self._tell("refreshed")
        self._refresh_by_itself()

    def action_toggle_next(self) -> None:
        """Claim the next case by itself after a decision, or do not."""
        self._claims_next = not self._claims_next
        self._show_times()

    def action_dismiss(self) -> None:
        """Take a warning away that was read."""
        if self._work.alerts:
            self._work.alerts.pop(0)
        self._show_times()

    def action_help(self) -> None:
        """Show the keys."""
        self.push_screen(HelpScreen(self._words, plain=self._plain))

    async def action_quit(self) -> None:
        """Send everything, give the case back and leave; stay once where a decision does not stand."""
        self.run_worker(self._quit(gives_up=self._gives_up))

    def action_help_quit(self) -> None:
        """Tell who presses Ctrl-C how to leave, in the reviewer's language."""
        self._tell("how to quit")

    @on(TerminalGone)
    def _stop(self) -> None:
        self.run_worker(self._quit(gives_up=True))

    async def _quit(self, *, gives_up: bool) -> None:
        if await self._work.leave(gives_up=gives_up) or gives_up:
            self.exit(tuple(unrecorded(self._work, self._words)))
            return
        self._gives_up = True
        self._tell("quit again")
        self._show()
