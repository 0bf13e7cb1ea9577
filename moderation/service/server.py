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
from moderation.service.desk_calls import DeskCalls
from moderation.service.desk_services import DESK_SERVICES, DeskServices
from moderation.service.guard import Guard
from moderation.service.listening import bind
from moderation.service.message import MessageHandlers
from moderation.service.methods import Service, service, stream, unary
from moderation.service.metrics import Metrics
from moderation.service.presence import Heartbeat, Serving
from moderation.service.recording import Recorder
from moderation.service.rules import RuleHandlers
from moderation.service.ruleset import RULESET, RulesetHandlers
from moderation.service.settings import Settings, require_loopback
from moderation.service.verdict_cache import VerdictCache
from moderation.service.wordlist_services import WORDLIST, WordlistServices
from moderation.service.worker import Worker
from moderation.store.desk import StoredDesk
from moderation.store.presence import StoredPresence
from moderation.store.wordlists import StoredWordlists
from moderation.v1 import check_service_pb2, rule_service_pb2, ruleset_service_pb2

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
    with the wordlists of the same store, it offers to change them.
    """

    def __init__(
        self,
        settings: Settings,
        engine: Engine | None = None,
        desk: StoredDesk | None = None,
        wordlists: StoredWordlists | None = None,
    ) -> None:
        self.settings = settings
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
        self._presence = StoredPresence(wordlists.opened_by[0]) if wordlists is not None else None
        self._calls = DeskCalls(threads=1)
        self._without_ruleset = (
            RULESET.full_name,
            *(DESK_SERVICES if desk is not None else ()),
            *((WORDLIST.full_name,) if wordlists is not None else ()),
        )
        self.services = SERVICES + self._without_ruleset
        self._heartbeat: Heartbeat | None = None
        self._health = health.aio.HealthServicer()  # type: ignore[attr-defined]
        self._grpc = grpc.aio.server(
            options=_options(settings), maximum_concurrent_rpcs=settings.max_concurrent_rpcs * BACKSTOP
        )
        answers = Answers(self.worker, self.cache, self.metrics, self._recorder)
        self._grpc.add_generic_rpc_handlers(_handlers(self.worker, self._guard, answers, self._recorder, settings))
        self._grpc.add_generic_rpc_handlers((self._ruleset_service(wordlists),))
        if self._desk_services is not None:
            self._grpc.add_generic_rpc_handlers(self._desk_services.services)
        if self._wordlists is not None:
            self._grpc.add_generic_rpc_handlers((self._wordlists.service,))
        health_pb2_grpc.add_HealthServicer_to_server(self._health, self._grpc)
        reflection.enable_server_reflection((*self.services, health.SERVICE_NAME, reflection.SERVICE_NAME), self._grpc)

    async def __aenter__(self) -> Self:
        await self._set_health()
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
        if self._desk_services is not None:
            await self._desk_services.close()
        if self._wordlists is not None:
            await self._wordlists.close()
        self.metrics.close()
        logs.log.info("stopped")

    async def serve_with(self, engine: Engine) -> None:
        """Answer with this engine from now on; calls in flight may still end with the one before."""
        if self._recorder is not None:
            self._recorder.decides_by(engine.ruleset)
        self.worker.engine = engine
        self._has_engine = True
        self.serving.serves(engine.ruleset)
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


def _handlers(
    worker: Worker, guard: Guard, answers: Answers, recorder: Recorder | None, settings: Settings
) -> list[Service]:
    check, rules = CheckHandlers(worker, answers, settings), RuleHandlers(worker)
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
