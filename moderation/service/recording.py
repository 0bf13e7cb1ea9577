"""Verdicts into the store before they are answered: those that wait at the same time share one transaction."""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol

from moderation.review.case import Reason
from moderation.review.desk import DeskError
from moderation.review.policy import ReviewPolicy
from moderation.review.recording import Recorded, Recording
from moderation.review.sealing import fingerprint
from moderation.service.choices import CATEGORIES, SEVERITIES, Choices
from moderation.service.errors import RequestError, from_desk
from moderation.service.logs import describe, log
from moderation.service.verdict_cache import Built
from moderation.text.template import Industry, Span, Template, TemplateType
from moderation.v1 import template_pb2, verdict_pb2
from moderation.verdict import Decision

MOST_TOGETHER = 1000
"""Verdicts in one transaction."""

SAMPLED = 1 << 32

TYPES = Choices(template_pb2.TemplateType, "TEMPLATE_TYPE_", TemplateType)
INDUSTRIES = Choices(template_pb2.Industry, "INDUSTRY_", Industry)


class Records(Protocol):
    """Whatever keeps verdicts."""

    def record(self, recordings: Sequence[Recording], passes: Mapping[str, int]) -> list[Recorded]:
        """Keep verdicts, and count templates that passed by tenant; return what stands for each verdict."""
        ...


@dataclass(frozen=True, slots=True)
class Job:
    """Verdicts of one call that wait to be kept."""

    recordings: Sequence[Recording]
    done: asyncio.Future[list[Recorded]]


class Recorder:
    """Keeps verdicts by a thread of its own; belongs to the event loop that it was made in.

    What passes is counted, and of it the policy's share is kept for people to look at. Which ones is drawn from their
    fingerprints, so that a template is drawn always or never.
    """

    def __init__(self, records: Records, secret: bytes, policy: ReviewPolicy) -> None:
        self._records = records
        self._secret = secret
        self._drawn_below = policy.quality_share * SAMPLED
        self._loop = asyncio.get_running_loop()
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="recorder")
        self._waiting: deque[Job] = deque()
        self._passes: Counter[str] = Counter()
        self._busy = False

    def recording_of(self, template: Template, built: Built) -> Recording | None:
        """Return what is kept of a verdict; None where the template passes and is only counted."""
        is_passed = built.decision == Decision.PASS
        if not is_passed or self._drawn_below:
            verdict = verdict_pb2.Verdict.FromString(built.content)
            mark = _mark(self._secret, template, verdict)
            if not is_passed or int.from_bytes(mark[:4], "big") < self._drawn_below:
                return _recording(mark, template, Decision(built.decision), verdict)
        self._passes[template.tenant] += 1
        return None

    async def record(self, recordings: Sequence[Recording]) -> list[Recorded] | RequestError:
        """Return what stands for some verdicts, once they are durable; or why they could not be kept."""
        job = Job(recordings, self._loop.create_future())
        self._waiting.append(job)
        if not self._busy:
            self._busy = True
            self._start()
        try:
            return await job.done
        except DeskError as error:
            return from_desk(error)

    async def close(self) -> None:
        """Keep what waits and the counts of what passed."""
        while self._busy:
            await asyncio.sleep(0.005)
        try:
            await self._loop.run_in_executor(self._executor, self._records.record, (), self._taken())
        except Exception as error:
            log.warning("passes_not_counted", **describe(error))
        await asyncio.to_thread(self._executor.shutdown, wait=True)

    def _start(self) -> None:
        jobs: list[Job] = []
        room = MOST_TOGETHER
        while self._waiting and (not jobs or len(self._waiting[0].recordings) <= room):
            job = self._waiting.popleft()
            if not job.done.done():
                jobs.append(job)
                room -= len(job.recordings)
        if not jobs:
            self._busy = False
            return
        together = [recording for job in jobs for recording in job.recordings]
        passes = self._taken()
        run = self._loop.run_in_executor(self._executor, self._records.record, together, passes)
        run.add_done_callback(lambda run: self._finish(jobs, passes, run))

    def _taken(self) -> Counter[str]:
        passes, self._passes = self._passes, Counter()
        return passes

    def _finish(self, jobs: Sequence[Job], passes: Counter[str], run: asyncio.Future[list[Recorded]]) -> None:
        error = asyncio.CancelledError() if run.cancelled() else run.exception()
        if error is not None:
            self._passes.update(passes)
        kept = iter(() if error is not None else run.result())
        for job in jobs:
            own = [next(kept) for _ in job.recordings] if error is None else []
            if job.done.done():
                continue
            if error is None:
                job.done.set_result(own)
            else:
                job.done.set_exception(error)
        self._start()


def _mark(secret: bytes, template: Template, verdict: verdict_pb2.Verdict) -> bytes:
    """Return the fingerprint of a verdict: of its template, its decision, and the rules that held.

    The time of sending is left out: where it matters, another rule holds.
    """
    declared = template.type or "", template.industry or "", template.profile, template.region
    rules = sorted({finding.rule_id for finding in verdict.findings})
    decision = str(verdict.decision)
    sender = template.tenant, template.signature
    return fingerprint(secret, "verdict", *sender, template.text, *declared, verdict.ruleset, decision, *rules)


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
