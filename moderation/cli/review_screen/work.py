"""What a reviewer does at the desk: one case held at a time, decisions held back, sent, tried again, or undone."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol
from uuid import uuid4

from moderation.cli.review_screen.asking import ask
from moderation.cli.review_screen.pending import Held, OutcomeDraft, Pending, RulingDraft, due_at
from moderation.review.case import Case, Queue
from moderation.review.desk import Desk, DeskError, DeskReason
from moderation.review.people import Actor

RETRY_AFTER = timedelta(seconds=5)
"""How long the desk is left alone after it could not be reached."""

ACTIVE_WITHIN = timedelta(minutes=3)
"""A lease is renewed only for somebody who pressed a key within this time."""


class Tell(Protocol):
    """Says something to the reviewer: the key of a text, and what it is filled with."""

    def __call__(self, key: str, **values: object) -> None:
        """Show the text until the next one."""
        ...


@dataclass(frozen=True, slots=True)
class Alert:
    """What the reviewer has to have seen: the key of a text, the case, what was decided, and why it failed."""

    key: str
    number: int
    what: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which cases a reviewer takes; what is empty excludes nothing."""

    queues: frozenset[Queue] = frozenset()
    tags: frozenset[str] = frozenset()
    skills: frozenset[str] = frozenset()


