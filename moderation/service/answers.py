"""Verdict messages on templates: those that are kept at once, others from the engine, each built once."""

from __future__ import annotations

from collections.abc import Sequence

from moderation.rules.rule import Severity
from moderation.service.choices import DECISIONS, RULING_REASONS
from moderation.service.counting import Counting
from moderation.service.errors import RequestError
from moderation.service.metrics import Metrics
from moderation.service.recording import Recorder
from moderation.service.review_translate import timestamp
from moderation.service.translate import verdict_to_proto
from moderation.service.verdict_cache import Built, Key, VerdictCache, key_of
from moderation.service.worker import Outcome, Worker
from moderation.text.template import Template
from moderation.v1 import verdict_pb2
from moderation.verdict import Decision, Policy, Verdict

Answer = Built | RequestError


class Answers:
    """Answers templates by a worker and a cache; belongs to the worker's event loop."""

    def __init__(
        self,
        worker: Worker,
        cache: VerdictCache,
        metrics: Metrics,
        recorder: Recorder | None = None,
        counting: Counting | None = None,
    ) -> None:
        self._worker = worker
        self._cache = cache
        self._metrics = metrics
        self._recorder = recorder
        self._counting = counting

    async def to(
        self, templates: Sequence[Template], policies: Sequence[Policy], *, suggest: bool, locale: str
    ) -> list[Answer]:
        """Return the verdict message or the error of each template, in order.

        What the time did not suffice for, and what a detector failed on, is not kept, nor what may be of another
        ruleset than the one at the beginning.
        """
        engine = self._worker.engine
        keys = [
            key_of(template, policy, suggest=suggest, locale=locale, ruleset=engine.ruleset.mark)
            for template, policy in zip(templates, policies, strict=True)
        ]
        answers: list[Answer | None] = [self._cache.get(key) for key in keys]
        missing = [number for number, answer in enumerate(answers) if answer is None]
        if missing:
            lacking = [templates[number] for number in missing], [policies[number] for number in missing]
            outcomes = await self._worker.check_many(*lacking, suggest=suggest)
            for number, outcome in zip(missing, outcomes, strict=True):
                answers[number] = self._built(keys[number], outcome, locale, is_kept=self._worker.engine is engine)
        given = [answer for answer in answers if answer is not None]
        if self._recorder is not None:
            given = await self._recorded(self._recorder, templates, policies, given)
        for template, answer in zip(templates, given, strict=True):
            if isinstance(answer, Built):
                self._metrics.verdict(answer.recorded.standing if answer.recorded else answer.decision)
                if self._counting is not None:
                    self._counting.note(template, answer)
        return given

    async def _recorded(
        self, recorder: Recorder, templates: Sequence[Template], policies: Sequence[Policy], answers: Sequence[Answer]
    ) -> list[Answer]:
        """Return the answers with what the store says of them; an error where one had to be kept and could not be."""
        recordings = [
            recorder.recording_of(template, answer, policy) if isinstance(answer, Built) else None
            for template, policy, answer in zip(templates, policies, answers, strict=True)
        ]
        wanted = [recording for recording in recordings if recording is not None]
        kept = await recorder.record(wanted) if wanted else []
        if isinstance(kept, RequestError):
            return [answer if one is None else kept for answer, one in zip(answers, recordings, strict=True)]
        following = iter(kept)
        return [
            answer._replace(recorded=next(following)) if one is not None and isinstance(answer, Built) else answer
            for answer, one in zip(answers, recordings, strict=True)
        ]

    def _built(self, key: Key, outcome: Outcome, locale: str, *, is_kept: bool) -> Answer:
        if isinstance(outcome, RequestError):
            return outcome
        built = Built(outcome.decision, verdict_to_proto("", outcome, locale).SerializeToString())
        if self._counting is not None:
            built = built._replace(hits=self._counting.hits_of(outcome), rules=rejecting(outcome))
        if is_kept and not outcome.degraded:
            self._cache.put(key, built)
        return built


def rejecting(verdict: Verdict) -> tuple[str, ...]:
    """Return the ids of the rules by which a verdict rejects, none where it does not."""
    if verdict.decision is not Decision.REJECT:
        return ()
    return tuple(sorted({one.rule.id for one in verdict.findings if one.severity is Severity.REJECT}))


def fill(message: verdict_pb2.Verdict, template_id: str, built: Built) -> None:
    """Write a verdict on a template into an empty message."""
    message.MergeFromString(built.content)
    message.id = template_id
    if (kept := built.recorded) is None:
        return
    message.verdict_id, message.case = kept.verdict_id, kept.case or 0
    if (word := kept.word) is not None:
        message.machine_decision = DECISIONS.number(kept.machine)
        message.decision = DECISIONS.number(kept.standing)
        reason = RULING_REASONS.number(word.code)
        message.ruling.CopyFrom(
            verdict_pb2.Ruling(
                decision=DECISIONS.number(word.decision),
                reason=reason,
                ruled_at=timestamp(word.decided_at),
                is_appeal=word.code is None,
            )
        )
