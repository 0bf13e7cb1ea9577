"""Verdicts into the store before they are answered: those that wait at the same time share one transaction."""

from __future__ import annotations

import asyncio
from collections import Counter, OrderedDict, deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Protocol

from moderation import __version__
from moderation.engine import Ruleset
from moderation.review.case import Reason
from moderation.review.circumstances import Circumstances, Made
from moderation.review.desk import DeskError, DeskReason
from moderation.review.policy import ReviewPolicy
from moderation.review.recording import Recorded, Recording
from moderation.review.sealing import fingerprint
from moderation.rules.rule import ReasonCategory
from moderation.ruleset_digest import parts_of
from moderation.service.choices import CATEGORIES, SEVERITIES, Choices
from moderation.service.errors import RequestError, from_desk
from moderation.service.logs import describe, log
from moderation.service.verdict_cache import Built
from moderation.text.template import Industry, Span, Template, TemplateType
from moderation.v1 import template_pb2, verdict_pb2
from moderation.verdict import Decision, Policy

MOST_TOGETHER = 1000
"""Verdicts in one transaction."""

GATHERED = 0.1
"""Seconds after a transaction in which verdicts wait for those that are being checked, to share the next one."""

LOOKED_EVERY = 0.005
"""Seconds until it is looked again whether nothing is being checked any longer."""

ENOUGH = 100
"""Verdicts that do not wait for others any longer."""

LONGEST_WAIT = 15.0
"""Seconds until a call, or the stop, no longer waits for the store."""

COUNTED_EVERY = 5.0
"""Seconds between two counts of what passed."""

RULESETS = 8
"""Rulesets that verdicts may still come of."""

SAMPLED = 1 << 32

LINK_CATEGORY = CATEGORIES.number(ReasonCategory.UNVERIFIED_LINK)
TYPES = Choices(template_pb2.TemplateType, "TEMPLATE_TYPE_", TemplateType)
INDUSTRIES = Choices(template_pb2.Industry, "INDUSTRY_", Industry)


class Records(Protocol):
    """Whatever keeps verdicts."""

    def record(self, recordings: Sequence[Recording], passes: Mapping[str, int] = ...) -> list[Recorded]:
        """Keep verdicts, and count templates that passed by tenant; return what stands for each verdict."""
        ...


Kept = list[Recorded] | Exception


@dataclass(frozen=True, slots=True)
class Job:
    """Verdicts of one call that wait to be kept."""

    recordings: Sequence[Recording]
    done: asyncio.Future[list[Recorded]]


class Recorder:
    """Keeps verdicts by a thread of its own; belongs to the event loop that it was made in.

    What passes is counted, every few seconds, and of it the policy's share is kept for people to look at. Which ones is
    drawn from their fingerprints, so that a template is drawn always or never. While `is_checking` tells that other
    templates are being checked, verdicts wait a little for theirs.
    """

    def __init__(
        self,
        records: Records,
        secret: bytes,
        policy: ReviewPolicy,
        is_checking: Callable[[], bool] = lambda: False,
    ) -> None:
        self._records = records
        self._is_checking = is_checking
        self._secret = secret
        self._drawn_below = policy.quality_share * SAMPLED
        self._loop = asyncio.get_running_loop()
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="recorder")
        self._waiting: deque[Job] = deque()
        self._passes: Counter[str] = Counter()
        self._made: OrderedDict[str, Made] = OrderedDict()
        self._busy = False
        self._ended = float("-inf")
        self._timer: asyncio.TimerHandle | None = None
        self._counting = asyncio.create_task(self._count_now_and_then())

    def decides_by(self, ruleset: Ruleset) -> None:
        """Take note of a ruleset that verdicts are made with; those of the rulesets before may still come."""
        self._made[ruleset.digest] = Made(__version__, ruleset.wordlists_version, parts_of(ruleset))
        self._made.move_to_end(ruleset.digest)
        if len(self._made) > RULESETS:
            self._made.popitem(last=False)

    def recording_of(
        self, template: Template, built: Built, policy: Policy, *, is_counted: bool = True
    ) -> Recording | None:
        """Return what is kept of a verdict; None where the template passes and is only counted."""
        is_passed = built.decision == Decision.PASS
        if not is_passed or self._drawn_below:
            verdict = verdict_pb2.Verdict.FromString(built.content)
            mark = _mark(self._secret, template, verdict, policy.own_links.lapsed)
            if not is_passed or int.from_bytes(mark[:4], "big") < self._drawn_below:
                made = self._made.get(verdict.ruleset)
                recording = _recording(mark, template, Decision(built.decision), verdict)
                return replace(recording, made=Circumstances(made, policy)) if made is not None else recording
        self._passes[template.tenant] += is_counted
        return None

    async def record(self, recordings: Sequence[Recording]) -> list[Recorded] | RequestError:
        """Return what stands for some verdicts, once they are durable; or why they could not be kept in time."""
        job = Job(recordings, self._loop.create_future())
        self._waiting.append(job)
        self._look()
        try:
            async with asyncio.timeout(LONGEST_WAIT):
                return await job.done
        except DeskError as error:
            return from_desk(error)
        except TimeoutError:
            return from_desk(DeskError(DeskReason.STORE_UNAVAILABLE, "the store does not answer in time; try again"))

    async def close(self) -> None:
        """Keep what waits and count what passed, as far as the store lets it be done in time."""
        self._counting.cancel()
        with suppress(TimeoutError):
            async with asyncio.timeout(LONGEST_WAIT):
                while self._busy or self._waiting:
                    await asyncio.sleep(0.005)
                await self._count()
        self._executor.shutdown(wait=False, cancel_futures=True)

    def _look(self) -> None:
        """Start a transaction, now or once others may have come; what is at work looks again when it ends."""
        if self._busy or not self._waiting:
            return
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        is_enough = sum(len(job.recordings) for job in self._waiting) >= ENOUGH
        if is_enough or not self._is_checking() or self._loop.time() >= self._ended + GATHERED:
            self._start()
        else:
            self._timer = self._loop.call_later(LOOKED_EVERY, self._look)

    def _start(self) -> None:
        jobs: list[Job] = []
        room = MOST_TOGETHER
        while self._waiting and (not jobs or len(self._waiting[0].recordings) <= room):
            job = self._waiting.popleft()
            if not job.done.done():
                jobs.append(job)
                room -= len(job.recordings)
        if not jobs:
            return
        self._busy = True
        run = self._loop.run_in_executor(self._executor, _kept, self._records, [job.recordings for job in jobs])
        run.add_done_callback(lambda run: self._finish(jobs, run))

    def _finish(self, jobs: Sequence[Job], run: asyncio.Future[list[Kept]]) -> None:
        for job, kept in zip(jobs, [] if run.cancelled() else run.result(), strict=False):
            if job.done.done():
                continue
            if isinstance(kept, Exception):
                job.done.set_exception(kept)
            else:
                job.done.set_result(kept)
        self._busy, self._ended = False, self._loop.time()
        self._look()

    async def _count_now_and_then(self) -> None:
        while True:
            await asyncio.sleep(COUNTED_EVERY)
            await self._count()

    async def _count(self) -> None:
        """Count what has passed; what the store cannot count now is counted later."""
        passes, self._passes = self._passes, Counter()
        if not passes:
            return
        try:
            await self._loop.run_in_executor(self._executor, self._records.record, (), passes)
        except DeskError:
            self._passes.update(passes)
        except Exception as error:
            log.error("passes_not_counted", **describe(error))