class Work:
    """One reviewer's work. The methods that act run one after another, in the order in which they were called.

    `held` is the case on the screen, `pending` the decision that can still be undone, `unsent` are decisions that the
    desk could not be told yet, `alerts` what went wrong with a decision or a lease.
    """

    def __init__(self, desk: Desk, actor: Actor, clock: Callable[[], datetime], wanted: Wanted, tell: Tell) -> None:
        self._desk, self._actor, self._clock, self._wanted, self._tell = desk, actor, clock, wanted, tell
        self._acting = asyncio.Lock()
        self._quiet_until: datetime | None = None
        self.held: Held | None = None
        self.pending: Pending | None = None
        self.is_sending = False
        self.unsent: list[Pending] = []
        self.alerts: list[Alert] = []

    async def claim(self, number: int) -> None:
        """Hold a waiting case."""
        request_id = _new_id()
        await self._claim(lambda: self._desk.claim(self._actor, number, request_id=request_id))

    async def claim_next(self) -> None:
        """Hold the case that comes first."""
        wanted, request_id = self._wanted, _new_id()
        await self._claim(
            lambda: self._desk.claim_next(
                self._actor, queues=wanted.queues, tags=wanted.tags, skills=wanted.skills, request_id=request_id
            )
        )

    async def _claim(self, call: Callable[[], Case | None]) -> None:
        async with self._acting:
            if self.held is not None:
                self._tell("held already", number=self.held.number)
                return
            await self._send_what_reaches_further()
            if self.held is not None:
                return
            with self._telling():
                case = await ask(call)
                if case is None:
                    self._tell("nothing waits")
                    return
                self.held = _holding(case, self._clock())
                self._tell("claimed", number=case.number)

    async def decide(self, held: Held, draft: RulingDraft | OutcomeDraft) -> bool:
        """Hold back a decision on the held case, and send what was held back before; False where it is held no more."""
        async with self._acting:
            await self._send_pending()
            present = self._still(held)
            if present is None:
                return False
            self.pending = Pending(present, draft, due_at(present, self._clock()), _new_id())
            self.held = None
            return True

    async def undo(self) -> None:
        """Take back the decision that is held back; its case returns to the screen, the present one to the queue."""
        async with self._acting:
            if self.pending is None:
                self._tell("nothing to undo")
                return
            undone, self.pending = self.pending.held, None
            present, self.held = self.held, undone
            self._tell("undone", number=undone.number)
            if present is not None:
                with self._telling():
                    await ask(lambda: self._give_back(present))

    async def release(self) -> None:
        """Give the held case back."""
        async with self._acting:
            held = self.held
            if held is None:
                self._tell("none held")
                return
            with self._telling(held):
                await ask(lambda: self._give_back(held))
                self.held = None
                self._tell("released", number=held.number)

    async def skip(self, held: Held, reason: str) -> bool:
        """Give the held case back for good; False where that did not happen."""
        request_id = _new_id()
        async with self._acting:
            if self._still(held) is None:
                return False
            with self._telling(held):
                await ask(
                    lambda: self._desk.skip(self._actor, held.number, held.lease.epoch, reason, request_id=request_id)
                )
                self.held = None
                self._tell("skipped", number=held.number)
            return self.held is None

    def note(self, held: Held, note: str) -> None:
        """Note something on the held case, for the ruling."""
        if present := self._still(held):
            self.held = replace(present, note=note)

    def mark(self, number: int) -> None:
        """Mark a waiting case to be ruled together with the held one, or take the mark away."""
        if self.held is not None:
            self.held = replace(self.held, together=self.held.together ^ {number})

    async def keep_up(self, active_at: datetime) -> None:
        """Do what is due: send a decision, try unsent ones again, renew the lease or notice that it is over."""
        if self._acting.locked():
            return
        async with self._acting:
            now = self._clock()
            if self.pending is not None and now >= self.pending.due_at:
                await self._send_pending()
            if self.held is not None and now >= self.held.lease.expires_at:
                self._lose(self.held)
            if self._quiet_until is None or now >= self._quiet_until:
                await self._send_unsent()
                await self._renew(now, active_at)

    async def leave(self, *, gives_up: bool) -> bool:
        """Send everything and give the held case back; False where a decision does not stand.

        Then the case is kept, unless the reviewer gives up.
        """
        async with self._acting:
            before = len(self.alerts)
            await self._send_pending()
            await self._send_unsent()
            stands = not self.unsent and len(self.alerts) == before
            held = self.held
            if held is not None and (stands or gives_up):
                self.held = None
                with self._telling():
                    await ask(lambda: self._give_back(held))
            return stands

    async def _send_what_reaches_further(self) -> None:
        """Send decisions on several cases at once: the others still wait, and one of them could be claimed."""
        if any(one.held.together for one in (*self.unsent, self.pending) if one is not None):
            await self._send_pending()
            await self._send_unsent()

    async def _send_pending(self) -> None:
        pending = self.pending
        if pending is not None:
            self.is_sending = True
            if not await self._settles(pending):
                self.unsent.append(pending)
            self.pending, self.is_sending = None, False

    async def _send_unsent(self) -> None:
        for one in tuple(self.unsent):
            if not await self._settles(one):
                return
            self.unsent.remove(one)

    async def _settles(self, pending: Pending) -> bool:
        """Tell the desk of a decision; False where it could not be reached."""
        try:
            await ask(lambda: pending.send(self._desk, self._actor))
        except DeskError as error:
            if error.reason is DeskReason.STORE_UNAVAILABLE:
                self._quiet_until = self._clock() + RETRY_AFTER
                return False
            self.alerts.append(Alert("refused", pending.held.number, pending.what, error.reason))
            if error.reason is not DeskReason.LEASE_LOST:
                await self._take_back(pending.held)
        else:
            self._tell("sent", number=pending.held.number, what=pending.what)
        return True

    async def _take_back(self, held: Held) -> None:
        """Put a case whose decision was refused on the screen again, or into the queue where another one is there."""
        if self.held is None:
            self.held = replace(held, together=frozenset())
            return
        with self._telling():
            await ask(lambda: self._give_back(held))

    async def _renew(self, now: datetime, active_at: datetime) -> None:
        held, request_id = self.held, _new_id()
        if held is None or now - active_at > ACTIVE_WITHIN:
            return
        if held.lease.expires_at - now > (held.lease.expires_at - held.since) / 2:
            return
        with self._telling(held):
            case = await ask(
                lambda: self._desk.renew(self._actor, held.number, held.lease.epoch, request_id=request_id)
            )
            # A note may have been written and cases marked meanwhile.
            self.held = replace(self.held or held, lease=_holding(case, now).lease, since=now)

    def _give_back(self, held: Held) -> None:
        self._desk.release(self._actor, held.number, held.lease.epoch, request_id=_new_id())

    @contextmanager
    def _telling(self, held: Held | None = None) -> Iterator[None]:
        """Tell the reviewer that the desk refuses; a held case whose lease is lost leaves the screen."""
        try:
            yield
        except DeskError as error:
            if error.reason is DeskReason.STORE_UNAVAILABLE:
                self._quiet_until = self._clock() + RETRY_AFTER
            if error.reason is DeskReason.LEASE_LOST and held is not None:
                self._lose(held)
            else:
                self._tell("failed", why=error.reason)

    def _lose(self, held: Held) -> None:
        self.held = None
        self.alerts.append(Alert("lease lost", held.number))
        self._tell("left")

    def _still(self, held: Held) -> Held | None:
        """Return the held case as it is now; None, and tell it, where it left the screen meanwhile."""
        if self.held is not None and self.held.number == held.number:
            return self.held
        self._tell("left")
        return None


def _holding(case: Case, now: datetime) -> Held:
    if case.line.lease is None:
        raise DeskError(DeskReason.LEASE_LOST, f"case {case.number} came without a lease; claim it again")
    return Held(case, case.line.lease, now)


def _new_id() -> str:
    return str(uuid4())
