"""The waiting cases as far as they were read, a page at a time."""

from __future__ import annotations

from moderation.cli.review_screen.asking import ask
from moderation.cli.review_screen.work import Wanted
from moderation.review.case import CaseLine
from moderation.review.desk import LARGEST_PAGE, PAGE_SIZE, CaseFilter, Desk, Page
from moderation.review.people import Actor
from moderation.review.states import WAITING


class WaitingCases:
    """Cases that wait, in the order in which they are claimed."""

    def __init__(self, desk: Desk, actor: Actor, wanted: Wanted) -> None:
        self._desk, self._actor, self._queues = desk, actor, wanted.queues
        # A filter names one queue; of several, the others' cases are left out here.
        only = next(iter(wanted.queues)) if len(wanted.queues) == 1 else None
        self._filter = CaseFilter(queue=only, states=WAITING, tags=wanted.tags)
        self._token = ""
        self.lines: tuple[CaseLine, ...] = ()

    @property
    def has_more(self) -> bool:
        """Whether more wait than were read."""
        return self._token != ""

    async def refresh(self) -> None:
        """Read as many again as were read; raise DeskError where the desk refuses."""
        size = min(LARGEST_PAGE, max(PAGE_SIZE, len(self.lines)))
        self.lines, self._token = self._of(await ask(lambda: self._desk.cases(self._actor, self._filter, size=size)))
        while not self.lines and self.has_more:
            await self.read_more()

    async def read_more(self) -> None:
        """Read the next page; raise DeskError where the desk refuses."""
        token = self._token
        page = await ask(lambda: self._desk.cases(self._actor, self._filter, token=token))
        if token == self._token:
            more, self._token = self._of(page)
            self.lines += more

    def _of(self, page: Page[CaseLine]) -> tuple[tuple[CaseLine, ...], str]:
        lines = tuple(line for line in page.items if not self._queues or line.queue in self._queues)
        return lines, page.next_token