def _kept(records: Records, jobs: Sequence[Sequence[Recording]]) -> list[Kept]:
    """Keep the verdicts of some calls together; where the database refuses one, each call's by itself."""
    try:
        kept = iter(records.record([recording for job in jobs for recording in job]))
    except DeskError as error:
        return [error for _ in jobs]
    except Exception as error:
        if len(jobs) == 1:
            return [error]
        return [one for job in jobs for one in _kept(records, [job])]
    return [[next(kept) for _ in job] for job in jobs]


def _mark(secret: bytes, template: Template, verdict: verdict_pb2.Verdict, lapsed: str) -> bytes:
    """Return the fingerprint of a verdict: of its template, its policy, its decision, and the rules that held.

    Where a rule on links held, also of the tenant's links that count no longer.

    The time of sending is left out: where it matters, another rule holds.
    """
    declared = template.type or "", template.industry or "", template.profile, template.region
    rules = sorted({finding.rule_id for finding in verdict.findings})
    versions = verdict.policy_version, verdict.default_policy_version
    policy = [f"policy {' '.join(map(str, versions))}"] if any(versions) else []
    decision = str(verdict.decision)
    sender = template.tenant, template.signature
    links = [lapsed] if lapsed and any(one.category == LINK_CATEGORY for one in verdict.findings) else []
    further = (*rules, *policy, *links)
    return fingerprint(secret, "verdict", *sender, template.text, *declared, verdict.ruleset, decision, *further)


def _recording(mark: bytes, template: Template, decision: Decision, verdict: verdict_pb2.Verdict) -> Recording:
    kind, industry = TYPES.member(verdict.type), INDUSTRIES.member(verdict.industry)
    told = [f"type:{kind.lower()}"] if kind else []
    told += [f"industry:{industry.lower()}"] if industry else []
    return Recording(
        fingerprint=mark,
        template=template,
        machine=decision,
        risk_score=verdict.risk_score,
        ruleset=verdict.ruleset,
        reasons=tuple(map(_reason, verdict.findings)),
        suggested_text=verdict.suggested_text,
        tags=(*verdict.tags, *told),
        industry=industry,
    )


def _reason(finding: verdict_pb2.Finding) -> Reason:
    return Reason(
        rule_id=finding.rule_id,
        rule_name=finding.rule_name,
        category=CATEGORIES.sent(finding.category),
        severity=SEVERITIES.sent(finding.severity),
        score=finding.score,
        span=Span(finding.span.start, finding.span.end) if finding.HasField("span") else None,
        quote=finding.quote,
        term=finding.term,
        message=finding.message,
        advice=finding.advice,
        laws=tuple(f"《{law.name}》{law.article}" for law in finding.law),
    )
