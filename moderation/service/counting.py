"""Counting what is checked, rejected and hit: in memory, and into the store every few seconds, beside the calls.

What was counted since the last time is lost with a process that dies; a store that is away is told later.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from moderation.review.alerts import AlertKind
from moderation.review.desk import DeskError
from moderation.review.hits import MOST_EXAMPLES, Count, Example, Hit, Subject, Tally
from moderation.service.logs import describe, log
from moderation.service.metrics import Metrics
from moderation.service.newcomers import NO_NEWCOMERS, Newcomers
from moderation.service.verdict_cache import Built
from moderation.text.template import Template
from moderation.verdict import Decision, Verdict

TOLD_EVERY = 5.0
"""Seconds from one time that the store is told to the next."""

LONGEST_WAIT = 15.0
"""Seconds that the stop waits for the store at most."""

MOST_COUNTED = 20_000
"""Subjects with their tenants that are counted at the same time, and tenants; what is beyond them is lost, and logged.

They are written in one transaction, which nobody has to wait for long.
"""

MOST_SHOWN = 200
"""Subjects of which texts are kept at the same time; those of others are kept the next time."""


class Tallies(Protocol):
    """Whatever keeps what was counted."""

    @property
    def now(self) -> datetime:
        """The moment that is now."""
        ...

    def take(self, tally: Tally) -> list[AlertKind]:
        """Keep a tally, and return the alerts that were raised."""
        ...


@dataclass(slots=True)
class _Counted:
    """What was counted, as it grows."""

    hits: Counter[tuple[Subject, str]] = field(default_factory=Counter)
    changes: Counter[tuple[Subject, str]] = field(default_factory=Counter)
    examples: dict[Subject, list[Example]] = field(default_factory=dict)
    checked: Counter[str] = field(default_factory=Counter)
    rejected: Counter[str] = field(default_factory=Counter)
    rejected_by: Counter[str] = field(default_factory=Counter)
    lost: int = 0

    def add_hit(self, hit: Hit, tenant: str) -> None:
        """Count a hit, unless too much is counted already."""
        place = hit.subject, tenant
        if place not in self.hits and len(self.hits) >= MOST_COUNTED:
            self.lost += 1
            return
        self.hits[place] += 1
        self.changes[place] += hit.is_change

    def add(self, other: _Counted) -> None:
        """Add what was counted elsewhere."""
        for mine, its in (
            (self.hits, other.hits),
            (self.changes, other.changes),
            (self.checked, other.checked),
            (self.rejected, other.rejected),
            (self.rejected_by, other.rejected_by),
        ):
            mine.update(its)  # type: ignore[arg-type]
        for subject, some in other.examples.items():
            self.examples[subject] = [*self.examples.get(subject, ()), *some][:MOST_EXAMPLES]
        self.lost += other.lost

    def tally(self) -> Tally:
        """Return all of it."""
        return Tally(
            {place: Count(count, self.changes[place]) for place, count in self.hits.items()},
            {subject: tuple(some) for subject, some in self.examples.items()},
            dict(self.checked),
            dict(self.rejected),
            dict(self.rejected_by),
        )


class Counting:
    """Counts answers; belongs to the event loop that it was made in."""

    def __init__(self, tallies: Tallies, metrics: Metrics) -> None:
        self._tallies = tallies
        self._metrics = metrics
        self._newcomers = NO_NEWCOMERS
        self._counted = _Counted()
        self._shown: Counter[Subject] = Counter()
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="counting")
        self._loop = asyncio.get_running_loop()
        self._telling = asyncio.create_task(self._tell_now_and_then())

    def follow(self, newcomers: Newcomers) -> None:
        """Count hits of these entries from now on."""
        self._newcomers = newcomers
        self._shown.clear()

    def hits_of(self, verdict: Verdict) -> tuple[Hit, ...]:
        """Return what is counted of a verdict each time that it is given."""
        return self._newcomers.hits_of(verdict, self._tallies.now)

    def note(self, template: Template, built: Built) -> None:
        """Count an answer to a template."""
        counted, tenant = self._counted, template.tenant
        if tenant not in counted.checked and len(counted.checked) >= MOST_COUNTED:
            counted.lost += 1
            return
        counted.checked[tenant] += 1
        if (built.recorded.standing if built.recorded else built.decision) == Decision.REJECT:
            counted.rejected[tenant] += 1
            counted.rejected_by.update(built.rules)
            self._metrics.rejected_by(built.rules)
        if built.hits:
            self._note_hits(template, built)

    async def close(self) -> None:
        """Tell the store what was counted, as far as that can be done in time."""
        self._telling.cancel()
        with suppress(TimeoutError):
            async with asyncio.timeout(LONGEST_WAIT):
                await self.tell()
        self._executor.shutdown(wait=False, cancel_futures=True)

    async def tell(self) -> None:
        """Tell the store what was counted; what it cannot take now is told later."""
        counted, self._counted = self._counted, _Counted()
        if counted.lost:
            log.warning("hits_not_counted", hits=counted.lost, most=MOST_COUNTED)
            counted.lost = 0
        tally = counted.tally()
        if not tally:
            return
        try:
            raised = await self._loop.run_in_executor(self._executor, self._tallies.take, tally)
        except DeskError:
            counted.add(self._counted)
            self._counted = counted
        except Exception as error:
            log.error("hits_not_kept", **describe(error))
        else:
            self._tell_of_alerts(raised)

    async def _tell_now_and_then(self) -> None:
        while True:
            await asyncio.sleep(TOLD_EVERY)
            await self.tell()

    def _note_hits(self, template: Template, built: Built) -> None:
        verdict_id = built.recorded.verdict_id if built.recorded else ""
        for hit in built.hits:
            self._counted.add_hit(hit, template.tenant)
            self._metrics.hit(hit.subject)
            some = self._counted.examples
            if self._shown[hit.subject] < MOST_EXAMPLES and (hit.subject in some or len(some) < MOST_SHOWN):
                self._shown[hit.subject] += 1
                example = Example(template.tenant, template.text, verdict_id)
                some.setdefault(hit.subject, []).append(example)

    def _tell_of_alerts(self, raised: Iterable[AlertKind]) -> None:
        for kind in raised:
            self._metrics.alert(kind)
            log.warning("alert_raised", kind=kind.value, remedy="moderation alert list")
