"""What the panes read of the desk: the waiting cases, cases like the one that is held, and one of those."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from datetime import datetime

from moderation.cli.review_screen.asking import ask
from moderation.cli.review_screen.panes import Panes
from moderation.cli.review_screen.waiting import WaitingCases
from moderation.cli.review_screen.work import Tell, Wanted
from moderation.review.case import Case
from moderation.review.desk import Desk, DeskError
from moderation.review.people import Actor


class Reading:
    """Reads for the panes; the reviewer is told where the desk refuses."""

    def __init__(
        self, desk: Desk, actor: Actor, clock: Callable[[], datetime], wanted: Wanted, panes: Panes, tell: Tell
    ) -> None:
        self._desk, self._actor, self._clock, self._panes, self._tell = desk, actor, clock, panes, tell
        self._waiting = WaitingCases(desk, actor, wanted)
        self._is_reading = False

    async def refresh(self) -> None:
        """Read the queue again."""
        await self._read(self._waiting.refresh())

    async def refresh_by_itself(self) -> None:
        """Read the queue again, unless the last reading goes on."""
        await self._read_alone(self._waiting.refresh)

    async def read_more(self) -> None:
        """Read the next page of the queue, if there is one."""
        if self._waiting.has_more:
            await self._read_alone(self._waiting.read_more)

    async def find_similar(self, number: int) -> None:
        """Read the cases like the one that is held."""
        with self._telling():
            alike = await ask(lambda: self._desk.similar(self._actor, number))
            if self._panes.is_attached:
                self._panes.show_similar(number, alike)

    async def case(self, number: int) -> Case | None:
        """Read one case; None where the desk refuses."""
        with self._telling():
            return await ask(lambda: self._desk.case(self._actor, number))
        return None

    async def _read_alone(self, reading: Callable[[], Coroutine[None, None, None]]) -> None:
        if self._is_reading:
            return
        self._is_reading = True
        try:
            await self._read(reading())
        finally:
            self._is_reading = False

    async def _read(self, reading: Coroutine[None, None, None]) -> None:
        with self._telling():
            await reading
        if self._panes.is_attached:
            self._panes.waiting.show(self._waiting.lines, self._clock(), has_more=self._waiting.has_more)

    @contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except DeskError as error:
            self._tell("failed", why=error.reason)
