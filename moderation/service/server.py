"""A server from its settings: what it offers, health, drain and stop."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial
from types import TracebackType
from typing import Any, Self

import grpc
from grpc_health.v1 import health, health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection

from moderation.engine import Engine
from moderation.ruleset import settle
from moderation.service import logs
from moderation.service.answers import Answers
from moderation.service.check import CheckHandlers
from moderation.service.counting import Counting, Tallies
from moderation.service.desk_calls import DeskCalls
from moderation.service.desk_services import DESK_SERVICES, DeskServices
from moderation.service.guard import Guard
from moderation.service.link_services import LINK_SERVICES, LinkServices
from moderation.service.link_watch import FollowedLinks
from moderation.service.listening import bind
from moderation.service.message import MessageHandlers
from moderation.service.methods import Service, service, stream, unary
from moderation.service.metrics import Metrics
from moderation.service.newcomers import NO_NEWCOMERS, Newcomers
from moderation.service.policy_services import POLICY_SERVICES, PolicyServices
from moderation.service.presence import Heartbeat, Serving
from moderation.service.recording import Recorder
from moderation.service.rules import RuleHandlers
from moderation.service.ruleset import RULESET, RulesetHandlers
from moderation.service.served_policies import ServedPolicies
from moderation.service.settings import Settings, require_loopback
from moderation.service.trial_services import TRIAL, TrialServices
from moderation.service.verdict_cache import VerdictCache
from moderation.service.wordlist_services import WORDLIST, WordlistServices
from moderation.service.worker import Worker
from moderation.store.desk import StoredDesk
from moderation.store.links import StoredLinks
from moderation.store.policies import StoredPolicies
from moderation.store.presence import StoredPresence
from moderation.store.wordlists import StoredWordlists
from moderation.text.template import Template
from moderation.v1 import check_service_pb2, rule_service_pb2, ruleset_service_pb2
from moderation.verdict import Policy

CHECK_SERVICE = check_service_pb2.DESCRIPTOR.services_by_name["CheckService"].full_name
RULE_SERVICE = rule_service_pb2.DESCRIPTOR.services_by_name["RuleService"].full_name
SERVICES = (CHECK_SERVICE, RULE_SERVICE)
WHOLE_SERVER = ""
"""The name under which health reports all services together."""

WATCHERS = 4
"""So many times fewer than other calls may WatchCases be called at the same time."""

BACKSTOP = 2
"""So many times its limit of calls, gRPC itself refuses a call, before it reads the request."""


class Server:
    """A gRPC server with its worker; an async context that drains and stops when it is left.

    Without an engine it starts NOT_SERVING, until `serve_with` brings one. With a desk, which it leaves open, it also
    keeps its verdicts and offers the services of people, and raises SettingsError for a host that is not the loopback;
    with the wordlists of the same store, it offers to change them; with links, it checks by them and offers their
    service too. Its checks are made under the policies, which somebody else has follow their store. With tallies it
    counts what is rejected and hit.
    """

    def __init__(
        self,
        settings: Settings,
        engine: Engine | None = None,
        desk: StoredDesk | None = None,
        wordlists: StoredWordlists | None = None,
        links: StoredLinks | None = None,
        policies: ServedPolicies | None = None,
        tallies: Tallies | None = None,
    ) -> None:
        self.settings = settings
        self._policies = policies or ServedPolicies(settings.domains_of, settings.verified_domains)
        self.port = 0
        self.worker = Worker(engine)
        self.cache = VerdictCache(settings.verdict_cache_bytes)
        self.serving = Serving()
        self.metrics = Metrics(self.cache, self.serving.versions)
        self._has_engine = engine is not None
        if engine is not None:
            self.serving.serves(engine.ruleset)
        self._guard = Guard(settings.max_concurrent_rpcs, self.metrics)
        self._desk_services = self._served(desk) if desk is not None else None
        self._recorder = self._recording(desk) if desk is not None else None
        if engine is not None and self._recorder is not None:
            self._recorder.decides_by(engine.ruleset)
        self._wordlists = self._changing(wordlists) if wordlists is not None else None
        self._trials = TrialServices(self._wordlists.desk, self._guard) if self._wordlists is not None else None
        self._presence = StoredPresence(wordlists.opened_by[0]) if wordlists is not None else None
        self._calls = DeskCalls(threads=1)
        self._links = FollowedLinks(links) if links is not None else None
        self._link_services = self._registry(links) if links is not None else None
        self._policy_services = self._served_policies(self._policies.stored)
        self._without_ruleset = (
            RULESET.full_name,
            *(DESK_SERVICES if self._desk_services is not None else ()),
            *((WORDLIST.full_name, TRIAL.full_name) if self._wordlists is not None else ()),
            *(LINK_SERVICES if self._link_services is not None else ()),
            *(POLICY_SERVICES if self._policy_services is not None else ()),
        )
        self.services = SERVICES + self._without_ruleset
        self.counting = Counting(tallies, self.metrics) if tallies is not None else None
        self._heartbeat: Heartbeat | None = None
        self._health = health.aio.HealthServicer()  # type: ignore[attr-defined]
        self._grpc = grpc.aio.server(
            options=_options(settings), maximum_concurrent_rpcs=settings.max_concurrent_rpcs * BACKSTOP
        )
        answers = Answers(self.worker, self.cache, self.metrics, self._recorder, self.counting)
        check = CheckHandlers(self.worker, answers, settings, self._policy_of)
        self._grpc.add_generic_rpc_handlers(_handlers(self.worker, self._guard, check, self._recorder))
        self._grpc.add_generic_rpc_handlers((self._ruleset_service(wordlists),))
        if self._desk_services is not None:
            self._grpc.add_generic_rpc_handlers(self._desk_services.services)
        for one in (self._wordlists, self._trials, self._link_services, self._policy_services):
            if one is not None:
                self._grpc.add_generic_rpc_handlers((one.service,))
        health_pb2_grpc.add_HealthServicer_to_server(self._health, self._grpc)
        reflection.enable_server_reflection((*self.services, health.SERVICE_NAME, reflection.SERVICE_NAME), self._grpc)

    async def __aenter__(self) -> Self:
        await self._set_health()
        if self._links is not None:
            await self._links.start()
        self.port = bind(self._grpc, self.settings)
        if self.settings.metrics_port is not None:
            self.metrics.serve(self.settings.host, self.settings.metrics_port)
        await self._grpc.start()
        if self._presence is not None:
            self._heartbeat = Heartbeat(self.serving, self._presence)
        counters = {"metrics_port": self.metrics.port} if self.settings.metrics_port is not None else {}
        tls = self.settings.tls_key is not None
        logs.log.info("started", host=self.settings.host, port=self.port, tls=tls, **counters)
        if self.settings.is_exposed:
            logs.log.warning("exposed_without_tls", host=self.settings.host)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def stop(self) -> None:
        """Tell health, keep answering for the drain, give calls in flight their grace, then cancel them."""
        await self._health.enter_graceful_shutdown()
        logs.log.info("draining", drain_seconds=self.settings.drain_seconds, grace_seconds=self.settings.grace_seconds)
        await asyncio.sleep(self.settings.drain_seconds)
        if self._desk_services is not None:
            self._desk_services.end_long_calls()
        if self._wordlists is not None:
            self._wordlists.end_long_calls()
        await self._grpc.stop(self.settings.grace_seconds)
        if self._heartbeat is not None:
            await self._heartbeat.stop()
        await self._calls.close()
        await self.worker.close()
        if self._recorder is not None:
            await self._recorder.close()
        if self.counting is not None:
            await self.counting.close()
        if self._desk_services is not None:
            await self._desk_services.close()
        for one in (self._wordlists, self._trials, self._link_services, self._policy_services):
            if one is not None:
                await one.close()
        if self._links is not None:
            await self._links.stop()
        self.metrics.close()
        logs.log.info("stopped")

    async def serve_with(self, engine: Engine, newcomers: Newcomers = NO_NEWCOMERS) -> None:
        """Answer with this engine from now on; calls in flight may still end with the one before.

        `newcomers` are its entries that are new or on trial, whose hits are counted.
        """
        if self._recorder is not None:
            self._recorder.decides_by(engine.ruleset)
        is_first, self._has_engine = not self._has_engine, True
        self.worker.engine = engine
        if self.counting is not None:
            self.counting.follow(newcomers)
        self.serving.serves(engine.ruleset)
        if is_first:
            settle()
        await self._set_health()
        logs.log.info("serving", ruleset=engine.ruleset.digest, rules=len(engine.ruleset.rules))

    def _changing(self, wordlists: StoredWordlists) -> WordlistServices:
        require_loopback(self.settings.host)
        return WordlistServices(self.settings, wordlists, self._guard)

    def _ruleset_service(self, wordlists: StoredWordlists | None) -> Service:
        handlers = RulesetHandlers(self.serving, self._presence, wordlists)
        handler = self._calls.handler("RulesetService.GetRuleset", handlers.get_ruleset)
        method = unary(self._guard, "GetRuleset", handler, ruleset_service_pb2.GetRulesetRequest)
        return service(RULESET.full_name, {"GetRuleset": method})

    def _served(self, desk: StoredDesk) -> DeskServices:
        """Return the services over a desk; whoever reaches them may say any name and role, so few may reach them."""
        require_loopback(self.settings.host)
        watchers = Guard(max(self.settings.max_concurrent_rpcs // WATCHERS, 1), self.metrics)
        return DeskServices(desk, self._guard, watchers)

    def _registry(self, links: StoredLinks) -> LinkServices:
        require_loopback(self.settings.host)
        return LinkServices(links.knowing(lambda: self.worker.engine.ruleset.detectors.links.shorteners), self._guard)

    def _policy_of(self, template: Template) -> Policy:
        """Return the policy that holds for a template, with what its tenant has proved to be its own."""
        policy = self._policies.policy_of(template)
        return policy if self._links is None else self._links.added_to(policy, template.tenant)

    def _served_policies(self, stored: StoredPolicies | None) -> PolicyServices | None:
        """Return the service over policies, which are for few to reach as a desk is."""
        if stored is None:
            return None
        require_loopback(self.settings.host)
        return PolicyServices(stored, lambda: self.worker.engine.ruleset.detectors.profiles, self._guard)

    def _recording(self, desk: StoredDesk) -> Recorder:
        return Recorder(desk, desk.fingerprint_secret, desk.policy, lambda: self.worker.is_busy)

    async def _set_health(self) -> None:
        """Services of people need no ruleset; the others and the whole server do."""
        known = health_pb2.HealthCheckResponse
        for name in (WHOLE_SERVER, *self.services):
            is_serving = self._has_engine or name in self._without_ruleset
            await self._health.set(name, known.SERVING if is_serving else known.NOT_SERVING)


def _options(settings: Settings) -> Sequence[tuple[str, Any]]:
    return (
        ("grpc.max_receive_message_length", settings.max_message_bytes),
        ("grpc.max_send_message_length", -1),
        ("grpc.so_reuseport", int(settings.workers > 1)),
    )


def _handlers(worker: Worker, guard: Guard, check: CheckHandlers, recorder: Recorder | None) -> list[Service]:
    rules = RuleHandlers(worker)
    messages = MessageHandlers(worker, check.policy_of, recorder)
    once = partial(unary, guard)
    return [
        service(
            CHECK_SERVICE,
            {
                "Check": once("Check", check.check, check_service_pb2.CheckRequest),
                "CheckBatch": once("CheckBatch", check.check_batch, check_service_pb2.CheckBatchRequest, "items"),
                "CheckMessage": once("CheckMessage", messages.check_message, check_service_pb2.CheckMessageRequest),
                "CheckStream": stream(guard, "CheckStream", check.check_stream, check_service_pb2.CheckStreamRequest),
            },
        ),
        service(
            RULE_SERVICE,
            {
                "ListRules": once("ListRules", rules.list_rules, rule_service_pb2.ListRulesRequest),
                "ExplainRule": once("ExplainRule", rules.explain_rule, rule_service_pb2.ExplainRuleRequest),
            },
        ),
    ]
