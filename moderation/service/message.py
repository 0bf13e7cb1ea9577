"""CheckMessage: filled messages against their template, whose own verdict is kept so that it is made once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace

from moderation.engine import Engine
from moderation.message import MessageVerdict, check_messages
from moderation.rules.rule import LOCALES
from moderation.service import bounds
from moderation.service.check import locale_of, template_of
from moderation.service.decode import Request
from moderation.service.errors import RequestError
from moderation.service.guard import Context, require_time
from moderation.service.recording import Recorder
from moderation.service.translate import message_verdict_to_proto, verdict_to_proto
from moderation.service.verdict_cache import Built
from moderation.service.worker import Worker
from moderation.text.template import Template
from moderation.v1 import check_service_pb2
from moderation.verdict import Policy, Verdict

KEPT_VERDICTS = 10_000
"""Verdicts on templates that are kept; the least recently used one goes first."""


class MessageHandlers:
    """The method CheckMessage of CheckService; `policy_of` tells the policy that holds for a template."""

    def __init__(self, worker: Worker, policy_of: Callable[[Template], Policy], recorder: Recorder | None) -> None:
        self._worker = worker
        self._recorder = recorder
        self._policy_of = policy_of
        self._verdicts: OrderedDict[tuple[Template, str, Policy], Verdict] = OrderedDict()

    async def check_message(
        self, request: Request[check_service_pb2.CheckMessageRequest], context: Context
    ) -> check_service_pb2.CheckMessageResponse:
        """Return a verdict per message, in order."""
        message = request.checked()
        locale = locale_of(message.locale)
        bounds.check_messages(message.messages)
        require_time(context)
        engine = self._worker.engine
        template = template_of(message.template, "template", engine.ruleset.detectors.profiles)
        messages, policy = list(message.messages), self._policy_of(template)
        judged = await self._standing(template, policy, await self._judged(template, policy, engine))

        def run() -> list[MessageVerdict]:
            return check_messages(engine, template, judged, messages, policy)

        verdicts = await self._worker.run(run)
        return check_service_pb2.CheckMessageResponse(
            verdicts=[message_verdict_to_proto(verdict, locale) for verdict in verdicts]
        )

    async def _standing(self, template: Template, policy: Policy, judged: Verdict) -> Verdict:
        """Return a template's verdict with what a person decided on it, where one has."""
        if self._recorder is None:
            return judged
        built = Built(judged.decision, verdict_to_proto("", judged, LOCALES[0]).SerializeToString())
        recording = self._recorder.recording_of(replace(template, send_at=None), built, policy, is_counted=False)
        if recording is None:
            return judged
        kept = await self._recorder.record([recording])
        if isinstance(kept, RequestError):
            raise kept
        return judged._replace(decision=kept[0].standing)

    async def _judged(self, template: Template, policy: Policy, engine: Engine) -> Verdict:
        key = (replace(template, id="", send_at=None), engine.ruleset.digest, policy.mark)
        if (known := self._verdicts.get(key)) is not None:
            self._verdicts.move_to_end(key)
            return known
        (outcome,) = await self._worker.check_many([key[0]], [policy])
        if isinstance(outcome, RequestError):
            raise outcome
        if outcome.ruleset != engine.ruleset.digest or outcome.degraded:
            return outcome
        self._verdicts[key] = outcome
        if len(self._verdicts) > KEPT_VERDICTS:
            self._verdicts.popitem(last=False)
        return outcome
