"""Verdict messages on templates: those that are kept at once, others from the engine, each built once."""

from __future__ import annotations

from collections.abc import Sequence

from moderation.service.errors import RequestError
from moderation.service.metrics import Metrics
from moderation.service.translate import DECISION_NAMES, verdict_to_proto
from moderation.service.verdict_cache import VerdictCache, key_of
from moderation.service.worker import Worker
from moderation.text.template import Template
from moderation.v1 import verdict_pb2
from moderation.verdict import Policy

Answer = verdict_pb2.Verdict | RequestError


class Answers:
    """Answers templates by a worker and a cache; belongs to the worker's event loop."""

    def __init__(self, worker: Worker, cache: VerdictCache, metrics: Metrics) -> None:
        self._worker = worker
        self._cache = cache
        self._metrics = metrics

    async def to(
        self, templates: Sequence[Template], policies: Sequence[Policy], *, suggest: bool, locale: str
    ) -> list[Answer]:
        """Return the verdict message or the error of each template, in order.

        What the time did not suffice for, and what a detector failed on, is not kept.
        """
        ruleset = self._worker.engine.ruleset.digest
        keys = [
            key_of(template, policy, suggest=suggest, locale=locale, ruleset=ruleset)
            for template, policy in zip(templates, policies, strict=True)
        ]
        kept = [self._cache.get(key) for key in keys]
        missing = [number for number, message in enumerate(kept) if message is None]
        outcomes = iter(
            await self._worker.check_many(
                [templates[number] for number in missing], [policies[number] for number in missing], suggest=suggest
            )
            if missing
            else ()
        )
        answers: list[Answer] = []
        for template, key, known in zip(templates, keys, kept, strict=True):
            if known is not None:
                message = verdict_pb2.Verdict.FromString(known)
            elif isinstance(outcome := next(outcomes), RequestError):
                answers.append(outcome)
                continue
            else:
                message = verdict_to_proto("", outcome, locale)
                if not outcome.degraded:
                    self._cache.put(key._replace(ruleset=outcome.ruleset), message.SerializeToString())
            message.id = template.id
            self._metrics.verdict(DECISION_NAMES[message.decision])
            answers.append(message)
        return answers
