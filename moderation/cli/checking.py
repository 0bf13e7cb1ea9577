"""Checking in-process or by a server: the same templates give the same verdict messages."""

from __future__ import annotations

import re
import time
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from moderation.cli.server_error import server_error
from moderation.service import bounds
from moderation.service.errors import Reason, RequestError
from moderation.service.translate import template_to_proto, verdict_to_proto
from moderation.text.template import Template
from moderation.v1 import check_service_pb2, error_reason_pb2, template_pb2, verdict_pb2

if TYPE_CHECKING:
    import grpc

    from moderation.cli.store_in_force import InForce
    from moderation.verdict import Policy

BATCH = 256
ATTEMPTS, FIRST_WAIT_SECONDS = 4, 0.2
DEADLINE_SECONDS = 60.0

Outcome = verdict_pb2.Verdict | RequestError


class Checker(Protocol):
    """Whatever answers for templates."""

    def check(self, templates: Sequence[Template]) -> list[Outcome]:
        """Return a verdict or what is wrong with the template, in order."""
        ...


class EmbeddedChecker:
    """An engine in this process, over the shipped ruleset unless told otherwise."""

    def __init__(
        self,
        verified_domains: Iterable[str],
        locale: str,
        wordlists: Path | None = None,
        models: Path | None = None,
        profiles: Path | None = None,
        dialects: Path | None = None,
        in_force: InForce | None = None,
    ) -> None:
        from moderation.cli.store_in_force import InForce
        from moderation.engine import Engine
        from moderation.ruleset import load_ruleset, settle
        from moderation.verdict import Policy

        held = in_force or InForce()
        ruleset = load_ruleset(
            wordlists,
            models,
            profiles,
            dialects,
            lists=held.lists,
            wordlists_version=held.wordlists_version,
            rule_trials=held.rule_trials,
        )
        self._engine = Engine(ruleset)
        settle()
        self._policy = Policy(verified_domains=frozenset(verified_domains))
        self._in_force = in_force
        self._locale = locale

    def check(self, templates: Sequence[Template]) -> list[Outcome]:
        """Return a verdict or what is wrong with the template, in order."""
        known = self._engine.ruleset.detectors.profiles
        problems = [_problem(template, known) for template in templates]
        sound = [template for template, problem in zip(templates, problems, strict=True) if problem is None]
        verdicts = iter(self._engine.check_many(sound, list(map(self._policy_of, sound)), suggest=True))
        return [
            problem if problem is not None else verdict_to_proto(template.id, next(verdicts), self._locale)
            for template, problem in zip(templates, problems, strict=True)
        ]

    def _policy_of(self, template: Template) -> Policy:
        """Return the policy of the template's tenant, with the domains that were named."""
        if self._in_force is None:
            return self._policy
        return replace(self._in_force.policy_of(template), verified_domains=self._policy.verified_domains)


class RemoteChecker:
    """A server's CheckService."""

    def __init__(self, address: str, locale: str) -> None:
        import grpc

        from moderation.v1 import check_service_pb2_grpc

        self._address = address
        self._locale = locale
        self._channel = grpc.insecure_channel(address, options=[("grpc.max_receive_message_length", -1)])
        self._stub = check_service_pb2_grpc.CheckServiceStub(self._channel)

    def check(self, templates: Sequence[Template]) -> list[Outcome]:
        """Return a verdict or what is wrong with the template, in order; raise ServerError for a failed call."""
        problems = [_problem(template) for template in templates]
        items = [template_to_proto(t) for t, problem in zip(templates, problems, strict=True) if problem is None]
        results = iter(self._call(items) if items else ())
        return [problem if problem is not None else _outcome(next(results)) for problem in problems]

    def _call(self, items: Sequence[template_pb2.Template]) -> Sequence[check_service_pb2.CheckResult]:
        import grpc

        request = check_service_pb2.CheckBatchRequest(items=items, locale=self._locale)
        for attempt in range(ATTEMPTS):
            try:
                results: Sequence[check_service_pb2.CheckResult] = self._stub.CheckBatch(
                    request, timeout=DEADLINE_SECONDS
                ).results
            except grpc.RpcError as error:
                if not _is_retryable(error) or attempt == ATTEMPTS - 1:
                    raise server_error(self._address, error) from error
                time.sleep(FIRST_WAIT_SECONDS * 2**attempt)
            else:
                return results
        raise AssertionError("unreachable")


def _problem(template: Template, profiles: Collection[str] | None = None) -> RequestError | None:
    """Return what a server would say about the template's fields, if anything; None: only it knows its profiles."""
    message = template_to_proto(template)
    try:
        bounds.check(message)
        if profiles is not None:
            bounds.check_profile(message, profiles)
    except RequestError as error:
        return error
    return None


def _outcome(result: check_service_pb2.CheckResult) -> Outcome:
    if result.HasField("verdict"):
        return result.verdict
    name = error_reason_pb2.ErrorReason.Name(result.error.reason)
    field = re.sub(r"^items\[\d+\]\.?", "", result.error.field)
    return RequestError(Reason(name.removeprefix("ERROR_REASON_")), result.error.message, field)


def _is_retryable(error: grpc.RpcError) -> bool:
    import grpc

    return error.code() in (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.RESOURCE_EXHAUSTED)
